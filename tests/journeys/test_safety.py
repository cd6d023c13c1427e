"""The safety screen and the clear stop: what follows is said first, kept only when asked; and how a stop is left."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from conftest import Home, Running, start_server, stop_server
from fallow.guidance import load_words
from fallow.plan import Because, HardStopSet
from journeys.conftest import Shared
from journeys.earlier import did, opened
from journeys.test_cli import refused
from journeys.test_pages import check
from journeys.walking import Hand, body_of, enter, go, headed, heading, in_scheme, kinds, post, records, says

QUESTIONS = load_words().safety_screen.questions
NO_TO_ALL = "n\n" * len(QUESTIONS)
REASON = "We settled it together with her sister."


def stopped(home: Home, because: Because, days: float) -> None:
    """A clear stop that was set so many days ago."""
    with opened(home) as desk:
        did(desk, days, HardStopSet(because))


# --- the screen, at any time ------------------------------------------------------------------------------------


def test_the_screen_is_reached_from_choices_more_and_help(today: Page, shared: Shared) -> None:
    """One tap from each; nothing is asked of who leaves it."""
    for path, link in (
        ("/settings", "A few questions about safety"),
        ("/more", "A few questions"),
        ("/help", "A few questions about safety, and what would follow"),
    ):
        go(today, shared, path)
        Hand(today).tap("link", link)
        headed(today, "Is any of this so?")
        assert all(question.text in body_of(today) for question in QUESTIONS)
        Hand(today).tap("link", "Leave it")
        assert today.url == shared.origin + "/"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_yes_says_what_follows_and_keeps_nothing(today: Page, shared: Shared, question: object) -> None:
    """Every question has its page, which asks before it keeps; it is accessible, and it never says that all is well."""
    before = len(records(shared.home))
    go(today, shared, "/screen")
    today.get_by_label(question.text).check()  # type: ignore[attr-defined]
    today.get_by_role("button", name="Go on").click()
    assert heading(today) in ("Help comes first.", "What this would mean.")
    says(today, "Nothing of this is kept yet.")
    for scheme in ("light", "dark"):
        in_scheme(today, scheme)
        check(today)
    Hand(today).tap("button", "Only show me, keep nothing")
    says(today, "Nothing was kept.")
    assert before == len(records(shared.home))


def test_nothing_marked_says_that_it_says_little(today: Page, shared: Shared) -> None:
    """No list of questions can see everything; help is a tap away."""
    before = len(records(shared.home))
    go(today, shared, "/screen")
    Hand(today).tap("button", "Go on")
    headed(today, "Nothing follows from this.")
    says(today, "It does not say that all is well: no list of questions can see everything.")
    check(today)
    Hand(today).tap("link", "Help lines, by country")
    headed(today, "Help is here.")
    assert before == len(records(shared.home))


@pytest.mark.parametrize(
    ("words", "title", "follows"),
    [
        ("I do not want to live any more", "Help comes first.", "Keeping this means: people who answer"),
        ("she told me to never contact her again", "What this would mean.", "They asked for no contact"),
        ("er hat mich geschlagen", "What this would mean.", "Violence, control or stalking"),
        ("a quiet evening, and a song", "Nothing follows from this.", "no list of questions can see everything"),
    ],
)
def test_it_can_be_said_in_own_words(
    own_today: Page, open_server: Running, words: str, title: str, follows: str
) -> None:
    """They are heard once: what they may mean is said, and it can be kept; the words are on no page and in no event."""
    go(own_today, open_server, "/screen")
    own_today.get_by_label("Or say it in your own words").fill(words)
    own_today.get_by_role("button", name="Go on").click()
    headed(own_today, title)
    says(own_today, follows)
    assert words not in own_today.content()
    check(own_today)
    keep = own_today.get_by_role("button", name="Keep this")
    if keep.count():
        sure = own_today.get_by_label("I know that the stop stays for good.")
        if sure.count():
            sure.check()
        keep.click()
    assert (1 if title != "Nothing follows from this." else 0) == len(kinds(open_server.home))
    assert words not in open_server.home.run("events", "--json").stdout.decode()


def test_help_stands_above_everything_where_there_is_no_wish_to_live(own_today: Page, open_server: Running) -> None:
    """With five other answers as well: the emergency number and the lines first, then what a stop would mean."""
    go(own_today, open_server, "/screen")
    for question in QUESTIONS:
        if question.id != "screen.order":
            own_today.get_by_label(question.text).check()
    own_today.get_by_role("button", name="Go on").click()
    words = body_of(own_today)
    crisis, abuse, stop = (
        words.index(each) for each in ("TelefonSeelsorge", "Hilfetelefon", "A clear stop would mean")
    )
    assert words.index("call 112") < crisis < abuse < stop
    check(own_today)
    own_today.get_by_label("They asked for no contact").uncheck()
    for label in ("They blocked you", "Violence, control or stalking", "Your own anger", "Being afraid"):
        own_today.get_by_label(label).uncheck()
    own_today.get_by_role("button", name="Keep what is ticked").click()
    assert ["safety_noted"] == kinds(open_server.home)
    headed(own_today, "Help comes first.")
    own_today.get_by_role("button", name="Leave this for now and go on").click()
    assert "Help comes first." not in body_of(own_today)
    assert ["safety_noted", "safety_noted"] == kinds(open_server.home)


def test_what_is_kept_already_is_not_asked_for_again(own_today: Page, open_server: Running) -> None:
    """A stop that holds is said; keeping it anew would only begin its thirty days again."""
    assert 200 == post(own_today, "/settings/stop", because="blocked")[0]
    go(own_today, open_server, "/screen")
    own_today.get_by_label("Have they blocked you anywhere?").check()
    own_today.get_by_role("button", name="Go on").click()
    says(own_today, "A clear stop holds for this already")
    expect(own_today.get_by_role("button", name="Keep this")).to_have_count(0)
    check(own_today)
    Hand(own_today).tap("link", "Back to today")
    assert ["hard_stop_set"] == kinds(open_server.home)


def test_only_what_was_answered_can_be_kept(own_today: Page, open_server: Running) -> None:
    """A form that asks for more than its answers lead to keeps none of it, and says so."""
    status, source = post(own_today, "/screen", answer="screen.asked", keep="order", do="keep", sure="1")
    assert (422, True) == (status, "Nothing was chosen to keep." in source)
    assert [] == kinds(open_server.home)


def test_locked_there_are_help_lines_and_no_screen(page: Page, locked_server: Running) -> None:
    """The questions are for the unlocked; the lines are for anybody."""
    enter(page, locked_server)
    go(page, locked_server, "/screen")
    assert page.url == locked_server.origin + "/unlock"
    go(page, locked_server, "/help")
    headed(page, "Help is here.")
    expect(page.get_by_role("link", name="A few questions")).to_have_count(0)


def test_what_was_kept_is_there_after_a_restart(page: Page, set_up: Home) -> None:
    """Help first, and the stop below it; nothing of what was only looked at."""
    server = start_server(set_up)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        post(page, "/screen", answer="screen.afraid", keep="afraid", do="keep")
        post(page, "/screen", answer="screen.asked")
    finally:
        stop_server(server)
    again = start_server(set_up)
    try:
        enter(page, again)
        page.wait_for_selector("nav.main")
        headed(page, "Help comes first.")
        assert ["safety_noted"] == kinds(set_up)
    finally:
        stop_server(again)


# --- leaving a clear stop ---------------------------------------------------------------------------------------


def to_the_questions(page: Page, server: Running) -> Hand:
    enter(page, server)
    page.wait_for_selector("nav.main")
    go(page, server, "/settings")
    hand = Hand(page)
    hand.tap("link", "Look at the stop again")
    return hand


def test_a_stop_is_left_with_time_questions_and_a_reason(page: Page, set_up: Home) -> None:
    """Thirty-one days later: every question on a screen of its own, a reason in writing, and the stop is lifted."""
    stopped(set_up, "own_anger", 31)
    server = start_server(set_up)
    try:
        hand = to_the_questions(page, server)
        check(page)
        hand.tap("button", "Begin the questions")
        for question in QUESTIONS:
            headed(page, question.text)
            check(page)
            hand.tap("button", "No", exact=True)
        headed(page, "What has changed?")
        check(page)
        hand.fill("In your own words", "I miss them.")
        hand.tap("button", "Lift the stop")
        expect(page.get_by_role("alert")).to_contain_text("This needs a reason in your own words")
        expect(page.locator("textarea")).to_have_value("I miss them.")
        assert ["hard_stop_set"] == kinds(set_up)
        hand.fill("In your own words", REASON)
        hand.tap("button", "Lift the stop")
        says(page, "The stop was lifted.")
        assert ["hard_stop_set", "hard_stop_left"] == kinds(set_up)
    finally:
        stop_server(server)
    assert set_up.json("today")["hard_stop"] is None


def test_a_yes_keeps_the_stop(page: Page, set_up: Home) -> None:
    """At once, with help first where it is needed; nothing is recorded unless it is asked for."""
    stopped(set_up, "blocked", 40)
    server = start_server(set_up)
    try:
        hand = to_the_questions(page, server)
        hand.tap("button", "Begin the questions")
        while heading(page) != QUESTIONS[-1].text:
            hand.tap("button", "No", exact=True)
        hand.tap("button", "Yes, or I am not sure")
        headed(page, "Help comes first.")
        says(page, "A yes keeps it")
        check(page)
        assert ["hard_stop_set"] == kinds(set_up)
        hand.tap("button", "Keep this: help comes first")
        assert ["hard_stop_set", "safety_noted"] == kinds(set_up)
        assert set_up.json("today")["hard_stop"] is not None
    finally:
        stop_server(server)


@pytest.mark.parametrize(
    ("because", "days", "says"),
    [
        ("order", 400, "This stop stays."),
        ("violence", 400, "This stop stays."),
        ("asked", 29, "A stop can be looked at again 30 days after it was set, in writing."),
    ],
)
def test_a_stop_that_is_not_open_asks_nothing(
    page: Page, set_up: Home, because: Because, days: float, says: str
) -> None:
    """It says so, and from when it is, with people who can help; a form sent anyway changes nothing."""
    stopped(set_up, because, days)
    server = start_server(set_up)
    try:
        to_the_questions(page, server)
        headed(page, says)
        assert (because == "asked") == ("The earliest is" in body_of(page))
        check(page)
        fields = {"written": "1", "reason": REASON}
        assert post(page, "/settings/unstop", **fields)[0] in (409, 200)
        assert ["hard_stop_set"] == kinds(set_up)
        Hand(page).tap("link", "Help lines, by country")
        headed(page, "Help is here.")
    finally:
        stop_server(server)


def test_a_reason_alone_leads_to_the_first_question(page: Page, set_up: Home) -> None:
    """Nothing goes past a question that was not answered."""
    stopped(set_up, "asked", 60)
    server = start_server(set_up)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        _status, source = post(page, "/settings/unstop", written="1", reason=REASON, no=QUESTIONS[3].id)
        assert QUESTIONS[0].text in source
        assert ["hard_stop_set"] == kinds(set_up)
    finally:
        stop_server(server)


# --- on a terminal ----------------------------------------------------------------------------------------------


def test_the_screen_on_a_terminal_needs_nothing_set_up(home: Home) -> None:
    """The questions with their ids, what follows from a yes, help first; no folder is made by asking."""
    told = home.json("safety")
    assert [question.id for question in QUESTIONS] == [each["id"] for each in told["questions"]]
    assert {"reasons": [], "concerns": [], "for_good": False} == told["follows"]
    assert "It does not say that all is well" in told["says"]
    told = home.json("safety", "--yes", "screen.not_live", "--yes", "screen.asked")
    assert ["help", "questions", "answered", "follows", "says", "kept"] == list(told)
    assert (True, ["asked"], ["wish_to_die"]) == (
        told["help"]["first"], told["follows"]["reasons"], told["follows"]["concerns"]
    )  # fmt: skip
    assert told["help"]["lines"]
    assert [] == told["kept"]
    said = home.run("safety", stdin="2 10\n").stderr.decode()
    after = said[said.index("Numbers of those that are so") :]
    assert after.index("Help comes first.") < after.index("call 112") < after.index("A clear stop would mean")
    assert "Nothing was kept." in after
    heard = home.json("safety", "--words", stdin="sie hat mich blockiert\n")
    assert ["blocked"] == heard["follows"]["reasons"]
    assert "blockiert" not in json.dumps(heard)
    assert (2, "NotUnderstood") == refused(home, "safety", "--yes", "screen.made_up")
    done = home.run("safety", stdin="eleven\n")
    assert (2, b"") == (done.returncode, done.stdout)
    assert not home.folder.exists()


def test_on_a_terminal_it_is_kept_when_asked(set_up: Home) -> None:
    """With --keep; one that stays for good asks for --sure."""
    assert [] == set_up.json("safety", "--yes", "screen.afraid")["kept"]
    assert [] == kinds(set_up)
    kept = set_up.json("safety", "--yes", "screen.afraid", "--yes", "screen.blocked", "--keep")["kept"]
    assert ["hard_stop_set", "safety_noted"] == [each["kind"] for each in kept]
    assert (2, "StopStaysForGood") == refused(set_up, "safety", "--yes", "screen.order", "--keep")
    assert (2, "NothingToKeep") == refused(set_up, "safety", "--keep")
    assert ["hard_stop_set"] == [
        each["kind"] for each in set_up.json("safety", "--yes", "screen.order", "--keep", "--sure")["kept"]
    ]


def test_a_concern_is_noted_and_left_on_a_terminal(set_up: Home) -> None:
    """Help first in words; left at will, and leaving what does not hold records nothing."""
    done = set_up.run("safety", "--note", "wish_to_die")
    assert (0, b"") == (done.returncode, done.stdout)
    assert done.stderr.decode().startswith("Help comes first.")
    assert "safety" == set_up.json("today")["phase"]
    assert 1 == len(set_up.json("safety", "--leave"))
    assert [] == set_up.json("safety", "--leave")
    assert (2, "NotUnderstood") == refused(set_up, "safety", "--leave", "--note", "afraid")
    assert ["safety_noted", "safety_noted"] == kinds(set_up)


def test_a_stop_is_set_by_either_spelling(set_up: Home) -> None:
    """As the words are written, or as the event is."""
    for spelling in ("own-anger", "own_anger"):
        assert ["own_anger"] == [each["because"] for each in set_up.json("stop", "--because", spelling)]
    assert (2, "NotUnderstood") == refused(set_up, "stop")
    assert (2, "NotUnderstood") == refused(set_up, "stop", "--because", "asked", "--lift")


def test_a_stop_is_left_on_a_terminal(set_up: Home) -> None:
    """The same three things, asked one by one; too soon, a yes or too short a reason, and it stays."""
    stopped(set_up, "asked", 29)
    assert (2, "HardStopTooSoon") == refused(set_up, "stop", "--lift", stdin=NO_TO_ALL + REASON + "\n")
    stopped(set_up, "blocked", 30.1)
    assert (2, "HardStopTooSoon") == refused(set_up, "stop", "--lift", stdin=NO_TO_ALL + REASON + "\n")
    assert ["hard_stop_set", "hard_stop_set"] == kinds(set_up)


def test_a_stop_whose_time_has_come_is_left_on_a_terminal(set_up: Home) -> None:
    """A yes to any question keeps it, and so does a reason of a few letters."""
    stopped(set_up, "asked", 31)
    for place in range(len(QUESTIONS)):
        done = set_up.run("stop", "--lift", "--json", stdin="n\n" * place + "y\n")
        assert (2, "HardStopStays") == (done.returncode, json.loads(done.stdout)["error"]["kind"])
    assert "Help comes first." in done.stderr.decode()
    assert (2, "ReasonMissing") == refused(set_up, "stop", "--lift", stdin=NO_TO_ALL + "well\n")
    assert ["hard_stop_set"] == kinds(set_up)
    assert ["hard_stop_left"] == [
        each["kind"] for each in set_up.json("stop", "--lift", stdin=NO_TO_ALL + REASON + "\n")
    ]
    assert (2, "NotInThisPhase") == refused(set_up, "stop", "--lift", stdin=NO_TO_ALL + REASON + "\n")
