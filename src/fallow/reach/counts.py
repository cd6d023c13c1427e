"""
What is open, counted: never a score, and never more than a person said.

A channel is closed when its step was marked as done, open when it was put off, cannot be closed, or stays open on
purpose, absent when the two do not have it, and not known as long as nothing was said. Nothing is looked at outside:
a mark says what a person said, not what an app does. A mark holds from its day on; of several that hold on a day the
one entered last is meant, so what is shown today is what was said last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

import msgspec

from fallow.plan import ChannelMark
from fallow.reach.channels import Channel, Way

Open = Literal["open", "closed", "absent", "unknown"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)
_STANDS: Final[dict[ChannelMark | None, Open]] = {
    "do": "closed",
    "not_now": "open",
    "cannot": "open",
    "absent": "absent",
    None: "unknown",
}


class Marked(msgspec.Struct, frozen=True):
    """What was said about a channel, in the order it was entered; None takes back what was said."""

    day: dt.date
    channel: str
    mark: ChannelMark | None


class DayCount(msgspec.Struct, frozen=True):
    """
    One way on one day: of the channels of a list that let it happen, how many are open, closed, absent, not known.

    Their sum is the same on every day.
    """

    day: dt.date
    way: Way
    open: int
    closed: int
    absent: int
    unknown: int


def stands(mark: ChannelMark | None, *, kept: bool = False) -> Open:
    """How a channel stands; `kept` is the one that stays open on purpose, unless it was said to be shut."""
    return "open" if kept and mark is None else _STANDS[mark]


def count_now(
    channels: Sequence[Channel], marks: Mapping[str, ChannelMark | None], day: dt.date, kept: frozenset[str]
) -> tuple[DayCount, ...]:
    """
    Each way once.

    Args:
        channels: n of one list.
        marks: By id, what holds; an id left out was never marked.
        day: To write on the counts.
        kept: Ids that stay open on purpose.
    """
    return tuple(_count(channels, marks, day, kept, way) for way in WAYS)


def count_days(
    channels: Sequence[Channel],
    marked: Sequence[Marked],
    until: dt.date,
    *,
    kept: frozenset[str] = frozenset(),
    kept_since: dt.date | None = None,
) -> tuple[DayCount, ...]:
    """
    Each way on every day on which something changed, and on the last.

    Args:
        channels: n of one list.
        marked: m marks, in the order they were entered; those of other lists are passed over.
        until: The last day.
        kept: Ids that stay open on purpose.
        kept_since: The day from which they do; None: from the first.
    Returns:
        Days rising, each with every way; empty where nothing was marked. O(m * (m + n)).
    """
    ids = {each.id for each in channels}
    told = [each for each in marked if each.channel in ids and each.day <= until]
    if not told:
        return ()
    days = {each.day for each in told} | {until}
    first = min(days)
    if kept and kept_since is not None and first < kept_since <= until:
        days.add(kept_since)
    counted: list[DayCount] = []
    for day in sorted(days):
        marks = {each.channel: each.mark for each in told if each.day <= day}
        held = kept if kept_since is None or day >= kept_since else frozenset()
        counted.extend(count_now(channels, marks, day, held))
    return tuple(counted)


def _count(
    channels: Sequence[Channel], marks: Mapping[str, ChannelMark | None], day: dt.date, kept: frozenset[str], way: Way
) -> DayCount:
    standing = [stands(marks.get(each.id), kept=each.id in kept) for each in channels if way in each.lets]
    return DayCount(
        day,
        way,
        open=standing.count("open"),
        closed=standing.count("closed"),
        absent=standing.count("absent"),
        unknown=standing.count("unknown"),
    )
