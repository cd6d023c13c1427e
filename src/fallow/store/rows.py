"""
Messages as rows, with their columns kept beside them.

The rows are the truth. Because reading a million of them takes over a second, the columns of all of them are kept
once more as one compressed block in `derived`, remade in the transaction that changes the rows.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from fallow.messages import COLUMNS, REFINED, Kind, MessageTable, occurrences

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

RESERVED: Final = "store."
"""Derived names that begin so belong to the store."""
_COLUMNS: Final = RESERVED + "columns"
_COUNT: Final = RESERVED + "count"

_ROW: Final = np.dtype(
    [
        ("at", "<i8"),
        ("offset", "<i4"),
        ("sender", "i1"),
        ("kind", "u1"),
        ("words", "<i4"),
        ("size", "<i4"),
        ("asks", "i1"),
        ("read_at", "<i8"),
        ("place", "<i4"),
    ]
)
# What is not known is NULL in a row, and in a column -1 (`asks`) or NOT_KNOWN (`read_at`), which is -2 to the 63rd.
_SELECT_ROWS: Final = """
    SELECT at, "offset", sender, kind, words, size, ifnull(asks, -1), ifnull(read_at, -9223372036854775808), place
    FROM message
"""
# The stable sort by instant and place that `read_rows` does over the primary key, said in SQL.
_SELECT_TEXTS: Final = "SELECT body FROM message ORDER BY at, place, sender, kind, words, size, nth"
INSERT_MESSAGE: Final = """
    INSERT INTO message (at, sender, kind, words, size, nth, place, "offset", asks, read_at, source, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, -1), nullif(?, -9223372036854775808), ?, ?)
    ON CONFLICT DO UPDATE SET
        body = ifnull(body, excluded.body),
        asks = ifnull(asks, excluded.asks),
        read_at = ifnull(read_at, excluded.read_at)
    WHERE (body IS NULL AND excluded.body IS NOT NULL)
        OR (asks IS NULL AND excluded.asks IS NOT NULL)
        OR (read_at IS NULL AND excluded.read_at IS NOT NULL)
"""


REFINE_MESSAGE: Final = """
    UPDATE OR IGNORE message SET kind = ?, nth = ?, words = 0, asks = 0
    WHERE at = ? AND sender = ? AND kind = ? AND words = ? AND size = ? AND nth = ?
"""


def insert_messages(connection: Connection, source: int, table: MessageTable, texts: Iterable[str] | None) -> int:
    """
    Add the rows that are missing, and to those that are there what was not known of them: kind, words, questions,
    reading.

    Returns:
        How many rows were added or given something. O(n log n).
    Raises:
        ValueError: If there are not as many texts as messages.
    """
    nth = occurrences(table)
    columns = (table.at, table.sender, table.kind, table.words, table.size, nth, places(table.at))
    values = [column.tolist() for column in (*columns, table.offset, table.asks, table.read_at)]
    bodies: Iterable[str | None] = repeat(None, len(table)) if texts is None else map(storable, texts)
    before = connection.total_changes
    connection.executemany(REFINE_MESSAGE, _refined(table, nth))
    connection.executemany(INSERT_MESSAGE, zip(*values, repeat(source, len(table)), bodies, strict=True))
    return connection.total_changes - before


def _refined(table: MessageTable, nth: NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """
    What a version that told fewer kinds apart may have kept of these rows, as `REFINE_MESSAGE` takes it.

    Then they were counted with the others of their former kind that are alike, behind those which still are of it.
    """
    kinds = np.array(list(REFINED), np.uint8)
    if not np.isin(table.kind, kinds).any():
        return
    plain = np.isin(table.kind, np.array(list(REFINED.values()), np.uint8)) & (table.words == (table.kind == Kind.TEXT))
    alike = zip(*(column[plain].tolist() for column in (table.at, table.sender, table.kind, table.size)), strict=True)
    before = Counter(alike)
    for row in np.flatnonzero(np.isin(table.kind, kinds)).tolist():
        at, sender, size = int(table.at[row]), int(table.sender[row]), int(table.size[row])
        kind = Kind(int(table.kind[row]))
        former = REFINED[kind]
        rank = int(nth[row]) + before[at, sender, former, size]
        yield kind, int(nth[row]), at, sender, former, int(former is Kind.TEXT), size, rank


def places(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64 [n], the position of each message among those of its instant, from 0; `at` never decreases."""
    return _since_last(np.diff(at, prepend=at[:1] - 1) != 0)


