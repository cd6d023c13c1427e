"""The bar of all intervals, in small: `benchmarks/interval_coverage.py` measures it over a thousand dyads a kind."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt

import numpy as np
import pytest

from dyad.coverage import holds, of_one_dyad
from dyad.moods import CRITERION, moody_dyad, truths
from fallow.dyad import find_bouts, reply_latencies, wilson_interval
from fallow.survival import kaplan_meier, median_with_interval

DYADS = 150


def test_every_interval_holds_the_truth_about_95_times_in_100() -> None:
    """150 moody dyads of 300 bouts in seconds: each kind of interval covers 93 to 97 in 100, give or take three
    standard errors of a count of that many independent dyads (5.3 where a dyad gives one); several of one dyad and
    those of its two sides are taken as one here."""
    held: dict[str, list[bool]] = defaultdict(list)
    for seed in range(DYADS):
        for name, inside in of_one_dyad(seed, 300, 1_000_000):
            held[name].append(inside)
    assert len(held) >= 18
    slack = 3 * sqrt(0.95 * 0.05 / DYADS)
    missed = {
        name: float(np.mean(inside)) for name, inside in held.items() if abs(np.mean(inside) - 0.95) > 0.02 + slack
    }
    assert missed == {}


@pytest.mark.parametrize("resolution", [1_000_000, 60_000_000])
def test_the_generator_is_true_to_its_truths(resolution: int) -> None:
    """Thirty thousand bouts: medians within three in a hundred or a tick, shares within a hundredth."""
    table, truth = moody_dyad(np.random.default_rng(1), 30_000, resolution=resolution), truths()
    replies = reply_latencies(table, find_bouts(table, CRITERION.us))
    for waits, median in zip((replies.ego, replies.alter), truth.median_days, strict=True):
        found = median_with_interval(kaplan_meier(waits.duration, waits.observed)).value
        assert found == pytest.approx(median, rel=0.03, abs=waits.resolution)
        assert (waits.duration > 0.25).mean() == pytest.approx(truth.not_in_bout, abs=0.01)


def test_taken_as_independent_the_same_waits_cover_less() -> None:
    """The control: Greenwood's limits of the median, and Wilson's of questions, on the same moody dyads under 90."""
    medians, questions = [], []
    truth = truths()
    for seed in range(DYADS):
        table = moody_dyad(np.random.default_rng(seed), 300)
        replies = reply_latencies(table, find_bouts(table, CRITERION.us))
        for side, waits in enumerate((replies.ego, replies.alter)):
            found = median_with_interval(kaplan_meier(waits.duration, waits.observed))
            medians.append(holds(found, truth.median_days[side]))
            asks = table.asks[table.sender == side]
            questions.append(holds(wilson_interval(int(asks.sum()), len(asks)), truth.questions[side]))
    assert np.mean(medians) < 0.90
    assert np.mean(questions) < 0.90
