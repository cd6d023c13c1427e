"""
Bytes or a path → a source of chat text, by content, or an error that says what the file is instead.

A zip is looked into (`archive.py`), anything else judged by its beginning (`source.py`). Nothing is written to disk.
"""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fallow.errors import NotAChat
from fallow.importers.archive import open_archive
from fallow.importers.source import CHUNK_BYTES, HEAD_BYTES, ZIP_MAGIC, Source, tell_channel


@contextmanager
def open_bytes(name: str, data: bytes) -> Iterator[Source]:
    """A source over bytes in memory, not copied."""
    with io.BytesIO(data) as stream:
        yield identify(name, stream, len(data))


@contextmanager
def open_path(path: Path) -> Iterator[Source]:
    """A source over a file, read in pieces; anything but a regular file is refused."""
    with path.open("rb") as stream:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotAChat
        yield identify(path.name, stream, status.st_size)


def identify(name: str, stream: BinaryIO, size: int) -> Source:
    """
    Find the chat text in a file, or say what the file is.

    Raises:
        ImportRefused: One of its kinds, for anything that cannot be a chat by its first 64 KiB, size or zip directory.
    """
    head = stream.read(HEAD_BYTES)
    if head.startswith(ZIP_MAGIC):
        return open_archive(name, stream, size)
    source = Source(name, archive=False, size=size, chunks=_chunks(head, stream), channel=tell_channel(head))
    if size > source.limit:
        raise source.too_large()
    return source


def _chunks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk
