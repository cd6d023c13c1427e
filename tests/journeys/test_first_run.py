"""The first run: a name, a lock, six questions that can all be passed over; under three minutes with two thumbs."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from conftest import PASSPHRASE, Home, Running, start_server, stop_server
from journeys.walking import (
    Hand,
    body_of,
    enter,
    first_run,
    go,
    headed,
    heading,
    kinds,
    says,
    set_lock,
    skip_all,
    unlock,
)

SECONDS_A_TAP = 2.0
SECONDS_A_FIELD = 12.0
"""A tap on the next of a few large buttons; a short field typed with two thumbs. Both are meant to be slow."""


@pytest.fixture
def begun(page: Page, fresh_server: Running) -> Page:
    """The first page of all, on a computer where nothing is set up."""
    enter(page, fresh_server)
    return page


def test_the_whole_first_run_leads_to_today_in_under_three_minutes(begun: Page, home: Home) -> None:
    """Every answer is kept, in so many taps and fields that slow thumbs need no 180 seconds."""
    hand = first_run(begun)
    assert (13, 5) == (hand.taps, len(hand.fields))
    assert hand.taps * SECONDS_A_TAP + len(hand.fields) * SECONDS_A_FIELD < 180
    headed(begun, "A quiet day so far.")
    assert ["mode_chosen", "breakup_described", "breakup_described", "quiet_time_chosen", "confidant_named"] == kinds(
        home
    )
    today = home.json("today")
    assert ("alter", "no", 60, "Mira") == (
        today["breakup"]["initiator"],
        today["breakup"]["sudden"],
        today["chosen_days"],
        today["confidant"]["name"],
    )
    for path in ("/", "/settings"):
        begun.goto(home_address(begun) + path)
        assert PASSPHRASE not in begun.content()


def test_every_question_can_be_skipped(begun: Page, home: Home) -> None:
    """Nine taps and two fields lead to Today, and nothing is recorded."""
    hand = skip_all(begun)
    headed(begun, "One day at a time.")
    assert (9, 2) == (hand.taps, len(hand.fields))
    assert [] == kinds(home)


def home_address(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def test_going_on_without_an_answer_is_a_skip(begun: Page, home: Home) -> None:
    """Nobody is asked twice because a circle was left empty."""
    hand = Hand(begun)
    hand.tap("link", "Begin")
    set_lock(hand)
    hand.tap("link", "I have it")
    for _ in range(6):
        hand.tap("button", "Go on")
    headed(begun, "One day at a time.")
    assert [] == kinds(home)


def test_the_window_has_the_neutral_name_that_was_chosen(begun: Page) -> None:
    """The title of every page from then on is that name and nothing else."""
    assert "Notes" == begun.title()
    begun.get_by_role("link", name="Begin").click()
    begun.get_by_label("What it is called in the window").fill("Shopping")
    set_lock(Hand(begun))
    expect(begun).to_have_title("Shopping")
    begun.get_by_role("link", name="I have it").click()
    expect(begun).to_have_url(re.compile("/start/1$"))
    expect(begun).to_have_title("Shopping")


def test_a_refused_passphrase_keeps_the_name_and_forgets_itself(begun: Page, home: Home) -> None:
    """Too short, or not the same twice: the name stays, what was secret is not sent back, nothing is set up."""
    begun.get_by_role("link", name="Begin").click()
    begun.get_by_label("What it is called in the window").fill("Garden")
    for passphrase, again, refusal in (
        ("short", "short", "A passphrase needs at least 10 characters."),
        ("a slow green field", "a slow green fjeld", "The two passphrases are not the same."),
    ):
        set_lock(Hand(begun), passphrase, again)
        expect(begun.get_by_role("alert").locator("p").first).to_have_text(refusal)
        expect(begun.get_by_label("What it is called in the window")).to_have_value("Garden")
        assert ["", ""] == [box.input_value() for box in begun.locator("input[type=password]").all()]
        assert passphrase not in begun.content()
    assert not home.json("where")["set_up"]
    set_lock(Hand(begun))
    expect(begun.locator("h1")).to_have_text("Write this down, on paper.")


def test_the_recovery_code_is_shown_once_and_opens_it(
    begun: Page, home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Loaded again, the page shows the first question; the code opens the notes, with or without its dashes."""
    begun.get_by_role("link", name="Begin").click()
    set_lock(Hand(begun))
    code = begun.locator(".code").inner_text()
    begun.reload()
    headed(begun, "Is any of this so?")
    assert code not in begun.content()
    other = Home(tmp_path_factory.mktemp("copy") / "data", home.passphrase_file)
    shutil.copytree(home.folder, other.folder)
    for shown in (code, code.replace("-", "").lower()):
        other.passphrase_file.write_text(shown + "\n", "utf-8")
        assert other.json("check")["ok"]


