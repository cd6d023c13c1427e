"""Scenario 24."""

from playwright.sync_api import Page

from conftest import Home
from fallow.plan import InboundSettled, Replied
from journeys.scenarios.inbound_walk import they_wrote, told
from journeys.walking import body_of, headed, records


def test_scenario_24_lets_be_friends(page: Page, set_up: Home) -> None:
    """
    "Let's be friends."

    What it would need is told, and that no for now is fine. A no that was said is logged as a reply, graded lighter: it
    restarts one count and takes no quiet day that was there.
    """
    with they_wrote(page, set_up) as (_server, hand):
        days = told(set_up)[0]
        hand.tap("button", "The two of you")
        hand.tap("link", "Being friends")
        headed(page, "Being friends.")
        said = body_of(page)
        assert "It would need that neither of you is waiting for more." in said
        assert "No for now is fine, and takes nothing away from later." in said
        hand.tap("button", "I said no for now")
        assert (days, 0) == told(set_up)[:2]
    assert [InboundSettled("plain_no"), Replied()] == [each.event.what for each in records(set_up)[-2:]]
