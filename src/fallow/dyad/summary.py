"""Everything the record shows of both sides, measured once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts, find_bouts
from fallow.dyad.criterion import BoutCriterion, learn_bout_criterion
from fallow.dyad.openings import Openings, count_openings
from fallow.dyad.quiet import Silences, silences
from fallow.dyad.replies import Replies, reply_latencies
from fallow.dyad.rhythm import clock
from fallow.dyad.volume import Participants, WeeklyCounts, participants, weekly_counts
from fallow.errors import NotEnoughData
from fallow.messages import MessageTable

MIN_MESSAGES: Final = 2
"""One message has no gap."""


@dataclass(frozen=True, slots=True)
class TwoSides:
    """All measures of one table. Swapping ego and alter in the table swaps them here and changes nothing else."""

    participants: Participants
    weeks: WeeklyCounts
    criterion: BoutCriterion
    bouts: Bouts
    openings: Openings
    replies: Replies
    silences: Silences
    clock: NDArray[np.int64]


def two_sides(table: MessageTable, *, criterion: BoutCriterion | None = None, until: int | None = None) -> TwoSides:
    """
    Measure both sides of a record.

    Args:
        table: n messages, n >= 2.
        criterion: What parts two bouts; learned from the table if None.
        until: Up to when the record would hold a message, microseconds UTC; the last message's time if None.
    Returns:
        Every measure of this room. O(n), about half a second of CPU for a million messages.
    Raises:
        NotEnoughData: If there are fewer than two messages.
    """
    if len(table) < MIN_MESSAGES:
        raise NotEnoughData(have=len(table), need=MIN_MESSAGES)
    chosen = criterion or learn_bout_criterion(table)
    bouts = find_bouts(table, chosen.us)
    return TwoSides(
        participants=participants(table),
        weeks=weekly_counts(table),
        criterion=chosen,
        bouts=bouts,
        openings=count_openings(table, bouts),
        replies=reply_latencies(table, bouts, until=until),
        silences=silences(table, until=until),
        clock=clock(table),
    )
