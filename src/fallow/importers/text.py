"""
Raw bytes of a text file → one buffer of clean UTF-8, in pieces, with what had to be replaced counted.

Clean means: no byte order mark in front, lines end in LF alone, no NUL, nothing undecodable. Every later step may
then trust that a byte below 0x80 is that character, and that any slice at line ends decodes.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from fallow.errors import EntryTooLong, LineTooLong
from fallow.importers.interface import LINE_BYTES, TEXT_BYTES, Problem
from fallow.importers.source import Source

REPLACEMENT: Final = "\ufffd".encode()
STRETCH: Final = 1 << 16
"""Bytes decoded at a time to see whether they can be; as text they take up to four times that."""
UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(slots=True)
class CleanText:
    """The buffer while it grows; `problems` maps a kind to (first line, count)."""

    buffer: bytearray = field(default_factory=bytearray)
    found: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        return [Problem(line, kind, count) for kind, (line, count) in self.found.items()]

    def add(self, piece: bytes) -> None:
        """Append whole lines, cleaned."""
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n")
        if b"\0" in piece:
            self._note("nul_bytes", piece.index(b"\0"), piece, piece.count(b"\0"))
            piece = piece.replace(b"\0", REPLACEMENT)
        bad_at = first_undecodable(piece)
        if bad_at is not None:
            text = piece.decode("utf-8", "replace")
            bad = text.count("\ufffd") - piece.count(REPLACEMENT)
            self._note("undecodable_bytes", bad_at, piece, bad)
            piece = text.encode()
        self.buffer += piece

    def _note(self, kind: str, at: int, piece: bytes, count: int) -> None:
        if kind in self.found:
            line, before = self.found[kind]
            self.found[kind] = (line, before + count)
        else:
            self.found[kind] = (self.buffer.count(b"\n") + piece.count(b"\n", 0, at) + 1, count)


def first_undecodable(piece: bytes) -> int | None:
    """Where the first byte stands that is no UTF-8, or None."""
    low = 0
    try:
        while low < len(piece):
            _, used = codecs.utf_8_decode(piece[low : low + STRETCH], "strict", low + STRETCH >= len(piece))
            low += used
    except UnicodeDecodeError as error:
        return low + error.start
    return None


def clean_text(source: Source) -> Iterator[CleanText]:
    """
    Read a source to its end, yielding the growing text after every piece.

    Raises:
        LineTooLong: If a line is longer than LINE_BYTES.
        FileTooLarge, ArchiveTooLarge: If the clean text is longer than TEXT_BYTES.
    """
    text, carry = CleanText(), b""
    for piece in utf8_pieces(source.chunks):
        piece = carry + piece
        cut = piece.rfind(b"\n") + 1
        carry = piece[cut:]
        if len(carry) > LINE_BYTES:
            raise LineTooLong(line=text.buffer.count(b"\n") + piece.count(b"\n") + 1)
        text.add(piece[:cut])
        if len(text.buffer) > TEXT_BYTES:
            raise source.too_large()
        yield text
    text.add(carry.removesuffix(b"\r"))  # a file cut between the two halves of its last CRLF
    yield text


def text_lines(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """
    The lines of a text as they come, UTF-8 without their ends, numbered from 1; the last may be empty.

    Raises:
        EntryTooLong: If one is longer than LINE_BYTES.
    """
    number, carry = 0, b""
    for piece in utf8_pieces(chunks):
        *whole, carry = (carry + piece).split(b"\n")
        for line in whole:
            number += 1
            yield number, line.removesuffix(b"\r")
        if len(carry) > LINE_BYTES:
            raise EntryTooLong(line=number + 1)
    yield number + 1, carry.removesuffix(b"\r")


def csv_lines(chunks: Iterator[bytes], tell: Callable[[int], None]) -> Iterator[str]:
    """
    The lines of a text with their ends, as the csv module wants them; `tell` hears how many bytes were read.

    Bytes that are no text stay lone surrogates for whoever keeps them to replace and count. Where the beginning has no
    LF, lines end in CR alone.

    Raises:
        LineTooLong: If one is longer than LINE_BYTES.
    """
    done, carry, number, old = 0, b"", 0, None
    for piece in utf8_pieces(chunks):
        done += len(piece)
        old = b"\r" in piece and b"\n" not in piece if old is None else old
        whole, newline, carry = (carry + (piece.replace(b"\r", b"\n") if old else piece)).rpartition(b"\n")
        if len(carry) > LINE_BYTES:
            raise LineTooLong(line=number + 1 + whole.count(b"\n"))
        if newline:
            for line in io.StringIO(_csv_text(whole + newline), newline="\n"):
                number += 1
                yield line
        tell(done)
    if carry:
        yield _csv_text(carry)


def _csv_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape").replace("\0", "\ufffd")


def utf8_pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same text as UTF-8 without its byte order mark."""
    first = next(chunks, b"")
    coding = UTF16.get(first[:2])
    if coding is None:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(coding)("replace")
    yield decoder.decode(first[2:]).encode()
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()
