"""The map of channels: next small steps, one channel at a time, undone at any time; on pages and on a terminal."""

from __future__ import annotations

import json
import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from conftest import Home, Running
from fallow.plan import Ask, ChannelMarked, HardStopSet, LimitsSet, ModeChosen
from fallow.reach import load_map
from journeys.conftest import Shared
from journeys.test_cli import refused
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    find_way,
    go,
    headed,
    kinds,
    lived,
    post,
    records,
    says,
    serving,
    way_row,
)


def test_a_channel_is_marked_in_three_taps_and_taken_back(today: Page, shared: Shared) -> None:
    """From the log to the map, to a channel; the mark shows on the map, in the history, and goes when taken back."""
    go(today, shared, "/log")
    Hand(today).tap("link", "Ways between you, and how to close them")
    says(today, "talk to an advocate before you change anything they would notice")
    hand = Hand(today)
    find_way(hand, "Music that can be seen")
    headed(today, "Can you see what the other one is listening to?")
    hand.tap("button", "Not now")
    assert 3 == hand.taps
    row = way_row(today, "music")
    expect(row).to_contain_text("Open, not now, since")
    expect(today.get_by_role("status")).to_contain_text("It can be taken back at any time.")
    find_way(hand, "Music that can be seen")
    hand.tap("button", "It is closed")
    expect(row).to_contain_text("Closed, since")
    go(today, shared, "/history")
    says(today, "A way between you: Music that can be seen (Spotify and others): closed")
    go(today, shared, "/ways/music")
    hand.tap("button", "Take it back")
    expect(row).not_to_contain_text("Closed")
    assert ["door_marked"] * 3 == kinds(shared.home)[-3:]


def test_the_map_is_short_before_it_is_opened(own_today: Page, open_server: Running) -> None:
    """Three next steps and six closed groups; what is said moves on to the next, and counts are told as words."""
    go(own_today, open_server, "/ways")
    listed = own_today.locator(".ways a:visible")
    assert 3 == listed.count()
    expect(own_today.locator("details.group:not([open])")).to_have_count(6)
    expect(own_today.locator("details.group a")).to_have_count(39)
    first = listed.first.get_attribute("href") or ""
    listed.first.click()
    Hand(own_today).tap("button", "We do not have this")
    assert first not in [link.get_attribute("href") for link in own_today.locator(".ways a:visible").all()]
    counted = {count["way"]: count for count in open_server.home.json("reach")["counts"]}
    unknown = counted["reach_me"]["unknown"]
    assert re.search(rf"They can reach you\s+0 open · 0 closed · {unknown} not known", body_of(own_today))
    says(own_today, "One day is too little for a picture.")
    expect(own_today.locator("figure svg")).to_have_count(0)


def test_a_step_says_when_and_where_it_was_read(today: Page, shared: Shared) -> None:
    """In the platform's own help, as others describe it, or that nobody checked it; and what is not undone."""
    go(today, shared, "/ways/signal")
    today.locator("summary", has_text="Signal").click()
    says(today, "Read on 26 November 2026 in its own help (support.signal.org)")
    go(today, shared, "/ways/payments")
    today.locator("summary", has_text="Venmo").click()
    says(today, "that cannot be undone.")
    says(today, "as others describe it (swichdesign.com)")
    go(today, shared, "/ways/sms")
    today.locator("summary", has_text="iPhone").click()
    says(today, "Nobody checked this step; menus may have moved.")


