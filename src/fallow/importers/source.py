"""
A source: the text of one chat, not yet read; and the refusals for bytes that cannot be one.

A file is judged by its first 64 KiB, never by its extension; what it is instead is named where that can be told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from fallow.errors import (
    ArchiveTooLarge,
    EmptyFile,
    FileTooLarge,
    ImportRefused,
    LooksLikeAnotherFile,
    NotAChat,
    TelegramPages,
)
from fallow.importers.interface import JSON_BYTES, MB, MEMBERS, TEXT_BYTES, Progress
from fallow.importers.telegram.walk import PAGES, looks_like_telegram
from fallow.importers.whatsapp.layout import looks_like_chat

Channel = Literal["whatsapp", "telegram"]
"""Where a chat was written."""

HEAD_BYTES: Final = 65_536
CHUNK_BYTES: Final = 1 << 20

MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3\0", "a database"),
    (b"bplist00", "a property list"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
LATER_MAGIC: Final = ((b"WEBP", 8, "an image"), (b"WAVE", 8, "a sound file"), (b"ftyp", 4, "a video"))
TEXT_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MOST_BYTES: Final[dict[Channel, int]] = {"whatsapp": TEXT_BYTES, "telegram": JSON_BYTES}
JSON_START: Final = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]\-0-9]|\[\s*(?:true|false|null)\b)')


@dataclass(frozen=True, slots=True)
class Source:
    """A file not yet read: its own name, its size in bytes as declared, its bytes in order, whose format it has."""

    name: str
    archive: bool
    size: int
    chunks: Iterator[bytes]
    channel: Channel

    @property
    def limit(self) -> int:
        """Most bytes of it that are read."""
        return MOST_BYTES[self.channel]

    def told(self, progress: Progress | None) -> Callable[[int], None]:
        """Progress in bytes of this source."""
        return lambda done: None if progress is None else progress(min(done, self.size), self.size)

    def too_large(self) -> ImportRefused:
        """The error for a text over the limit, in the words that fit how it came."""
        if self.archive:
            return ArchiveTooLarge(limit_mb=self.limit // MB, members=MEMBERS)
        return FileTooLarge(limit_mb=self.limit // MB)


def tell_channel(head: bytes) -> Channel:
    """Where a chat was written, by its first bytes; whatever is not a chat is refused, and said what it is."""
    bare = next((head[len(mark) :] for mark in TEXT_MARKS if head.startswith(mark)), head)
    if not bare.strip():
        raise EmptyFile
    for magic, what in MAGIC:
        if head.startswith(magic):
            raise LooksLikeAnotherFile(what=what)
    for magic, at, what in LATER_MAGIC:
        if head[at : at + len(magic)] == magic:
            raise LooksLikeAnotherFile(what=what)
    if looks_like_telegram(head):
        return "telegram"
    if not looks_like_chat(head):
        raise no_chat(head)
    return "whatsapp"


def no_chat(head: bytes) -> ImportRefused:
    """The error for a file in which no chat was found: named where the first bytes say more."""
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if PAGES in bare:
        return TelegramPages()
    low = bare[:1024].lower()
    if low.startswith((b"<!doctype html", b"<html")) or b"<html" in low:
        return LooksLikeAnotherFile(what="a web page")
    if low.startswith((b"<?xml", b"<smses", b"<calls", b"<svg", b"<!doctype")):
        return LooksLikeAnotherFile(what="an XML file")
    if JSON_START.match(bare):
        return LooksLikeAnotherFile(what="a JSON file")
    if low.startswith(b"begin:vcard"):
        return LooksLikeAnotherFile(what="a contact card")
    if low.startswith(b"from ") and b"\nreceived: " in low:
        return LooksLikeAnotherFile(what="a mailbox")
    controls = sum(head.count(bytes([code])) for code in (0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18))
    if controls * 100 > len(head):
        return LooksLikeAnotherFile(what="a binary file")
    return NotAChat()
