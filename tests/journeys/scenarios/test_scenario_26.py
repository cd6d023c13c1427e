"""Scenario 26."""

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.guidance import load_help_lines
from fallow.plan import InboundSettled
from journeys.scenarios.inbound_walk import they_wrote, told
from journeys.walking import body_of, headed, records, says


def test_scenario_26_they_threaten_self_harm(page: Page, set_up: Home) -> None:
    """
    They write that they will harm themselves if no answer comes, just now.

    No pause: the emergency number of the country, or their family; it does not have to be me who answers. Nothing on
    the page helps to answer, and what comes of it is that somebody was called.
    """
    with they_wrote(page, set_up, zone="Europe/Berlin", ago=0) as (_server, hand):
        before = told(set_up)[:2]
        hand.tap("button", "Pressure or a threat")
        headed(page, "This is not yours to carry.")
        said = body_of(page)
        assert "Call the emergency number or their family. It does not have to be you who answers." in said
        assert load_help_lines().for_country("DE").emergency.says in said
        assert "112" in {link.inner_text() for link in page.locator("main a[href^='tel:']").all()}
        expect(page.locator("main a[href^='/inbound/'], main textarea")).to_have_count(0)
        hand.tap("button", "I called, or told their family")
        assert 2 == hand.taps
        says(page, "It does not have to be you who answers.")
        assert before == told(set_up)[:2]
    assert InboundSettled("services") == records(set_up)[-1].event.what
