"""
A zip → the one export inside it, as streams, never on disk.

The directory is bounded before it is read: `BoundedReads` lets the zip reader take no more than DIRECTORY_BYTES at
once, so there is no second parser of the directory to disagree with. Sizes are checked as declared, then counted as
unpacked, because headers lie.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final, cast

from fallow.errors import ArchiveTooLarge, BrokenArchive, LooksLikeAnotherFile
from fallow.importers.formats import find_parts
from fallow.importers.interface import DIRECTORY_BYTES, MB, MEMBERS, RATIO, RATIO_FLOOR, TEXT_BYTES
from fallow.importers.source import CHUNK_BYTES, HEAD_BYTES, Part, Source
from fallow.language import N_

DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on damaged or contradicting zips."""
LOCAL_HEADER: Final = 30
ENCRYPTED: Final = 0x1
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others can ask for gigabytes of dictionary; no phone uses them."""


class BoundedReads:
    """A seekable stream that refuses to hand out more than DIRECTORY_BYTES at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable, self.close = stream.seek, stream.tell, stream.seekable, stream.close

    def read(self, size: int = -1) -> bytes:
        if size > DIRECTORY_BYTES:
            raise too_large()
        if size >= 0:
            return self._stream.read(size)
        rest = self._stream.read(DIRECTORY_BYTES + 1)  # the zip reader asks for "the rest" close to the end
        if len(rest) > DIRECTORY_BYTES:
            raise too_large()
        return rest


def too_large() -> ArchiveTooLarge:
    return ArchiveTooLarge(limit_mb=TEXT_BYTES // MB, members=MEMBERS)


def open_archive(name: str, stream: BinaryIO, size: int) -> Source:
    """
    Find the chat inside a zip.

    Returns:
        Its source; named after the zip when the text inside is called `_chat.txt`, as on iOS, or when it is several
        files.
    Raises:
        BrokenArchive, ArchiveTooLarge, LooksLikeAnotherFile, NotAChat
    """
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", BoundedReads(stream)))
        members = archive.infolist()
        _check_directory(members, size)
    except DAMAGE as error:
        raise BrokenArchive from error
    files = [one for one in members if one.filename and not one.is_dir() and "__MACOSX" not in one.filename]
    format, parts = find_parts([Part(one.filename, one.file_size, partial(_unpack, archive, one)) for one in files])
    inner = PurePosixPath(parts[0].name).name
    called = name if inner == "_chat.txt" or len(parts) > 1 else inner
    return Source(called, archive=True, format=format, parts=parts)


def _check_directory(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MEMBERS:
        raise too_large()
    declared = sum(member.file_size for member in members)
    if declared > RATIO_FLOOR and declared > RATIO * size:
        raise too_large()
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise BrokenArchive  # members share bytes: a bomb, or not made by a phone
        end = member.header_offset + LOCAL_HEADER + len(member.filename.encode()) + member.compress_size
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise LooksLikeAnotherFile(what=N_("a zip file with paths that point outside it"))
    if end > size:
        raise BrokenArchive


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, counted as they come."""
    _check(member)
    done = 0
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK_BYTES if done else HEAD_BYTES):
                done += len(chunk)
                if done > member.file_size:
                    raise BrokenArchive
                yield chunk
    except DAMAGE as error:
        raise BrokenArchive from error
    if done < member.file_size:
        raise BrokenArchive


def _check(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & ENCRYPTED:
        raise LooksLikeAnotherFile(what=N_("a zip file with a password"))
    if member.compress_type not in METHODS:
        raise LooksLikeAnotherFile(what=N_("a zip file packed in an unusual way"))
    if member.file_size > RATIO_FLOOR and member.file_size > RATIO * max(1, member.compress_size):
        raise too_large()
