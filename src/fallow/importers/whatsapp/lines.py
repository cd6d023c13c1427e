"""
Which lines of a WhatsApp text are headers of its layout, and the numbers in them.

Lines spelled like the layout's usual shapes are read all at once (`cursor.py`). The rest are looked at one by
one when they begin like a header: those with marks of direction in odd places count, those of another layout are
kept as notes, because a long stretch of them is a second export glued to the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import LineTooLong, TooManyMessages
from fallow.importers.interface import LINE_BYTES, MESSAGES
from fallow.importers.whatsapp.cursor import Bytes, Cursors, Places, program, words_of
from fallow.importers.whatsapp.layout import (
    HEADER_CHARS,
    MARKS,
    ZEROS,
    Header,
    Layout,
    Shape,
    fits,
    is_afternoon,
    read_header,
)

CHUNK: Final = 1 << 19
"""Bytes looked at in one go, and more where a line is longer: small enough for the processor's cache."""
HEAD_BYTES: Final = HEADER_CHARS * 4
SHORTEST: Final = 12
"""No header has fewer bytes: `1/2/23 1:02 `."""
ODD_LINES: Final = 1_000_000
"""Most lines looked at one by one; a hostile file cannot buy more time than that."""
NEWLINE, COLON, SPACE = 10, 58, 32
BEHIND: Final = 0
"""The byte behind the text, and nowhere in it."""
MARK_CODES: Final = np.array([int.from_bytes(mark.encode(), "big") for mark in MARKS], np.int64)
DIGIT_LEADS: Final = frozenset(b"0123456789") | {zero.encode()[0] for zero in ZEROS[1:]}


