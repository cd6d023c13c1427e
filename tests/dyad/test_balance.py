from __future__ import annotations

from dataclasses import replace

import numpy as np

from dyad.tables import DAY_US, HOUR_US, chat
from fallow.dyad import BoutCriterion, TwoSides, two_sides
from fallow.messages import MessageTable

SIX_HOURS = BoutCriterion(6 * HOUR_US, "too little data", 0)


def _measured(table: MessageTable) -> TwoSides:
    return two_sides(table, criterion=SIX_HOURS)


def _half_year() -> MessageTable:
    """Twenty-six weeks. First quarter: each second day I write, they answer after ten minutes. Second: I write, write
    again two days later, and they answer the day after that."""
    lines = []
    for day in range(0, 91, 2):
        lines += [f"{day} 09:00 me hello", f"{day} 09:10 them hi"]
    for day in range(91, 180, 5):
        lines += [f"{day} 09:00 me hello", f"{day + 2} 09:00 me still there", f"{day + 3} 09:00 them yes"]
    return chat("\n".join(lines))


def test_who_started_who_waited_and_who_came_back_stand_side_by_side() -> None:
    """In the first quarter I started and waited ten minutes; in the second I wrote again and they came back."""
    first, second = _measured(_half_year()).balance
    assert (13, 13) == (first.weeks, second.weeks)
    assert first.opened is not None
    assert (46, 46) == (first.opened.ego.count, first.bouts)
    assert (46, 0) == (first.follow_ups.ego.waits, first.follow_ups.ego.count)
    assert first.asked_alter.median is not None
    assert 10 == round((first.asked_alter.median.value or 0) * 24 * 60)
    assert second.opened is not None
    assert (18, 18) == (second.follow_ups.ego.count, second.opened.alter.count)
    assert (35, 18) == second.returned
    assert second.returned_shares is not None


def test_a_quarter_with_too_little_keeps_its_counts() -> None:
    """Nine silences ended in it: counted, and no share made of them."""
    lines = [f"{day} 09:00 me hello" for day in range(0, 40, 4)]
    (only,) = _measured(chat("\n".join(lines))).balance
    assert ((9, 0), None) == (only.returned, only.returned_shares)
    assert only.asked_ego.median is None
    assert only.follow_ups.ego.share is None


def test_a_silence_counts_in_the_quarter_in_which_it_ended() -> None:
    """It began in the first week and ended in the last of twenty-six."""
    first, second = _measured(chat("0 09:00 me hello\n181 09:00 them hi")).balance
    assert ((0, 0), (0, 1)) == (first.returned, second.returned)


def test_weeks_of_which_days_are_missing_are_told() -> None:
    """A quarter with a missing fortnight has fewer whole weeks."""
    table = _half_year()
    begin = int(table.at[0]) // DAY_US * DAY_US + 14 * DAY_US
    missing = replace(table, unseen=np.array([[begin, begin + 14 * DAY_US]], np.int64))
    first, second = _measured(missing).balance
    assert (11, 13) == (first.weeks_whole, second.weeks_whole)
    assert first.bouts < _measured(table).balance[0].bouts
