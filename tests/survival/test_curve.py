from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cost import sorts
from fallow.errors import NotEnoughData
from fallow.survival import kaplan_meier

REMISSION_WEEKS = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], np.float64)
REMISSION_SEEN = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], np.bool_)

waits = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def _columns(pairs: list[tuple[int, bool]]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return np.array([d for d, _ in pairs], np.float64), np.array([o for _, o in pairs], np.bool_)


def test_the_curve_and_its_limits_agree_with_lifelines_and_r() -> None:
    """Freireich's 21 remissions, with ties and censoring; values from lifelines 0.30.3 (KaplanMeierFitter), and the
    same to all twelve digits from R 4.2.2, survival 3.5.3: survfit(Surv(d, o) ~ 1, conf.type = "log-log")."""
    curve = kaplan_meier(REMISSION_WEEKS, REMISSION_SEEN)
    expected = [
        (6, 0.857142857143, 0.619717955266, 0.951551747647),
        (7, 0.806722689076, 0.563146564622, 0.922809019203),
        (10, 0.752941176471, 0.503199510800, 0.889361835169),
        (13, 0.690196078431, 0.431610222486, 0.849065963349),
        (16, 0.627450980392, 0.367510855988, 0.804912189472),
        (22, 0.537815126050, 0.267778936767, 0.746790717635),
        (23, 0.448179271709, 0.188052005959, 0.680142628495),
    ]
    actual = list(zip(curve.time, curve.survival, curve.lower, curve.upper, strict=True))
    assert np.allclose(expected, actual, rtol=0, atol=1e-9)
    assert (curve.at_risk.tolist(), curve.censored) == ([21, 17, 15, 12, 11, 7, 6], 12)


def test_four_hundred_durations_with_ties_agree_with_lifelines_and_r() -> None:
    """Values at four times from lifelines 0.30.3 (KaplanMeierFitter), one duration in five censored; the same to all
    twelve digits from R 4.2.2, survival 3.5.3: survfit(Surv(d, o) ~ 1, conf.type = "log-log")."""
    i = np.arange(400)
    curve = kaplan_meier((i * i * 37 % 307) / 8 + (i % 11), i % 5 != 0)
    expected = [
        (0.989974937343, 0.973511382703, 0.996225584639),
        (0.888357370543, 0.852891572909, 0.915695898458),
        (0.404423020679, 0.353005445752, 0.455175113655),
        (0.130492766398, 0.094423163390, 0.172517004970),
    ]
    step = np.searchsorted(curve.time, [2.0, 10.0, 30.0, 40.0], side="right") - 1
    actual = np.stack((curve.survival, curve.lower, curve.upper), axis=1)[step]
    assert np.allclose(expected, actual, rtol=0, atol=1e-9)


@given(waits)
def test_the_curve_is_the_product_of_its_fractions(pairs: list[tuple[int, bool]]) -> None:
    """Equal to the product-limit formula in exact fractions, ties and zero durations included."""
    duration, observed = _columns(pairs)
    curve = kaplan_meier(duration, observed)
    expected, alive = [], Fraction(1)
    for t in sorted({d for d, seen in pairs if seen}):
        at_risk = sum(d >= t for d, _ in pairs)
        ended = sum(d == t and seen for d, seen in pairs)
        alive *= Fraction(at_risk - ended, at_risk)
        expected.append(float(alive))
    assert np.allclose(expected, curve.survival, rtol=0, atol=1e-12)


@given(waits)
def test_the_curve_falls_and_stays_between_its_limits(pairs: list[tuple[int, bool]]) -> None:
    """S falls strictly from 1, each limit is on its side of it, and every duration is an event or censored."""
    curve = kaplan_meier(*_columns(pairs))
    assert bool((np.diff(np.append(1.0, curve.survival)) < 0).all())
    assert bool((curve.lower <= curve.survival).all())
    assert bool((curve.survival <= curve.upper).all())
    assert len(pairs) == int(curve.events.sum()) + curve.censored


def test_a_censoring_on_the_tick_of_an_event_is_still_at_risk() -> None:
    """Of two durations of five days, one seen to end: half are left, not none."""
    curve = kaplan_meier(np.array([5.0, 5.0]), np.array([True, False]))
    assert (curve.survival.tolist(), curve.at_risk.tolist()) == ([0.5], [2])


def test_the_upper_limit_is_carried_on_where_nobody_is_left() -> None:
    """Where S is 0 Greenwood's variance has no value; the limits then stay wide instead of closing on 0."""
    curve = kaplan_meier(np.array([1.0, 2, 2, 3, 4]), np.ones(5, np.bool_))
    assert (0.0, 0.0, curve.upper[-2]) == (curve.survival[-1], curve.lower[-1], curve.upper[-1])


def test_no_duration_at_all_is_too_little() -> None:
    """An empty column raises, it does not give a flat curve."""
    with pytest.raises(NotEnoughData):
        kaplan_meier(np.empty(0), np.empty(0, np.bool_))


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_a_duration_that_cannot_be_is_refused(bad: float) -> None:
    """Negative and infinite durations are the caller's mistake."""
    with pytest.raises(ValueError, match="finite and not negative"):
        kaplan_meier(np.array([bad]), np.array([True]))


def test_columns_of_two_lengths_are_refused() -> None:
    """Each duration needs its own flag."""
    with pytest.raises(ValueError, match="observed or censored"):
        kaplan_meier(np.array([1.0]), np.array([True, False]))


def test_half_a_million_durations_cost_a_few_sorts() -> None:
    """All distinct, a fifth of them censored: sorting is what it costs."""
    rng = np.random.default_rng(1)
    duration, observed = rng.lognormal(size=500_000), rng.random(500_000) < 0.8
    assert sorts(lambda: kaplan_meier(duration, observed), runs=3) <= 8
