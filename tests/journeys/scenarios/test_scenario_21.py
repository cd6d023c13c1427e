"""Scenario 21."""

from playwright.sync_api import Page, expect

from conftest import Home
from journeys.earlier import zone_at
from journeys.scenarios.inbound_walk import they_wrote, told
from journeys.walking import headed, kinds, says


def test_scenario_21_a_hey_late_at_night(page: Page, set_up: Home) -> None:
    """
    A "hey" at eleven in the evening, and another one.

    The ten minutes of the first are over: it asks for nothing, so no reply is the first way and tomorrow the second,
    and nothing of theirs is asked for. The second is logged in one tap and has its own ten minutes, with the hour at
    which they end; it is left at will and rests until tomorrow. No count moves.
    """
    with they_wrote(page, set_up, zone=zone_at(23)) as (_server, hand):
        before = told(set_up)[:2]
        headed(page, "What is it about?")
        hand.tap("button", "It does not say")
        headed(page, "It asks for nothing.")
        says(page, "It is night.")
        first, second, *_ = page.locator("main button").all_inner_texts()
        assert (True, True) == (first.startswith("Leave it as it is"), second.startswith("Tomorrow"))
        expect(page.locator("main textarea, main input:not([type=hidden])")).to_have_count(0)
        hand.tap("button", "Leave it as it is")
        says(page, "Left as it is. That is an answer too.")
        hand.tap("button", "They wrote")
        headed(page, "They wrote.")
        assert "Until " in page.get_by_role("timer").inner_text()
        hand.tap("link", "Back to today")
        says(page, "No answer is owed.")
        hand.tap("link", "Look at it, when you like")
        hand.tap("button", "Tomorrow")
        says(page, "It rests until tomorrow.")
        assert (before, "no_contact") == (told(set_up)[:2], told(set_up)[2])
    expected = ["they_wrote", "inbound_triaged", "inbound_settled", "they_wrote", "inbound_put_off"]
    assert expected == kinds(set_up)[-5:]
