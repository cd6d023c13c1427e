"""
How far forecasts of cause 1 were from what happened, though some waits were cut off before their horizon.

The Brier score is the mean square of (forecast - 1 if cause 1 came by the horizon, else 0). A wait cut off before the
horizon is not known; those that were seen stand for it, each with weight 1 / G, G being the chance of not having been
cut off until then. Ends come before censorings on one tick, so a wait cut off at its horizon was seen to last to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """
    How two forecasts of the same rows differ in mean loss; below 0, and a ratio below 1, says the first is better.

    Args:
        difference: Mean loss of the first less that of the second.
        lower: Lower limit of the difference.
        upper: Upper limit of the difference.
        ratio: Mean loss of the first over that of the second.
        ratio_lower: Lower limit of the ratio.
        ratio_upper: Upper limit of the ratio.
        dyads: Number of dyads drawn from.
    """

    difference: float
    lower: float
    upper: float
    ratio: float
    ratio_lower: float
    ratio_upper: float
    dyads: int


def censoring_survival(
    duration: Floats, cause: Ints, *, at: Floats, before: bool, weight: Floats | None = None
) -> Floats:
    """
    Estimate the chance of not being cut off by some times.

    Args:
        duration: n, days, finite, >= 0.
        cause: n, 0 where the end was not seen.
        at: m times, days.
        before: True for P(cut off at or after the time), False for P(cut off after it).
        weight: n, >= 0; None is 1 each.
    Returns:
        G, [m], in [0, 1], falling in the time. O((n + m) log n).
    Source:
        Kaplan & Meier (1958) of the censorings; those that end on a tick have left before its censorings are counted.
    """
    weight = np.ones(len(duration)) if weight is None else weight
    time, which = np.unique(duration, return_inverse=True)
    total, cut = (np.bincount(which, weights=each, minlength=len(time)) for each in (weight, weight * (cause == 0)))
    reach = np.cumsum(total[::-1])[::-1] - (total - cut)
    kept = np.divide(reach - cut, reach, out=np.ones(len(time)), where=cut > 0)
    height = np.append(1.0, np.cumprod(np.maximum(kept, 0.0)))
    return height[np.searchsorted(time, at, side="left" if before else "right")]


def censoring_weights(duration: Floats, cause: Ints, *, horizon: Floats, weight: Floats | None = None) -> Floats:
    """
    Weigh each wait at each horizon so that those seen stand for those cut off.

    Args:
        duration: n, days from the moment of the forecast, finite, >= 0.
        cause: n, 1, 2, or 0 where the end was not seen.
        horizon: h, days.
        weight: n, >= 0, used in estimating G (not multiplied in); None is 1 each.
    Returns:
        [n, h]: 1 / G(duration-) for an end by the horizon, 1 / G(horizon-) for a wait that lasted to it, 0 for one cut
        off before. With equal weights each column sums to n as long as some wait reaches its horizon.
    Source:
        Graf, Schmoor, Sauerbrei & Schumacher (1999), Statist. Med. 18:2529, section 3. Differs from it in: a wait cut
        off just at the horizon counts, with G just before it.
    """
    own = censoring_survival(duration, cause, at=duration, before=True, weight=weight)
    last = censoring_survival(duration, cause, at=horizon, before=True, weight=weight)
    ended = (cause > 0)[:, None] & (duration[:, None] <= horizon)
    lasted = ~ended & (duration[:, None] >= horizon)
    return np.where(ended, inverse(own)[:, None], np.where(lasted, inverse(last), 0.0))


def squared_errors(
    incidence: Floats, duration: Floats, cause: Ints, *, horizon: Floats, weight: Floats | None = None
) -> Floats:
    """
    The loss of each row: what it adds to the Brier score of each horizon, its own weight left aside.

    Args:
        incidence: [n, h], forecast of cause 1 by each horizon, in [0, 1].
        duration: n, days from the moment of the forecast.
        cause: n, 1, 2, or 0 where the end was not seen.
        horizon: h, days.
        weight: n, >= 0, used in estimating G; None is 1 each.
    Returns:
        [n, h], >= 0, 0 where not known; their weighted mean is the Brier score.
    Raises:
        NotEnoughData: If there is no row.
        ValueError: If shapes differ, or a forecast is not in [0, 1].
    Source:
        Graf et al. (1999), eq. 5, for a cumulative incidence as in Schoop, Beyersmann, Schumacher & Binder (2011),
        Biom. J. 53:88. Differs from it in: nothing but `censoring_weights`.
    """
    if incidence.shape != (len(duration), len(horizon)) or len(cause) != len(duration):
        raise ValueError("there is one forecast for each row and horizon")
    if len(duration) == 0:
        raise NotEnoughData(have=0, need=1)
    if not bool(((incidence >= 0) & (incidence <= 1)).all()):
        raise ValueError("a forecast is a probability")
    came = (cause == 1)[:, None] & (duration[:, None] <= horizon)
    losses: Floats = censoring_weights(duration, cause, horizon=horizon, weight=weight) * (came - incidence) ** 2
    return losses


def brier_score(
    incidence: Floats, duration: Floats, cause: Ints, *, horizon: Floats, weight: Floats | None = None
) -> Floats:
    """
    The Brier score of a forecast of cause 1 at each horizon: the weighted mean of `squared_errors`.

    Args:
        incidence: [n, h], forecast of cause 1 by each horizon, in [0, 1].
        duration: n, days from the moment of the forecast.
        cause: n, 1, 2, or 0 where the end was not seen.
        horizon: h, days.
        weight: n, >= 0; None is 1 each.
    Returns:
        [h], >= 0, lower is better; divide by that of a baseline for the ratio.
    Raises:
        NotEnoughData: If there is no row.
        ValueError: If shapes differ, or a forecast is not in [0, 1].
    Source:
        As `squared_errors`.
    """
    losses = squared_errors(incidence, duration, cause, horizon=horizon, weight=weight)
    score: Floats = np.average(losses, axis=0, weights=weight)
    return score


def over_horizons(each: Floats, horizon: Floats) -> Floats:
    """
    The mean of a score over a span of horizons: integrated by the trapezoid rule, divided by the span.

    Args:
        each: [..., h], a score (or losses of rows) at each horizon.
        horizon: h >= 2, days, rising.
    Returns:
        [...]: of Brier scores the integrated one (IBS), of `squared_errors` the loss of each row in it.
    Raises:
        ValueError: If there are fewer than two horizons or they do not rise.
    """
    if len(horizon) < 2 or not bool((np.diff(horizon) > 0).all()):
        raise ValueError("a span needs two horizons, rising")
    mean: Floats = np.trapezoid(each, horizon, axis=-1) / (horizon[-1] - horizon[0])
    return mean


def paired_difference(
    loss: Floats,
    other: Floats,
    *,
    dyad: Ints,
    rng: np.random.Generator,
    weight: Floats | None = None,
    draws: int = 2000,
    level: float = 0.95,
) -> PairedDifference:
    """
    Compare two forecasts of the same rows; all rows of a dyad are drawn together or not at all.

    Args:
        loss: n, loss of each row under the first forecast (`squared_errors`, or those `over_horizons`).
        other: n, loss under the second.
        dyad: n, number of the dyad of each row, >= 0; both perspectives of a dyad carry one number.
        rng: Source of the draws.
        weight: n, >= 0, weight of each row; None is 1 each.
        draws: Bootstrap samples, >= 1.
        level: Coverage of the limits, in (0, 1).
    Returns:
        Differences and ratios with percentile limits. O(n + draws · dyads).
    Raises:
        NotEnoughData: If there are fewer than two dyads.
        ValueError: If lengths differ.
    Source:
        Efron & Tibshirani (1993), sections 8.3 and 13.3, with the dyad as the unit. The chance of being cut off is not
        estimated anew in each sample.
    """
    if not len(loss) == len(other) == len(dyad):
        raise ValueError("each row has two losses and a dyad")
    names, which = np.unique(dyad, return_inverse=True)
    if len(names) < 2:
        raise NotEnoughData(have=len(names), need=2)
    weight = np.ones(len(loss)) if weight is None else weight
    sums = np.stack([np.bincount(which, weights=weight * each) for each in (loss, other, np.ones(len(loss)))], axis=1)
    drawn = np.empty((draws, 3))
    for i in range(draws):
        drawn[i] = rng.multinomial(len(names), np.full(len(names), 1 / len(names))) @ sums
    means, (one, two, all_) = drawn[:, :2] / drawn[:, 2:], sums.sum(0)
    ends = ((1 - level) / 2, (1 + level) / 2)
    lower, upper = np.quantile(means[:, 0] - means[:, 1], ends)
    ratio_lower, ratio_upper = np.quantile(_over(means[:, 0], means[:, 1]), ends)
    return PairedDifference(
        difference=float((one - two) / all_),
        lower=float(lower),
        upper=float(upper),
        ratio=float(_over(one, two)),
        ratio_lower=float(ratio_lower),
        ratio_upper=float(ratio_upper),
        dyads=len(names),
    )


def inverse(chance: Floats) -> Floats:
    """1 over each chance; where it is 0 nobody was seen that could stand for anybody: 0."""
    return np.divide(1.0, chance, out=np.zeros(len(chance)), where=chance > 0)


def _over(one: Floats, two: Floats) -> Floats:
    """One by the other; two losses of nothing are alike."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((one == 0) & (two == 0), 1.0, np.divide(one, two))
