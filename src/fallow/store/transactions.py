"""
Writing: all of a transaction or nothing, durable when it has been left.

After a failed write it is not known what the disk holds, so nothing more is written until the store is opened again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from fallow.errors import DiskFailed, StoreBusy
from fallow.store.connections import Connections
from fallow.store.faults import plain_errors
from fallow.store.pragmas import empty_log

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection


class Transactions:
    """The transactions of one store; each belongs to the thread that began it."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._asked = threading.local()
        self._scrub_due = False
        self._disk_failed = False

    @contextmanager
    def begin(self) -> Iterator[None]:
        """
        Write inside, or nothing of it stays.

        Raises:
            StoreBusy: If another program is writing and does not stop.
            DiskFull, DiskFailed: If it could not be stored; then it is not.
        """
        connection = self._connections.mine()
        if connection.in_transaction:
            raise ValueError("a transaction is open already")
        if self._disk_failed:
            raise DiskFailed
        self._asked.scrub = False
        try:
            with plain_errors():
                connection.execute("BEGIN IMMEDIATE")
            yield
            with plain_errors():
                connection.execute("COMMIT")
        except BaseException as error:
            if isinstance(error, DiskFailed):
                self._disk_failed = True
            if connection.in_transaction:
                with suppress(dbapi2.Error):
                    connection.execute("ROLLBACK")
            raise
        self._scrub_due |= self._asked.scrub
        if self._scrub_due:
            self._scrub(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection to read with; several reads see one moment."""
        connection = self._connections.mine()
        with plain_errors():
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                # SQLite ends a transaction itself after some errors.
                if connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def writing(self, *, scrub: bool = False) -> Iterator[Connection]:
        """The connection to write with; to scrub is to empty the log after the commit, for words were deleted."""
        connection = self._connections.mine()
        if not connection.in_transaction:
            raise ValueError("writing needs a transaction")
        with plain_errors():
            yield connection
        self._asked.scrub |= scrub

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
