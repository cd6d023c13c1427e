"""Scenario 37: they date someone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.plan import Ask, Looked, QuietTimeChosen, Urge, UrgeSurfed
from journeys.walking import (
    Hand,
    body_of,
    days_ago,
    enter,
    find_way,
    go,
    headed,
    lived,
    quiet_days,
    records,
    says,
    serving,
)

FIELDS = "main input:not([type=hidden]):not([type=radio]), main textarea, main select, main img, main iframe"


def test_scenario_37_they_date_someone(page: Page, set_up: Home) -> None:
    """
    Somebody saw a photo of the other one with someone new, and looked for more.

    The look is one tap, counted apart, and asks nothing about either of them; no day is lost. Then the urge, with what
    set it off in own words, and three minutes with it; nothing that is shown is theirs. One action at the end: the
    way by which the photo came is closed.
    """
    lived(set_up, Ask(QuietTimeChosen(days=60), days_ago(20, 9)))
    with serving(set_up) as server:
        enter(page, server)
        assert (20, 20) == quiet_days(page)
        hand = Hand(page)
        hand.tap("button", "I looked at their page")
        assert (1, []) == (hand.taps, hand.fields)
        says(page, "You looked today. It is counted apart and changes nothing else.")
        assert (20, 20) == quiet_days(page)
        assert Looked() == records(set_up)[-1].event.what
        expect(page.locator(FIELDS)).to_have_count(0)
        hand = Hand(page)
        hand.tap("link", "Urge", exact=True)
        hand.fill("What set it off, in your own words", "a photo of the two of them")
        hand.tap("button", "Three minutes with it")
        assert (2, Urge(cue="a photo of the two of them")) == (hand.taps, records(set_up)[-1].event.what)
        page.get_by_role("radio", name="9").check()
        hand.tap("button", "Begin")
        for _ in range(6):
            expect(page.locator(FIELDS)).to_have_count(0)
            assert "photo" not in body_of(page)
            hand.tap("button", "Go on")
        page.get_by_role("radio", name="8").check()
        hand.tap("button", "Keep that it was done")
        assert UrgeSurfed(9, 8) == records(set_up)[-1].event.what
        go(page, server, "/hours")
        links = page.locator("main a").evaluate_all("found => found.map(each => each.getAttribute('href'))")
        assert [] == [link for link in links if not link.startswith("/")]
        go(page, server, "/log")
        hand = Hand(page)
        hand.tap("link", "Ways between you, and how to close them")
        find_way(hand, "Photos that come back")
        hand.tap("button", "It is closed")
        expect(page.get_by_role("status")).to_contain_text("It can be taken back at any time.")
        headed(page, "Ways between you.")
        assert set_up.json("today")["totals"] == {"looked": 1, "urge": 1}
