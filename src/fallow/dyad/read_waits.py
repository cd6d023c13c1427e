"""Read but unanswered: how long between reading and answering, where the source says when a message was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts
from fallow.dyad.clusters import share_or_none
from fallow.dyad.latency import Waited, curve_of, waited
from fallow.dyad.replies import Replies, ReplyLatencies
from fallow.dyad.shares import Share
from fallow.dyad.volume import DAY_US
from fallow.messages import NOT_KNOWN, MessageTable
from fallow.survival import SurvivalCurve

MIN_READ: Final = 20
"""Turns known to have been read. Under 20 the 95 % interval of a share may be wider than 40 in 100."""


@dataclass(frozen=True, slots=True)
class ReadWaits:
    """
    What one side did with the turns it is known to have read.

    Args:
        read: Turns of the other side whose last message it read. One answered before it was marked as read counts
            as answered at once.
        not_in_bout: Those not answered in the bout in which they were written.
        not_in_record: Those not answered at all before the other side wrote again or the record, or a whole part of
            it, ended.
        not_in_bout_share: not_in_bout of read, limits by bout; None under MIN_READ or in too few bouts.
        not_in_record_share: not_in_record of read, likewise.
        waits: From reading to answering, those without an answer censored.
        curve: Their survival curve, limits by bout; None where nothing was read.
        waited: Their median.
    """

    read: int
    not_in_bout: int
    not_in_record: int
    not_in_bout_share: Share | None
    not_in_record_share: Share | None
    waits: ReplyLatencies
    curve: SurvivalCurve | None
    waited: Waited


@dataclass(frozen=True, slots=True)
class ReadReplies:
    """By who read; None for a side of which the source gives no reading time."""

    ego: ReadWaits | None
    alter: ReadWaits | None


def measure_read(table: MessageTable, bouts: Bouts, replies: Replies) -> ReadReplies:
    """
    Measure each wait from the moment the last message of a turn was read.

    Args:
        table: n messages.
        bouts: The bouts of this table.
        replies: The waits of this table.
    Returns:
        The same for both sides. O(n log n).
    Source:
        Kaplan & Meier (1958), see `survival`. A reading time is what the app of the reader reported: off where
        reading receipts are off, and a message may be read in a notice without being marked.
    """
    return ReadReplies(ego=_of(table, bouts, replies.ego), alter=_of(table, bouts, replies.alter))


def _of(table: MessageTable, bouts: Bouts, waits: ReplyLatencies) -> ReadWaits | None:
    read_at = table.read_at[waits.last]
    known = read_at != NOT_KNOWN
    if not bool(known.any()):
        return None
    since = _since_reading(waits, read_at, known)
    curve = curve_of(since)
    answered_at = since.at + np.round(since.duration * DAY_US).astype(np.int64)
    in_bout = since.observed & (answered_at <= table.at[bouts.end[since.bout] - 1])
    totals = np.bincount(since.bout)
    late = np.bincount(since.bout[~in_bout], minlength=len(totals))
    never = np.bincount(since.bout[~since.observed], minlength=len(totals))
    return ReadWaits(
        read=len(since),
        not_in_bout=int(late.sum()),
        not_in_record=int(never.sum()),
        not_in_bout_share=share_or_none(late, totals, MIN_READ),
        not_in_record_share=share_or_none(never, totals, MIN_READ),
        waits=since,
        curve=curve,
        waited=waited(since, curve),
    )


def _since_reading(waits: ReplyLatencies, read_at: NDArray[np.int64], known: NDArray[np.bool_]) -> ReplyLatencies:
    """The waits that were read, begun anew at reading; one cut off before it was read never began."""
    ends = waits.at + np.round(waits.duration * DAY_US).astype(np.int64)
    begins = np.minimum(np.maximum(read_at, waits.at), ends)
    kept = known & (waits.observed | (read_at <= ends))
    return ReplyLatencies(
        duration=(ends - begins)[kept] / DAY_US,
        observed=waits.observed[kept],
        followed=waits.followed[kept],
        at=begins[kept],
        local=(waits.local + begins - waits.at)[kept],
        bout=waits.bout[kept],
        last=waits.last[kept],
        resolution=waits.resolution,
    )
