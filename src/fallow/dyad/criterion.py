"""
The bout criterion: from which silence on the next message begins something new, learned from the record itself.

Gaps between neighbouring messages are of two kinds, inside a bout and between bouts, and on a log scale each is
close to a normal curve. Where the two curves, weighted, cross, a gap is as likely of one kind as of the other.
Gaps under two minutes are known only as that: sources that write whole minutes cannot tell them apart, and a
spike of zeros would pull the first curve together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.unseen import hidden_gaps
from fallow.messages import MessageTable

MINUTE_US: Final = 60_000_000
HOUR_US: Final = 3_600_000_000
RANGE_US: Final = (1 * HOUR_US, 12 * HOUR_US)
"""No criterion outside 1–12 h: under an hour a meal splits a talk, over twelve a night does not."""
DEFAULT_US: Final = 6 * HOUR_US
"""Where nothing can be learned: the middle of what others use (30 min to 24 h), and shorter than a night."""
MIN_GAPS: Final = 200
"""Fewer hold too few gaps between bouts (often one in ten) to place the second curve."""

SHORT_US: Final = 2 * MINUTE_US
BINS_PER_LOG: Final = 40
LONGEST_LOG: Final = math.log(20 * 365 * 24 * HOUR_US)
MIN_SPREAD: Final = 0.3
BETWEEN_AT_LEAST: Final = math.log(4 * HOUR_US)
BETWEEN_SPREAD_AT_MOST: Final = 1.0
"""The curve between bouts lies no lower and no wider. Without this, where one side is slow to answer, the two
curves settle on typing and answering, and every slow answer would begin a bout (seen on simulated dyads)."""
MAX_STEPS: Final = 500
CONVERGED: Final = 1e-7

How = Literal["learned", "held to the range", "no two kinds of gap", "too little data"]


@dataclass(frozen=True, slots=True)
class BoutCriterion:
    """The longest silence inside a bout (microseconds), how it was found, and from how many gaps."""

    us: int
    how: How
    n_gaps: int

    @property
    def hours(self) -> float:
        return self.us / HOUR_US


@dataclass(frozen=True, slots=True)
class _Mixture:
    """Two normal curves over log gaps: inside bouts, between bouts. Each array is [2]."""

    weight: NDArray[np.float64]
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]


def learn_bout_criterion(table: MessageTable) -> BoutCriterion:
    """
    Learn from the gaps of a record where one bout ends and the next begins.

    Args:
        table: n messages; gaps that touch an unseen period are left out.
    Returns:
        A criterion in whole minutes within RANGE_US; DEFAULT_US where it cannot be learned. O(n).
    Source:
        Halfaker et al. (2015), WWW, "User session identification based on strong regularities in inter-activity
        time": two log-normal components by EM. Differs from it in: gaps are binned (40 bins a log unit), those
        under two minutes are left-censored, the second curve is kept at four hours or more, and the result is
        held to 1–12 h.
    """
    gaps = np.diff(table.at)[~hidden_gaps(table)]
    if len(gaps) < MIN_GAPS:
        return BoutCriterion(DEFAULT_US, "too little data", len(gaps))
    short_us = max(SHORT_US, 2 * table.resolution)
    long = gaps[gaps >= short_us]
    # A gap that reads two minutes on a clock of whole minutes was, more likely than not, over one and a half.
    floor = math.log(short_us - table.resolution / 2)
    bins = math.ceil((LONGEST_LOG - floor) * BINS_PER_LOG) + 1
    which = np.minimum(((np.log(long) - floor) * BINS_PER_LOG).astype(np.int64), bins - 1)
    counts = np.bincount(which, minlength=bins).astype(np.float64)
    centre = floor + (np.arange(bins) + 0.5) / BINS_PER_LOG
    filled = counts > 0
    crossing = _crossing(_fit(centre[filled], counts[filled], float(len(gaps) - len(long)), floor))
    if crossing is None:
        return BoutCriterion(DEFAULT_US, "no two kinds of gap", len(gaps))
    learned = round(math.exp(crossing) / MINUTE_US) * MINUTE_US
    held = min(max(learned, RANGE_US[0]), RANGE_US[1])
    return BoutCriterion(held, "learned" if held == learned else "held to the range", len(gaps))


def _fit(x: NDArray[np.float64], counts: NDArray[np.float64], short: float, floor: float) -> _Mixture | None:
    """Fit both curves to binned log gaps `x`, of which `short` more are known only to lie under `floor`."""
    total = counts.sum() + short
    apart = math.log(HOUR_US)
    over = float(counts[x >= apart].sum()) / total
    if over in (0.0, 1.0):
        return None
    fit = _Mixture(
        weight=np.array([1 - over, over]),
        mean=np.array([math.log(2 * MINUTE_US), math.log(10 * HOUR_US)]),
        spread=np.array([1.2, 1.0]),
    )
    for _ in range(MAX_STEPS):
        stepped = _step(fit, x, counts, short=short, floor=floor)
        moved = float(np.abs(stepped.mean - fit.mean).max())
        fit = stepped
        if moved < CONVERGED:
            break
    return fit


def _step(
    fit: _Mixture, x: NDArray[np.float64], counts: NDArray[np.float64], *, short: float, floor: float
) -> _Mixture:
    """One step of EM: share every gap out over the curves, then refit each curve to its part."""
    scaled = (x - fit.mean[:, None]) / fit.spread[:, None]
    height = (fit.weight / fit.spread)[:, None] * np.exp(-0.5 * scaled**2) + 1e-300
    part = height / height.sum(axis=0) * counts
    under, first, second = _below(fit, floor)
    part_short = fit.weight * under
    part_short = part_short / max(part_short.sum(), 1e-300) * short
    total = part.sum(axis=1) + part_short
    mean = (part @ x + part_short * first) / total
    square = ((x - mean[:, None]) ** 2 * part).sum(axis=1) + part_short * (second - 2 * mean * first + mean**2)
    spread = np.sqrt(np.maximum(square / total, MIN_SPREAD**2))
    mean[1], spread[1] = max(mean[1], BETWEEN_AT_LEAST), min(spread[1], BETWEEN_SPREAD_AT_MOST)
    return _Mixture(weight=total / total.sum(), mean=mean, spread=spread)


def _below(fit: _Mixture, floor: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """For each curve the probability under `floor`, and mean and mean square of what lies there."""
    alpha = (floor - fit.mean) / fit.spread
    normal = NormalDist()
    under = np.array([max(normal.cdf(a), 1e-12) for a in alpha])
    ratio = np.array([normal.pdf(a) for a in alpha]) / under
    first = fit.mean - fit.spread * ratio
    variance = fit.spread**2 * np.maximum(1 - alpha * ratio - ratio**2, 0.0)
    return under, first, variance + first**2


def _crossing(fit: _Mixture | None) -> float | None:
    """The log gap between both means at which the weighted curves meet; None where they do not."""
    if fit is None or fit.mean[0] >= fit.mean[1]:
        return None

    def lead(x: float) -> float:
        heights = np.log(fit.weight / fit.spread) - 0.5 * ((x - fit.mean) / fit.spread) ** 2
        return float(heights[0] - heights[1])

    low, high = float(fit.mean[0]), float(fit.mean[1])
    if lead(low) <= 0 or lead(high) >= 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lead(middle) > 0 else (low, middle)
    return (low + high) / 2
