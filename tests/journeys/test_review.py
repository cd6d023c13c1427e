"""The review on pages and terminal: what is refused, what is advice, and what survives a restart."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Home, start_server, stop_server
from fallow.plan import ReviewAnswered
from journeys.conftest import violations
from journeys.earlier import calm_fortnight, did, opened, quiet_since, rested_draft
from journeys.scenarios.review_walk import choose
from journeys.walking import body_of, enter, go, headed, kinds, post, says

QUESTIONS = ("purpose", "changed", "reader", "no_reply")
PLEADS = "I am begging you, give me one more chance. I cannot live without you."
ADVICE = "I am sorry about Friday, but I was tired. I would be glad to talk."


def ready(home: Home, text: str) -> str:
    """Everything a due review asks, and a draft that rested."""
    with opened(home) as desk:
        quiet_since(desk, 31)
        calm_fortnight(desk)
        draft = rested_draft(desk, 4, text)
        did(desk, 0, *(ReviewAnswered(each, holds=True, words="In a sentence.") for each in QUESTIONS))  # type: ignore[arg-type]
    return draft


def test_a_draft_that_pleads_cannot_be_chosen(page: Page, set_up: Home) -> None:
    """Each finding is told beside the draft with its place; choosing it is refused, and nothing is recorded."""
    ready(set_up, PLEADS)
    server = start_server(set_up)
    try:
        enter(page, server)
        choose(page, server, "A plain request to talk")
        assert re.search(r"This draft holds \d+ things? that Fallow does not help to send\.", body_of(page))
        assert page.locator("article q").count() >= 1
        assert [] == violations(page)
        assert "review_held" not in kinds(set_up)
    finally:
        stop_server(server)


def test_advice_can_be_left(page: Page, set_up: Home) -> None:
    """A but is told and explained; the person may leave it."""
    ready(set_up, ADVICE)
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/review/draft")
        assert "“but”" in body_of(page) or "but" in page.locator("article q").first.inner_text()
        choose(page, server, "One plain apology")
        headed(page, "You may. You need not.")
        assert [] == violations(page)
    finally:
        stop_server(server)


def test_the_review_from_a_terminal(set_up: Home) -> None:
    """Told with its points and numbers, answered, written, chosen and sent; each in a start of its own."""
    draft = ready(set_up, ADVICE)
    told = set_up.json("review")
    assert (True, ["extend", "let_go", "one_message"]) == (told["due"], told["outcomes"])
    assert (9, 0, True) == (
        len(told["readiness"]["checks"]),
        told["readiness"]["missing"],
        told["readiness"]["ready"],
    )
    set_up.json("review", "--answer", "reader", "--no", stdin="\n")
    assert 2 == set_up.run("review", "--choose", "talk", "--draft", draft).returncode
    set_up.json("review", "--answer", "reader", stdin="Mira has read it\n")
    assert 2 == set_up.run("review", "--sent").returncode
    set_up.json("review", "--choose", "talk", "--draft", draft)
    set_up.json("review", "--sent")
    after = set_up.json("review")
    assert (False, None, "In a sentence.") == (after["due"], after["readiness"], after["agreed"])
    assert "message_sent" == set_up.json("today")["phase"]
    assert 2 == set_up.run("review", "--extend", "30", "--let-go").returncode
    assert 2 == set_up.run("review", "--write", stdin="  ").returncode


def test_what_is_not_answered_is_said_and_the_words_stay(page: Page, set_up: Home) -> None:
    """A yes or a no is asked for; what was typed is still there."""
    ready(set_up, ADVICE)
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/review/ask/purpose")
        page.evaluate("() => document.querySelectorAll('input[type=radio]').forEach(each => { each.checked = false; })")
        page.locator("textarea").fill("half a sentence")
        page.get_by_role("button", name="Keep this").click()
        says(page, "Nothing was chosen yet.")
        expect(page.locator("textarea")).to_have_value("half a sentence")
        assert 422 == post(page, "/review/ask/purpose", words="x")[0]
        assert 303 != post(page, "/review", outcome="let_go", days="x")[0]
    finally:
        stop_server(server)
