"""A desk on a real, empty store, whose clock the test sets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from fallow.app import Desk
from fallow.plan import Moment
from fallow.store.sqlite import open_sqlite

KEY = bytes(range(32))
NOON = dt.datetime(2026, 3, 3, 11, 0, tzinfo=dt.UTC)
"""Twelve o'clock in Berlin, on a Tuesday in winter time."""


def a_desk(folder: Path, at: dt.datetime = NOON) -> Desk:
    folder.mkdir(mode=0o700, exist_ok=True)
    return Desk(open_sqlite(folder, KEY), lambda: Moment(at, "Europe/Berlin"))


def later(desk: Desk, *, days: float = 0, minutes: float = 0) -> Desk:
    """The same store, some time after."""
    now = desk.clock()
    moment = Moment(now.at + dt.timedelta(days=days, minutes=minutes), now.zone)
    return replace(desk, clock=lambda: moment)
