"""
Who sent the first message of a bout: over the whole record, and by quarters of it.

A quarter is 13 local weeks counted back from the last one, so that the latest is whole and none depends on where
the calendar's quarters happen to lie; only the earliest may be shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.dyad.bouts import Bouts
from fallow.dyad.shares import SideShares, shares_of
from fallow.dyad.volume import DAYS_FROM_MONDAY, local_week
from fallow.errors import NotEnoughData
from fallow.messages import ALTER, MessageTable

WEEKS_IN_PERIOD: Final = 13
MIN_BOUTS: Final = 20
"""Under 20 bouts the 95 % interval of a share near one half is wider than 40 in 100."""
MIN_BOUTS_IN_PERIOD: Final = 10
"""Under 10 bouts the interval of a quarter covers more than half of the scale."""


@dataclass(frozen=True, slots=True)
class Period:
    """`weeks` local weeks from a Monday (days since 1970-01-01); `shares` is None under MIN_BOUTS_IN_PERIOD."""

    monday: int
    weeks: int
    bouts: int
    shares: SideShares | None


@dataclass(frozen=True, slots=True)
class Openings:
    """Who opened the bouts in all, and in each quarter of the record, oldest first, quarters without any too."""

    overall: SideShares
    periods: tuple[Period, ...]

    @property
    def too_little(self) -> bool:
        return self.overall.ego.n < MIN_BOUTS


def count_openings(table: MessageTable, bouts: Bouts) -> Openings:
    """
    Count who opened the bouts.

    Args:
        table: n messages.
        bouts: The bouts of this table, at least one.
    Returns:
        Shares overall and per quarter; bouts of the quarters add up to all bouts. O(n).
    Raises:
        NotEnoughData: If there is no bout.
    """
    if len(bouts) == 0:
        raise NotEnoughData(have=0, need=1)
    week = local_week(table.local)
    first, last = int(week.min()), int(week.max())
    back = (last - week[bouts.start]) // WEEKS_IN_PERIOD
    quarters = (last - first) // WEEKS_IN_PERIOD + 1
    counts = np.bincount(back * 2 + bouts.opener, minlength=2 * quarters).reshape(quarters, 2)
    alter = int(np.count_nonzero(bouts.opener == ALTER))
    periods = []
    for i in range(quarters - 1, -1, -1):
        newest = last - i * WEEKS_IN_PERIOD
        oldest = max(newest - WEEKS_IN_PERIOD + 1, first)
        by_ego, by_alter = int(counts[i, 0]), int(counts[i, 1])
        enough = by_ego + by_alter >= MIN_BOUTS_IN_PERIOD
        periods.append(
            Period(
                monday=oldest * 7 - DAYS_FROM_MONDAY,
                weeks=newest - oldest + 1,
                bouts=by_ego + by_alter,
                shares=shares_of(by_ego, by_alter) if enough else None,
            )
        )
    return Openings(overall=shares_of(len(bouts) - alter, alter), periods=tuple(periods))
