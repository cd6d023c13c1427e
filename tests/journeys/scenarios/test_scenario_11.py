"""Scenario 11: who viewed my story."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Running
from journeys.walking import Hand, body_of, find_way, go, headed, kinds


def test_scenario_11_who_viewed_my_story(own_today: Page, open_server: Running) -> None:
    """
    Somebody goes through the list of those who saw a story, looking for one name.

    What the list says and does not say is explained; no such list can be kept or shown here, for there is no field to
    put a name in; a step hides it, and looking is logged in one tap like every other look.
    """
    hand = Hand(own_today)
    go(own_today, open_server, "/ways")
    find_way(hand, "Stories, and who has seen them")
    headed(own_today, "Do you look at their stories, or go through the list of those who saw yours?")
    body = body_of(own_today)
    assert "It does not say who held the phone, for how long, or what they felt." in body
    assert "Nothing of such a list is shown here." in body
    assert "so that there is no list to go through" in body
    expect(own_today.locator("main input:not([type=hidden]):not([type=date]), main textarea, main img")).to_have_count(
        0
    )
    hand.tap("button", "It is closed")
    go(own_today, open_server, "/")
    hand.tap("button", "I looked at their page")
    assert ["door_marked", "looked"] == kinds(open_server.home)
    assert {"looked": 1} == open_server.home.json("today")["totals"]
