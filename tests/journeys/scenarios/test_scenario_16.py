"""Scenario 16: I replied."""

from __future__ import annotations

from playwright.sync_api import Page

from conftest import Home
from fallow.plan import Ask, QuietTimeChosen, TheyWrote
from journeys.walking import Hand, body_of, days_ago, enter, kinds, lived, quiet_days, records, says, serving, standing


def test_scenario_16_i_replied(page: Page, set_up: Home) -> None:
    """
    They wrote, and an answer went out.

    It is graded: an answer that had to be moves nothing, one from the heart restarts one count and is called lighter
    than writing first; neither takes a quiet day that was there. A slip of the finger is put right in the history.
    """
    lived(set_up, Ask(QuietTimeChosen(days=60), days_ago(20, 9)), Ask(TheyWrote(), days_ago(0, 0, 1)))
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        hand.tap("link", "Log", exact=True)
        hand.tap("button", "I replied, because it had to be")
        assert "You answered today" not in body_of(page)
        assert 20 == standing(set_up, days_ago(0, 23, 59)).since_reached_out
        hand.tap("link", "Log", exact=True)
        hand.tap("button", "I replied graded lighter")
        said = body_of(page)
        assert "Logged: I replied. Nothing more needs to be answered now." in said
        assert "You answered today. It weighs less than writing first; one day is not added" in said
        assert (20, 20) == quiet_days(page)
        seen = standing(set_up, days_ago(0, 23, 59))
        assert (0, "replied", 20) == (seen.since_reached_out, seen.grade, seen.quiet_days)
        page.goto(f"{server.origin}/history/{records(set_up)[-1].id}")
        page.get_by_label("It was really").select_option(label="I replied, because it had to be")
        hand.tap("button", "Change it to that")
        says(page, "corrected to: I replied, because it had to be")
    assert ["replied", "replied", "correction"] == kinds(set_up, since=2)
    tomorrow = standing(set_up, days_ago(-1, 9))
    assert (21, 21, None) == (tomorrow.quiet_days, tomorrow.of_days, tomorrow.grade)
