"""
Whether the forecast's 90 % intervals hold what they should.

Run it with `python benchmarks/forecast_coverage.py [LOG... NAME=SECONDS...]`. First on simulated dyads, whose true
chance is known: a log, a sample of it and the dyad's own factors are drawn, its record is written silence by silence,
and the forecast sees the record alone. Then, with logs, on each of them while it is left out: whether the interval of
the share that alter ends within 30 days holds the share observed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from fallow.dyad import find_episodes
from fallow.forecast import (
    BY_RETURNS,
    HORIZONS,
    THETA,
    Model,
    Population,
    forecast_silences,
    load_population,
    model_of,
    present_silences,
)
from fallow.messages import ALTER, EGO
from fallow.study import open_engine, sample_silences
from fallow.survival import aalen_johansen, hazards, incidence_at, incidence_of_hazards

DAY_US = 86_400_000_000
HOUR_US = DAY_US // 24
DYADS = 1_500
SAMPLED = 2_000
SEED = 3
AGE = 7.0
RECORDS = (40.0, 300.0)
"""Days a record lasts, at least and at most."""

Floats = NDArray[np.float64]


@dataclass
class Pair:
    """One simulated dyad: which fit rules it, its own factors or rates, its messages, and when it is looked at."""

    fit: int
    own: Floats
    at: list[int]
    sender: list[int]
    until: int
    open: bool = True

    def talk(self, instant: int, first: int, rng: np.random.Generator) -> None:
        for i in range(int(rng.integers(2, 9))):
            self.at.append(instant + i * HOUR_US)
            self.sender.append(first if i % 2 == 0 else 1 - first)


def begun(fits: int, own: Floats, rng: np.random.Generator) -> list[Pair]:
    pairs = []
    for each in own:
        until = round(float(np.exp(rng.uniform(*np.log(RECORDS)))) * DAY_US)
        at = [i * 2 * HOUR_US for i in range(10)]
        pairs.append(Pair(int(rng.integers(fits)), each, at, [i % 2 for i in range(10)], until))
    return pairs


def by_hazards(models: list[Model], rng: np.random.Generator) -> tuple[list[Pair], Floats]:
    """Dyads whose silences end by the log-linear hazards of one fit times their own two factors; and the truth."""
    pairs = begun(len(models), rng.gamma(THETA, 1 / THETA, (DYADS, 2)), rng)
    edges = models[0].parameters.edges
    while alive := [i for i, pair in enumerate(pairs) if pair.open]:
        hazard = _hazards_now([pairs[i] for i in alive], models)
        for i, each in zip(alive, hazard, strict=True):
            pair = pairs[i]
            days, cause = _ended(each, edges, rng)
            instant = pair.at[-1] + round(days * DAY_US)
            if instant >= pair.until:
                pair.open = False
            else:
                pair.talk(instant, ALTER if cause == 0 else EGO, rng)
                pair.open = pair.at[-1] < pair.until
    pairs = [pair for pair in pairs if pair.until - pair.at[-1] >= AGE * DAY_US]
    hazard = _hazards_now(pairs, models)
    age = np.array([(pair.until - pair.at[-1]) / DAY_US for pair in pairs])
    true = incidence_of_hazards(np.swapaxes(hazard, 0, 1), edges, age=age, horizon=np.array(HORIZONS))[0]
    return pairs, true


def by_returns(models: list[Model], rng: np.random.Generator) -> tuple[list[Pair], Floats]:
    """Dyads whose returns come at an own rate until they stop, as BG/NBD has it; and the truth."""
    pairs = begun(len(models), np.zeros((DYADS, 3)), rng)
    for pair in pairs:
        r, alpha, a, b, k = np.exp(models[pair.fit].returns)
        pair.own = np.array([rng.gamma(r) / alpha, rng.beta(a, b), rng.beta(k, k)])
        rate, death, share = pair.own
        dead = False
        while not dead:
            instant = pair.at[-1] + round(float(rng.exponential(1 / max(rate, 1e-9))) * DAY_US)
            if instant >= pair.until:
                break
            back = instant - pair.at[-1] >= DAY_US
            pair.at.append(instant)
            pair.sender.append(ALTER if rng.random() < share else EGO)
            dead = back and bool(rng.random() < death)
    pairs = [pair for pair in pairs if pair.until - pair.at[-1] >= AGE * DAY_US]
    rate, death, share = np.array([pair.own for pair in pairs]).T
    age = np.array([(pair.until - pair.at[-1]) / DAY_US for pair in pairs])
    alive = (1 - death) * np.exp(-rate * age) / (death + (1 - death) * np.exp(-rate * age))
    true = (share * alive)[:, None] * -np.expm1(-rate[:, None] * np.array(HORIZONS))
    return pairs, true


def _hazards_now(pairs: list[Pair], models: list[Model]) -> Floats:
    """Of the silence each dyad is in, [k, 2, b]."""
    dyad, at, sender, _ = arrays(pairs)
    until = np.array([pair.at[-1] + 2 * DAY_US for pair in pairs])[dyad]
    found = find_episodes(dyad, at, sender, until)
    last = np.flatnonzero(np.append(found.dyad[1:] != found.dyad[:-1], True))
    assert len(last) == len(pairs)
    covariates = found.covariates[last]
    hazard = np.empty((len(pairs), 2, len(models[0].parameters.trend)))
    fits = np.array([pair.fit for pair in pairs])
    for number in np.unique(fits):
        which = np.flatnonzero(fits == number)
        model = models[number]
        hazard[which] = np.swapaxes(hazards(model.parameters, model.rows(covariates[which])), 0, 1)
    return hazard * np.array([pair.own for pair in pairs])[:, :, None]


def _ended(hazard: Floats, edges: Floats, rng: np.random.Generator) -> tuple[float, int]:
    """When a silence ends, days, and by whom (0 alter, 1 ego)."""
    both, left = hazard.sum(0), float(rng.exponential())
    for j, rate in enumerate(both):
        length = edges[j + 1] - edges[j] if j + 1 < len(both) else np.inf
        if left < rate * length:
            return float(edges[j] + left / rate), int(rng.random() * rate >= hazard[0, j])
        left -= rate * length
    raise AssertionError("the last bin has no end")


def arrays(pairs: list[Pair]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]:
    dyad = np.repeat(np.arange(len(pairs)), [len(pair.at) for pair in pairs])
    at = np.array([instant for pair in pairs for instant in pair.at], np.int64)
    sender = np.array([side for pair in pairs for side in pair.sender], np.int8)
    return dyad, at, sender, np.array([pair.until for pair in pairs], np.int64)[dyad]


def simulated(population: Population) -> None:
    models = [model_of(log, fit, population.edges) for log in population.logs for fit in log.again]
    print("| simulated from | dyads | 7 d | 14 d | 30 d | 60 d | 90 d | mean width at 30 d |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    told = []
    for name, make in (("log-linear hazards", by_hazards), ("BG/NBD", by_returns)):
        pairs, true = make(models, np.random.default_rng(SEED))
        silences = present_silences(*arrays(pairs))
        limits = forecast_silences(silences, population).limits
        assert limits is not None
        lower, upper = limits[0]
        true = true[silences.dyad]
        told.append(np.append(((lower <= true) & (true <= upper)).mean(axis=0), (upper - lower)[:, 2].mean()))
        row(name, len(true), told[-1])
    both = (1 - BY_RETURNS) * told[0] + BY_RETURNS * told[1]
    row("both, as the forecast weighs them", len(true), both)


def row(name: str, dyads: int, told: Floats) -> None:
    shares = " | ".join(f"{100 * share:.1f} %" for share in told[:-1])
    print(f"| {name} | {dyads:,} | {shares} | {told[-1]:.2f} |", flush=True)


def left_out(population: Population, arguments: list[str]) -> None:
    ends = dict(each.split("=") for each in arguments if "=" in each)
    print("\n| log left out | age, days | observed by 30 d | expected | interval | held |")
    print("| --- | --- | --- | --- | --- | --- |")
    for path in (Path(each) for each in arguments if "=" not in each):
        name = path.name.split(".")[0]
        with open_engine("polars") as engine:
            log = engine.read(path, until=float(ends[name]) if name in ends else None)
        others = msgspec.structs.replace(
            population, logs=tuple(each for each in population.logs if each.name != log.name)
        )
        for age in (7, 14, 30):
            # One view of each: the two of a dyad are not two samples.
            sample = sample_silences(log.part(log.view == 0), age, np.random.default_rng(SEED), most=SAMPLED)
            ahead = forecast_silences(sample.silences(), others, horizons=np.array([30.0]))
            assert ahead.limits is not None
            observed = float(incidence_at(aalen_johansen(sample.left, sample.cause), np.array([30.0]))[0, 0])
            lower, upper = (float(ahead.limits[0, side].mean()) for side in (0, 1))
            held = "yes" if lower <= observed <= upper else "no"
            expected = float(ahead.other.mean())
            print(f"| {name} | {age} | {observed:.3f} | {expected:.3f} | {lower:.3f} to {upper:.3f} | {held} |")


def main() -> None:
    population = load_population()
    simulated(population)
    if sys.argv[1:]:
        left_out(population, sys.argv[1:])


if __name__ == "__main__":
    main()
