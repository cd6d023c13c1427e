"""A desk on a real, empty store, whose clock the test sets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from fallow.app import Desk
from fallow.messages import MessageTable
from fallow.plan import Moment
from fallow.store.interface import SourceRecord
from fallow.store.sqlite import open_sqlite

KEY = bytes(range(32))
NOON = dt.datetime(2026, 3, 3, 11, 0, tzinfo=dt.UTC)
"""Twelve o'clock in Berlin, on a Tuesday in winter time."""


def a_desk(folder: Path, at: dt.datetime = NOON) -> Desk:
    folder.mkdir(mode=0o700, exist_ok=True)
    return Desk(open_sqlite(folder, KEY), lambda: Moment(at, "Europe/Berlin"))


def with_record(desk: Desk, table: MessageTable) -> None:
    """Messages in the store, as an import without words leaves them."""
    source = SourceRecord(
        id="a" * 32,
        imported_at=0,
        format="generated",
        messages=len(table),
        first_at=int(table.at[0]),
        last_at=int(table.at[-1]),
        with_text=False,
        names=("You", "Somebody made up"),
        zone="Europe/Berlin",
        zoned=table.zoned,
        resolution=table.resolution,
        problems=b"[]",
    )
    with desk.store.transaction():
        desk.store.put_messages(source, table, None)


def later(desk: Desk, *, days: float = 0, minutes: float = 0) -> Desk:
    """The same store, some time after."""
    now = desk.clock()
    moment = Moment(now.at + dt.timedelta(days=days, minutes=minutes), now.zone)
    return replace(desk, clock=lambda: moment)
