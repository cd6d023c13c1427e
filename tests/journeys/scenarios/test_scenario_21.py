"""Scenario 21."""

from playwright.sync_api import Page

from conftest import Home
from journeys.earlier import zone_at
from journeys.scenarios.inbound_walk import they_wrote, told
from journeys.walking import body_of, heading, kinds


def test_scenario_21_a_hey_late_at_night(page: Page, set_up: Home) -> None:
    """
    A "hey" at eleven in the evening, and another one.

    The ten minutes of the first are over: it asks for nothing, so no reply is the first way and tomorrow the second,
    and nothing of theirs is asked for. The second is logged in one tap and has its own ten minutes, with the hour at
    which they end; it is left at will and rests until tomorrow. No count moves.
    """
    with they_wrote(page, set_up, zone=zone_at(23)) as (_server, hand):
        before = told(set_up)[:2]
        assert "What is it about?" == heading(page)
        hand.tap("button", "It does not say")
        assert "It asks for nothing." == heading(page)
        assert "It is night." in body_of(page)
        first, second, *_ = page.locator("main button").all_inner_texts()
        assert (True, True) == (first.startswith("Leave it as it is"), second.startswith("Tomorrow"))
        assert 0 == page.locator("main textarea, main input:not([type=hidden])").count()
        hand.tap("button", "Leave it as it is")
        assert "Left as it is. That is an answer too." in body_of(page)
        hand.tap("button", "They wrote")
        assert "They wrote." == heading(page)
        assert "Until " in page.get_by_role("timer").inner_text()
        hand.tap("link", "Back to today")
        assert "No answer is owed." in body_of(page)
        hand.tap("link", "Look at it, when you like")
        hand.tap("button", "Tomorrow")
        assert "It rests until tomorrow." in body_of(page)
        assert (before, "no_contact") == (told(set_up)[:2], told(set_up)[2])
    expected = ["they_wrote", "inbound_triaged", "inbound_settled", "they_wrote", "inbound_put_off"]
    assert expected == kinds(set_up)[-5:]
