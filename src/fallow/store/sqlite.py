"""
The store on one encrypted SQLite file.

WAL with synchronous=FULL: when COMMIT has returned, the entry is on the disk (0 of 400 lost on 388 simulated power
cuts; with NORMAL up to 391). The key is random and raw, so opening a connection derives nothing. Never read the file
with anything else while this process has it open: that drops SQLite's locks, and another program may then overwrite
committed rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from fallow.errors import DiskFailed, StoreBusy, StoreDamaged, StoreUnsafe
from fallow.messages import MessageTable
from fallow.plan import Event, Record
from fallow.store import rows
from fallow.store.connections import Connections
from fallow.store.drafts import find_draft, read_drafts, save_draft
from fallow.store.events import append_events, read_events, unreadable_events
from fallow.store.faults import plain_errors
from fallow.store.interface import Draft, SourceRecord
from fallow.store.place import DATABASE_FILE, claim_database, database_files, discard_database, finish, is_unfinished
from fallow.store.pragmas import connect, distrust_files, empty_log, find_faults, peek_version
from fallow.store.schema import migrate, refuse_unknown
from fallow.store.sources import common_clock, drop_source, put_source, read_sources, source_number

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

Connect = Callable[[Path, bytes], "Connection"]


def open_sqlite(folder: Path, key: bytes, *, connect: Connect = connect) -> SqliteStore:
    """
    Open the store of a folder, and make it where setting up has just begun.

    Args:
        folder: Where `create_key` was called.
        key: 32 bytes, from `create_key` or `unlock`.
        connect: What opens a connection; every one is verified whoever opened it.
    Raises:
        NoStore, StoreDamaged, StoreNewer, StoreUnsafe, StoreBusy, DiskFull: Nothing was changed.
    """
    try:
        return _open(folder, key, connect)
    except StoreDamaged:
        if not is_unfinished(folder):
            raise
        # A power cut tore the file while it was being made; nothing had been stored in it.
        discard_database(folder)
        return _open(folder, key, connect)


def _open(folder: Path, key: bytes, connect: Connect) -> SqliteStore:
    may_be_empty = claim_database(folder)
    reasons = distrust_files(folder, database_files(folder))
    if reasons:
        raise StoreUnsafe(what="; ".join(reasons))
    path = folder / DATABASE_FILE
    if path.stat().st_size:
        refuse_unknown(peek_version(path, key), may_be_empty=may_be_empty)
    connections = Connections(path, key, connect)
    try:
        migrate(connections.mine())
        if is_unfinished(folder):
            empty_log(connections.mine())
            finish(folder)
    except BaseException:
        connections.close()
        raise
    return SqliteStore(connections)


class SqliteStore:
    """A `Store`; safe to use from several threads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._local = threading.local()
        self._disk_failed = False
        self._scrub_due = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        connection = self._connections.mine()
        if connection.in_transaction:
            raise ValueError("a transaction is open already")
        if self._disk_failed:
            raise DiskFailed
        self._local.scrub = False
        try:
            with plain_errors():
                connection.execute("BEGIN IMMEDIATE")
            yield
            with plain_errors():
                connection.execute("COMMIT")
        except BaseException as error:
            # After a failed write it is not known what the disk holds; only opening it again can tell.
            if isinstance(error, DiskFailed):
                self._disk_failed = True
            if connection.in_transaction:
                with suppress(dbapi2.Error):
                    connection.execute("ROLLBACK")
            raise
        self._scrub_due |= self._local.scrub
        if self._scrub_due:
            self._scrub(connection)

    def events(self) -> tuple[Record, ...]:
        with plain_errors():
            return read_events(self._connections.mine())

    def append(self, events: Sequence[Event]) -> tuple[Record, ...]:
        connection = self._writing()
        with plain_errors():
            return append_events(connection, events)

    def preference(self, name: str) -> str | None:
        found = self._read("SELECT value FROM preference WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_preference(self, name: str, value: str) -> None:
        self._write("INSERT OR REPLACE INTO preference (name, value) VALUES (?, ?)", (name, rows.storable(value)))

    def put_draft(self, draft: Draft) -> None:
        connection = self._writing()
        with plain_errors():
            save_draft(connection, draft)

    def draft(self, id: str) -> Draft | None:
        with plain_errors():
            return find_draft(self._connections.mine(), id)

    def drafts(self) -> tuple[Draft, ...]:
        with plain_errors():
            return read_drafts(self._connections.mine())

    def delete_draft(self, id: str) -> None:
        self._write("DELETE FROM draft WHERE id = ?", (id,))
        self._local.scrub = True

    def put_messages(self, source: SourceRecord, table: MessageTable, texts: Iterable[str] | None) -> int:
        connection = self._writing()
        with plain_errors():
            before = rows.count_messages(connection)
            number, is_new = put_source(connection, source)
            if rows.insert_messages(connection, number, table, texts):
                self._local.scrub = True
                return rows.renew_columns(connection) - before
            if is_new:
                drop_source(connection, number)
            return 0

    def messages(self) -> MessageTable:
        connection = self._connections.mine()
        with plain_errors(), self._one_view(connection):
            resolution, zoned = common_clock(connection)
            return rows.read_table(connection, resolution, zoned)

    def texts(self) -> Iterator[str | None]:
        with plain_errors():
            yield from rows.read_texts(self._connections.mine())

    def message_count(self) -> int:
        with plain_errors():
            return rows.count_messages(self._connections.mine())

    def sources(self) -> tuple[SourceRecord, ...]:
        with plain_errors():
            return read_sources(self._connections.mine())

    def remove_source(self, id: str) -> int:
        connection = self._writing()
        with plain_errors():
            number = source_number(connection, id)
            if number is None:
                return 0
            removed = rows.delete_messages(connection, number)
            drop_source(connection, number)
            rows.renew_columns(connection)
        self._local.scrub = True
        return removed

    def derived(self, name: str) -> bytes | None:
        found = self._read("SELECT body FROM derived WHERE name = ?", (_free(name),))
        return bytes(found[0][0]) if found else None

    def put_derived(self, name: str, body: bytes) -> None:
        self._write("INSERT OR REPLACE INTO derived (name, body) VALUES (?, ?)", (_free(name), body))

    def check(self) -> tuple[str, ...]:
        connection = self._connections.mine()
        with plain_errors():
            problems = find_faults(connection)
        with suppress(dbapi2.DatabaseError):
            if not rows.columns_agree(connection):
                problems.append("the kept columns are not those of the messages")
        with suppress(dbapi2.DatabaseError):
            problems += [f"event {seq} cannot be read" for seq in unreadable_events(connection)]
        return tuple(problems)

    def close(self) -> None:
        with plain_errors():
            self._connections.close()

    def _read(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with plain_errors():
            return self._connections.mine().execute(sql, values).fetchall()

    def _writing(self) -> Connection:
        connection = self._connections.mine()
        if not connection.in_transaction:
            raise ValueError("writing needs a transaction")
        return connection

    def _write(self, sql: str, values: tuple[Any, ...]) -> Any:
        connection = self._writing()
        with plain_errors():
            return connection.execute(sql, values)

    @contextmanager
    def _one_view(self, connection: Connection) -> Iterator[None]:
        """Read several things as of one moment; inside a transaction that is so already."""
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    def _scrub(self, connection: Connection) -> None:
        """
        Empty the log, which may hold words that were deleted; in the database secure_delete has overwritten them.

        A reader at work keeps the log alive: then the next transaction tries again, and closing does it for certain.
        """
        self._scrub_due = False
        try:
            empty_log(connection)
        except StoreBusy:
            self._scrub_due = True


def _free(name: str) -> str:
    if name.startswith(rows.RESERVED):
        raise ValueError(f"names beginning with {rows.RESERVED} belong to the store")
    return name
