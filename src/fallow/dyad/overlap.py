"""
How alike the two clocks are: in which hours of the week each side writes.

Two numbers, because the well-known one is biased. The overlap (the sum of the lesser shares of each hour) is what two
histograms have in common; with few messages chance alone keeps it well under 1, even for two people who keep the very
same hours. The likeness compares only messages of different weeks, and so has no such bias: how much oftener than two
messages of one side do one of each fall into the same hour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.clusters import MIN_CLUSTERS
from fallow.dyad.means import t_975
from fallow.dyad.rhythm import HOURS_OF_WEEK, MIN_CLOCK_MESSAGES, hour_of_week
from fallow.dyad.unseen import inside_unseen
from fallow.dyad.volume import local_week
from fallow.messages import ALTER, EGO, MessageTable

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST_GROUPS: Final = 100
"""Weeks are compared two by two; from here on more of them make the limits dearer and no better."""


@dataclass(frozen=True, slots=True)
class ClockOverlap:
    """
    What two clocks have in common.

    Args:
        n: Messages of ego, and of alter.
        weeks: Weeks in which at least one of them wrote.
        overlap: Sum over 168 hours of the lesser share, in [0, 1]; biased towards 0 with few messages.
        likeness: 0 where they never share an hour, 1 where their hours are the same.
        lower: 95 % limit of the likeness.
        upper: 95 % limit of the likeness.
    """

    n: tuple[int, int]
    weeks: int
    overlap: float
    likeness: float
    lower: float
    upper: float


def clock_overlap(table: MessageTable) -> ClockOverlap | None:
    """
    Compare in which hours of the week the two sides write.

    Args:
        table: n messages; those in unseen periods are left out.
    Returns:
        None where a side has under MIN_CLOCK_MESSAGES, or under MIN_CLUSTERS weeks hold any. O(n + 168 weeks).
    Source:
        Overlap: Weitzman (1970). Likeness: Morisita (1959), Mem. Fac. Sci. Kyushu Univ. E 3:65, as simplified by Horn
        (1966), American Naturalist 100:419. Differs from it in: only pairs of messages of different weeks count, so
        that a long evening is not taken for a habit. Limits by the delete-a-week jackknife, corrected for its
        second-order bias (Efron & Stein 1981, Annals of Statistics 9:586); over MOST_GROUPS weeks, neighbours are
        taken together.
    """
    seen = ~inside_unseen(table)
    if not bool(seen.any()):
        return None
    week = local_week(table.local[seen])
    week -= week.min()
    written = np.bincount(week) > 0
    weeks = int(np.count_nonzero(written))
    groups = min(weeks, MOST_GROUPS)
    group = ((np.cumsum(written) - 1) * groups // weeks)[week]
    place = (table.sender[seen] * np.int64(groups) + group) * HOURS_OF_WEEK + hour_of_week(table)[seen]
    counts = np.bincount(place, minlength=2 * groups * HOURS_OF_WEEK).astype(np.int64)
    ego, alter = counts.reshape(2, groups, HOURS_OF_WEEK)
    n = int(ego.sum()), int(alter.sum())
    if min(n) < MIN_CLOCK_MESSAGES or weeks < MIN_CLUSTERS:
        return None
    found = _likeness(ego, alter)
    if found is None:
        return None
    value, error = found
    half = t_975(len(ego) - 1) * error
    shared = float(np.minimum(ego.sum(axis=0) / n[EGO], alter.sum(axis=0) / n[ALTER]).sum())
    # An estimate without bias reads a little over 1 as often as under it where two clocks are the same; nothing is.
    lower, upper = (min(max(limit, 0.0), 1.0) for limit in (value - half, value + half))
    return ClockOverlap(n, weeks, shared, min(value, 1.0), lower, upper)


def _likeness(ego: Ints, alter: Ints) -> tuple[float, float] | None:
    """Likeness and its standard error from counts [w, 168] of each side; None where it has no value."""
    with np.errstate(divide="ignore", invalid="ignore"):
        # A side that wrote in one week alone has no pairs of different weeks: 0 / 0.
        under = [a + b for a, b in zip(_chances(ego, ego), _chances(alter, alter), strict=True)]
        values = [2 * cross / each for cross, each in zip(_chances(ego, alter), under, strict=True)]
    whole, without_one, without_two = values
    m = len(without_one)
    np.fill_diagonal(without_two, 0.0)
    if not all(bool(np.isfinite(each).all()) for each in values):
        return None
    variance = float(((without_one - without_one.mean()) ** 2).sum()) * (m - 1) / m
    # What two weeks have in common by chance alone the jackknife counts twice.
    second = m * whole - (m - 1) * (without_one[:, None] + without_one) + (m - 2) * without_two
    np.fill_diagonal(second, 0.0)
    twice = float((second**2).sum()) / 2 / m**2
    return float(whole[0]), math.sqrt(max(variance - twice, variance / 2))


def _chances(a: Ints, b: Ints) -> tuple[Floats, Floats, Floats]:
    """
    The chance that two messages of different weeks, one of `a` and one of `b`, lie in one hour of the week.

    From all weeks; without each, [w]; without each two, [w, w]. Whole numbers up to the division, so that
    swapping the sides changes no bit.
    """
    in_hour, in_all = a @ b.T, np.outer(a.sum(axis=1), b.sum(axis=1))
    whole, one, two = zip(_left(in_hour), _left(in_all), strict=True)
    return whole[0] / whole[1], one[0] / one[1], two[0] / two[1]


def _left(pairs: Ints) -> tuple[Ints, Ints, Ints]:
    """How many pairs of different weeks are left of [w, w]: of all, without each week, without each two."""
    apart = pairs + pairs.T
    np.fill_diagonal(apart, 0)
    of_each = apart.sum(axis=1)
    whole = of_each.sum(keepdims=True) // 2
    return whole, whole - of_each, whole - of_each[:, None] - of_each + apart
