"""One row for a message that several exports of one chat hold: the finest time, and the latest words, are kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from fallow.messages import MessageTable, chat_of, outdated
from fallow.store.interface import SourceRecord

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

MINUTE_US: Final = 60_000_000
"""The coarsest tick of any channel."""
_SOURCES: Final = 'SELECT number, format, "alter", resolution, messages, first_at, last_at FROM source'
_BEFORE: Final = "SELECT ifnull(max(at), ?) FROM message WHERE at < ?"
_ROWS: Final = """
    SELECT at, sender, kind, words, size, nth FROM message
    WHERE source IN (SELECT value FROM json_each(?)) AND at BETWEEN ? AND ? ORDER BY at, place
"""
_DELETE: Final = "DELETE FROM message WHERE (at, sender, kind, words, size, nth) = (?, ?, ?, ?, ?, ?)"
_ROW: Final = np.dtype([("at", "i8"), ("sender", "i1"), ("kind", "u1"), ("words", "i4"), ("size", "i4"), ("nth", "i4")])


def keep_best(connection: Connection, source: SourceRecord, table: MessageTable) -> tuple[NDArray[np.bool_], int]:
    """
    Drop the rows that an export about to be added has better, and find which of its own are worth a row.

    An export that ends where a known one ends is the later one, unless it is the same again.

    Args:
        source: The export; it need not be there yet.
        table: Its n messages.
    Returns:
        bool [n], and how many rows were dropped. O(n log n) where another export of the chat is there, else O(1).
    """
    kept, dropped = np.ones(len(table), np.bool_), 0
    known: dict[int, list[tuple[int, int, bool]]] = {}
    mine = chat_of(source.format, source.names[1])
    told = (source.messages, source.first_at, source.last_at)
    for number, format, alter, resolution, *same in connection.execute(_SOURCES):
        if mine and mine == chat_of(format, alter):
            known.setdefault(resolution, []).append((number, same[2], tuple(same) == told))
    for resolution, sources in known.items():
        rows = _rows_of(connection, [number for number, _, _ in sources], table)
        other = _table_of(rows, resolution)
        again, end = any(same for _, _, same in sources), max(last for _, last, _ in sources)
        later = source.last_at > end or (source.last_at == end and not again)
        worse = outdated(other, table, later=later)
        connection.executemany(_DELETE, rows[worse].tolist())
        dropped += int(worse.sum())
        kept &= ~outdated(table, other, later=not later)
    return kept, dropped


def compressed(texts: Iterable[str] | None, kept: NDArray[np.bool_]) -> Iterable[str] | None:
    """The texts of the messages that are kept."""
    return texts if texts is None or kept.all() else compress(texts, kept.tolist())


def _rows_of(connection: Connection, numbers: list[int], table: MessageTable) -> NDArray[np.void]:
    """The rows some sources brought, as far as a table reaches, and the one before that."""
    if not len(table):
        return np.empty(0, _ROW)
    first, last = int(table.at[0]) - MINUTE_US, int(table.at[-1]) + MINUTE_US
    (first,) = connection.execute(_BEFORE, (first, first)).fetchone()
    span = (first, last)
    found: NDArray[np.void] = np.fromiter(connection.execute(_ROWS, (str(numbers), *span)), _ROW)
    return found


def _table_of(rows: NDArray[np.void], resolution: int) -> MessageTable:
    n = len(rows)
    column = {name: np.ascontiguousarray(rows[name]) for name in ("at", "sender", "kind", "words", "size")}
    return MessageTable(
        **column, offset=np.zeros(n, np.int32), asks=np.zeros(n, np.int8), read_at=np.zeros(n, np.int64),
        unseen=np.empty((0, 2), np.int64), resolution=resolution, zoned=True,
    )  # fmt: skip
