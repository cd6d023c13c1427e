from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from dyad.tables import table_of, tables
from fallow.dyad import ClockOverlap, clock_overlap
from fallow.messages import ALTER, EGO, Kind, MessageTable

WEEK_MINUTES = 7 * 24 * 60
MONDAY = 2822 * WEEK_MINUTES - 3 * 24 * 60


def _of(hours: list[NDArray[np.int64]], weeks: NDArray[np.int64]) -> MessageTable:
    """Messages of each side in given hours of given weeks."""
    rows = sorted(
        (MONDAY + int(week) * WEEK_MINUTES + int(hour) * 60, side)
        for side, of_side in ((EGO, hours[0]), (ALTER, hours[1]))
        for week, hour in zip(weeks, of_side, strict=True)
    )
    return table_of([(minute, side, Kind.TEXT, 1) for minute, side in rows])


def _measured(table: MessageTable) -> ClockOverlap:
    found = clock_overlap(table)
    assert found is not None
    return found


WEEKS = np.repeat(np.arange(20), 10)


def test_the_same_hours_are_alike_and_other_hours_are_not() -> None:
    """Both always on Monday at nine: 1. One at nine, the other at ten: 0."""
    nine = np.full(200, 9)
    same, apart = _measured(_of([nine, nine], WEEKS)), _measured(_of([nine, nine + 1], WEEKS))
    assert (1.0, 1.0, (200, 200), 20) == (same.overlap, same.likeness, same.n, same.weeks)
    assert (0.0, 0.0) == (apart.overlap, apart.likeness)


def test_half_of_the_hours_in_common_is_half() -> None:
    """Ego at nine and ten, alter at ten and eleven, in equal parts: overlap 1/2, likeness 2·(1/4) / (1/2 + 1/2)."""
    a = np.tile([9, 10], 100)
    found = _measured(_of([a, a + 1], WEEKS))
    assert (0.5, 0.5) == (found.overlap, pytest.approx(found.likeness, abs=0.001))


def test_the_overlap_is_biased_where_few_wrote_and_the_likeness_is_not() -> None:
    """Two hundred messages each in the very same 168 hours: the overlap says 0.5 to 0.65, the likeness is about 1."""
    rng = np.random.default_rng(6)
    found = [_measured(_of([rng.integers(0, 168, 200), rng.integers(0, 168, 200)], WEEKS)) for _ in range(200)]
    assert 0.5 < np.mean([each.overlap for each in found]) < 0.65
    assert 0.9 < np.median([each.likeness for each in found]) < 1.1


def test_the_limits_cover_where_an_evening_is_one_evening() -> None:
    """400 records of 40 weeks with three evenings a week and eight messages in each hour chosen, true likeness 1/3:
    limits by week cover 92 to 98 in 100 (two standard errors of that count are 2.2)."""
    rng = np.random.default_rng(8)
    p = np.repeat([0.5, 0.25, 0.25, 0.0], 42) / 42
    q = np.repeat([0.0, 0.25, 0.25, 0.5], 42) / 42
    truth = 2 * (p @ q) / (p @ p + q @ q)
    weeks = np.repeat(np.arange(40), 24)
    held = 0
    for _ in range(400):
        hours = [np.repeat(rng.choice(168, 120, p=each), 8) for each in (p, q)]
        found = _measured(_of(hours, weeks))
        held += found.lower <= truth <= found.upper
    assert 0.92 <= held / 400 <= 0.98


def test_with_too_little_nothing_is_said() -> None:
    """Under a hundred messages on one side, and under ten weeks."""
    nine = np.full(200, 9)
    assert clock_overlap(_of([nine[:99], nine[:99]], WEEKS[:99])) is None
    assert clock_overlap(_of([nine, nine], WEEKS // 3)) is None


@given(tables())
def test_few_messages_never_fail(table: MessageTable) -> None:
    """Fifty rows are always too little."""
    assert clock_overlap(table) is None


def test_a_side_of_one_long_evening_has_no_likeness() -> None:
    """All of their messages lie in one week, so no two of them lie in different ones."""
    rows = [(MONDAY + week * WEEK_MINUTES, EGO, Kind.TEXT, 1) for week in range(20) for _ in range(10)]
    rows += [(MONDAY + 5 * WEEK_MINUTES + 30, ALTER, Kind.TEXT, 1)] * 150
    assert clock_overlap(table_of(sorted(rows, key=lambda row: row[0]))) is None
