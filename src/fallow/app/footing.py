"""
What a person arranged for themselves beforehand, and what of it holds now: plans, a gate, a morning line, a list.

Everything here is for oneself, so nothing of it is closed in a clear stop. What a gate closes is the plan's to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk, record
from fallow.errors import NotUnderstood, SettingRefused
from fallow.guidance import instead_of_the_phone, morning_line
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import (
    Ask,
    DistractionsListed,
    IfThenPlanned,
    Moment,
    MorningLineSet,
    Plan,
    Record,
    SoberGateSet,
    sober_until,
)

MORNING_FROM: Final = 4
MORNING_UNTIL: Final = 11
"""Local hours between which Today begins with a line for waking."""
NOON: Final = dt.time(12, 0)
NIGHT_ENDS: Final = 6
"""The hour until which the coming noon is today's."""
PLACES_OF_PLANS: Final = (1, 2, 3)
MOST_DISTRACTIONS: Final = 20
LONGEST_LINE: Final = 200
"""Characters of one line; the plan's own limits."""
WAIT_LENGTHS: Final = (5, 10, 20, 30)
"""Minutes one can wait with an urge; every wait can be left at any time."""
WAIT_MINUTES: Final = 10
_WAIT: Final = "wait_minutes"


class Morning(msgspec.Struct, frozen=True):
    """A line for waking, whether in own words, and the one thing to do before the phone."""

    line: str
    own: bool
    instead: str


class Footing(msgspec.Struct, frozen=True):
    """
    What of it holds now.

    Args:
        gate_until: On the person's clock; None: no gate holds.
        plans: If-then plans whose hours it is.
        morning: On waking; None at other hours.
    """

    gate_until: dt.datetime | None
    plans: tuple[IfThenPlanned, ...]
    morning: Morning | None


def footing(plan: Plan, now: Moment) -> Footing:
    """What was arranged beforehand and holds at a moment."""
    hour = now.local.hour
    return Footing(
        gate_until=gate_until(plan, now),
        plans=tuple(each for each in plan.terms.if_then if in_hours(each, hour)),
        morning=_morning(plan, now) if MORNING_FROM <= hour < MORNING_UNTIL else None,
    )


def gate_until(plan: Plan, now: Moment) -> dt.datetime | None:
    """When the gate that holds now opens, on the person's clock; None: none holds."""
    until = sober_until(plan, now.at)
    return None if until is None else Moment(until, now.zone).local


def in_hours(planned: IfThenPlanned, hour: int) -> bool:
    """Whether a plan is to be seen on Today in a local hour; one without hours is not."""
    first, until = planned.hour_from, planned.hour_until
    if first is None or until is None:
        return False
    return first <= hour < until if first < until else hour >= first or hour < until


def next_noon(now: Moment) -> dt.datetime:
    """Noon of the coming day: today's in the small hours, else tomorrow's; at most thirty hours away."""
    local = now.local
    ahead = 0 if local.hour < NIGHT_ENDS else 1
    return dt.datetime.combine(local.date() + dt.timedelta(days=ahead), NOON, local.tzinfo)


def set_gate(desk: Desk, until: dt.datetime | None = None) -> tuple[Record, ...]:
    """
    Lock drafts and outreach until an hour; what is locked cannot be opened before it.

    Args:
        until: Aware, within two days; None: noon of the coming day.
    Raises:
        HourHasPassed, GateOnlyLonger, NotUnderstood: By the plan; nothing was changed.
    """
    return record(desk, Ask(SoberGateSet(until or next_noon(desk.clock()))))


def plan_if_then(
    desk: Desk, place: int, moment: str, act: str, hours: tuple[int, int] | None = None
) -> tuple[Record, ...]:
    """
    Keep one of the person's own three plans; it replaces what was in its place.

    Args:
        place: 1 to 3.
        hours: Local; from the first until before the second, over midnight where the first is later. None: the plan
            is seen on the urge page alone.
    Raises:
        NotUnderstood: Words are missing, or the hours are none; nothing was changed.
    """
    require_place(place)
    first, until = hours or (None, None)
    if first is not None and (first == until or not 0 <= first < 24 or until is None or not 0 <= until <= 24):
        raise NotUnderstood(what=N_("the hours, from 0 to 24; two that differ"))
    what = IfThenPlanned(place, _line(moment, N_("the moment")), _line(act, N_("what you will do")), first, until)
    return record(desk, Ask(what))


def clear_if_then(desk: Desk, place: int) -> tuple[Record, ...]:
    """Take a plan out of its place."""
    require_place(place)
    return record(desk, Ask(IfThenPlanned(place)))


def require_place(place: int) -> None:
    """
    Raises:
        NotUnderstood: There are three places.
    """
    if place not in PLACES_OF_PLANS:
        raise NotUnderstood(what=N_("which plan; 1, 2 or 3"))


def set_morning_line(desk: Desk, words: str | None) -> tuple[Record, ...]:
    """What Today says on waking, in own words; None: one of Fallow's."""
    return record(desk, Ask(MorningLineSet(None if words is None else _line(words, N_("the line")))))


def list_distractions(desk: Desk, lines: Iterable[str]) -> tuple[Record, ...]:
    """
    Keep the list of things that have helped, one a line; it replaces the former one, and none clears it.

    Raises:
        NotUnderstood: There are too many, or one is too long; nothing was changed.
    """
    items = tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
    if len(items) > MOST_DISTRACTIONS:
        raise NotUnderstood(what=_("the list; {most} things at most").format(most=MOST_DISTRACTIONS))
    return record(desk, Ask(DistractionsListed(tuple(_line(item, N_("the list")) for item in items))))


def wait_minutes(desk: Desk) -> int:
    """How long a person waits with an urge, as last chosen."""
    kept = desk.store.preference(_WAIT)
    return next((minutes for minutes in WAIT_LENGTHS if str(minutes) == kept), WAIT_MINUTES)


def choose_wait(desk: Desk, minutes: int) -> None:
    """
    Remember how long to wait.

    Raises:
        SettingRefused: It is none of `WAIT_LENGTHS`.
    """
    if minutes not in WAIT_LENGTHS:
        raise SettingRefused(setting=N_("minutes"))
    with desk.store.transaction():
        desk.store.set_preference(_WAIT, str(minutes))


def describe_footing(view: Footing) -> dict[str, Any]:
    """The same as plain values for machines."""
    return {
        "gate_until": None if view.gate_until is None else view.gate_until.isoformat(),
        "plans": [describe_if_then(each) for each in view.plans],
        "morning": None if view.morning is None else msgspec.to_builtins(view.morning),
    }


def describe_if_then(planned: IfThenPlanned) -> dict[str, Any]:
    """One plan as plain values."""
    return {
        "place": planned.place,
        "moment": planned.moment,
        "act": planned.act,
        "hour_from": planned.hour_from,
        "hour_until": planned.hour_until,
    }


def _morning(plan: Plan, now: Moment) -> Morning:
    own = plan.terms.morning_line
    return Morning(own or morning_line(now.day).text, own is not None, instead_of_the_phone(now.day).text)


def _line(words: str, what: str) -> str:
    """Words on one line, as the plan keeps them."""
    line = " ".join(words.split())
    if not line:
        raise NotUnderstood(what=_("{what}; there are no words").format(what=_(what)))
    if len(line) > LONGEST_LINE:
        raise NotUnderstood(what=_("{what}; {most} characters at most").format(what=_(what), most=LONGEST_LINE))
    return line
