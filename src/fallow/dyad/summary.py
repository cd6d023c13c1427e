"""Everything the record shows of both sides, measured once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.balance import QuarterBalance, balance_by_quarter
from fallow.dyad.bouts import Bouts, find_bouts
from fallow.dyad.criterion import BoutCriterion, learn_bout_criterion
from fallow.dyad.follow_ups import FollowUps, count_follow_ups
from fallow.dyad.latency import Latencies, measure_latencies
from fallow.dyad.openings import Openings, count_openings
from fallow.dyad.overlap import ClockOverlap, clock_overlap
from fallow.dyad.quiet import Silences, silences
from fallow.dyad.read_waits import ReadReplies, measure_read
from fallow.dyad.replies import Replies, reply_latencies
from fallow.dyad.rhythm import clock
from fallow.dyad.stability import AtCriterion, criterion_stability
from fallow.dyad.thresholds import THRESHOLDS, Silence, SilencesFrom, count_silences, longest_silence
from fallow.dyad.turns import find_turns
from fallow.dyad.volume import Participants, WeeklyCounts, participants, weekly_counts
from fallow.dyad.writing import Writing, measure_writing
from fallow.errors import NotEnoughData
from fallow.messages import ALTER, EGO, Kind, MessageTable

MIN_MESSAGES: Final = 2
"""One message has no gap."""


@dataclass(frozen=True, slots=True)
class TwoSides:
    """
    All measures of one table. Swapping ego and alter in the table swaps them here and changes nothing else.

    Reactions are counted in `writing` and are in nothing else.
    """

    participants: Participants
    weeks: WeeklyCounts
    criterion: BoutCriterion
    stability: tuple[AtCriterion, ...]
    bouts: Bouts
    openings: Openings
    writing: Writing
    replies: Replies
    latencies: Latencies
    follow_ups: FollowUps
    read: ReadReplies
    silences: Silences
    silences_from: tuple[SilencesFrom, ...]
    longest: Silence | None
    clock: NDArray[np.int64]
    overlap: ClockOverlap | None
    balance: tuple[QuarterBalance, ...]


def two_sides(table: MessageTable, *, criterion: BoutCriterion | None = None, until: int | None = None) -> TwoSides:
    """
    Measure both sides of a record.

    Args:
        table: n rows, of which at least two are messages.
        criterion: What parts two bouts; learned from the table if None.
        until: Up to when the record would hold a message, microseconds UTC; the last message's time if None.
    Returns:
        Every measure of this room; `silences` of three days and more, `longest` and `balance` of one day and more.
        O(n log n), about three quarters of a second of CPU for a million messages.
    Raises:
        NotEnoughData: If there are fewer than two messages.
    """
    reactions = table.sender[table.kind == Kind.REACTION]
    table = table.written()
    if len(table) < MIN_MESSAGES:
        raise NotEnoughData(have=len(table), need=MIN_MESSAGES)
    chosen = criterion or learn_bout_criterion(table)
    bouts = find_bouts(table, chosen.us)
    openings, weeks = count_openings(table, bouts), weekly_counts(table)
    replies = reply_latencies(table, bouts, until=until)
    latencies = measure_latencies(table, replies)
    quiet = silences(table, min(THRESHOLDS), until=until)
    return TwoSides(
        participants=participants(table),
        weeks=weeks,
        criterion=chosen,
        stability=criterion_stability(table),
        bouts=bouts,
        openings=openings,
        writing=measure_writing(
            table,
            bouts,
            find_turns(table, bouts),
            reactions=(int(np.count_nonzero(reactions == EGO)), int(np.count_nonzero(reactions == ALTER))),
        ),
        replies=replies,
        latencies=latencies,
        follow_ups=count_follow_ups(replies),
        read=measure_read(table, bouts, replies),
        silences=silences(table, until=until),
        silences_from=count_silences(quiet),
        longest=longest_silence(quiet),
        clock=clock(table),
        overlap=clock_overlap(table),
        balance=balance_by_quarter(table, openings, weeks=weeks, replies=replies, latencies=latencies, quiet=quiet),
    )
