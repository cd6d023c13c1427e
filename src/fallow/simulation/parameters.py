"""
What a generated dyad is like. Every value is chosen to look like an ordinary chat; none was measured on anybody.

Each side opens bouts at its own rate. In a bout the sides take turns; each turn is answered, after a log-normal
latency, with one and the same chance, so that the true median of a wait has a closed form. Long silences begin at
a constant hazard and end at two competing constant hazards, one per side.

What changes does so along one ramp, from 0 at its begin to 1 at its end and 1 from there on; `progress` is the place
on it. The closed forms here are what a measure or a change reading should find, outside long silences.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.messages import Side

DAY_RHYTHM: Final = (2, 1, 0, 0, 0, 0, 2, 6, 8, 7, 6, 6, 9, 8, 6, 6, 7, 9, 11, 13, 15, 16, 12, 6)
MINUTE_US: Final = 60_000_000

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SideParameters:
    """
    One side of a generated dyad.

    Args:
        opens_per_day: Bouts it opens a day, >= 0.
        reply_minutes: Median latency of those answers it gives within a bout, > 0.
        reply_spread: Standard deviation of the log latency, >= 0.
        messages_per_turn: Mean, >= 1.
        words_per_message: Median of its text messages, >= 1.
        decline: Fraction of its opened bouts, and of its messages beyond one a turn, lost by the end of the ramp, in
            [0, 1].
        breaks_per_day: Hazard of ending a long silence, per day once three days have passed, >= 0.
        slowing: Factor on its median latency at the end of the ramp, > 0; along it the factor grows evenly in log.
        words_decline: Fraction of its words a message lost by the end of the ramp, in [0, 1).
        asks: Share of its text messages that ask, in [0, 1].
        reacts: Chance that it sets a reaction to a message of the other, in [0, 1].
        reads: Chance that it is known when it read a message of the other, in [0, 1], answered or not.
        read_minutes: Median time until it reads, > 0; cut short by its own next message, since who writes has read.
    """

    opens_per_day: float = 1.0
    reply_minutes: float = 3.0
    reply_spread: float = 1.3
    messages_per_turn: float = 1.8
    words_per_message: float = 7.0
    decline: float = 0.0
    breaks_per_day: float = 0.15
    slowing: float = 1.0
    words_decline: float = 0.0
    asks: float = 0.15
    reacts: float = 0.0
    reads: float = 0.0
    read_minutes: float = 2.0

    def __post_init__(self) -> None:
        if not all(0 <= chance <= 1 for chance in (self.asks, self.reacts, self.reads)) or self.read_minutes <= 0:
            raise ValueError("a chance lies between never and always, and reading takes time")
        if not 0 <= self.decline <= 1 or not 0 <= self.words_decline < 1 or self.slowing <= 0:
            raise ValueError("a decline takes a part, and what is left of words and haste is above nothing")


@dataclass(frozen=True, slots=True)
class DyadParameters:
    """
    A generated dyad.

    Args:
        ego: The one who uses Fallow.
        alter: The other one.
        start: First local day.
        days: Length of the record, > 0.
        utc_offset: Seconds from UTC to the local clock, the whole record long.
        turns_per_bout: Mean number of turns, > 2, geometric.
        least_pause_hours: No bout begins sooner after the one before, > 0; one that would is moved back to this and
            an exponential time of the same mean after it. Within a bout nearly all answers come sooner.
        day_rhythm: 24 weights, from midnight on, of the hour in which a bout begins.
        decline_start: Where in the record the ramp of all changes begins, in [0, 1).
        decline_days: How long it takes, > 0; None is to the end of the record.
        silences_per_day: Hazard of a long silence beginning, >= 0.
        media: Fraction of messages that are media; a tenth as many are calls, in [0, 0.5].
        resolution: Tick of the clock, microseconds; WhatsApp on Android writes whole minutes.
        unseen: Stretches (first, last) in days since the start of which the record holds nothing and says so, apart and
            in order.
        sway: Standard deviation of a slow wander without a trend, one for each side, in the log of how often it opens,
            >= 0. With the same wander it answers sooner and, half as strongly, writes longer messages.
        sway_days: Days after which the wander's correlation with itself is down to 1/e, > 0.
    """

    ego: SideParameters = field(default_factory=SideParameters)
    alter: SideParameters = field(
        default_factory=lambda: SideParameters(reply_minutes=6.0, messages_per_turn=2.2, decline=0.8)
    )
    start: dt.date = dt.date(2024, 3, 4)
    days: int = 450
    utc_offset: int = 3600
    turns_per_bout: float = 8.0
    least_pause_hours: float = 2.0
    day_rhythm: tuple[float, ...] = DAY_RHYTHM
    decline_start: float = 0.75
    decline_days: float | None = None
    silences_per_day: float = 0.02
    media: float = 0.06
    resolution: int = MINUTE_US
    unseen: tuple[tuple[float, float], ...] = ()
    sway: float = 0.0
    sway_days: float = 28.0

    def __post_init__(self) -> None:
        if self.turns_per_bout <= 2 or self.days <= 0 or self.resolution <= 0:
            raise ValueError("a bout has more than two turns, a record days, a clock a tick")
        if len(self.day_rhythm) != 24 or not 0 <= self.decline_start < 1:
            raise ValueError("a day has 24 hours and a decline begins within the record")
        if (self.decline_days is not None and self.decline_days <= 0) or self.sway < 0 or self.sway_days <= 0:
            raise ValueError("a ramp and a wander take time")
        if self.silences_per_day > 0 and self.ego.breaks_per_day + self.alter.breaks_per_day <= 0:
            raise ValueError("a long silence that nobody ends is the end of the record")

    def progress(self, when: Floats) -> Floats:
        """Where on the ramp of all changes a time is: days since the start [n] to [0, 1] [n]."""
        begins = self.decline_start * self.days
        length = self.days - begins if self.decline_days is None else self.decline_days
        return np.clip((when - begins) / length, 0.0, 1.0)

    def openings_per_day(self, side: Side, progress: float = 0.0) -> float:
        """The true mean of bouts a side opens a day."""
        who = self._side(side)
        return who.opens_per_day * (1 - who.decline * progress)

    def messages_per_day(self, side: Side, progress: float = 0.0) -> float:
        """
        The true mean of messages a side sends a day.

        Of N turns, geometric with a next one following with chance q, the opener has the half rounded up, 1 / (1 - q²)
        in the mean, and the other side the half rounded down, q / (1 - q²).
        """
        who = self._side(side)
        other: Side = "alter" if side == "ego" else "ego"
        q = 1 - 1 / self.turns_per_bout
        turns = self.openings_per_day(side, progress) + q * self.openings_per_day(other, progress)
        return turns / (1 - q * q) * (1 + (who.messages_per_turn - 1) * (1 - who.decline * progress))

    def reply_median_days(self, side: Side, progress: float = 0.0) -> float:
        """
        The true median wait for an answer of one side, unanswered turns included.

        A turn is the last of its bout with chance 1 / turns_per_bout; then the wait outlasts least_pause_hours.
        The rest are log-normal, so half of all are over when 0.5 / (1 - 1 / turns_per_bout) of these are.
        """
        asked = self._side(side)
        answered = 1 - 1 / self.turns_per_bout
        normal = NormalDist().inv_cdf(0.5 / answered)
        minutes = asked.reply_minutes * math.pow(asked.slowing, progress)
        return minutes * math.exp(asked.reply_spread * normal) / (24 * 60)

    def words_median(self, side: Side, progress: float = 0.0) -> float:
        """The true median of words in a text message of one side, before rounding."""
        who = self._side(side)
        return who.words_per_message * (1 - who.words_decline * progress)

    def _side(self, side: Side) -> SideParameters:
        return self.ego if side == "ego" else self.alter
