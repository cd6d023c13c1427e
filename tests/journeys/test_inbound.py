"""They wrote: the pause, the gates, what is refused and what is kept, on pages and on a terminal."""

from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import Home, start_server, stop_server
from fallow.guidance import load_inbound
from fallow.plan import (
    HardStopSet,
    InboundTriaged,
    Logistics,
    ModeChosen,
    Replied,
    SafetyNoted,
    SoberGateSet,
    TheyWrote,
    What,
)
from journeys.conftest import Shared, new_context, violations
from journeys.earlier import did, opened, quiet_since
from journeys.scenarios.inbound_walk import QUARTER, they_wrote
from journeys.test_cli import refused
from journeys.walking import Hand, enter, go, headed, heading, kinds, post, records, says

SHAPES = [stance.shape for stance in load_inbound().stances]
"""What must not be shown where a stop holds."""


def lived_through(home: Home, *whats: What, ago: float = QUARTER) -> None:
    """They wrote a quarter of an hour ago, and then this."""
    with opened(home) as desk:
        quiet_since(desk, 12)
        did(desk, ago, TheyWrote())
        did(desk, 0, *whats)


def an_hour_on(home: Home) -> dt.datetime:
    with opened(home) as desk:
        return desk.clock().at + dt.timedelta(hours=1)


# --- the pause, live --------------------------------------------------------------------------------------------


def test_the_pause_holds_for_what_can_wait(today: Page, shared: Shared) -> None:
    """Ten minutes with the hour at which they end; two things go on at once, the others are refused."""
    Hand(today).tap("button", "They wrote")
    says(today, "Logged: They wrote.")
    until = today.get_by_role("timer").inner_text().removeprefix("Until ").removesuffix(".")
    now = dt.datetime.now(ZoneInfo("Europe/Berlin"))
    left = dt.datetime.combine(now.date(), dt.time.fromisoformat(until), now.tzinfo) - now
    assert dt.timedelta(minutes=8) < left % dt.timedelta(days=1) <= dt.timedelta(minutes=10)
    before = kinds(shared.home)
    for what in ("about_us", "ambiguous"):
        status, said = post(today, "/inbound", what=what)
        assert (409, True) == (status, "Ten minutes first; about 10 more." in said)
    assert (2, "PauseFirst") == refused(shared.home, "triage", "--as", "about-us")
    assert before == kinds(shared.home)
    told = shared.home.json("triage")
    assert (10, None, until) == (told["minutes_left"], told["triage"], told["until"][11:16])
    assert shared.home.json("triage", "--as", "necessary")["triage"] == "necessary"
    go(today, shared, "/inbound")
    headed(today, "Short, and only that.")
    Hand(today).tap("link", "It was something else")
    assert "They wrote." != heading(today)
    Hand(today).tap("button", "The two of you")
    says(today, "Ten minutes first")
    Hand(today).tap("button", "Leave it as it is")
    assert ["inbound_triaged", "inbound_settled"] == kinds(shared.home)[-2:]


def test_where_nothing_waits_nothing_is_offered(today: Page, shared: Shared) -> None:
    """The page says so; steps are refused, and the screens further in lead back."""
    before = kinds(shared.home)
    go(today, shared, "/inbound")
    headed(today, "Nothing waits here.")
    expect(today.locator("main form")).to_have_count(0)
    for fields in ({"step": "nothing"}, {"what": "pressure"}, {"do": "tomorrow"}, {}, {"step": "made_up"}):
        assert post(today, "/inbound", **fields)[0] in (409, 422)
    for path in ("/inbound/three", "/inbound/slow", "/inbound/friends"):
        go(today, shared, path)
        headed(today, "Nothing waits here.")
    go(today, shared, "/inbound/three/plain_no")
    headed(today, "This is not open at the moment.")
    assert before == kinds(shared.home)


# --- the gates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (HardStopSet("asked"), "There is a clear stop, so nothing here helps to answer."),
        (SafetyNoted("afraid"), "Help comes first, so nothing here helps to answer for now."),
    ],
    ids=["stop", "help first"],
)
def test_where_a_stop_holds_only_what_keeps_from_harm_is_open(set_up: Home, page: Page, what: What, words: str) -> None:
    """No shape and no stance, on page or terminal; nothing, services and evidence stay."""
    lived_through(set_up, InboundTriaged("about_us"), what)
    for arguments in (("--as", "about-us"), ("--as", "necessary"), ("--step", "plain-no"), ("--step", "slow-start")):
        assert 2 == refused(set_up, "triage", *arguments)[0]
    told = set_up.json("triage")
    assert ([], [], []) == (told["stances"], told["ways"], told["options"])
    assert {"nothing", "services", "keep_evidence"} == set(told["steps"]) - {"clear_stop"}
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/inbound?again=1")
        says(page, words)
        values = page.locator("main form button[name=step]").evaluate_all("found => found.map(each => each.value)")
        assert ["nothing", "services", "keep_evidence"] == [value for value in values if value != "clear_stop"]
        for path in ("/inbound/three", "/inbound/three/not_now", "/inbound/slow", "/inbound/friends"):
            go(page, server, path)
            assert not [shape for shape in SHAPES if shape in page.content()]
        for step in ("not_now", "plain_no", "open_slowly", "slow_start", "short_answer"):
            assert post(page, "/inbound", step=step)[0] in (403, 409)
        go(page, server, "/inbound")
        Hand(page).tap("button", "I called, or told their family")
    finally:
        stop_server(server)
    assert "inbound_settled" == kinds(set_up)[-1]