def storable(text: str) -> str:
    """Text as any store can hold it: no NUL, and half a surrogate pair becomes a question mark."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\0", "")


def delete_messages(connection: Connection, source: int) -> int:
    """Remove the rows that an import was the first to bring; returns how many."""
    return connection.execute("DELETE FROM message WHERE source = ?", (source,)).rowcount


def renew_columns(connection: Connection, alone: MessageTable | None = None) -> int:
    """
    Forget everything derived and keep the columns of the rows as they are now; returns how many rows.

    Args:
        alone: The messages that were put into a store that had none; its rows need not be read back then.
    """
    connection.execute("DELETE FROM derived")
    rows = _read_rows(connection) if alone is None else _as_rows(alone)
    kept = ((_COLUMNS, zlib.compress(rows.tobytes(), level=1)), (_COUNT, b"%d" % len(rows)))
    connection.executemany("INSERT INTO derived (name, body) VALUES (?, ?)", kept)
    return len(rows)


def read_table(connection: Connection, unseen: NDArray[np.int64], resolution: int, zoned: bool) -> MessageTable:
    """The whole record as columns; `unseen` int64 [p, 2] as a table holds it."""
    kept = connection.execute("SELECT body FROM derived WHERE name = ?", (_COLUMNS,)).fetchone()
    rows = _read_rows(connection) if kept is None else np.frombuffer(zlib.decompress(kept[0]), _ROW)
    column = {name: np.ascontiguousarray(rows[name]) for name in COLUMNS}
    return MessageTable(**column, unseen=unseen, resolution=resolution, zoned=zoned)


def read_texts(connection: Connection) -> Iterator[str | None]:
    """The words of every row, in the order of `read_table`."""
    for (body,) in connection.execute(_SELECT_TEXTS):
        yield body


def count_messages(connection: Connection) -> int:
    """How many rows there are, without reading them."""
    kept = connection.execute("SELECT body FROM derived WHERE name = ?", (_COUNT,)).fetchone()
    return int(kept[0]) if kept else 0


def columns_agree(connection: Connection) -> bool:
    """Whether the kept columns are those of the rows; none are kept from a migration to the next change."""
    kept = connection.execute("SELECT body FROM derived WHERE name = ?", (_COLUMNS,)).fetchone()
    return kept is None or _read_rows(connection).tobytes() == zlib.decompress(kept[0])


def has_none(connection: Connection) -> bool:
    """Whether there is no row at all."""
    return connection.execute("SELECT 1 FROM message LIMIT 1").fetchone() is None


def _as_rows(table: MessageTable) -> NDArray[np.void]:
    rows = np.empty(len(table), _ROW)
    for name in COLUMNS:
        rows[name] = getattr(table, name)
    rows["place"] = places(table.at)
    return rows


def _read_rows(connection: Connection) -> NDArray[np.void]:
    rows = np.fromiter(connection.execute(_SELECT_ROWS), _ROW)
    return rows[np.lexsort((rows["place"], rows["at"]))]


def _since_last(mark: NDArray[np.bool_]) -> NDArray[np.int64]:
    """int64 [n], how far back the last mark is; the first is marked."""
    index = np.arange(len(mark), dtype=np.int64)
    return index - np.maximum.accumulate(np.where(mark, index, 0))
