"""
The BG/NBD model with two sides: returns that come at an own rate, until one day they never come again.

While a dyad is alive, its returns (first contacts after a silence) come as a Poisson process whose rate differs between
dyads as a gamma; after each return it dies with a chance that differs as a beta. How long a silence has lasted tells
both how slow the rate is and how likely it is that nothing will come. Which of the two returns is a share with a gamma
of its own: past returns of each, and `k` of either before anything was seen.

Five numbers say all: r and alpha (days) of the rate, a and b of dying, k of the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

START: Final = (0.8, 15.0, 0.3, 1.5, 0.5)
"""r, alpha, a, b, k where a fit begins; it matters only where there is next to no data."""
WIDE: Final = 3.0
STEPS: Final = 100
SETTLED: Final = 1e-9
"""The promised gain of a step, relative to the height, below which nothing more is to be found."""
LEAST: Final = 1e-300


@dataclass(frozen=True, slots=True)
class Returns:
    """
    The past of n dyads, each at the beginning of a silence.

    Args:
        days: float64 [n], from the first event to the last, >= 0.
        first, second: float64 [n], returns by the first and by the second side (causes 1 and 2).
    """

    days: Floats
    first: Floats
    second: Floats

    def __getitem__(self, which: NDArray[np.bool_] | Ints) -> Returns:
        return Returns(self.days[which], self.first[which], self.second[which])


@dataclass(frozen=True, slots=True)
class _Parts:
    """What likelihood and forecast share: A, n, log of A / (alpha + t_x), P(alive), b + x - 1; each [n]."""

    reach: Floats
    shape: Floats
    waited: Floats
    alive: Floats
    deaths: Floats


def bg_nbd_log_likelihood(parameters: Floats, past: Returns, age: Floats, left: Floats, cause: Ints) -> Floats:
    """
    How likely each silence's end is, given that it had reached its age.

    Args:
        parameters: 5, logarithms of r, alpha, a, b, k.
        past: n dyads.
        age: n, days the silence had lasted, >= 0.
        left: n, days from then to its end, or to the end of observation, > 0.
        cause: n, 1 or 2, or 0 if it had not ended.
    Returns:
        [n].
    Source:
        Fader, Hardie & Lee (2005), Marketing Science 24:275, equations 4 to 7, conditioned on the silence so far; the
        share of the two sides is our own.
    """
    parts = _parts(parameters, past, age)
    end = parts.shape * np.log(parts.reach / (parts.reach + left))
    ended = np.log(parts.alive) + np.log(parts.shape / (parts.reach + left)) + end
    share = _share(parameters, past, cause)
    alike: Floats = np.where(
        cause > 0, ended + np.log(share), np.log(np.maximum(1 - parts.alive * -np.expm1(end), LEAST))
    )
    return alike


def fit_bg_nbd(
    past: Returns,
    age: Floats,
    left: Floats,
    cause: Ints,
    *,
    weight: Floats | None = None,
    prior: Floats | None = None,
    spread: float = WIDE,
    start: Floats | None = None,
    steps: int = STEPS,
) -> Floats:
    """
    Fit the five numbers by maximum likelihood under a normal prior on their logarithms.

    Args:
        past, age, left, cause: As `bg_nbd_log_likelihood`; a silence may stand in several rows, at several ages.
        weight: n, of each row; 1 if None.
        prior: 5, logarithms; those of START if None.
        spread: Standard deviation of the prior.
        start: 5, where the search begins; the prior's middle if None.
        steps: At most; two from the whole's top are enough for a sample of the rows.
    Returns:
        [5], logarithms of r, alpha, a, b, k.
    Source:
        Steps by the outer product of gradients, Berndt, Hall, Hall & Hausman (1974), Annals of Economic and Social
        Measurement 3:653. Rows at several ages: a landmark supermodel, van Houwelingen (2007), Scand. J. Statist.
        34:70.
    """
    middle = np.log(np.array(START)) if prior is None else prior
    rows = np.ones(len(age)) if weight is None else weight
    precision = 1 / spread**2

    def height(at: Floats) -> float:
        drawn = 0.5 * precision * float(((at - middle) ** 2).sum())
        return float(rows @ bg_nbd_log_likelihood(at, past, age, left, cause)) - drawn

    found = middle if start is None else start
    best = height(found)
    for _ in range(steps):
        slopes = _slopes(found, past, age, left, cause)
        slope = rows @ slopes - precision * (found - middle)
        step = np.linalg.solve((slopes * rows[:, None]).T @ slopes + precision * np.eye(5), slope)
        gain, size = float(slope @ step), min(1.0, 1.5 / float(np.abs(step).max() + LEAST))
        while (higher := height(found + size * step)) < best and size > 1e-6:
            size /= 2
        if higher <= best:
            break
        found, best = found + size * step, higher
        if gain < SETTLED * (abs(best) + 1):
            break
    return found


def bg_nbd_incidence(
    parameters: Floats, past: Returns, age: Floats, horizon: Floats, *, rng: np.random.Generator | None = None
) -> tuple[Floats, Floats, Floats]:
    """
    The chances of what comes next, from now on.

    Args:
        parameters: 5, logarithms of r, alpha, a, b, k.
        past: n dyads.
        age: n, days the silence has lasted.
        horizon: h, days from now.
        rng: If given, each dyad's rate, chance of dying and share are drawn from what its past leaves open, and the
            chances are those under them.
    Returns:
        That the first side makes the next contact by then; that the second does; that the first does if the second
        stays silent and nothing else changes; each [n, h].
    """
    parts, share = _parts(parameters, past, age), _share(parameters, past, np.ones(len(age), np.int64))
    alive, times = parts.alive, np.broadcast_to(horizon, (len(age), len(horizon)))
    if rng is None:

        def ends(days: Floats) -> Floats:
            return -np.expm1(-parts.shape[:, None] * np.log1p(days / parts.reach[:, None]))

    else:
        rate, alive, share = _drawn(parameters, parts, past, age, rng)

        def ends(days: Floats) -> Floats:
            return -np.expm1(-rate[:, None] * days)

    any_end = alive[:, None] * ends(times)
    return share[:, None] * any_end, (1 - share)[:, None] * any_end, alive[:, None] * ends(share[:, None] * times)


def _drawn(
    parameters: Floats, parts: _Parts, past: Returns, age: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """A rate, the chance to be alive under it, and a share, from what each past leaves open; each [n]."""
    _, alpha, a, _, k = np.exp(parameters)
    lives = rng.random(len(age)) < parts.alive
    rate = rng.gamma(parts.shape) / np.where(lives, parts.reach, alpha + past.days)
    death = np.clip(rng.beta(a + ~lives, parts.deaths), 1e-12, 1 - 1e-12)
    alive = 1 / (1 + np.exp(np.minimum(np.log(death / (1 - death)) + rate * age, 600.0)))
    return rate, alive, rng.beta(past.first + k, past.second + k)


def _parts(parameters: Floats, past: Returns, age: Floats) -> _Parts:
    r, alpha, a, b, _ = np.exp(parameters)
    seen = past.first + past.second
    reach, shape, deaths = alpha + past.days + age, r + seen, b + np.maximum(seen, 1) - 1
    waited = np.log(reach / (alpha + past.days))
    alive = 1 / (1 + np.exp(np.minimum(np.log(a) - np.log(deaths) + shape * waited, 600.0)))
    return _Parts(reach, shape, waited, alive, deaths)


def _share(parameters: Floats, past: Returns, cause: Ints) -> Floats:
    """Of the side that returned; of the first where neither did."""
    own = np.exp(parameters[4])
    mine = np.where(cause == 2, past.second, past.first)
    share: Floats = (mine + own) / (past.first + past.second + 2 * own)
    return share


def _slopes(parameters: Floats, past: Returns, age: Floats, left: Floats, cause: Ints) -> Floats:
    """Derivatives of each row's log likelihood by the five logarithms, [n, 5]."""
    r, alpha, _, b, k = np.exp(parameters)
    parts, ended = _parts(parameters, past, age), cause > 0
    until = parts.reach + left
    run = np.log(parts.reach / until)
    lasts = np.exp(parts.shape * run)
    wait = parts.shape * (1 / parts.reach - 1 / (parts.reach - age))  # how n log(A / (alpha + t_x)) moves with alpha
    rest = parts.shape * (1 / parts.reach - 1 / until)
    # The chance that it is over moves log P(alive) of an end, and P(alive) of a wait that still lasts.
    over = np.where(
        ended, -(1 - parts.alive), parts.alive * (1 - parts.alive) * (1 - lasts) / (1 - parts.alive * (1 - lasts))
    )
    slow = np.where(ended, 1.0, parts.alive * lasts / (1 - parts.alive * (1 - lasts)))
    mine, seen = np.where(cause == 2, past.second, past.first), past.first + past.second
    columns = (
        r * (over * parts.waited + slow * run + np.where(ended, 1 / parts.shape, 0.0)),
        alpha * (over * wait + slow * rest - np.where(ended, 1 / until, 0.0)),
        over,
        -b * over / parts.deaths,
        np.where(ended, k * (1 / (mine + k) - 2 / (seen + 2 * k)), 0.0),
    )
    return np.stack(columns, axis=1)
