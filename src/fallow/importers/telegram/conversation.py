"""The entries of one chat, as columns that grow slice by slice; their words go into one buffer of clean UTF-8."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import FileTooLarge, TooManyMessages
from fallow.importers.gathering import MOST_NOTICES
from fallow.importers.interface import MB, MESSAGES, TEXT_BYTES
from fallow.importers.telegram.clock import instants, wall_clocks
from fallow.importers.telegram.entries import (
    ENTRIES,
    NONE,
    Entry,
    find_odd,
    is_there,
    kind_of,
    named_of,
    number_of,
    reactions_of,
    text_of,
)
from fallow.importers.telegram.people import People, key_of
from fallow.importers.telegram.stream import Taker
from fallow.importers.whatsapp.cursor import Bytes
from fallow.importers.words import count_words, find_links, find_questions
from fallow.messages import Kind

MOST_GIVEN: Final = 8
"""Signs of one kind under a message that are read; two people give two."""
LONGEST_ACTION: Final = 100
REPLACEMENT: Final = "\ufffd"
Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Notice:
    """
    A line of the app that says messages are missing.

    Args:
        row: How many rows stand before it.
        utc, date: When, as the entry has it.
        vanish_after: Seconds, 0 where messages stay from now on; None where all earlier ones were removed.
    """

    row: int
    utc: int | None
    date: str | None
    vanish_after: int | None


class Conversation(Taker[Entry]):
    """
    One chat while it is read.

    Columns of rows: utc, local, who, kind, words, size, asks, start, end, line (number of the entry). Columns of
    reactions: to, the row each was given to, given_who, given_local, given_start, given_end.
    """

    def __init__(self) -> None:
        super().__init__(ENTRIES)
        self.people = People()
        self.names: dict[str, str] = {}
        self.buffer = bytearray()
        self.rows, self.given, self._entries = 0, 0, 0
        self.counts: Counter[str] = Counter()
        self.notices: list[Notice] = []
        self.lines: list[tuple[int | None, str | None, str, int]] = []
        self._columns: dict[str, list[NDArray[Any]]] = {}

    @property
    def count(self) -> int:
        """Messages and calls."""
        return self.rows

    def column(self, name: str) -> Column:
        """One column as a whole; it is let go of."""
        parts = self._columns.pop(name, [])
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def take(self, rows: list[Entry], raw: bytes) -> None:
        """
        Raises:
            TooManyMessages, FileTooLarge: If the chat is longer than Fallow reads.
        """
        if None in [one.text for one in rows]:
            _fill_texts(rows, raw)
        known, lines = self.people.count, np.arange(self._entries + 1, self._entries + 1 + len(rows))
        self._entries += len(rows)
        if any([one.type != "message" for one in rows]):  # noqa: C419 - a list is faster here
            kept = [i for i, one in enumerate(rows) if one.type == "message" or self._is_call(one, int(lines[i]))]
            rows, lines = [rows[i] for i in kept], lines[kept]
        people = self.people
        who = [people[one.from_id] for one in rows]
        self._note(rows)
        if people.count > known:
            self._learn_names(raw)
        if rows:
            self._add(rows, who, lines)
        if self.rows + self.given > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        if len(self.buffer) > TEXT_BYTES:
            raise FileTooLarge(limit_mb=TEXT_BYTES // MB)

    def _is_call(self, entry: Entry, line: int) -> bool:
        """Whether a line of the app is a call; the others are kept, and some say that messages may be missing."""
        if entry.type == "service" and entry.action == "phone_call":
            entry.from_id, entry.text = entry.actor_id, ""
            self.counts["calls_unanswered"] += not is_there(entry.duration_seconds)
            return True
        if entry.type != "service":
            self.counts["unsupported_entries"] += 1
            return False
        self.counts["system"] += 1
        if len(self.lines) < MOST_NOTICES:
            self.lines.append((entry.date_unixtime, entry.date, (entry.action or "")[:LONGEST_ACTION], line))
        if entry.action in ("clear_history", "set_messages_ttl"):
            after = None if entry.action == "clear_history" else number_of(entry.period)
            self.notices.append(Notice(self.rows, entry.date_unixtime, entry.date, after))
        return False

    def _note(self, rows: list[Entry]) -> None:
        """Keep reactions, and count edits: `edited` is also set by a reaction, then with the time of that."""
        given: list[tuple[int, int, str | None, str]] = []
        noted = [i for i, one in enumerate(rows) if one.edited is not None or one.reactions is not NONE]
        for i in noted:
            entry, dates = rows[i], set()
            for sign in reactions_of(entry):
                recent = (sign.recent or [])[:MOST_GIVEN]
                self.counts["reactions_without_time"] += max(0, sign.count - len(recent))
                for one in recent:
                    dates.add(one.date)
                    given.append((self.rows + i, self.people[one.from_id], one.date, sign.emoji or ""))
                    if one.from_ is not None:
                        self.names[key_of(one.from_id)] = one.from_
            self.counts["edited"] += entry.edited is not None and entry.edited not in dates
        if given:
            to, who, date, sign_given = zip(*given, strict=True)
            start, end = self.keep_texts(list(sign_given))[1:]
            self._extend(
                to=np.array(to),
                given_who=np.array(who),
                given_local=wall_clocks(date),
                given_start=start,
                given_end=end,
            )
            self.given += len(given)

    def _learn_names(self, raw: bytes) -> None:
        for one in named_of(raw):
            for id, name in ((one.from_id, one.from_), (one.actor_id, one.actor)):
                if name is not None:
                    self.names[key_of(id)] = name

    def _add(self, rows: list[Entry], who: list[int], lines: Column) -> None:
        texts = [one.text if type(one.text) is str else text_of(one) for one in rows]
        base = len(self.buffer)
        piece, start, end = self.keep_texts(texts)
        kind = np.zeros(len(rows), np.uint8)
        for i in find_odd(rows):
            kind[i] = kind_of(rows[i])
        said = kind == Kind.TEXT
        words = count_words(piece, start - base, end - base) if said.any() else np.zeros(len(rows), np.int32)
        kind[find_links(piece, start - base, words) & said] = Kind.LINK
        said = kind == Kind.TEXT
        asks = find_questions(piece, start - base, end - base) if said.any() else kind
        self._extend(
            utc=instants([one.date_unixtime for one in rows]),
            local=wall_clocks([one.date for one in rows]),
            who=np.array(who, np.int32),
            kind=kind,
            words=np.where(said, words, 0).astype(np.int32),
            size=np.where(said | (kind == Kind.LINK), end - start, 0).astype(np.int32),
            asks=np.where(said, asks, 0).astype(np.int8),
            start=start,
            end=end,
            line=lines.astype(np.int32),
        )
        self.rows += len(rows)

    def _extend(self, **columns: NDArray[Any]) -> None:
        for name, column in columns.items():
            self._columns.setdefault(name, []).append(column)

    def keep_texts(self, texts: list[str]) -> tuple[Bytes, Column, Column]:
        """Put texts into the buffer with a line end behind each: what was added, where each begins and ends there."""
        joined = "\0".join(texts) + "\0"
        nuls = joined.count("\0") - len(texts)
        if nuls:  # an empty character shows as a replacement
            self.counts["nul_bytes"] += nuls
            joined = "\0".join([text.replace("\0", REPLACEMENT) for text in texts]) + "\0"
        piece = np.frombuffer(bytearray(joined.encode()), np.uint8)
        end = np.flatnonzero(piece == 0)
        piece[end] = 10
        base = len(self.buffer)
        self.buffer += piece.tobytes()
        return piece, base + np.append(0, end[:-1] + 1), base + end


def _fill_texts(rows: list[Entry], raw: bytes) -> None:
    """Entries without `text` may still have its stretches."""
    for entry, one in zip(rows, named_of(raw), strict=False):
        if entry.text is None:
            entry.text = "".join([part.text for part in one.text_entities or []])
