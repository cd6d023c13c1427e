"""BG/NBD with two sides: its likelihood is that of its process, a fit finds what was planted, chances are whole."""

from __future__ import annotations

import numpy as np
import pytest

from fallow.survival import Returns, bg_nbd_incidence, bg_nbd_log_likelihood, fit_bg_nbd
from fallow.survival.bgnbd import START, _slopes

TRUE = np.log(np.array([1.2, 10.0, 0.6, 2.5, 1.0]))


def lived(n: int, rng: np.random.Generator, *, parameters: np.ndarray = TRUE) -> tuple[Returns, np.ndarray, np.ndarray]:
    """
    n dyads that live by the process from their first return on, for 200 days.

    Their past up to the last event, the silence since, and each one's own chance of (alter next within 30 days).
    """
    r, alpha, a, b, k = np.exp(parameters)
    rate, death, share = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n), rng.beta(k, k, n)
    days, age, counts = np.zeros(n), np.zeros(n), np.zeros((2, n))
    within = np.zeros(n, bool)
    for i in range(n):
        at, until, dead = 0.0, 200.0, False
        while not dead:
            following = at + float(rng.exponential(1 / rate[i]))
            if following > until:
                break
            at = following
            counts[int(rng.random() >= share[i]), i] += 1
            dead = bool(rng.random() < death[i])
        days[i], age[i] = at, until - at
        following = until + float(rng.exponential(1 / rate[i]))
        within[i] = not dead and following < until + 30 and rng.random() < share[i]
    return Returns(days, counts[0], counts[1]), age, within


def some(n: int, rng: np.random.Generator) -> tuple[Returns, np.ndarray, np.ndarray, np.ndarray]:
    past = Returns(rng.uniform(0, 200, n), rng.integers(0, 9, n) * 1.0, rng.integers(0, 9, n) * 1.0)
    return past, rng.uniform(0, 40, n), rng.uniform(0.1, 60, n), rng.integers(0, 3, n)


def test_slopes_are_those_of_the_likelihood() -> None:
    """Against central differences, to eight digits."""
    past, age, left, cause = some(400, np.random.default_rng(1))
    near = []
    for step in 1e-5 * np.eye(5):
        above, below = (bg_nbd_log_likelihood(TRUE + h, past, age, left, cause) for h in (step, -step))
        near.append((above - below) / 2e-5)
    np.testing.assert_allclose(_slopes(TRUE, past, age, left, cause), np.stack(near, axis=1), atol=1e-7)


def test_the_likelihood_is_a_density() -> None:
    """What ends by each cause, summed over days, and what never does are 1; and the first is the incidence."""
    past, age, *_ = some(5, np.random.default_rng(2))
    days = np.linspace(0.0, 60.0, 60_001)
    middle = (days[1:] + days[:-1]) / 2
    for i in range(5):
        one = past[np.full(len(middle), i)]
        old = np.full(len(middle), age[i])
        first, second = (
            float(np.exp(bg_nbd_log_likelihood(TRUE, one, old, middle, np.full(len(middle), cause))).sum() * 1e-3)
            for cause in (1, 2)
        )
        lasts = np.exp(bg_nbd_log_likelihood(TRUE, one[:1], old[:1], np.array([60.0]), np.array([0])))[0]
        assert first + second + lasts == pytest.approx(1.0, abs=1e-6)
        by_first, by_second, _ = bg_nbd_incidence(TRUE, one[:1], old[:1], np.array([60.0]))
        assert (first, second) == pytest.approx((by_first[0, 0], by_second[0, 0]), abs=1e-6)


def test_chances_are_those_of_the_process() -> None:
    """Twenty thousand lives after their first return: as many came back within a month as was said."""
    past, age, within = lived(20_000, np.random.default_rng(3))
    seen = past.first + past.second > 0
    chance = bg_nbd_incidence(TRUE, past[seen], age[seen], np.array([30.0]))[0][:, 0]
    came = within[seen]
    for low, high in ((0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 1)):
        among = (chance >= low) & (chance < high)
        assert among.sum() > 500
        error = np.sqrt(chance[among].mean() / among.sum())
        assert abs(chance[among].mean() - came[among].mean()) < 4 * error


def test_what_is_drawn_is_right_on_average() -> None:
    """Chances under drawn rates and shares have the stated chance as their mean."""
    past, age, *_ = some(6, np.random.default_rng(4))
    many = past[np.repeat(np.arange(6), 20_000)]
    drawn = bg_nbd_incidence(TRUE, many, np.repeat(age, 20_000), np.array([7.0, 30.0]), rng=np.random.default_rng(5))
    stated = bg_nbd_incidence(TRUE, past, age, np.array([7.0, 30.0]))
    for one, other in zip(drawn[:2], stated[:2], strict=True):
        np.testing.assert_allclose(one.reshape(6, 20_000, 2).mean(axis=1), other, atol=0.01)


def test_a_fit_finds_what_was_planted() -> None:
    """From silences of 8,000 lives that go on for another 60 days, within a fifth."""
    rng = np.random.default_rng(6)
    past, age, _ = lived(8_000, rng)
    seen = past.first + past.second > 0
    past, age = past[seen], age[seen]
    n = len(age)
    first, second, _ = bg_nbd_incidence(TRUE, past, age, np.linspace(0.5, 60.0, 120))
    u = rng.random(n)
    total = first + second
    ended = u < total[:, -1]
    left = np.where(ended, np.linspace(0.5, 60.0, 120)[np.argmax(total > u[:, None], axis=1)], 60.0)
    cause = np.where(ended, np.where(rng.random(n) < first[:, -1] / np.maximum(total[:, -1], 1e-12), 1, 2), 0)
    found = fit_bg_nbd(past, age, left, cause)
    ahead = np.array([7.0, 30.0])
    learned, planted = (bg_nbd_incidence(each, past, age, ahead)[0].mean(axis=0) for each in (found, TRUE))
    np.testing.assert_allclose(learned, planted, rtol=0.06)
    assert np.exp(found[4]) == pytest.approx(1.0, rel=0.2)


def test_little_data_stays_near_the_prior() -> None:
    """Three silences move nothing far."""
    past, age, left, cause = some(3, np.random.default_rng(7))
    found = fit_bg_nbd(past, age, left, cause, prior=TRUE, spread=0.2)
    assert np.abs(found - TRUE).max() < 0.25
    assert np.abs(fit_bg_nbd(past[:0], age[:0], left[:0], cause[:0]) - np.log(START)).max() < 1e-12


def test_weights_are_counts() -> None:
    """A row that weighs two is that row twice."""
    past, age, left, cause = some(200, np.random.default_rng(8))
    twice = np.repeat(np.arange(200), np.arange(200) % 3)
    one = fit_bg_nbd(past, age, left, cause, weight=(np.arange(200) % 3).astype(np.float64))
    other = fit_bg_nbd(past[twice], age[twice], left[twice], cause[twice])
    np.testing.assert_allclose(one, other, atol=1e-4)
