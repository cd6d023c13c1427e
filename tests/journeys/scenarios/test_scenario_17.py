"""Scenario 17: I only looked."""

from __future__ import annotations

from playwright.sync_api import Page

from conftest import Home
from fallow.plan import Ask, Looked, QuietTimeChosen
from journeys.walking import Hand, body_of, days_ago, enter, lived, quiet_days, records, says, serving, standing


def test_scenario_17_i_only_looked(page: Page, set_up: Home) -> None:
    """
    Their page was looked at, nothing more.

    One tap on Today; it is counted apart: the days since reaching out and every quiet day go on as if nothing had been,
    also tomorrow. Then waiting is one tap away, for the next time.
    """
    lived(set_up, Ask(QuietTimeChosen(days=60), days_ago(12, 9)), Ask(Looked(), days_ago(5, 9)))
    with serving(set_up) as server:
        enter(page, server)
        says(page, "Since you last looked: 5 days.")
        hand = Hand(page)
        hand.tap("button", "I looked at their page")
        assert (1, []) == (hand.taps, hand.fields)
        said = body_of(page)
        assert "You looked today. It is counted apart and changes nothing else." in said
        assert (12, 12) == quiet_days(page)
        assert "reached out" not in said
        assert Looked() == records(set_up)[-1].event.what
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Wait with me")
    tomorrow = standing(set_up, days_ago(-1, 9))
    assert (13, 13, 13, 1) == (
        tomorrow.quiet_days,
        tomorrow.of_days,
        tomorrow.since_reached_out,
        tomorrow.since_looked,
    )
