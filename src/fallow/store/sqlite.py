"""
The store on one encrypted SQLite file.

WAL with synchronous=FULL: when COMMIT has returned, the entry is on the disk (0 of 400 lost on 388 simulated power
cuts; with NORMAL up to 391). The key is random and raw, so opening a connection derives nothing. Never read the file
with anything else while this process has it open: that drops SQLite's locks, and another program may then overwrite
committed rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sqlcipher3 import dbapi2

from fallow.errors import StoreBusy, StoreDamaged, StoreExists, StoreUnsafe
from fallow.messages import MessageTable
from fallow.plan import Event, Record
from fallow.store import parcels, rows
from fallow.store.cipher import is_key_of
from fallow.store.connections import Connections
from fallow.store.drafts import find_draft, read_drafts, save_draft
from fallow.store.events import append_events, read_events, unreadable_events
from fallow.store.faults import plain_errors
from fallow.store.interface import Deletion, Draft, Label, Line, ParcelRecord, SourceRecord, Taken
from fallow.store.parcel import check_parcel, read_parcel, write_parcel
from fallow.store.place import (
    DATABASE_FILE,
    claim_database,
    database_files,
    discard_database,
    finish,
    is_unfinished,
    setting_up,
)
from fallow.store.pragmas import connect, distrust_files, empty_log, find_faults, overwrites, peek_version
from fallow.store.schema import migrate, refuse_unknown
from fallow.store.sources import (
    common_clock,
    drop_source,
    keep_receipt,
    put_source,
    read_sources,
    read_unseen,
    source_number,
)
from fallow.store.transactions import Transactions
from fallow.store.versions import compressed, keep_best

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
        StoreExists: If the folder was set up for another key meanwhile.
    """
    try:
        if is_unfinished(folder):
            with setting_up(folder):
                if is_unfinished(folder):
                    return _set_up(folder, key, connect)
        return _open(folder, key, connect)
    except StoreDamaged:
        if is_key_of(folder, key):
            raise
        # A form sent twice: the other one has set the folder up with its own key.
        raise StoreExists from None


def _set_up(folder: Path, key: bytes, connect: Connect) -> SqliteStore:
    if not is_key_of(folder, key):
        raise StoreExists
    try:
        store = _open(folder, key, connect)
    except StoreDamaged:
        # A power cut tore the file while it was being made; nothing had been stored in it.
        discard_database(folder)
        store = _open(folder, key, connect)
    store.empty_log()
    finish(folder)
    return store


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
    except BaseException:
        connections.close()
        raise
    return SqliteStore(connections)


