"""Silence episodes: equal to a slow telling of the same definition, one dyad or many, and blind to what comes later."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fallow.dyad import ALTER_BROKE, COVARIATES, EGO_BROKE, OPEN, Episodes, find_episodes
from fallow.messages import ALTER, EGO

DAY_US = 86_400_000_000
HOUR_US = DAY_US // 24
GAPS = (0, 1, 5, 23, 24, 25, 100, 167, 168, 169, 800)
"""Hours: on and beside a day and a week."""

talks = st.lists(st.tuples(st.sampled_from(GAPS), st.sampled_from((EGO, ALTER))), max_size=40)


@dataclass(frozen=True, slots=True)
class Log:
    """Messages of dyads one after the other."""

    dyad: NDArray[np.int64]
    at: NDArray[np.int64]
    sender: NDArray[np.int8]
    until: NDArray[np.int64]

    def found(self) -> Episodes:
        return find_episodes(self.dyad, self.at, self.sender, self.until)


def log_of(*dyads: list[tuple[int, int]], after_hours: int = 30) -> Log:
    """Dyads as (hours since the one before, sender); each record ends some hours after its last message."""
    dyad, at, sender, until = [], [], [], []
    for number, rows in enumerate(dyads):
        times = np.cumsum([gap for gap, _ in rows]).astype(np.int64) * HOUR_US + number * 7 * DAY_US
        dyad += [number] * len(rows)
        at += times.tolist()
        sender += [who for _, who in rows]
        until += [int(times[-1]) + after_hours * HOUR_US if rows else 0] * len(rows)
    return Log(np.array(dyad, np.int64), np.array(at, np.int64), np.array(sender, np.int8), np.array(until, np.int64))


def told_slowly(at: list[int], sender: list[int], until: int) -> list[tuple[float, int, list[float]]]:
    """One dyad, microseconds: length, cause and covariates of each silence, message by message."""
    told = []
    for i, now in enumerate(at):
        end = at[i + 1] if i + 1 < len(at) else until
        past = range(i + 1)
        if end - now < DAY_US or i + 1 < 10 or len({sender[j] for j in past}) < 2:
            continue
        cause = OPEN if i + 1 == len(at) else (ALTER_BROKE if sender[i + 1] == ALTER else EGO_BROKE)
        told.append(((end - now) / DAY_US, cause, covariates(at[: i + 1], sender[: i + 1])))
    return told


def covariates(at: list[int], sender: list[int]) -> list[float]:
    last, age = len(at) - 1, (at[-1] - at[0]) / DAY_US
    gap = {j: (at[j] - at[j - 1]) / DAY_US for j in range(1, len(at))}
    back = [j for j, days in gap.items() if days >= 1]

    def count(rows: list[int], side: int) -> int:
        return sum(sender[j] == side for j in rows)

    def remembered(rows: list[int], side: int, memory: float) -> float:
        return sum(math.exp(-(at[-1] - at[j]) / DAY_US / memory) for j in rows if sender[j] == side)

    def since(side: int) -> float:
        return (at[-1] - max(at[j] for j in range(len(at)) if sender[j] == side)) / DAY_US

    every, long = list(range(len(at))), [j for j in back if gap[j] >= 7]
    talk = list(range(back[-1] if back else 0, last + 1))
    return [
        math.log((count(back, ALTER) + 0.5) / (age + 15)),
        math.log((count(back, EGO) + 0.5) / (age + 15)),
        math.log((len(back) + 1) / (age + 15)),
        math.log(age + 15),
        math.log(len(at)),
        sum(math.log(gap[j]) for j in back) / len(back) if back else 1.0,
        math.log1p(len(long)),
        math.log((count(long, ALTER) + 0.5) / (count(long, EGO) + 0.5)),
        *(math.log(remembered(back, side, memory) + 0.1) for memory in (30, 120) for side in (ALTER, EGO)),
        math.log(remembered(every, ALTER, 30) + remembered(every, EGO, 30)),
        math.log((remembered(every, ALTER, 120) + 0.5) / (remembered(every, EGO, 120) + 0.5)),
        1.0 if sender[-1] == EGO else -1.0,
        math.log1p(gap[back[-1]]) if back else 0.0,
        (1.0 if sender[back[-1]] == ALTER else -1.0) if back else 0.0,
        math.log1p((at[-1] - at[back[-1]]) / DAY_US if back else age),
        math.log1p(since(ALTER)),
        math.log1p(since(EGO)),
        math.log1p(max(gap.values())),
        math.log(len(talk)),
        count(talk, ALTER) / len(talk) - 0.5,
    ]


@given(st.lists(talks, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_episodes_equal_a_slow_telling(dyads: list[list[tuple[int, int]]]) -> None:
    """Every silence of every dyad, its end and each covariate to nine digits."""
    log = log_of(*dyads)
    found, expected = log.found(), []
    for number in range(len(dyads)):
        mine = log.dyad == number
        if mine.any():
            expected += told_slowly(log.at[mine].tolist(), log.sender[mine].tolist(), int(log.until[mine][0]))
    np.testing.assert_allclose([row[0] for row in expected], found.days, rtol=1e-9)
    assert [row[1] for row in expected] == found.cause.tolist()
    told = np.array([row[2] for row in expected]).reshape(-1, len(COVARIATES))
    np.testing.assert_allclose(told, found.covariates, rtol=1e-9, atol=1e-9)


@given(talks, talks)
@settings(max_examples=100, deadline=None)
def test_what_comes_later_changes_no_covariate(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    """A silence is described by its own past alone: with the same beginning, the same rows."""
    short, whole = log_of(before).found(), log_of(before + after).found()
    known = short.cause != OPEN
    np.testing.assert_array_equal(short.covariates[known], whole.covariates[: int(known.sum())])


@given(talks)
@settings(max_examples=100, deadline=None)
def test_swapping_the_sides_swaps_cause_and_sides(rows: list[tuple[int, int]]) -> None:
    """The same silences; who broke them and every covariate of a side change places."""
    one = log_of(rows)
    two = log_of([(gap, 1 - who) for gap, who in rows])
    a, b = one.found(), two.found()
    swapped = np.array([OPEN, EGO_BROKE, ALTER_BROKE])
    assert swapped[a.cause].tolist() == b.cause.tolist()
    column = {name: i for i, name in enumerate(COVARIATES)}
    for alter, ego in (("alter_return_rate", "ego_return_rate"), ("since_alter", "since_ego")):
        np.testing.assert_allclose(a.covariates[:, column[alter]], b.covariates[:, column[ego]], rtol=1e-12)
    for name in ("long_returns_alter", "messages_alter", "last_by_ego", "last_return_alter", "talk_alter"):
        np.testing.assert_allclose(a.covariates[:, column[name]], -b.covariates[:, column[name]], atol=1e-9)


def test_no_message_has_no_episode() -> None:
    """An empty log is answered with no rows of the right width."""
    found = log_of().found()
    assert (0, (0, len(COVARIATES))) == (len(found), found.covariates.shape)


def test_a_dyad_is_looked_at_from_its_tenth_message_on() -> None:
    """Nine messages and a silence are no episode, and neither are twenty by one side alone."""
    nine = [(1, i % 2) for i in range(9)]
    assert 0 == len(log_of([*nine, (48, EGO)], after_hours=1).found())
    assert 1 == len(log_of([*nine, (1, EGO), (48, ALTER)], after_hours=1).found())
    assert 0 == len(log_of([(30, EGO)] * 20).found())


def test_the_last_silence_is_open() -> None:
    """It lasts to the end of the record and nobody broke it; under a day it is none."""
    talk = [(1, i % 2) for i in range(12)]
    assert [OPEN] == log_of(talk, after_hours=24).found().cause.tolist()
    assert [] == log_of(talk, after_hours=23).found().cause.tolist()


def test_a_long_record_leaves_the_digits_of_the_next_one_alone() -> None:
    """Twenty years of one dyad before a month of another change nothing of the other, however they are ordered."""
    old = [(24 * 60, i % 2) for i in range(120)]
    young = [(5, i % 2) for i in range(40)]
    alone, behind = log_of(young).found(), log_of(old, young).found()
    np.testing.assert_allclose(alone.covariates, behind.covariates[behind.dyad == 1], rtol=1e-12, atol=1e-12)
