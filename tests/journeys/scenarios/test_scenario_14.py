"""Scenario 14: re-reading the old chat."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Running
from fallow.web.pages import PLACES
from journeys.chats import LONG_CHAT
from journeys.test_pages import NO_PAGE
from journeys.walking import Hand, find_way, go, says, stored

WORD = "potoroo"
CHAT = LONG_CHAT.replace(b"word", WORD.encode())
PAGES = [
    place.path
    for place in PLACES
    if place.show is not None and not place.file and place.path not in NO_PAGE and "{" not in place.path
]


def test_scenario_14_rereading_the_old_chat(own_today: Page, open_server: Running) -> None:
    """
    The old chat is one tap away in the messenger, and bringing it here is possible.

    A step keeps it out of reach. Bringing it is a choice with a warning before any file, words are left out unless they
    are asked for, and even then no page and no command shows one of them.
    """
    hand, home = Hand(own_today), open_server.home
    go(own_today, open_server, "/ways")
    find_way(hand, "The old chat")
    says(own_today, "Reading it again often hurts")
    hand.tap("button", "It is closed")
    go(own_today, open_server, "/picture")
    says(own_today, "It is a choice.")
    hand.tap("link", "Bring a chat")
    says(own_today, "Reading old messages again often hurts.")
    own_today.locator("input[type=file]").set_input_files({"name": "c.txt", "mimeType": "", "buffer": CHAT})
    hand.tap("button", "Read it")
    expect(own_today.locator("h1")).to_have_text("Which one is you?")
    expect(own_today.get_by_role("radio", name="Counts and times only.")).to_be_checked()
    says(own_today, "Re-reading usually hurts.")
    own_today.get_by_role("radio", name="Sam").check()
    own_today.get_by_role("radio", name="The words too.").check()
    hand.tap("button", "Keep it", exact=True)
    expect(own_today.locator("h1")).to_have_text("What the record shows of both sides")
    assert (240, 240) == stored(home)
    for path in PAGES:
        go(own_today, open_server, path)
        assert WORD not in own_today.content(), path
    for command in (("events", "--json"), ("two-sides", "--json"), ("imports", "--json"), ("today",), ("two-sides",)):
        done = home.run(*command)
        assert 0 == done.returncode, command
        assert WORD.encode() not in done.stdout + done.stderr, command
