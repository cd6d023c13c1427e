"""Scenario 13: photos resurface."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Running
from journeys.walking import Hand, body_of, find_way, go, headed, kill_worker, kinds, unlock, way_row


def test_scenario_13_photos_resurface(own_today: Page, open_server: Running) -> None:
    """
    The phone shows a picture of the two of them by itself.

    It is explained; the step deletes nothing and can be taken back; the mark outlives a crash and is undone on another
    day, when the person wants the pictures again.
    """
    hand, home = Hand(own_today), open_server.home
    go(own_today, open_server, "/ways")
    find_way(hand, "Photos that come back")
    headed(own_today, "Does your phone bring up old photos of the two of you?")
    body = body_of(own_today)
    assert "It means nothing beyond that." in body
    assert "Nothing has to be deleted." in body
    assert "Hidden people and dates can be shown again" in body
    hand.tap("button", "It is closed")
    kill_worker(open_server)
    go(own_today, open_server, "/unlock")
    unlock(own_today)
    own_today.wait_for_selector("nav.main")
    go(own_today, open_server, "/ways")
    row = way_row(own_today, "photo_memories")
    expect(row).to_contain_text("Closed")
    find_way(hand, "Photos that come back")
    hand.tap("button", "Take it back")
    expect(row).not_to_contain_text("Closed")
    assert ["door_marked", "door_marked"] == kinds(home)
