"""
The silence forecast beside other models, in one run, on the same silences: how good each is, and how long it takes.

Run it with `OMP_NUM_THREADS=1 python benchmarks/forecast_peers.py LOG.csv.gz... NAME=SECONDS...`, logs of
`sender,receiver,at`; `NAME=SECONDS` says when a log ends. The other models are not among what Fallow needs; they go
into an environment of their own:

    python -m venv peers
    peers/bin/pip install . polars narwhals scikit-survival lifelines

A model whose library is not there is left out, and named. Of each log one fold of five, drawn by dyad, is left out; the
silences of the other dyads that reach seven days are what everybody learns from, with the same covariates, and those
of the dyads left out are forecast on each of the next 90 days. `--most N` bounds the silences learned from, by leaving
out whole dyads, the same for all.

What each model is: MODELS, below. The ones that know one cause only are fitted once for each cause, and the incidence
of alter's contact is put together from both hazards. They are given whole days, cut off at 90, because a
forest keeps a curve with a step for each time there is in each leaf of each tree; with `--exact` the times as they are.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallow.dyad import COVARIATES
from fallow.forecast import EDGES, Population, Silences, age_trend, forecast_silences
from fallow.study import EventLog, fit_log, name_of, open_engine
from fallow.study.fitting import RIDGE, SMOOTH
from fallow.study.scoring import Sample
from fallow.survival import (
    aalen_johansen,
    calibration_at,
    concordance,
    fit_log_linear,
    incidence_ahead,
    incidence_at,
    over_horizons,
    squared_errors,
)

AGE = 7
HORIZON = np.arange(1.0, 91.0)
MONTH = 29
FOLDS = 5
SEED = 1
MOST = 10_000
TREES = 100
LEAF = 50
AGAIN = 3
"""Times that Fallow is measured, for the median; the others take too long."""
SINGLE = 25
"""Silences that are forecast one at a time, for the median."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Predict = Callable[["Task"], Floats]
"""Of the silences left out, [n, h]; what it learned is in it."""


@dataclass(frozen=True)
class Task:
    """Silences to learn from and silences to forecast: covariates of mean 0 and spread 1 among those learned from."""

    learned: Sample
    left_out: Sample
    part: EventLog
    present: Silences
    rows: Floats
    new_rows: Floats
    exact: bool

    def one(self, i: int) -> Task:
        """With a single silence to forecast."""
        left_out = self.left_out.of(np.arange(len(self.new_rows)) == i)
        return replace(self, left_out=left_out, present=left_out.silences(), new_rows=self.new_rows[i : i + 1])

    @property
    def days(self) -> Floats:
        """From the seventh on, cut off at 90."""
        days = self.learned.left if self.exact else np.maximum(np.ceil(self.learned.left), 1)
        return np.clip(days, 1e-6, HORIZON[-1])

    def came(self, cause: int) -> NDArray[np.bool_]:
        return (self.learned.cause == cause) & (self.learned.left <= HORIZON[-1])


@dataclass(frozen=True)
class Result:
    """Processor seconds of the fit, of all forecasts at once, and of a single one; and what was forecast."""

    name: str
    fit: float
    together: float
    single: float
    chance: Floats


