"""
The hours of the week in which entries of one kind come more often than a person's own average.

What is modelled is whether an hour held an entry: two taps in one bad hour are one hour. With e the hours of a
weekday and clock hour that were observed, y those of them that held an entry, and Beta written by mean and shape,
B(m, k) = Beta(k, k (1 - m) / m):

    y[day, hour] | p            ~ Binomial(e[day, hour], p[day, hour])
    p[day, hour] | m            ~ B(m[hour], k_cell)            a cell is shrunk towards its hour of the day
    m[hour]                     ~ B(average, k_hour)            an hour of the day towards the average
    average                     = (N + 1/2) / (T + 12)          N of T hours, and a weak prior: once in 24 hours

k_hour and k_cell, how alike they are, are not fitted but averaged over by their evidence, equal on a grid from 1/2
(nothing alike) to 64 (all the same). Every integral is a sum on one grid of shares, even in log odds, so nothing is
drawn by chance and the same entries give the same answer. After Gelman et al. (2013), Bayesian Data Analysis, 3rd ed.,
section 5.3 (binomial counts, the parameters of their beta on a grid), with one level more; the average is plugged in.

Left out on purpose: neighbouring hours are not tied to each other, nor is a whole weekday, and the weeks are taken as
alike. Times are the clock on the wall, in whole hours since 1970-01-01T00:00 there; the hour a clock is put forward or
back is neither missed nor doubled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData

MIN_HELD: Final = 20
"""Hours that held an entry. Under 20 over 168 cells, hardly any pattern could be told from chance."""
MIN_DAYS: Final = 14
"""Days of observation: every weekday twice."""
WINDOW_DAYS: Final = 84
"""Days looked back at: twelve of each weekday, so that the first weeks do not speak for ever."""
WEEK: Final = 168
HOURS_FROM_MONDAY: Final = 72
"""1970-01-01 was a Thursday."""
CREDIBLE: Final = 0.95
HARDER: Final = 1.25
"""Times the average that a whole interval must pass: less would call most waking hours hard."""
PRIOR_HELD, PRIOR_HOURS = 0.5, 12.0
ALIKE: Final = 2.0 ** np.arange(-1, 7)
"""Shapes k, from nothing alike to all the same."""
GRID: Final = np.linspace(-11.5, 5.5, 137)
"""Log odds of a share: from 1 in 100,000 to 996 in 1,000."""
SHARES: Final = 1 / (1 + np.exp(-GRID))

Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HourShares:
    """
    The share of hours that hold an entry, for every hour of the week.

    Args:
        entries: How many were counted, two in one hour included.
        held: int64 [7, 24], Monday and midnight first: hours that held one.
        observed: int64 [7, 24]: hours there were.
        share: float64 [7, 24] in [0, 1]: posterior mean.
        lower, upper: float64 [7, 24]: its 95 % interval, equal tails.
        average: Share of all hours that held one.
    """

    entries: int
    held: NDArray[np.int64]
    observed: NDArray[np.int64]
    share: Grid
    lower: Grid
    upper: Grid
    average: float

    @property
    def days(self) -> int:
        """Days observed, rounded up."""
        return -(-int(self.observed.sum()) // 24)

    @property
    def hard(self) -> NDArray[np.bool_]:
        """bool [7, 24]: where the whole interval lies at least a quarter above the average."""
        return self.lower > HARDER * self.average


@dataclass(frozen=True, slots=True)
class HardHour:
    """An hour to come, in `ahead` hours, on a weekday (Monday 0), and what its share of entries may be."""

    ahead: int
    weekday: int
    hour: int
    share: float
    lower: float
    upper: float


def count_hours(at: NDArray[np.int64], since: int, until: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Count, for every hour of the week, the hours that held an entry and those there were.

    Args:
        at: [n] local hours since 1970; those outside the span are left out.
        since: First hour observed.
        until: First hour no longer observed, >= since.
    Returns:
        int64 [7, 24] each, held <= observed. O(n log n).
    Raises:
        ValueError: If the span is negative.
    """
    if until < since:
        raise ValueError("a span ends after it begins")
    held = np.unique(at[(at >= since) & (at < until)])
    rounds, rest = divmod(until - since, WEEK)
    observed = np.full(WEEK, rounds, np.int64)
    observed[(since + np.arange(rest) + HOURS_FROM_MONDAY) % WEEK] += 1
    counted = np.bincount((held + HOURS_FROM_MONDAY) % WEEK, minlength=WEEK).astype(np.int64)
    return counted.reshape(7, 24), observed.reshape(7, 24)


