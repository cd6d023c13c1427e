"""
One's own world: the logs' models moved to what the silences of a person's other dyads show.

Platforms differ more than models do, and a person's other conversations are a sample of theirs. In each log's model the
hazards at each age are moved by one factor a cause, smooth over age and drawn to none; the five numbers of BG/NBD are
fitted again, drawn to the log's. The same is done with each sample of the log, on a sample of the dyads, so that
intervals know how few they were. Only the moved numbers leave here.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.dyad import LEAST_DAYS, Episodes
from fallow.errors import NotEnoughData
from fallow.forecast.population import Fit, LogFit, Population, model_of
from fallow.forecast.returns import fit_returns
from fallow.survival import hazard_by_age, shift_by_age

LEAST_DYADS: Final = 10
"""Other dyads with a silence of a day or more: with fewer the logs know better."""
DRAWN: Final = 1.0
SMOOTH: Final = 2.0
"""Penalties of the shifts, and of the steps between neighbouring ages: see `shift_by_age`."""
MOST_DYADS: Final = 200
"""Of more, so many are drawn: they say enough, and it stays a matter of seconds."""
DIGITS: Final = 3

Floats = NDArray[np.float64]
Pair = tuple[tuple[float, ...], tuple[float, ...]]


class Moved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    How one fit was moved.

    Args:
        shift: Added to its log hazards, [2, b].
        returns: In place of its five numbers.
    """

    shift: Pair
    returns: tuple[float, float, float, float, float]


class Recalibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    A population moved to one's own world.

    Args:
        of: What it belongs to: the day the population was made.
        dyads: Other dyads it stands on.
        silences: Their silences.
        logs: For each log, its fit and its samples, moved.
    """

    of: str
    dyads: int
    silences: int
    logs: tuple[tuple[Moved, ...], ...]


def recalibrate(population: Population, found: Episodes, rng: np.random.Generator) -> Recalibration:
    """
    Learn how the silences of other dyads differ from those of the logs.

    Args:
        population: What was learned from the logs.
        found: Silences of a person's other dyads, as that person sees them.
        rng: Draws the samples of dyads.
    Raises:
        NotEnoughData: If they are of fewer than LEAST_DYADS dyads.
    """
    dyads, which = np.unique(found.dyad, return_inverse=True)
    if len(dyads) < LEAST_DYADS:
        raise NotEnoughData(have=len(dyads), need=LEAST_DYADS)
    if len(dyads) > MOST_DYADS:
        kept = np.isin(found.dyad, rng.choice(dyads, MOST_DYADS, replace=False))
        found = Episodes(found.dyad[kept], found.row[kept], found.days[kept], found.cause[kept], found.covariates[kept])
        dyads, which = np.unique(found.dyad, return_inverse=True)
    samples = max(len(log.again) for log in population.logs)
    drawn = [np.bincount(rng.integers(0, len(dyads), len(dyads)), minlength=len(dyads)) for _ in range(samples)]
    weights = [np.ones(len(found)), *(each[which.reshape(-1)].astype(np.float64) for each in drawn)]
    logs = tuple(_moved(population, log, found, weights) for log in population.logs)
    return Recalibration(population.made, len(dyads), len(found), logs)


def recalibrated(population: Population, recalibration: Recalibration) -> Population:
    """
    The population as it is in one's own world.

    Raises:
        ValueError: If the recalibration belongs to another population.
    """
    if recalibration.of != population.made:
        raise ValueError("the recalibration is of another population")
    logs = []
    for log, (first, *rest) in zip(population.logs, recalibration.logs, strict=True):
        again = tuple(_moved_fit(fit, moved) for fit, moved in zip(log.again, rest, strict=True))
        logs.append(msgspec.structs.replace(log, fit=_moved_fit(log.fit, first), again=again))
    return msgspec.structs.replace(population, logs=tuple(logs))


def _moved(population: Population, log: LogFit, found: Episodes, weights: list[Floats]) -> tuple[Moved, ...]:
    """The log's fit on all dyads, and each of its samples on a sample of them."""
    model = model_of(log, log.fit, population.edges)
    expected = hazard_by_age(
        model.parameters,
        model.rows(found.covariates),
        entry=np.full(len(found), LEAST_DAYS),
        duration=np.maximum(found.days, np.nextafter(LEAST_DAYS, np.inf)),
    )
    edges = model.parameters.edges
    age = np.clip(np.searchsorted(edges, found.days, side="left") - 1, 0, len(edges) - 2)
    moved: list[Moved] = []
    whole = None
    for weight, fit in zip(weights, (log.fit, *log.again), strict=False):
        one, two = (
            shift_by_age(
                np.bincount(age, weights=weight * (found.cause == cause), minlength=len(edges) - 1).astype(np.float64),
                weight @ each,
                drawn=DRAWN,
                smooth=SMOOTH,
            )
            for cause, each in zip((1, 2), expected, strict=True)
        )
        returns = fit_returns(found, weight=weight, prior=np.array(fit.returns), whole=whole)
        whole = returns if whole is None else whole
        r, alpha, a, b, k = _rounded(returns)
        moved.append(Moved((_rounded(one), _rounded(two)), (r, alpha, a, b, k)))
    return tuple(moved)


def _moved_fit(fit: Fit, moved: Moved) -> Fit:
    one, two = (
        tuple(value + by for value, by in zip(values, shift, strict=True))
        for values, shift in zip(fit.baseline, moved.shift, strict=True)
    )
    return msgspec.structs.replace(fit, baseline=(one, two), returns=moved.returns)


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in values)
