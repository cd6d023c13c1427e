"""
What a dyad's own record says beyond the rate expected of its like: a gamma frailty, and a share that never ends.

A cluster's hazards are z times those expected; z is gamma with mean 1 and variance 1 / theta among clusters. After d
ends where H were expected, z is gamma with mean (theta + d) / (theta + H): the fewer were expected, the nearer to 1.
The cure fraction is the share whose wait never ends; the longer a wait has lasted, the likelier it is one of those.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_THETA: Final = 1e-3
MOST_THETA: Final = 1e6
"""Clusters that differ no more than by chance have no finite theta: this much says that they are alike."""
HALVINGS: Final = 45
GRID: Final = 61
"""Values of log theta looked at before the best is closed in on: the likelihood may have a second, lower top."""


def frailty_mean(theta: float, events: Floats, cumulative_hazard: Floats) -> Floats:
    """
    Estimate by what factor each cluster's hazard differs from that expected of it.

    Args:
        theta: Inverse of the variance of the factor among clusters, > 0.
        events: n, ends seen in each cluster, >= 0.
        cumulative_hazard: n, ends expected in each cluster over its time at risk, >= 0.
    Returns:
        [n], > 0: the posterior mean of z, between 1 and events / cumulative_hazard.
    Raises:
        ValueError: If theta is not positive.
    Source:
        Clayton (1978), Biometrika 65:141, and Nielsen, Gill, Andersen & Sorensen (1992), Scand. J. Statist. 19:25, the
        E step. Late entry is taken as having no bearing on z (frailties of the whole population, not of the entrants).
    """
    if not theta > 0:
        raise ValueError("theta is positive")
    mean: Floats = (theta + events) / (theta + cumulative_hazard)
    return mean


def frailty_theta(events: Ints, cumulative_hazard: Floats) -> float:
    """
    Estimate how alike clusters are, by maximum marginal likelihood.

    Args:
        events: n, ends seen in each cluster, >= 0.
        cumulative_hazard: n, ends expected in each, taken as known, > 0.
    Returns:
        theta in [0.001, 1,000,000], the inverse of the variance of z; the upper end says that no difference is seen.
    Raises:
        NotEnoughData: If there are fewer than two clusters, or no end in any.
        ValueError: If lengths differ, or a number of ends or a cumulative hazard cannot be.
    Source:
        The marginal likelihood is negative binomial: sum over clusters of log Gamma(theta + d) - log Gamma(theta)
        + theta log theta - (theta + d) log(theta + H), as Nielsen et al. (1992), for known hazards. The best of a
        grid, closed in on by halving.
    """
    if len(events) != len(cumulative_hazard):
        raise ValueError("each cluster has its ends and what was expected")
    if len(events) < 2 or not events.any():
        raise NotEnoughData(have=int(np.count_nonzero(events)), need=2)
    if int(events.min()) < 0 or not bool((cumulative_hazard > 0).all() and np.isfinite(cumulative_hazard).all()):
        raise ValueError("ends are not negative, and something was expected of each cluster")
    # log Gamma(theta + d) - log Gamma(theta) is the sum of log(theta + m) over m < d: clusters that had more than m.
    more = np.cumsum(np.bincount(events)[::-1])[::-1][1:].astype(np.float64)

    def height(log_theta: float) -> float:
        theta = float(np.exp(log_theta))
        # theta log theta + sums of log(theta + m) as logs of 1 + m / theta: no large numbers that cancel.
        risen = more @ np.log1p(np.arange(len(more)) / theta)
        return float(risen - ((theta + events) * np.log1p(cumulative_hazard / theta)).sum())

    grid = np.linspace(np.log(LEAST_THETA), np.log(MOST_THETA), GRID)
    best = int(np.argmax([height(each) for each in grid]))
    if best == GRID - 1:
        return MOST_THETA

    def rise(theta: float) -> float:
        bend = (np.log1p(cumulative_hazard / theta) - (cumulative_hazard - events) / (theta + cumulative_hazard)).sum()
        return float((more / (theta + np.arange(len(more)))).sum() - bend)

    low, high = float(grid[max(best - 1, 0)]), float(grid[best + 1])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rise(float(np.exp(middle))) > 0 else (low, middle)
    return float(np.exp((low + high) / 2))


def cured_survival(survival: Floats, cured: float) -> Floats:
    """
    Mix waits that end by a curve with those that never do.

    Args:
        survival: [...], S(t) of the waits that end at last, in [0, 1].
        cured: Share that never ends, in [0, 1].
    Returns:
        cured + (1 - cured) S(t), [...]; it falls to the share and no further.
    Raises:
        ValueError: If the share is not in [0, 1].
    Source:
        Boag (1949), J. R. Statist. Soc. B 11:15; Berkson & Gage (1952), JASA 47:501.
    """
    if not 0 <= cured <= 1:
        raise ValueError("a share is in [0, 1]")
    mixed: Floats = cured + (1 - cured) * survival
    return mixed


def cured_chance(survival: Floats, cured: float) -> Floats:
    """
    The chance that a wait that still lasts is one of those that never end.

    Args:
        survival: [...], S at the wait's age, of the waits that end at last, in [0, 1].
        cured: Share that never ends, among waits at their beginning, in (0, 1].
    Returns:
        cured / (cured + (1 - cured) S), [...]: from the share at the beginning up to 1.
    Raises:
        ValueError: If the share is not in (0, 1].
    Source:
        Bayes' rule on `cured_survival`.
    """
    if not 0 < cured <= 1:
        raise ValueError("a share of nobody has no chance to speak of")
    chance: Floats = cured / cured_survival(survival, cured)
    return chance
