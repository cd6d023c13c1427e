"""
Whether what was forecast as so many in a hundred came so many times in a hundred, at one horizon.

What came is estimated with the weights of `scoring`, so that the rest stand for those cut off early.
The smooth calibration curve is a weighted logistic regression of "cause 1 came by the horizon" on a restricted cubic
spline of logit p, with five knots at the 5th, 27.5th, 50th, 72.5th and 95th percentile of logit p.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData
from fallow.survival.scoring import censoring_weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KNOTS: Final = (0.05, 0.275, 0.5, 0.725, 0.95)
"""Percentiles of Harrell (2015), Regression Modeling Strategies, table 2.3."""
LEAST_GROUP: Final = 10
"""Rows seen that a tenth needs before its gap is taken for one: ten groups of ten."""
NEAREST: Final = 1e-6
"""A forecast nearer than this to 0 or 1 is moved there before its logit is taken."""
ALIKE: Final = 1e-9
"""Forecasts whose logits spread less than this are one number."""
STEPS: Final = 100
SETTLED: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    How a forecast at one horizon compares with what came.

    Args:
        observed: Share to which cause 1 came by the horizon.
        expected: Mean forecast; calibration in the large is observed - expected.
        intercept: Of the line logit(observed) = intercept + slope · logit(p), ideally 0; for no slope with slope 1.
        slope: Its slope, ideally 1, below 1 where forecasts are too extreme; None where all forecasts are alike.
        ici: Mean distance between the forecasts and the smooth calibration curve (ICI), in [0, 1].
        largest_gap: Largest distance between observed and expected among tenths of the rows by forecast.
        curve: float64 [n], the smooth calibration curve at each row's forecast.
        n: Rows in all.
        seen: Those of them whose outcome at the horizon is known.
    """

    observed: float
    expected: float
    intercept: float
    slope: float | None
    ici: float
    largest_gap: float
    curve: Floats
    n: int
    seen: int


def calibration_at(
    probability: Floats, duration: Floats, cause: Ints, *, horizon: float, weight: Floats | None = None
) -> Calibration:
    """
    Compare forecasts of cause 1 by one horizon with what came.

    Args:
        probability: n, forecast of cause 1 by the horizon, in [0, 1].
        duration: n, days from the moment of the forecast, finite, >= 0.
        cause: n, 1, 2, or 0 where the end was not seen.
        horizon: Days.
        weight: n, >= 0; None is 1 each.
    Returns:
        The comparison. O(n log n).
    Raises:
        NotEnoughData: If fewer than 100 rows are known at the horizon, or cause 1 came to none or to all of them.
        ValueError: If lengths differ, or a forecast is not in [0, 1].
    Source:
        Cox (1958), Biometrika 45:562 (intercept and slope); Austin & Steyerberg (2019), Statist. Med. 38:4051 (ICI;
        smoother as in Austin, Harrell & van Klaveren 2020, Statist. Med. 39:2714, but logistic and weighted). With
        equal weights and a horizon that some wait reaches, `observed` is the Aalen-Johansen estimate.
    """
    weight = np.ones(len(duration)) if weight is None else weight
    if {len(probability)} != {len(duration), len(cause), len(weight)}:
        raise ValueError("each row needs a forecast, a duration, a cause and a weight")
    if not bool(((probability >= 0) & (probability <= 1)).all()):
        raise ValueError("a forecast is a probability")
    known = weight * censoring_weights(duration, cause, horizon=np.array([horizon]), weight=weight)[:, 0]
    came = (cause == 1) & (duration <= horizon)
    seen = int(np.count_nonzero(known))
    if seen < 10 * LEAST_GROUP:
        raise NotEnoughData(have=seen, need=10 * LEAST_GROUP)
    observed = float(known @ came / known.sum())
    if not 0 < observed < 1:
        raise NotEnoughData(have=0, need=1)
    near = np.clip(probability, NEAREST, 1 - NEAREST)
    logit = np.log(near / (1 - near))
    # About their mean and in their own spread, so that forecasts that lie close together keep their digits.
    middle, spread = float(logit.mean()), float(logit.std())
    alike = spread < ALIKE
    own = np.zeros(len(logit)) if alike else (logit - middle) / spread
    level, rise = _logistic(np.stack((np.ones(len(own)), own), axis=1), came, known)
    slope = None if alike else float(rise / spread)
    spline = _spline(own)
    curve = _chance(spline @ _logistic(spline, came, known))
    return Calibration(
        observed=observed,
        expected=float(np.average(probability, weights=weight)),
        intercept=float(level - (middle if slope is None else slope * middle)),
        slope=slope,
        ici=float(np.average(np.abs(curve - probability), weights=weight)),
        largest_gap=_largest_gap(probability, came, known=known, weight=weight),
        curve=curve,
        n=len(duration),
        seen=seen,
    )


def _chance(log_odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
    return chance


def _logistic(columns: Floats, came: NDArray[np.bool_], weight: Floats) -> Floats:
    """Weighted maximum likelihood by Newton's method, from the common share, each step halved until it gains."""

    def height(at: Floats) -> float:
        odds = columns @ at
        return float(weight @ (came * odds - np.logaddexp(0.0, odds)))

    found = np.zeros(columns.shape[1])
    share = float(weight @ came / weight.sum())
    found[0] = np.log(share / (1 - share))
    for _ in range(STEPS):
        chance = _chance(columns @ found)
        slope = columns.T @ (weight * (came - chance))
        bend = (columns * (weight * chance * (1 - chance))[:, None]).T @ columns
        # Forecasts that are all alike leave columns that repeat each other: the least step does for all of them.
        step = np.linalg.lstsq(bend, slope, rcond=1e-12)[0]
        reach, now = 1.0, height(found)
        while height(found + reach * step) < now and reach > 1e-9:
            reach /= 2
        found = found + reach * step
        if float(slope @ step) <= SETTLED * weight.sum():
            break
    return found


def _spline(at: Floats) -> Floats:
    """[n, 2 to 5]: one, the value, and restricted cubic terms, linear beyond the outer knots."""
    knots = np.unique(np.quantile(at, KNOTS))
    columns = [np.ones(len(at)), at]
    if len(knots) > 2:
        last, next_to_last, span = knots[-1], knots[-2], (knots[-1] - knots[0]) ** 2

        def cube(knot: float) -> Floats:
            return np.asarray(np.maximum(at - knot, 0.0) ** 3)

        for knot in knots[:-2]:
            inner = cube(next_to_last) * (last - knot) - cube(last) * (next_to_last - knot)
            columns.append((cube(knot) - inner / (last - next_to_last)) / span)
    return np.stack(columns, axis=1)


def _largest_gap(probability: Floats, came: NDArray[np.bool_], *, known: Floats, weight: Floats) -> float:
    """Among tenths by forecast; equal forecasts stay together."""
    _, which = np.unique(probability, return_inverse=True)
    level = np.bincount(which, weights=weight)
    middle = (np.cumsum(level) - level / 2) / level.sum()
    group = np.minimum((middle * 10).astype(np.int64), 9)[which]
    seen, hits, rows, summed, count = (
        np.bincount(group, weights=each, minlength=10)
        for each in (known, known * came, weight, weight * probability, (known > 0).astype(np.float64))
    )
    enough = (count >= LEAST_GROUP) & (rows > 0)
    return float(np.abs(hits[enough] / seen[enough] - summed[enough] / rows[enough]).max(initial=0.0))
