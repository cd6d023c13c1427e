"""The map of channels: what is open, the next small steps, the whole list in groups, and one channel at a time."""

from __future__ import annotations

import datetime as dt
from typing import Final, get_args

from starlette.responses import Response

from fallow.app import (
    ChannelStanding,
    Reach,
    channel_standing,
    channels_listed,
    looks_ahead,
    mark_channel,
    plan_of,
    reach,
)
from fallow.charts import Figure, open_ways_chart
from fallow.errors import FallowError, NotUnderstood, SettingRefused
from fallow.guidance import find_technique, load_words
from fallow.language import gettext as _
from fallow.language import say_day
from fallow.plan import CannotBecause, ChannelMark
from fallow.reach import DayCount, Group, PlatformStep, Way, load_map
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.words import mark_label

TAKE_BACK: Final = "none"
PLACE: Final = "/ways"
FIELDS: Final = ("on", "again")


def show(visit: Visit) -> Response:
    view = reach(visit.desk)
    by_id = {each.channel.id: each for each in view.channels}
    return visit.page(
        "ways.html",
        view=view,
        stopped=plan_of(visit.desk).terms.hard_stop is not None,
        advocate=next(sentence for sentence in load_words().safety if sentence.id == "safety.advocate"),
        due=[by_id[id] for id in view.due],
        next=[by_id[id] for id in view.next],
        counts=[(way_label(each.way), say_count_of(each)) for each in view.counts],
        figure=figure(view),
        groups=groups(view),
        reminders=bool(looks_ahead(visit.desk)),
        why=find_technique("stop_watching"),
    )


def show_way(visit: Visit) -> Response:
    return _way_page(visit)


def mark(visit: Visit, form: Form) -> Response:
    """Keep what is said about a channel, or take it back."""
    id, chosen = visit.params["id"], form["mark"]
    try:
        said, because = _read_mark(chosen)
        dates = {} if said is None else {"on": _day(form["on"]), "again_on": _day(form["again"])}
        mark_channel(visit.desk, id, said, because=because, **dates)
    except FallowError as error:
        return _way_page(visit, error, form)
    if said is None:
        return visit.go(PLACE, said=_("Taken back. Nothing is said about it now."))
    return visit.go(PLACE, said=_("Kept. It can be taken back at any time."))


def way_label(way: Way) -> str:
    return {
        "reach_me": _("They can reach you"),
        "see_me": _("They can see you"),
        "watch_them": _("You can watch them"),
        "returns": _("Comes up by itself"),
    }[way]


def group_label(group: Group) -> str:
    return {
        "messages": _("Messages and calls"),
        "profiles": _("Profiles and stories"),
        "shared": _("What you share"),
        "places": _("Places"),
        "people": _("People"),
        "returning": _("What comes back by itself"),
    }[group]


def say_count_of(count: DayCount) -> str:
    """What is open of one way, in words; what was not told is neither."""
    parts = [
        _("%(n)s open") % {"n": count.open},
        _("%(n)s closed") % {"n": count.closed},
        _("%(n)s not known") % {"n": count.unknown},
    ]
    return " · ".join(parts)


def groups(view: Reach) -> list[tuple[str, str, list[tuple[ChannelStanding, str]]]]:
    """Each group of the list: its name, what is open in it, and its channels with what was said of each."""
    made = []
    for group in get_args(Group):
        within = [each for each in view.channels if each.channel.group == group]
        if within:
            made.append((group_label(group), _said_of(within), [(each, stands_label(each)) for each in within]))
    return made


def stands_label(each: ChannelStanding) -> str:
    """What was said about a channel, with its days; empty where nothing was."""
    if each.kept and each.mark is None:
        return _("Stays open, for what has to be settled")
    label = mark_label(each.mark, each.because)
    if label and each.since is not None:
        label = _("%(label)s, since %(day)s") % {"label": label, "day": say_day(each.since)}
    if label and each.again_on is not None:
        label = _("%(label)s; look again on %(day)s") % {"label": label, "day": say_day(each.again_on)}
    return label[:1].upper() + label[1:]


def seen_label(step: PlatformStep) -> str:
    """When and where the step was last read."""
    if step.seen is None:
        return _("Nobody checked this step; menus may have moved.")
    said = {"day": say_day(step.seen), "where": step.where}
    if step.own:
        return _("Read on %(day)s in its own help (%(where)s); menus may have moved since.") % said
    return _("Read on %(day)s as others describe it (%(where)s); menus may have moved since.") % said


def figure(view: Reach) -> Figure:
    """What was open, day by day."""
    chart = open_ways_chart(view.days)
    definition = _(
        "A way is open when you put it off, when it has to stay, or when it is the one that stays on purpose; it is "
        "closed when you said that its step is done. What you have said nothing about is not known, and what you do "
        "not have is left out. So an open count can rise only because more was told. Nothing outside is looked at, "
        "and nothing is scored. The picture has every day from the first on which you said something."
    )
    return Figure("open", _("What was open"), chart.svg, chart.sentence, chart.columns, chart.rows, definition)


def _said_of(within: list[ChannelStanding]) -> str:
    known = [each.stands for each in within]
    parts = [
        (known.count("open"), _("%(n)s open")),
        (known.count("closed"), _("%(n)s closed")),
        (known.count("unknown"), _("%(n)s not known")),
    ]
    return " · ".join(words % {"n": n} for n, words in parts if n)


def _read_mark(chosen: str) -> tuple[ChannelMark | None, CannotBecause | None]:
    """What a button says; the reasons are three buttons of their own."""
    if chosen == TAKE_BACK:
        return None, None
    if chosen in get_args(CannotBecause):
        return "cannot", chosen  # type: ignore[return-value]
    if chosen in get_args(ChannelMark):
        return chosen, None  # type: ignore[return-value]
    raise SettingRefused(setting=_("what you say about it"))


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if typed else None
    except ValueError as problem:
        raise NotUnderstood(what=_("the day")) from problem


def _way_page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    each = channel_standing(visit.desk, visit.params["id"])
    notes = [load_map().notes[note] for note in each.channel.notes]
    return visit.page(
        "way.html",
        status=200 if error is None else status_of(error),
        error=error,
        each=each,
        channel=each.channel,
        lets=[way_label(way) for way in each.channel.lets],
        note=notes[0],
        notes=notes[1:],
        listed=each.channel.id in channels_listed(),
        platforms=[(step, seen_label(step)) for step in each.channel.platforms],
        marked=stands_label(each),
        typed={name: "" if form is None else form[name] for name in FIELDS},
    )