def test_in_a_sober_gate_logistics_stay_and_answers_wait(set_up: Home, page: Page) -> None:
    """What has to be settled can be; stances are closed until the hour that was set, nothing or tomorrow are open."""
    lived_through(set_up, InboundTriaged("about_us"), SoberGateSet(an_hour_on(set_up)))
    assert (2, "SoberGateHolds") == refused(set_up, "triage", "--step", "plain-no")
    assert "Not in these hours." == set_up.json("triage")["says"]["title"]
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/inbound")
        headed(page, "Not in these hours.")
        go(page, server, "/inbound/three")
        says(page, "You set a gate for these hours beforehand")
        Hand(page).tap("link", "Back")
        Hand(page).tap("link", "It was something else")
        Hand(page).tap("button", "Something that has to be settled")
        says(page, "One question at most, for a yes, a no or a time.")
        Hand(page).tap("button", "I replied, because it had to be")
    finally:
        stop_server(server)
    assert Replied(necessary=True) == records(set_up)[-1].event.what


def test_in_limited_contact_a_short_answer_is_logistics(set_up: Home) -> None:
    """It moves no counter, and stands in the log as what it is."""
    lived_through(set_up, ModeChosen("limited_contact"), InboundTriaged("necessary"))
    before = set_up.json("today")
    told = set_up.json("triage", "--step", "short-answer")
    assert ["inbound_settled", "logistics"] == [each["kind"] for each in told["recorded"]]
    assert Logistics() == records(set_up)[-1].event.what
    after = set_up.json("today")
    same = ("quiet_days", "of_days", "since_reached_out", "since_looked")
    assert [before[name] for name in same] == [after[name] for name in same]


# --- on a terminal ----------------------------------------------------------------------------------------------


def test_all_of_it_from_a_terminal(set_up: Home) -> None:
    """Where it stands, what it was, one step; tomorrow; a clear stop only when it is known to stay."""
    lived_through(set_up)
    asked = set_up.run("triage")
    assert (0, b"") == (asked.returncode, asked.stdout)
    assert "What is it about?" in asked.stderr.decode()
    assert "They wrote. No answer is owed. When you like: fallow triage" in set_up.run("today").stderr.decode()
    told = set_up.json("triage", "--as", "about-us")
    assert ["not_now", "plain_no", "open_slowly"] == [stance["step"] for stance in told["stances"]]
    assert ["slow", "friends"] == [way["id"] for way in told["ways"]]
    assert all(shape in set_up.run("triage").stderr.decode() for shape in SHAPES)
    assert (2, "NotUnderstood") == refused(set_up, "triage", "--as", "pressure", "--tomorrow")
    set_up.json("triage", "--tomorrow")
    assert "no_contact" == set_up.json("today")["phase"]
    told = set_up.json("triage", "--step", "slow-start", "--answered")
    assert ["inbound_settled", "replied"] == [each["kind"] for each in told["recorded"]]
    assert 1 == told["slow_start"]["answers_today"]
    assert (2, "NotInThisPhase") == refused(set_up, "triage", "--step", "nothing")
    logged = set_up.run("log", "they_wrote").stderr.decode()
    assert "No answer is owed. When you like: fallow triage" in logged
    words = set_up.run("triage", "--as", "pressure").stderr.decode()
    assert "call the emergency number" in words.lower()
    assert "fallow evidence --add" in words
    assert (2, "StopStaysForGood") == refused(set_up, "triage", "--step", "clear-stop")
    told = set_up.json("triage", "--step", "clear-stop", "--sure")
    assert ["inbound_settled", "hard_stop_set"] == [each["kind"] for each in told["recorded"]]


# --- evidence ---------------------------------------------------------------------------------------------------


def test_evidence_is_read_oldest_first_and_never_changed(set_up: Home) -> None:
    """Entered late, it stands where it happened; both times are told; there is no taking back."""
    set_up.json("evidence", "--add", stdin="Stood at the door.\nRang twice.\n")
    (early,) = set_up.json("evidence", "--add", "--at", "2026-03-02T22:10", stdin="Followed me home.\n")
    told = set_up.json("evidence")
    assert ["Followed me home.", "Stood at the door.\nRang twice."] == [each["words"] for each in told]
    assert "2026-03-02T22:10:00+01:00" == told[0]["happened_at"]
    assert told[0]["entered_at"] > told[0]["happened_at"]
    plain = set_up.run("evidence").stdout.decode()
    assert "2026-03-02 22:10 +0100  (entered 20" in plain
    assert plain.index("Followed me home.") < plain.index("    Rang twice.")
    assert (2, "EntryCannotChange") == refused(set_up, "correct", early["id"], "--take-back")
    assert (2, "NotUnderstood") == refused(set_up, "evidence", "--add", stdin=" \n")
    assert (2, "NotUnderstood") == refused(set_up, "evidence", "--at", "2026-03-02T22:10")
    assert (2, "InTheFuture") == refused(set_up, "evidence", "--add", "--at", "2999-01-01T00:00", stdin="x\n")
    assert ["evidence_kept", "evidence_kept"] == kinds(set_up)


