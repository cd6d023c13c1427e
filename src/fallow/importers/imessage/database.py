"""
A SQLite file of somebody else, opened so that nothing is written, nothing is left behind and nothing in it runs.

A file on disk is read in place as immutable; one from an upload or a zip lies in memory. Where a write-ahead log stands
beside the file, the newest messages are in it alone: its committed pages are laid over a copy in memory, because SQLite
itself would write to read them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from fallow.errors import BrokenFile, FileTooLarge, LooksLikeAnotherFile
from fallow.importers.interface import MB
from fallow.importers.source import Part

MAGIC: Final = b"SQLite format 3\0"
LOG_MAGIC: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
LOG_HEAD, FRAME_HEAD = 32, 24
"""Bytes before the first frame of a log, and before the page in each."""
MEMORY_BYTES: Final = 512 * MB
"""Largest database that is held in memory."""
LONGEST_VALUE: Final = 4 * MB
STEPS: Final = 100_000
MOST_STEPS: Final = 20_000
"""Times STEPS instructions of SQLite, from which a file costs more than any conversation."""
ALLOWED: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION)
DAMAGE: Final = (sqlite3.Error, OverflowError, MemoryError, UnicodeDecodeError)
"""What SQLite raises on damaged files."""


class Database:
    """An open file: which tables and columns it has, and rows of what is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.columns: dict[str, frozenset[str]] = {}

    def look(self) -> None:
        """Find the plain tables; views and virtual tables are none."""
        names = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' LIMIT 1000"
        ).fetchall()
        for (name,) in names:
            rows = self._connection.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
            self.columns[str(name).lower()] = frozenset(str(row[0]).lower() for row in rows)

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """
        Raises:
            BrokenFile: If the file is damaged, or costs more than any conversation does.
        """
        try:
            yield from self._connection.execute(query, values)
        except DAMAGE as error:
            raise BrokenFile from error

    def picked(self, table: str, *names: str) -> str:
        """Columns of a table for a query; NULL for those that this version of it does not have."""
        return ", ".join(f"m.{name}" if name.lower() in self.columns[table] else "NULL" for name in names)


@contextmanager
def open_database(part: Part, log: Part | None) -> Iterator[Database]:
    """
    Open a database of somebody else.

    Args:
        part: The database.
        log: Its write-ahead log, where there is one.
    Raises:
        BrokenFile, FileTooLarge, LooksLikeAnotherFile
    """
    connection = _connected(part, _log_beside(part) if log is None else log)
    with closing(connection):
        database = Database(connection)
        try:
            _bound(connection)
            database.look()
        except DAMAGE as error:
            raise BrokenFile from error
        connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY)
        yield database


def _log_beside(part: Part) -> Part | None:
    """The log next to a file on disk."""
    if part.path is None:
        return None
    path = part.path.with_name(part.path.name + "-wal")
    if not path.is_file() or path.stat().st_size <= LOG_HEAD:
        return None
    return Part(path.name, path.stat().st_size, lambda: iter([path.read_bytes()]), path)


def _connected(part: Part, log: Part | None) -> sqlite3.Connection:
    if part.path is not None and log is None:
        return sqlite3.connect(f"{Path(part.path).absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    if part.size + (log.size if log is not None else 0) > MEMORY_BYTES:
        raise FileTooLarge(limit_mb=MEMORY_BYTES // MB)
    image = bytearray()
    for chunk in part.open():
        image += chunk
    if log is not None:
        _lay_over(image, b"".join(log.open()))
    image[18:20] = b"\1\1"  # as if it had no log: memory has none
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(image))
    except DAMAGE as error:
        connection.close()
        raise BrokenFile from error
    return connection


def _lay_over(image: bytearray, log: bytes) -> None:
    """Put the pages of committed frames over the image; frames of an earlier round have other salts."""
    if log[:4] not in LOG_MAGIC:
        return
    size, salts = int.from_bytes(log[8:12]), log[16:24]
    if size not in (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536):
        raise BrokenFile
    pending: dict[int, int] = {}
    for at in range(LOG_HEAD, len(log) - FRAME_HEAD - size + 1, FRAME_HEAD + size):
        if log[at + 8 : at + 16] != salts:
            break
        pending[int.from_bytes(log[at : at + 4])] = at + FRAME_HEAD
        pages = int.from_bytes(log[at + 4 : at + 8])
        if pages == 0:
            continue
        if pages * size > MEMORY_BYTES:
            raise BrokenFile
        image += bytes(max(0, pages * size - len(image)))
        for number, begin in pending.items():
            if 0 < number <= pages:
                image[(number - 1) * size : number * size] = log[begin : begin + size]
        del image[pages * size :]
        pending = {}


def _bound(connection: sqlite3.Connection) -> None:
    """Nothing may be written, no file opened beside it, no value be endless, no query run for ever."""
    steps = 0

    def tick() -> int:
        nonlocal steps
        steps += 1
        return int(steps > MOST_STEPS)

    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_progress_handler(tick, STEPS)
    for pragma in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1", "mmap_size = 0", "temp_store = 2"):
        connection.execute(f"PRAGMA {pragma}")


def require_database(parts: tuple[Part, ...]) -> tuple[list[Part], dict[str, Part]]:
    """
    Tell databases from logs.

    Returns:
        The databases, and the log of each by the name of the database.
    Raises:
        LooksLikeAnotherFile: If there are logs alone.
    """
    databases = [one for one in parts if one.head().startswith(MAGIC)]
    if not databases:
        raise LooksLikeAnotherFile(what="a part of a database")
    return databases, {one.name.removesuffix("-wal"): one for one in parts if one.head().startswith(LOG_MAGIC)}
