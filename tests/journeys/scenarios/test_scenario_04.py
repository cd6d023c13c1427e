"""Scenario 4: the morning after a drunk text."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.plan import Ask, ConfidantNamed, QuietTimeChosen
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    headed,
    kinds,
    lived,
    quiet_days,
    serving,
    standing,
)


def test_scenario_04_the_morning_after(page: Page, set_up: Home) -> None:
    """
    Twenty-eight quiet days, and last night at twenty to twelve one text.

    One honest entry with the hour it happened: the days stay but for that one, nothing offers a second message, and the
    next thing is a person on one's own side.
    """
    lived(
        set_up,
        Ask(QuietTimeChosen(days=60), days_ago(28, 9)),
        Ask(ConfidantNamed(name="Mira", phone="+49 30 1234567"), days_ago(28, 9, 5)),
    )
    with serving(set_up) as server:
        enter(page, server)
        assert (28, 28) == quiet_days(page)
        hand = Hand(page)
        hand.tap("link", "Log", exact=True)
        page.get_by_text("Add a word or another time first").click()
        hand.fill("When, if not now", f"{days_ago(1, 23, 40).local:%Y-%m-%dT%H:%M}")
        hand.tap("button", "I wrote or called")
        said = body_of(page)
        assert "One entry is enough. No second message is needed to explain the first or to take it back." in said
        # A total that was seen never falls: it waits at 28 until it is reached again.
        assert (28, 28) == quiet_days(page)
        assert "Since you last reached out: 1 day. Nothing you did before is lost." in said
        expect(page.locator("main a[href^='/d/'], main textarea")).to_have_count(0)
        assert ["wrote"] == kinds(set_up, since=2)
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Call Mira")
        headed(page, "Call Mira.")
        expect(page.get_by_role("link", name="+49 30 1234567")).to_be_visible()
    tomorrow = standing(set_up, days_ago(-1, 9))
    assert (28, 29, "wrote") == (tomorrow.quiet_days, tomorrow.of_days, tomorrow.grade)
