"""
How long each side took to answer: the curve and its median, over the record, by month, by quarter, by hour of day.

A wait belongs to the local hour, and to the weeks, in which it began. Unanswered waits are censored. The waits of one
bout resemble each other, so limits take bouts, not waits, as independent. A source that writes whole minutes gives
each wait up to a minute too long or too short: limits take it as spread over half a minute on either side, and a median
below one tick is known only as "under" it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.clusters import MIN_CLUSTERS
from fallow.dyad.means import t_975
from fallow.dyad.periods import WEEKS_IN_MONTH, WEEKS_IN_QUARTER, Periods, periods_of
from fallow.dyad.replies import MIN_REPLIES, Replies, ReplyLatencies
from fallow.dyad.shares import Z_95
from fallow.messages import MessageTable
from fallow.survival import Estimate, SurvivalCurve, grouped_medians, kaplan_meier, median_with_interval

HOUR_US: Final = 3_600_000_000
HOURS_IN_BLOCK: Final = 3
BLOCKS: Final = 24 // HOURS_IN_BLOCK
SPREAD_ERROR: Final = 24
"""Waits do not lie quite evenly within a tick. That shifts a median of a tick or more by under a 24th of one (the
error of the midpoint rule), which matters from some ten thousand answers on; the limits have it added."""


@dataclass(frozen=True, slots=True)
class Waited:
    """
    Waits for one side's answer that belong together.

    Args:
        n: All of them.
        answered: Those whose answer was seen.
        median: Days, with 95 % limits (the upper one None where the waits do not reach far enough); None under
            MIN_REPLIES answers or MIN_CLUSTERS bouts.
        under_tick: Whether the median is known only as under the tick of the source.
    """

    n: int
    answered: int
    median: Estimate | None
    under_tick: bool


@dataclass(frozen=True, slots=True)
class WaitedInPeriod:
    """The waits that began in `weeks` local weeks from a Monday (days since 1970-01-01)."""

    monday: int
    weeks: int
    waited: Waited


@dataclass(frozen=True, slots=True)
class WaitedByHour:
    """The waits that began at `hour` o'clock, local time, or in the two hours after it."""

    hour: int
    waited: Waited


@dataclass(frozen=True, slots=True)
class Latency:
    """
    How soon one side answered.

    Args:
        overall: All waits for it.
        curve: Their survival curve, its limits by bout, at written times; None where nobody waited.
        months: Stretches of four weeks, oldest first.
        quarters: Stretches of 13 weeks, for where a month holds too few.
        hours: Eight blocks of three hours, from midnight on.
    """

    overall: Waited
    curve: SurvivalCurve | None
    months: tuple[WaitedInPeriod, ...]
    quarters: tuple[WaitedInPeriod, ...]
    hours: tuple[WaitedByHour, ...]


@dataclass(frozen=True, slots=True)
class Latencies:
    """By who is asked to answer."""

    ego: Latency
    alter: Latency


def measure_latencies(table: MessageTable, replies: Replies) -> Latencies:
    """
    Measure how soon each side answered, and when it was sooner or later.

    Args:
        table: n >= 1 messages.
        replies: The waits of this table.
    Returns:
        The same for both sides; the waits of months, of quarters and of hours each add up to all. O(n log n).
    Source:
        Kaplan & Meier (1958) and Brookmeyer & Crowley (1982), see `survival`. Differs from them in: limits by bout,
        with Student's point for as many bouts, and spread within a tick.
    """
    months, quarters = periods_of(table, WEEKS_IN_MONTH), periods_of(table, WEEKS_IN_QUARTER)

    def of(waits: ReplyLatencies) -> Latency:
        block = waits.local // (HOURS_IN_BLOCK * HOUR_US) % BLOCKS
        curve = curve_of(waits)
        return Latency(
            overall=waited(waits, curve),
            curve=curve,
            months=_by_period(waits, months),
            quarters=_by_period(waits, quarters),
            hours=tuple(
                WaitedByHour(i * HOURS_IN_BLOCK, each) for i, each in enumerate(_waited_by(waits, block, BLOCKS))
            ),
        )

    return Latencies(ego=of(replies.ego), alter=of(replies.alter))


def curve_of(waits: ReplyLatencies) -> SurvivalCurve | None:
    """The survival curve of waits, limits by bout; None where there are none."""
    if len(waits) == 0:
        return None
    return kaplan_meier(waits.duration, waits.observed, cluster=waits.bout, widen=_widen(_bouts(waits)))


def waited(waits: ReplyLatencies, curve: SurvivalCurve | None) -> Waited:
    """Sum waits up; `curve` is theirs."""
    if curve is None:
        return Waited(0, 0, None, under_tick=False)
    return _waited(median_with_interval(curve, waits.resolution), _bouts(waits), waits.resolution)


def _bouts(waits: ReplyLatencies) -> int:
    return 1 + int(np.count_nonzero(np.diff(waits.bout)))


def _by_period(waits: ReplyLatencies, periods: Periods) -> tuple[WaitedInPeriod, ...]:
    found = _waited_by(waits, periods.index(waits.local), len(periods))
    return tuple(
        WaitedInPeriod(monday, weeks, each) for (monday, weeks), each in zip(periods.spans(), found, strict=True)
    )


def _waited_by(waits: ReplyLatencies, group: NDArray[np.int64], groups: int) -> list[Waited]:
    """Sum up the waits of each group; `group` int64 [m] in [0, groups)."""
    bouts = _distinct(group, waits.bout, groups)
    widen = np.array([_widen(each) for each in bouts])
    medians = grouped_medians(
        waits.duration, waits.observed, cluster=waits.bout, group=group, widen=widen, tick=waits.resolution
    )
    return [_waited(found, of, waits.resolution) for found, of in zip(medians, bouts, strict=True)]


def _widen(bouts: int) -> float:
    """What few clusters add to a standard error: Student's point for the normal one, and their own mean."""
    if bouts < MIN_CLUSTERS:
        return 1.0
    return t_975(bouts - 1) / Z_95 * math.sqrt(bouts / (bouts - 1))


def _waited(found: Estimate, bouts: int, tick: float) -> Waited:
    answered = found.n - found.censored
    if answered < MIN_REPLIES or bouts < MIN_CLUSTERS:
        return Waited(found.n, answered, None, under_tick=False)
    under = found.value is not None and found.value < tick
    more = tick / SPREAD_ERROR
    lower = None if found.lower is None else max(found.lower - more, 0.0)
    wider = replace(found, lower=lower, upper=None if found.upper is None else found.upper + more)
    return Waited(found.n, answered, wider, under_tick=under)


def _distinct(group: NDArray[np.int64], bout: NDArray[np.int64], groups: int) -> list[int]:
    """How many bouts each group has; the bouts of waits never fall, so within a group equal ones are neighbours."""
    order = np.argsort(group.astype(np.uint16 if groups <= 2**16 else np.int64), kind="stable")
    group, bout = group[order], bout[order]
    fresh = np.append(True, (group[1:] != group[:-1]) | (bout[1:] != bout[:-1]))[: len(group)]
    found: list[int] = np.bincount(group[fresh], minlength=groups).tolist()
    return found