def test_after_a_restart_in_the_middle_it_opens_with_the_passphrase(begun: Page, fresh_server: Running) -> None:
    """What was answered before is there; the rest can be chosen later, under Choices."""
    hand = Hand(begun)
    hand.tap("link", "Begin")
    set_lock(hand)
    hand.tap("link", "I have it")
    hand.tap("button", "Go on")
    hand.pick("Not quite.")
    hand.tap("button", "Go on")
    stop_server(fresh_server)
    again = start_server(fresh_server.home, passphrase=False)
    try:
        enter(begun, again)
        unlock(begun)
        expect(begun.locator(".where")).to_have_text("Limited contact")
        go(begun, again, "/start")
        expect(begun).to_have_url(again.origin + "/")
        go(begun, again, "/start/3")
        headed(begun, "Who ended it?")
    finally:
        stop_server(again)


def test_a_yes_about_a_request_for_no_contact_is_a_clear_stop_once_it_is_kept(begun: Page, home: Home) -> None:
    """What it would mean is said first; kept, the rest of the first run asks nothing that a stop forbids."""
    hand = to_the_screen(begun)
    hand.pick("Have they asked you not to contact them, even once, by any channel?")
    hand.tap("button", "Go on")
    headed(begun, "What this would mean.")
    assert [] == kinds(home)
    hand.tap("button", "Keep this: set a clear stop")
    assert ["hard_stop_set"] == kinds(home)
    titles = []
    while "/start/" in begun.url:
        titles.append(heading(begun))
        hand.tap("button", "Go on")
    assert ["Can contact be avoided?", "Who ended it?"] == titles[:2]
    assert "How long would you like it quiet?" not in titles
    says(begun, "They asked for no contact, and that is the answer.")


def test_a_yes_can_be_only_looked_at(begun: Page, home: Home) -> None:
    """Two taps: what it would mean, and on with the questions; nothing of it is kept, and none is left out."""
    hand = to_the_screen(begun)
    hand.pick("Have they blocked you anywhere?")
    hand.tap("button", "Go on")
    hand.tap("button", "Only show me, keep nothing")
    titles = []
    while "/start/" in begun.url:
        titles.append(heading(begun))
        hand.tap("button", "Go on")
    assert "How long would you like it quiet?" in titles
    assert [] == kinds(home)


def test_a_stop_for_good_is_asked_about_twice_in_the_first_run(begun: Page, home: Home) -> None:
    """Without the second tick it is said what it would be, what was ticked stays ticked, and nothing is kept."""
    hand = to_the_screen(begun)
    hand.pick("Is there an order, a bail condition")
    hand.pick("Are you afraid of them")
    hand.tap("button", "Go on")
    begun.get_by_label("Being afraid of them").uncheck()
    hand.tap("button", "Keep what is ticked")
    says(begun, "This stop stays for good here.")
    assert [] == kinds(home)
    expect(begun.get_by_label("Being afraid of them")).not_to_be_checked()
    hand.pick("I know that the stop stays for good.")
    hand.tap("button", "Keep what is ticked")
    headed(begun, "Can contact be avoided?")
    assert ["hard_stop_set"] == kinds(home)


def test_a_yes_about_not_wanting_to_live_shows_help_at_once(begun: Page, home: Home) -> None:
    """The very next page is people who answer now, above all else that was answered, and before it is kept."""
    hand = to_the_screen(begun)
    hand.pick("Have they blocked you anywhere?")
    hand.pick("Have you had thoughts of not wanting to live, or of harming yourself?")
    hand.tap("button", "Go on")
    headed(begun, "Help comes first.")
    words = body_of(begun)
    assert words.index("If a life is in danger") < words.index("A clear stop")
    assert begun.locator("main a[href^='tel:']").count() > 0
    assert [] == kinds(home)
    hand.tap("button", "Keep what is ticked")
    expect(begun).to_have_url(re.compile("/$"))
    headed(begun, "Help comes first.")
    assert ["hard_stop_set", "safety_noted"] == kinds(home)


def test_own_words_are_answered_in_the_first_run(begun: Page, home: Home) -> None:
    """Words from which nothing follows are not passed over in silence; help is a tap away, and so is the next step."""
    hand = to_the_screen(begun)
    hand.fill("Or say it in your own words", "it is just a sad evening")
    hand.tap("button", "Go on")
    headed(begun, "Nothing follows from this.")
    hand.tap("button", "Go on with the questions")
    headed(begun, "Can contact be avoided?")
    assert [] == kinds(home)


def to_the_screen(begun: Page) -> Hand:
    """The first run up to the safety screen."""
    hand = Hand(begun)
    hand.tap("link", "Begin")
    set_lock(hand)
    hand.tap("link", "I have it")
    return hand


def test_a_stranger_on_the_computer_cannot_set_it_up(page: Page, fresh_server: Running, home: Home) -> None:
    """Without the link that was printed, the first pages are closed."""
    for path in ("/", "/start", "/start/lock", "/start/1"):
        go(page, fresh_server, path)
        headed(page, "Nothing is set up here yet.")
    assert not home.json("where")["set_up"]
