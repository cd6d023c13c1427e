"""The calendar file: says nothing to whoever reads along, and every reader finds the same days in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from app.desks import a_desk
from fallow.app import Desk, calendar_file, dates, decide_date, note_date, note_holiday, reminder_file
from fallow.plan import Moment

NAMES = ("Sam's birthday; 40, \\ at last", "Tag der Übereinkunft, zwischen uns beiden, " + ("und so fort " * 8).strip())
DECISION = "I go to Mira's."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Noon in Berlin on 3 March 2026, with three days and what was decided for one."""
    opened = a_desk(tmp_path / "data")
    decide_date(opened, note_date(opened, NAMES[0], 3, 20), DECISION)
    note_date(opened, NAMES[1], 2, 29)
    note_holiday(opened, "christmas")
    yield opened
    opened.store.close()


def made(desk: Desk, *, with_names: bool = False) -> bytes:
    return calendar_file(dates(desk), desk.clock().at, with_names=with_names)


def plainly(body: bytes) -> list[dict[str, str]]:
    """A second reading by RFC 5545, section 3.1, alone: unfold, then name and value of every line of an entry."""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    lines = re.sub(rb"\r\n[ \t]", b"", body).decode("utf-8").split("\r\n")
    assert ["BEGIN:VCALENDAR", "END:VCALENDAR", ""] == [lines[0], *lines[-2:]]
    entries: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entries.append({})
        elif entries:
            entries[-1].setdefault(name, value)
    return entries


def test_the_library_reads_back_what_was_noted(desk: Desk) -> None:
    """All-day, every year, private, free, without a bell; the names exactly, where they were asked for."""
    calendar = Calendar.from_ical(made(desk, with_names=True))
    events = list(calendar.walk("VEVENT"))
    assert {*NAMES, "Christmas Day"} == {str(event["SUMMARY"]) for event in events}
    for event in events:
        begins, ends = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(begins) is dt.date
        assert dt.timedelta(days=1) == ends - begins
        assert ["YEARLY"] == event["RRULE"]["FREQ"]
        assert desk.clock().at == event.decoded("DTSTAMP")
        assert ("PRIVATE", "TRANSPARENT") == (event["CLASS"], event["TRANSP"])
    assert [] == list(calendar.walk("VALARM"))


def test_a_second_reading_finds_the_same(desk: Desk) -> None:
    """Without the library that wrote it: three entries, whose first days and rules are right."""
    entries = plainly(made(desk))
    assert [
        ("20260320", "FREQ=YEARLY"), ("20261225", "FREQ=YEARLY"), ("20270228", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
    ] == sorted((entry["DTSTART;VALUE=DATE"], entry["RRULE"]) for entry in entries)  # fmt: skip
    assert {"20260303T110000Z"} == {entry["DTSTAMP"] for entry in entries}
    assert 3 == len({entry["UID"] for entry in entries})


def test_nothing_personal_is_in_it_unless_asked(desk: Desk) -> None:
    """One neutral word for every entry, no name of this program; what was decided is never in it."""
    body = made(desk).decode()
    assert {"Note"} == {entry["SUMMARY"] for entry in plainly(body.encode())}
    words = re.findall(r"\w+", " ".join(NAMES).casefold())
    assert [] == [word for word in words if len(word) > 3 and word in body.casefold()]
    assert "fallow" not in body.casefold()
    assert "Sam's birthday" in made(desk, with_names=True).decode()
    assert DECISION not in made(desk, with_names=True).decode()


def test_a_date_keeps_its_identity_from_one_file_to_the_next(desk: Desk) -> None:
    """A year later, with names: the same UIDs and first days, so no calendar holds a date twice."""
    next_year = Moment(desk.clock().at + dt.timedelta(days=400), "Europe/Berlin")
    again = plainly(made(replace(desk, clock=lambda: next_year), with_names=True))
    same = ("UID", "DTSTART;VALUE=DATE", "RRULE")
    assert [[entry[name] for name in same] for entry in plainly(made(desk))] == [
        [entry[name] for name in same] for entry in again
    ]


def test_the_leap_day_is_in_every_year_of_the_rule(desk: Desk) -> None:
    """The last day of February, as the rule says it to a calendar."""
    from dateutil.rrule import rrulestr

    entry = next(entry for entry in plainly(made(desk)) if "BYMONTHDAY" in entry["RRULE"])
    first = dt.datetime.strptime(entry["DTSTART;VALUE=DATE"], "%Y%m%d")
    days = [f"{day:%Y-%m-%d}" for day in rrulestr(entry["RRULE"], dtstart=first)[:3]]
    assert ["2027-02-28", "2028-02-29", "2029-02-28"] == days


def test_no_date_is_an_empty_calendar(tmp_path: Path) -> None:
    """Still one that can be read."""
    empty = a_desk(tmp_path / "empty")
    assert [] == plainly(made(empty))
    assert [] == list(Calendar.from_ical(made(empty)).walk("VEVENT"))
    empty.store.close()


def test_a_daily_reminder_says_its_title_and_nothing_else() -> None:
    """At its time by the clock of whoever reads it, every day, private, with a note on the screen and no sound."""
    at = dt.datetime(2026, 3, 3, 11, 0, 7, tzinfo=dt.UTC)
    body = reminder_file(dt.time(19, 30), at, id="a" * 32, title="Notes")
    entry = plainly(body)[0]
    assert ("20260303T193000", "20260303T193500") == (entry["DTSTART"], entry["DTEND"])
    assert ("FREQ=DAILY", "Notes", "PRIVATE", "TRANSPARENT") == tuple(
        entry[name] for name in ("RRULE", "SUMMARY", "CLASS", "TRANSP")
    )
    assert b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Notes\r\nTRIGGER:P0D\r\nEND:VALARM" in body
    assert body == reminder_file(dt.time(19, 30), at, id="a" * 32, title="Notes")
    event = Calendar.from_ical(body).walk("VEVENT")[0]
    assert dt.datetime(2026, 3, 3, 19, 30) == event.decoded("DTSTART")
