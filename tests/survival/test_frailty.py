from __future__ import annotations

import numpy as np
import pytest

from fallow.errors import NotEnoughData
from fallow.survival import cured_chance, cured_survival, frailty_mean, frailty_theta, kaplan_meier
from fallow.survival.frailty import MOST_THETA

I = np.arange(300)  # noqa: E741 - the index of the formulas below
EXPECTED = 0.2 + (I * 37 % 50) / 20
ENDS = np.floor(EXPECTED * (I * I * 13 % 29) / 10).astype(np.int64)


def test_theta_agrees_with_r() -> None:
    """300 clusters with 464 ends where 427.5 were expected: R 4.2.2, the root (uniroot, tol = 1e-14) of the slope of
    sum(dnbinom(d, size = theta, mu = H, log = TRUE)) by digamma."""
    assert frailty_theta(ENDS, EXPECTED) == pytest.approx(4.05410109430756, abs=1e-9)


def test_the_theta_that_was_simulated_is_recovered() -> None:
    """Means of 40 samples of 2,000 clusters, within three standard errors of the mean and a bias of a hundredth."""
    rng = np.random.default_rng(8)
    for theta in (0.5, 2.0, 5.0):
        found = []
        for _ in range(40):
            expected = rng.exponential(2, 2000)
            found.append(frailty_theta(rng.poisson(expected * rng.gamma(theta, 1 / theta, 2000)), expected))
        error = float(np.std(found) / np.sqrt(40))
        assert float(np.mean(found)) == pytest.approx(theta, abs=3 * error + 0.01 * theta)


def test_clusters_more_even_than_chance_are_alike() -> None:
    """Two ends wherever two were expected: no spread to be seen, and nothing is drawn away from 1."""
    theta = frailty_theta(np.full(50, 2), np.full(50, 2.0))
    assert MOST_THETA == theta
    assert np.allclose(1, frailty_mean(theta, np.array([0.0, 9.0]), np.array([2.0, 2.0])), atol=1e-4)


def test_a_mean_lies_between_nothing_known_and_its_own_record() -> None:
    """1 where nothing was expected yet; half way where as much was expected as theta; the record in the end."""
    mean = frailty_mean(2.0, np.array([0.0, 6.0, 3e6]), np.array([0.0, 2.0, 1e6]))
    assert np.allclose([1.0, 2.0, 3.0], mean, atol=1e-5)


def test_of_all_factors_the_shrunk_one_is_nearest_to_the_truth() -> None:
    """50,000 simulated clusters: its mean square error is less than that of 1, of the record, and of half or twice
    theta; it is that of the posterior, mean (theta + d) / (theta + H)^2 (3 in 100 are three standard errors)."""
    rng = np.random.default_rng(9)
    expected, z = rng.exponential(2, 50_000), rng.gamma(2.0, 0.5, 50_000)
    ends = rng.poisson(z * expected).astype(np.float64)
    errors = [float(np.mean((frailty_mean(theta, ends, expected) - z) ** 2)) for theta in (2.0, 1.0, 4.0, 1e-3, 1e6)]
    assert min(errors) == errors[0]
    assert errors[0] == pytest.approx(float(np.mean((2 + ends) / (2 + expected) ** 2)), rel=0.03)


def test_a_share_that_never_ends_holds_the_curve_up() -> None:
    """20,000 simulated waits of which 0.3 never end, followed for 200 days: the curve is Kaplan-Meier's within 0.01."""
    rng = np.random.default_rng(12)
    wait = np.where(rng.random(20_000) < 0.3, np.inf, rng.exponential(20, 20_000))
    curve = kaplan_meier(np.minimum(wait, 200.0), wait <= 200)
    expected = cured_survival(np.exp(-curve.time / 20), 0.3)
    assert np.abs(expected - curve.survival).max() < 0.01
    still = wait > 40
    chance = cured_chance(np.exp(np.array([0.0, -40 / 20])), 0.3)
    assert float(chance[0]) == pytest.approx(0.3)
    assert float(chance[1]) == pytest.approx(float(np.mean(np.isinf(wait[still]))), abs=0.015)


def test_the_longer_it_lasts_the_likelier_it_never_ends() -> None:
    """From the share up to certainty; without a share the curve is as it was."""
    survival = np.array([1.0, 0.5, 0.1, 0.0])
    chance = cured_chance(survival, 0.2)
    assert bool((np.diff(chance) > 0).all())
    assert (0.2, 1.0) == pytest.approx((chance[0], chance[-1]))
    assert survival.tolist() == cured_survival(survival, 0.0).tolist()


def test_what_cannot_be_is_refused() -> None:
    """A caller's mistake says which; too little data is said as such."""
    with pytest.raises(ValueError, match="theta is positive"):
        frailty_mean(0.0, ENDS.astype(np.float64), EXPECTED)
    with pytest.raises(ValueError, match="what was expected"):
        frailty_theta(ENDS[1:], EXPECTED)
    with pytest.raises(ValueError, match="something was expected"):
        frailty_theta(ENDS, EXPECTED * 0)
    with pytest.raises(ValueError, match="a share is"):
        cured_survival(EXPECTED, 1.1)
    with pytest.raises(ValueError, match="nobody"):
        cured_chance(EXPECTED, 0.0)
    with pytest.raises(NotEnoughData):
        frailty_theta(ENDS * 0, EXPECTED)
