"""Scenario 25."""

from playwright.sync_api import Page

from conftest import Home
from fallow.plan import InboundSettled, Replied
from journeys.scenarios.inbound_walk import they_wrote, told
from journeys.walking import headed, records, says


def test_scenario_25_logistics(page: Page, set_up: Home) -> None:
    """
    A key that has to go back by Friday, just now.

    What has to be settled does not wait for the ten minutes; its shape is told in words, and one tap logs that it was
    answered because it had to be. No count moves.
    """
    with they_wrote(page, set_up, ago=0) as (_server, hand):
        before = told(set_up)[:2]
        assert "Until " in page.get_by_role("timer").inner_text()
        hand.tap("button", "Something that has to be settled")
        headed(page, "Short, and only that.")
        for words in ("What it is about, in a few words.", "When and where, with day and hour.", "One question at most",
                      "No more: nothing about the two of you"):  # fmt: skip
            says(page, words)
        hand.tap("button", "I replied, because it had to be")
        assert 2 == hand.taps
        assert before == told(set_up)[:2]
    assert [InboundSettled("short_answer"), Replied(necessary=True)] == [
        each.event.what for each in records(set_up)[-2:]
    ]
