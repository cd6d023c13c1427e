"""
What was learned from public logs of pairs of people: for each log, two models of what ends a silence.

The numbers are `population.json`, made by `fallow study fit` from logs that are not part of Fallow; their names, sizes,
hashes and citations stand beside them. Every log is kept apart, because logs differ more than models do: a forecast
weighs them by how well each fits a dyad's own earlier silences (silence.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.dyad import COVARIATES
from fallow.survival import LogLinearParameters

Floats = NDArray[np.float64]

EDGES: Final = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 21.0, 30.0, 45.0, 60.0, 90.0, 140.0)
"""Days of silence between which a hazard is taken as constant."""
USUAL_AGE: Final = 14.0
REACH: Final = 4.0
"""A covariate further than so many standard deviations from its mean is read as if it stood there."""


class Fit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    Both models of one log, or of a sample of its dyads.

    Args:
        baseline, effect, interaction: Of the log-linear hazards, cause by cause (alter breaks it, ego breaks it): see
            `LogLinearParameters`.
        returns: Logarithms of r, alpha, a, b, k of BG/NBD: see `bg_nbd_log_likelihood`.
    """

    baseline: tuple[tuple[float, ...], tuple[float, ...]]
    effect: tuple[tuple[float, ...], tuple[float, ...]]
    interaction: tuple[tuple[float, ...], tuple[float, ...]]
    returns: tuple[float, float, float, float, float]


class LogScore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    How well dyads of a log were forecast by what its other dyads taught (five folds).

    Args:
        age_days: How long the silences had lasted.
        silences: How many were scored.
        ibs_ratio: Integrated Brier score over 90 days, over that of their Aalen-Johansen curve.
        in_the_large, ici, slope: Calibration of the chance within 30 days; None where too few silences tell.
    """

    age_days: int
    silences: int
    ibs_ratio: float | None
    in_the_large: float | None
    ici: float | None
    slope: float | None


class LogFit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    What one log taught.

    Args:
        name: Of the log.
        cite: Where it was published.
        sha256: Of the file that was read.
        messages, dyads, silences, days: Sizes; silences of a day and more, counted once for each side's view.
        centre, scale: Mean and standard deviation of each covariate.
        fit: The models.
        again: The same from samples of dyads, drawn with replacement: how sure it is.
        scores: How well it told of dyads left out, for each age.
    """

    name: str
    cite: str
    sha256: str
    messages: int
    dyads: int
    silences: int
    days: float
    centre: tuple[float, ...]
    scale: tuple[float, ...]
    fit: Fit
    again: tuple[Fit, ...]
    scores: tuple[LogScore, ...] = ()


class Population(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    Everything in `population.json`.

    Args:
        made: The day it was made.
        seed: Of the samples.
        covariates: Their names, in order; those of `fallow.dyad`.
        edges: Bins of age, days.
        ridge: Penalty of the fits.
        logs: One for each.
    """

    made: str
    seed: int
    covariates: tuple[str, ...]
    edges: tuple[float, ...]
    ridge: float
    logs: tuple[LogFit, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A fit as arrays, for covariates as they come."""

    centre: Floats
    scale: Floats
    parameters: LogLinearParameters
    returns: Floats

    def rows(self, covariates: Floats) -> Floats:
        """[n, p], centred and scaled, held within REACH."""
        return np.clip((covariates - self.centre) / self.scale, -REACH, REACH)


@cache
def load_population() -> Population:
    """
    Read and check the numbers that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    return read_population(files(__package__).joinpath("population.json").read_bytes())


def read_population(body: bytes) -> Population:
    """
    Raises:
        msgspec.ValidationError: If it is not of this form.
        ValueError: If its covariates are not those of this version.
    """
    population = msgspec.json.decode(body, type=Population)
    if population.covariates != COVARIATES:
        raise ValueError("the population was fitted on other covariates")
    return population


def model_of(log: LogFit, fit: Fit, edges: tuple[float, ...]) -> Model:
    """One fit of a log, ready to use."""
    parameters = LogLinearParameters(
        edges=np.array(edges),
        trend=age_trend(np.array(edges)),
        baseline=np.array(fit.baseline),
        effect=np.array(fit.effect),
        interaction=np.array(fit.interaction),
    )
    return Model(np.array(log.centre), np.array(log.scale), parameters, np.array(fit.returns))


def age_trend(edges: Floats) -> Floats:
    """How far an effect has changed in each bin: rising with the logarithm of the age, and levelling off. [b]."""
    trend: Floats = np.tanh(np.log(np.sqrt(edges[:-1] * edges[1:]) / USUAL_AGE))
    return trend
