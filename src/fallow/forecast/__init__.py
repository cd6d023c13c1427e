"""What may come, and how sure."""

from fallow.forecast.hard_hours import (
    MIN_DAYS,
    MIN_HELD,
    WINDOW_DAYS,
    HardHour,
    HourShares,
    count_hours,
    estimate_hours,
    next_hard_hours,
)

__all__ = [
    "MIN_DAYS",
    "MIN_HELD",
    "WINDOW_DAYS",
    "HardHour",
    "HourShares",
    "count_hours",
    "estimate_hours",
    "next_hard_hours",
]
