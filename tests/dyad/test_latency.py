from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given

from dyad.tables import HOUR_US, MINUTE_US, chat, tables
from fallow.dyad import Latencies, Waited, find_bouts, measure_latencies, reply_latencies
from fallow.messages import MessageTable
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from fallow.survival import Estimate, kaplan_meier, median_with_interval

MINUTES = 24 * 60


def _measured(table: MessageTable) -> Latencies:
    return measure_latencies(table, reply_latencies(table, find_bouts(table, 6 * HOUR_US)))


def _days_of(minutes: list[int], hour: int = 9) -> MessageTable:
    """A bout a day: I ask at that hour, they answer after so many minutes."""
    lines = []
    for day, wait in enumerate(minutes):
        lines += [f"{day} {hour:02d}:00 me ask", f"{day} {hour + wait // 60:02d}:{wait % 60:02d} them answer"]
    return chat("\n".join(lines))


def test_the_median_stands_in_its_month_quarter_and_hour() -> None:
    """Six weeks of answers after ten minutes, six of answers after an hour, all asked at nine in the morning."""
    alter = _measured(_days_of([10] * 42 + [60] * 42)).alter
    medians = [month.waited.median for month in alter.months]
    assert [28, 28, 28] == [month.waited.n for month in alter.months]
    assert [10, 10, 60] == [round(each.value * MINUTES) for each in medians if each and each.value is not None]
    assert [84] == [quarter.waited.n for quarter in alter.quarters]
    assert [0, 0, 0, 84, 0, 0, 0, 0] == [block.waited.n for block in alter.hours]
    assert [0, 3, 6, 9, 12, 15, 18, 21] == [block.hour for block in alter.hours]


def test_months_are_four_weeks_counted_back_from_the_last() -> None:
    """Twelve weeks and a day reach into a thirteenth; the first week stands alone, as a month of one."""
    table = _days_of([10] * 85)
    months = _measured(table).alter.months
    assert [(1, 7), (4, 28), (4, 28), (4, 22)] == [(m.weeks, m.waited.n) for m in months]
    assert [7, 28, 28] == np.diff([m.monday for m in months]).tolist()


def test_a_month_with_too_few_answers_says_so() -> None:
    """Nineteen answers are counted and no median is made of them; twenty make one."""
    few, enough = _measured(_days_of([10] * 19)).alter, _measured(_days_of([10] * 20)).alter
    assert Waited(19, 19, None, under_tick=False) == few.overall
    assert enough.overall.median is not None


def test_many_answers_in_too_few_bouts_say_nothing() -> None:
    """Two hundred answers of one long evening are one evening."""
    table = chat("\n".join(f"0 {9 + i // 60:02d}:{i % 60:02d} {'me' if i % 2 else 'them'} x" for i in range(400)))
    overall = _measured(table).alter.overall
    assert overall.answered >= 190
    assert overall.median is None


def test_a_median_under_a_whole_minute_is_under_it() -> None:
    """Most answers in the minute of the question: the record cannot tell how soon, only that it was under a minute."""
    overall = _measured(_days_of([0] * 25 + [5] * 5)).alter.overall
    assert overall.under_tick
    assert overall.median is not None
    assert overall.median.value == 0.0
    assert overall.median.lower == 0.0
    assert 0.0 < (overall.median.upper or 0) * MINUTES < 0.5


def test_limits_of_whole_minutes_lie_between_them() -> None:
    """Two clocks that cut to whole minutes give a wait up to a minute too long or too short; of a source of seconds
    the same waits have their limits on them, give or take a second."""
    table = _days_of([i * 7 % 30 for i in range(90)])
    minutes = _measured(table).alter.overall.median
    seconds = _measured(replace(table, resolution=1_000_000)).alter.overall.median
    assert minutes is not None
    assert seconds is not None
    assert minutes.value == seconds.value
    assert minutes.lower is not None
    assert seconds.lower is not None
    assert abs(minutes.lower * MINUTES - round(minutes.lower * MINUTES)) > 1 / 60
    assert abs(seconds.lower * MINUTES - round(seconds.lower * MINUTES)) < 1 / 60


def test_few_bouts_widen_the_limits() -> None:
    """Student's point for thirty bouts is 2.05 where the normal one is 1.96: the curve is less sure than R's."""
    table = _days_of([i * 7 % 30 for i in range(30)])
    waits = reply_latencies(table, find_bouts(table, 6 * HOUR_US)).alter
    curve = _measured(table).alter.curve
    plain = kaplan_meier(waits.duration, waits.observed, cluster=waits.bout)
    assert curve is not None
    assert curve.survival.tolist() == plain.survival.tolist()
    assert bool((curve.lower[:-1] < plain.lower[:-1]).all())
    assert bool((curve.upper[:-1] > plain.upper[:-1]).all())


def test_whole_minutes_still_hold_the_truth() -> None:
    """A long record whose true median is 3.4 minutes: its limits in whole minutes hold it, those of the bare curve,
    narrower than a minute by now, do not."""
    ego = SideParameters(reply_minutes=3.0, opens_per_day=3.0)
    parameters = DyadParameters(ego=ego, alter=ego, days=3000, silences_per_day=0.0, least_pause_hours=6.0)
    table = simulate_dyad(parameters, np.random.default_rng(5))
    truth = parameters.reply_median_days("alter")
    latency = _measured(table).alter
    assert table.resolution == MINUTE_US
    assert latency.curve is not None
    bare, found = median_with_interval(latency.curve), latency.overall.median
    assert found is not None
    assert _holds(found, truth)
    assert not _holds(bare, truth)


def _holds(found: Estimate, truth: float) -> bool:
    return found.lower is not None and found.upper is not None and found.lower <= truth <= found.upper


@given(tables(least=1))
def test_every_wait_lies_in_one_month_one_quarter_and_one_hour(table: MessageTable) -> None:
    """Counts and answers of each cut add up to the whole."""
    table = table.written()
    measured = _measured(table)
    for side in (measured.ego, measured.alter):
        for parts in (side.months, side.quarters, side.hours):
            assert side.overall.n == sum(part.waited.n for part in parts)
            assert side.overall.answered == sum(part.waited.answered for part in parts)
