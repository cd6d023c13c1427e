"""
Fit the population: for each log two models of what ends a silence, and the same again from samples of dyads.

Each silence is two rows, one as each of the two sees it; both are of one dyad, which is drawn or left out as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad import COVARIATES, LEAST_DAYS, Episodes
from fallow.errors import NotEnoughData
from fallow.forecast import EDGES, Fit, LogFit, Population, age_trend, fit_returns
from fallow.study.logs import EventLog
from fallow.survival import LogLinearParameters, fit_log_linear

RIDGE: Final = 20.0
"""Chosen by five-fold cross-validation by dyad; from 10 to 60 nothing changes by more than a thousandth."""
SMOOTH: Final = 1.0
SAMPLES: Final = 20
DIGITS: Final = 4
LEAST_SCALE: Final = 0.001
"""Of a covariate that is the same in all of a log, so that it tells nothing of another dyad either."""

Floats = NDArray[np.float64]


def fit_log(log: EventLog, rng: np.random.Generator, *, cite: str = "", samples: int = SAMPLES) -> LogFit:
    """
    Fit one log.

    Args:
        log: Silences of many dyads.
        rng: Draws the samples of dyads.
        cite: Where it was published.
        samples: How many.
    Raises:
        NotEnoughData: If there is no silence, or none that anybody broke.
    """
    found = log.silences
    if len(found) == 0:
        raise NotEnoughData(have=0, need=1)
    centre, scale = found.covariates.mean(axis=0), np.maximum(found.covariates.std(axis=0), LEAST_SCALE)
    rows = (found.covariates - centre) / scale
    dyads, which = np.unique(found.dyad, return_inverse=True)
    fits = [_fit(rows, found, None)]
    for _ in range(samples):
        drawn = np.bincount(rng.integers(0, len(dyads), len(dyads)), minlength=len(dyads))
        fits.append(_fit(rows, found, drawn[which.reshape(-1)].astype(np.float64)))
    return LogFit(
        name=log.name,
        cite=cite,
        sha256=log.sha256,
        messages=log.messages,
        dyads=len(dyads),
        silences=len(found),
        days=round(log.days, 1),
        centre=_rounded(centre),
        scale=_rounded(scale),
        fit=fits[0],
        again=tuple(fits[1:]),
    )


def fit_population(
    logs: Iterable[EventLog],
    *,
    seed: int,
    made: str,
    cites: dict[str, str],
    samples: int = SAMPLES,
    told: Callable[[str], None] = lambda name: None,
) -> Population:
    """
    Fit every log.

    Args:
        logs: Each with a name of its own.
        seed: Of the samples; the same logs and seed give the same numbers.
        made: The day, for the record.
        cites: Where each was published, by name.
        samples: How many for each log.
        told: Called with the name of each log when it is done.
    """
    fitted = []
    for log in logs:
        fitted.append(fit_log(log, np.random.default_rng(seed), cite=cites.get(log.name, ""), samples=samples))
        told(log.name)
    return Population(made=made, seed=seed, covariates=COVARIATES, edges=EDGES, ridge=RIDGE, logs=tuple(fitted))


def _fit(rows: Floats, found: Episodes, weight: Floats | None) -> Fit:
    edges = np.array(EDGES)
    fitted = fit_log_linear(
        rows,
        np.maximum(found.days, np.nextafter(LEAST_DAYS, np.inf)),
        found.cause.astype(np.int64),
        entry=np.full(len(found), LEAST_DAYS),
        edges=edges,
        trend=age_trend(edges),
        ridge=RIDGE,
        smooth=SMOOTH,
        weight=weight,
    )
    one = np.arange(len(found)) < len(found) // 2
    view = Episodes(found.dyad[one], found.row[one], found.days[one], found.cause[one], found.covariates[one])
    return _plain(fitted, fit_returns(view, weight=None if weight is None else weight[one]))


def _plain(fitted: LogLinearParameters, returns: Floats) -> Fit:
    def pair(values: Floats) -> tuple[tuple[float, ...], tuple[float, ...]]:
        return _rounded(values[0]), _rounded(values[1])

    r, alpha, a, b, k = _rounded(returns)
    return Fit(pair(fitted.baseline), pair(fitted.effect), pair(fitted.interaction), (r, alpha, a, b, k))


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in values)