def task_of(log: EventLog, most: int, *, exact: bool) -> Task:
    """One fold of five is left out; of the others whole dyads, until what is learned from is few enough."""
    rng = np.random.default_rng(SEED)
    found = log.silences
    dyads = rng.permutation(np.unique(found.dyad))
    out, kept = dyads[: len(dyads) // FOLDS], dyads[len(dyads) // FOLDS :]
    reach = found.days >= AGE
    count = np.bincount(np.searchsorted(np.sort(dyads), found.dyad[reach]), minlength=len(dyads))
    kept = kept[np.cumsum(count[np.searchsorted(np.sort(dyads), kept)]) <= most]

    def sample(which: Ints) -> Sample:
        rows = np.flatnonzero(reach & np.isin(found.dyad, which))
        return Sample(log, AGE, rows, found.days[rows] - AGE, found.cause[rows].astype(np.int64))

    learned, left_out = sample(kept), sample(out)
    past = found.covariates[learned.row]
    centre, scale = past.mean(axis=0), np.maximum(past.std(axis=0), 1e-3)
    new = (found.covariates[left_out.row] - centre) / scale
    part = log.part(np.isin(found.dyad, kept))
    return Task(learned, left_out, part, left_out.silences(), (past - centre) / scale, new, exact)


def measured(name: str, task: Task, *, again: int = 1) -> Result:
    fits, together = [], []
    for _ in range(again):
        begun = time.process_time()
        predict = MODELS[name](task)
        fitted = time.process_time()
        chance = predict(task)
        fits.append(fitted - begun)
        together.append(time.process_time() - fitted)
    single = []
    for one in [task.one(i) for i in range(min(SINGLE, len(chance)))]:
        begun = time.process_time()
        predict(one)
        single.append(time.process_time() - begun)
    return Result(name, median(fits), median(together), median(single), chance)


def whole_forecast(task: Task) -> Predict:
    """As it is shipped: both models, on every silence of a day and more of the same dyads, and each own record."""
    log = fit_log(task.part, np.random.default_rng(SEED), samples=0)
    population = Population(made="", seed=SEED, covariates=COVARIATES, edges=EDGES, ridge=RIDGE, logs=(log,))
    return lambda asked: forecast_silences(asked.present, population, horizons=HORIZON, limits=False).other


def hazards_alone(task: Task) -> Predict:
    """The log-linear hazards on the very rows that the others are given."""
    edges = np.array([each for each in EDGES if each >= AGE])
    age = np.full(len(task.rows), float(AGE))
    found = fit_log_linear(
        task.rows,
        np.maximum(task.learned.left + AGE, np.nextafter(AGE, np.inf)),
        task.learned.cause,
        entry=age,
        edges=edges,
        trend=age_trend(edges),
        ridge=RIDGE,
        smooth=SMOOTH,
    )

    def predict(asked: Task) -> Floats:
        ages = np.full(len(asked.new_rows), float(AGE))
        ahead: Floats = incidence_ahead(found, asked.new_rows, age=ages, horizon=HORIZON)[0]
        return ahead

    return predict


def from_hazards(cumulative: list[Floats]) -> Floats:
    """The incidence of cause 1 from both cumulative hazards at each day, [n, h] each."""
    first, both = np.diff(cumulative[0], prepend=0.0, axis=1), cumulative[0] + cumulative[1]
    before = np.exp(-np.concatenate((np.zeros((len(both), 1)), both[:, :-1]), axis=1))
    step = np.diff(both, prepend=0.0, axis=1)
    share = np.divide(first, step, out=np.zeros_like(first), where=step > 0)
    ahead: Floats = np.cumsum(before * -np.expm1(-step) * share, axis=1)
    return ahead


def hazards_of(model: Any, rows: Floats) -> Floats:
    """What scikit-survival gives as steps, read on each day of HORIZON, [n, h]."""
    cumulative = model.predict_cumulative_hazard_function(rows, return_array=True)
    step = np.searchsorted(model.unique_times_, HORIZON, side="right")
    found: Floats = np.concatenate((np.zeros((len(rows), 1)), cumulative), axis=1)[:, step]
    return found


def forest(task: Task) -> Predict:
    """scikit-survival, random survival forest: 100 trees, 50 silences a leaf, sqrt(p) covariates a split, one core."""
    from sksurv.ensemble import RandomSurvivalForest
    from sksurv.util import Surv

    fits = [
        RandomSurvivalForest(
            n_estimators=TREES, min_samples_leaf=LEAF, max_features="sqrt", n_jobs=1, random_state=SEED
        ).fit(task.rows, Surv.from_arrays(task.came(cause), task.days))
        for cause in (1, 2)
    ]

    def predict(asked: Task) -> Floats:
        return from_hazards([hazards_of(each, asked.new_rows) for each in fits])

    return predict


def boosting(task: Task) -> Predict:
    """scikit-survival, boosting of the Cox likelihood: 100 trees of depth 3, rate 0.1, half of the rows each."""
    from sksurv.ensemble import GradientBoostingSurvivalAnalysis
    from sksurv.util import Surv

    fits = [
        GradientBoostingSurvivalAnalysis(
            n_estimators=TREES, max_depth=3, subsample=0.5, min_samples_leaf=LEAF, random_state=SEED
        ).fit(task.rows, Surv.from_arrays(task.came(cause), task.days))
        for cause in (1, 2)
    ]

    def predict(asked: Task) -> Floats:
        return from_hazards([hazards_of(each, asked.new_rows) for each in fits])

    return predict


def cox(task: Task) -> Predict:
    """lifelines, proportional hazards, with the ridge of Fallow's own hazards."""
    import pandas as pd
    from lifelines import CoxPHFitter

    fits = []
    for cause in (1, 2):
        table = pd.DataFrame(task.rows, columns=list(COVARIATES)).assign(days=task.days, came=task.came(cause))
        fits.append(CoxPHFitter(penalizer=RIDGE / len(table)).fit(table, "days", "came"))

    def predict(asked: Task) -> Floats:
        new = pd.DataFrame(asked.new_rows, columns=list(COVARIATES))
        return from_hazards([each.predict_cumulative_hazard(new, times=HORIZON).to_numpy().T for each in fits])

    return predict


def histogram_boosting(task: Task) -> Predict:
    """scikit-learn, boosting with histograms: a row for each silence and bin of age, who ended it there, if anybody."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    edges = np.array([0.0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90])
    left, cause = task.learned.left, task.learned.cause
    rows, outcomes = [], []
    for j, (low, high) in enumerate(pairwise(edges)):
        # Cut off inside a bin: the bin is not known, and left out.
        at_risk = (left > low) & ((cause > 0) | (left >= high))
        rows.append(np.column_stack((task.rows[at_risk], np.full(at_risk.sum(), j))))
        outcomes.append(np.where(left[at_risk] <= high, cause[at_risk], 0))
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=0.05, max_leaf_nodes=15, min_samples_leaf=LEAF, l2_regularization=5.0,
        early_stopping=False, random_state=SEED,
    ).fit(np.concatenate(rows), np.concatenate(outcomes))  # fmt: skip

    def predict(asked: Task) -> Floats:
        alive, so_far = np.ones(len(asked.new_rows)), [np.zeros(len(asked.new_rows))]
        for j in range(len(edges) - 1):
            none, first, _ = model.predict_proba(np.column_stack((asked.new_rows, np.full(len(alive), j)))).T
            so_far.append(so_far[-1] + alive * first)
            alive = alive * none
        # Between two edges along a straight line.
        high = np.clip(np.searchsorted(edges, HORIZON), 1, len(edges) - 1)
        share = (HORIZON - edges[high - 1]) / (edges[high] - edges[high - 1])
        table = np.stack(so_far, axis=1)
        ahead: Floats = table[:, high - 1] * (1 - share) + table[:, high] * share
        return ahead

    return predict


MODELS: dict[str, Callable[[Task], Predict]] = {
    "Fallow, both models as shipped": whole_forecast,
    "Fallow, log-linear hazards alone": hazards_alone,
    "random survival forest": forest,
    "Cox with ridge": cox,
    "boosting of the Cox likelihood": boosting,
    "histogram boosting in bins of age": histogram_boosting,
}
FOREST = "random survival forest"
OURS = [name for name in MODELS if name.startswith("Fallow")]


def row_of(task: Task, result: Result, slow: Result | None) -> str:
    left, cause = task.left_out.left, task.left_out.cause
    chance = np.clip(result.chance, 0.0, 1.0)
    curve = np.broadcast_to(incidence_at(aalen_johansen(left, cause), HORIZON)[0], chance.shape)
    loss, plain = (
        float(over_horizons(squared_errors(each, left, cause, horizon=HORIZON), HORIZON).mean())
        for each in (chance, curve)
    )
    month = chance[:, MONTH]
    c = calibration_at(month, left, cause, horizon=float(HORIZON[MONTH]))
    ranked = concordance(month, left, cause, until=float(HORIZON[MONTH]))
    return (
        f"| {result.name} | {loss / plain:.3f} | {c.ici:.3f} | {c.slope or float('nan'):.2f} | {ranked:.3f} "
        f"| {timed(result.fit, slow and slow.fit)} | {timed(result.together, slow and slow.together)} "
        f"| {timed(result.single * 1000, slow and slow.single * 1000)} |"
    )


def timed(own: float, slow: float | None) -> str:
    """With how many times as long the forest took."""
    if slow is None:
        return f"{own:.3g}"
    ratio = slow / own
    return f"{own:.3g} ({ratio:,.0f}×)" if ratio >= 10 else f"{own:.3g} ({ratio:.1f}×)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", nargs="+", metavar="LOG or NAME=SECONDS")
    parser.add_argument("--most", type=int, default=MOST, help="silences learned from, at most")
    parser.add_argument("--exact", action="store_true", help="give times as they are, not in whole days")
    given = parser.parse_args()
    ends = dict(each.split("=") for each in given.logs if "=" in each)
    for path in (Path(each) for each in given.logs if "=" not in each):
        with open_engine("polars") as engine:
            log = engine.read(path, until=float(ends[name_of(path)]) if name_of(path) in ends else None)
        task = task_of(log, given.most, exact=given.exact)
        print(
            f"\n{log.name}: learned from {len(task.rows):,} silences of {AGE} days "
            f"({len(task.part.silences):,} of a day and more), forecast {len(task.new_rows):,}.\n\n"
            "| model | IBS ratio | ICI | slope | C | fit, CPU s | all forecasts, CPU s | one forecast, CPU ms |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            flush=True,
        )
        told(task)


def told(task: Task) -> None:
    """A row for each model, from the forest on as soon as it is measured."""
    waiting: list[Result] = []
    missing, slow = [], None
    for name in MODELS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            waiting.append(measured(name, task, again=AGAIN if name in OURS else 1))
        except ModuleNotFoundError as problem:
            missing.append(f"{name} ({problem.name})")
            continue
        if name == FOREST:
            slow = waiting[-1]
        if name not in OURS:
            print(*(row_of(task, each, slow) for each in waiting), sep="\n", flush=True)
            waiting.clear()
    for each in waiting:
        print(row_of(task, each, slow))
    if missing:
        print(f"\nLeft out, for want of a library: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
