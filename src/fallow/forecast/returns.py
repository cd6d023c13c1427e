"""
Silences as returns that come at an own rate and one day stop: BG/NBD on what `find_episodes` finds.

It is asked for the rest of each silence at several ages at once, so that it is right on average at each of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad import COVARIATES, START_DAYS, Episodes
from fallow.survival import Returns, fit_bg_nbd

LANDMARKS: Final = (1.0, 2.0, 4.0, 7.0, 14.0, 30.0)
"""Days."""
LANDMARK_WEIGHT: Final = 1 / 3
"""Of each, because the same end is seen from several."""
SPREAD: Final = 1.0
"""Standard deviation of the logarithms of r, alpha, a, b and k around where a fit begins."""
STEPS: Final = 100
SAMPLE_STEPS: Final = 2
LEAST_LEFT: Final = 1e-3
"""Days: an end in the very instant would be endlessly likely."""

Floats = NDArray[np.float64]


def past_returns(covariates: Floats) -> Returns:
    """
    Read back what BG/NBD counts from the covariates of n silences: alter is the first side, ego the second.

    Args:
        covariates: [n, len(COVARIATES)], of `Episodes`.
    """
    column = {name: covariates[:, i] for i, name in enumerate(COVARIATES)}
    record = np.exp(column["record_days"])
    alter, ego = (
        np.maximum(np.exp(column[name]) * record - 0.5, 0.0) for name in ("alter_return_rate", "ego_return_rate")
    )
    return Returns(np.maximum(record - START_DAYS, 0.0), alter, ego)


def fit_returns(
    found: Episodes, *, weight: Floats | None = None, prior: Floats | None = None, whole: Floats | None = None
) -> Floats:
    """
    Fit BG/NBD to the silences of one or many dyads, as one side sees them (the other view says the same again).

    Args:
        found: n silences of a day and more.
        weight: n; 1 if None.
        prior: Five logarithms, which the fit is drawn to; those of `fallow.survival.bgnbd.START` if None.
        whole: The fit to all of them, where this one is of a sample: it is two steps away.
    Returns:
        [5], logarithms of r, alpha, a, b, k.
    """
    past, worth = past_returns(found.covariates), np.ones(len(found)) if weight is None else weight
    reached = [np.flatnonzero(found.days >= age) for age in LANDMARKS]
    which = np.concatenate(reached)
    age = np.repeat(LANDMARKS, [len(rows) for rows in reached])
    left = np.maximum(found.days[which] - age, LEAST_LEFT)
    cause = found.cause[which].astype(np.int64)
    weights = LANDMARK_WEIGHT * worth[which]
    steps = STEPS if whole is None else SAMPLE_STEPS
    return fit_bg_nbd(
        past[which], age, left, cause, weight=weights, prior=prior, spread=SPREAD, start=whole, steps=steps
    )
