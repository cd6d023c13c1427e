"""
A zip → the one chat inside it, as a stream, never on disk.

The directory is bounded before it is read: `BoundedReads` lets the zip reader take no more than DIRECTORY_BYTES at
once, so there is no second parser of the directory to disagree with. Sizes are checked as declared, then counted as
unpacked, because headers lie.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final, cast

from fallow.errors import ArchiveTooLarge, BrokenArchive, ImportRefused, LooksLikeAnotherFile, NotAChat, TelegramPages
from fallow.importers.interface import DIRECTORY_BYTES, JSON_BYTES, MB, MEMBERS, RATIO, RATIO_FLOOR, TEXT_BYTES
from fallow.importers.source import CHUNK_BYTES, HEAD_BYTES, MOST_BYTES, ZIP_MAGIC, Channel, Source, tell_channel
from fallow.importers.telegram.walk import PAGES, looks_like_telegram
from fallow.importers.whatsapp.layout import looks_like_chat

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
        Its source; named after the zip when the text inside is called `_chat.txt`, as on iOS.
    Raises:
        BrokenArchive, ArchiveTooLarge, LooksLikeAnotherFile, NotAChat
    """
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", BoundedReads(stream)))
        members = archive.infolist()
        _check_directory(members, size)
        member = _choose(archive, members)
        channel, chunks = _unpack(archive, member)
    except DAMAGE as error:
        raise BrokenArchive from error
    inner = PurePosixPath(member.filename).name
    called = name if inner == "_chat.txt" else inner
    return Source(called, archive=True, size=member.file_size, chunks=chunks, channel=channel)


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
            raise LooksLikeAnotherFile(what="a zip file with paths that point outside it")
    if end > size:
        raise BrokenArchive


def _choose(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """`_chat.txt`, or the one file that reads like a chat; the texts of shared documents are looked at, not read."""
    files = [one for one in members if not one.is_dir() and "__MACOSX" not in one.filename]
    texts = [one for one in files if one.filename.lower().endswith(".txt")]
    named = [one for one in texts if PurePosixPath(one.filename).name == "_chat.txt"]
    if len(named) == 1:
        return _checked(named[0])
    likely = [one for one in texts[:100] if looks_like_chat(_head(archive, _checked(one)))]
    likely += [one for one in _ending(files, ".json")[:100] if looks_like_telegram(_head(archive, _checked(one)))]
    if len(likely) == 1:
        return likely[0]
    if not likely and any(PAGES in _head(archive, _checked(one)) for one in _ending(files, ".html")[:3]):
        raise TelegramPages
    if len(files) == 1 and not texts:
        _channel_of(_head(archive, _checked(files[0])))
    raise NotAChat


def _ending(files: list[zipfile.ZipInfo], suffix: str) -> list[zipfile.ZipInfo]:
    return [one for one in files if one.filename.lower().endswith(suffix)]


def _checked(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    if member.flag_bits & ENCRYPTED:
        raise LooksLikeAnotherFile(what="a zip file with a password")
    if member.compress_type not in METHODS:
        raise LooksLikeAnotherFile(what="a zip file packed in an unusual way")
    if member.file_size > (JSON_BYTES if member.filename.lower().endswith(".json") else TEXT_BYTES):
        raise too_large()
    if member.file_size > RATIO_FLOOR and member.file_size > RATIO * max(1, member.compress_size):
        raise too_large()
    return member


def _head(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        return stream.read(HEAD_BYTES)


def _channel_of(head: bytes) -> Channel:
    if head.startswith(ZIP_MAGIC):
        raise LooksLikeAnotherFile(what="a zip file inside a zip file")
    return tell_channel(head)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[Channel, Iterator[bytes]]:
    """The bytes of a member, counted as they come; the head is judged before anything is handed out."""
    stream = archive.open(member)
    head = stream.read(HEAD_BYTES)
    channel = _channel_of(head)
    return channel, _counted(head, stream, declared=member.file_size, most=MOST_BYTES[channel])


def _counted(head: bytes, stream: IO[bytes], *, declared: int, most: int) -> Iterator[bytes]:
    done, chunk = 0, head
    while chunk:
        done += len(chunk)
        if done > min(declared, most):
            raise too_large() if done > most else BrokenArchive()
        yield chunk
        chunk = _read(stream)
    if done < declared:
        raise BrokenArchive


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(CHUNK_BYTES)
    except ImportRefused:
        raise
    except DAMAGE as error:
        raise BrokenArchive from error