@dataclass(slots=True)
class Headers:
    """
    k headers in file order.

    Args:
        start: Where the line begins; line: its number, 0-based; rest: first byte after the header; end: its newline.
        colon: First ": " at or after rest in the line, or -1; colon2: the one after that.
        date: a << 28 | b << 14 | c, the three numbers of the date in their order.
        second: Second of the day; from 86,400 on where the hour is written as 24.
    """

    start: Places
    line: Places
    rest: Places
    end: Places
    colon: Places
    colon2: Places
    date: Places
    second: Places

    def __len__(self) -> int:
        return len(self.start)

    def _only(self, ok: NDArray[np.bool_]) -> Headers:
        """The headers that hold, of columns that are filled yet."""
        return Headers(
            *(column[ok] if len(column) else column for column in map(self.__getattribute__, Headers.__slots__))
        )

    def narrowed(self) -> Headers:
        """The same in half the memory: a text has fewer than 2**31 bytes."""
        return Headers(*(getattr(self, name).astype(dtype) for name, dtype in COLUMNS.items()))

    @classmethod
    def joined(cls, parts: Sequence[Headers]) -> Headers:
        """All headers of some parts, `narrowed`, one behind the other."""
        return cls(
            *(
                np.concatenate([np.empty(0, dtype), *(getattr(part, name) for part in parts)])
                for name, dtype in COLUMNS.items()
            )
        )

    def take(self, which: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Headers:
        return Headers(*(getattr(self, name)[which] for name in Headers.__slots__))


COLUMNS: Final = {name: np.int64 if name in ("date", "second") else np.int32 for name in Headers.__slots__}
"""How wide each column of a whole file is."""


@dataclass(slots=True)
class Notes:
    """What was seen beside headers: lines in all, headers of other layouts, impossible times, lines not looked at."""

    lines: int = 0
    others: list[tuple[int, int, Layout]] = field(default_factory=list)
    impossible: list[int] = field(default_factory=list)
    looked_at: int = 0
    passed_over: int = 0


def find_headers(
    raw: bytearray,
    size: int,
    *,
    layout: Layout,
    shapes: tuple[Shape, ...],
    first_line: int = 0,
    begin: int = 0,
    tick: Callable[[int], None] = lambda done: None,
) -> tuple[Headers, Notes]:
    """
    Find every header of a layout.

    Args:
        raw: Clean UTF-8 with PAD zero bytes behind it.
        size: Bytes of text in it.
        first_line, begin: Where to start: a line number and the place of its first byte.
        tick: Called with the bytes done after every chunk.
    Returns:
        k headers in file order, and what was seen beside them. O(size) time, O(k + CHUNK) memory.
    Raises:
        LineTooLong: If a line is longer than LINE_BYTES.
        TooManyMessages: If there are more than MESSAGES.
    """
    buffer = np.frombuffer(raw, np.uint8)
    reader = _Reader(raw, buffer, layout, shapes)
    parts: list[Headers] = []
    line, found = first_line, 0
    for low, high in _chunks(raw, begin, size):
        ends = np.flatnonzero(buffer[low:high] == NEWLINE) + low
        if high == size and (len(ends) == 0 or ends[-1] != size - 1):
            ends = np.append(ends, size)
        starts = np.concatenate(([low], ends[:-1] + 1))
        longest = int((ends - starts).argmax())
        if ends[longest] - starts[longest] > LINE_BYTES:
            raise LineTooLong(line=line + longest + 1)
        parts.append(reader.read(low, high, starts, ends, line).narrowed())
        found += len(parts[-1])
        if found > MESSAGES:
            raise TooManyMessages(limit=f"{MESSAGES:,}")
        line += len(starts)
        tick(high)
    reader.notes.lines = line - first_line
    return Headers.joined(parts), reader.notes


def _chunks(raw: bytearray, begin: int, size: int) -> Iterator[tuple[int, int]]:
    """Stretches of whole lines, about CHUNK bytes each."""
    low = begin
    while low < size:
        high = raw.find(b"\n", low + CHUNK, size) + 1 or size
        yield low, high
        low = high


class _Reader:
    """Reads the headers of one chunk after the other."""

    def __init__(self, raw: bytearray, buffer: Bytes, layout: Layout, shapes: tuple[Shape, ...]) -> None:
        self.raw, self.buffer, self.layout = raw, buffer, layout
        self.words = words_of(buffer)
        self.programs = [program(layout, shape) for shape in shapes]
        self.notes = Notes()

    def read(self, low: int, high: int, starts: Places, ends: Places, line: int) -> Headers:
        rows = np.flatnonzero(ends - starts >= SHORTEST)
        return self._read(low, high, starts[rows], ends[rows], rows + line)

    def _read(self, low: int, high: int, starts: Places, ends: Places, line: Places) -> Headers:
        """As `read`, of lines long enough to hold a header; line: int64 [n], their numbers."""
        begins = skip_marks(self.buffer, starts)
        left = ends - begins >= SHORTEST
        found: list[Headers] = []
        for steps in self.programs:
            rows = np.flatnonzero(left)
            cursors = Cursors(self.words, rows, begins[rows], self.layout.zero.encode())
            cursors.run(steps)
            headers = self._headers(cursors)
            found.append(headers)
            left[headers.line] = False
        found.append(self._one_by_one(np.flatnonzero(left), begins, ends, line))
        found = [part for part in found if len(part.line)] or found[:1]
        rows, *columns = (
            np.concatenate([getattr(part, name) for part in found]) for name in ("line", "rest", "date", "second")
        )
        if len(found) > 1:
            order = np.argsort(rows, kind="stable")
            rows, *columns = (column[order] for column in (rows, *columns))
        rest, date, second = columns
        rest = skip_marks(self.buffer, rest)
        colon, colon2 = self._colons(low, high, rest, ends[rows])
        return Headers(
            start=starts[rows],
            line=line[rows],
            rest=rest,
            end=ends[rows],
            colon=colon,
            colon2=colon2,
            date=date,
            second=second,
        )

    def _headers(self, cursors: Cursors) -> Headers:
        n = cursors.numbers
        hour, minute = n["h"], n["m"]
        second = n.get("s", np.zeros(len(hour), np.int64))
        if cursors.late is not None:
            hour = np.where(cursors.late & (hour < 12), hour + 12, np.where(~cursors.late & (hour == 12), 0, hour))
        ok = (hour < (25 if cursors.late is None else 24)) & (minute < 60) & (second < 60)
        none = np.empty(0, np.int64)
        date = (n["a"] << 28) | (n["b"] << 14) | n["c"]
        return Headers(
            none, cursors.rows, cursors.at, none, none, none, date, hour * 3600 + minute * 60 + second
        )._only(ok)

    def _one_by_one(self, rows: Places, begins: Places, ends: Places, line: Places) -> Headers:
        """Lines that begin like a header but are not spelled like the usual ones."""
        leads = self.buffer[begins[rows]]
        wanted = np.isin(leads, np.frombuffer(bytes(DIGIT_LEADS) + b"[", np.uint8))
        rows = rows[wanted]
        room = max(0, ODD_LINES - self.notes.looked_at)
        self.notes.looked_at += min(room, len(rows))
        self.notes.passed_over += max(0, len(rows) - room)
        got: list[tuple[int, int, int, int]] = []
        for row in rows[:room].tolist():
            begin = int(begins[row])
            text = self.raw[begin : min(int(ends[row]), begin + HEAD_BYTES)].decode("utf-8", "ignore")
            header = read_header(text[: 2 * HEADER_CHARS])
            if header is None:
                continue
            second = second_of_day(header)
            if not fits(header, self.layout):
                self.notes.others.append((int(line[row]), begin, header.layout))
            elif second is None:
                self.notes.impossible.append(int(line[row]))
            else:
                a, b, c = header.numbers[:3]
                rest = begin + len(text[: header.length].encode())
                got.append((row, rest, (a << 28) | (b << 14) | c, second))
        table = np.array(got, np.int64).reshape(-1, 4)
        none = np.empty(0, np.int64)
        return Headers(none, table[:, 0], table[:, 1], none, none, none, table[:, 2], table[:, 3])

    def _colons(self, low: int, high: int, rest: Places, ends: Places) -> tuple[Places, Places]:
        """The first and second place in each line, from rest on, where a colon ends a word."""
        piece, after = self.buffer[low:high], self.buffer[low + 1 : high + 1]
        ending = (after == SPACE) | (after == NEWLINE) | (after == BEHIND)
        colons = np.flatnonzero((piece == COLON) & ending) + low
        padded = np.concatenate((colons, [high + 1, high + 1]))
        first = np.searchsorted(colons, rest)
        one, two = padded[first], padded[first + 1]
        return np.where(one < ends, one, -1), np.where(two < ends, two, -1)


def second_of_day(header: Header) -> int | None:
    """The second of the day a header tells, or None when there is no such time; 23:59 PM is 23:59, 24:05 is later."""
    hour, minute, second = header.numbers[3:]
    if header.half:
        late = is_afternoon(header.half)
        hour = hour + 12 if late and hour < 12 else 0 if not late and hour == 12 else hour
    last = 23 if header.half else 24
    return hour * 3600 + minute * 60 + second if hour <= last and minute < 60 and second < 60 else None


def skip_marks(buffer: Bytes, places: Places) -> Places:
    """The same places moved past any marks of direction that stand there."""
    leads = buffer[places]
    todo = np.flatnonzero((leads == 0xE2) | (leads == 0xEF))
    if len(todo) == 0:
        return places
    places = places.copy()
    while len(todo):
        at = places[todo]
        code = (buffer[at].astype(np.int64) << 16) | (buffer[at + 1].astype(np.int64) << 8) | buffer[at + 2]
        todo = todo[np.isin(code, MARK_CODES)]
        places[todo] += 3
    return places
