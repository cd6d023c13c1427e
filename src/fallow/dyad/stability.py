"""How much depends on the bout criterion: the same record cut at each of several criteria."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.dyad.criterion import HOUR_US
from fallow.dyad.openings import MIN_BOUTS
from fallow.dyad.shares import SideShares, shares_of
from fallow.dyad.unseen import hidden_gaps
from fallow.messages import ALTER, MessageTable

CRITERIA_HOURS: Final = (1, 2, 3, 4, 6, 8, 10, 12)
"""The range within which a criterion is held."""


@dataclass(frozen=True, slots=True)
class AtCriterion:
    """Bouts at one criterion (hours), and who opened them; `shares` is None under MIN_BOUTS."""

    hours: int
    bouts: int
    shares: SideShares | None


def criterion_stability(table: MessageTable, hours: tuple[int, ...] = CRITERIA_HOURS) -> tuple[AtCriterion, ...]:
    """
    Report how many bouts there are, and who opened them, at each of several criteria.

    Args:
        table: n >= 1 messages.
        hours: Criteria, hours, > 0.
    Returns:
        One for each criterion, in its order; the longer it is, the fewer the bouts. O(n) each.
    Source:
        Shares by Wilson (1927).
    """
    gaps, shortest = np.diff(table.at), min(hours) * HOUR_US
    long = np.flatnonzero(gaps > shortest)
    gaps, known, opener = gaps[long], ~hidden_gaps(table)[long], table.sender[long + 1]

    def at(criterion: int) -> AtCriterion:
        over = gaps > criterion * HOUR_US
        alter = int(np.count_nonzero(opener[over & known])) + int(table.sender[0] == ALTER)
        n = int(np.count_nonzero(over & known)) + 1
        return AtCriterion(
            hours=criterion,
            bouts=int(np.count_nonzero(over)) + 1,
            shares=shares_of(n - alter, alter) if n >= MIN_BOUTS else None,
        )

    return tuple(at(criterion) for criterion in hours)
