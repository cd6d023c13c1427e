"""
Parcels as rows, and what they take from the messages and give back.

Words are taken by emptying the table of messages and writing its rows anew without them: a table that is emptied as a
whole has every page overwritten (secure_delete), while a page from which rows only moved may keep an old copy of them
in its free room.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import ParcelDamaged
from fallow.messages import NOT_KNOWN
from fallow.store.interface import Label, Line, PackedSource, ParcelRecord, Taken
from fallow.store.rows import INSERT_MESSAGE, renew_columns, storable
from fallow.store.sources import pack_sources, unpack_source

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

PIECE: Final = 1024 * 1024
_BATCH: Final = 50_000
_LINES: Final = """
    SELECT at, sender, kind, words, size, nth, place, "offset", asks, read_at, source, body FROM message
"""
_LINES_BARE: Final = """
    SELECT at, sender, kind, words, size, nth, place, "offset", ifnull(asks, -1), ifnull(read_at, -9223372036854775808),
        source
    FROM message
"""
_BARE: Final = np.dtype("i8, i1, u1, i4, i4, i4, i4, i4, i1, i8, i8")
_SELECT: Final = "SELECT id, made_at, opens_on, taken, messages, size, digest, given_at FROM parcel"


def describe_chat(connection: Connection, id: str, *, made_at: int, opens_on: dt.date) -> tuple[Label, list[int]]:
    """The label of a parcel of everything that is there, and the numbers of its imports in the label's order."""
    numbers, sources = pack_sources(connection)
    n, first, last = connection.execute(
        "SELECT count(*), ifnull(min(at), 0), ifnull(max(at), 0) FROM message"
    ).fetchone()
    return Label(id, made_at, opens_on, n, first, last, sources), numbers


def read_lines(connection: Connection, numbers: list[int]) -> Iterator[Line]:
    """Every message with its words; `numbers` as the label has them."""
    place_of = {number: place for place, number in enumerate(numbers)}
    for at, sender, kind, words, size, nth, place, offset, asks, read_at, source, body in connection.execute(_LINES):
        yield Line(at, sender, kind, words, size, nth, place, offset, asks, read_at, place_of[source], body)


def any_words(connection: Connection) -> bool:
    """Whether the words of any message are kept."""
    return connection.execute("SELECT 1 FROM message WHERE body IS NOT NULL LIMIT 1").fetchone() is not None


def take_words(connection: Connection) -> None:
    """Leave every message without its words, so that no page holds any of them."""
    kept: NDArray[np.void] = np.fromiter(connection.execute(_LINES_BARE), _BARE)
    connection.execute("DELETE FROM message")
    for begin in range(0, len(kept), _BATCH):
        rows = kept[begin : begin + _BATCH].tolist()
        connection.executemany(INSERT_MESSAGE, ((*row, None) for row in rows))
    connection.execute("UPDATE source SET with_text = 0")


def take_messages(connection: Connection) -> None:
    """Remove every message and every import, and what was computed from them."""
    connection.execute("DELETE FROM message")
    connection.execute("DELETE FROM source")
    renew_columns(connection)


def put_back(connection: Connection, sources: tuple[PackedSource, ...], lines: Iterable[Line]) -> None:
    """
    Add the messages that are missing, and to those that are there the words they were kept without.

    Raises:
        ParcelDamaged: If a line belongs to no import of the label.
    """
    numbers = [unpack_source(connection, source) for source in sources]
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        connection.executemany(INSERT_MESSAGE, (_row(line, numbers) for line in batch))
    renew_columns(connection)


def save_parcel(connection: Connection, label: Label, taken: Taken, pieces: Iterable[bytes]) -> int:
    """Keep the bytes of a parcel as they are made; returns how many there are."""
    row = (label.id, label.made_at, label.opens_on.isoformat(), taken, label.messages)
    number = connection.execute(
        "INSERT INTO parcel (id, made_at, opens_on, taken, messages, size, digest) VALUES (?, ?, ?, ?, ?, 0, '')", row
    ).lastrowid
    size = 0
    for nth, piece in enumerate(_of_one_size(pieces)):
        connection.execute("INSERT INTO parcel_piece (parcel, nth, body) VALUES (?, ?, ?)", (number, nth, piece))
        size += len(piece)
    return size


def finish_parcel(connection: Connection, id: str, size: int, digest: str) -> None:
    """Keep what was found when a parcel was read back."""
    connection.execute("UPDATE parcel SET size = ?, digest = ? WHERE id = ?", (size, digest, id))


def read_parcels(connection: Connection) -> tuple[ParcelRecord, ...]:
    """Every parcel, the oldest first."""
    return tuple(_as_record(row) for row in connection.execute(f"{_SELECT} ORDER BY number").fetchall())


def find_bytes(connection: Connection, id: str) -> io.BytesIO | None:
    """The bytes of a parcel that lies here."""
    rows = connection.execute(
        "SELECT body FROM parcel_piece WHERE parcel = (SELECT number FROM parcel WHERE id = ?) ORDER BY nth", (id,)
    ).fetchall()
    return io.BytesIO(b"".join(body for (body,) in rows)) if rows else None


def drop_bytes(connection: Connection, id: str, at: int) -> None:
    """Let go of the bytes of a parcel, and keep when."""
    connection.execute("DELETE FROM parcel_piece WHERE parcel = (SELECT number FROM parcel WHERE id = ?)", (id,))
    connection.execute("UPDATE parcel SET given_at = ? WHERE id = ?", (at, id))


def drop_parcel(connection: Connection, id: str) -> None:
    """Remove a parcel and its bytes."""
    connection.execute("DELETE FROM parcel_piece WHERE parcel = (SELECT number FROM parcel WHERE id = ?)", (id,))
    connection.execute("DELETE FROM parcel WHERE id = ?", (id,))


def _row(line: Line, numbers: list[int]) -> tuple[Any, ...]:
    if line.source >= len(numbers):
        raise ParcelDamaged
    asks = -1 if line.asks is None else line.asks
    read_at = NOT_KNOWN if line.read_at is None else line.read_at
    body = None if line.body is None else storable(line.body)
    return (line.at, line.sender, line.kind, line.words, line.size, line.nth, line.place, line.offset, asks, read_at,
            numbers[line.source], body)  # fmt: skip


def _of_one_size(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def _as_record(row: tuple[Any, ...]) -> ParcelRecord:
    id, made_at, opens_on, taken, messages, size, digest, given_at = row
    day = dt.date.fromisoformat(opens_on)
    return ParcelRecord(id, made_at, day, taken, messages, size, digest, given_at=given_at)
