"""Scenario 18: an accident."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.plan import Accident, Ask, QuietTimeChosen
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    headed,
    lived,
    quiet_days,
    records,
    says,
    serving,
    standing,
)


def test_scenario_18_an_accident(page: Page, set_up: Home) -> None:
    """
    A call from the pocket.

    Two taps; it has its own label and moves no counter. It is said that no message has to explain it, and nothing
    offers to write one. The history holds it as what it was.
    """
    lived(set_up, Ask(QuietTimeChosen(days=60), days_ago(12, 9)))
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        hand.tap("link", "Log", exact=True)
        hand.tap("button", "An accident")
        assert (2, []) == (hand.taps, hand.fields)
        said = body_of(page)
        assert "Logged: An accident. It needs no message to explain it." in said
        assert (12, 12) == quiet_days(page)
        expect(page.locator("main textarea, main a[href^='/d/']")).to_have_count(0)
        assert Accident() == records(set_up)[-1].event.what
        hand.tap("link", "What was logged before")
        headed(page, "What was logged")
        says(page, "An accident")
    tomorrow = standing(set_up, days_ago(-1, 9))
    assert (13, 13, 13, None) == (
        tomorrow.quiet_days,
        tomorrow.of_days,
        tomorrow.since_reached_out,
        tomorrow.grade,
    )
