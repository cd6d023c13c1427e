"""
Dates as a calendar file (RFC 5545) that says nothing to somebody who reads along.

Every entry is called the same neutral word unless names are asked for; decisions never leave. All-day, every year,
private, taking up no time and ringing no bell. 29 February is the last day of February in every year, as everywhere
in Fallow, which a calendar would otherwise leave out in three years of four.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from fallow.app.dates import DateAhead
from fallow.plan import DateNoted, next_occurrence

if TYPE_CHECKING:
    from icalendar import Event

NEUTRAL: Final = "Note"
PRODUCER: Final = "-//Notes//Notes 1//EN"
FILE_NAME: Final = "notes.ics"


def calendar_file(ahead: Sequence[DateAhead], at: dt.datetime, *, with_names: bool = False) -> bytes:
    """
    The dates as one calendar.

    Args:
        at: Aware; when the file was made.
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
        made.add_component(_event(each, at, each.name if with_names else NEUTRAL))
    written: bytes = made.to_ical()
    return written


def _event(each: DateAhead, at: dt.datetime, title: str) -> Event:
    from icalendar import Event

    first = next_occurrence(DateNoted(each.name, each.month, each.day), each.since)
    event = Event()
    event.add("uid", str(uuid.UUID(hex=each.id)))
    event.add("dtstamp", at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", first)
    event.add("dtend", first + dt.timedelta(days=1))
    event.add("rrule", _yearly(each))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _yearly(each: DateAhead) -> dict[str, Any]:
    if (each.month, each.day) == (2, 29):
        return {"freq": "yearly", "bymonth": 2, "bymonthday": -1}
    return {"freq": "yearly"}
