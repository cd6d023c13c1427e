from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from fallow.errors import NotEnoughData
from fallow.survival import Calibration, aalen_johansen, calibration_at, incidence_at

I = np.arange(500)  # noqa: E741 - the index of the formulas below
DURATION = (I * 197 % 500) / 8 + 0.5
CAUSE = np.where(I % 4 == 0, 0, np.where((I * I + I) % 3 == 0, 1, 2))
MARK = np.round(1 / (1 + np.exp((DURATION - 20) / 25 + (I * I * 7 % 101) / 25 - 2)), 2)
FORECAST = 1 - np.exp(-MARK * 30.3 / 20)


def test_calibration_agrees_with_r() -> None:
    """500 waits at 30.3 days, weights by survfit(Surv(d, cause == 0) ~ 1): R 4.2.2 with survival 3.5.3,
    glm(y ~ qlogis(p), quasibinomial, weights = w) and, for the ICI, glm(y ~ ns(qlogis(p), knots, Boundary.knots))
    with the five knots, of which the outer two are the boundary."""
    found = calibration_at(FORECAST, DURATION, CAUSE, horizon=30.3)
    assert (found.observed, found.expected) == pytest.approx((0.263372598834935, 0.42805410084556), abs=1e-12)
    assert found.intercept == pytest.approx(-0.779242615443507, abs=1e-9)
    assert found.slope == pytest.approx(0.887994271477881, abs=1e-9)
    assert found.ici == pytest.approx(0.147726276300735, abs=1e-9)


def test_what_was_observed_is_aalen_johansen() -> None:
    """Weights for those cut off, or steps: one number."""
    found = calibration_at(FORECAST, DURATION, CAUSE, horizon=30.3)
    expected = incidence_at(aalen_johansen(DURATION, CAUSE), np.array([30.3]))[0, 0]
    assert found.observed == pytest.approx(expected, abs=1e-12)


def _simulated(forecast_of: float = 1.0, by: float = 0.0) -> Calibration:
    """20,000 waits of two causes, some cut off; the forecast is true at the logit scale but for a factor and a step."""
    rng = np.random.default_rng(5)
    rate = 0.02 * np.exp(rng.standard_normal(20_000))
    wait, cut = rng.exponential(1 / (rate + 0.01)), rng.exponential(80, 20_000)
    cause = np.where(wait <= cut, np.where(rng.random(20_000) < rate / (rate + 0.01), 1, 2), 0)
    true = rate / (rate + 0.01) * -np.expm1(-30 * (rate + 0.01))
    logit = np.log(true / (1 - true)) * forecast_of + by
    return calibration_at(1 / (1 + np.exp(-logit)), np.minimum(wait, cut), cause, horizon=30.0)


def test_the_truth_is_calibrated() -> None:
    """In the large within 0.01, slope within 0.05 of 1, ICI under 0.01, no tenth off by more than 0.04."""
    found = _simulated()
    assert abs(found.observed - found.expected) < 0.01
    assert found.slope == pytest.approx(1.0, abs=0.05)
    assert found.ici < 0.01
    assert found.largest_gap < 0.04


def test_too_extreme_a_forecast_shows_in_the_slope() -> None:
    """Twice the logit: slope one half, and an ICI that says so."""
    found = _simulated(forecast_of=2.0)
    assert found.slope == pytest.approx(0.5, abs=0.03)
    assert found.ici > 0.05


def test_too_high_a_forecast_shows_in_the_large() -> None:
    """One more on the logit scale: expected more than observed, intercept -1, slope still 1."""
    found = _simulated(by=1.0)
    assert found.expected - found.observed > 0.15
    assert found.intercept == pytest.approx(-1.0, abs=0.05)
    assert found.slope == pytest.approx(1.0, abs=0.05)
    assert found.largest_gap > 0.15


def test_one_number_for_all_has_no_slope() -> None:
    """Then the ICI and the gap are how far the number is from what came."""
    found = calibration_at(np.full(500, 0.3), DURATION, CAUSE, horizon=30.3)
    assert found.slope is None
    assert found.intercept == pytest.approx(np.log(found.observed / (1 - found.observed) * 0.7 / 0.3), abs=1e-9)
    assert (found.ici, found.largest_gap) == pytest.approx((0.3 - found.observed,) * 2, abs=1e-9)


def test_forecasts_close_together_keep_their_digits() -> None:
    """Logits squeezed to a ten-thousandth about -1: the curve is the same, the slope ten thousand times as steep."""
    logit = np.log(FORECAST / (1 - FORECAST))
    squeezed = 1 / (1 + np.exp(1 - 1e-4 * logit))
    wide, narrow = (calibration_at(each, DURATION, CAUSE, horizon=30.3) for each in (FORECAST, squeezed))
    assert np.allclose(wide.curve, narrow.curve, rtol=0, atol=1e-6)
    assert (narrow.slope or 0) * 1e-4 == pytest.approx(wide.slope, rel=1e-6)


def test_a_weight_is_a_number_of_rows() -> None:
    """Weights of 2 for all change nothing; forecasts of 0 and 1 are borne."""
    sure = np.where(I % 50 == 0, (I % 100 == 0) * 1.0, FORECAST)
    one, two = (calibration_at(sure, DURATION, CAUSE, horizon=30.3, weight=np.full(500, w)) for w in (1.0, 2.0))
    for name in ("observed", "expected", "intercept", "slope", "ici", "largest_gap"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), abs=1e-9), name


def _first(n: int, cause: NDArray[np.int64] = CAUSE) -> Calibration:
    return calibration_at(FORECAST[:n], DURATION[:n], cause[:n], horizon=30.3)


def test_too_few_rows_say_nothing() -> None:
    """Under a hundred known outcomes, or none by cause 1."""
    with pytest.raises(NotEnoughData):
        _first(100)
    with pytest.raises(NotEnoughData):
        _first(500, np.where(CAUSE == 1, 2, CAUSE))


def test_what_cannot_be_is_refused() -> None:
    """A caller's mistake is a ValueError that says which."""
    with pytest.raises(ValueError, match="each row needs"):
        calibration_at(FORECAST[1:], DURATION, CAUSE, horizon=30.0)
    with pytest.raises(ValueError, match="a probability"):
        calibration_at(FORECAST + 1, DURATION, CAUSE, horizon=30.0)
