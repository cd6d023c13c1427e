"""Long considered or impulsive, for the one left, the one who left, and both; and my side of the door."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from playwright.sync_api import Page, expect

from app.desks import with_record
from conftest import Home, Running, start_server, stop_server
from fallow.app import Desk
from fallow.plan import AccountGiven, BreakupDescribed, HardStopSet, QuietTimeChosen, Side
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from journeys.earlier import did, opened
from journeys.test_cli import refused
from journeys.test_pages import check
from journeys.walking import Hand, body_of, enter, go, heading, in_scheme, kinds

WEIGHED, MINE = "/sides/weighed", "/sides/mine"
HEATED = AccountGiven(initiator="alter", spoken_before="no", in_heat="yes", small="yes", prepared="no")
RECORD_DAYS = 420


def ended(desk: Desk) -> dt.date:
    return desk.clock().day - dt.timedelta(days=12)


def their_part_fell(desk: Desk) -> None:
    """Fourteen months of messages up to the day it ended; theirs fell over two of them, half-way through."""
    busy = SideParameters(opens_per_day=1.2)
    start = ended(desk) - dt.timedelta(days=RECORD_DAYS)
    parameters = DyadParameters(
        ego=busy,
        alter=replace(busy, decline=0.7),
        start=start,
        days=RECORD_DAYS,
        decline_start=0.5,
        decline_days=60,
        silences_per_day=0.0,
    )
    with_record(desk, simulate_dyad(parameters, np.random.default_rng(1)))


@contextmanager
def served(page: Page, home: Home) -> Iterator[Running]:
    server = start_server(home)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        yield server
    finally:
        stop_server(server)


def looked_at(page: Page) -> str:
    """A page in light and dark, accessible in both; its words."""
    for scheme in ("light", "dark"):
        in_scheme(page, scheme)
        check(page)
    return body_of(page)


def test_with_nothing_told_it_is_not_known(own_today: Page, open_server: Running) -> None:
    """From More; the ordinary answer, what would say more, and nothing is recorded by looking."""
    go(own_today, open_server, "/more")
    hand = Hand(own_today)
    hand.tap("link", "Considered or impulsive what points which way")
    body = looked_at(own_today)
    assert "Not known." in body
    assert "Whether parting had been spoken of before that day." in body
    assert "Points to" not in body
    hand.tap("link", "The account")
    hand.tap("link", "My side of the door")
    assert "You have not named it yet" in looked_at(own_today)
    assert [] == kinds(open_server.home)


def test_the_one_left_over_something_small_is_led_to_the_small_thing(page: Page, set_up: Home) -> None:
    """More points to impulsive: three days, one plain apology, and the short way of the review; no thirty days."""
    with opened(set_up) as desk:
        did(desk, 4, QuietTimeChosen(30), BreakupDescribed("alter", "yes"))
        did(desk, 4, HEATED)
    with served(page, set_up) as server:
        go(page, server, WEIGHED)
        body = looked_at(page)
        assert "More points to impulsive." in body
        assert "It was said in the middle of a quarrel." in body
        assert "thirty days of silence are not what is meant" in body
        assert not any(sign in body for sign in ("%", "score of", "out of"))
        Hand(page).tap("link", "Review a check of state first")
        page.get_by_text("Something real that cannot wait").click()
        Hand(page).tap("button", "It was small and sudden")
        expect(page).to_have_url(re.compile("/review/one$"))


def test_the_one_left_sees_what_moved_in_the_messages(page: Page, set_up: Home) -> None:
    """Considered, from the account and the record; the figures stand behind a tap, with n, interval and source."""
    with opened(set_up) as desk:
        their_part_fell(desk)
        did(desk, 4, AccountGiven("alter", spoken_before="yes", in_heat="no", small="no", on=ended(desk)))
    with served(page, set_up) as server:
        go(page, server, WEIGHED)
        body = looked_at(page)
        assert "More points to considered." in body
        assert "Their side of the writing had become less" in body
        assert "Seraj and others 2021" in body
        assert "The quiet time" in body
        figures = page.locator("details p").first
        assert "95% interval" in figures.inner_text()
        assert "n = " in figures.inner_text()
        Hand(page).tap("link", "Today the quiet days")
    told = set_up.json("weigh")
    assert ("considered", "read") == (told["reading"], told["record"])
    piece = next(each for each in told["pieces"] if each["from"] == "record" and each["points"] == "considered")
    assert {"says something", "Seraj and others 2021"} == {piece["weight"], *piece["sources"]}
    shift = next(each["shift"] for each in piece["moved"] if each["series"] == "openings")
    assert 0 < shift["lower"] <= shift["ratio"] <= shift["upper"] < 1
    said = set_up.run("weigh").stderr.decode()
    assert "conversations begun, theirs: " in said
    assert "More points to considered." in said


def test_the_one_who_left_and_regrets_is_led_to_what_is_theirs_to_own(page: Page, set_up: Home) -> None:
    """First of all, whatever the reading: an act, and one accountable message behind the same checks as anybody's."""
    with opened(set_up) as desk:
        did(desk, 4, QuietTimeChosen(30))
        regret = Side(regret="known", relief="known")
        did(
            desk,
            4,
            AccountGiven("ego", own="I said it by text.", mine=regret, cannot_know="Whether they saw it coming."),
        )
    with served(page, set_up) as server:
        go(page, server, WEIGHED)
        body = looked_at(page)
        assert "Not known." in body
        assert "When it was you who ended it, and you regret it" in body
        assert body.index("you regret it") < body.index("While it is not known")
        Hand(page).tap("link", "What is in my hands")
        body = looked_at(page)
        assert body.index("What you named as yours to own.") < body.index("I said it by text.")
        assert 1 == body.count("Not in your hands")
        assert 7 >= page.locator("main li").count()
        Hand(page).tap("link", "Review Whether you look again")
        expect(page).to_have_url(re.compile("/review"))
    mine = set_up.json("mine")
    assert "I said it by text." == mine["own"]
    assert "own_side.own" == mine["lines"][0]["id"]
    assert "I said it by text." in set_up.run("mine").stderr.decode()


