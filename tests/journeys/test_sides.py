"""Both sides: told on five screens, kept beside what was told before, with its rests; not theirs after violence."""

from __future__ import annotations

import datetime as dt
import json

import msgspec
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from conftest import Home, Running, start_server, stop_server
from fallow.cli.main import main
from fallow.plan import MOST_FACTS, SHORT, AccountGiven, HardStopSet
from fallow.web.pages.sides import ASKED, FEELINGS
from journeys.earlier import did, opened
from journeys.test_cli import refused
from journeys.test_pages import check
from journeys.walking import Hand, body_of, enter, go, headed, heading, in_scheme, kinds, post, says


def json_told(home: Home) -> AccountGiven:
    """The telling that stands, as the command gives it."""
    told = home.json("account")["account"]
    return msgspec.convert({name: told[name] for name in told if name not in ("id", "day", "at")}, AccountGiven)


def test_both_sides_are_told_on_five_screens(own_today: Page, open_server: Running) -> None:
    """From More; nothing is kept before the last screen, going back loses nothing, and each screen is accessible."""
    hand = Hand(own_today)
    go(own_today, open_server, "/more")
    hand.tap("link", "Both sides how it ended")
    check(own_today)
    hand.tap("link", "Tell it")
    hand.pick("I ended it.")
    tomorrow = dt.date.today() + dt.timedelta(days=2)
    own_today.get_by_label("On which day did it end?").fill(tomorrow.isoformat())
    hand.fill("How was it said?", "At the kitchen table.\nVery late.")
    check(own_today)
    hand.tap("button", "Go on")
    expect(own_today.get_by_role("alert")).to_contain_text("That time has not come yet.")
    check(own_today)
    expect(own_today.get_by_label("How was it said?")).to_have_value("At the kitchen table.\nVery late.")
    own_today.get_by_label("On which day did it end?").fill("2026-03-05")
    hand.tap("button", "Go on")
    own_today.get_by_label("Remorse").select_option("known")
    own_today.get_by_label("Longing").select_option("guess")
    check(own_today)
    hand.tap("button", "Go on")
    own_today.get_by_label("Pain").select_option("unknown")
    check(own_today)
    hand.tap("button", "The screen before")
    expect(own_today.get_by_label("Remorse")).to_have_value("known")
    hand.tap("button", "Go on")
    hand.tap("button", "Go on")
    hand.fill("What is mine to own?", "I had not said it for months.")
    hand.pick("No.")
    own_today.get_by_label("Was it said in the middle of a quarrel?").select_option("no")
    own_today.get_by_label("What was said of it afterwards?").select_option("yes")
    check(own_today)
    hand.tap("button", "Go on")
    own_today.get_by_label("What happened").first.fill("I said it.")
    check(own_today)
    hand.tap("button", "Keep it")
    expect(own_today.get_by_role("alert")).to_contain_text("a line of the timeline; each has its day")
    assert "I said it." == own_today.get_by_label("What happened").first.input_value()
    assert [] == kinds(open_server.home)
    own_today.get_by_label("Day").first.fill("2026-03-01")
    own_today.get_by_label("about then").first.check()
    hand.tap("button", "Keep it")
    assert ["breakup_described", "account_given"] == kinds(open_server.home)
    body = body_of(own_today)
    for words in (
        "I ended it.",
        "At the kitchen table.",
        "I had not said it for months.",
        "about 1 March 2026",
        "ended on 5 March 2026",
    ):
        assert words in body
    for scheme in ("light", "dark"):
        in_scheme(own_today, scheme)
        check(own_today)
    told = json_told(open_server.home)
    assert "2026-03-05" == open_server.home.json("account")["ended"]
    assert dt.date(2026, 3, 5) == told.on
    assert ("ego", "At the kitchen table.\nVery late.", "known", "guess", "no") == (
        told.initiator, told.how_said, told.mine.remorse, told.mine.longing, told.small
    )  # fmt: skip
    assert ("unknown", "no", "yes", "unknown") == (
        told.spoken_before, told.in_heat, told.said_again, told.prepared
    )  # fmt: skip
    assert "It was not said in a quarrel. It was said again on a calm day." in body
    assert told.theirs is not None
    assert "unknown" == told.theirs.pain


