"""The count: days by the calendar, a floor, and pauses."""

from __future__ import annotations

import datetime as dt

from fallow.plan import Count


def day(number: int) -> dt.date:
    return dt.date(2028, 2, 20) + dt.timedelta(days=number)


def begun() -> Count:
    """From day 0, on day 0."""
    return Count().to(day(0)).started(day(0), ())


def test_a_day_counts_once_it_is_over() -> None:
    """Ten mornings later, over a leap day: ten of ten."""
    count = begun().to(day(10))
    assert (10, 10) == (count.quiet, count.days)


def test_a_lapse_keeps_its_day_out() -> None:
    """Nine of ten, and two on one day are one."""
    count = begun().to(day(4)).with_lapse(day(4)).to(day(10))
    assert (9, 10) == (count.quiet, count.days)


def test_a_late_entry_pauses_the_total() -> None:
    """It waits at what was reached, then goes on."""
    count = begun().to(day(10)).seen().with_lapse(day(3))
    assert [10, 10, 11] == [count.to(day(each)).quiet for each in (10, 11, 12)]


def test_an_earlier_day_changes_nothing() -> None:
    """A clock that goes back takes nothing."""
    count = begun().to(day(10))
    assert count is count.to(day(9))


def test_days_in_a_pause_are_in_neither_number() -> None:
    """From the day it begins up to the day it ends."""
    count = begun().to(day(4)).pausing().to(day(9)).resuming().to(day(12))
    assert (7, 7) == (count.quiet, count.days)
    assert [True, False, False, True] == [count.covers(day(each)) for each in (3, 4, 8, 9)]


def test_a_pause_taken_back_the_same_day_never_was() -> None:
    """A slip of the finger costs nothing."""
    count = begun().to(day(4))
    assert count == count.pausing().resuming()


def test_a_pause_resumed_and_begun_again_the_same_day_goes_on() -> None:
    """One pause, not two."""
    paused = begun().to(day(4)).pausing().to(day(6))
    assert paused == paused.resuming().pausing()


def test_an_earlier_start_adds_its_days() -> None:
    """Less those known to hold a lapse; a later start takes none away."""
    count = begun().to(day(5)).started(day(-5), [day(-2)])
    assert (9, 10) == (count.quiet, count.days)
    assert count == count.started(day(2), [day(-2)])


def test_a_lapse_in_a_pause_costs_nothing() -> None:
    """That day did not count anyway; nor did one before the start."""
    count = begun().to(day(4)).pausing().to(day(9)).resuming()
    assert count == count.with_lapse(day(5)).with_lapse(day(-1))
    assert count == count.without_lapse(day(5))
