"""
An archive: everything in one file to take away, opened by the passphrase or the recovery code of its day.

A zip of two files, stored as they are: `key.json`, and `notes.db`, a copy that SQLite made itself (VACUUM INTO), under
the same key; nothing else may read the live file. Every page of the copy is checked before a byte is given out. The
comment at the end of the zip is `1:` and the SHA-256 of all bytes before it, so that one flipped bit anywhere, or a
missing end, is found before anything is touched. Nothing in it can be read without the passphrase; its size and the
names of the two files can.

Restoring goes into a folder where nothing is set up, in the order of setting up: the mark `unfinished`, the database,
the key file, the mark away. Killed anywhere, the folder is as good as empty, or whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from fallow.errors import ArchiveDamaged, StoreBusy, StoreDamaged, StoreExists
from fallow.store.cipher import open_key_file, store_exists
from fallow.store.durable import PRIVATE_FILE, make_private_folder, replace_file, save_new, wait_for_disk, write_all
from fallow.store.faults import plain_errors
from fallow.store.interface import Store
from fallow.store.place import DATABASE_FILE, KEY_FILE, begin, discard_database, finish, setting_up
from fallow.store.pragmas import check_copy
from fallow.store.schema import refuse_unknown
from fallow.store.tries import forget_tries

COPY_FILE: Final = "copy.db"
"""The copy while it is made; it has no name any more once it is being read."""
CHUNK: Final = 1024 * 1024
_SEAL: Final = re.compile(rb"1:([0-9a-f]{64})")
_SEAL_BYTES: Final = 66
_LARGEST_KEY_FILE: Final = 64 * 1024
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The time a zip gives its files; the real one would tell when somebody did this."""


class Archive:
    """The bytes of an archive, as they are made; closed when they were all given out, when told so, or forgotten."""

    def __init__(self, key_file: bytes, copy: BinaryIO) -> None:
        self._copy = copy
        self._pieces = _sealed(_zipped(key_file, copy))

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        self.close()

    def close(self) -> None:
        self._copy.close()

    __del__ = close


def write_archive(store: Store, folder: Path) -> Archive:
    """
    Begin an archive of a store.

    The copy is made and checked before this returns, so what can go wrong is said before the first byte.

    Args:
        store: Open, on this folder.
    Raises:
        StoreBusy: If another one is being made.
        DiskFull, DiskFailed, StoreDamaged: Nothing is left of it.
    """
    with plain_errors():
        key_file = (folder / KEY_FILE).read_bytes()
        copy = _take_copy(store, folder)
    return Archive(key_file, copy)


def save_archive(pieces: Iterable[bytes], path: Path) -> int:
    """
    Write an archive to a new file, readable by its owner only, and read it back.

    Returns:
        How many bytes it has.
    Raises:
        FileIsThere: If there is a file of that name; it is left as it is.
        DiskFull, DiskFailed, ArchiveDamaged: Nothing of it stays.
    """
    return save_new(pieces, path, check_archive)


def check_archive(file: BinaryIO) -> None:
    """
    Read an archive to its end. O(bytes).

    Raises:
        ArchiveDamaged: If it is not byte for byte what was written.
    """
    size = file.seek(0, os.SEEK_END)
    if size <= _SEAL_BYTES:
        raise ArchiveDamaged
    file.seek(size - _SEAL_BYTES)
    seal = _SEAL.fullmatch(file.read(_SEAL_BYTES))
    file.seek(0)
    digest, left = hashlib.sha256(), size - _SEAL_BYTES
    while left and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    if seal is None or left or digest.hexdigest().encode() != seal[1]:
        raise ArchiveDamaged


def restore_archive(folder: Path, file: BinaryIO, passphrase: str) -> bytes:
    """
    Put an archive into a folder where nothing is set up.

    Args:
        file: Can be sought in; read as it is, never trusted.
        passphrase: The one it had when it was made, or its recovery code.
    Returns:
        The data key, 32 bytes.
    Raises:
        StoreExists: If something is set up here; it is never written over.
        ArchiveDamaged, WrongPassphrase, StoreNewer: Nothing was touched.
        DiskFull, DiskFailed: Nothing of it stays.
    """
    if store_exists(folder):
        raise StoreExists
    check_archive(file)
    with _opened(file) as archive:
        key_file = archive.read(KEY_FILE)
        key = open_key_file(key_file, passphrase)
        with plain_errors():
            make_private_folder(folder)
            with setting_up(folder):
                if store_exists(folder):
                    raise StoreExists
                begin(folder)
                try:
                    _bring_database(folder, archive, key)
                except BaseException:
                    discard_database(folder)
                    finish(folder)
                    raise
                forget_tries(folder)
                replace_file(folder / KEY_FILE, key_file)
                finish(folder)
    return key


def _bring_database(folder: Path, archive: zipfile.ZipFile, key: bytes) -> None:
    path = folder / DATABASE_FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with archive.open(DATABASE_FILE) as member:
            while chunk := member.read(CHUNK):
                write_all(descriptor, chunk)
        wait_for_disk(descriptor)
    finally:
        os.close(descriptor)
    try:
        version = check_copy(path, key)
        refuse_unknown(version, may_be_empty=False)
    except StoreDamaged as error:
        raise ArchiveDamaged from error


@contextmanager
def _opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive whose seal was found whole; anybody can seal a zip, so its inside is looked at as well."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            stored = all(member.compress_type == zipfile.ZIP_STORED for member in members)
            if names != [KEY_FILE, DATABASE_FILE] or not stored or members[0].file_size > _LARGEST_KEY_FILE:
                raise ArchiveDamaged
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ArchiveDamaged from error


def _take_copy(store: Store, folder: Path) -> BinaryIO:
    """A checked copy of the whole store, open and nameless, so that it is gone with the program that reads it."""
    path = folder / COPY_FILE
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    copy = os.fdopen(descriptor, "rb")
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy from error
        os.ftruncate(descriptor, 0)  # what one that was killed had left
        try:
            store.copy_to(path)
        finally:
            path.unlink(missing_ok=True)
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy


class _Sink:
    """What a zip is written into, to be taken out again piece by piece."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data


def _zipped(key_file: bytes, copy: BinaryIO) -> Iterator[bytes]:
    sink = _Sink()
    size = os.fstat(copy.fileno()).st_size
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        archive.comment = bytes(_SEAL_BYTES)
        archive.writestr(_member(KEY_FILE, len(key_file)), key_file)
        with archive.open(_member(DATABASE_FILE, size), "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as member:
            while chunk := copy.read(CHUNK):
                member.write(chunk)
                yield sink.taken()
    yield sink.taken()


def _member(name: str, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.external_attr, info.file_size = PRIVATE_FILE << 16, size
    return info


def _sealed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes with the seal in the place that was kept free at the end."""
    digest, held = hashlib.sha256(), b""
    for piece in pieces:
        held += piece
        ready, held = held[:-_SEAL_BYTES], held[-_SEAL_BYTES:]
        digest.update(ready)
        yield ready
    yield b"1:" + digest.hexdigest().encode()