def test_a_way_that_has_to_stay_has_a_reason_and_a_day(own_today: Page, open_server: Running) -> None:
    """One of three reasons, a day to look again, a day it was on; a calendar file has that day and not the channel."""
    hand = Hand(own_today)
    go(own_today, open_server, "/ways/phone")
    own_today.locator("summary", has_text="A day to look again").click()
    own_today.get_by_label("Look again on").fill("2034-05-04")
    own_today.get_by_label("It was on").fill("2020-01-02")
    own_today.locator("summary", has_text="It has to stay open").click()
    hand.tap("button", "For the children")
    row = way_row(own_today, "phone")
    expect(row).to_contain_text("Stays open, for the children, since 2 January 2020; look again on 4 May 2034")
    expect(own_today.locator("figure svg")).to_have_count(1)
    expect(own_today.get_by_role("link", name="A calendar file")).to_be_visible()
    written = open_server.home.run("dates", "--ics", "-").stdout
    (entry,) = Calendar.from_ical(written).walk("VEVENT")
    assert ("Note", "2034-05-04", None) == (str(entry["SUMMARY"]), str(entry.decoded("DTSTART")), entry.get("RRULE"))
    assert b"hone" not in written


def test_a_day_to_look_again_is_said_when_it_has_come(page: Page, set_up: Home) -> None:
    """On Today in one quiet line, and first on the map; saying something again ends it."""
    then = days_ago(10, 9)
    lived(set_up, Ask(ChannelMarked("music", "not_now", again_on=days_ago(2, 9).day), then))
    assert ["music"] == set_up.json("today")["channels_due"]
    assert ["music"] == set_up.json("reach")["due"]
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        hand.tap("link", "1 way between you to look at again, as you asked")
        expect(page.locator("h2").first).to_have_text("To look at again", use_inner_text=True)
        page.locator(".ways a:visible").first.click()
        headed(page, "Can you see what the other one is listening to?")
        hand.tap("button", "It is closed")
        expect(page.locator("h2").first).to_have_text("Next, if you like", use_inner_text=True)
        go(page, server, "/")
        assert "to look at again" not in body_of(page)


def test_what_cannot_be_said_changes_nothing(today: Page, shared: Shared) -> None:
    """No mark, a made-up one, a day that is none or has passed: said kindly, what was typed is kept."""
    before = records(shared.home)
    assert "That cannot be chosen: what you say about it." in post(today, "/ways/routes", mark="forever")[1]
    assert 422 == post(today, "/ways/routes")[0]
    assert 404 == post(today, "/ways/window", mark="do")[0]
    status, said = post(today, "/ways/routes", mark="do", again="2020-01-01", on="")
    assert (422, True) == (status, 'value="2020-01-01"' in said)
    assert 422 == post(today, "/ways/routes", mark="do", again="soon")[0]
    assert 409 == post(today, "/ways/routes", mark="do", on="2090-01-01")[0]
    assert before == records(shared.home)
    go(today, shared, "/ways/window")
    headed(today, "There is no such channel.")
    Hand(today).tap("link", "Back")
    headed(today, "Ways between you.")


