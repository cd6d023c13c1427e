"""
JSON from a stream, in bounded memory: keys and small values one by one, long arrays in slices of many entries.

The app writes every level one blank further in, so the entries of an array can be cut where `},` and `{` stand alone
at the array's own indentation: a line end never stands inside a JSON string, and a slice that was cut anywhere but
between two entries has brackets that do not match, so it cannot be decoded. Where that fails (a file that another
program wrote again, or a damaged one) brackets are counted instead (`brackets.py`).
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.errors import BrokenFile, EntryTooLong
from fallow.importers.telegram.brackets import Brackets
from fallow.importers.telegram.entries import NO_JSON

SLICE_BYTES: Final = 1 << 21
"""About how much of an array is decoded at once."""
ENTRY_BYTES: Final = 1 << 20
"""Longest entry; the longest message Telegram allows takes a few ten thousand."""
MOST_REJECTED: Final = 10_000
"""Entries that may be damaged before the whole file counts as damaged."""
VALUE_BYTES: Final = 1 << 16
"""Longest key or single value that is kept."""
NEWLINE: Final = ord("\n")
NOT_BLANK: Final = re.compile(rb"[^ \t\r\n]")
BLANKS: Final = re.compile(rb"[ \t\r\n]*")
SHORT: Final = re.compile(rb'"[^"\\\n]{0,200}"|\[\]|\{\}')
"""A value that needs no counting of brackets or backslashes."""
SCALAR: Final = re.compile(rb"[^\s,\]}]*")
ODD_ESCAPE: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9a-fA-F]{2})")
"""Telegram Desktop writes control characters as `\\x1f`, which is no JSON."""
SURROGATES: Final = re.compile("[\ud800-\udfff]")
T = TypeVar("T")


@dataclass(slots=True)
class Rejected:
    """Entries that could not be read, and bytes that were no text: the first line of each, and how many."""

    line: int = 0
    entries: int = 0
    bad_line: int = 0
    bad_bytes: int = 0


class Taker(ABC, Generic[T]):
    """Who reads the entries of an array: how a slice of it is decoded, and where its entries go."""

    def __init__(self, decoder: msgspec.json.Decoder[list[T]]) -> None:
        self.decoder = decoder
        self.rejected = Rejected()

    @abstractmethod
    def take(self, rows: list[T], raw: bytes) -> None:
        """The next entries, in order, and the JSON array they were decoded from."""


class Reader:
    """A place in a JSON text that comes in pieces."""

    def __init__(self, chunks: Iterator[bytes], tick: Callable[[int], None] = lambda done: None) -> None:
        self._chunks, self._tick = chunks, tick
        self._buffer, self._at, self._done = b"", 0, 0
        self._lines, self._counted = 0, 0

    def line(self) -> int:
        """The line of this place, counted from 1."""
        if self._at > self._counted:  # a line is short here, and numpy does not stop at each
            passed = np.frombuffer(self._buffer, np.uint8, self._at - self._counted, self._counted)
            self._lines += int(np.count_nonzero(passed == NEWLINE))
            self._counted = self._at
        return self._lines + 1

    def _more(self) -> bool:
        """Let go of what was read, and add the next piece."""
        chunk = next(self._chunks, b"")
        if not chunk:
            return False
        self.line()
        self._done += self._at
        self._buffer = b"".join((memoryview(self._buffer)[self._at :], chunk))
        self._at = self._counted = 0
        self._tick(self._done)
        return True

    def _require_more(self) -> None:
        if not self._more():
            raise BrokenFile

    def _look_for(self, size: int) -> None:
        """Have at least so many bytes in sight, where there are as many."""
        while len(self._buffer) - self._at < size and self._more():
            pass

    def peek(self) -> int:
        """The next byte that is no blank; it is not taken."""
        while (found := NOT_BLANK.search(self._buffer, self._at)) is None:
            self._at = len(self._buffer)
            self._require_more()
        self._at = found.start()
        return self._buffer[self._at]

    def take(self, byte: bytes) -> None:
        """One byte of structure."""
        if self.peek() != byte[0]:
            raise BrokenFile
        self._at += 1

    def require_end(self) -> None:
        """Nothing but blanks may be left."""
        while NOT_BLANK.search(self._buffer, self._at) is None:
            self._at = len(self._buffer)
            if not self._more():
                return
        raise BrokenFile

    def members(self) -> Iterator[str]:
        """The keys of an object in order; whoever reads them takes each value before the next."""
        self.take(b"{")
        if self.peek() == ord("}"):
            self._at += 1
            return
        while True:
            if self.peek() != ord('"'):
                raise BrokenFile
            key = self.value(str)
            self.take(b":")
            yield key
            if self._closes(b"}"):
                return

    def items(self) -> Iterator[None]:
        """The places of the items of an array; whoever reads them takes each item before the next."""
        self.take(b"[")
        if self.peek() == ord("]"):
            self._at += 1
            return
        while True:
            yield
            if self._closes(b"]"):
                return

    def _closes(self, bracket: bytes) -> bool:
        following = self.peek()
        self._at += 1
        if following not in (bracket[0], ord(",")):
            raise BrokenFile
        return following == bracket[0]

    def value(self, kind: type[T]) -> T:
        """
        One small value.

        Raises:
            EntryTooLong: If it is longer than VALUE_BYTES.
            BrokenFile: If it is not what it should be.
        """
        line, pieces, size = self.line(), list[bytes](), 0
        for piece in self._pieces():
            pieces.append(piece)
            size += len(piece)
            if size > VALUE_BYTES:
                raise EntryTooLong(line=line)
        try:
            return msgspec.json.decode(b"".join(pieces), type=kind, strict=False)
        except NO_JSON as problem:
            raise BrokenFile from problem

    def skip(self) -> None:
        """Pass over one value, however long."""
        for _piece in self._pieces():
            pass

    def _pieces(self) -> Iterator[bytes]:
        """The bytes of one value as they come."""
        first = self.peek()
        if first not in b'{["':
            yield self._scalar()
            return
        if short := SHORT.match(self._buffer, self._at):
            self._at = short.end()
            yield short[0]
            return
        brackets, marks, reach = Brackets(), 0, 256
        while True:
            if self._at == len(self._buffer):
                self._require_more()
            piece = self._buffer[self._at : self._at + reach]
            reach = min(8 * reach, SLICE_BYTES)
            if first == ord('"'):
                quotes = brackets.quotes(piece)
                end, marks = (int(quotes[1 - marks]) + 1 if len(quotes) + marks > 1 else None), marks + len(quotes)
            else:
                end = _closing(*brackets.feed(piece))
            self._at += len(piece) if end is None else end
            yield piece[:end]
            if end is not None:
                return

    def _scalar(self) -> bytes:
        while True:
            found = SCALAR.match(self._buffer, self._at)
            assert found is not None
            if found.end() < len(self._buffer):
                self._at = found.end()
                return found[0]
            if len(self._buffer) - self._at > VALUE_BYTES:
                raise EntryTooLong(line=self.line())
            self._require_more()

    def entries(self, taker: Taker[T]) -> None:
        """
        Hand the entries of an array to whoever takes them, slice by slice; what cannot be read is counted.

        Raises:
            EntryTooLong: If one is longer than ENTRY_BYTES.
            BrokenFile: If the array does not end.
        """
        self.take(b"[")
        self._look_for(4096)
        blanks = BLANKS.match(self._buffer, self._at)
        assert blanks is not None
        if self.peek() == ord("]"):
            self._at += 1
        elif not blanks[0].startswith((b"\n", b"\r\n")) or not self._by_margin(blanks[0], taker):
            self._by_brackets(taker)

    def _by_margin(self, margin: bytes, taker: Taker[T]) -> bool:
        """Cut where the app's own indentation says so; False where a slice cannot be decoded that way."""
        last = margin + b"}"
        between = last + b"," + margin + b"{"
        while True:
            self._look_for(SLICE_BYTES)
            cut = self._buffer.rfind(between, self._at, self._at + SLICE_BYTES)
            if cut >= 0 and self._decoded(cut + len(last), taker):
                self._at += 1
                continue
            # Either the array ends in this slice, or the file is not written as it seemed.
            end = self._last(last)
            if end is None or not self._decoded(end, taker):
                return False
            self.take(b"]")
            return True

    def _last(self, last: bytes) -> int | None:
        """Behind the first entry in sight that the array ends with."""
        at = self._at
        while (at := self._buffer.find(last, at, self._at + SLICE_BYTES)) >= 0:
            at += len(last)
            following = NOT_BLANK.search(self._buffer, at)
            if following is not None and following[0] == b"]":
                return at
        return None

    def _decoded(self, end: int, taker: Taker[T]) -> bool:
        """Whether the entries up to there could be decoded; then they are taken."""
        raw = b"".join((b"[", memoryview(self._buffer)[self._at : end], b"]"))
        try:
            rows = taker.decoder.decode(raw)
        except NO_JSON:
            return False
        self._at = end
        taker.take(rows, raw)
        return True

    def _by_brackets(self, taker: Taker[T]) -> None:
        """Cut where brackets close."""
        brackets, seen, reach = Brackets(depth=1), self._at, 4096
        while True:
            if seen == len(self._buffer):
                if seen - self._at > ENTRY_BYTES:
                    raise EntryTooLong(line=self.line())
                seen -= self._at
                self._require_more()
            piece = self._buffer[seen : seen + reach]
            reach = min(8 * reach, SLICE_BYTES)
            at, depth = brackets.feed(piece)
            closed = _closing(at, depth)
            ends = at[(depth == 1) & (at < (len(piece) if closed is None else closed - 1))] + seen + 1
            if len(ends):
                self._take_each(ends, taker)
            if closed is not None:
                rest = self._buffer[self._at : seen + closed - 1]
                if NOT_BLANK.search(rest) is not None:
                    self._reject(taker)
                self._at = seen + closed
                return
            seen += len(piece)

    def _take_each(self, ends: NDArray[np.int64], taker: Taker[T]) -> None:
        """Entries that end at these places: all at once, or else one by one, so that a bad one costs no other."""
        self._pass_comma()
        if self._decoded(int(ends[-1]), taker):
            return
        rows, raws = list[T](), list[bytes]()
        for end in ends.tolist():
            self._pass_comma()
            raw = self._buffer[self._at : end]
            try:
                found = taker.decoder.decode(b"[" + raw + b"]")
            except NO_JSON:
                raw, found = self._mended(raw, taker)
            if found:
                rows += found
                raws.append(raw)
            self._at = end
        if rows:
            taker.take(rows, b"[" + b",".join(raws) + b"]")

    def _pass_comma(self) -> None:
        if self.peek() == ord(","):
            self._at += 1

    def _mended(self, raw: bytes, taker: Taker[T]) -> tuple[bytes, list[T]]:
        """One entry that is not quite JSON: odd escapes, bytes that are no text, halves of characters."""
        text = ODD_ESCAPE.sub(rb"\1\\u00\2", raw).decode("utf-8", "replace")
        try:
            whole = SURROGATES.sub("\ufffd", json.dumps(json.loads(text, strict=False), ensure_ascii=False))
            mended = whole.encode()
            rows = taker.decoder.decode(b"[" + mended + b"]")
        except (*NO_JSON, ValueError):
            self._reject(taker)
            return raw, []
        bad = whole.count("\ufffd") - raw.count("\ufffd".encode())
        if bad > 0:
            taker.rejected.bad_line = taker.rejected.bad_line or self.line()
            taker.rejected.bad_bytes += bad
        return mended, rows

    def _reject(self, taker: Taker[T]) -> None:
        """
        Raises:
            BrokenFile: If too many could not be read: then this is not what it seemed.
        """
        taker.rejected.line = taker.rejected.line or self.line()
        taker.rejected.entries += 1
        if taker.rejected.entries > MOST_REJECTED:
            raise BrokenFile


def _closing(at: NDArray[np.int64], depth: NDArray[np.int64]) -> int | None:
    """Behind the bracket that closes everything that was open."""
    closed = np.flatnonzero(depth <= 0)
    return int(at[closed[0]]) + 1 if len(closed) else None