def test_an_earlier_telling_is_read_and_brooding_meets_a_rest(page: Page, set_up: Home) -> None:
    """Revised with the former words in place; the earlier one has its page; the second revision of a day rests."""
    with opened(set_up) as desk:
        did(desk, 3, AccountGiven(initiator="alter", own="The first words."))
    server = start_server(set_up)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        hand = Hand(page)
        go(page, server, "/sides")
        hand.tap("link", "Look at it again")
        for _step in range(3):
            hand.tap("button", "Go on")
        expect(page.get_by_label("What is mine to own?")).to_have_value("The first words.")
        hand.fill("What is mine to own?", "Other words.")
        hand.tap("button", "Go on")
        hand.tap("button", "Keep it")
        says(page, "Other words.")
        says(page, "It rests until")
        check(page)
        assert 409 == post(page, "/sides/tell", go="keep", at="5", own="More words.")[0]
        go(page, server, "/sides/tell")
        assert heading(page).startswith("The account rests until")
        go(page, server, "/sides")
        page.locator("a[href^='/sides/']").last.click()
        says(page, "The first words.")
        check(page)
        go(page, server, "/sides/nothing")
        headed(page, "There is no such entry.")
        go(page, server, "/sides")
        hand.tap("link", "Call someone instead")
    finally:
        stop_server(server)
    assert 2 == len(set_up.json("account")["tellings"])


def test_after_violence_there_is_evidence_in_place_of_their_side(page: Page, set_up: Home) -> None:
    """Their feelings are on no screen, what they did is kept as evidence, and nothing is asked about mending."""
    with opened(set_up) as desk:
        did(desk, 3, AccountGiven(initiator="alter", own="Mine.", small="yes", in_heat="yes"))
        did(desk, 2, HardStopSet("violence"))
    server = start_server(set_up)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        hand = Hand(page)
        go(page, server, "/sides/tell")
        for _step in range(2):
            hand.tap("button", "Go on")
        headed(page, "What they did.")
        expect(page.locator("select")).to_have_count(0)
        check(page)
        hand.fill("What they did", "Broke the door on Sunday.")
        hand.tap("button", "Go on")
        assert "mended" not in body_of(page)
        hand.tap("button", "Go on")
        hand.tap("button", "Keep it")
        assert ["account_given", "evidence_kept"] == kinds(set_up)[-2:]
        sent = post(page, "/sides/tell", go="keep", at="5", theirs_pain="guess", small="yes", own="x")
        assert 409 == sent[0]
        go(page, server, "/sides")
        assert "quarrel" not in body_of(page)
        assert "mended" not in body_of(page)
        assert set_up.json("account")["account"]["theirs"] is None
    finally:
        stop_server(server)


def test_while_help_comes_first_it_is_closed(own_today: Page, open_server: Running) -> None:
    """Reading and telling alike, on pages and on a terminal."""
    post(own_today, "/screen", answer="screen.afraid", keep="afraid", do="keep")
    for path in ("/sides", "/sides/tell"):
        go(own_today, open_server, path)
        headed(own_today, "This is not open at the moment.")
    assert 409 == post(own_today, "/sides/tell", go="keep", at="5", own="x")[0]
    assert (2, "NotInThisPhase") == refused(open_server.home, "account")
    assert ["safety_noted"] == kinds(open_server.home)


