"""Made-up people whose hard hours are known, and how the estimate does on them. Every seed is fixed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData
from fallow.forecast import HourShares, estimate_hours
from fallow.forecast.hard_hours import ALIKE, HARDER, HOURS_FROM_MONDAY, WEEK

Shares = NDArray[np.float64]
PEOPLE = 200
EVENINGS = [(day, hour) for day in range(7) for hour in (22, 23)]
THURSDAY_NIGHT = [(3, 23)]
MONDAY = 4 * 24
"""1970-01-05 was the first Monday there is."""


def flat(a_day: float) -> Shares:
    """No hour is harder than any other."""
    return np.full((7, 24), a_day / 24)


def waking(a_day: float) -> Shares:
    """From eight in the morning to one at night, all those hours alike."""
    shares = np.zeros((7, 24))
    shares[:, [*range(8, 24), 0]] = a_day / 17
    return shares


def planted(a_day: float, cells: list[tuple[int, int]], of_all: float) -> Shares:
    """A part of all entries falls on some hours of the week, the rest on the others alike."""
    shares = np.full((7, 24), 7 * a_day * (1 - of_all) / (WEEK - len(cells)))
    for cell in cells:
        shares[cell] = min(7 * a_day * of_all / len(cells), 0.95)
    return shares


def drawn(a_day: float, rng: np.random.Generator, alike: tuple[float, float] | None = None) -> Shares:
    """As the model supposes: hours about the average, cells about their hour, as alike as said or as it comes."""
    k_hour, k_cell = rng.choice(ALIKE, 2) if alike is None else alike
    hours = _beta(np.full(24, a_day / 24), k_hour, rng)
    return _beta(np.tile(hours, (7, 1)), k_cell, rng)


def _beta(mean: Shares, alike: float, rng: np.random.Generator) -> Shares:
    mean = np.clip(mean, 1e-6, 0.99)
    return rng.beta(alike, alike * (1 - mean) / mean)


def live(shares: Shares, days: int, rng: np.random.Generator, since: int = MONDAY) -> NDArray[np.int64]:
    """The hours with an entry of somebody's days."""
    hours = since + np.arange(24 * days)
    cells = (hours + HOURS_FROM_MONDAY) % WEEK
    return hours[rng.random(len(hours)) < shares.ravel()[cells]]


def estimated(at: NDArray[np.int64], days: int, since: int = MONDAY) -> HourShares | None:
    try:
        return estimate_hours(at, since, since + 24 * days)
    except NotEnoughData:
        return None


def each(make: Callable[[np.random.Generator], Shares], days: int, seed: int) -> list[tuple[Shares, HourShares]]:
    """PEOPLE people with enough data: what is so, and what was estimated."""
    rng = np.random.default_rng(seed)
    found: list[tuple[Shares, HourShares]] = []
    while len(found) < PEOPLE:
        shares = make(rng)
        estimate = estimated(live(shares, days, rng), days)
        if estimate is not None:
            found.append((shares, estimate))
    return found


def in_100(claims: list[bool] | list[float]) -> int:
    return round(100 * float(np.mean(claims)))


def alarmed(people: list[tuple[Shares, HourShares]]) -> int:
    """In 100 people, those of whom an hour is called hard that is not."""
    return in_100([bool((found.hard & (shares <= HARDER * shares.mean())).any()) for shares, found in people])


def covered(people: list[tuple[Shares, HourShares]]) -> int:
    """In 100 hours of the week of all people, those whose interval holds what is so."""
    return in_100([float(((e.lower <= p) & (p <= e.upper)).mean()) for p, e in people])


def found_of(people: list[tuple[Shares, HourShares]], cells: list[tuple[int, int]]) -> tuple[int, int]:
    """In 100 people, those of whom a planted hour is found; and in 100 planted hours, those found."""
    hits = [[bool(found.hard[cell]) for cell in cells] for _, found in people]
    return in_100([any(each) for each in hits]), in_100([float(np.mean(each)) for each in hits])


def with_bad_nights(nights: int, days: int, seed: int) -> int:
    """In 100 people whose entries come in runs of four hours at any time, those of whom an hour is called hard."""
    rng, called = np.random.default_rng(seed), []
    while len(called) < PEOPLE:
        begins = rng.integers(0, 24 * days - 4, nights)
        estimate = estimated(MONDAY + np.concatenate([begins + i for i in range(4)]), days)
        if estimate is not None:
            called.append(bool(estimate.hard.any()))
    return in_100(called)


def losses(days: int, seed: int) -> tuple[float, float, float]:
    """Mean log-loss of six weeks to come, in thousandths of a nat an hour: raw shares, the average alone, the model."""
    rng = np.random.default_rng(seed)
    people = each(lambda _: drawn(1.1, rng), days, seed)
    lost = []
    for shares, found in people:
        after = live(shares, 42, rng)
        held = np.bincount((after + HOURS_FROM_MONDAY) % WEEK, minlength=WEEK).reshape(7, 24)
        raw = (found.held + 0.5) / (found.observed + 1)
        average = np.full((7, 24), found.average)
        lost.append([_loss(guess, held, 6) for guess in (raw, average, found.share)])
    raw_loss, average_loss, model_loss = np.mean(lost, axis=0).tolist()
    return raw_loss, average_loss, model_loss


def _loss(guess: Shares, held: NDArray[np.int64], of: int) -> float:
    return float(-1000 * (held * np.log(guess) + (of - held) * np.log1p(-guess)).sum() / (of * WEEK))


@cache
def measured() -> dict[str, tuple[int, ...]]:
    """Every figure that the documents give, by its name there."""
    mixed = {days: each(lambda rng: drawn(1.1, rng), days, 11) for days in (36, 84)}
    evenings = each(lambda _: planted(41 / 36, EVENINGS, 0.5), 36, 12)
    longer = each(lambda _: planted(1.0, EVENINGS, 0.4), 84, 13)
    thursday = each(lambda _: planted(1.0, THURSDAY_NIGHT, 0.1), 84, 14)
    raw, average, model = (round(loss) for loss in losses(42, 15))
    return {
        "coverage, 36 days": (covered(mixed[36]),),
        "coverage, 84 days": (covered(mixed[84]),),
        "coverage at its worst, cells unlike their hour, 36 days": (
            covered(each(lambda rng: drawn(1.1, rng, (16, 1)), 36, 20)),
        ),
        "false alarm, no hour harder, 36 days": (alarmed(each(lambda _: flat(1.1), 36, 16)),),
        "false alarm, no hour harder, 84 days": (alarmed(each(lambda _: flat(3.0), 84, 17)),),
        "false alarm, all waking hours alike, 36 days": (alarmed(each(lambda _: waking(1.1), 36, 18)),),
        "false alarm, runs of four hours, 36 days": (with_bad_nights(10, 36, 19),),
        "found, half of 22 at 22:00 and 23:00, 20 days": found_of(
            each(lambda _: planted(1.1, EVENINGS, 0.5), 20, 21), EVENINGS
        ),
        "found, half of 41 at 22:00 and 23:00, 36 days": found_of(evenings, EVENINGS),
        "found, 40 in 100 of 84 at 22:00 and 23:00, 84 days": found_of(longer, EVENINGS),
        "found, one hour of the week with a tenth of 84, 84 days": found_of(thursday, THURSDAY_NIGHT),
        "log-loss, 42 days": (raw, average, model),
    }
