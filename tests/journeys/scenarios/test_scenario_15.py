"""Scenario 15: one text."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from conftest import Home
from fallow.plan import Ask, Looked, QuietTimeChosen
from journeys.walking import Hand, body_of, days_ago, enter, kinds, lived, quiet_days, serving, standing

SECONDS_A_TAP = 3.0
"""With the button looked for among nine."""
SECONDS = 20


def test_scenario_15_one_text(page: Page, set_up: Home) -> None:
    """
    Twenty-seven quiet days, and one text today.

    Two taps and no field, well under twenty seconds; every quiet day stays and is never counted down to zero: tomorrow
    it is 27 of 28. Looking is counted apart and does not move. Then one small thing is there to be done.
    """
    lived(set_up, Ask(QuietTimeChosen(days=60), days_ago(27, 9)), Ask(Looked(), days_ago(9, 12)))
    with serving(set_up) as server:
        enter(page, server)
        assert (27, 27) == quiet_days(page)
        hand, began = Hand(page), time.monotonic()
        hand.tap("link", "Log", exact=True)
        hand.tap("button", "I wrote or called")
        said = body_of(page)
        assert time.monotonic() - began < SECONDS
        assert (2, []) == (hand.taps, hand.fields)
        assert hand.taps * SECONDS_A_TAP < SECONDS
        assert (27, 27) == quiet_days(page)
        assert "You reached out today. It is one day that is not added; nothing you did before is lost." in said
        assert "Since you last looked: 9 days." in said
        assert "One small thing." in said
        assert ["wrote"] == kinds(set_up, since=2)
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Wait with me")
    tomorrow = standing(set_up, days_ago(-1, 9))
    assert (27, 28, 1, 10) == (
        tomorrow.quiet_days,
        tomorrow.of_days,
        tomorrow.since_reached_out,
        tomorrow.since_looked,
    )
