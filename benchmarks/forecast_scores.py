"""
How good the silence forecast is: inside each log on dyads left out, and on logs left out.

Run it with `python benchmarks/forecast_scores.py LOG.csv.gz...`, logs of `sender,receiver,at`, each named for what it
is; `NAME=SECONDS` beside them says when a log ends. Up to 10,000 silences of each log and age are forecast, each from
its own past alone, the way `fallow forecast --episodes` reads them.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.dyad import find_episodes
from fallow.forecast import Population, Silences, forecast_silences, present_silences
from fallow.study import EventLog, fit_population, read_log
from fallow.survival import aalen_johansen, brier_score, calibration_at, incidence_at, over_horizons

DAY_US = 86_400_000_000
AGES = (7, 14, 30)
HORIZON = np.arange(1.0, 91.0)
MOST = 10_000
FOLDS = 5
SEED = 1


@dataclass(frozen=True)
class Sample:
    """Silences of one age with what came of them, and the dyad each is of."""

    silences: Silences
    duration: NDArray[np.float64]
    cause: NDArray[np.int64]
    dyad: NDArray[np.int64]


def sampled(log: EventLog, age: int, rng: np.random.Generator) -> Sample:
    """Silences that reach an age, as one of the two sees them, cut off at that age."""
    begins = np.append(True, log.dyad[1:] != log.dyad[:-1])
    first = np.maximum.accumulate(np.where(begins, np.arange(len(log)), 0))
    until = np.full(len(log), log.until, np.int64)
    rows, views, left, causes = [], [], [], []
    for view in (0, 1):
        side = log.sender if view == 0 else (1 - log.sender).astype(np.int8)
        found = find_episodes(log.dyad, log.at, side, until)
        reach = np.flatnonzero(found.days >= age)
        rows += found.row[reach].tolist()
        views += [view] * len(reach)
        left += (found.days[reach] - age).tolist()
        causes += found.cause[reach].tolist()
    chosen = rng.permutation(len(rows))[:MOST]
    parts: list[list[NDArray[np.int64]]] = [[], [], [], []]
    for number, i in enumerate(chosen.tolist()):
        span = slice(int(first[rows[i]]), rows[i] + 1)
        side = log.sender[span] if views[i] == 0 else 1 - log.sender[span]
        n = span.stop - span.start
        now = log.at[rows[i]] + age * DAY_US + 1
        for part, value in zip(parts, (np.full(n, number), log.at[span], side, np.full(n, now)), strict=True):
            part.append(value)
    dyad, at, sender, now = (np.concatenate(part) for part in parts)
    silences = present_silences(dyad, at, sender.astype(np.int8), now)
    assert len(silences.days) == len(chosen)
    of = log.dyad[np.array(rows)[chosen]]
    return Sample(silences, np.array(left)[chosen], np.array(causes, np.int64)[chosen], of)


def part_of(sample: Sample, which: NDArray[np.bool_]) -> Silences:
    """Some of the silences, each with its own past."""
    s, slot = sample.silences, np.cumsum(which) - 1
    past = which[s.of]
    earlier = type(s.earlier)(
        *(getattr(s.earlier, name)[past] for name in ("dyad", "row", "days", "cause", "covariates"))
    )
    return Silences(s.dyad[which], s.days[which], s.covariates[which], earlier, slot[s.of[past]])


def without(log: EventLog, dyads: NDArray[np.int64]) -> EventLog:
    kept = ~np.isin(log.dyad, dyads)
    return EventLog(log.name, log.sha256, log.dyad[kept], log.at[kept], log.sender[kept], log.until)


def told(where: str, age: int, sample: Sample, chances: NDArray[np.float64]) -> None:
    """One row of the table."""
    curve = incidence_at(aalen_johansen(sample.duration, sample.cause), HORIZON)[0]
    baseline = np.broadcast_to(curve, chances.shape)
    one, other = (
        over_horizons(brier_score(each, sample.duration, sample.cause, horizon=HORIZON), HORIZON)
        for each in (chances, baseline)
    )
    c = calibration_at(chances[:, 29], sample.duration, sample.cause, horizon=30.0)
    print(
        f"| {where} | {age} | {len(sample.duration):,} | {float(one) / float(other):.3f} | "
        f"{c.observed - c.expected:+.3f} | {c.ici:.3f} | {c.largest_gap:.3f} | {c.slope or float('nan'):.2f} |",
        flush=True,
    )


def fitted(logs: list[EventLog]) -> Population:
    return fit_population(logs, seed=SEED, made="", cites={}, samples=0)


def main() -> None:
    ends = dict(each.split("=") for each in sys.argv[1:] if "=" in each)
    paths = [Path(each) for each in sys.argv[1:] if "=" not in each]
    logs = [
        read_log(path, until=float(ends[name]) if (name := path.name.split(".")[0]) in ends else None) for path in paths
    ]
    print("| where | age, days | silences | IBS ratio | in the large | ICI | largest gap | slope |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    begun = time.process_time()
    for log in logs:
        rng = np.random.default_rng(SEED)
        samples = {age: sampled(log, age, rng) for age in AGES}
        dyads = np.unique(log.dyad)
        fold = rng.integers(0, FOLDS, len(dyads))
        chances = {age: np.empty((len(each.duration), len(HORIZON))) for age, each in samples.items()}
        for number in range(FOLDS):
            out = dyads[fold == number]
            population = fitted([without(log, out)])
            for age, sample in samples.items():
                which = np.isin(sample.dyad, out)
                found = forecast_silences(part_of(sample, which), population, horizons=HORIZON, limits=False)
                chances[age][which] = found.other
        for age, sample in samples.items():
            told(f"{log.name}, dyads left out", age, sample, chances[age])
    whole = fitted(logs)
    for log in logs:
        others = msgspec.structs.replace(whole, logs=tuple(each for each in whole.logs if each.name != log.name))
        rng = np.random.default_rng(SEED)
        for age in AGES:
            sample = sampled(log, age, rng)
            found = forecast_silences(sample.silences, others, horizons=HORIZON, limits=False)
            told(f"{log.name}, log left out", age, sample, found.other)
    print(f"\n{time.process_time() - begun:.0f} s of CPU.")


if __name__ == "__main__":
    main()
