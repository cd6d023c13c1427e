"""Events, messages and sources to store, written for the tests."""

from __future__ import annotations

import datetime as dt

import numpy as np

from fallow.messages import NOT_KNOWN, MessageTable
from fallow.plan import Event, Moment, Urge
from fallow.store import SourceRecord

MINUTE = 60_000_000
START = 1_700_000_040_000_000  # a whole minute


def an_event(cue: str = "a song", minute: int = 0) -> Event:
    moment = Moment(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC) + dt.timedelta(minutes=minute), "Europe/Berlin")
    return Event(happened=moment, day=moment.day, recorded=moment, what=Urge(intensity=6, cue=cue))


def a_table(*rows: tuple[int, int, int], zoned: bool = True) -> MessageTable:
    """Messages as (minute, sender, words); one word takes five bytes."""
    minute, sender, words = np.array(rows or np.empty((0, 3)), np.int64).T
    n = len(minute)
    return MessageTable(
        at=START + minute * MINUTE,
        offset=np.full(n, 3_600 if zoned else 0, np.int32),
        sender=sender.astype(np.int8),
        kind=np.zeros(n, np.uint8),
        words=words.astype(np.int32),
        size=(words * 5).astype(np.int32),
        asks=np.zeros(n, np.int8),
        read_at=np.full(n, NOT_KNOWN, np.int64),
        unseen=np.empty((0, 2), np.int64),
        resolution=MINUTE,
        zoned=zoned,
    )


def a_long_table(n: int, seed: int = 1) -> MessageTable:
    """n generated messages over four years, several to a minute."""
    rng = np.random.default_rng(seed)
    minute = np.sort(rng.integers(0, max(1, n // 2), n))
    return a_table(*zip(minute.tolist(), rng.integers(0, 2, n).tolist(), rng.integers(0, 24, n).tolist(), strict=True))


def a_source(table: MessageTable, id: str = "first", *, with_text: bool = True) -> SourceRecord:
    return SourceRecord(
        id=id,
        imported_at=START,
        format="whatsapp_android_txt",
        messages=len(table),
        first_at=int(table.at[0]) if len(table) else START,
        last_at=int(table.at[-1]) if len(table) else START,
        with_text=with_text,
        names=("Robin", "Sam 🌿"),
        zone="Europe/Berlin" if table.zoned else None,
        zoned=table.zoned,
        resolution=table.resolution,
        problems=b"[]",
    )


def rows_of(table: MessageTable) -> list[tuple[int, int, int]]:
    """A table as `a_table` takes it."""
    minute = ((table.at - START) // MINUTE).tolist()
    return list(zip(minute, table.sender.tolist(), table.words.tolist(), strict=True))
