"""Scenario 22."""

from playwright.sync_api import Page

from conftest import Home
from fallow.guidance import load_inbound
from journeys.scenarios.inbound_walk import they_wrote, told
from journeys.walking import body_of, headed, kinds, says


def test_scenario_22_i_miss_you(page: Page, set_up: Home) -> None:
    """
    "I miss you", twelve days in.

    Three stances of equal rank, each with what it is, what it is not and the shape of a short answer; none is a message
    to be copied. One is held without a word, and no count moves.
    """
    with they_wrote(page, set_up) as (_server, hand):
        before = told(set_up)[:2]
        hand.tap("button", "The two of you")
        hand.tap("link", "Missing you, or words like it")
        says(page, "None is better than the others. Each can be held without a word.")
        for stance in load_inbound().stances:
            hand.tap("link", stance.title)
            headed(page, stance.title)
            said = body_of(page)
            assert all(words in said for words in (stance.being, stance.is_not, stance.shape))
            hand.tap("link", "Back")
        hand.tap("link", "Not now")
        hand.tap("button", "I stand here, without a word")
        says(page, "Kept, without a word. Nothing is owed.")
        assert before == told(set_up)[:2]
    assert ["inbound_triaged", "inbound_settled"] == kinds(set_up)[-2:]
