"""
One ramp in a weekly series: level, then a straight way, then level; found or not, and where.

    test     the greatest weighted correlation with any ramp, over the long-run spread of what is left beside it
    chance   the same on series without a ramp, made of the leftovers: an autoregression of first order whose steps
             are drawn by whole weeks, for all series at once, so what moves together stays together
    place    every ramp weighs exp(z² / 2), z its score: a posterior that was flat over begins and lengths

Everything is done for each series alike and sums over series do not depend on their order, so swapping the two sides
swaps the results and changes no bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LENGTHS: Final = (0, 4, 8, 13, 19, 26)
"""Weeks a ramp may last; 0 is a step. What takes longer than half a year has no date."""
LEVEL_BEFORE: Final = 6
LEVEL_AFTER: Final = 4
"""The middle of a ramp lies no nearer to either end of the record, in weeks."""
DRAWS: Final = 299
WANDER: Final = math.exp(-1 / 4)
"""A dyad's slow wander is like itself for about four weeks; more cannot be told from a change, less passes as noise."""
LAGS: Final = (1, 2, 3)
MOST_MEMORY: Final = 0.9
HIDDEN: Final = 1.5
"""A fitted ramp takes part of a wander with it; a third, on simulated dyads."""
FITTED: Final = 3.0
"""Level, size and place are fitted to the series; each takes about 1 / w off its correlation with itself."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ramps:
    """k ramps over w weeks: `begin` [k] and `length` [k] in weeks, `shape` [k, w] from 0 to 1."""

    begin: Floats
    length: Floats
    shape: Floats

    @property
    def middle(self) -> Floats:
        return self.begin + self.length / 2


@dataclass(frozen=True, slots=True)
class Fits:
    """The best ramp in each of b series: its score and which, spread and memory of the leftovers [b]; these [w, b]."""

    score: Floats
    which: Ints
    spread: Floats
    memory: Floats
    left: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """
    What s series show.

    Args:
        z: float64 [s, k], the score of each ramp over the spread of a week.
        p: float64 [s], adjusted for all series together.
        inflation: float64 [s], by how much memory widens a standard error, >= 1.
        alike: float64 [s, s], correlation of the leftovers.
    """

    z: Floats
    p: Floats
    inflation: Floats
    alike: Floats


def all_ramps(place: Ints) -> Ramps:
    """Every ramp of LENGTHS that ends within the record: weeks [w], counted from any week, to k ramps."""
    span = int(place[-1]) + 1
    begins, lengths = [], []
    for length in LENGTHS:
        starts = np.arange(int(place[0]), span - length + 1, dtype=np.float64)
        middle = starts + length / 2
        begins.append(starts[(middle >= place[0] + LEVEL_BEFORE) & (middle <= span - LEVEL_AFTER)])
        lengths.append(np.full(len(begins[-1]), float(length)))
    begin, weeks = np.concatenate(begins), np.concatenate(lengths)
    # A week stands for its middle; so near nothing as a length makes a step.
    way = (place + 0.5 - begin[:, None]) / np.maximum(weeks, 1e-9)[:, None]
    return Ramps(begin, weeks, np.clip(way, 0.0, 1.0))


def find_ramps(value: Floats, weight: Floats, ramps: Ramps, rng: np.random.Generator) -> Found:
    """
    Look for one ramp in each of several series.

    Args:
        value: [s, w]; in pairs of ego and alter.
        weight: [s, w], >= 0; a series whose weights are all 0 is left out: its p is 1.
        ramps: Over the same weeks.
        rng: The source of the draws.
    Returns:
        Scores and adjusted p. O(DRAWS s k w).
    Source:
        Supremum over unknown change points: Andrews (1993), Econometrica 61:821. Bent lines: Muggeo (2003),
        Statistics in Medicine 22:3055. Sieve bootstrap: Bühlmann (1997), Bernoulli 3:123. Step-down maximum over the
        family: Westfall and Young (1993), Resampling-Based Multiple Testing. Differs from them in: ramps on a grid,
        memory of first order shared half by the family.
    """
    root = np.sqrt(weight)
    units = [_unit(ramps.shape, one) for one in weight]
    centred = root * (
        value - (value * weight).sum(axis=1, keepdims=True) / np.maximum(weight.sum(axis=1), 1e-9)[:, None]
    )
    told = centred.std(axis=1) > 1e-12
    fits = [_fit(unit, one[:, None]) for unit, one in zip(units, centred, strict=True)]
    memory = _shared(np.concatenate([fit.memory for fit in fits]), told)
    left = np.stack([fit.left[:, 0] for fit in fits])
    spread = np.concatenate([fit.spread for fit in fits])
    wide = _long_run(spread, memory)
    statistic = np.where(told, np.abs(np.concatenate([fit.score for fit in fits])) / wide, 0.0)
    null = _null(units, root, left, memory, told=told, rng=rng)
    z = np.stack([(unit @ one) / max(width, 1e-12) for unit, one, width in zip(units, centred, spread, strict=True)])
    return Found(
        z=z,
        p=np.where(told, _step_down(statistic, null), 1.0),
        inflation=_inflation(memory),
        alike=_alike(left),
    )


def _unit(shape: Floats, weight: Floats) -> Floats:
    """The ramps of a series, weighted, without their mean, of length one; zero where nothing is left of one."""
    centred = np.sqrt(weight) * (shape - (shape @ weight / max(float(weight.sum()), 1e-9))[:, None])
    norm = np.sqrt((centred**2).sum(axis=1))
    unit: Floats = np.where(norm > 1e-6, 1.0, 0.0)[:, None] * centred / np.maximum(norm, 1e-6)[:, None]
    return unit


def _fit(unit: Floats, centred: Floats) -> Fits:
    """The best ramp in each column of weighted series without their mean, [w, b]."""
    weeks = len(centred)
    scores = unit @ centred
    which = np.abs(scores).argmax(axis=0)
    score = scores[which, np.arange(scores.shape[1])]
    left = centred - unit[which].T * score
    squares = np.maximum((left**2).sum(axis=0), 1e-24)
    memory = np.zeros(left.shape[1])
    for lag in LAGS:
        memory += WANDER**lag * ((left[lag:] * left[:-lag]).sum(axis=0) / squares + FITTED / weeks)
    memory = np.clip(HIDDEN * memory / sum(WANDER ** (2 * lag) for lag in LAGS), 0.0, MOST_MEMORY)
    return Fits(score, which, np.sqrt(squares / max(weeks - FITTED, 1)), memory, left)


def _shared(memory: Floats, told: NDArray[np.bool_]) -> Floats:
    """Each series' memory, half way to the mean of all: alone it is known too roughly. [s, ...] to the same."""
    shown = told.reshape(-1, *([1] * (memory.ndim - 1)))
    pairs = np.where(shown, memory, 0.0).reshape(-1, 2, *memory.shape[1:]).sum(axis=1)
    mean = pairs.sum(axis=0) / max(int(told.sum()), 1)
    return np.asarray((memory + mean) / 2)


