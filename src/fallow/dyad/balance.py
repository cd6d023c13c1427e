"""
Balance over time, quarter by quarter: who started, who waited, who came back after a silence.

Three counts side by side, each with its interval. They describe who wrote when. Why, and what anybody felt, is not in
them: one who is at work answers late, and one who lives with the other has no need to write first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.dyad.follow_ups import FollowUps, count_follow_ups
from fallow.dyad.latency import Latencies, Waited
from fallow.dyad.openings import Openings
from fallow.dyad.periods import WEEKS_IN_QUARTER, periods_of, split
from fallow.dyad.quiet import NOBODY, Silences
from fallow.dyad.replies import Replies, chosen_waits
from fallow.dyad.shares import SideShares, shares_of
from fallow.dyad.volume import WeeklyCounts
from fallow.messages import MessageTable

MIN_RETURNS: Final = 10
"""Silences that ended in a quarter. Under 10 the 95 % interval of a share covers more than half of the scale."""


@dataclass(frozen=True, slots=True)
class QuarterBalance:
    """
    Thirteen local weeks (the earliest may have fewer). What has too little data is None, and its counts stand.

    Args:
        monday: First day, days since 1970-01-01.
        weeks: How many weeks.
        weeks_whole: Those of them in which nothing of the record is known to be missing.
        bouts: Bouts whose opener was seen.
        opened: Who opened them; None under MIN_BOUTS_IN_PERIOD.
        follow_ups: Of the waits that began here, by who waited: how many it ended by writing again.
        asked_ego: How long alter waited for ego.
        asked_alter: How long ego waited for alter.
        returned: Silences of a day or more that ended here: how many ego, and how many alter, ended.
        returned_shares: The same as shares; None under MIN_RETURNS.
    """

    monday: int
    weeks: int
    weeks_whole: int
    bouts: int
    opened: SideShares | None
    follow_ups: FollowUps
    asked_ego: Waited
    asked_alter: Waited
    returned: tuple[int, int]
    returned_shares: SideShares | None


def balance_by_quarter(
    table: MessageTable,
    openings: Openings,
    *,
    weeks: WeeklyCounts,
    replies: Replies,
    latencies: Latencies,
    quiet: Silences,
) -> tuple[QuarterBalance, ...]:
    """
    Lay who started, who waited and who came back side by side.

    Args:
        table: n >= 1 messages; the rest are its measures, `quiet` its silences of a day or more.
    Returns:
        One for each quarter, oldest first; what began in a quarter counts there, a silence where it ended. O(n log n).
    Source:
        Shares by Wilson (1927), waits by bout, see `clusters` and `latency`.
    """
    quarters = periods_of(table, WEEKS_IN_QUARTER)
    of_ego, of_alter = (split(quarters.index(waits.local), len(quarters)) for waits in (replies.ego, replies.alter))
    ended = np.flatnonzero(quiet.broken_by != NOBODY)
    local = table.local[np.searchsorted(table.at, quiet.end_at[ended], side="left")]
    place = quarters.index(local) * 2 + quiet.broken_by[ended]
    returned = np.bincount(place, minlength=2 * len(quarters)).reshape(-1, 2)
    first_weeks = np.searchsorted(weeks.monday, [monday for monday, _ in quarters.spans()])
    whole = np.add.reduceat(weeks.whole.astype(np.int64), first_weeks)
    return tuple(
        QuarterBalance(
            monday=opened.monday,
            weeks=opened.weeks,
            weeks_whole=int(whole[i]),
            bouts=opened.bouts,
            opened=opened.shares,
            follow_ups=count_follow_ups(
                Replies(ego=chosen_waits(replies.ego, of_ego[i]), alter=chosen_waits(replies.alter, of_alter[i]))
            ),
            asked_ego=latencies.ego.quarters[i].waited,
            asked_alter=latencies.alter.quarters[i].waited,
            returned=(int(returned[i, 0]), int(returned[i, 1])),
            returned_shares=shares_of(*map(int, returned[i])) if returned[i].sum() >= MIN_RETURNS else None,
        )
        for i, opened in enumerate(openings.periods)
    )