def test_both_ended_it_and_it_points_both_ways(page: Page, set_up: Home) -> None:
    """Spoken of before and still in a quarrel: both stand there, and nothing has to be decided from it."""
    with opened(set_up) as desk:
        did(desk, 4, BreakupDescribed("mutual", "yes"))
        did(desk, 4, AccountGiven("mutual", spoken_before="yes", in_heat="yes"))
    with served(page, set_up) as server:
        go(page, server, WEIGHED)
        body = looked_at(page)
        assert "It points both ways." in body
        assert "While it is not known" in body
        assert "When it was you who ended it" not in body
    assert "both" == set_up.json("weigh")["reading"]


def test_in_a_stop_the_reasons_are_closed_and_the_short_list_stays(page: Page, set_up: Home) -> None:
    """On pages and on a terminal; the list holds nothing that writes, times or reasons."""
    with opened(set_up) as desk:
        did(desk, 4, BreakupDescribed("alter", "yes"))
        did(desk, 4, replace_own(HEATED))
        did(desk, 1, HardStopSet("asked"))
    with served(page, set_up) as server:
        go(page, server, WEIGHED)
        assert heading(page).startswith("There is a clear stop here")
        for path in ("/more", "/sides", MINE):
            go(page, server, path)
            expect(page.locator(f"a[href='{WEIGHED}']")).to_have_count(0)
        body = looked_at(page)
        assert "I raised my voice." in body
        assert not any(word in body.lower() for word in ("letter", "message", "mended", "apolog"))
        expect(page.locator("main a[href^='/review'], main a[href^='/letters']")).to_have_count(0)
    assert (2, "HardStopHolds") == refused(set_up, "weigh")
    assert not {"letters", "review"} & {line["way"] for line in set_up.json("mine")["lines"]}


def test_on_a_terminal_with_nothing_told(set_up: Home) -> None:
    """Not known, with what would say more and what each needs; no chat is no error."""
    told = set_up.json("weigh")
    assert ("unknown", "none", []) == (told["reading"], told["record"], told["pieces"])
    assert "What the messages show. No chat was brought, and none is needed." in told["needs"]
    said = set_up.run("weigh").stderr.decode()
    assert "Not known." in said
    assert "No one's mind or feelings can be read from this." in said


def replace_own(told: AccountGiven) -> AccountGiven:
    """The same, with what is mine to own."""
    return AccountGiven(told.initiator, own="I raised my voice.", small=told.small, in_heat=told.in_heat)