def test_the_one_channel_is_not_closed_by_the_map(page: Page, set_up: Home) -> None:
    """In limited contact it says so, offers no closing, and a form sent all the same is refused with a next step."""
    lived(set_up, Ask(LimitsSet("E-mail"), days_ago(3, 9)), Ask(ModeChosen("limited_contact"), days_ago(3, 9)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/ways")
        says(page, "One way stays open: E-mail.")
        says(page, "The map leaves it out of its steps.")
        expect(way_row(page, "email")).to_contain_text("Stays open, for what has to be settled")
        go(page, server, "/ways/email")
        expect(page.get_by_role("button", name="It is closed")).to_have_count(0)
        says(page, "This is the one way that stays open")
        status, said = post(page, "/ways/email", mark="do")
        assert (409, True) == (status, "stays open for what has to be settled" in said)
        assert (2, "StaysOpen") == refused(set_up, "reach", "do", "email")


def test_a_one_channel_the_map_does_not_know_is_said(page: Page, set_up: Home) -> None:
    """Its own words are shown, and what to do so that the map leaves it alone."""
    lived(set_up, Ask(LimitsSet("<b>a book</b>"), days_ago(3, 9)), Ask(ModeChosen("limited_contact"), days_ago(3, 9)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/ways")
        says(page, "One way stays open: <b>a book</b>.")
        says(page, "Mark what belongs to it as a way that has to stay.")


def test_living_together_has_its_own_list(page: Page, set_up: Home) -> None:
    """Rooms and hours instead of calls."""
    lived(set_up, Ask(ModeChosen("living_together"), days_ago(3, 9)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/ways")
        assert 1 == way_row(page, "home_zones").count()
        assert 0 == way_row(page, "phone").count()
        assert "living_together" == set_up.json("reach")["mode"]


def test_the_map_stays_in_a_stop_without_a_way_back(page: Page, set_up: Home) -> None:
    """Closing needs nobody's leave; how one to reach or watch by is opened again is on no page and no terminal."""
    lived(set_up, Ask(HardStopSet("asked"), days_ago(3, 9)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/ways")
        says(page, "A clear stop holds. Every way may be closed")
        for id in ("whatsapp", "music", "email"):
            channel = next(each for each in load_map().channels if each.id == id)
            go(page, server, f"/ways/{id}")
            shown = page.content()
            terminal = set_up.run("reach", "show", id).stderr.decode()
            for back in (channel.back, *(step.back for step in channel.platforms)):
                assert back not in shown
                assert back not in terminal
        Hand(page).tap("button", "It is closed")
        assert "do" == set_up.json("reach", "show", "email")["mark"]


def test_the_map_is_listed_on_a_terminal_with_nothing_set_up(home: Home) -> None:
    """It needs no passphrase and makes no folder; each channel has its words."""
    listed = home.run("reach", passphrase=False)
    assert (0, b"") == (listed.returncode, listed.stdout)
    names = [each.name for each in load_map().for_mode("no_contact")]
    assert all(name in listed.stderr.decode() for name in names)
    told = json.loads(home.run("reach", "--json", passphrase=False).stdout)
    assert names == [each["name"] for each in told["channels"]]
    shown = home.run("reach", "show", "signal", passphrase=False).stderr.decode()
    assert "Seen 26 November 2026, in its own help (support.signal.org)." in shown
    assert not home.folder.exists()


def test_a_channel_is_marked_on_a_terminal(set_up: Home) -> None:
    """Marked with a reason and days, read again by another process, taken back."""
    told = set_up.json("reach", "cannot", "phone", "--because", "work", "--again-on", "2034-05-04")
    assert ("cannot", "work", "2034-05-04", False) == (told["mark"], told["because"], told["again_on"], told["due"])
    assert "2020-01-02" == set_up.json("reach", "do", "music", "--on", "2020-01-02")["since"]
    assert "not_now" == set_up.json("reach", "later", "routes")["mark"]
    assert "absent" == set_up.json("reach", "absent", "games")["stands"]
    view = set_up.json("reach")
    assert {"phone": "cannot", "music": "do", "routes": "not_now", "games": "absent"} == {
        each["id"]: each["mark"] for each in view["channels"] if each["mark"]
    }
    assert "2020-01-02" == view["days"][0]["day"]
    words = set_up.run("reach").stderr.decode()
    assert re.search(r"phone +cannot be +Phone calls, look again on 4 May 2034", words)
    assert set_up.json("reach", "undo", "phone")["mark"] is None
    assert ["door_marked"] * 5 == kinds(set_up)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("do", "window"), "NoSuchChannel"),
        (("show", "window"), "NoSuchChannel"),
        (("do",), "NotUnderstood"),
        (("do", "music", "--because", "work"), "NotUnderstood"),
        (("undo", "music", "--again-on", "2034-05-04"), "NotUnderstood"),
        (("show", "music", "--on", "2020-01-02"), "NotUnderstood"),
        (("do", "music", "--again-on", "2020-01-02"), "NotUnderstood"),
        (("do", "music", "--on", "2090-01-02"), "InTheFuture"),
    ],
)
def test_what_is_unclear_is_refused_on_a_terminal(set_up: Home, arguments: tuple[str, ...], kind: str) -> None:
    """Exit 2, a sentence and a next step; nothing was recorded."""
    assert (2, kind) == refused(set_up, "reach", *arguments)
    assert [] == kinds(set_up)
