from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fallow.errors import NotEnoughData
from fallow.survival import (
    aalen_johansen,
    brier_score,
    censoring_survival,
    censoring_weights,
    incidence_at,
    over_horizons,
    paired_difference,
    squared_errors,
)

I = np.arange(500)  # noqa: E741 - the index of the formulas below
DURATION = (I * 197 % 500) / 8 + 0.5
CAUSE = np.where(I % 4 == 0, 0, np.where((I * I + I) % 3 == 0, 1, 2))
MARK = np.round(1 / (1 + np.exp((DURATION - 20) / 25 + (I * I * 7 % 101) / 25 - 2)), 2)
HORIZON = np.array([3.3, 7.3, 14.3, 30.3, 40.3])
FORECAST = 1 - np.exp(-np.outer(MARK, HORIZON) / 20)

waits = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=30)


def _columns(rows: list[tuple[int, int]]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    return np.array([d for d, _ in rows], np.float64), np.array([c for _, c in rows], np.int64)


def test_brier_scores_agree_with_scikit_survival() -> None:
    """500 waits without ties, both causes as one: brier_score and integrated_brier_score of scikit-survival 0.28.0."""
    scores = brier_score(FORECAST, DURATION, np.minimum(CAUSE, 1), horizon=HORIZON)
    expected = [0.033575150386081144, 0.074256012515936, 0.13215852037424689, 0.1963728528158091, 0.20296540319927683]
    assert np.allclose(expected, scores, rtol=0, atol=1e-12)
    assert float(over_horizons(scores, HORIZON)) == pytest.approx(0.15035285017609598, abs=1e-12)


@given(waits)
def test_the_chance_of_not_being_cut_off_is_the_product_of_its_fractions(rows: list[tuple[int, int]]) -> None:
    """In exact fractions: those who end on a tick have left before its censorings are counted."""
    duration, cause = _columns(rows)
    for before in (True, False):
        expected = []
        for t in range(11):
            kept = Fraction(1)
            for u in range(t if before else t + 1):
                cut = sum(d == u and c == 0 for d, c in rows)
                reach = sum(d > u or (d == u and c == 0) for d, c in rows)
                kept *= Fraction(reach - cut, reach) if cut else 1
            expected.append(float(kept))
        found = censoring_survival(duration, cause, at=np.arange(11.0), before=before)
        assert np.allclose(expected, found, rtol=0, atol=1e-12)


@given(waits)
def test_those_seen_stand_for_all(rows: list[tuple[int, int]]) -> None:
    """As long as some wait reaches the horizon the weights sum to n; and the weighted share that cause 1 ended by it
    is Aalen-Johansen's."""
    duration, cause = _columns(rows)
    horizon = np.arange(float(duration.max()))
    weights = censoring_weights(duration, cause, horizon=horizon)
    assert np.allclose(len(rows), weights.sum(0), rtol=0, atol=1e-9)
    came = (cause == 1)[:, None] & (duration[:, None] <= horizon)
    expected = incidence_at(aalen_johansen(duration, cause), horizon)[0]
    assert np.allclose(expected, (weights * came).mean(0), rtol=0, atol=1e-9)


def test_a_wait_cut_off_at_its_horizon_was_seen_to_last() -> None:
    """Everybody is followed for 30 days and no longer: nothing is lost at 30."""
    weights = censoring_weights(np.array([10.0, 30, 30]), np.array([1, 0, 0]), horizon=np.array([30.0, 31.0]))
    assert [[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]] == weights.tolist()


def test_a_perfect_forecast_scores_nothing() -> None:
    """Known ends foretold to the day: 0; the same turned round scores more than a half of what it can."""
    perfect = ((CAUSE == 1)[:, None] & (DURATION[:, None] <= HORIZON)).astype(np.float64)
    assert np.allclose(0, brier_score(perfect, DURATION, CAUSE, horizon=HORIZON))
    assert np.allclose(1, brier_score(1 - perfect, DURATION, CAUSE, horizon=HORIZON))


def test_of_all_constants_the_observed_incidence_scores_best() -> None:
    """The score of one number for all is least at Aalen-Johansen's; a hundredth to either side is worse."""
    curves = aalen_johansen(DURATION, CAUSE)
    share = incidence_at(curves, HORIZON)[0]
    best, low, high = (
        brier_score(np.tile(share + by, (500, 1)), DURATION, CAUSE, horizon=HORIZON) for by in (0, -0.01, 0.01)
    )
    assert np.allclose(share * (1 - share), best)
    assert np.allclose(1e-4, [low - best, high - best])


def test_a_weight_is_a_number_of_rows() -> None:
    """Rows that count twice are rows written twice."""
    twice = np.repeat(I, 1 + I % 2)
    one = brier_score(FORECAST, DURATION, CAUSE, horizon=HORIZON, weight=1.0 + I % 2)
    other = brier_score(FORECAST[twice], DURATION[twice], CAUSE[twice], horizon=HORIZON)
    assert np.allclose(one, other, rtol=0, atol=1e-12)


def test_the_truth_beats_what_is_near_it() -> None:
    """20,000 simulated waits of two causes, a third cut off: the true incidence scores lower than one 1.5 times off."""
    rng = np.random.default_rng(2)
    rate = 0.03 * np.exp(rng.standard_normal(20_000))
    wait, cut = rng.exponential(1 / (rate + 0.02)), rng.exponential(60, 20_000)
    cause = np.where(wait <= cut, np.where(rng.random(20_000) < rate / (rate + 0.02), 1, 2), 0)
    horizon = np.array([7.0, 30.0])

    def forecast(scale: float) -> NDArray[np.float64]:
        own = rate * scale
        return np.asarray((own / (own + 0.02))[:, None] * -np.expm1(-np.outer(own + 0.02, horizon)))

    duration = np.minimum(wait, cut)
    true, low, high = (brier_score(forecast(by), duration, cause, horizon=horizon) for by in (1.0, 1 / 1.5, 1.5))
    assert bool((true < low).all())
    assert bool((true < high).all())


def test_a_forecast_beside_itself_is_no_different() -> None:
    """Difference 0 and ratio 1, with limits that say nothing else."""
    loss = over_horizons(squared_errors(FORECAST, DURATION, CAUSE, horizon=HORIZON), HORIZON)
    found = paired_difference(loss, loss, dyad=I // 2, rng=np.random.default_rng(1), draws=50)
    assert (0.0, 0.0, 0.0) == (found.difference, found.lower, found.upper)
    assert (1.0, 1.0, 1.0, 250) == (found.ratio, found.ratio_lower, found.ratio_upper, found.dyads)


def test_the_difference_is_that_of_the_scores() -> None:
    """Weighted means of the losses of rows are the scores; the limits lie around the difference."""
    weight = 1.0 + I % 3
    share = np.tile(incidence_at(aalen_johansen(DURATION, CAUSE), HORIZON)[0], (500, 1))
    one, two = (
        over_horizons(brier_score(each, DURATION, CAUSE, horizon=HORIZON, weight=weight), HORIZON)
        for each in (FORECAST, share)
    )
    losses = (
        over_horizons(squared_errors(each, DURATION, CAUSE, horizon=HORIZON, weight=weight), HORIZON)
        for each in (FORECAST, share)
    )
    found = paired_difference(*losses, dyad=I // 2, rng=np.random.default_rng(1), weight=weight)
    assert (found.difference, found.ratio) == pytest.approx((one - two, one / two), abs=1e-12)
    assert found.lower < found.difference < found.upper
    assert found.ratio_lower < found.ratio < found.ratio_upper


def test_dyads_are_drawn_whole() -> None:
    """400 samples of 60 dyads whose ten rows share their loss: limits by dyad cover 0 in 91 to 98 of 100; rows drawn
    one by one would cover under 70."""
    rng = np.random.default_rng(3)
    dyad, held = np.repeat(np.arange(60), 10), np.zeros(2)
    for _ in range(400):
        loss = rng.standard_normal(60)[dyad] + 0.3 * rng.standard_normal(600)
        for which, unit in enumerate((dyad, np.arange(600))):
            found = paired_difference(loss + 5, np.full(600, 5.0), dyad=unit, rng=rng, draws=200)
            held[which] += found.lower <= 0 <= found.upper
    assert 364 <= held[0] <= 392
    assert held[1] < 280


def test_what_cannot_be_is_refused() -> None:
    """A caller's mistake says which; too little data is said as such."""
    with pytest.raises(ValueError, match="one forecast for each"):
        brier_score(FORECAST[1:], DURATION, CAUSE, horizon=HORIZON)
    with pytest.raises(ValueError, match="a probability"):
        brier_score(FORECAST + 1, DURATION, CAUSE, horizon=HORIZON)
    with pytest.raises(ValueError, match="two horizons"):
        over_horizons(np.ones(1), np.ones(1))
    with pytest.raises(ValueError, match="two losses"):
        paired_difference(np.ones(2), np.ones(3), dyad=np.arange(2), rng=np.random.default_rng(1))
    with pytest.raises(NotEnoughData):
        brier_score(FORECAST[:0], DURATION[:0], CAUSE[:0], horizon=HORIZON)
    with pytest.raises(NotEnoughData):
        paired_difference(np.ones(2), np.ones(2), dyad=np.zeros(2, np.int64), rng=np.random.default_rng(1))
