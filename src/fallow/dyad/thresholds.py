"""Silences counted from several lengths on, and the longest of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.dyad.quiet import MIN_SILENCES, NOBODY, Silences
from fallow.dyad.shares import SideShares, shares_of
from fallow.messages import ALTER

THRESHOLDS: Final = (1.0, 3.0, 7.0, 14.0, 30.0)
"""Days of 24 hours. A day is longer than a night; the others are what people speak of: days, a week, two, a month."""


@dataclass(frozen=True, slots=True)
class SilencesFrom:
    """
    The silences of at least so many days.

    Args:
        at_least_days: From which length on.
        count: All of them, one that had not ended with the record too.
        ended: Those that ended; who came back after one is known of these alone.
        last_by: After how many ego, and after how many alter, had written last.
        broken_by: How many ego, and how many alter, ended.
        last_shares: last_by as shares of count; None under MIN_SILENCES.
        broken_shares: broken_by as shares of ended; None under MIN_SILENCES.
    """

    at_least_days: float
    count: int
    ended: int
    last_by: tuple[int, int]
    broken_by: tuple[int, int]
    last_shares: SideShares | None
    broken_shares: SideShares | None


@dataclass(frozen=True, slots=True)
class Silence:
    """One silence: its length (days), the message before it (µs UTC), who wrote last and who ended it."""

    days: float
    start_at: int
    last_sender: int
    broken_by: int


def count_silences(found: Silences, at_least_days: tuple[float, ...] = THRESHOLDS) -> tuple[SilencesFrom, ...]:
    """
    Count silences from several lengths on.

    Args:
        found: Silences of at least the least of these lengths.
        at_least_days: Lengths, days of 24 hours.
    Returns:
        One for each length, in its order. O(k) each.
    Raises:
        ValueError: If `found` leaves out some that are asked for.
    Source:
        Shares by Wilson (1927). Who ends a silence is taken as independent from one silence to the next.
    """
    if min(at_least_days) < found.at_least_days:
        raise ValueError("shorter silences were never looked for")
    return tuple(_from(found, least) for least in at_least_days)


def _from(found: Silences, least: float) -> SilencesFrom:
    long = found.days >= least
    last, broken = found.last_sender[long], found.broken_by[long]
    broken = broken[broken != NOBODY]
    by_last, by_broken = int(np.count_nonzero(last == ALTER)), int(np.count_nonzero(broken == ALTER))
    last_by, broken_by = (len(last) - by_last, by_last), (len(broken) - by_broken, by_broken)
    return SilencesFrom(
        at_least_days=least,
        count=len(last),
        ended=len(broken),
        last_by=last_by,
        broken_by=broken_by,
        last_shares=shares_of(*last_by) if len(last) >= MIN_SILENCES else None,
        broken_shares=shares_of(*broken_by) if len(broken) >= MIN_SILENCES else None,
    )


def longest_silence(found: Silences) -> Silence | None:
    """The longest of the silences, the earliest of equals; None where there is none."""
    if len(found) == 0:
        return None
    i = int(np.argmax(found.days))
    return Silence(float(found.days[i]), int(found.start_at[i]), int(found.last_sender[i]), int(found.broken_by[i]))
