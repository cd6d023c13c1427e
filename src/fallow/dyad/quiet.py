"""
Silences: stretches of days in which neither side writes, and who ended them.

A gap that touches a period in which the record is known to be incomplete is not a silence. Days that an export left
out without a trace still look like one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.shares import SideShares, shares_of
from fallow.dyad.unseen import cut_at_unseen
from fallow.dyad.volume import DAY_US
from fallow.messages import ALTER, EGO, MessageTable

NOBODY: Final = -1
"""In `broken_by`: the silence had not ended when the record did (censored)."""
MIN_SILENCES: Final = 20
"""Ended silences. Under 20 the 95 % interval of a share is wider than 40 in 100: give the counts, no share."""


@dataclass(frozen=True, slots=True)
class Silences:
    """
    k silences, oldest first.

    Args:
        start_at: int64 [k], the last message before, microseconds UTC.
        end_at: int64 [k], the first message after, or where the record ends.
        start_day: int64 [k], local date of the last message before, days since 1970-01-01.
        days: float64 [k], length in days of 24 hours.
        last_sender: int8 [k], EGO or ALTER, who wrote last before it.
        broken_by: int8 [k], EGO, ALTER or NOBODY, who wrote first after it.
        first_at: The first message of the record, microseconds UTC; 0 in an empty one.
        last_at: Where the record ends.
        at_least_days: The length from which a silence was counted.
    """

    start_at: NDArray[np.int64]
    end_at: NDArray[np.int64]
    start_day: NDArray[np.int64]
    days: NDArray[np.float64]
    last_sender: NDArray[np.int8]
    broken_by: NDArray[np.int8]
    first_at: int
    last_at: int
    at_least_days: float

    def __len__(self) -> int:
        return len(self.days)

    @property
    def broken(self) -> tuple[int, int]:
        """How many ego ended, and how many alter."""
        return int(np.count_nonzero(self.broken_by == EGO)), int(np.count_nonzero(self.broken_by == ALTER))

    @property
    def broken_shares(self) -> SideShares | None:
        """Who ended them, of those that ended; None under MIN_SILENCES."""
        ego, alter = self.broken
        return shares_of(ego, alter) if ego + alter >= MIN_SILENCES else None


def silences(table: MessageTable, at_least_days: float = 3.0, *, until: int | None = None) -> Silences:
    """
    Find the silences of at least so many days.

    Args:
        table: n messages.
        at_least_days: Shortest gap that counts, days of 24 hours, > 0.
        until: Up to when the record would hold a message, microseconds UTC; with it a silence that goes on
            until then is given too, as broken by nobody.
    Returns:
        k silences, 0 <= k <= n. O(n).
    Raises:
        ValueError: If at_least_days is not positive or until lies before the last message.
    """
    if at_least_days <= 0:
        raise ValueError("a silence has a length")
    if len(table) == 0:
        none, nobody = np.empty(0, np.int64), np.empty(0, np.int8)
        return Silences(
            none, none, none, np.empty(0), nobody, nobody, first_at=0, last_at=0, at_least_days=at_least_days
        )
    last_at = int(table.at[-1]) if until is None else until
    if last_at < int(table.at[-1]):
        raise ValueError("a record does not end before its last message")
    ends = np.append(table.at[1:], np.int64(last_at))
    breaker = np.append(table.sender[1:], np.int8(NOBODY))
    hidden = cut_at_unseen(table.unseen, table.at, ends)[1]
    found = np.flatnonzero((ends - table.at >= round(at_least_days * DAY_US)) & ~hidden)
    start_at, end_at = table.at[found], ends[found]
    return Silences(
        start_at=start_at,
        end_at=end_at,
        start_day=table.local[found] // DAY_US,
        days=(end_at - start_at) / DAY_US,
        last_sender=table.sender[found],
        broken_by=breaker[found],
        first_at=int(table.at[0]),
        last_at=last_at,
        at_least_days=at_least_days,
    )