def estimate_hours(at: NDArray[np.int64], since: int, until: int) -> HourShares:
    """
    Estimate the share of every hour of the week, from the last WINDOW_DAYS of the span.

    Args:
        at: [n] local hours since 1970, in any order.
        since: First hour observed.
        until: First hour no longer observed.
    Returns:
        The estimate; shifting entries and span by weeks changes nothing.
    Raises:
        NotEnoughData: Under MIN_DAYS or MIN_HELD; days are asked first.
    """
    since = max(since, until - 24 * WINDOW_DAYS)
    held, observed = count_hours(at, since, until)
    days = int(observed.sum()) // 24
    if days < MIN_DAYS:
        raise NotEnoughData(have=days, need=MIN_DAYS)
    if held.sum() < MIN_HELD:
        raise NotEnoughData(have=int(held.sum()), need=MIN_HELD)
    average = (float(held.sum()) + PRIOR_HELD) / (float(observed.sum()) + PRIOR_HOURS)
    posterior = _posterior(held, observed, average)
    rising = np.cumsum(posterior, axis=0).reshape(len(GRID), 7, 24)
    tail = (1 - CREDIBLE) / 2
    return HourShares(
        entries=int(((at >= since) & (at < until)).sum()),
        held=held,
        observed=observed,
        share=(SHARES @ posterior).reshape(7, 24),
        lower=_quantile(rising, tail),
        upper=_quantile(rising, 1 - tail),
        average=average,
    )


def next_hard_hours(estimate: HourShares, now: int, within: int = 24) -> tuple[HardHour, ...]:
    """
    Find the hours to come that are credibly harder than the person's own average.

    Args:
        estimate: Of the person's own entries.
        now: The local hour it is, since 1970; the next one is the first looked at.
        within: Hours looked ahead, 1 to 168.
    Returns:
        Those whose whole 95 % interval lies at least a quarter above it, soonest first; none where none stands out.
    """
    found = []
    for ahead in range(1, within + 1):
        weekday, hour = divmod((now + ahead + HOURS_FROM_MONDAY) % WEEK, 24)
        if estimate.hard[weekday, hour]:
            cell = (weekday, hour)
            limits = float(estimate.lower[cell]), float(estimate.upper[cell])
            found.append(HardHour(ahead, weekday, hour, float(estimate.share[cell]), *limits))
    return tuple(found)


def _posterior(held: NDArray[np.int64], observed: NDArray[np.int64], average: float) -> Grid:
    """[g, 168]: the chance of every share on the grid, for every hour of the week; each column adds up to 1."""
    y, e = held.reshape(1, WEEK), observed.reshape(1, WEEK)
    likelihood = np.exp(y * np.log(SHARES)[:, None] + (e - y) * np.log1p(-SHARES)[:, None])
    cells = _cells()
    hours = np.concatenate([_beta(np.array([average]), k) for k in ALIKE])  # [kh, m]
    seen = cells @ likelihood  # [kc, m, 168]: evidence of a cell, had its hour the share m
    of_hour = np.exp(np.log(seen).reshape(len(ALIKE), len(GRID), 7, 24).sum(axis=2))  # [kc, m, 24]
    total = np.einsum("hm,kmd->hkd", hours, of_hour, optimize=True)  # [kh, kc, 24]
    evidence = np.log(total).sum(axis=2)
    weight = np.exp(evidence - evidence.max())
    weight /= weight.sum()
    prior = np.einsum("hkd,hm->kmd", weight[:, :, None] / total, hours, optimize=True)
    by_cell = np.tile(prior * of_hour, 7) / seen  # [kc, m, 168]
    mixed = (cells.transpose(0, 2, 1) @ by_cell).sum(axis=0) * likelihood
    return np.asarray(mixed / mixed.sum(axis=0))


@cache
def _cells() -> Grid:
    """[kc, m, g]: how the share of a cell lies about that of its hour."""
    return np.stack([_beta(SHARES, k) for k in ALIKE])


def _beta(mean: Grid, alike: float) -> Grid:
    """[m, g]: B(mean, alike) on the grid; even in log odds, so each exponent is one more than in the density."""
    other = alike * (1 - mean) / mean
    log = alike * np.log(SHARES)[None, :] + other[:, None] * np.log1p(-SHARES)[None, :]
    density = np.exp(log - log.max(axis=1, keepdims=True))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def _quantile(rising: Grid, chance: float) -> Grid:
    """Where each cumulative chance reaches a level, between two points of the grid in a straight line."""
    above = np.argmax(rising >= chance, axis=0)
    below = np.maximum(above - 1, 0)
    low = np.take_along_axis(rising, below[None], 0)[0]
    high = np.take_along_axis(rising, above[None], 0)[0]
    part = np.where(above > 0, (chance - low) / np.maximum(high - low, 1e-300), 1.0)
    odds = GRID[below] + part * (GRID[above] - GRID[below])
    return np.asarray(1 / (1 + np.exp(-odds)))
