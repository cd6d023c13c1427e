"""
Two people whose every truth is known in closed form, in which the messages of one bout resemble each other.

A bout has a mood: in a slow one all answers are slow, in a long-winded one all texts are long, in an asking one many
ask. Waits, words and questions of one bout are therefore not independent; bouts are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dyad.tables import HOUR_US, MINUTE_US
from fallow.dyad import BoutCriterion
from fallow.messages import NOT_KNOWN, Kind, MessageTable

CRITERION: Final = BoutCriterion(6 * HOUR_US, "learned", 1000)
"""Pauses are eight hours and more; of a million answers within a bout some thirty take six."""

EGO_OPENS: Final = 0.6
TURNS: Final = 6.0
"""Mean of a bout, geometric."""
MINUTES: Final = (3.0, 6.0)
"""Median latency of ego's and of alter's answers within a bout."""
MOOD, SPREAD = 0.7, 1.0
"""Standard deviations of the log latency: between bouts, and within one."""
MESSAGES: Final = 1.8
WORDS: Final = (6.0, 9.0)
ASKS: Final = (0.2, 0.1)
"""Means over bouts; each bout draws its own from a beta of weight four."""


@dataclass(frozen=True, slots=True)
class Truths:
    """What the measures of a moody dyad should find, by side where two: ego's first."""

    opened: float
    median_days: tuple[float, float]
    followed_up: tuple[float, float]
    last_by_ego: float
    questions: tuple[float, float]
    words: tuple[float, float]
    messages_a_turn: float
    not_in_bout: float
    likeness: float


def truths() -> Truths:
    """
    The truths in closed form.

    A turn is the last of its bout with chance 1 / TURNS, and then waits at least eight hours; its side follows it up if
    it opens the next bout too. The last turn is the opener's where their number is odd. Both keep the same hours.
    """
    last = 1 / TURNS
    normal, spread = NormalDist().inv_cdf(0.5 / (1 - last)), math.hypot(MOOD, SPREAD)
    ego, alter = (minutes * math.exp(spread * normal) / (24 * 60) for minutes in MINUTES)
    odd = last / (1 - (1 - last) ** 2)
    return Truths(
        opened=EGO_OPENS,
        median_days=(ego, alter),
        followed_up=(last * EGO_OPENS, last * (1 - EGO_OPENS)),
        last_by_ego=EGO_OPENS * odd + (1 - EGO_OPENS) * (1 - odd),
        questions=ASKS,
        words=WORDS,
        messages_a_turn=MESSAGES,
        not_in_bout=last,
        likeness=1.0,
    )


def moody_dyad(rng: np.random.Generator, bouts: int, *, resolution: int = 1_000_000) -> MessageTable:
    """
    Generate a dyad.

    Args:
        rng: The one source of chance.
        bouts: How many, > 0; about 11 messages each, the pauses between them 8 h and an exponential 20 h.
        resolution: Tick of the clock, microseconds.
    Returns:
        n messages, every last one of a turn with a reading time half way to its answer.
    """
    turns = rng.geometric(1 / TURNS, bouts)
    bout = np.repeat(np.arange(bouts), turns)
    place = np.arange(len(bout)) - (np.cumsum(turns) - turns)[bout]
    opener = (rng.random(bouts) >= EGO_OPENS).astype(np.int64)
    sender = (opener[bout] + place) % 2
    latency = np.array(MINUTES)[sender] * np.exp(
        MOOD * rng.standard_normal(bouts)[bout] + SPREAD * rng.standard_normal(len(bout))
    )
    wait = np.where(place == 0, 8 * 60 + rng.exponential(20 * 60, bouts)[bout], latency) * MINUTE_US
    return _as_table(rng, sender, bout, wait=wait, resolution=resolution)


def _as_table(
    rng: np.random.Generator, sender: NDArray[np.int64], bout: NDArray[np.int64], *, wait: NDArray[np.float64],
    resolution: int,
) -> MessageTable:  # fmt: skip
    """Messages of turns [t] that each come a `wait` (microseconds) after the end of the turn before."""
    many = rng.geometric(1 / MESSAGES, len(sender))
    turn = np.repeat(np.arange(len(sender)), many)
    n, first = len(turn), np.cumsum(many) - many
    gap = 20_000_000 * np.exp(0.8 * rng.standard_normal(n))
    gap[first] = wait
    at = 20_000 * 24 * HOUR_US + np.cumsum(gap.astype(np.int64))
    read_at = np.full(n, NOT_KNOWN)
    last = first + many - 1
    read_at[last] = at[last] + np.append(wait[1:], wait[-1]).astype(np.int64) // 2
    who, which = sender[turn], bout[turn]
    bouts = int(bout[-1]) + 1
    asks = np.stack([rng.beta(4 * each, 4 - 4 * each, bouts) for each in ASKS], axis=1)
    wordy = np.exp(0.4 * rng.standard_normal(bouts) - 0.08)
    words = rng.poisson(np.array(WORDS)[who] * wordy[which]).astype(np.int32)
    return MessageTable(
        at=at - at % resolution,
        offset=np.zeros(n, np.int32),
        sender=who.astype(np.int8),
        kind=np.full(n, Kind.TEXT, np.uint8),
        words=words,
        size=words * 6,
        asks=(rng.random(n) < asks[which, who]).astype(np.int8),
        read_at=np.where(read_at == NOT_KNOWN, NOT_KNOWN, read_at - read_at % resolution),
        unseen=np.empty((0, 2), np.int64),
        resolution=resolution,
        zoned=True,
    )
