"""Scenario 43: no wish to live."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from conftest import Running
from fallow.web.pages import PLACES
from journeys.walking import Hand, go, headed, heading, kinds, says

NUMBER = "08001110111"
READABLE = [place.path for place in PLACES if place.show is not None and not place.file and "{" not in place.path]


def test_scenario_43_no_wish_to_live(own_today: Page, open_server: Running) -> None:
    """
    At night somebody types that they do not want to live, with slips in it, and asks what to write to him.

    A number is there at once, before anything else; nothing about writing is said or offered. They say it on the safety
    screen too: Today then leads with help and counts nothing, and drafts rest. Help is one tap away on every screen
    there is, also while it is locked, and in the terminal without a store being open. None of it needs a network: the
    page of this test fails if anything outside this computer is asked for. They leave it at will, and lose nothing.
    """
    hand = Hand(own_today)
    hand.tap("link", "Urge", exact=True)
    hand.fill("Say it in your own words", "i dont wnat to liv anymore. what do i write to him")
    hand.tap("button", "Say it")
    assert heading(own_today).startswith("Help comes first.")
    says(own_today, "If a life is in danger, call 112.")
    assert f"tel:{NUMBER}" == own_today.locator("main a").first.get_attribute("href")
    expect(own_today.get_by_role("button", name="Write it here")).to_have_count(0)
    assert [] == kinds(open_server.home)

    go(own_today, open_server, "/screen")
    hand.pick("Have you had thoughts of not wanting to live, or of harming yourself?")
    hand.tap("button", "Go on")
    headed(own_today, "Help comes first.")
    hand.tap("button", "Keep this: help comes first")
    go(own_today, open_server, "/")
    headed(own_today, "Help comes first.")
    expect(own_today.locator(f"main a[href='tel:{NUMBER}']").first).to_be_visible()
    expect(own_today.locator(".count")).to_have_count(0)
    go(own_today, open_server, "/now")
    expect(own_today.get_by_role("button", name="Write it")).to_have_count(0)

    for path in READABLE:
        go(own_today, open_server, path)
        expect(own_today.get_by_role("banner").get_by_role("link", name="Help")).to_be_visible()
    hand.tap("link", "Help", exact=True)
    expect(own_today.locator(f"main a[href='tel:{NUMBER}']").first).to_be_visible()

    go(own_today, open_server, "/")
    hand.tap("button", "Leave this for now and go on")
    assert "Help comes first." != heading(own_today)
    assert ["safety_noted", "safety_noted"] == kinds(open_server.home)

    hand.tap("button", "Lock")
    open_server.next_link()
    go(own_today, open_server, "/")
    own_today.get_by_role("banner").get_by_role("link", name="Help").click()
    expect(own_today.locator(f"main a[href='tel:{NUMBER}']").first).to_be_visible()
    told = open_server.home.run("hear", "--stdin", "--json", stdin="kms", passphrase=False)
    assert ["help_lines", "emergency"] == json.loads(told.stdout)["offers"][:2]
    assert "0800 111 0 111" in open_server.home.run("help-lines", passphrase=False).stdout.decode()
