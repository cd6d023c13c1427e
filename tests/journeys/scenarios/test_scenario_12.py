"""Scenario 12: the blocker's log."""

from __future__ import annotations

from playwright.sync_api import Page

from conftest import Running
from fallow.web.pages import PLACES
from journeys.test_cli import refused
from journeys.test_pages import NO_PAGE
from journeys.walking import Hand, body_of, find_way, go, kinds

PAGES = [
    place.path
    for place in PLACES
    if place.show is not None and not place.file and place.path not in NO_PAGE and "{" not in place.path
]


def test_scenario_12_the_blockers_log(own_today: Page, open_server: Running) -> None:
    """
    The other one is blocked, and the phone keeps a list of what it held back.

    Fallow says that it has no such list and offers to leave the phone's closed. Nothing here writes one: what was held
    back is no kind of entry, and opening every page there is records nothing and shows none.
    """
    hand, home = Hand(own_today), open_server.home
    go(own_today, open_server, "/ways")
    find_way(hand, "A list of what was blocked")
    body = body_of(own_today)
    assert "There is no such list here." in body
    assert "Leave that list closed." in body
    hand.tap("button", "It is closed")
    assert ["door_marked"] == kinds(home)
    assert (2, "NotUnderstood") == refused(home, "log", "blocked")
    for path in PAGES:
        go(own_today, open_server, path)
        said = own_today.locator("main").inner_text().lower()
        assert not [words for words in ("held back", "attempt", "tried to reach") if words in said], path
    assert ["door_marked"] == kinds(home)
    events = home.run("events").stderr.decode().splitlines()
    assert 1 == len(events)
