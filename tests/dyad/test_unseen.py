from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given

from dyad.tables import DAY_US, HOUR_US, chat, tables
from fallow.dyad import clock, count_openings, find_bouts, learn_bout_criterion, silences, weekly_counts
from fallow.dyad.unseen import cut_at_unseen, hidden_gaps, inside_unseen
from fallow.messages import MessageTable

THREE_WEEKS = chat("""
    0  09:00 me   hello
    1  09:00 them hi
    8  09:00 me   how are you
    15 09:00 them well
""")


def _without(table: MessageTable, first_day: float, last_day: float) -> MessageTable:
    """The record with days from `first_day` to `last_day` after its first midnight known to be missing."""
    midnight = int(table.at[0]) // DAY_US * DAY_US
    period = [midnight + round(first_day * DAY_US), midnight + round(last_day * DAY_US)]
    return replace(table, unseen=np.array([period], np.int64))


def test_a_span_is_cut_where_the_first_period_begins() -> None:
    """Before it, across it, inside it, from inside out, after it; touching its ends is not crossing it."""
    unseen = np.array([[10, 20], [30, 40]], np.int64)
    begins, ends = np.array([[0, 5], [0, 15], [12, 18], [12, 25], [20, 30], [5, 50], [20, 31]]).T
    cut, hidden = cut_at_unseen(unseen, begins, ends)
    assert [5, 10, 12, 12, 30, 10, 30] == cut.tolist()
    assert [False, True, True, True, False, True, True] == hidden.tolist()


@given(tables())
def test_a_record_with_nothing_missing_hides_nothing(table: MessageTable) -> None:
    """No gap, no message."""
    whole = replace(table, unseen=np.empty((0, 2), np.int64))
    assert not hidden_gaps(whole).any()
    assert not inside_unseen(whole).any()


@given(tables())
def test_a_gap_is_hidden_when_any_period_touches_it(table: MessageTable) -> None:
    """As written out, one gap and one period at a time."""
    expected = [
        any(begin < after and end > before for begin, end in table.unseen.tolist())
        for before, after in zip(table.at[:-1].tolist(), table.at[1:].tolist(), strict=True)
    ]
    assert expected == hidden_gaps(table).tolist()
    within = [any(begin <= at < end for begin, end in table.unseen.tolist()) for at in table.at.tolist()]
    assert within == inside_unseen(table).tolist()


def test_a_silence_that_touches_a_missing_day_is_not_counted() -> None:
    """Two gaps of a week; an hour is missing from the second."""
    missing = _without(THREE_WEEKS, 10, 10 + 1 / 24)
    assert [7.0, 7.0] == silences(THREE_WEEKS).days.tolist()
    assert [7.0] == silences(missing).days.tolist()


def test_who_opened_a_bout_after_missing_days_is_not_counted() -> None:
    """Four bouts; before the third a day is missing."""
    missing = _without(THREE_WEEKS, 4, 5)
    bouts = find_bouts(missing, 6 * HOUR_US)
    openings = count_openings(missing, bouts)
    assert [True, True, False, True] == bouts.known.tolist()
    assert (1, 2) == (openings.overall.ego.count, openings.overall.alter.count)
    assert 3 == sum(period.bouts for period in openings.periods)


def test_a_week_with_a_missing_day_is_not_whole() -> None:
    """Thursday to Tuesday: two weeks are marked, the last not."""
    missing = weekly_counts(_without(THREE_WEEKS, 3, 9))
    assert [False, False, True] == missing.whole.tolist()
    assert [True, True, True] == weekly_counts(THREE_WEEKS).whole.tolist()


def test_a_missing_day_that_ends_at_midnight_leaves_the_next_week_whole() -> None:
    """Sunday alone; and in a zone an hour ahead the same period reaches into Monday."""
    assert [False, True, True] == weekly_counts(_without(THREE_WEEKS, 6, 7)).whole.tolist()
    ahead = replace(THREE_WEEKS, offset=np.full(len(THREE_WEEKS), 3600, np.int32))
    assert [False, False, True] == weekly_counts(_without(ahead, 6, 7)).whole.tolist()


def test_the_clock_leaves_out_hours_of_which_some_may_be_missing() -> None:
    """The message of the second Tuesday lies in a missing stretch."""
    assert 4 == clock(THREE_WEEKS).sum()
    assert 3 == clock(_without(THREE_WEEKS, 8, 9)).sum()


def test_a_gap_with_something_missing_teaches_no_criterion() -> None:
    """The gaps that count are those that were seen whole."""
    assert 3 == learn_bout_criterion(THREE_WEEKS).n_gaps
    assert 2 == learn_bout_criterion(_without(THREE_WEEKS, 3, 4)).n_gaps
