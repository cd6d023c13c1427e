"""How often the intervals of all measures hold the truth, on moody dyads: for the tests, and for the benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np

from dyad.moods import CRITERION, moody_dyad, truths
from fallow.dyad import Waited, two_sides


class Interval(Protocol):
    """Anything with limits; a Share, a Mean or an Estimate."""

    @property
    def lower(self) -> float | None: ...
    @property
    def upper(self) -> float | None: ...


def holds(found: Interval, truth: float) -> bool:
    """Whether the limits hold it; where one is not known there is none on that side."""
    low, high = found.lower, found.upper
    return (low is None or low <= truth) and (high is None or truth <= high)


def of_one_dyad(seed: int, bouts: int, resolution: int) -> Iterator[tuple[str, bool]]:
    """Name the interval, and say whether it holds the truth, for every interval that a moody dyad gives."""
    table, truth = moody_dyad(np.random.default_rng(seed), bouts, resolution=resolution), truths()
    found = two_sides(table, criterion=CRITERION)
    yield from _of("likeness of clocks", ((found.overlap, truth.likeness),))
    yield from _of("openings", ((found.openings.overall.ego, truth.opened),))
    yield from _of("openings of a quarter", ((each.opened.ego, truth.opened) for each in found.balance if each.opened))
    for side, follow_ups in enumerate((found.follow_ups.ego, found.follow_ups.alter)):
        yield from _of("follow-ups", ((follow_ups.share, truth.followed_up[side]),))
    for side, writing in enumerate((found.writing.ego, found.writing.alter)):
        yield from _of("questions", ((writing.questions, truth.questions[side]),))
        yield from _of("words a text", ((writing.words_a_text, truth.words[side]),))
        yield from _of("messages a turn", ((writing.messages_a_turn, truth.messages_a_turn),))
    for side, latency, read in ((0, found.latencies.ego, found.read.ego), (1, found.latencies.alter, found.read.alter)):
        median = truth.median_days[side]
        yield from _waits("median wait", [latency.overall], median)
        yield from _waits("median wait of a month", [each.waited for each in latency.months], median)
        yield from _waits("median wait of a quarter", [each.waited for each in latency.quarters], median)
        yield from _waits("median wait by hour", [each.waited for each in latency.hours], median)
        assert read is not None
        yield from _waits("median wait after reading", [read.waited], median / 2)
        yield from _of("read, not answered in the bout", ((read.not_in_bout_share, truth.not_in_bout),))
        waiting = truth.followed_up[1 - side]
        yield from _of("read, not answered at all", ((read.not_in_record_share, waiting),))
    for quarter in found.balance:
        pairs = ((quarter.follow_ups.ego, truth.followed_up[0]), (quarter.follow_ups.alter, truth.followed_up[1]))
        yield from _of("follow-ups of a quarter", ((each.share, true) for each, true in pairs))
        if quarter.returned_shares:
            yield from _of("who came back, of a quarter", ((quarter.returned_shares.ego, truth.opened),))
    day = found.silences_from[0]
    if day.broken_shares and day.last_shares:
        yield from _of("who came back", ((day.broken_shares.ego, truth.opened),))
        yield from _of("who wrote last", ((day.last_shares.ego, truth.last_by_ego),))


def _of(name: str, pairs: Iterable[tuple[Interval | None, float]]) -> Iterator[tuple[str, bool]]:
    for found, truth in pairs:
        if found is not None:
            yield name, holds(found, truth)


def _waits(name: str, found: list[Waited], truth: float) -> Iterator[tuple[str, bool]]:
    yield from _of(name, tuple((each.median, truth) for each in found))
