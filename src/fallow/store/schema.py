"""The tables, brought up to date: `migrations/NNNN_name.sql`, in order, in one transaction, counted by user_version."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from fallow.errors import StoreDamaged, StoreNewer
from fallow.store.faults import plain_errors

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of every migration; the n-th brings version n - 1 to n."""
    folder = resources.files("fallow.store") / "migrations"
    found = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".sql"))
    assert [int(name[:4]) for name, _ in found] == list(range(1, len(found) + 1))
    return tuple(sql for _, sql in found)


def refuse_unknown(version: int, *, may_be_empty: bool) -> None:
    """
    Stop at a store this Fallow cannot have made.

    Raises:
        StoreNewer: If the version is beyond the last migration.
        StoreDamaged: If there are no tables where there must be; SQLite takes a file cut to a few bytes for a new one.
    """
    if version > len(migrations()):
        raise StoreNewer
    if version == 0 and not may_be_empty:
        raise StoreDamaged


def migrate(connection: Connection) -> None:
    """Apply what is missing: all of it or nothing. Two programs may do this at once; the second finds it done."""
    with plain_errors():
        if _version(connection) == len(migrations()):
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)
            refuse_unknown(version, may_be_empty=True)
            for sql in migrations()[version:]:
                for statement in _statements(sql):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(migrations())}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(sql: str) -> Iterator[str]:
    """Split a script; `executescript` would commit in between."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if dbapi2.complete_statement(statement):
            yield statement
            statement = ""
    assert not statement.strip()
