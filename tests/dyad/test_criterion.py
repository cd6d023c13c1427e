from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from dyad.tables import HOUR_US, MINUTE_US
from fallow.dyad import BoutCriterion, find_bouts, learn_bout_criterion
from fallow.messages import EGO, NOT_KNOWN, MessageTable
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad


def _of_gaps(minutes: list[float]) -> MessageTable:
    at = np.cumsum(np.append(0, np.array(minutes) * MINUTE_US).astype(np.int64))
    n = len(at)
    zeros = np.zeros(n, np.int32)
    return MessageTable(
        at=at,
        offset=zeros,
        sender=np.full(n, EGO, np.int8),
        kind=zeros.astype(np.uint8),
        words=zeros,
        size=zeros,
        asks=zeros.astype(np.int8),
        read_at=np.full(n, NOT_KNOWN, np.int64),
        unseen=np.empty((0, 2), np.int64),
        resolution=1_000_000,
        zoned=True,
    )


def test_under_200_gaps_the_default_is_used_and_said() -> None:
    """199 gaps, however clear, do not place the second curve."""
    assert BoutCriterion(6 * HOUR_US, "too little data", 199) == learn_bout_criterion(_of_gaps([1.0] * 199))


def test_gaps_of_one_kind_give_the_default() -> None:
    """Where nobody ever pauses there is nothing to part."""
    assert BoutCriterion(6 * HOUR_US, "no two kinds of gap", 300) == learn_bout_criterion(_of_gaps([3.0] * 300))


def test_two_clear_kinds_are_parted_between_them() -> None:
    """Answers around 4 minutes, pauses around 10 hours: log-normals that cross at 2.10 h by formula."""
    rng = np.random.default_rng(2)
    short = 4 * np.exp(1.2 * rng.standard_normal(9000))
    long = 600 * np.exp(0.7 * rng.standard_normal(1000))
    learned = learn_bout_criterion(_of_gaps([float(g) for g in rng.permutation(np.append(short, long))]))
    assert learned.how == "learned"
    assert 1.95 <= learned.hours <= 2.25


def test_a_crossing_outside_the_range_is_held_to_it() -> None:
    """Answers within a minute and pauses of a day cross under an hour, and an hour is the least."""
    rng = np.random.default_rng(2)
    short = 3 * np.exp(0.5 * rng.standard_normal(9000))
    long = 250 * np.exp(0.9 * rng.standard_normal(3000))
    learned = learn_bout_criterion(_of_gaps([float(g) for g in rng.permutation(np.append(short, long))]))
    assert BoutCriterion(HOUR_US, "held to the range", 12_000) == learned


def _crossing_hours(often: float, within: tuple[float, float], between: tuple[float, float]) -> float:
    """Where two weighted normal curves over log minutes meet: the greater root of the quadratic of their logs."""
    (m1, s1), (m2, s2) = within, between
    a = 1 / (2 * s2**2) - 1 / (2 * s1**2)
    b = m1 / s1**2 - m2 / s2**2
    c = m2**2 / (2 * s2**2) - m1**2 / (2 * s1**2) + math.log((1 - often) * s2 / (often * s1))
    roots = [(-b + sign * math.sqrt(b * b - 4 * a * c)) / (2 * a) for sign in (1, -1)]
    (between_the_means,) = (root for root in roots if m1 < root < m2)
    return math.exp(between_the_means) / 60


@pytest.mark.parametrize("resolution", [1_000_000, MINUTE_US], ids=["seconds", "minutes"])
@pytest.mark.parametrize(
    ("often", "within", "between"),
    [
        (0.10, (4, 1.2), (600, 0.7)),
        (0.10, (2, 1.3), (720, 0.8)),
        (0.20, (5, 1.3), (900, 0.6)),
        (0.15, (10, 1.4), (1000, 0.6)),
        (0.10, (3, 1.5), (480, 0.7)),
    ],
    ids=["ordinary", "quick", "short talks", "slow", "wide"],
)
def test_the_criterion_is_recovered_within_a_tenth(
    often: float, within: tuple[float, float], between: tuple[float, float], resolution: int
) -> None:
    """Twelve dyads each, of 10,000 gaps. Truth: gaps are drawn from two log-normals (median minutes, spread of the
    log), and the criterion is where the two densities, weighted by how often a bout ends, are equal, by formula."""
    logs = ((math.log(within[0]), within[1]), (math.log(between[0]), between[1]))
    truth = _crossing_hours(often, *logs)
    for seed in range(12):
        rng = np.random.default_rng(seed)
        pause = rng.random(10_000) < often
        middle, spread = (np.where(pause, logs[1][i], logs[0][i]) for i in (0, 1))
        table = _of_gaps(np.exp(middle + spread * rng.standard_normal(10_000)).tolist())
        coarse = replace(table, at=table.at - table.at % resolution, resolution=resolution)
        assert learn_bout_criterion(coarse).hours == pytest.approx(truth, rel=0.1)


@pytest.mark.parametrize(
    ("alter_minutes", "least"), [(3.0, 1.0), (30.0, 1.5)], ids=["both quick", "they take half an hour"]
)
def test_the_criterion_finds_about_the_bouts_that_were_made(alter_minutes: float, least: float) -> None:
    """On simulated dyads with pauses of two hours and more, within a third of the true number of bouts."""
    alter = SideParameters(reply_minutes=alter_minutes)
    parameters = DyadParameters(alter=alter, days=900, silences_per_day=0.0, resolution=1_000_000)
    table = simulate_dyad(parameters, np.random.default_rng(1))
    learned = learn_bout_criterion(table)
    made = 900 * 2
    found = len(find_bouts(table, learned.us))
    assert least <= learned.hours <= 6.0
    assert made * 2 / 3 <= found <= made * 4 / 3


def test_whole_minutes_tell_nearly_the_same_as_seconds() -> None:
    """One record, once in seconds and once cut to minutes: the criterion moves by less than a tenth."""
    fine = simulate_dyad(DyadParameters(resolution=1_000_000), np.random.default_rng(4))
    coarse = replace(fine, at=fine.at - fine.at % MINUTE_US, resolution=MINUTE_US)
    assert learn_bout_criterion(coarse).hours == pytest.approx(learn_bout_criterion(fine).hours, rel=0.1)
