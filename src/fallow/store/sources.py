"""Imports as rows: where messages came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fallow.messages import join_periods
from fallow.store.interface import PackedSource, SourceRecord
from fallow.store.rows import storable

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

_SELECT: Final = """
    SELECT id, imported_at, format, messages, first_at, last_at, with_text, ego, "alter", zone, zoned, resolution,
        problems, receipt
    FROM source ORDER BY number
"""
_INSERT: Final = """
    INSERT INTO source VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
"""


def read_sources(connection: Connection) -> tuple[SourceRecord, ...]:
    """Every import, the oldest first."""
    return tuple(_as_source(row) for row in connection.execute(_SELECT).fetchall())


def put_source(connection: Connection, source: SourceRecord, unseen: NDArray[np.int64]) -> tuple[int, bool]:
    """Its number, which messages refer to, and whether it was not there before."""
    added = connection.execute(
        _INSERT,
        (
            source.id,
            source.imported_at,
            source.format,
            source.messages,
            source.first_at,
            source.last_at,
            source.with_text,
            *(storable(name) for name in source.names),
            source.zone,
            source.zoned,
            source.resolution,
            source.problems,
            unseen.astype("<i8").tobytes(),
            source.receipt,
        ),
    ).rowcount
    number = source_number(connection, source.id)
    assert number is not None
    return number, added > 0


def keep_receipt(connection: Connection, id: str, receipt: bytes) -> None:
    """Keep what an import said it read beside its source."""
    connection.execute("UPDATE source SET receipt = ? WHERE id = ?", (receipt, id))


def source_number(connection: Connection, id: str) -> int | None:
    """The number of an import, or None."""
    found = connection.execute("SELECT number FROM source WHERE id = ?", (id,)).fetchone()
    return int(found[0]) if found else None


def pack_sources(connection: Connection) -> tuple[list[int], tuple[PackedSource, ...]]:
    """The numbers of every import and, in the same order, what is known of it."""
    told = connection.execute("SELECT number, unseen FROM source ORDER BY number").fetchall()
    packed = zip(read_sources(connection), told, strict=True)
    return [number for number, _ in told], tuple(PackedSource(record, bytes(unseen)) for record, (_, unseen) in packed)


def unpack_source(connection: Connection, packed: PackedSource) -> int:
    """Put an import back, or its mark that words are kept where it is there; returns its number."""
    whole = len(packed.unseen) // 16 * 16
    unseen = np.frombuffer(packed.unseen[:whole], "<i8").reshape(-1, 2)
    number, is_new = put_source(connection, packed.record, unseen)
    if packed.record.with_text and not is_new:
        connection.execute("UPDATE source SET with_text = 1 WHERE number = ?", (number,))
    return number


def drop_source(connection: Connection, number: int) -> None:
    """Remove the record of an import; its messages must be gone."""
    connection.execute("DELETE FROM source WHERE number = ?", (number,))


def common_clock(connection: Connection) -> tuple[int, bool]:
    """The coarsest tick of all imports, microseconds, and whether every one of them has true instants."""
    coarsest, zoned = connection.execute("SELECT max(resolution), min(zoned) FROM source").fetchone()
    return coarsest or 1, zoned != 0


def read_unseen(connection: Connection) -> NDArray[np.int64]:
    """int64 [p, 2], the periods that any import knows to be missing from it."""
    kept = [np.frombuffer(body, "<i8").reshape(-1, 2) for (body,) in connection.execute("SELECT unseen FROM source")]
    return join_periods(np.concatenate([np.empty((0, 2), np.int64), *kept]))


def _as_source(row: tuple[Any, ...]) -> SourceRecord:
    id, imported_at, format, messages, first_at, last_at, with_text, ego, alter, zone, zoned, resolution, *told = row
    return SourceRecord(
        id,
        imported_at,
        format,
        messages,
        first_at,
        last_at,
        with_text=bool(with_text),
        names=(ego, alter),
        zone=zone,
        zoned=bool(zoned),
        resolution=resolution,
        problems=told[0],
        receipt=told[1],
    )
