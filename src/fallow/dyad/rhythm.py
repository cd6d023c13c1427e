"""The hours of the week in which each side writes, on the clock of the place where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.shares import Share, wilson_interval
from fallow.dyad.unseen import inside_unseen
from fallow.messages import ALTER, EGO, MessageTable

HOUR_US: Final = 3_600_000_000
HOURS_FROM_MONDAY: Final = 72
"""1970-01-01 was a Thursday."""
HOURS_OF_WEEK: Final = 168
BUSY_HOURS: Final = 3

MIN_CLOCK_MESSAGES: Final = 100
"""Messages of a side. Under 100, most of the 168 hours of a week are empty by chance alone."""


@dataclass(frozen=True, slots=True)
class BusyHours:
    """The three hours of the day, from `hour` on (0–23, may pass midnight), that hold most of a side's messages."""

    hour: int
    share: Share


def clock(table: MessageTable) -> NDArray[np.int64]:
    """
    Count messages by side, local weekday and local hour.

    Args:
        table: n messages.
    Returns:
        int64 [2, 7, 24]: EGO and ALTER, Monday first, midnight first; it adds up to the messages that do not lie in
        an unseen period, where those of some hours may be missing. O(n).
    """
    place = table.sender * np.int64(HOURS_OF_WEEK) + hour_of_week(table)
    seen = ~inside_unseen(table)
    counts = np.bincount(place if bool(seen.all()) else place[seen], minlength=2 * HOURS_OF_WEEK)
    return counts.astype(np.int64).reshape(2, 7, 24)


def hour_of_week(table: MessageTable) -> NDArray[np.int64]:
    """The local hour of the week of each of n messages, 0 (Monday, midnight) to 167. int64 [n]."""
    return (table.local // HOUR_US + HOURS_FROM_MONDAY) % HOURS_OF_WEEK


def busiest_hours(counts: NDArray[np.int64]) -> tuple[BusyHours | None, BusyHours | None]:
    """
    Find the three neighbouring hours of the day that hold most of each side's messages.

    Args:
        counts: int64 [2, 7, 24], as `clock` gives them.
    Returns:
        One for ego, one for alter; None where a side has fewer than MIN_CLOCK_MESSAGES. The earliest of equals.
    """
    return _busiest(counts[EGO].sum(axis=0)), _busiest(counts[ALTER].sum(axis=0))


def _busiest(by_hour: NDArray[np.int64]) -> BusyHours | None:
    n = int(by_hour.sum())
    if n < MIN_CLOCK_MESSAGES:
        return None
    window = np.sum([np.roll(by_hour, -i) for i in range(BUSY_HOURS)], axis=0)
    hour = int(np.argmax(window))
    return BusyHours(hour=hour, share=wilson_interval(int(window[hour]), n))
