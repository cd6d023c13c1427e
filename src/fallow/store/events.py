"""Events as rows: each stored once, with an id of its own, never changed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from fallow.errors import FallowError, StoreNewer
from fallow.plan import Event, Record, decode_event, encode_event

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

_ID_BYTES = 16


def append_events(connection: Connection, events: Sequence[Event]) -> tuple[Record, ...]:
    """Store events; each as the record it has become."""
    records = []
    for event in events:
        id = secrets.token_hex(_ID_BYTES)
        cursor = connection.execute("INSERT INTO event (id, body) VALUES (?, ?)", (id, encode_event(event)))
        assert cursor.lastrowid is not None
        records.append(Record(cursor.lastrowid, id, event))
    return tuple(records)


def read_events(connection: Connection) -> tuple[Record, ...]:
    """
    Every event, in the order stored.

    Raises:
        StoreNewer: If one is of a kind not known here. Every page is authenticated as it is read, so it is not damage.
    """
    found = connection.execute("SELECT seq, id, body FROM event ORDER BY seq").fetchall()
    try:
        return tuple(Record(seq, id, decode_event(body)) for seq, id, body in found)
    except msgspec.MsgspecError as error:
        raise StoreNewer from error


def unreadable_events(connection: Connection) -> list[int]:
    """The numbers of the events that cannot be read."""
    found = connection.execute("SELECT seq, body FROM event ORDER BY seq").fetchall()
    return [seq for seq, body in found if not _reads(body)]


def _reads(body: bytes) -> bool:
    try:
        decode_event(body)
    except (msgspec.MsgspecError, FallowError):
        return False
    return True
