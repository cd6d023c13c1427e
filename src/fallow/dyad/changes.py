"""
When did it change: which weekly series of the two sides moved before a given day, when, and by how much.

Each of the eight series (weekly.py) is asked for one ramp (ramps.py): the largest, where there were several. A change
is said only where chance gives as much in fewer than one of twenty records for all eight together, and where it
changed by a quarter or more: in a year of weeks a drift too small to notice is often certain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts
from fallow.dyad.ramps import Found, Ramps, all_ramps, find_ramps, place_of
from fallow.dyad.shares import Z_95
from fallow.dyad.weekly import SeriesName, Waits, WeeklySeries, read_weeks
from fallow.errors import NotEnoughData
from fallow.messages import MessageTable

MIN_CHANGE_WEEKS: Final = 26
"""Under half a year no level stands out that a change could lead away from."""
MIN_TOLD_WEEKS: Final = 20
"""Weeks that hold anything of a series."""
MIN_IN_SERIES: Final[dict[SeriesName, int]] = {"volume": 100, "openings": 40, "latency": 100, "words": 100}
"""Under four or so a week, and under one or two openings, a week is mostly chance. Of waits, answered ones count."""
FALSE_ALARMS: Final = 0.05
"""For the family of eight."""
CLEAR: Final = 1.25
"""A change is at least by this factor, up or down."""
FACTORS: Final = np.linspace(-math.log(16), math.log(16), 65)
"""Log factors of latency that are tried."""
HALF_A_WEEK: Final = 0.5
"""Ramps begin with a week; the true one begins on some day of it."""
NEGLIGIBLE: Final = math.log(1e-4)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Change:
    """
    One change; days are days since 1970-01-01, all limits hold 95 %.

    Args:
        begins: Where it starts to move.
        middle: Half way.
        earliest, latest: Limits of the middle, earliest <= middle <= latest.
        ratio: Level after over level before, > 0. Of latency: the factor by which waits grew.
        lower, upper: Limits of the ratio.
    """

    begins: int
    middle: int
    earliest: int
    latest: int
    ratio: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """
    What one series shows.

    Args:
        series: Which.
        side: EGO or ALTER.
        n: Messages, bouts, waits or texts that were read.
        weeks: Weeks that hold any, or for counts all weeks.
        p: Adjusted for all series that were tested; None where too little.
        change: None where no change is clear, the ordinary answer.
        too_little: Whether it was left out of the test.
    """

    series: SeriesName
    side: int
    n: int
    weeks: int
    p: float | None
    change: Change | None
    too_little: bool


@dataclass(frozen=True, slots=True)
class When:
    """The one ramp that fits all series that moved: begin, middle and 95 % limits of the middle, days since 1970."""

    begins: int
    middle: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class ChangeReading:
    """Eight series: volume, openings, latency, words, each of ego, then of alter; `weeks` were read before `before`."""

    before: int
    weeks: int
    series: tuple[SeriesReading, ...]
    together: When | None = None

    @property
    def moved(self) -> tuple[SeriesReading, ...]:
        """Those with a clear change."""
        return tuple(one for one in self.series if one.change is not None)


def read_changes(table: MessageTable, bouts: Bouts, *, before: int, rng: np.random.Generator) -> ChangeReading:
    """
    Read which weekly series of the two sides changed before a day.

    Args:
        table: n messages; reactions among them are left out.
        bouts: The bouts of its messages.
        before: The day of the breakup, days since 1970-01-01; nothing from it on is looked at.
        rng: The source of the draws that p is counted from; one state gives one reading.
    Returns:
        All eight series, moved or not. O(n), and about a tenth of a second for the draws.
    Raises:
        NotEnoughData: Under MIN_CHANGE_WEEKS weeks.
    Source:
        See `find_ramps`; error rates and power, measured: docs/explanation/changes.md.
    """
    weeks = read_weeks(table.written(), bouts, before)
    if len(weeks.place) < MIN_CHANGE_WEEKS:
        raise NotEnoughData(have=len(weeks.place), need=MIN_CHANGE_WEEKS)
    told = [one.weeks >= MIN_TOLD_WEEKS and one.seen >= MIN_IN_SERIES[one.series] for one in weeks.series]
    ramps = all_ramps(weeks.place)
    weight = np.stack([one.weight * enough for one, enough in zip(weeks.series, told, strict=True)])
    found = find_ramps(np.stack([one.value for one in weeks.series]), weight, ramps, rng)
    changes = [
        _change(one, found, i, ramps, first=weeks.first) if enough and found.p[i] <= FALSE_ALARMS else None
        for i, (one, enough) in enumerate(zip(weeks.series, told, strict=True))
    ]
    series = tuple(
        SeriesReading(one.series, one.side, one.n, one.weeks, float(p) if enough else None, change, not enough)
        for one, p, change, enough in zip(weeks.series, found.p, changes, told, strict=True)
    )
    moved = [i for i, change in enumerate(changes) if change is not None]
    together = _when(_joint(found, moved, wary=False), _joint(found, moved, wary=True), ramps, weeks.first)
    return ChangeReading(before, len(weeks.place), series, together if moved else None)


def _change(one: WeeklySeries, found: Found, i: int, ramps: Ramps, *, first: int) -> Change | None:
    """What a series that moved did; None where it moved too little to speak of."""
    log_weight, wary = _joint(found, [i], wary=False), _joint(found, [i], wary=True)
    likely = wary - wary.max() > NEGLIGIBLE
    share = np.exp(wary[likely] - wary.max())
    share = share / share.sum()
    inflation = float(found.inflation[i])
    if one.waits is not None:
        shape = ramps.shape[int(log_weight.argmax())]
        middle, lower, upper = _latency_factor(one.waits, one.weight, shape, inflation)
    else:
        log_ratio, error = _log_ratios(one, ramps.shape[likely], inflation)
        middle = float(share @ log_ratio)
        half = Z_95 * math.sqrt(float(share @ (error**2 + (log_ratio - middle) ** 2)))
        lower, upper = middle - half, middle + half
    if abs(middle) < math.log(CLEAR):
        return None
    when = _when(log_weight, wary, ramps, first)
    return Change(
        when.begins,
        when.middle,
        when.earliest,
        when.latest,
        ratio=math.exp(middle),
        lower=math.exp(lower),
        upper=math.exp(upper),
    )


def _joint(found: Found, moved: list[int], *, wary: bool) -> Floats:
    """
    Log weights of one ramp for several series that moved, [k]; `wary` of a slow wander, for limits.

    Their sum, over the number of times that the same is said: series of which each two correlate by r tell as much
    as m / (1 + (m - 1) r) that do not.
    """
    m = len(moved)
    width = found.inflation[moved, None] if wary else 1.0
    # Sorted before they are added, so that the order of the sides changes no bit.
    total = np.sort((found.z[moved] / width) ** 2 / 2, axis=0).sum(axis=0)
    pairs = [float(found.alike[a, b]) for a in moved for b in moved if a < b]
    shared = max(math.fsum(pairs) / len(pairs), 0.0) if pairs else 0.0
    return np.asarray(total / (1 + (m - 1) * shared))


def _when(log_weight: Floats, wary: Floats, ramps: Ramps, first: int) -> When:
    """Medians of begin and middle over all ramps, and where 95 in 100 of the middles lie, with half a week, as days."""

    def day(weight: Floats, at: Floats, share: float, more: float = 0.0) -> int:
        return first + math.floor(7 * (place_of(weight, at, share) + more))

    middle = day(log_weight, ramps.middle, 0.5)
    return When(
        begins=day(log_weight, ramps.begin, 0.5),
        middle=middle,
        earliest=min(day(wary, ramps.middle, 0.025, -HALF_A_WEEK), middle),
        latest=max(day(wary, ramps.middle, 0.975, HALF_A_WEEK), middle),
    )


def _log_ratios(one: WeeklySeries, shape: Floats, inflation: float) -> tuple[Floats, Floats]:
    """Log of after over before, with its standard error, for each of k ramps; for counts by quasi-likelihood."""
    if one.series == "words":
        before, after, spread = _levels(one.value, np.broadcast_to(one.weight, shape.shape), shape)
        variance = spread[0] + spread[1] - 2 * spread[2]
        return after - before, inflation * np.sqrt(variance)
    least_before, least_after = 0.5 / (1 - shape).sum(axis=1), 0.5 / np.maximum(shape.sum(axis=1), 0.5)
    weight = np.ones(shape.shape)
    for _ in range(3):
        before, after, spread = _levels(one.count, weight, shape)
        before, after = np.maximum(before, least_before), np.maximum(after, least_after)
        weight = 1 / (before[:, None] * (1 - shape) + after[:, None] * shape)
    variance = spread[0] / before**2 + spread[1] / after**2 - 2 * spread[2] / (before * after)
    return np.log(after / before), inflation * np.sqrt(np.maximum(variance, 0.0))


def _levels(value: Floats, weight: Floats, shape: Floats) -> tuple[Floats, Floats, tuple[Floats, Floats, Floats]]:
    """Weighted least squares for the levels before and after k ramps, and their variances and covariance, each [k]."""
    rest = 1 - shape
    aa, bb, ab = (weight * rest**2).sum(1), (weight * shape**2).sum(1), (weight * rest * shape).sum(1)
    a, b = (weight * rest * value).sum(1), (weight * shape * value).sum(1)
    determinant = np.maximum(aa * bb - ab**2, 1e-12)
    before, after = (bb * a - ab * b) / determinant, (aa * b - ab * a) / determinant
    left = value - before[:, None] * rest - after[:, None] * shape
    scale = (weight * left**2).sum(1) / max(int(np.count_nonzero(weight[0])) - 3, 1) / determinant
    return before, after, (scale * bb, scale * aa, -scale * ab)


def _latency_factor(waits: Waits, weight: Floats, shape: Floats, inflation: float) -> tuple[float, float, float]:
    """
    The log factor by which waits grew along a ramp, with its limits.

    The factor is right when waits, made shorter by it along the ramp, show no change any more.

    Source:
        Wei, Ying and Lin (1990), Biometrika 77:845, for censored waits. Differs from it in: one covariate, weeks as
        units, and a grid of factors.
    """

    def change(log_factor: float) -> tuple[float, float]:
        before, after, spread = _levels(waits.mean_scores(log_factor * shape), weight[None], shape[None])
        return float(after[0] - before[0]), math.sqrt(float(spread[0][0] + spread[1][0] - 2 * spread[2][0]))

    half = Z_95 * inflation * change(0.0)[1]
    left = np.minimum.accumulate([change(float(log_factor))[0] for log_factor in FACTORS])

    def where(level: float) -> float:
        return float(np.interp(-level, -left, FACTORS))

    return where(0.0), where(half), where(-half)
