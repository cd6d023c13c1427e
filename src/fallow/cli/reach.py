"""The command for the map of channels: what is open, the next small steps, and what was said about one."""

from __future__ import annotations

import datetime as dt
from typing import Final

import click

from fallow.app import (
    ChannelStanding,
    Reach,
    channel_standing,
    describe_channel,
    describe_reach,
    mark_channel,
    reach,
)
from fallow.cli.commands import as_json_option, command
from fallow.cli.opening import folder, opened_desk
from fallow.cli.speaking import answer, plain_endings, say
from fallow.errors import NotUnderstood
from fallow.language import N_, say_day
from fallow.language import gettext as _
from fallow.plan import CannotBecause, ChannelMark
from fallow.reach import DayCount, PlatformStep, Way, find_channel, load_map
from fallow.wiring import is_set_up

SHOW: Final = "show"
UNDO: Final = "undo"
MARKS: Final[dict[str, ChannelMark]] = {"do": "do", "later": "not_now", "cannot": "cannot", "absent": "absent"}
SAID: Final[dict[ChannelMark | None, str]] = {
    "do": N_("closed"),
    "not_now": N_("not now"),
    "cannot": N_("cannot be"),
    "absent": N_("not ours"),
    None: "-",
}
WAY_NAMES: Final[dict[Way, str]] = {
    "reach_me": N_("They can reach you: {counted}."),
    "see_me": N_("They can see you: {counted}."),
    "watch_them": N_("You can watch them: {counted}."),
    "returns": N_("Comes up by itself: {counted}."),
}
A_DAY: Final = click.DateTime(["%Y-%m-%d"])


@command("reach")
@click.argument("act", required=False, type=click.Choice([SHOW, *MARKS, UNDO]))
@click.argument("channel", required=False, metavar="[CHANNEL]")
@click.option("--because", type=click.Choice(["children", "work", "other"]), help="With cannot: why.")
@click.option("--on", "on", type=A_DAY, metavar="DATE", help="The day it was done, if it was not today.")
@click.option("--again-on", type=A_DAY, metavar="DATE", help="The day on which to look at it again.")
@as_json_option
def reach_(
    act: str | None,
    channel: str | None,
    *,
    because: CannotBecause | None,
    on: dt.datetime | None,
    again_on: dt.datetime | None,
    as_json: bool,
) -> None:
    """
    Channels by which each of you can reach or watch the other: the map; or one of them, and what you say about it.

    do: its step was taken. later: not now. cannot: it has to stay. absent: the two of you do not have it. undo: take
    back what was said. show: its step, and how it is undone.
    """
    with plain_endings(as_json=as_json):
        marks = act in (*MARKS, UNDO)
        _require_sense(act, channel, because=because, dates=(on, again_on))
        if channel is None:
            _tell_map(reach(opened_desk() if is_set_up(folder()) else None), as_json=as_json)
            return
        find_channel(channel)  # before a passphrase is asked for
        if not marks and not is_set_up(folder()):
            _tell_one(ChannelStanding(find_channel(channel), "unknown"), as_json=as_json)
            return
        desk = opened_desk(may_create=marks)
        if not marks:
            _tell_one(channel_standing(desk, channel), as_json=as_json)
            return
        told = mark_channel(
            desk, channel, MARKS.get(act or ""), because=because, on=_day_of(on), again_on=_day_of(again_on)
        )
        if as_json:
            answer(describe_channel(told))
        if told.mark:
            say(_("Kept: {channel}, {mark}.").format(channel=told.channel.name, mark=_(SAID[told.mark])))
        else:
            say(_("Taken back: {channel}.").format(channel=told.channel.name))


def _day_of(given: dt.datetime | None) -> dt.date | None:
    return None if given is None else given.date()


def _require_sense(
    act: str | None, channel: str | None, *, because: str | None, dates: tuple[dt.datetime | None, dt.datetime | None]
) -> None:
    if act is not None and channel is None:
        raise NotUnderstood(what=N_("which channel; see fallow reach"))
    if because is not None and act != "cannot":
        raise NotUnderstood(what=N_("why; it goes with cannot"))
    if any(dates) and act not in MARKS:
        raise NotUnderstood(what=N_("the day; it goes with do, later or cannot"))


def _tell_map(view: Reach, *, as_json: bool) -> None:
    if as_json:
        answer(describe_reach(view))
        return
    kept = _("stays open")
    wide = 1 + max(len(kept), *(len(_(said)) for said in SAID.values()))
    for each in view.channels:
        stays = kept if each.kept and each.mark is None else _(SAID[each.mark])
        name = each.channel.name
        if each.again_on:
            name = _("{channel}, look again on {day}").format(channel=name, day=say_day(each.again_on))
        say(f"{each.channel.id:16}{stays:{wide}}{name}")
    say("")
    for count in view.counts:
        say(_(WAY_NAMES[count.way]).format(counted=_counted(count)))
    if view.due:
        say(_("To look at again: {channels}.").format(channels=", ".join(view.due)))
    if view.next:
        words = _("Next, if you like: {channels}; fallow reach show CHANNEL has the step.")
        say(words.format(channels=", ".join(view.next)))


def _tell_one(each: ChannelStanding, *, as_json: bool) -> None:
    if as_json:
        answer(describe_channel(each))
        return
    channel = each.channel
    say(f"{channel.asks}\n{channel.explains}")
    for note in channel.notes:
        say(load_map().notes[note])
    if each.kept:
        say(_("This is the one channel that stays open."))
    else:
        say(f"\n{channel.step}")
    if each.back_shown:
        say(" ".join(words for words in (channel.back, channel.lasting) if words))
    for step in () if each.kept else channel.platforms:
        say(f"\n{step.on}: {step.step}")
        if each.back_shown:
            say(" ".join(words for words in (step.back, step.lasting) if words))
        say(seen_words(step))
    marked = _("Marked: {mark}.").format(mark=_(SAID[each.mark])) if each.mark else _("Nothing was said about it.")
    say(f"\n{marked}")


def seen_words(step: PlatformStep) -> str:
    """When and where a step was last read."""
    if step.seen is None:
        return _("Seen: not checked.")
    words = (
        _("Seen {day}, in its own help ({where}).") if step.own else _("Seen {day}, as others describe it ({where}).")
    )
    return words.format(day=say_day(step.seen), where=step.where)


def _counted(count: DayCount) -> str:
    return _("{open} open, {closed} closed, {absent} not yours, {unknown} not known").format(
        open=count.open, closed=count.closed, absent=count.absent, unknown=count.unknown
    )
