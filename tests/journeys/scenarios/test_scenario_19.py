"""Scenario 19: we met, or slept together."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.plan import Ask, Met, QuietTimeChosen
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    headed,
    lived,
    quiet_days,
    records,
    serving,
    standing,
)


def test_scenario_19_we_met(page: Page, set_up: Home) -> None:
    """
    Last evening they met, in the third week.

    Two taps, no judgement: it has its own label, nothing restarts, no quiet day that was there is lost, and that day is
    not added. It leads to where one can plan again, and a quiet time is chosen anew. In a clear stop it is logged in
    the same words and leads to people instead.
    """
    lived(set_up, Ask(QuietTimeChosen(days=30), days_ago(20, 9)))
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        hand.tap("link", "Log", exact=True)
        hand.tap("button", "We met, or slept together")
        assert (2, []) == (hand.taps, hand.fields)
        assert Met() == records(set_up)[-1].event.what
        headed(page, "Choices")
        said = body_of(page)
        assert "Nothing is held against you, and nothing you did before is lost." in said
        assert "Leaving it as it is, is fine too." in said
        page.get_by_label("A quiet time").select_option(label="45 days")
        hand.tap("button", "Choose it")
        page.goto(server.origin + "/")
        assert (20, 20) == quiet_days(page)
        tomorrow = standing(set_up, days_ago(-1, 9))
        assert (20, 21, None, 21, 45) == (
            tomorrow.quiet_days,
            tomorrow.of_days,
            tomorrow.grade,
            tomorrow.since_reached_out,
            tomorrow.chosen_days,
        )
        assert 0 == set_up.run("stop", "--because", "asked").returncode
        page.goto(server.origin + "/log")
        hand.tap("button", "We met, or slept together")
        headed(page, "Help is here.")
        expect(page.get_by_role("status").first).to_contain_text("Nothing is held against you")
    told = set_up.run("log", "met")
    assert b"Nothing is held against you." in told.stderr
    assert 3 == set_up.json("today")["totals"]["met"]
