"""
What a generated dyad is like. Every value is chosen to look like an ordinary chat; none was measured on anybody.

Each side opens bouts at its own rate. In a bout the sides take turns; each turn is answered, after a log-normal
latency, with one and the same chance, so that the true median of a wait has a closed form. Long silences begin at
a constant hazard and end at two competing constant hazards, one per side.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Final

from fallow.messages import Side

DAY_RHYTHM: Final = (2, 1, 0, 0, 0, 0, 2, 6, 8, 7, 6, 6, 9, 8, 6, 6, 7, 9, 11, 13, 15, 16, 12, 6)
MINUTE_US: Final = 60_000_000


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
        decline: Fraction of its opened bouts, and of its messages beyond one a turn, lost by the end, in [0, 1].
        breaks_per_day: Hazard of ending a long silence, per day once three days have passed, >= 0.
    """

    opens_per_day: float = 1.0
    reply_minutes: float = 3.0
    reply_spread: float = 1.3
    messages_per_turn: float = 1.8
    words_per_message: float = 7.0
    decline: float = 0.0
    breaks_per_day: float = 0.15


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
        decline_start: Where in the record the declines begin, in [0, 1); from there they are linear.
        silences_per_day: Hazard of a long silence beginning, >= 0.
        media: Fraction of messages that are media; a tenth as many are calls, in [0, 0.5].
        resolution: Tick of the clock, microseconds; WhatsApp on Android writes whole minutes.
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
    silences_per_day: float = 0.02
    media: float = 0.06
    resolution: int = MINUTE_US

    def __post_init__(self) -> None:
        if self.turns_per_bout <= 2 or self.days <= 0 or self.resolution <= 0:
            raise ValueError("a bout has more than two turns, a record days, a clock a tick")
        if len(self.day_rhythm) != 24 or not 0 <= self.decline_start < 1:
            raise ValueError("a day has 24 hours and a decline begins within the record")
        if self.silences_per_day > 0 and self.ego.breaks_per_day + self.alter.breaks_per_day <= 0:
            raise ValueError("a long silence that nobody ends is the end of the record")

    def reply_median_days(self, side: Side) -> float:
        """
        The true median wait for an answer of one side, unanswered turns included.

        A turn is the last of its bout with chance 1 / turns_per_bout; then the wait outlasts least_pause_hours.
        The rest are log-normal, so half of all are over when 0.5 / (1 - 1 / turns_per_bout) of these are.
        """
        asked = self.ego if side == "ego" else self.alter
        answered = 1 - 1 / self.turns_per_bout
        normal = NormalDist().inv_cdf(0.5 / answered)
        return asked.reply_minutes * math.exp(asked.reply_spread * normal) / (24 * 60)
