"""Message tables for tests: a chat as a few lines of text, or any table at all from hypothesis."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from fallow.messages import ALTER, EGO, NOT_KNOWN, Kind, MessageTable

MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
MARCH_4 = dt.datetime(2024, 3, 4, tzinfo=dt.UTC)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

GAPS = (0, 0, 1, 1, 2, 5, 30, 59, 60, 61, 360, 361, 1440, 4319, 4320, 4321, 30_000)


def table_of(rows: list[tuple[int, int, Kind, int]], *, offset: int | list[int] = 0) -> MessageTable:
    """Rows of (minutes since 1970, sender, kind, words) as a table at minute resolution."""
    words = np.array([row[3] for row in rows], np.int32)
    return MessageTable(
        at=np.array([row[0] for row in rows], np.int64) * MINUTE_US,
        offset=np.broadcast_to(np.array(offset, np.int32), len(rows)).copy(),
        sender=np.array([row[1] for row in rows], np.int8),
        kind=np.array([row[2] for row in rows], np.uint8),
        words=words,
        size=words * 5,
        asks=np.zeros(len(rows), np.int8),
        read_at=np.full(len(rows), NOT_KNOWN, np.int64),
        unseen=np.empty((0, 2), np.int64),
        resolution=MINUTE_US,
        zoned=True,
    )


def chat(text: str) -> MessageTable:
    """Lines of `DAY HH:MM me|them WORDS…`; day 0 is Monday 4 March 2024, UTC; `<media>` and `<call>` have no words."""
    rows = []
    for line in text.strip().splitlines():
        day, clock, who, body = line.split(maxsplit=3)
        hour, minute = clock.split(":")
        moment = MARCH_4 + dt.timedelta(days=int(day), hours=int(hour), minutes=int(minute))
        kind = {"<media>": Kind.MEDIA, "<call>": Kind.CALL}.get(body, Kind.TEXT)
        words = len(body.split()) if kind == Kind.TEXT else 0
        minutes = (moment - EPOCH) // dt.timedelta(minutes=1)
        rows.append((minutes, EGO if who == "me" else ALTER, kind, words))
    return table_of(rows)


@st.composite
def tables(draw: st.DrawFn, least: int = 0) -> MessageTable:
    """Any small table of `least` messages: gaps beside every threshold, ties, zones, reading times, missing periods."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(GAPS), st.sampled_from((EGO, ALTER)), st.sampled_from(tuple(Kind)), st.integers(0, 9)
            ),
            min_size=least,
            max_size=50,
        )
    )
    minute = draw(st.integers(0, 30_000_000))
    placed = []
    for gap, sender, kind, words in rows:
        minute += gap
        placed.append((minute, sender, kind, words if kind == Kind.TEXT else 0))
    offsets = [draw(st.sampled_from((0, 3600, 7200, -18_000, 20_700)))] * len(rows)
    table = table_of(placed, offset=offsets)
    assume(len(table.written()) >= least)
    n = len(table)
    asks = np.array(draw(st.lists(st.sampled_from((-1, 0, 1)), min_size=n, max_size=n)), np.int8)
    later = draw(st.lists(st.sampled_from((None, 0, 1, 30, 400, 5000)), min_size=n, max_size=n))
    read_at = [
        NOT_KNOWN if each is None else at + each * MINUTE_US for at, each in zip(table.at.tolist(), later, strict=True)
    ]
    return replace(
        table,
        asks=np.where(table.kind == Kind.TEXT, asks, 0).astype(np.int8),
        read_at=np.array(read_at, np.int64),
        unseen=_missing(draw, table),
    )


def _missing(draw: st.DrawFn, table: MessageTable) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """None or a few periods, some of which hold messages."""
    if len(table) == 0:
        return np.empty((0, 2), np.int64)
    minutes = int(table.at[-1] - table.at[0]) // MINUTE_US
    edges = draw(st.sets(st.integers(-100, minutes + 100), max_size=4))
    kept = sorted(edges)[: len(edges) // 2 * 2]
    return int(table.at[0]) + np.array(kept, np.int64).reshape(-1, 2) * MINUTE_US
