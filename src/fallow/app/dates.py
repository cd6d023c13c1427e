"""
Days that come every year: noted, decided about on a calm day, said quietly from a week before, and dropped.

What is decided is for oneself. In a clear stop the days stay; what was decided about one before it is not repeated.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.app.footing import LONGEST_LINE
from fallow.errors import NoSuchEntry, NotEnoughData, NotUnderstood
from fallow.guidance import find_holiday
from fallow.language import N_, gettext, speaking
from fallow.language import gettext as _
from fallow.plan import (
    CALM_DAYS,
    Ask,
    DateDecided,
    DateDropped,
    DateKind,
    DateNoted,
    Moment,
    Plan,
    Record,
    decide,
    is_daytime,
    next_occurrence,
    read_dates,
    sober_until,
)

NOTICE_DAYS: Final = 7
"""Days before a date from which Today says it; on the day itself for the last time."""
FIRST_MESSAGE: Final = N_("The first message")
OURS: Final[frozenset[DateKind]] = frozenset({"holiday", "first_message"})
"""Kinds of day whose name is kept as the source has it, and said in the language spoken."""
LEAP_YEAR: Final = 2024
ANYTHING: Final = "-"
"""Words that stand for any."""


class DateAhead(msgspec.Struct, frozen=True):
    """
    A date as it lies ahead.

    Args:
        on: The next day it falls on, today included.
        days: From today to then, 0 or more.
        decision: What was decided; None: nothing, or it is not repeated because a clear stop holds.
        may_decide: Whether this is a calm day for it: by daylight, early enough, and in no gate.
        since: The local day on which it was noted.
    """

    id: str
    name: str
    what: DateKind
    month: int
    day: int
    on: dt.date
    days: int
    decision: str | None
    may_decide: bool
    since: dt.date


def dates(desk: Desk) -> tuple[DateAhead, ...]:
    """Every date that was noted and not dropped, the next one first."""
    return dates_of(plan_of(desk), desk.clock())


def dates_of(plan: Plan, now: Moment) -> tuple[DateAhead, ...]:
    """The same of a plan at a moment. O(n)."""
    calm = is_daytime(now) and sober_until(plan, now.at) is None
    stopped = plan.terms.hard_stop is not None
    ahead = []
    for kept in read_dates(plan):
        noted, on = kept.noted, next_occurrence(kept.noted, now.day)
        days, since = (on - now.day).days, plan.records[kept.id].event.day
        decision, may_decide = None if stopped else kept.decision, calm and days >= CALM_DAYS
        ahead.append(
            DateAhead(
                *(kept.id, _said(noted), noted.what, noted.month, noted.day),
                *(on, days, decision, may_decide, since),
            )
        )
    return tuple(sorted(ahead, key=lambda each: each.days))


def _said(noted: DateNoted) -> str:
    return gettext(noted.name) if noted.what in OURS else noted.name


def dates_near(plan: Plan, now: Moment) -> tuple[DateAhead, ...]:
    """Those of which Today speaks: from a week before until the day itself."""
    return tuple(each for each in dates_of(plan, now) if each.days <= NOTICE_DAYS)


def find_date_ahead(desk: Desk, id: str) -> DateAhead:
    """
    Raises:
        NoSuchEntry: There is none, or it was dropped.
    """
    found = next((each for each in dates(desk) if each.id == id), None)
    if found is None:
        raise NoSuchEntry
    return found


def note_date(desk: Desk, name: str, month: int, day: int, *, what: DateKind = "other") -> str:
    """
    Note a day that comes every year. Returns its id; the same day under the same name is noted once.

    Raises:
        NotUnderstood: There is no name, or no such day; nothing was noted.
    """
    line = " ".join(name.split())
    if not line or len(line) > LONGEST_LINE:
        raise NotUnderstood(
            what=_("the name of the day; a word or more, {most} characters at most").format(most=LONGEST_LINE)
        )
    known = next((k for k in read_dates(plan_of(desk)) if k.noted == DateNoted(line, month, day, k.noted.what)), None)
    return known.id if known is not None else record(desk, Ask(DateNoted(line, month, day, what)))[0].id


def note_holiday(desk: Desk, id: str) -> str:
    """
    Note one of the holidays that come with Fallow. Returns the id of the date.

    Raises:
        NotUnderstood: It is none of them.
    """
    with speaking("en"):
        holiday = find_holiday(id)
    if holiday is None:
        raise NotUnderstood(what=N_("which holiday"))
    return note_date(desk, holiday.name, holiday.month, holiday.day, what="holiday")


def first_message_day(desk: Desk) -> dt.date:
    """
    The local day of the first message of all that was brought; there may have been earlier ones elsewhere. O(n).

    Raises:
        NotEnoughData: There are no messages.
    """
    table = desk.store.messages()
    if not len(table.at):
        raise NotEnoughData(have=0, need=1)
    local = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
        microseconds=int(table.at[0]), seconds=int(table.offset[0])
    )
    return local.date()


def note_first_message(desk: Desk) -> str:
    """
    Note the day of the first message, read from the record because it was asked for. Returns the id of the date.

    Raises:
        NotEnoughData: There are no messages.
    """
    first = first_message_day(desk)
    return note_date(desk, FIRST_MESSAGE, first.month, first.day, what="first_message")


def decide_date(desk: Desk, id: str, decision: str) -> tuple[Record, ...]:
    """
    Keep what will be done on a date; the last decision stands.

    Raises:
        CalmDayNeeded, SoberGateHolds, NoSuchEntry: By the plan; nothing was changed.
        NotUnderstood: There are no words.
    """
    if not decision.strip():
        raise NotUnderstood(what=N_("what you will do; there are no words"))
    return record(desk, Ask(DateDecided(id, decision.strip())))


def require_calm_day(desk: Desk, id: str) -> None:
    """
    Whether something could be decided about a date now; records nothing.

    Raises:
        CalmDayNeeded, SoberGateHolds, NoSuchEntry: By the plan.
    """
    decide(plan_of(desk), Ask(DateDecided(id, ANYTHING)), desk.clock())


def drop_date(desk: Desk, id: str) -> tuple[Record, ...]:
    """
    Look out for a date no more.

    Raises:
        NoSuchEntry: There is none.
    """
    return record(desk, Ask(DateDropped(id)))


def parse_day(text: str) -> tuple[int, int]:
    """
    Month and day of a date as pages and terminals give it: YYYY-MM-DD, or MM-DD of any year.

    Raises:
        NotUnderstood: It is no such day.
    """
    given = text.strip()
    try:
        day = dt.date.fromisoformat(given if given.count("-") > 1 else f"{LEAP_YEAR}-{given}")
    except ValueError as problem:
        raise NotUnderstood(what=N_("the day; write it as 12-24, the month first")) from problem
    return day.month, day.day


def describe_date(each: DateAhead) -> dict[str, Any]:
    """A date as plain values for machines."""
    described: dict[str, Any] = msgspec.to_builtins(each)
    described.pop("since")
    return described
