"""What was read of chat exports, message by message, for another program; nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers import NO_OFFSET, Export, SidedChat
from fallow.messages import EGO, Kind, Side, best_known, tell_instant

SYSTEM: Final = "system"
"""The kind of what the app wrote and nobody said."""
WORDED: Final = frozenset({Kind.LINK, Kind.MEDIA, Kind.STICKER, Kind.CONTACT})
"""Kinds besides a text whose body is always a person's own: the address they shared, what they wrote under a file."""


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """
    One message as it was read, or a line that the app wrote among them.

    Args:
        at: When; aware where the file or a zone tells, else the wall clock.
        sender: As the file spells the name; ego's as it was given, where the file tells none.
        side: None where nobody said it; so is sender.
        kind: The name of a `Kind` in small letters, or SYSTEM.
        text: Character by character, that of a picture the words under it; None where there is none.
        source: Name of the file.
        line: Where it begins in the file: a line, or the number of an entry, from 1.
    """

    at: dt.datetime
    sender: str | None
    side: Side | None
    kind: str
    text: str | None
    source: str
    line: int


def told_messages(chats: Sequence[tuple[str, Export, SidedChat]]) -> Iterator[ReadMessage]:
    """
    Every message of one dyad's files, oldest first; what several files hold is told once, twins stay twins.

    Of one that several exports of a chat hold in different words, the latest are told, with the finest time. Lines of
    the app stand among them where the format keeps them.

    Args:
        chats: Name of the file, what was read of it, and its sides.
    Returns:
        At most n messages and m lines in all; those of one instant in the order of files, and of each file.
        O((n + m) log (n + m)).
    """
    files = [_File(name, export, chat) for name, export, chat in chats]
    best = best_known([chat.table for _, _, chat in chats], [chat.chat for _, _, chat in chats])
    at = np.concatenate([file.at for file in files])
    which = np.repeat(np.arange(len(files)), [len(file.at) for file in files])
    place = np.concatenate([np.arange(len(file.at)) for file in files])
    told: Counter[tuple[dt.datetime, str | None, str, str | None]] = Counter()
    seen: list[Counter[tuple[dt.datetime, str | None, str, str | None]]] = [Counter() for _ in files]
    for i in np.lexsort((np.concatenate([file.rank for file in files]), which, at)).tolist():
        file, row = int(which[i]), int(place[i])
        if row < len(best[file]) and not best[file][row]:
            continue
        message = files[file].message(row)
        if len(files) > 1:
            key = (message.at, message.side, message.kind, message.text)
            seen[file][key] += 1
            if seen[file][key] <= told[key]:
                continue
            told[key] += 1
        yield message


class _File:
    """One file: `at` and `rank`, int64 [n + m], when its messages and then its lines of the app were, in what order."""

    def __init__(self, name: str, export: Export, chat: SidedChat) -> None:
        self.name, self.export, self.chat = name, export, chat
        self.lines = _lines(export)
        self.at = np.concatenate((chat.table.at, chat.notices_at))
        notices = export.notices
        rank = np.arange(len(chat.table)) if notices is None else np.append(self.lines[chat.order], notices.line)
        self.rank: NDArray[np.int64] = rank

    def message(self, row: int) -> ReadMessage:
        n = len(self.chat.table)
        return self._message(row) if row < n else self._notice(row - n)

    def _message(self, row: int) -> ReadMessage:
        place = int(self.chat.order[row])
        kind, mine = Kind(int(self.export.kind[place])), bool(self.chat.table.sender[row] == EGO)
        return ReadMessage(
            at=_at(self.export, self.chat, row, place),
            sender=self.chat.names[0 if mine else 1] or "",
            side="ego" if mine else "alter",
            kind=kind.name.lower(),
            text=self.export.body(place) if kind is Kind.TEXT else _said_with(self.export, place, kind),
            source=self.name,
            line=int(self.lines[place]),
        )

    def _notice(self, row: int) -> ReadMessage:
        notices, zoned = self.export.notices, self.chat.table.zoned
        assert notices is not None  # there are as many times as lines
        text = self.export.buffer[int(notices.start[row]) : int(notices.end[row])].decode()
        at = tell_instant(int(self.chat.notices_at[row]), int(self.chat.notices_offset[row]), zoned=zoned)
        return ReadMessage(at, None, None, SYSTEM, text, self.name, int(notices.line[row]))


def _at(export: Export, chat: SidedChat, row: int, place: int) -> dt.datetime:
    """When: where others of its file have a wall clock alone, one that has an offset keeps it."""
    at = chat.table.instant(row)
    if at.tzinfo is not None or export.offset is None or export.offset[place] == NO_OFFSET:
        return at
    zone = dt.timezone(dt.timedelta(seconds=int(export.offset[place])))
    return at.replace(tzinfo=dt.UTC).astimezone(zone)


def _said_with(export: Export, place: int, kind: Kind) -> str | None:
    """What was written with a message that is no text: words under a picture, the sign of a reaction."""
    if kind is Kind.DELETED or (export.stands_in and kind not in WORDED):
        return None
    return export.body(place) or None


def _lines(export: Export) -> NDArray[np.int64]:
    """[n], the place of every message in its file: as the format says, else the line in which its text begins."""
    if export.line is not None:
        return export.line
    ends = np.flatnonzero(np.frombuffer(export.buffer, np.uint8) == ord("\n"))
    return np.searchsorted(ends, export.start) + 1
