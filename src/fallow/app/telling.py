"""What was read of chat exports, message by message, for another program; nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallow.importers import Export, SidedChat
from fallow.messages import EGO, Kind, Side


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """
    One message as it was read.

    Args:
        at: When; aware where the file or a zone tells, else the wall clock.
        sender: As the file spells the name; ego's as it was given, where the file tells none.
        text: Character by character, that of a picture the words under it; None where there is none.
        source: Name of the file.
        line: Where it begins in the file: a line, or the number of an entry, from 1.
    """

    at: dt.datetime
    sender: str
    side: Side
    kind: str
    text: str | None
    source: str
    line: int


def told_messages(chats: Sequence[tuple[str, Export, SidedChat]]) -> Iterator[ReadMessage]:
    """
    Every message of one dyad's files, oldest first; what several files hold is told once, twins stay twins.

    Args:
        chats: Name of the file, what was read of it, and its sides.
    Returns:
        At most n messages in all; those of one instant in the order of files, and of each file. O(n log n).
    """
    lines = [_lines(export) for _, export, _ in chats]
    at = np.concatenate([chat.table.at for _, _, chat in chats])
    which = np.repeat(np.arange(len(chats)), [len(chat.table) for _, _, chat in chats])
    place = np.concatenate([np.arange(len(chat.table)) for _, _, chat in chats])
    told: Counter[tuple[dt.datetime, str, str, str | None]] = Counter()
    seen: list[Counter[tuple[dt.datetime, str, str, str | None]]] = [Counter() for _ in chats]
    for i in np.argsort(at, kind="stable").tolist():
        file, row = int(which[i]), int(place[i])
        name, export, chat = chats[file]
        message = _message(name, export, chat, row, lines[file])
        if len(chats) > 1:
            key = (message.at, message.side, message.kind, message.text)
            seen[file][key] += 1
            if seen[file][key] <= told[key]:
                continue
            told[key] += 1
        yield message


def _message(name: str, export: Export, chat: SidedChat, row: int, lines: NDArray[np.int64]) -> ReadMessage:
    place = int(chat.order[row])
    kind, mine = Kind(int(export.kind[place])), bool(chat.table.sender[row] == EGO)
    return ReadMessage(
        at=chat.table.instant(row),
        sender=chat.names[0 if mine else 1] or "",
        side="ego" if mine else "alter",
        kind=kind.name.lower(),
        text=export.body(place) if kind is Kind.TEXT else _said_with(export, place, kind),
        source=name,
        line=int(lines[place]),
    )


def _said_with(export: Export, place: int, kind: Kind) -> str | None:
    """What was written with a message that is no text: words under a picture, the sign of a reaction."""
    return None if export.stands_in or kind is Kind.DELETED else export.body(place) or None


def _lines(export: Export) -> NDArray[np.int64]:
    """[n], the place of every message in its file: as the format says, else the line in which its text begins."""
    if export.line is not None:
        return export.line
    ends = np.flatnonzero(np.frombuffer(export.buffer, np.uint8) == ord("\n"))
    return np.searchsorted(ends, export.start) + 1
