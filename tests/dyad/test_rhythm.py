from __future__ import annotations

import numpy as np

from dyad.tables import chat
from fallow.dyad import busiest_hours, clock
from fallow.messages import ALTER, EGO


def test_a_message_lies_in_its_weekday_and_hour() -> None:
    """Monday is row 0 and midnight column 0."""
    counts = clock(
        chat("""
        0 00:00 me   Monday midnight
        2 17:59 them Wednesday at five
        6 23:59 me   Sunday at eleven
    """)
    )
    assert np.argwhere(counts).tolist() == [[EGO, 0, 0], [EGO, 6, 23], [ALTER, 2, 17]]


def test_the_busiest_hours_may_pass_midnight() -> None:
    """A hundred messages around midnight: 23:00 to 02:00 holds them all."""
    counts = np.zeros((2, 7, 24), np.int64)
    counts[EGO, 3, 23], counts[EGO, 4, 1] = 60, 40
    ego, alter = busiest_hours(counts)
    assert ego is not None
    assert (ego.hour, ego.share.count, ego.share.n) == (23, 100, 100)
    assert alter is None
