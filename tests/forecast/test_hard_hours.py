"""Hours of the week: counted once each, shrunk, shifted, and never said of too little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallow.errors import NotEnoughData
from fallow.forecast import MIN_DAYS, MIN_HELD, WINDOW_DAYS, count_hours, estimate_hours, next_hard_hours
from forecast.people import EVENINGS, MONDAY, flat, live, planted

RNG = np.random.default_rng(41)
LATE = live(planted(41 / 36, EVENINGS, 0.7), 36, RNG)
"""Five weeks of somebody whose evenings are hard."""
UNTIL = MONDAY + 24 * 36


def test_an_entry_falls_on_its_weekday_and_hour() -> None:
    """The first of January 1970 was a Thursday, and the span counts every hour once a week."""
    held, observed = count_hours(np.array([0, 25]), 0, 24 * 8)
    assert [(3, 0), (4, 1)] == [tuple(cell) for cell in np.argwhere(held).tolist()]
    assert (2, 1) == (observed[3, 0], observed[4, 0])
    assert 24 * 8 == observed.sum()


def test_an_hour_counts_once_however_many_it_held() -> None:
    """Writing, waiting and calling in one bad hour are three entries and one hour."""
    held, observed = count_hours(np.array([30, 30, 30, 31]), 24, 72)
    assert 2 == held.sum()
    assert (held <= observed).all()


def test_what_lies_outside_the_span_is_left_out() -> None:
    """At its first hour it is in, at its end it is not."""
    assert 1 == count_hours(np.array([23, 24, 72]), 24, 72)[0].sum()


def test_a_span_that_ends_before_it_begins_is_a_mistake_of_the_caller() -> None:
    """Nothing can be observed in it."""
    with pytest.raises(ValueError, match="span"):
        count_hours(np.array([], np.int64), 5, 4)


def test_too_few_days_are_said_first() -> None:
    """However much was logged in them."""
    with pytest.raises(NotEnoughData) as told:
        estimate_hours(np.arange(24 * 13), 0, 24 * 13)
    assert {"have": 13, "need": MIN_DAYS} == told.value.details


def test_too_few_hours_are_said() -> None:
    """Two in one hour are one; one more hour and there is an estimate."""
    at = np.repeat(np.arange(MIN_HELD - 1) * 17, 2)
    with pytest.raises(NotEnoughData) as told:
        estimate_hours(at, 0, 24 * 20)
    assert {"have": MIN_HELD - 1, "need": MIN_HELD} == told.value.details
    assert 39 == estimate_hours(np.append(at, 470), 0, 24 * 20).entries


def test_only_the_last_twelve_weeks_are_looked_at() -> None:
    """What lies before them changes nothing."""
    early = live(flat(3.0), 200, np.random.default_rng(1), since=UNTIL - 24 * 300)
    now = live(flat(3.0), WINDOW_DAYS, np.random.default_rng(2), since=UNTIL - 24 * WINDOW_DAYS)
    both = estimate_hours(np.concatenate([early, now]), UNTIL - 24 * 300, UNTIL)
    alone = estimate_hours(now, UNTIL - 24 * WINDOW_DAYS, UNTIL)
    assert np.array_equal(alone.share, both.share)
    assert (WINDOW_DAYS, len(now)) == (both.days, both.entries)


def test_a_share_lies_between_its_count_and_the_average() -> None:
    """Shrunk: an hour that held none is above none, and one that held all is below all."""
    found = estimate_hours(LATE, MONDAY, UNTIL)
    raw = found.held / found.observed
    assert (found.share[raw == 0] > 0).all()
    assert (found.share[raw > 0.5] < raw[raw > 0.5]).all()


def test_an_hour_borrows_from_the_same_hour_of_other_days() -> None:
    """Of two hours that held none, the one late in the evening has the higher share."""
    quiet = LATE[(LATE + 72) % 168 // 24 != 6]
    found = estimate_hours(quiet, MONDAY, UNTIL)
    assert found.held[6].sum() == 0
    assert found.share[6, 22] > 3 * found.share[6, 12]


def test_the_average_is_told_of_all_hours() -> None:
    """N of T, with half an entry in twelve hours added."""
    found = estimate_hours(LATE, MONDAY, UNTIL)
    assert (len(LATE) + 0.5) / (36 * 24 + 12) == found.average


def test_the_next_hard_hour_is_the_soonest_from_the_next_hour_on() -> None:
    """Asked on a Monday at noon it is that evening; asked at ten past ten at night, eleven."""
    found = estimate_hours(LATE, MONDAY, UNTIL)
    assert UNTIL % 24 == 0
    noon = next_hard_hours(found, UNTIL + 12)
    assert {22, 23} == {each.hour for each in noon}
    assert noon[0].ahead == min(each.ahead for each in noon)
    late = next_hard_hours(found, UNTIL + 22)
    assert (1, 23) == (late[0].ahead, late[0].hour)
    assert all(each.lower > found.average for each in noon)


def test_within_a_week_every_hard_hour_comes_once() -> None:
    """As many as there are, whatever hour it is."""
    found = estimate_hours(LATE, MONDAY, UNTIL)
    for now in (UNTIL, UNTIL + 5, UNTIL + 100):
        coming = next_hard_hours(found, now, 168)
        assert found.hard.sum() == len({(each.weekday, each.hour) for each in coming}) == len(coming)


def test_where_nothing_stands_out_no_hour_is_named() -> None:
    """Alike at every hour."""
    found = estimate_hours(live(flat(1.5), 36, np.random.default_rng(8)), MONDAY, UNTIL)
    assert () == next_hard_hours(found, UNTIL, 168)


@settings(deadline=None, max_examples=60)
@given(st.sets(st.integers(0, 24 * 30 - 1), min_size=MIN_HELD), st.integers(-600, 600))
def test_shifting_all_weeks_changes_nothing(hours: set[int], weeks: int) -> None:
    """The clock and the weekday are all that is read, and the order of entries is not."""
    at = np.array(sorted(hours), np.int64)
    there = estimate_hours(at, 0, 24 * 30)
    elsewhere = estimate_hours(at[::-1] + 168 * weeks, 168 * weeks, 168 * weeks + 24 * 30)
    for one, other in ((there.share, elsewhere.share), (there.lower, elsewhere.lower), (there.upper, elsewhere.upper)):
        assert np.array_equal(one, other)


@settings(deadline=None, max_examples=60)
@given(st.integers(MIN_DAYS, 120), st.data())
def test_any_entries_have_shares_within_their_limits(days: int, data: st.DataObject) -> None:
    """From few to every hour of the span: finite, in order, in [0, 1]."""
    every = data.draw(st.integers(1, min(days, WINDOW_DAYS) * 24 // (MIN_HELD + 1)))
    found = estimate_hours(np.arange(0, days * 24, every), 0, days * 24)
    assert np.isfinite(found.share).all()
    assert (0 <= found.lower).all()
    assert (found.lower <= found.share).all()
    assert (found.share <= found.upper).all()
    assert (found.upper <= 1).all()
