"""Days of the year on the pages: added, decided about, dropped, taken into a calendar; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from conftest import Home, start_server, stop_server
from fallow.app import import_chat, read_export
from fallow.plan import DateDecided, DateDropped, DateNoted
from journeys.conftest import Shared, new_context
from journeys.earlier import opened, zone_at
from journeys.walking import Hand, body_of, go, headed, kinds, post, records, says

CHAT = "01/03/2019, 10:01 - Ego: hello\n02/03/2019, 10:01 - Sam: hello\n"


@pytest.fixture
def by_day(today: Page, shared: Shared) -> Page:
    """The days in a zone in which it is noon."""
    shared.home.json("choose", "--zone", zone_at(12))
    go(today, shared, "/days")
    return today


@pytest.fixture
def leap_day(by_day: Page, shared: Shared) -> Iterator[str]:
    """A day that most years do not have."""
    post(by_day, "/days", name="The day we moved", day="29", month="2", what="anniversary")
    by_day.reload()
    yield by_day.get_by_role("link", name="The day we moved").get_attribute("href") or ""
    go(by_day, shared, "/days")


def test_a_day_that_is_none_is_said_kindly_and_nothing_is_lost(by_day: Page, shared: Shared) -> None:
    """30 February: the name, the day and the month stand as they were typed; nothing was noted."""
    before = records(shared.home)
    form = by_day.locator("form", has=by_day.locator("select[name=month]"))
    if not form.is_visible():
        by_day.get_by_text("Add a day").click()
    by_day.get_by_label("What is it called?").fill("Sam <3")
    by_day.locator("select[name=day]").select_option("30")
    by_day.locator("select[name=month]").select_option("2")
    Hand(by_day).tap("button", "Add this day")
    expect(by_day.get_by_role("alert")).to_contain_text("This could not be read: day.")
    expect(by_day.get_by_label("What is it called?")).to_have_value("Sam <3")
    assert ("30", "2") == tuple(by_day.locator(f"select[name={name}]").input_value() for name in ("day", "month"))
    for fields in ({"name": "x", "day": "", "month": "1"}, {"name": "", "day": "1", "month": "1"}):
        assert 422 == post(by_day, "/days", add="own", **fields)[0]
    for fields in ({"add": "holiday", "holiday": "easter"}, {"name": "x", "day": "1", "month": "99999999"}):
        assert 422 == post(by_day, "/days", **fields)[0]
    assert before == records(shared.home)


def test_a_day_is_decided_in_own_words_and_decided_anew(by_day: Page, shared: Shared, leap_day: str) -> None:
    """The last decision stands; both are in the history; an empty one is asked for once more."""
    assert DateNoted("The day we moved", 2, 29, "anniversary") == records(shared.home)[-1].event.what
    go(by_day, shared, leap_day)
    says(by_day, "In a year without 29 February it falls on the 28th.")
    words = "With Mira, <out> of town."
    by_day.get_by_label("Or, in your own words").fill(words)
    Hand(by_day).tap("button", "Decide this")
    says(by_day, "Decided.")
    go(by_day, shared, leap_day)
    says(by_day, words)
    assert 422 == post(by_day, leap_day, do="decide", words=" ")[0]
    Hand(by_day).tap("button", "I let it pass quietly")
    decided = [each.event.what for each in records(shared.home) if isinstance(each.event.what, DateDecided)]
    assert [words, "I let it pass quietly."] == [each.decision for each in decided[-2:]]
    go(by_day, shared, "/history")
    says(by_day, "A date: The day we moved")


def test_a_dropped_day_is_gone_and_its_address_leads_nowhere(by_day: Page, shared: Shared, leap_day: str) -> None:
    """And it is in the calendar file no more."""
    go(by_day, shared, leap_day)
    Hand(by_day).tap("button", "Look out for it no more")
    says(by_day, "Dropped. Nothing is said about it any more.")
    assert isinstance(records(shared.home)[-1].event.what, DateDropped)
    go(by_day, shared, leap_day)
    headed(by_day, "There is no such entry.")


def test_the_file_has_names_only_where_they_were_asked_for(by_day: Page, shared: Shared, leap_day: str) -> None:
    """Downloaded, not shown; a plain word without asking; asking for it records nothing."""
    before = kinds(shared.home)
    by_day.get_by_text("For a calendar").click()
    titles = []
    for asked in (False, True):
        by_day.get_by_label("With the names of the days").set_checked(asked)
        with by_day.expect_download() as coming:
            Hand(by_day).tap("button", "Download the file")
        assert "notes.ics" == coming.value.suggested_filename
        calendar = Calendar.from_ical(coming.value.path().read_bytes())
        titles.append({str(event["SUMMARY"]) for event in calendar.walk("VEVENT")})
    assert {"Note"} == titles[0]
    assert "The day we moved" in titles[1]
    assert before == kinds(shared.home)
    assert leap_day


def test_the_first_message_is_offered_where_there_is_a_chat(browser: Browser, set_up: Home) -> None:
    """Not without one; with one, it is looked up once somebody asks, and noted as a day like any other."""
    with opened(set_up) as desk:
        import_chat(desk, read_export("chat.txt", CHAT.encode(), date_order="dmy"), me="Ego", with_text=False)
    server = start_server(set_up)
    context = new_context(browser)
    try:
        page = context.new_page()
        page.goto(server.link)
        page.wait_for_selector("nav.main")
        go(page, server, "/days")
        assert "1 March" not in body_of(page)
        page.get_by_text("The day of the first message").click()
        Hand(page).tap("button", "Look it up and add it")
        headed(page, "The first message")
        says(page, "on 1 March")
        assert ["date_noted"] == kinds(set_up)
    finally:
        context.close()
        stop_server(server)


def test_without_a_chat_the_first_message_is_not_offered(by_day: Page) -> None:
    """Asked for all the same, it is said that there is too little."""
    expect(by_day.get_by_text("The day of the first message")).to_have_count(0)
    status, source = post(by_day, "/days", add="first")
    assert (409, True) == (status, "Too little data to say" in source)


def test_in_a_stop_the_days_stay_for_oneself(browser: Browser, set_up: Home) -> None:
    """On Today and on their page, without what was decided before it."""
    set_up.json("choose", "--zone", zone_at(12))
    with opened(set_up, zone=zone_at(12)) as desk:
        soon = desk.clock().day + timedelta(days=4)
    date = set_up.json("dates", "--add", stdin=f"The day\n{soon:%m-%d}\n")[0]["id"]
    set_up.json("dates", "--decide", date, stdin="I write two sentences.\n")
    set_up.json("stop", "--because", "asked")
    server = start_server(set_up)
    context = new_context(browser)
    try:
        page = context.new_page()
        page.goto(server.link)
        page.wait_for_selector("nav.main")
        says(page, "In four days: The day. It can pass quietly; this day is for you.")
        page.get_by_role("link", name="In four days").click()
        says(page, "A clear stop holds, so this day is for you alone.")
        assert "two sentences" not in page.content()
        Hand(page).tap("button", "I let it pass quietly")
        assert "date_decided" == kinds(set_up)[-1]
    finally:
        context.close()
        stop_server(server)