class SqliteStore:
    """A `Store`; safe to use from several threads."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._transactions = Transactions(connections)

    def transaction(self) -> AbstractContextManager[None]:
        return self._transactions.begin()

    def events(self) -> tuple[Record, ...]:
        with self._transactions.reading() as connection:
            return read_events(connection)

    def append(self, events: Sequence[Event]) -> tuple[Record, ...]:
        with self._transactions.writing() as connection:
            return append_events(connection, events)

    def preference(self, name: str) -> str | None:
        with self._transactions.reading() as connection:
            found = connection.execute("SELECT value FROM preference WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def set_preference(self, name: str, value: str) -> None:
        sql = "INSERT OR REPLACE INTO preference (name, value) VALUES (?, ?)"
        with self._transactions.writing() as connection:
            connection.execute(sql, (name, rows.storable(value)))

    def put_draft(self, draft: Draft) -> None:
        with self._transactions.writing() as connection:
            save_draft(connection, draft)

    def draft(self, id: str) -> Draft | None:
        with self._transactions.reading() as connection:
            return find_draft(connection, id)

    def drafts(self) -> tuple[Draft, ...]:
        with self._transactions.reading() as connection:
            return read_drafts(connection)

    def delete_draft(self, id: str) -> None:
        with self._transactions.writing(scrub=True) as connection:
            connection.execute("DELETE FROM draft WHERE id = ?", (id,))

    def confirm_deleted(self, id: str) -> Deletion:
        row_gone = self.draft(id) is None
        connection = self._connections.mine()
        if connection.in_transaction:
            raise ValueError("a deletion is confirmed once its transaction has been left")
        try:
            empty_log(connection)
        except StoreBusy:
            return Deletion(row_gone, overwrites(connection), log_empty=False)
        return Deletion(row_gone, overwrites(connection), log_empty=True)

    def put_messages(self, source: SourceRecord, table: MessageTable, texts: Iterable[str] | None) -> int:
        # Scrubbed although nothing is deleted: a long import would leave a log as large as the database.
        with self._transactions.writing(scrub=True) as connection:
            before = rows.count_messages(connection)
            best, dropped = keep_best(connection, source, table)
            number, is_new = put_source(connection, source, table.unseen)
            alone = rows.has_none(connection)
            best_of_it = table.only(best)
            added = rows.insert_messages(connection, number, best_of_it, compressed(texts, best))
            if added or dropped or (is_new and len(table.unseen)):
                return rows.renew_columns(connection, best_of_it if alone else None) - before
            if is_new:
                drop_source(connection, number)
            return 0

    def messages(self) -> MessageTable:
        with self._transactions.reading() as connection:
            resolution, zoned = common_clock(connection)
            return rows.read_table(connection, read_unseen(connection), resolution, zoned)

    def texts(self) -> Iterator[str | None]:
        with plain_errors():
            yield from rows.read_texts(self._connections.mine())

    def message_count(self) -> int:
        with self._transactions.reading() as connection:
            return rows.count_messages(connection)

    def keep_receipt(self, id: str, receipt: bytes) -> None:
        with self._transactions.writing() as connection:
            keep_receipt(connection, id, receipt)

    def sources(self) -> tuple[SourceRecord, ...]:
        with self._transactions.reading() as connection:
            return read_sources(connection)

    def remove_source(self, id: str) -> int:
        with self._transactions.writing(scrub=True) as connection:
            number = source_number(connection, id)
            if number is None:
                return 0
            removed = rows.delete_messages(connection, number)
            drop_source(connection, number)
            rows.renew_columns(connection)
            return removed

    def has_words(self) -> bool:
        with self._transactions.reading() as connection:
            return parcels.any_words(connection)

    def put_away(self, id: str, passphrase: str, *, taken: Taken, made_at: int, opens_on: dt.date) -> ParcelRecord:
        with self._transactions.writing(scrub=True) as connection:
            label, numbers = parcels.describe_chat(connection, id, made_at=made_at, opens_on=opens_on)
            lines = parcels.read_lines(connection, numbers)
            size = parcels.save_parcel(connection, label, taken, write_parcel(label, lines, passphrase))
            kept = parcels.find_bytes(connection, id)
            assert kept is not None
            # What cannot be opened again must not take anything away.
            told, back = read_parcel(kept, passphrase)
            assert (told, label.messages) == (label, sum(1 for _ in back))
            digest = check_parcel(kept)
            parcels.finish_parcel(connection, id, size, digest)
            (parcels.take_words if taken == "words" else parcels.take_messages)(connection)
        return ParcelRecord(id, made_at, opens_on, taken, label.messages, size, digest)

    def parcels(self) -> tuple[ParcelRecord, ...]:
        with self._transactions.reading() as connection:
            return parcels.read_parcels(connection)

    def parcel_file(self, id: str) -> BinaryIO | None:
        with self._transactions.reading() as connection:
            return parcels.find_bytes(connection, id)

    def give_parcel(self, id: str, at: int) -> None:
        with self._transactions.writing(scrub=True) as connection:
            parcels.drop_bytes(connection, id, at)

    def delete_parcel(self, id: str) -> None:
        with self._transactions.writing(scrub=True) as connection:
            parcels.drop_parcel(connection, id)

    def bring_back(self, label: Label, lines: Iterable[Line]) -> int:
        with self._transactions.writing(scrub=True) as connection:
            before = rows.count_messages(connection)
            parcels.put_back(connection, label.sources, lines)
            return rows.count_messages(connection) - before

    def derived(self, name: str) -> bytes | None:
        with self._transactions.reading() as connection:
            found = connection.execute("SELECT body FROM derived WHERE name = ?", (_free(name),)).fetchone()
        return bytes(found[0]) if found else None

    def put_derived(self, name: str, body: bytes) -> None:
        with self._transactions.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO derived (name, body) VALUES (?, ?)", (_free(name), body))

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

    def copy_to(self, path: Path) -> None:
        with plain_errors():
            self._connections.mine().execute("VACUUM INTO ?", (str(path),)).fetchall()
        self._connections.check_copy(path)

    def empty_log(self) -> None:
        """Copy the log into the database and cut it to nothing, so that the file alone is the whole store."""
        empty_log(self._connections.mine())

    def close(self) -> None:
        with plain_errors():
            self._connections.close()


def _free(name: str) -> str:
    if name.startswith(rows.RESERVED):
        raise ValueError(f"names beginning with {rows.RESERVED} belong to the store")
    return name
