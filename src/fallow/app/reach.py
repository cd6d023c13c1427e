"""
The map of channels as it stands for a person: what they said of each, what is open, and the next small steps.

Nothing is looked at outside. In limited contact the one channel that was named stays open, and the map neither offers
nor keeps its closing. In a clear stop the map stays, for it is about distance; how to open again a channel by which
either could reach or watch the other is not shown then.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.errors import StaysOpen
from fallow.plan import (
    Ask,
    CannotBecause,
    ChannelMark,
    ChannelMarked,
    Mode,
    Moment,
    Plan,
    channel_history,
    limits_since,
    read_channels,
)
from fallow.reach import (
    Channel,
    DayCount,
    Marked,
    Open,
    Size,
    count_days,
    count_now,
    find_channel,
    kept_open,
    load_map,
    stands,
)

NEXT_STEPS: Final = 3
"""Offered at once; a list of forty is not a next step."""
_SMALL_FIRST: Final[tuple[Size, ...]] = ("small", "middle", "large")
_NOON: Final = dt.time(12)


class ChannelStanding(msgspec.Struct, frozen=True):
    """
    A channel and what was said about it.

    Args:
        stands: Open, closed, absent or unknown.
        mark: What was said last; None: nothing, or it was taken back.
        because: Why it cannot be closed.
        since: The local day the mark is of.
        again_on: When to look at it again.
        due: Whether that day has come.
        kept: Whether it is the one that stays open in limited contact.
        back_shown: Whether how it is undone may be shown.
    """

    channel: Channel
    stands: Open
    mark: ChannelMark | None = None
    because: CannotBecause | None = None
    since: dt.date | None = None
    again_on: dt.date | None = None
    due: bool = False
    kept: bool = False
    back_shown: bool = True


class Reach(msgspec.Struct, frozen=True):
    """
    The map.

    Args:
        mode: Whose list this is.
        channels: Those of the list, in its order.
        counts: Each way once, today.
        days: The same on every day on which something changed; empty where nothing was marked.
        next: Ids of the next small steps.
        due: Ids of those to look at again.
        named: The one channel in the person's own words, in limited contact.
    """

    mode: Mode
    channels: tuple[ChannelStanding, ...]
    counts: tuple[DayCount, ...]
    days: tuple[DayCount, ...]
    next: tuple[str, ...]
    due: tuple[str, ...]
    named: str | None

    @property
    def knows_named(self) -> bool:
        """Whether the one channel is on the map."""
        return any(each.kept for each in self.channels)


class LookAgain(msgspec.Struct, frozen=True):
    """A day on which to look at a channel again, by the id of the record that says so."""

    id: str
    on: dt.date


def reach(desk: Desk | None) -> Reach:
    """The map as it stands now; as it came where nothing has been set up."""
    if desk is None:
        standing = tuple(ChannelStanding(each, "unknown") for each in load_map().for_mode("no_contact"))
        return Reach("no_contact", standing, (), (), _next_steps(standing), (), None)
    return _reach(plan_of(desk), desk.clock())


def channel_standing(desk: Desk, id: str) -> ChannelStanding:
    """
    One channel, on whatever list it stands.

    Raises:
        NoSuchChannel: There is none.
    """
    plan, now = plan_of(desk), desk.clock()
    return _standing(plan, now, find_channel(id), kept_channels(plan))


def mark_channel(
    desk: Desk,
    id: str,
    mark: ChannelMark | None,
    *,
    because: CannotBecause | None = None,
    on: dt.date | None = None,
    again_on: dt.date | None = None,
) -> ChannelStanding:
    """
    Keep what the person said about a channel; None takes it back. Open whatever else holds.

    Args:
        because: With "cannot"; "other" where nothing was said.
        on: The local day it was done; None is today.
        again_on: When to look at it again.
    Raises:
        NoSuchChannel: There is none.
        StaysOpen: It is the one that stays open in limited contact.
        InTheFuture, NotUnderstood: By the plan; nothing was recorded.
    """
    plan, now = plan_of(desk), desk.clock()
    channel = find_channel(id)
    if mark in ("do", "absent") and id in kept_channels(plan):
        raise StaysOpen
    why = because or ("other" if mark == "cannot" else None)
    said = ChannelMarked(channel=channel.id, mark=mark, because=why, again_on=again_on)
    record(desk, Ask(said, _noon_of(on, now)))
    return channel_standing(desk, id)


def channels_due(plan: Plan, today: dt.date) -> tuple[str, ...]:
    """Ids of channels to look at again by today."""
    return tuple(each for each, (_, said) in read_channels(plan).items() if _is_due(said, today))


def looks_ahead(desk: Desk) -> tuple[LookAgain, ...]:
    """The days on which to look at something again, the first one first."""
    said = read_channels(plan_of(desk)).values()
    found = [LookAgain(kept.id, what.again_on) for kept, what in said if what.again_on is not None]
    return tuple(sorted(found, key=lambda each: (each.on, each.id)))


def describe_reach(view: Reach) -> dict[str, Any]:
    """The map as plain values for machines."""
    return {
        "mode": view.mode,
        "named": view.named,
        "next": list(view.next),
        "due": list(view.due),
        "counts": msgspec.to_builtins(view.counts),
        "days": msgspec.to_builtins(view.days),
        "notes": load_map().notes,
        "channels": [describe_channel(each) for each in view.channels],
    }


def describe_channel(each: ChannelStanding) -> dict[str, Any]:
    """A channel with what was said about it, as plain values; how it is undone only where that may be shown."""
    described: dict[str, Any] = msgspec.to_builtins(each.channel)
    described.pop("words")
    described["reversible"] = each.channel.reversible
    described["seen"] = None if each.channel.seen is None else each.channel.seen.isoformat()
    for step, told in zip(described["platforms"], each.channel.platforms, strict=True):
        step["reversible"] = told.reversible
        step["back"] = told.back if each.back_shown else None
    described["back"] = each.channel.back if each.back_shown else None
    said: dict[str, Any] = msgspec.to_builtins(each)
    return described | {key: value for key, value in said.items() if key not in ("channel", "back_shown")}


def _reach(plan: Plan, now: Moment) -> Reach:
    mode = _mode(plan)
    channels, kept, today = load_map().for_mode(mode), kept_channels(plan), plan.latest_day(now.day)
    standing = tuple(_standing(plan, now, each, kept) for each in channels)
    marked = [Marked(record.event.day, what.channel, what.mark) for record, what in channel_history(plan)]
    limits = plan.terms.limits
    return Reach(
        mode=mode,
        channels=standing,
        counts=count_now(channels, {each.channel.id: each.mark for each in standing}, today, kept),
        days=count_days(channels, marked, today, kept=kept, kept_since=limits_since(plan)),
        next=_next_steps(standing),
        due=tuple(each.channel.id for each in standing if each.due),
        named=limits.channel if limits is not None and mode == "limited_contact" else None,
    )


def _standing(plan: Plan, now: Moment, channel: Channel, kept: frozenset[str]) -> ChannelStanding:
    stays, shown = channel.id in kept, plan.terms.hard_stop is None or set(channel.lets) <= {"see_me", "returns"}
    found = read_channels(plan).get(channel.id)
    if found is None:
        return ChannelStanding(channel, stands(None, kept=stays), kept=stays, back_shown=shown)
    kept_record, said = found
    return ChannelStanding(
        channel=channel,
        stands=stands(said.mark, kept=stays),
        mark=said.mark,
        because=said.because,
        since=kept_record.event.day,
        again_on=said.again_on,
        due=_is_due(said, plan.latest_day(now.day)),
        kept=stays,
        back_shown=shown,
    )


def _mode(plan: Plan) -> Mode:
    """Whose list it is: a clear stop leaves nothing to settle, and a shared roof is still shared."""
    stopped = plan.terms.hard_stop is not None
    return "no_contact" if stopped and plan.terms.mode == "limited_contact" else plan.terms.mode


def kept_channels(plan: Plan) -> frozenset[str]:
    """Ids of what stays open on purpose, in limited contact."""
    limits = plan.terms.limits
    return kept_open(limits.channel) if limits is not None and _mode(plan) == "limited_contact" else frozenset()


def _next_steps(standing: tuple[ChannelStanding, ...]) -> tuple[str, ...]:
    """Of those nothing was said about, the smallest first."""
    unsaid = [each.channel for each in standing if each.stands == "unknown"]
    return tuple(each.id for each in sorted(unsaid, key=lambda each: _SMALL_FIRST.index(each.size))[:NEXT_STEPS])


def _is_due(said: ChannelMarked, today: dt.date) -> bool:
    return said.again_on is not None and said.again_on <= today


def _noon_of(day: dt.date | None, now: Moment) -> Moment | None:
    """The middle of an earlier day; None: now."""
    if day is None or day == now.day:
        return None
    return Moment(dt.datetime.combine(day, _NOON, tzinfo=now.local.tzinfo), now.zone)
