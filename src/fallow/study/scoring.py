"""
How good the silence forecast is: inside each log on dyads left out, and on logs left out, beside plain baselines.

Up to MOST silences of each log and age are forecast, each from its own past alone: the earlier rows of the same dyad
and view. All rows of a dyad are left out together. The Aalen-Johansen curve of the very silences that are scored is
what a ratio below 1 beats; the baselines are learned where the forecast is learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.dyad import ALTER_BROKE, COVARIATES, EGO_BROKE, Episodes
from fallow.errors import NotEnoughData
from fallow.forecast import LogScore, Population, Silences, forecast_silences
from fallow.study.fitting import fit_population
from fallow.study.logs import EventLog
from fallow.survival import (
    aalen_johansen,
    area_under_curve,
    calibration_at,
    concordance,
    incidence_at,
    over_horizons,
    paired_difference,
    squared_errors,
)

AGES: Final = (7, 14, 30)
"""Days that a silence has lasted when it is forecast."""
HORIZON: Final = np.arange(1.0, 91.0)
"""Days ahead."""
MONTH: Final = 29
"""Where in HORIZON the 30 days are at which calibration and discrimination are told."""
MOST: Final = 10_000
FOLDS: Final = 5
LEAST: Final = 1e-300
"""In place of 0 where something is divided by it."""
DRAWS: Final = 400
"""Samples of dyads for the limits of a ratio."""

Model = Literal["forecast", "aalen_johansen", "personal_rate"]
MODELS: Final[tuple[Model, ...]] = ("forecast", "aalen_johansen", "personal_rate")
LeftOut = Literal["dyads", "log"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Score(msgspec.Struct, frozen=True):
    """
    One row of the table.

    Args:
        log: Of which the silences are.
        left_out: Of what was learned: their dyads (in folds), or the whole log.
        age_days: How long they had lasted.
        model: The forecast, or a baseline: the Aalen-Johansen curve, or each side's own rate of returns as it was,
            scaled as a whole.
        silences: How many.
        ibs_ratio: Integrated Brier score over 90 days over that of their own Aalen-Johansen curve.
        ibs_ratio_lower, ibs_ratio_upper: Its 95 % limits, by drawing dyads.
        in_the_large, ici, largest_gap, slope: Calibration at 30 days (`survival.Calibration`).
        auc: At 30 days.
        concordance: Of the marks at 30 days, over 90 days.

    What too few silences leave open is None.
    """

    log: str
    left_out: LeftOut
    age_days: int
    model: Model
    silences: int
    ibs_ratio: float | None
    ibs_ratio_lower: float | None
    ibs_ratio_upper: float | None
    in_the_large: float | None
    ici: float | None
    largest_gap: float | None
    slope: float | None
    auc: float | None
    concordance: float | None


@dataclass(frozen=True, slots=True)
class Sample:
    """k silences of one age: rows of a log, how long each went on from there, and what ended it."""

    log: EventLog
    age: int
    row: Ints
    left: Floats
    cause: Ints

    @property
    def dyad(self) -> Ints:
        return self.log.silences.dyad[self.row]

    def of(self, which: Bools) -> Sample:
        return Sample(self.log, self.age, self.row[which], self.left[which], self.cause[which])

    def silences(self) -> Silences:
        """Each as it was at that age, with the earlier rows of its dyad and view."""
        found = self.log.silences
        n = len(found)
        begins = np.ones(n, np.bool_)
        begins[1:] = (found.dyad[1:] != found.dyad[:-1]) | (self.log.view[1:] != self.log.view[:-1])
        first = np.maximum.accumulate(np.where(begins, np.arange(n), 0))[self.row]
        past = self.row - first
        of = np.repeat(np.arange(len(self.row)), past)
        back = np.arange(len(of)) - np.repeat(np.cumsum(past) - past, past)
        rows = np.repeat(first, past) + back
        earlier = Episodes(
            found.dyad[rows], found.row[rows], found.days[rows], found.cause[rows], found.covariates[rows]
        )
        age = np.full(len(self.row), float(self.age))
        return Silences(self.dyad, age, found.covariates[self.row], earlier, of)


def sample_silences(log: EventLog, age: int, rng: np.random.Generator, most: int = MOST) -> Sample:
    """Some of the silences that reach an age, cut off at that age."""
    found = log.silences
    reach = np.flatnonzero(found.days >= age)
    chosen = reach[rng.permutation(len(reach))[:most]]
    return Sample(log, age, chosen, found.days[chosen] - age, found.cause[chosen].astype(np.int64))


def score_dyads_left_out(
    log: EventLog, *, seed: int, folds: int = FOLDS, most: int = MOST, told: Callable[[Score], None] = lambda row: None
) -> list[Score]:
    """
    Score each dyad by what the others of its log taught.

    Args:
        log: Dyads are drawn into folds.
        seed: Of samples and folds; the same one, the same scores.
        folds: How many, >= 2.
        most: Silences of an age that are scored.
        told: Called with each row as it is known.
    Raises:
        NotEnoughData: If a fold leaves nothing to learn from.
    """
    rng = np.random.default_rng(seed)
    samples = [sample_silences(log, age, rng, most) for age in AGES]
    dyads = np.unique(log.silences.dyad)
    fold = rng.integers(0, folds, len(dyads))
    chances: list[dict[Model, Floats]] = [
        {model: np.zeros((len(each.row), len(HORIZON))) for model in MODELS} for each in samples
    ]
    for number in range(folds):
        out = np.isin(log.silences.dyad, dyads[fold == number])
        learned = log.part(~out)
        population = _learn([learned], seed)
        for sample, found in zip(samples, chances, strict=True):
            which = out[sample.row]
            if which.any():
                for model, each in _forecast_all(sample.of(which), population, [learned]).items():
                    found[model][which] = each
    return list(_scores(samples, chances, "dyads", seed, told))


def with_scores(
    population: Population, logs: Sequence[EventLog], *, seed: int, told: Callable[[str], None] = lambda name: None
) -> Population:
    """
    The same numbers, with how well those of each log told of its dyads left out.

    Args:
        population: Fitted to the logs.
        logs: In the same order.
        seed: Of samples and folds.
        told: Called with the name of each log when it is done.
    """
    scored = []
    for fit, log in zip(population.logs, logs, strict=True):
        try:
            rows = score_dyads_left_out(log, seed=seed)
        except NotEnoughData:
            rows = []  # too few dyads to leave any out
        scores = tuple(
            LogScore(row.age_days, row.silences, row.ibs_ratio, row.in_the_large, row.ici, row.slope)
            for row in rows
            if row.model == "forecast"
        )
        scored.append(msgspec.structs.replace(fit, scores=scores))
        told(log.name)
    return msgspec.structs.replace(population, logs=tuple(scored))


def score_logs_left_out(
    logs: Sequence[EventLog],
    *,
    seed: int,
    most: int = MOST,
    told: Callable[[Score], None] = lambda row: None,
) -> list[Score]:
    """
    Score each log by what the others taught.

    Args:
        logs: Two or more, each with a name of its own.
        seed: Of the samples.
        most: Silences of an age that are scored.
        told: Called with each row as it is known.
    """
    whole = _learn(logs, seed)
    scores: list[Score] = []
    for log in logs:
        population = msgspec.structs.replace(whole, logs=tuple(fit for fit in whole.logs if fit.name != log.name))
        learned = [each for each in logs if each.name != log.name]
        rng = np.random.default_rng(seed)
        samples = [sample_silences(log, age, rng, most) for age in AGES]
        chances = [_forecast_all(sample, population, learned) for sample in samples]
        scores += _scores(samples, chances, "log", seed, told)
    return scores


def _learn(logs: Sequence[EventLog], seed: int) -> Population:
    return fit_population(logs, seed=seed, made="", cites={}, samples=0)


def _forecast_all(sample: Sample, population: Population, learned: Sequence[EventLog]) -> dict[Model, Floats]:
    """By each model the chance that alter makes the next contact, [k, h]."""
    ahead = forecast_silences(sample.silences(), population, horizons=HORIZON, limits=False)
    past = [_reached(log, sample.age) for log in learned]
    left, cause, rates = (np.concatenate(each, axis=-1) for each in zip(*past, strict=True))
    curve = incidence_at(aalen_johansen(left, cause), HORIZON)[0] if len(left) else np.zeros(len(HORIZON))
    # One exponential rate for each side, as it was; a factor for all makes up for what rates of returns leave out.
    passed = rates @ np.minimum(left, HORIZON[-1])
    ends = np.array([((cause == by) & (left <= HORIZON[-1])).sum() for by in (ALTER_BROKE, EGO_BROKE)])
    factor = ends / np.maximum(passed, LEAST)
    own = _rates(sample.log.silences.covariates[sample.row]) * factor[:, None]
    both = np.maximum(own.sum(axis=0), LEAST)
    personal = (own[0] / both)[:, None] * -np.expm1(-both[:, None] * HORIZON)
    return {
        "forecast": ahead.other,
        "aalen_johansen": np.broadcast_to(curve, ahead.other.shape),
        "personal_rate": personal,
    }


def _reached(log: EventLog, age: int) -> tuple[Floats, Ints, Floats]:
    """Of the silences that reach an age: how long they went on, what ended them, and both rates, [2, n] a day."""
    found = log.silences
    reach = found.days >= age
    return found.days[reach] - age, found.cause[reach].astype(np.int64), _rates(found.covariates[reach])


def _rates(covariates: Floats) -> Floats:
    """Returns of alter and of ego a day of record, [2, n]."""
    columns = [COVARIATES.index(name) for name in ("alter_return_rate", "ego_return_rate")]
    rates: Floats = np.exp(covariates[:, columns].T)
    return rates


def _scores(
    samples: Sequence[Sample],
    chances: Sequence[dict[Model, Floats]],
    left_out: LeftOut,
    seed: int,
    told: Callable[[Score], None],
) -> Iterator[Score]:
    for sample, found in zip(samples, chances, strict=True):
        for model in MODELS:
            row = _score(sample, np.clip(found[model], 0.0, 1.0), model, left_out, seed)
            told(row)
            yield row


def _score(sample: Sample, chance: Floats, model: Model, left_out: LeftOut, seed: int) -> Score:
    numbers: dict[str, float | None] = dict.fromkeys(Score.__struct_fields__[5:])
    left, cause, month = sample.left, sample.cause, chance[:, MONTH]
    parts: tuple[Callable[[], dict[str, float | None]], ...] = (
        lambda: _ratio(sample, chance, seed),
        lambda: _calibrated(sample, month),
        lambda: {"auc": float(area_under_curve(month[:, None], left, cause, horizon=HORIZON[MONTH : MONTH + 1])[0])},
        lambda: {"concordance": concordance(month, left, cause, until=float(HORIZON[-1]))},
    )
    for part in parts:
        try:
            numbers |= part()
        except NotEnoughData:
            continue  # its numbers stay None
    return Score(
        log=sample.log.name,
        left_out=left_out,
        age_days=sample.age,
        model=model,
        silences=len(left),
        **{name: None if value is None else round(value, 4) for name, value in numbers.items()},
    )


def _ratio(sample: Sample, chance: Floats, seed: int) -> dict[str, float | None]:
    if not bool(((sample.cause == ALTER_BROKE) & (sample.left <= HORIZON[-1])).any()):
        raise NotEnoughData(have=0, need=1)
    curve = np.broadcast_to(incidence_at(aalen_johansen(sample.left, sample.cause), HORIZON)[0], chance.shape)
    loss, plain = (
        over_horizons(squared_errors(each, sample.left, sample.cause, horizon=HORIZON), HORIZON)
        for each in (chance, curve)
    )
    both = paired_difference(loss, plain, dyad=sample.dyad, rng=np.random.default_rng(seed), draws=DRAWS)
    return {"ibs_ratio": both.ratio, "ibs_ratio_lower": both.ratio_lower, "ibs_ratio_upper": both.ratio_upper}


def _calibrated(sample: Sample, month: Floats) -> dict[str, float | None]:
    found = calibration_at(month, sample.left, sample.cause, horizon=float(HORIZON[MONTH]))
    return {
        "in_the_large": found.observed - found.expected,
        "ici": found.ici,
        "largest_gap": found.largest_gap,
        "slope": found.slope,
    }
