"""
Dates as a calendar file (RFC 5545) that says nothing to somebody who reads along.

Every entry is called the same neutral word unless names are asked for; decisions never leave. All-day, private,
taking up no time and ringing no bell; dates come every year, a day to look at a channel again comes once and never
says which. A daily reminder is an entry with a time and a note on the screen, and says as little. 29 February is the
last day of February in every year, as everywhere in Fallow, which a calendar would otherwise leave out in three years
of four.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from fallow.app.dates import DateAhead
from fallow.app.reach import LookAgain
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import DateNoted, next_occurrence

if TYPE_CHECKING:
    from icalendar import Event

NEUTRAL: Final = N_("Note")
PRODUCER: Final = "-//Notes//Notes 1//EN"
CALENDAR_NAME: Final = "notes.ics"


def calendar_file(
    ahead: Sequence[DateAhead], at: dt.datetime, *, again: Sequence[LookAgain] = (), with_names: bool = False
) -> bytes:
    """
    The dates as one calendar.

    Args:
        at: Aware; when the file was made.
        again: Days on which to look at something again.
        with_names: Whether an entry is called by the name of its date.
    Returns:
        UTF-8, lines ending in CRLF. An entry keeps its identity and its first day from one file to the next, so a
        calendar that takes both holds each date once.
    """
    # It takes as long to load as everything else together, so it is loaded when a file is made.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCER)
    made.add("version", "2.0")
    for each in sorted(ahead, key=lambda each: (each.since, each.id)):
        made.add_component(_yearly_event(each, at, each.name if with_names else _(NEUTRAL)))
    for look in again:
        made.add_component(_event(look.id, look.on, at, _(NEUTRAL)))
    written: bytes = made.to_ical()
    return written


def reminder_file(every_day_at: dt.time, at: dt.datetime, *, id: str, title: str) -> bytes:
    """
    One reminder a day as a calendar.

    Args:
        every_day_at: By the clock of whoever reads the calendar, wherever that is.
        at: Aware; when the file was made, on the clock of the first day.
        id: 32 hex digits, the same for every file of one person, so that a later one takes the place of an earlier.
        title: What the entry is called; nothing else is in it.
    Returns:
        UTF-8, lines ending in CRLF.
    """
    from icalendar import Alarm, Calendar

    made = Calendar()
    made.add("prodid", PRODUCER)
    made.add("version", "2.0")
    event = _event(id, at.date(), at, title)
    begins = dt.datetime.combine(at.date(), every_day_at)
    for name, value in (("dtstart", begins), ("dtend", begins + dt.timedelta(minutes=5))):
        del event[name]
        event.add(name, value)
    event.add("rrule", {"freq": "daily"})
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(0))
    alarm.add("description", title)
    event.add_component(alarm)
    made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _yearly_event(each: DateAhead, at: dt.datetime, title: str) -> Event:
    first = next_occurrence(DateNoted(each.name, each.month, each.day), each.since)
    event = _event(each.id, first, at, title)
    event.add("rrule", _yearly(each))
    return event


def _event(id: str, first: dt.date, at: dt.datetime, title: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", str(uuid.UUID(hex=id)))
    event.add("dtstamp", at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", first)
    event.add("dtend", first + dt.timedelta(days=1))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _yearly(each: DateAhead) -> dict[str, Any]:
    if (each.month, each.day) == (2, 29):
        return {"freq": "yearly", "bymonth": 2, "bymonthday": -1}
    return {"freq": "yearly"}
