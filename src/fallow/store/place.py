"""
Which files a data folder holds, and when a database may be made in it.

Their names say nothing about what they are for. A database that is missing is made only while setting up is known to
be unfinished, or where there is no key file at all: anywhere else it was lost, and an empty one would hide that.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from fallow.errors import NoStore, StoreDamaged
from fallow.store.durable import PRIVATE_FILE, sync_folder, write_new

DATABASE_FILE: Final = "notes.db"
KEY_FILE: Final = "key.json"
UNFINISHED_FILE: Final = "unfinished"
"""There from the beginning of setting up until the database has its tables: nothing was confirmed as saved yet."""


def database_files(folder: Path) -> tuple[Path, ...]:
    """The database, its write-ahead log and the index of that log. Only SQLite may open them."""
    return tuple(folder / (DATABASE_FILE + end) for end in ("", "-wal", "-shm"))


def claim_database(folder: Path) -> bool:
    """
    Make an empty database file where one may be made, with the mode that SQLite's log inherits.

    Returns:
        Whether the file may still be without tables.
    Raises:
        NoStore: If there is no folder.
        StoreDamaged: If the file was there once and is not any more.
    """
    if not folder.is_dir():
        raise NoStore
    path = folder / DATABASE_FILE
    may_be_empty = is_unfinished(folder) or not (folder / KEY_FILE).exists()
    if not may_be_empty and not (path.exists() and path.stat().st_size):
        raise StoreDamaged
    # O_EXCL: a file that was there could be open in SQLite, and closing this descriptor would drop its locks.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
        sync_folder(folder)
    return may_be_empty


@contextmanager
def setting_up(folder: Path) -> Iterator[None]:
    """Let one program at a time set this folder up; a form sent twice would otherwise make two keys."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def begin(folder: Path) -> None:
    """Mark a folder as being set up, and empty it of what an earlier attempt had made."""
    write_new(folder / UNFINISHED_FILE, b"")
    sync_folder(folder)
    discard_database(folder)


def discard_database(folder: Path) -> None:
    """Remove what setting up had made so far; only while it is unfinished."""
    for path in database_files(folder):
        path.unlink(missing_ok=True)


def is_unfinished(folder: Path) -> bool:
    """Whether setting up has begun and not ended."""
    return (folder / UNFINISHED_FILE).exists()


def finish(folder: Path) -> None:
    """Setting up is over: from here on a missing database is a lost one."""
    (folder / UNFINISHED_FILE).unlink(missing_ok=True)
    sync_folder(folder)
