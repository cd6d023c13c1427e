"""Scenario 42."""

from playwright.sync_api import Page, expect

from conftest import Home, start_server, stop_server
from fallow.plan import MoodChecked, PlannedMessage, Question, ReviewAnswered, ReviewHeld, Urge
from journeys.earlier import did, opened, quiet_since, rested_draft
from journeys.walking import enter, go, headed, post, says

QUESTIONS: tuple[Question, ...] = ("purpose", "changed", "reader", "no_reply")


def test_scenario_42_no_answer_to_the_one_message(page: Page, set_up: Home) -> None:
    """Thirty days later: the plan agreed beforehand is shown, there is no second message, and the page closes."""
    with opened(set_up) as desk:
        quiet_since(desk, 70)
        draft = rested_draft(desk, 40)
        for days in (44, 43, 42):
            did(desk, days, Urge(5))
        did(
            desk,
            31,
            MoodChecked(phq2=0),
            *(ReviewAnswered(each, holds=True, words="A week at my sister's.") for each in QUESTIONS),
        )
        did(desk, 31, ReviewHeld("one_message", draft=draft, reason="talk"), PlannedMessage())
    server = start_server(set_up)
    try:
        enter(page, server)
        page.get_by_role("link", name="Look, when it suits you").click()
        headed(page, "One message was sent.")
        says(page, "A week at my sister's.")
        expect(page.get_by_role("link", name="One message")).to_have_count(0)
        for path, fields in (
            ("/review/draft", {"draft": draft, "reason": "talk"}),
            ("/review/sent", {}),
            ("/review/early", {"because": "health"}),
        ):
            assert 409 == post(page, path, **fields)[0], path
        go(page, server, "/review/one")
        headed(page, "One message was sent.")
        page.get_by_role("button", name="I am done waiting").click()
        headed(page, "This is closed. You are done waiting.")
    finally:
        stop_server(server)
