"""Follow-ups: one side writes again, unanswered, after a silence over the bout criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.dyad.clusters import share_or_none
from fallow.dyad.replies import Replies, ReplyLatencies
from fallow.dyad.shares import Share

MIN_WAITS: Final = 20
"""Waits whose end was seen. Under 20 the 95 % interval of a share may be wider than 40 in 100."""


@dataclass(frozen=True, slots=True)
class SideFollowUps:
    """
    How often one side, waiting, wrote again itself.

    Args:
        waits: Its waits whose end was seen: answered, or followed up. The last of a record has no end, nor has one
            that reaches an unseen period.
        count: Those of them that it followed up.
        share: count of waits, limits by bout; None under MIN_WAITS or in too few bouts.
    """

    waits: int
    count: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class FollowUps:
    """By who waited and wrote again."""

    ego: SideFollowUps
    alter: SideFollowUps


def count_follow_ups(replies: Replies) -> FollowUps:
    """
    Count, of each side's waits, those that it ended by writing again.

    Args:
        replies: The waits of a table.
    Returns:
        The same for both sides: ego waits for alter's answers. O(n).
    """
    return FollowUps(ego=_of(replies.alter), alter=_of(replies.ego))


def _of(waits: ReplyLatencies) -> SideFollowUps:
    ended = waits.observed | waits.followed
    # From 0 on, for the waits of a quarter lie in late bouts alone.
    bout = waits.bout[ended] - (waits.bout[0] if len(waits) else 0)
    totals = np.bincount(bout)
    counts = np.bincount(bout, weights=waits.followed[ended]).astype(np.int64)
    return SideFollowUps(int(totals.sum()), int(counts.sum()), share_or_none(counts, totals, MIN_WAITS))
