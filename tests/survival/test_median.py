from __future__ import annotations

import numpy as np

from fallow.dyad import find_bouts, reply_latencies
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from fallow.survival import Estimate, kaplan_meier, median_with_interval

HOUR_US = 3_600_000_000


def _median(durations: list[float], observed: list[bool]) -> Estimate:
    return median_with_interval(kaplan_meier(np.array(durations), np.array(observed)))


def test_the_median_of_freireichs_remissions_is_23_weeks() -> None:
    """23, from 13, without an upper limit: lifelines 0.30.3 (median_survival_times gives 13 and inf) and
    R 4.2.2, survival 3.5.3 (quantile(survfit(..., conf.type = "log-log"), 0.5) gives 13 and NA)."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    seen = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    actual = _median([float(w) for w in weeks], [s == 1 for s in seen])
    assert Estimate(23.0, 13.0, None, 21, 12) == actual


def test_the_median_of_four_hundred_agrees_with_lifelines() -> None:
    """25.25 (23.375 to 26.875): lifelines 0.30.3 (median_survival_times of the log-log limits) and R 4.2.2,
    survival 3.5.3 (quantile(survfit(..., conf.type = "log-log"), 0.5))."""
    i = np.arange(400)
    curve = kaplan_meier((i * i * 37 % 307) / 8 + (i % 11), i % 5 != 0)
    assert Estimate(25.25, 23.375, 26.875, 400, 80) == median_with_interval(curve)


def test_a_median_that_was_not_reached_is_not_made_up() -> None:
    """One of four ended: the curve never comes down to one half."""
    assert _median([1.0, 2.0, 2.0, 2.0], [True, False, False, False]).value is None


def test_one_half_missed_by_rounding_is_one_half() -> None:
    """Of any even number, all seen, the middle one is the median, however the fractions round."""
    for n in range(2, 200, 2):
        assert n / 2 == _median([float(d) for d in range(1, n + 1)], [True] * n).value


def test_the_interval_covers_the_true_median_about_95_times_in_100() -> None:
    """300 simulated dyads of five months: the truth of both sides is inside in 92 to 98 of 100."""
    alter = SideParameters(reply_minutes=12.0, reply_spread=1.0)
    parameters = DyadParameters(alter=alter, days=150, least_pause_hours=6.0, resolution=1_000_000)
    inside = []
    for seed in range(300):
        table = simulate_dyad(parameters, np.random.default_rng(seed))
        replies = reply_latencies(table, find_bouts(table, 6 * HOUR_US))
        for waits, truth in (
            (replies.ego, parameters.reply_median_days("ego")),
            (replies.alter, parameters.reply_median_days("alter")),
        ):
            found = median_with_interval(kaplan_meier(waits.duration, waits.observed))
            assert found.lower is not None
            assert found.upper is not None
            inside.append(found.lower <= truth <= found.upper)
    assert 0.92 <= np.mean(inside) <= 0.98


def test_within_a_tick_the_limits_lie_where_they_would_be_crossed() -> None:
    """Two hundred durations cut to whole units: limits between the written times, never past the median, the same
    median; without a tick they stand on written times."""
    duration = np.repeat([0.0, 1.0, 2.0, 3.0, 4.0], 40)
    curve = kaplan_meier(duration, np.ones(200, np.bool_))
    plain, spread = median_with_interval(curve), median_with_interval(curve, 1.0)
    assert (2.0, 2.0, 2.0) == (plain.value, plain.lower, plain.upper)
    assert spread.value == 2.0
    assert 1.5 < (spread.lower or 0) < 2.0 < (spread.upper or 0) < 2.5


def test_within_a_tick_nothing_is_below_zero() -> None:
    """Nearly all in the first unit: both limits lie in its half above 0."""
    duration = np.repeat([0.0, 5.0], [190, 10])
    found = median_with_interval(kaplan_meier(duration, np.ones(200, np.bool_)), 1.0)
    assert found.value == 0.0
    assert 0.0 <= (found.lower or 0.0) < (found.upper or 0.0) < 0.5
