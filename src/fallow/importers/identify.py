"""
Bytes or a path → the export in it, by content, or an error that says what the file is instead.

A zip is looked into (`archive.py`), and so is a folder; anything else is judged by its beginning (`formats.py`).
Nothing is written to disk.
"""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fallow.errors import ArchiveTooLarge, NotAChat
from fallow.importers.archive import open_archive
from fallow.importers.formats import find_parts, tell_format
from fallow.importers.interface import MB, MEMBERS, TEXT_BYTES
from fallow.importers.source import CHUNK_BYTES, HEAD_BYTES, ZIP_MAGIC, Part, Source


@contextmanager
def open_bytes(name: str, data: bytes) -> Iterator[Source]:
    """A source over bytes in memory, not copied."""
    with io.BytesIO(data) as stream:
        yield identify(name, stream, len(data))


@contextmanager
def open_path(path: Path) -> Iterator[Source]:
    """A source over a file, read in pieces, or over a folder; anything else is refused."""
    if path.is_dir():
        yield _open_folder(path)
        return
    with path.open("rb") as stream:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotAChat
        yield identify(path.name, stream, status.st_size, path)


def identify(name: str, stream: BinaryIO, size: int, path: Path | None = None) -> Source:
    """
    Find the export in a file, or say what the file is.

    Raises:
        ImportRefused: One of its kinds, for anything that cannot be a chat by its first 64 KiB, size or zip directory.
    """
    part = Part(name, size, partial(_chunks, stream), path)
    head = part.head()
    if head.startswith(ZIP_MAGIC):
        return open_archive(name, stream, size)
    source = Source(name, archive=False, format=tell_format(head), parts=(part,))
    if size > source.format.most_bytes:
        raise source.too_large()
    return source


def _open_folder(folder: Path) -> Source:
    """An exported folder, as a zip of it would be read; what it points to elsewhere is passed over."""
    files = list[Part]()
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        if len(files) == MEMBERS:
            raise ArchiveTooLarge(limit_mb=TEXT_BYTES // MB, members=MEMBERS)
        name = path.relative_to(folder).as_posix()
        files.append(Part(name, path.stat().st_size, partial(_chunks_of_file, path), path))
    format, parts = find_parts(files)
    called = folder.name if len(parts) > 1 else parts[0].name.rpartition("/")[2]
    return Source(called, archive=True, format=format, parts=parts)


def _chunks_of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from _chunks(stream)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """From the beginning, whoever else reads the stream in between."""
    at = 0
    while True:
        stream.seek(at)
        if not (chunk := stream.read(CHUNK_BYTES if at else HEAD_BYTES)):
            return
        at += len(chunk)
        yield chunk
