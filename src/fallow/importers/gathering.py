"""
Messages that come one by one, as most formats tell them → the columns of an `Export`.

The words go into one buffer of clean UTF-8 at once; what is kept of a message besides is forty bytes. Reactions and
edits are the format's own business; here a row is a row.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import FileTooLarge, NoMessages, NotTwoPeople, TooManyMessages
from fallow.importers.interface import MB, MESSAGES, NO_OFFSET, TEXT_BYTES, DateOrder, Export, Notices, Problem
from fallow.importers.source import Source
from fallow.importers.words import batches, count_words, find_links, find_questions
from fallow.language import N_
from fallow.messages import NOT_KNOWN, Kind

FIRST_US: Final = 631_152_000_000_000
"""1990-01-01; what claims to be older is a broken clock."""
LAST_US: Final = 4_102_444_800_000_000
"""2100-01-01."""
MILLISECOND_US: Final = 1_000
SECOND_US: Final = 1_000_000
MINUTE_US: Final = 60 * SECOND_US
BURST: Final = 1_000
"""Messages within a minute from which they were brought in from elsewhere, not written then."""
MOST_PEOPLE: Final = 1_000
"""From which nobody needs their names."""
MOST_NOTICES: Final = 100_000
"""Lines of the app from which they are counted alone."""
MOST_LETTERS: Final = 200
"""Longest name."""
REPLACEMENT: Final = "\ufffd"
SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean_name(name: str | None) -> str:
    """A name as it can be shown and kept: one line, no halves of characters; empty where there is none."""
    return " ".join(SURROGATES.sub(REPLACEMENT, (name or "").replace("\0", " ")).split())[:MOST_LETTERS]


def rows_of(gathered: Gathering | None) -> Callable[[], int]:
    """How many rows there are so far; none while nothing is gathered."""
    return (lambda: 0) if gathered is None else gathered.__len__


class Gathering:
    """
    One chat while it is read.

    `counts` are its problems by kind, `also` what else people are called, `system` its lines that nobody said.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.also: dict[str, str] = {}
        self.system = 0
        self._lines: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._buffer = bytearray()
        self._at, self._read_at, self._line, self._start, self._end = (array("q") for _ in range(5))
        self._offset, self._who = array("i"), array("h")
        self._kind = array("B")
        self._notices = [array("q") for _ in range(5)]

    def __len__(self) -> int:
        return len(self._at)

    def note(self, problem: str, line: int = 0, count: int = 1) -> None:
        """Count a problem, and keep the first line where it happened."""
        self.counts[problem] += count
        self._lines.setdefault(problem, line)

    def add(
        self, at: int, who: str, kind: Kind, text: str = "", *, offset: int | None = 0, read_at: int = NOT_KNOWN,
        line: int = 0,
    ) -> None:  # fmt: skip
        """
        Add one row; one without a time that can be is counted and left out.

        Args:
            at: Microseconds UTC; where `offset` is None, on the wall clock.
            who: The author's name, a `clean_name`; the same person has to be spelled the same.
            text: What stands in place of it, where it is no text; kept character by character.
            offset: Seconds that the wall clock is ahead of UTC; None where there is a wall clock alone.
            read_at: When the other side read it, microseconds UTC.
            line: Where it begins in the file.
        Raises:
            TooManyMessages, FileTooLarge, NotTwoPeople: If the chat is larger than Fallow reads.
        """
        if not FIRST_US <= at <= LAST_US:
            self.note("entries_without_time", line)
            return
        start = len(self._buffer)
        self._buffer += self._clean(text, line) + b"\n"
        self._at.append(at)
        self._offset.append(NO_OFFSET if offset is None else offset)
        self._read_at.append(read_at if FIRST_US <= read_at <= LAST_US else NOT_KNOWN)
        self._who.append(self._names.setdefault(who, len(self._names)))
        self._kind.append(kind)
        self._line.append(line)
        self._start.append(start)
        self._end.append(len(self._buffer) - 1)
        if len(self._names) > MOST_PEOPLE:
            raise NotTwoPeople(people=len(self._names))
        if len(self._at) > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)
        if len(self._buffer) > TEXT_BYTES:
            raise FileTooLarge(limit_mb=TEXT_BYTES // MB)

    def add_notice(self, at: int, text: str, *, offset: int | None = 0, line: int = 0) -> None:
        """Add a line that the app wrote and nobody said; as `add`, and counted even where it has no time."""
        self.system += 1
        if not FIRST_US <= at <= LAST_US or len(self._notices[0]) >= MOST_NOTICES:
            return
        start = len(self._buffer)
        self._buffer += self._clean(text, line) + b"\n"
        if len(self._buffer) > TEXT_BYTES:
            raise FileTooLarge(limit_mb=TEXT_BYTES // MB)
        wall = at + (offset or 0) * SECOND_US
        row = (wall, start, len(self._buffer) - 1, line, NO_OFFSET if offset is None else offset)
        for column, value in zip(self._notices, row, strict=True):
            column.append(value)

    def _told_notices(self, offset: NDArray[np.int32] | None) -> Notices | None:
        if not self._notices[0]:
            return None
        local, start, end, line, own = (np.array(column, np.int64) for column in self._notices)
        return Notices(local, start, end, line, None if offset is None else own.astype(np.int32))

    def _clean(self, text: str, line: int) -> bytes:
        if "\0" in text:
            self.note("nul_bytes", line, text.count("\0"))
            text = text.replace("\0", REPLACEMENT)
        try:
            return text.encode()
        except UnicodeEncodeError:
            whole, bad = SURROGATES.subn(REPLACEMENT, text)
            self.note("undecodable_bytes", line, bad)
            return whole.encode()

    def export(
        self, source: Source, format: str, layout: str, *, sides: tuple[str, str] | None = None,
        hint: str | None = None, resolution: int | None = None, why: str = N_("the file has exact times"),
        unseen: NDArray[np.int64] | None = None, order: NDArray[np.int64] | None = None,
        date_order: DateOrder = "ymd", owner: str | None = None, group: int = 0,
    ) -> Export:  # fmt: skip
        """
        The chat as a whole; nothing can be added afterwards. Where every row has an instant they come in time order.

        Args:
            format, layout: As in `Export`.
            sides: (ego, alter) as spelled in `add`, where the file says who they are.
            hint: The other party, where only a name of a file or a chat tells.
            resolution: Tick of the clock, microseconds; None where it is seconds, or finer where one time is.
            date_order, why: How the dates were read, and what decided that; marked, and translated where it is said.
            unseen: int64 [p, 2], as in `Export`.
            order: int64 [k], which of the rows that were added stay, in which order; None where it is all of them.
            owner: Whose export it is, as spelled in `add`, where that is told.
            group: How many take part, where it is a group; two may have written, and need no picking.
        Raises:
            NoMessages: If there is none.
        """
        if not len(self):
            raise NoMessages
        at, offset = np.array(self._at, np.int64), np.array(self._offset, np.int32)
        start, end = np.array(self._start, np.int64), np.array(self._end, np.int64)
        kind, read_at = np.array(self._kind, np.uint8), np.array(self._read_at, np.int64)
        local = at + np.where(offset == NO_OFFSET, 0, offset).astype(np.int64) * SECOND_US
        words, asks = self._measured(start, end)
        links = find_links(np.frombuffer(self._buffer, np.uint8), start, words)
        kind[links & (kind == Kind.TEXT)] = Kind.LINK
        said = kind == Kind.TEXT
        if order is None:
            order = np.argsort(at, kind="stable") if (offset != NO_OFFSET).all() else np.arange(len(at))
        author, names = self._authors(order)
        self._note_bursts(local[order])
        problems = [Problem(self._lines.get(kind, 0), kind, count) for kind, count in self.counts.items() if count]
        offsets = None if (offset == NO_OFFSET).all() else offset[order]
        return Export(
            format=format,
            archive=source.archive,
            names=names,
            local=local[order],
            author=author,
            kind=kind[order],
            words=np.where(said, words, 0).astype(np.int32)[order],
            size=np.where(said | (kind == Kind.LINK), end - start, 0).astype(np.int32)[order],
            asks=np.where(said, asks, 0).astype(np.int8)[order],
            resolution=resolution or (MILLISECOND_US if (at % SECOND_US).any() else SECOND_US),
            date_order=date_order,
            date_order_why=why,
            layout=layout,
            system=self.system,
            other_name_hint=hint,
            problems=tuple(sorted(problems, key=lambda one: (one.line, one.kind))),
            buffer=self._buffer,
            start=start[order],
            end=end[order],
            offset=offsets,
            sides=sides,
            unseen=np.empty((0, 2), np.int64) if unseen is None else unseen,
            read_at=None if (read_at == NOT_KNOWN).all() else read_at[order],
            line=np.array(self._line, np.int64)[order],
            notices=self._told_notices(offsets),
            also=self.also,
            owner=owner if owner in names else None,
            group=group if len(names) <= 2 else 0,
        )

    def _authors(self, order: NDArray[np.int64]) -> tuple[NDArray[np.int16], tuple[str, ...]]:
        """Who wrote each row, and their names, in the order of their first one."""
        who, names = np.array(self._who, np.int16)[order], list(self._names)
        present, first = np.unique(who, return_index=True)
        present = present[np.argsort(first)]
        rank = np.zeros(len(names), np.int16)
        rank[present] = np.arange(len(present))
        return rank[who], tuple(names[one] for one in present.tolist())

    def _measured(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """Words and questions of every row's text, a stretch of the buffer at a time."""
        whole = np.frombuffer(self._buffer, np.uint8)
        words, asks = np.empty(len(start), np.int32), np.empty(len(start), np.int8)
        for low, high in batches(start, end):
            rows = slice(low, high)
            words[rows] = count_words(whole, start[rows], end[rows])
            asks[rows] = find_questions(whole, start[rows], end[rows])
        return words, asks

    def _note_bursts(self, local: NDArray[np.int64]) -> None:
        changes = np.flatnonzero(np.diff(local // MINUTE_US, prepend=-1, append=-1))
        most = int(np.diff(changes).max())
        if most >= BURST:
            self.note("many_in_a_minute", 0, most)
