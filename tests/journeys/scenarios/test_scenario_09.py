"""Scenario 9: checking last-seen."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from conftest import Home, start_server, stop_server
from fallow.wiring import make_demo
from journeys.conftest import new_context
from journeys.walking import Hand, enter, find_way, go, says, way_row

FIELDS = "main input:not([type=hidden]), main textarea, main select, main img"


def test_scenario_09_checking_last_seen(browser: Browser, home: Home) -> None:
    """
    Somebody looked when the other one was last online, in the fourth week.

    One tap on Today; it is counted apart, the quiet days stay, nothing is asked about the other one and nothing of
    them is shown; then a way that can be closed.
    """
    home.passphrase_file.write_text(make_demo(home.folder), "utf-8")
    before = home.json("today")
    server = start_server(home)
    context = new_context(browser)
    try:
        page = context.new_page()
        enter(page, server)
        page.wait_for_selector("nav.main")
        expect(page.locator(FIELDS)).to_have_count(0)
        hand = Hand(page)
        hand.tap("button", "I looked at their page")
        assert 1 == hand.taps
        says(page, "You looked today. It is counted apart and changes nothing else.")
        expect(page.locator(FIELDS)).to_have_count(0)
        links = page.locator("main a").evaluate_all("found => found.map(each => each.getAttribute('href'))")
        assert [] == [link for link in links if not link.startswith("/")]
        after = home.json("today")
        same = ("quiet_days", "of_days", "since_reached_out", "phase")
        assert [before[name] for name in same] == [after[name] for name in same]
        assert 0 == after["since_looked"] < before["since_looked"]
        assert before["totals"]["looked"] + 1 == after["totals"]["looked"]
        go(page, server, "/log")
        hand.tap("link", "Ways between you, and how to close them")
        find_way(hand, "When each was last online")
        hand.tap("button", "It is closed")
        expect(way_row(page, "last_seen")).to_contain_text("Closed")
    finally:
        context.close()
        stop_server(server)
