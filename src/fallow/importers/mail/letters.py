"""
Files of mail → letters as they stand, one after the other, in bounded memory.

An mbox file is cut where a line begins with `From `, has a time or nothing more, and a header follows; a body's own
lines that begin so carry a `>` more, which is taken away again. In a Maildir folder each file is one letter. Pictures
and other files in a letter are passed over before it is held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from fallow.importers.source import Part

LETTER_BYTES: Final = 1 << 20
"""Most that is kept of one letter, without its files; the words of none are near it."""
LOOK_AHEAD: Final = 512
"""Longer than a separator and the name of the header behind it."""
SEPARATOR: Final = re.compile(rb"\nFrom ([^\n]{0,300}+)\n(?=>?[!-9;-~]{1,80}+:)")
CLOCK: Final = re.compile(rb"\d\d?:\d\d")
YEAR: Final = re.compile(rb"\b(?:19|20)\d\d\b")
ESCAPED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
PACKED: Final = re.compile(rb"(?:[A-Za-z0-9+/=]{40,100}\r?\n){500,}+")
"""A file in a letter: five hundred lines of Base64 and more."""
MBOX: Final = b"From "


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands: its bytes, where it begins in its file, whether its end is not there, its file's name."""

    raw: bytes
    line: int
    cut: bool
    file: str


def letters_in(part: Part, tick: Callable[[int], None]) -> Iterator[Letter]:
    """Every letter of one file; `tick` is called with the bytes done."""
    cutter = _Cutter(part.name, mbox=part.head().startswith(MBOX))
    done = 0
    for chunk in part.open():
        yield from cutter.feed(chunk)
        done += len(chunk)
        tick(done)
    yield from cutter.end()


class _Cutter:
    """What is carried from one piece of a file to the next."""

    def __init__(self, file: str, *, mbox: bool) -> None:
        self._file, self._mbox = file, mbox
        self._ahead = b"\n" if mbox else b""
        self._held, self._cut = bytearray(), False
        self._line, self._began = (0, 0) if mbox else (1, 1)

    def feed(self, chunk: bytes) -> Iterator[Letter]:
        if not self._mbox:
            self._hold(chunk)
            return
        ahead, at = self._ahead + chunk, 0
        for found in SEPARATOR.finditer(ahead):
            told = found[1].strip()
            if told and not (CLOCK.search(told) and YEAR.search(told)):
                continue
            self._hold(ahead[at : found.start() + 1])
            yield from self._letter()
            self._line += 1
            self._began, at = self._line, found.end()
        safe = max(at, len(ahead) - LOOK_AHEAD)
        self._hold(ahead[at:safe])
        self._ahead = ahead[safe:]

    def end(self) -> Iterator[Letter]:
        self._hold(self._ahead if self._mbox else b"")
        yield from self._letter()

    def _hold(self, piece: bytes) -> None:
        self._line += piece.count(b"\n") if self._mbox else 0
        if self._cut:
            return
        self._held += piece
        if len(self._held) > LETTER_BYTES:
            self._held = bytearray(PACKED.sub(b"", self._held))
            if len(self._held) > LETTER_BYTES:
                del self._held[LETTER_BYTES:]
                self._cut = True

    def _letter(self) -> Iterator[Letter]:
        """What was held since the last one, if that is anything."""
        if self._held.strip():
            raw = bytes(self._held)
            if self._mbox and b">From " in raw:
                raw = ESCAPED.sub(rb"\1", raw)
            yield Letter(raw, self._began, self._cut, self._file)
        self._held, self._cut = bytearray(), False
