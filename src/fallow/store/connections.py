"""
One verified connection for each thread, opened when first asked for.

SQLite connections are not shared between threads here: a transaction belongs to the thread that began it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fallow.errors import StoreUnsafe
from fallow.store.pragmas import check_copy, distrust

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection


class Connections:
    """The open connections of one store; holds the key for those still to be opened."""

    def __init__(self, path: Path, key: bytes, connect: Callable[[Path, bytes], Connection]) -> None:
        self._path = path
        self._key = key
        self._connect = connect
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, Connection] = {}
        self._closed = False

    def mine(self) -> Connection:
        """
        The connection of the calling thread.

        Raises:
            StoreUnsafe: If it turns out not to be one that keeps what it is given.
            ValueError: If the store was closed, or this process is a fork of the one that opened it.
        """
        found = self._open.get(threading.current_thread())
        if found is not None and os.getpid() == self._process:
            return found
        if self._closed:
            raise ValueError("this store was closed")
        if os.getpid() != self._process:
            # SQLite's locks do not survive a fork.
            raise ValueError("a store cannot be taken through a fork")
        connection = self._trusted()
        with self._lock:
            self._drop_ended()
            self._open[threading.current_thread()] = connection
        return connection

    def check_copy(self, path: Path) -> None:
        """
        Read every page of a copy under the same key.

        Raises:
            StoreDamaged: If anything in it is wrong.
        """
        check_copy(path, self._key)

    def close(self) -> None:
        """Close every connection; SQLite copies the log into the database when the last one goes."""
        with self._lock:
            self._closed = True
            connections = list(self._open.values())
            self._open.clear()
        for connection in connections:
            connection.close()

    def _trusted(self) -> Connection:
        connection = self._connect(self._path, self._key)
        reasons = distrust(connection)
        if reasons:
            connection.close()
            raise StoreUnsafe(what="; ".join(reasons))
        return connection

    def _drop_ended(self) -> None:
        for thread in [thread for thread in self._open if not thread.is_alive()]:
            self._open.pop(thread).close()
