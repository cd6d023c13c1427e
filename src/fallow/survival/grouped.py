"""
Medians of many groups in one pass: what `median_with_interval(kaplan_meier(...))` gives for each, without a loop.

A record of years has hundreds of months, each with a curve of its own of which only the median is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.survival.clustered import ROUNDING_OF_VARIANCE
from fallow.survival.median import HALF, ROUNDING, Estimate, within_tick

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Z_95: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The event times of all groups, one after the other: [k] each; `begin` [k] is the first step of its group."""

    time: Floats
    group: Ints
    at_risk: Ints
    events: Ints
    begin: Ints


def grouped_medians(
    duration: Floats, observed: Bools, *, cluster: Ints, group: Ints, widen: Floats, tick: float = 0.0
) -> tuple[Estimate, ...]:
    """
    Estimate the median of each group, with 95 % limits by clusters.

    Args:
        duration: n durations, days, finite, >= 0.
        observed: n, whether the end was seen.
        cluster: n, number of what each belongs to, >= 0; a cluster that lies in two groups is one in each.
        group: n, number of the group of each, 0 <= group < groups.
        widen: Of each of `groups` groups a factor on the standard error, >= 1: 1 gives the limits of the normal
            curve, more is for few clusters. A group without any duration has no median.
        tick: As in `median_with_interval`.
    Returns:
        One estimate a group, in their order. O(n log n).
    Source:
        As `kaplan_meier`, `clustered_variance` and `median_with_interval`; a test holds them to each other.
    """
    groups = len(widen)
    size = np.bincount(group, minlength=groups)
    if len(duration) == 0:
        return (Estimate(None, None, None, 0, 0),) * groups
    order = _by_group_then(duration, group, groups)
    ordered, seen, of = duration[order], observed[order], group[order]
    steps, step_of = _steps(ordered, seen, of, size)
    log_survival, alive = _log_survival(steps)
    # Back in the order of the rows, where those of a cluster are neighbours already and sorting is cheap.
    step_of_row = np.empty(len(order), np.int64)
    step_of_row[order] = step_of
    variance = _variance(steps, step_of_row, observed, group * (np.int64(cluster.max()) + 1) + cluster)
    width = np.zeros(len(steps.time))
    width[alive] = Z_95 * widen[steps.group[alive]] * np.sqrt(variance[alive]) / -log_survival[alive]
    survival = np.where(alive, np.exp(log_survival), 0.0)
    lower = np.where(alive, np.exp(log_survival * np.exp(width)), 0.0)
    upper = np.where(alive, np.exp(log_survival * np.exp(-width)), 1.0)
    # Where nobody is left the upper limit is carried on; what reached one half has done so before.
    value = _first_at_most_half(steps, survival, groups, tick=0.0)
    low, high = (_first_at_most_half(steps, height, groups, tick=tick) for height in (lower, upper))
    unseen = np.bincount(group[~observed], minlength=groups)
    return tuple(
        Estimate(
            value=middle, lower=_or_none(min, down, middle), upper=_or_none(max, up, middle), n=n, censored=censored
        )
        for middle, down, up, n, censored in zip(value, low, high, size.tolist(), unseen.tolist(), strict=True)
    )


def _or_none(of: Callable[[float, float], float], limit: float | None, middle: float | None) -> float | None:
    return limit if limit is None or middle is None else of(limit, middle)


def _by_group_then(duration: Floats, group: Ints, groups: int) -> Ints:
    """The rows by group, then by duration. Numbers of 16 bits are sorted by their digits, in O(n)."""
    order = np.argsort(duration)
    small = group[order].astype(np.uint16 if groups <= 2**16 else np.int64)
    return order[np.argsort(small, kind="stable")]


def _steps(ordered: Floats, seen: Bools, of: Ints, size: Ints) -> tuple[_Steps, Ints]:
    """The event times, and of each duration the last step at or before it within its group, or -1."""
    fresh = np.append(True, (ordered[1:] != ordered[:-1]) | (of[1:] != of[:-1]))
    first = np.flatnonzero(fresh)
    events = np.add.reduceat(seen.astype(np.int64), first)
    ends = np.cumsum(size)
    at_risk = ends[of[first]] - first
    kept = events > 0
    group = of[first][kept]
    begin = np.searchsorted(group, group, side="left")
    steps = _Steps(ordered[first][kept], group, at_risk[kept], events[kept], begin)
    last = (np.cumsum(kept) - 1)[np.cumsum(fresh) - 1]
    inside = last >= 0
    inside[inside] = group[last[inside]] == of[inside]
    return steps, np.where(inside, last, -1)


def _log_survival(steps: _Steps) -> tuple[Floats, Bools]:
    """Log S at each step, and whether anybody is left; where nobody is, the value is that of the step before."""
    left = steps.at_risk - steps.events
    alive = left > 0
    log = np.log(np.where(alive, left, 1) / np.where(alive, steps.at_risk, 1))
    return _within(log, steps.begin), alive


def _within(each: NDArray[np.number], begin: Ints) -> Floats:
    """Running sums that begin anew with each group."""
    running = np.append(0.0, np.cumsum(each))
    summed: Floats = running[1:] - running[begin]
    return summed


def _variance(steps: _Steps, step_of: Ints, seen: Bools, cluster: Ints) -> Floats:
    """As `clustered_variance`, all groups at once; `cluster` numbers the clusters of all groups apart."""
    k = len(steps.time)
    left = (steps.at_risk - steps.events).astype(np.float64)
    inverse = np.divide(1.0, left, out=np.zeros(k), where=left > 0)
    hazard = _within(steps.events / steps.at_risk * inverse, steps.begin)
    # Those cut off before the first event of their group never count.
    counted = step_of >= 0
    member = cluster[counted]
    step = step_of[counted]
    order = np.argsort(member * np.int64(k) + step, kind="stable")
    influence = (hazard[step] - np.where(seen[counted], inverse[step], 0.0))[order]
    step, member = step[order], member[order]
    fresh = np.append(True, member[1:] != member[:-1])[: len(member)]
    begin = np.flatnonzero(fresh)
    size = np.diff(np.append(begin, len(member)))
    nth = np.cumsum(fresh) - 1
    # Of each cluster after each leaving: how many are left, and the sum of the influences of those gone.
    remain = (begin + size)[nth] - np.arange(len(member)) - 1.0
    gone = _within(influence, begin[nth])
    earlier = gone - influence

    def summed(change: NDArray[np.floating]) -> Floats:
        return _within(np.bincount(step, weights=change, minlength=k), steps.begin)

    squares = summed(gone**2 - earlier**2)
    crossed = summed(gone * remain - earlier * (remain + 1))
    at_first = np.bincount(steps.group[step[begin]], weights=size**2)
    sizes = at_first[steps.group] - summed(2 * remain + 1)
    variance: Floats = squares + 2 * hazard * crossed + hazard**2 * sizes
    return np.where(variance > ROUNDING_OF_VARIANCE, variance, 0.0)


def _first_at_most_half(steps: _Steps, height: Floats, groups: int, *, tick: float) -> list[float | None]:
    reached = np.flatnonzero(height <= HALF * (1 + ROUNDING))
    group, first = np.unique(steps.group[reached], return_index=True)
    at = reached[first]
    before = np.where(at > steps.begin[at], height[at - 1], 1.0)
    times = within_tick(steps.time[at], before, height[at], tick=tick)
    found: list[float | None] = [None] * groups
    for each, time in zip(group.tolist(), times.tolist(), strict=True):
        found[each] = time
    return found
