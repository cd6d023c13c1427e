"""
A source: the files of one export, not yet read; what a format is; and the refusals for bytes that cannot be one.

A file is judged by its first 64 KiB, never by its extension; what it is instead is named where that can be told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from pkgutil import resolve_name
from typing import Final, Protocol

from fallow.errors import (
    ArchiveTooLarge,
    EmptyFile,
    FileTooLarge,
    ImportRefused,
    LooksLikeAnotherFile,
    NotAChat,
    TelegramPages,
)
from fallow.importers.interface import MB, MEMBERS, TEXT_BYTES, Answers, ChatInside, Export, Progress
from fallow.language import N_

HEAD_BYTES: Final = 65_536
CHUNK_BYTES: Final = 1 << 20

MAGIC: Final = (
    (b"PK\x03\x04", N_("a zip file inside a zip file")),
    (b"%PDF-", N_("a PDF")),
    (b"\x89PNG\r\n\x1a\n", N_("an image")),
    (b"\xff\xd8\xff", N_("an image")),
    (b"GIF8", N_("an image")),
    (b"SQLite format 3\0", N_("a database")),
    (b"bplist00", N_("a property list")),
    (b"\x1f\x8b", N_("a gzip file")),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7-Zip file")),
    (b"Rar!\x1a\x07", N_("a RAR file")),
    (b"BZh", N_("a bzip2 file")),
    (b"\xfd7zXZ\0", N_("an xz file")),
    (b"\x28\xb5\x2f\xfd", N_("a Zstandard file")),
    (b"OggS", N_("a sound file")),
    (b"ID3", N_("a sound file")),
    (b"\xd0\xcf\x11\xe0", N_("an old Office file")),
    (b"{\\rtf", N_("a rich text file")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90", N_("a program")),
)
LATER_MAGIC: Final = ((b"WEBP", 8, N_("an image")), (b"WAVE", 8, N_("a sound file")), (b"ftyp", 4, N_("a video")))
TEXT_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
JSON_START: Final = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]\-0-9]|\[\s*(?:true|false|null)\b)')
PAGES: Final = b"<title>Exported Data</title>"
"""How Telegram calls a chat exported as web pages."""


class Code(Protocol):
    """
    What the file of a format holds. Where an export may hold several chats, also
    `list_chats(source, progress) -> list[ChatInside]`; where their beginnings alone do not tell which files of a zip or
    a folder are its own, also `picks(files) -> tuple[Part, ...]`.
    """

    def knows(self, head: bytes) -> bool:
        """Whether a file that begins so (HEAD_BYTES of it) is one."""
        ...

    def read(self, source: Source, answers: Answers, progress: Progress | None) -> Export:
        """Read one chat of two people from it."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """
    One kind of export: how it is known, and which file reads it. A new one is a row of `FORMATS`.

    Args:
        channel: Where its chats are written, one short word; also the folder of its golden samples.
        title: What people call such a file, for the reference.
        code: The file of this room that reads it, a `Code`; itself read only once it is asked for.
        begins: What every such file begins with; of any other file it need not be asked.
        members: Which files of a zip or a folder are looked at, by their path in lower case.
        joined: Whether all such files of a zip or a folder are one export; else there has to be one.
        most_bytes: Most bytes of one file that are read.
        one_side: Whether it holds what one of the two wrote alone: it can be looked at, never kept or compared.
        notes: What else there is to know of it, whole sentences for the reference.
    """

    channel: str
    title: str
    code: str
    begins: re.Pattern[bytes]
    members: re.Pattern[str]
    notes: tuple[str, ...] = ()
    joined: bool = False
    most_bytes: int = TEXT_BYTES
    one_side: bool = False

    def knows(self, head: bytes) -> bool:
        """Whether a file that begins so (HEAD_BYTES of it) is one."""
        return self.begins.match(head) is not None and self._code().knows(head)

    def read(self, source: Source, answers: Answers, progress: Progress | None) -> Export:
        """
        Read one chat of two people.

        Raises:
            ImportRefused: One of its kinds; nothing was kept.
        """
        return self._code().read(source, answers, progress)

    def list_chats(self, source: Source, progress: Progress | None) -> list[ChatInside]:
        """
        List the chats of two people; none where a file holds one alone.

        Raises:
            ImportRefused: As `read`.
        """
        found: Callable[[Source, Progress | None], list[ChatInside]] | None = getattr(self._code(), "list_chats", None)
        return [] if found is None else found(source, progress)

    def pick(self, files: Iterable[Part]) -> tuple[Part, ...]:
        """Its own files among those of a zip or a folder."""
        fitting = [one for one in files if self.begins.match(one.head())]
        if not fitting:
            return ()
        picks: Callable[[list[Part]], tuple[Part, ...]] | None = getattr(self._code(), "picks", None)
        return tuple(one for one in fitting if self._code().knows(one.head())) if picks is None else picks(fitting)

    def _code(self) -> Code:
        found: Code = resolve_name(f"fallow.importers.{self.code}")
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """
    One file of an export, not yet read.

    Args:
        name: Its name, with its path where it lies in a zip or a folder.
        size: In bytes, as declared.
        open: Its bytes in order, the first HEAD_BYTES at once; from the beginning each time it is called.
        path: Where it lies on disk, if it does and is not packed.
    """

    name: str
    size: int
    open: Callable[[], Iterator[bytes]]
    path: Path | None = None

    def head(self) -> bytes:
        """Its first HEAD_BYTES, or all of it."""
        return next(self.open(), b"")


@dataclass(frozen=True, slots=True)
class Source:
    """An export not yet read: its own name, whether it came in a zip or a folder, what it is, its files in order."""

    name: str
    archive: bool
    format: Format
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def chunks(self) -> Iterator[bytes]:
        """The bytes of its files, one behind the other; from the beginning each time."""
        return chain.from_iterable(part.open() for part in self.parts)

    def told(self, progress: Progress | None, rows: Callable[[], int] = lambda: 0) -> Callable[[int], None]:
        """Progress in bytes of this source, and in messages, where it can be asked how many were read."""
        return lambda done: None if progress is None else progress(min(done, self.size), self.size, rows())

    def too_large(self) -> ImportRefused:
        """The error for a text over the limit, in the words that fit how it came."""
        limit = self.format.most_bytes // MB
        return ArchiveTooLarge(limit_mb=limit, members=MEMBERS) if self.archive else FileTooLarge(limit_mb=limit)


def name_another(head: bytes) -> None:
    """
    Name a file of which no format knows the beginning, where its first bytes alone tell.

    Raises:
        EmptyFile, LooksLikeAnotherFile
    """
    bare = next((head[len(mark) :] for mark in TEXT_MARKS if head.startswith(mark)), head)
    if not bare.strip():
        raise EmptyFile
    for magic, what in MAGIC:
        if head.startswith(magic):
            raise LooksLikeAnotherFile(what=what)
    for magic, at, what in LATER_MAGIC:
        if head[at : at + len(magic)] == magic:
            raise LooksLikeAnotherFile(what=what)


def no_chat(head: bytes) -> ImportRefused:
    """The error for a file in which no chat was found: named where the first bytes say more."""
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if PAGES in bare:
        return TelegramPages()
    low = bare[:1024].lower()
    if low.startswith((b"<!doctype html", b"<html")) or b"<html" in low:
        return LooksLikeAnotherFile(what=N_("a web page"))
    if low.startswith((b"<?xml", b"<smses", b"<calls", b"<svg", b"<!doctype")):
        return LooksLikeAnotherFile(what=N_("an XML file"))
    if JSON_START.match(bare):
        return LooksLikeAnotherFile(what=N_("a JSON file"))
    if low.startswith(b"begin:vcard"):
        return LooksLikeAnotherFile(what=N_("a contact card"))
    controls = sum(head.count(bytes([code])) for code in (0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18))
    if controls * 100 > len(head):
        return LooksLikeAnotherFile(what=N_("a binary file"))
    return NotAChat()
