"""
Stretches of whole local weeks, counted back from the last week of a record.

Counted back, so that the latest is whole and none depends on where the calendar's months happen to lie; only the
earliest may be shorter. A quarter is 13 weeks, a month here is four.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.volume import DAYS_FROM_MONDAY, local_week
from fallow.messages import MessageTable

WEEKS_IN_QUARTER: Final = 13
WEEKS_IN_MONTH: Final = 4


@dataclass(frozen=True, slots=True)
class Periods:
    """Local weeks `first` to `last` (numbers of `local_week`) cut into stretches of `each` weeks, oldest first."""

    first: int
    last: int
    each: int

    def __len__(self) -> int:
        return (self.last - self.first) // self.each + 1

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Of each: its first day (days since 1970-01-01, a Monday) and its number of weeks."""
        found = []
        for back in range(len(self) - 1, -1, -1):
            newest = self.last - back * self.each
            oldest = max(newest - self.each + 1, self.first)
            found.append((oldest * 7 - DAYS_FROM_MONDAY, newest - oldest + 1))
        return tuple(found)

    def index(self, local: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which stretch each wall-clock instant of the record lies in. [n] microseconds to [n]."""
        return len(self) - 1 - (self.last - local_week(local)) // self.each


def periods_of(table: MessageTable, each: int) -> Periods:
    """Cut the weeks of a table of n >= 1 messages into stretches of `each` weeks."""
    week = local_week(table.local)
    return Periods(first=int(week.min()), last=int(week.max()), each=each)


def split(group: NDArray[np.int64], groups: int) -> list[NDArray[np.int64]]:
    """The rows of each of `groups` groups, in their order. int64 [n] in [0, groups); O(n log n)."""
    order = np.argsort(group, kind="stable")
    return np.split(order, np.searchsorted(group[order], np.arange(1, groups)))
