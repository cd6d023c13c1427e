"""Who sent the first message of a bout: over the whole record, and by quarters of it (`periods`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.dyad.bouts import Bouts
from fallow.dyad.periods import WEEKS_IN_QUARTER, periods_of
from fallow.dyad.shares import SideShares, shares_of
from fallow.errors import NotEnoughData
from fallow.messages import ALTER, MessageTable

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
        Shares overall and per quarter of the bouts whose opener was seen; those of the quarters add up. O(n).
    Raises:
        NotEnoughData: If there is no bout.
    """
    opener = bouts.opener[bouts.known]
    if len(opener) == 0:
        raise NotEnoughData(have=0, need=1)
    quarters = periods_of(table, WEEKS_IN_QUARTER)
    which = quarters.index(table.local[bouts.start[bouts.known]])
    counts = np.bincount(which * 2 + opener, minlength=2 * len(quarters)).reshape(-1, 2)
    periods = tuple(
        Period(
            monday=monday,
            weeks=weeks,
            bouts=ego + alter,
            shares=shares_of(ego, alter) if ego + alter >= MIN_BOUTS_IN_PERIOD else None,
        )
        for (monday, weeks), (ego, alter) in zip(quarters.spans(), counts.tolist(), strict=True)
    )
    alter = int(np.count_nonzero(opener == ALTER))
    return Openings(overall=shares_of(len(opener) - alter, alter), periods=periods)