def test_the_account_on_a_terminal(set_up: Home) -> None:
    """Asked one by one; a wrong word is said and nothing is kept; told again it rests."""
    assert None is set_up.json("account")["account"]
    assert "Nothing has been told yet" in set_up.run("account").stderr.decode()
    mine, theirs = "known\n\n\n\n\nguess\n", "\nunknown\n\n\n\n\n"
    facts = "2026-02-01 we spoke\n~2025-05-01 we met\n\n"
    own = "I waited\ntheir reasons\nno\nyes\n\nunknown\nno\n"
    lines = f"mutual\n2026-02-03\nby phone\nthe move\n{mine}{theirs}{own}{facts}"
    stored = set_up.json("account", "--revise", stdin=lines)
    assert ["breakup_described", "account_given"] == [each["kind"] for each in stored]
    told = json_told(set_up)
    assert ("mutual", "by phone", "known", "guess") == (
        told.initiator, told.how_said, told.mine.relief, told.mine.longing
    )  # fmt: skip
    assert [("we met", True), ("we spoke", False)] == [(fact.words, fact.roughly) for fact in told.facts]
    assert ("yes", "unknown", "unknown", "no") == (told.spoken_before, told.in_heat, told.said_again, told.prepared)
    said = set_up.run("account").stderr.decode()
    assert "Had parting been spoken of before that day: yes." in said
    assert all(
        words in said
        for words in ("by phone", "relief known", "about 2025-05-01  we met", "It ended on 3 February 2026.")
    )
    done = set_up.run("account", "--revise", "--json", stdin="nobody\n")
    assert (2, "NotUnderstood") == (done.returncode, json.loads(done.stdout)["error"]["kind"])
    for day, kind in (("2999-01-01", "InTheFuture"), ("last spring", "NotUnderstood")):
        assert (2, kind) == refused(set_up, "account", "--revise", stdin=f"ego\n{day}\n")
        assert (2, kind) == refused(set_up, "choose", "--ended", day)
    set_up.json("choose", "--ended", "2026-02-04")
    assert "2026-02-04" == set_up.json("account")["ended"]
    left_out = lines.replace("2026-02-03", "")
    assert 0 == set_up.run("account", "--revise", stdin=left_out).returncode
    assert "2026-02-04" == set_up.json("account")["ended"]
    assert (2, "AccountRests") == refused(set_up, "account", "--revise", stdin=lines)
    assert 2 == len(set_up.json("account")["tellings"])


def test_after_ten_minutes_nothing_more_is_asked(own_today: Page, open_server: Running) -> None:
    """The screen stays, with what was typed on it; it can be kept or left, and nothing is lost."""
    go(own_today, open_server, "/sides/tell")
    hand = Hand(own_today)
    hand.fill("What was it about?", "The move.")
    own_today.evaluate("() => { document.querySelector('input[name=began]').value -= 601; }")
    hand.tap("button", "Go on")
    headed(own_today, "How it ended.")
    says(own_today, "Ten minutes are over")
    expect(own_today.get_by_label("What was it about?")).to_have_value("The move.")
    expect(own_today.get_by_role("button", name="Go on")).to_have_count(0)
    check(own_today)
    own_today.locator("input[name=ended]").press("Enter")
    own_today.wait_for_load_state()
    assert [] == kinds(open_server.home)
    hand.tap("button", "Keep it")
    assert ["account_given"] == kinds(open_server.home)
    says(own_today, "The move.")


def test_after_ten_minutes_the_terminal_asks_no_more(set_up: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered is kept; with no minutes at all, that is the first four questions."""
    monkeypatch.setenv("FALLOW_HOME", str(set_up.folder))
    monkeypatch.setenv("FALLOW_PASSPHRASE_FILE", str(set_up.passphrase_file))
    monkeypatch.setattr("fallow.cli.account.SITTING", dt.timedelta(0))
    done = CliRunner().invoke(main, ["account", "--revise"], input="ego\n\nby phone\n\nknown\n")
    assert 0 == done.exit_code
    assert "Ten minutes are over" in done.stderr
    told = json_told(set_up)
    assert ("ego", "by phone", None) == (told.initiator, told.how_said, told.mine.relief)


def test_the_fullest_telling_is_kept(own_today: Page, open_server: Running) -> None:
    """Every field there is, in one form: both sides, every question, twelve facts, each of them roughly."""
    feelings = {f"{side}_{feeling}": "known" for side in ("mine", "theirs") for feeling in FEELINGS}
    words = dict.fromkeys(("how_said", "about", "own", "cannot_know"), "x" * SHORT)
    facts = {f"{part}_{row}": value for row in range(MOST_FACTS)
             for part, value in (("on", "2026-01-05"), ("fact", "x" * 200), ("roughly", "1"))}  # fmt: skip
    asked = dict.fromkeys(("small", *ASKED), "yes")
    ends = {"initiator": "alter", "ended": "2026-03-01", "began": "0", "at": "5", "go": "keep"}
    assert 200 == post(own_today, "/sides/tell", **feelings, **words, **facts, **asked, **ends)[0]
    assert ["breakup_described", "account_given"] == kinds(open_server.home)
    assert MOST_FACTS == len(json_told(open_server.home).facts)
