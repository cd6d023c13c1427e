"""
Reply latencies: how long the other side waited at the end of each of its turns.

A wait ends when the one who is asked writes, even days later and in a new bout. When the waiting side writes again
first, in a new bout, the wait is censored at that gap; the last wait is censored where the record ends, and one that
reaches a period in which the record is known to be incomplete at its start. None is dropped: leaving out what was
never answered would make both sides look quicker than they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts
from fallow.dyad.turns import find_turns
from fallow.dyad.unseen import cut_at_unseen
from fallow.dyad.volume import DAY_US
from fallow.messages import ALTER, EGO, MessageTable

MIN_REPLIES: Final = 20
"""Answered waits of a side. Under 20 the 95 % interval of a median spans more than half of all answers."""


@dataclass(frozen=True, slots=True)
class ReplyLatencies:
    """
    m waits for one side's answer, in the order in which they began.

    Args:
        duration: float64 [m], days, >= 0.
        observed: bool [m], whether the answer came; False is censored.
        followed: bool [m], whether the one who waits wrote again first (a follow-up); never where observed.
        at: int64 [m], when the wait began, microseconds UTC.
        local: int64 [m], the same on the wall clock of the message that began it.
        bout: int64 [m], number of the bout in which it began.
        last: int64 [m], row of the message from which on the other side waited.
        resolution: Tick of the source, days. A value under it is known only as "under" it.
    """

    duration: NDArray[np.float64]
    observed: NDArray[np.bool_]
    followed: NDArray[np.bool_]
    at: NDArray[np.int64]
    local: NDArray[np.int64]
    bout: NDArray[np.int64]
    last: NDArray[np.int64]
    resolution: float

    def __len__(self) -> int:
        return len(self.duration)

    @property
    def too_little(self) -> bool:
        """Whether fewer answers were seen than a median needs."""
        return int(np.count_nonzero(self.observed)) < MIN_REPLIES


@dataclass(frozen=True, slots=True)
class Replies:
    """Waits by who is asked to answer: in `ego` alter is waiting, in `alter` ego is."""

    ego: ReplyLatencies
    alter: ReplyLatencies


def reply_latencies(table: MessageTable, bouts: Bouts, *, until: int | None = None) -> Replies:
    """
    Measure each wait from the last message of a turn to the other side's first.

    Args:
        table: n messages.
        bouts: The bouts of this table.
        until: Up to when the record would hold an answer, microseconds UTC; the last message's time if None.
    Returns:
        One wait per turn, shared out over the two sides. O(n).
    Raises:
        ValueError: If until lies before the last message.
    """
    turns = find_turns(table, bouts)
    if len(turns) == 0:
        return Replies(ego=_none(table), alter=_none(table))
    last = int(table.at[-1])
    if until is not None and until < last:
        raise ValueError("a record does not end before its last message")
    begins = table.at[turns.end - 1]
    ends = np.append(table.at[turns.start[1:]], np.int64(last if until is None else until))
    ends, hidden = cut_at_unseen(table.unseen, begins, ends)
    hidden[-1] = True
    changed = np.append(turns.sender[1:] != turns.sender[:-1], False)
    bout = np.searchsorted(bouts.start, turns.start, side="right") - 1
    local = table.local

    def asked(side: int) -> ReplyLatencies:
        chosen = np.flatnonzero(turns.sender != side)
        return ReplyLatencies(
            duration=(ends[chosen] - begins[chosen]) / DAY_US,
            observed=(changed & ~hidden)[chosen],
            followed=(~changed & ~hidden)[chosen],
            at=begins[chosen],
            local=local[turns.end[chosen] - 1],
            bout=bout[chosen],
            last=turns.end[chosen] - 1,
            resolution=_resolution(table),
        )

    return Replies(ego=asked(EGO), alter=asked(ALTER))


def chosen_waits(waits: ReplyLatencies, rows: NDArray[np.int64]) -> ReplyLatencies:
    """Some of the waits, by their numbers, in the order of these."""
    return ReplyLatencies(
        duration=waits.duration[rows],
        observed=waits.observed[rows],
        followed=waits.followed[rows],
        at=waits.at[rows],
        local=waits.local[rows],
        bout=waits.bout[rows],
        last=waits.last[rows],
        resolution=waits.resolution,
    )


def _resolution(table: MessageTable) -> float:
    return table.resolution / DAY_US


def _none(table: MessageTable) -> ReplyLatencies:
    none, never = np.empty(0, np.int64), np.empty(0, np.bool_)
    return ReplyLatencies(np.empty(0), never, never, none, none, none, none, _resolution(table))
