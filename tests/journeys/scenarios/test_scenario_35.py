"""Scenario 35: a birthday, Christmas."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar
from playwright.sync_api import Page, expect

from conftest import Home
from fallow.app import Desk, today
from fallow.guidance import load_holidays
from fallow.plan import Moment
from fallow.store.sqlite import open_sqlite
from fallow.web.pages.days import month_names
from journeys.earlier import noon_zone, zone_at
from journeys.walking import Hand, body_of, enter, go, heading, key_of, says, serving

FAR = 20
"""Days; a holiday further away than that is decided in peace whenever this journey is walked."""


def test_scenario_35_birthday_and_christmas(page: Page, set_up: Home) -> None:
    """
    At noon, five days before the birthday of the one who left, it is decided to let it pass, and a holiday as well.

    Today says so quietly from then until the day, and not a word on the day after; at night, and with a day to go,
    nothing can be decided, and nothing has to be. The days go into a calendar under a neutral word.
    """
    zone = noon_zone()
    set_up.json("choose", "--quiet-time", "60", "--zone", zone)
    birthday = dt.datetime.now(ZoneInfo(zone)).date() + dt.timedelta(days=5)
    holiday = next(each for each in reversed(load_holidays()) if _days_to(each.month, each.day, birthday) > FAR)
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/more")
        hand = Hand(page)
        hand.tap("link", "Days that come every year")
        hand.fill("What is it called?", "Sam's birthday")
        page.locator("select[name=day]").select_option(str(birthday.day))
        page.locator("select[name=month]").select_option(label=month_names()[birthday.month - 1])
        page.locator("select[name=what]").select_option("birthday")
        hand.tap("button", "Add this day")
        assert ("Sam's birthday", True) == (heading(page), "In five days" in body_of(page))
        hand.tap("button", "I let it pass quietly")
        page.get_by_text("A holiday from a list").click()
        page.locator("select[name=holiday]").select_option(holiday.id)
        hand.tap("button", "Add this holiday")
        hand.fill("Or, in your own words", "At my sister's. The phone stays in the hall.")
        hand.tap("button", "Decide this")
        expect(page.get_by_text("· decided")).to_have_count(2)
        go(page, server, "/")
        notice = page.get_by_role("link", name="In five days: Sam's birthday.")
        expect(notice).to_have_text("In five days: Sam's birthday. You decided: I let it pass quietly.")
        assert holiday.name not in body_of(page)
        _walk_to(set_up, birthday, zone)
        set_up.json("choose", "--zone", zone_at(23))
        notice.click()
        expect(page.get_by_role("button", name="I let it pass quietly")).to_have_count(0)
        says(page, "Nothing has to be decided on the day itself; letting it pass is open, always.")
        set_up.json("choose", "--zone", zone)
        go(page, server, "/days")
        page.get_by_text("For a calendar").click()
        with page.expect_download() as coming:
            hand.tap("button", "Download the file")
        assert "notes.ics" == coming.value.suggested_filename
        events = list(Calendar.from_ical(coming.value.path().read_bytes()).walk("VEVENT"))
        assert ["Note", "Note"] == [str(event["SUMMARY"]) for event in events]
        assert birthday in {event.decoded("DTSTART") for event in events}


def _days_to(month: int, day: int, start: dt.date) -> int:
    this_year = dt.date(start.year, month, day)
    return ((this_year if this_year >= start else dt.date(start.year + 1, month, day)) - start).days


def _walk_to(home: Home, birthday: dt.date, zone: str) -> None:
    """What Today says from two days before until two days after, at noon, as it will then."""
    store = open_sqlite(home.folder, key_of(home.folder))
    said = {}
    for ahead in (2, 1, 0, -1, -2):
        noon = dt.datetime.combine(birthday - dt.timedelta(days=ahead), dt.time(12), ZoneInfo(zone))
        near = today(Desk(store, lambda noon=noon: Moment(noon, zone))).dates  # type: ignore[misc]
        said[ahead] = [(each.name, each.decision, each.may_decide) for each in near if each.name == "Sam's birthday"]
    store.close()
    decided = "I let it pass quietly."
    assert {
        2: [("Sam's birthday", decided, True)],
        1: [("Sam's birthday", decided, False)],
        0: [("Sam's birthday", decided, False)],
        -1: [],
        -2: [],
    } == said