def test_words_of_evidence_are_not_lost_to_a_wrong_time(today: Page, shared: Shared) -> None:
    """A sentence says what is wrong and the words stay; without words nothing is kept."""
    before = kinds(shared.home)
    go(today, shared, "/kept")
    today.get_by_label("What they did, as it was").fill("It was <b>late</b>.")
    when = today.get_by_label("When, if not now")
    when.evaluate("field => { field.type = 'text'; field.value = '2999-01-01T10:00'; }")
    today.get_by_role("button", name="Keep it").click()
    says(today, "That time has not come yet.")
    expect(today.get_by_label("What they did, as it was")).to_have_value("It was <b>late</b>.")
    assert 422 == post(today, "/kept", words="  ")[0]
    assert before == kinds(shared.home)
    today.get_by_label("When, if not now").fill("2026-03-29T01:59")
    today.get_by_role("button", name="Keep it").click()
    says(today, "It was <b>late</b>.")
    go(today, shared, "/kept/plain")
    says(today, "29 March 2026, 01:59")
    expect(today.locator("nav")).to_have_count(0)


# --- how it looks, and without scripts --------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_screen_is_accessible(browser: Browser, set_up: Home, dark: bool) -> None:
    """The question, each branch and every screen further in; in the light and in the dark, as wide as the phone."""
    lived_through(set_up, ago=0)
    server = start_server(set_up)
    context = new_context(browser, dark=dark)
    try:
        page = context.new_page()
        enter(page, server)

        def look(*paths: str) -> None:
            for path in paths:
                go(page, server, path)
                assert [] == violations(page), path
                assert 0 == page.evaluate("() => document.documentElement.scrollWidth - innerWidth"), path

        look("/inbound", "/by-chance", "/friends", "/kept")
        post(page, "/kept", words="Stood at the door.")
        look("/kept", "/kept/plain")
        for what in ("necessary", "pressure"):
            post(page, "/inbound", what=what)
            look("/inbound", "/inbound?again=1")
        post(page, "/inbound", step="nothing")
        with opened(set_up, zone="Europe/Berlin") as desk:
            did(desk, QUARTER, TheyWrote(), InboundTriaged("necessary"))
            did(desk, 0, InboundTriaged("ambiguous"))
        look("/inbound", "/inbound/three", "/inbound/three/not_now")
        post(page, "/inbound", what="about_us")
        look("/inbound", "/inbound/three", "/inbound/three/open_slowly", "/inbound/slow", "/inbound/friends")
        post(page, "/inbound", step="slow_start")
        look("/", "/inbound/slow")
        post(page, "/log", kind="they_wrote")
        post(page, "/inbound", do="tomorrow")
        look("/inbound")
        post(page, "/settings/stop", because="violence", sure="1")
        look("/inbound", "/", "/by-chance")
    finally:
        context.close()
        stop_server(server)


def test_without_scripts_it_is_all_there(browser: Browser, set_up: Home) -> None:
    """The pause tells its hour, and every step is a plain form; after a restart it stands where it stood."""
    lived_through(set_up, ago=0)
    context = new_context(browser, javascript=False)
    server = start_server(set_up)
    try:
        page = context.new_page()
        enter(page, server)
        go(page, server, "/inbound")
        assert "Until " in page.get_by_role("timer").inner_text()
        page.get_by_role("button", name="Pressure or a threat").click()
        headed(page, "This is not yours to carry.")
        stop_server(server)
        server = start_server(set_up)
        page.goto(server.link)
        go(page, server, "/inbound")
        headed(page, "This is not yours to carry.")
        page.get_by_role("button", name="Keep what shows it").click()
        page.get_by_label("What they did, as it was").fill("Rang all night.")
        page.get_by_role("button", name="Keep it").click()
        says(page, "Rang all night.")
    finally:
        context.close()
        stop_server(server)
    told = json.loads(set_up.run("evidence", "--json").stdout)
    assert ["Rang all night."] == [each["words"] for each in told]


def test_a_note_of_theirs_is_never_asked_for(set_up: Home, page: Page) -> None:
    """No screen of a branch has a field for words."""
    with they_wrote(page, set_up) as (server, hand):
        for what in ("The two of you", "It does not say", "Something that has to be settled", "Pressure or a threat"):
            go(page, server, "/inbound?again=1")
            hand.tap("button", what)
            assert 0 == page.locator("main textarea, main input:not([type=hidden], [type=checkbox])").count(), what
