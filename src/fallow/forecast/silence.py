"""
The silence forecast: who makes the next contact, and when, as far as that can be known from times alone.

Each public log gives two models of what ends a silence (population.py): log-linear hazards, and BG/NBD, which counts
returns that one day stop. They are averaged, two to one, because neither is the better on every log. For a dyad the
logs are mixed: half of the weight goes by how well each explains the dyad's own earlier silences, the other half is
shared equally, because a few silences tell little about where the two are like. Inside each log both models are moved
towards the dyad's own record (a gamma frailty for each cause; BG/NBD holds its own).

Intervals hold what a record leaves open about the two, the spread over samples of each log's dyads, and the spread over
logs: what carries over from strangers to these two is the main thing not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad import LEAST_DAYS, LONG_DAYS, OPEN, Episodes, find_episodes
from fallow.forecast.population import Fit, LogFit, Model, Population, model_of
from fallow.forecast.returns import past_returns
from fallow.survival import (
    Returns,
    bg_nbd_incidence,
    bg_nbd_log_likelihood,
    hazard_passed,
    hazards,
    incidence_of_hazards,
    log_likelihood,
    net_of_hazards,
)

HORIZONS: Final = (7.0, 14.0, 30.0, 60.0, 90.0)
"""Days from now."""
THETA: Final = 20.0
"""How alike dyads are: the own record counts as much as what was expected of it once that is 20 ends. Chosen by leaving
one log out at a time; 10 to 30 do as well."""
SHARED: Final = 0.5
"""Weight that is shared equally over the logs."""
BY_RETURNS: Final = 1 / 3
"""Weight of BG/NBD beside the hazards. From a quarter to a half is the same on logs left out; more is worse inside."""
LEVEL: Final = 0.9
"""Of the intervals."""
SEED: Final = 1
"""Of what is drawn for the intervals: the same record gives the same limits."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Silences:
    """
    The present silences of k dyads, each with its own past.

    Args:
        dyad: int64 [k], as given; only those with a silence of a day and more, after enough messages of both.
        days: float64 [k], how long each has lasted.
        covariates: float64 [k, p], known when it began.
        earlier: Every silence before, of all of them.
        of: int64 [len(earlier)], which of the k each is of.
    """

    dyad: Ints
    days: Floats
    covariates: Floats
    earlier: Episodes
    of: Ints

    @property
    def earlier_counts(self) -> Ints:
        """int64 [k], how many silences of a day and more each had before."""
        return np.bincount(self.of, minlength=len(self.dyad)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Forecast:
    """
    Probabilities ahead of k silences at h horizons; each [k, h] and in [0, 1], limits at LEVEL.

    Args:
        horizons: float64 [h], days from now.
        other: Alter makes the next contact by then; ego may come first.
        self: Ego makes it.
        neither: Nobody does; the three add up to 1.
        net: Alter makes it if ego stays silent throughout, were alter's hazard the same then (which no log can tell).
        limits: Lower and upper of other, self, neither and net, in this order, [4, 2, k, h]; None if not asked for.
    """

    horizons: Floats
    other: Floats
    self: Floats
    neither: Floats
    net: Floats
    limits: Floats | None


def present_silences(dyad: Ints, at: Ints, sender: NDArray[np.int8], now: Ints) -> Silences:
    """
    Find the silences that go on now.

    Args:
        dyad, at, sender: [n] messages up to now, as `find_episodes` takes them.
        now: int64 [n], microseconds, the present of that dyad.
    """
    found = find_episodes(dyad, at, sender, now)
    if len(found) == 0:
        none = np.empty(0, np.int64)
        return Silences(none, np.empty(0), found.covariates, found, none)
    number = np.cumsum(np.append(True, dyad[1:] != dyad[:-1])) - 1
    mine = number[found.row]
    current = np.flatnonzero(found.cause == OPEN)
    slot = np.full(int(number[-1]) + 1, -1, np.int64)
    slot[mine[current]] = np.arange(len(current))
    past = np.flatnonzero((found.cause != OPEN) & (slot[mine] >= 0))
    earlier = Episodes(found.dyad[past], found.row[past], found.days[past], found.cause[past], found.covariates[past])
    return Silences(found.dyad[current], found.days[current], found.covariates[current], earlier, slot[mine[past]])


def typical_silences(population: Population, days: Floats) -> Silences:
    """
    Silences of which nothing but the age is known: k average dyads of the logs.

    Args:
        population: What was learned from the logs.
        days: k, how long each has lasted, >= LEAST_DAYS.
    """
    centre = np.mean([log.centre for log in population.logs], axis=0)
    none = np.empty(0, np.int64)
    earlier = Episodes(none, none, np.empty(0), np.empty(0, np.int8), np.empty((0, len(centre))))
    return Silences(np.arange(len(days)), days, np.tile(centre, (len(days), 1)), earlier, none)


def forecast_silences(
    silences: Silences, population: Population, *, horizons: Floats | None = None, limits: bool = True
) -> Forecast:
    """
    Forecast who breaks each silence, and by when.

    Args:
        silences: k present silences with their past.
        population: What was learned from the logs.
        horizons: Days from now; HORIZONS if None.
        limits: Whether the spread over logs and samples is worked out as well.
    Returns:
        The forecast. O(k + earlier) a fit; with limits as many fits as there are samples.
    Source:
        Mixture and frailty: this module; checked on held-out logs, docs/explanation/forecast.md.
    """
    ahead = np.array(HORIZONS) if horizons is None else horizons
    models = [_model(population, log, log.fit) for log in population.logs]
    by_hazards = _shares(np.stack([_explained(silences, model) for model in models], axis=1))
    by_returns = _shares(np.stack([_explained_by_returns(silences, model) for model in models], axis=1))
    rng, past = np.random.default_rng(SEED), past_returns(silences.covariates)
    mixed = np.zeros((4, len(silences.days), len(ahead)))
    drawn, weights = [], []
    for i, log in enumerate(population.logs):
        shares = ((1 - BY_RETURNS) * by_hazards[:, i], BY_RETURNS * by_returns[:, i])
        mixed += shares[0][:, None] * _ahead(silences, [models[i]], ahead)[0]
        mixed += shares[1][:, None] * _returns_ahead(silences, past, models[i], ahead)
        if limits:
            again = [_model(population, log, fit) for fit in log.again]
            drawn.append(_ahead(silences, again, ahead, rng))
            drawn.append(np.stack([_returns_ahead(silences, past, model, ahead, rng) for model in again]))
            weights += [share / len(again) for share in shares for _ in again]
    spread = _limits(np.concatenate(drawn), np.stack(weights)) if limits else None
    return Forecast(ahead, mixed[0], mixed[1], mixed[2], mixed[3], spread)


def _model(population: Population, log: LogFit, fit: Fit) -> Model:
    return model_of(log, fit, population.edges)


def _explained(silences: Silences, model: Model) -> Floats:
    """The log likelihood of each dyad's earlier silences under the hazards, [k]."""
    earlier = silences.earlier
    each = log_likelihood(
        model.parameters,
        model.rows(earlier.covariates),
        np.maximum(earlier.days, np.nextafter(LEAST_DAYS, np.inf)),
        earlier.cause.astype(np.int64),
        entry=np.full(len(earlier), LEAST_DAYS),
    )
    return _summed(silences, each)


def _explained_by_returns(silences: Silences, model: Model) -> Floats:
    """The same under BG/NBD, of the long ones, from when they were long, [k]."""
    earlier = silences.earlier
    long = np.flatnonzero(earlier.days > LONG_DAYS)
    each = np.zeros(len(earlier))
    each[long] = bg_nbd_log_likelihood(
        model.returns,
        past_returns(earlier.covariates[long]),
        np.full(len(long), LONG_DAYS),
        earlier.days[long] - LONG_DAYS,
        earlier.cause[long].astype(np.int64),
    )
    return _summed(silences, each)


def _shares(likely: Floats) -> Floats:
    """The weight of each log for each dyad, [k, logs]; they add up to 1."""
    by_fit = np.exp(likely - likely.max(axis=1, keepdims=True))
    by_fit /= by_fit.sum(axis=1, keepdims=True)
    shares: Floats = SHARED / likely.shape[1] + (1 - SHARED) * by_fit
    return shares


def _ahead(silences: Silences, models: list[Model], horizon: Floats, rng: np.random.Generator | None = None) -> Floats:
    """Other, self, neither and net under the hazards of each of d fits to one log, all at once, [d, 4, k, h]."""
    d, k, edges = len(models), len(silences.days), models[0].parameters.edges
    now, before = (models[0].rows(covariates) for covariates in (silences.covariates, silences.earlier.covariates))
    moved = [hazards(model.parameters, now) * _own_record(silences, model, before, rng)[:, :, None] for model in models]
    hazard, age = np.concatenate(moved, axis=1), np.tile(silences.days, d)
    other, self = incidence_of_hazards(hazard, edges, age=age, horizon=horizon)
    net = net_of_hazards(hazard, edges, age=age, horizon=horizon)
    chances: Floats = np.stack((other, self, 1 - other - self, net)).reshape(4, d, k, len(horizon)).swapaxes(0, 1)
    return chances


def _returns_ahead(
    silences: Silences, past: Returns, model: Model, horizon: Floats, rng: np.random.Generator | None = None
) -> Floats:
    """The same under BG/NBD of one fit, [4, k, h]."""
    other, self, net = bg_nbd_incidence(model.returns, past, silences.days, horizon, rng=rng)
    return np.stack((other, self, 1 - other - self, net))


def _own_record(silences: Silences, model: Model, rows: Floats, rng: np.random.Generator | None) -> Floats:
    """By what factor each dyad's hazards differ from those of its like, [2, k]: its mean, or drawn."""
    earlier = silences.earlier
    expected = hazard_passed(model.parameters, rows, entry=np.full(len(earlier), LEAST_DAYS), duration=earlier.days)
    shape = np.stack([THETA + _summed(silences, (earlier.cause == cause).astype(np.float64)) for cause in (1, 2)])
    rate = np.stack([THETA + _summed(silences, each) for each in expected])
    factor: Floats = (shape if rng is None else rng.gamma(shape)) / rate
    return factor


def _summed(silences: Silences, each: Floats) -> Floats:
    """Sums over the earlier silences of each dyad, [k]."""
    return np.bincount(silences.of, weights=each, minlength=len(silences.days)).astype(np.float64)


def _limits(drawn: Floats, weight: Floats) -> Floats:
    """The middle LEVEL of weighted draws [d, 4, k, h] with weights [d, k]; [4, 2, k, h]."""
    order = np.argsort(drawn, axis=0)
    ranked = np.take_along_axis(drawn, order, axis=0)
    weights = np.broadcast_to(weight[:, None, :, None], drawn.shape)
    reached = np.cumsum(np.take_along_axis(weights, order, axis=0), axis=0)
    tail = (1 - LEVEL) / 2
    found = []
    for level in (tail, 1 - tail):
        first = np.argmax(reached >= level * reached[-1:], axis=0)
        found.append(np.take_along_axis(ranked, first[None], axis=0)[0])
    return np.stack(found, axis=1)
