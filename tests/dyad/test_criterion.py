from __future__ import annotations

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
