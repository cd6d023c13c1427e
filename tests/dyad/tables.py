"""Message tables for tests: a chat as a few lines of text, or any table at all from hypothesis."""

from __future__ import annotations

import datetime as dt

import numpy as np
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
    """Any small table: gaps on and beside every threshold, ties, travel between zones."""
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
    return table_of(placed, offset=offsets)