def _long_run(spread: Floats, memory: Floats) -> Floats:
    """Spread of a sum of many weeks over that of as many that know nothing of each other, times `spread`."""
    return np.maximum(spread * _inflation(memory), 1e-12)


def _inflation(memory: Floats) -> Floats:
    return np.asarray(np.sqrt(1 + 2 * memory * WANDER / (1 - WANDER)))


def _null(
    units: list[Floats],
    root: Floats,
    left: Floats,
    memory: Floats,
    *,
    told: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Floats:
    """The statistic of each series in DRAWS records like this one without any ramp, [s, DRAWS]."""
    series, weeks = left.shape
    noise, slow = rng.integers(0, weeks, (2, weeks, DRAWS))
    made = np.empty((weeks, series, DRAWS))
    wander = left[:, rng.integers(0, weeks, DRAWS)]
    steady, swaying = np.sqrt(1 - memory)[:, None], np.sqrt(memory)[:, None]
    for week in range(weeks):
        wander = WANDER * wander + math.sqrt(1 - WANDER**2) * left[:, slow[week]]
        made[week] = steady * left[:, noise[week]] + swaying * wander
    score, spread, kept = np.empty((series, DRAWS)), np.empty((series, DRAWS)), np.empty((series, DRAWS))
    for i, (unit, one) in enumerate(zip(units, root, strict=True)):
        mine = made[:, i]
        fit = _fit(unit, mine - np.outer(one, one @ mine) / max(float(one @ one), 1e-9))
        score[i], spread[i], kept[i] = fit.score, fit.spread, fit.memory
    return np.where(told[:, None], np.abs(score) / _long_run(spread, _shared(kept, told)), 0.0)


def _step_down(statistic: Floats, null: Floats) -> Floats:
    """Adjust each p for the family: how often the greatest of this and all weaker series is as great by chance."""
    p, running = np.ones(len(statistic)), 0.0
    order = np.argsort(-statistic, kind="stable")
    for rank, i in enumerate(order):
        greatest = null[order[rank:]].max(axis=0)
        running = max(running, (1 + int(np.count_nonzero(greatest >= statistic[i]))) / (1 + null.shape[1]))
        p[i] = running
    return p


def _alike(left: Floats) -> Floats:
    # Not as a matrix product: that adds up in another order when the sides are swapped.
    products = (left[:, None] * left[None]).sum(axis=2)
    norm = np.maximum(np.sqrt(np.diag(products)), 1e-12)
    return np.asarray(np.clip(products / (norm[:, None] * norm), -1.0, 1.0))


def place_of(log_weight: Floats, at: Floats, share: float) -> float:
    """The point that `share` of the posterior lies at or below: log weights [k], not normed, of values [k]."""
    order = np.argsort(at, kind="stable")
    total = np.cumsum(np.exp(log_weight[order] - log_weight.max()))
    return float(at[order][min(int(np.searchsorted(total, share * total[-1])), len(at) - 1)])
