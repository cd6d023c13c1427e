"""Scenario 44: somebody else picks up my phone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from conftest import Home, Running, stop_server
from fallow.web.pages import PLACES
from journeys.walking import Hand, enter, go, heading, unlock, wait_kept, write_something
from web.conftest import QUICK
from web.test_templates import TELLING

WORDS = "words for nobody else"
OWNERS = [
    p.path for p in PLACES if p.show is not None and not p.file and p.for_whom == "unlocked" and "{" not in p.path
]
IDLE = 8.0
"""Seconds after which this server locks by itself, in place of five minutes."""


def test_scenario_44_somebody_else_picks_up_my_phone(page: Page, set_up: Home) -> None:
    """
    Something is being written when somebody else takes the phone.

    The window and its address say nothing of what this is. Shift three times, or one tap: the screen is empty and it
    has locked, and Back shows a lock called Notes. Another time it just lies there, and locks by itself: what is on the
    screen goes, and nothing that is opened after it shows a word. The one it belongs to unlocks it, and every word is
    where it was.
    """
    with serving_impatiently(set_up) as server:
        enter(page, server)
        unlock(page)
        page.wait_for_selector("nav.main")
        address = write_something(page, WORDS)
        wait_kept(page)
        assert "Notes" == page.title()
        assert set() == TELLING & set(re.findall(r"[a-z]+", f"{page.url} {page.title()}".lower()))
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("about:blank")
        server.next_link()
        page.go_back()
        nothing_to_see(page, server)

        unlock(page)
        page.wait_for_url(server.origin + "/")
        page.clock.install()
        page.goto(address)
        expect(page.locator("textarea")).to_have_value(WORDS)
        server.next_link()  # it was left alone, and locked by itself
        page.clock.fast_forward("05:04")
        page.wait_for_url(server.origin + "/unlock")
        nothing_to_see(page, server)

        go(page, server, "/unlock")
        unlock(page)
        page.wait_for_url(server.origin + "/")
        hand = Hand(page)
        hand.tap("link", "Something you began to write is here")
        expect(page.locator("textarea")).to_have_value(WORDS)
        hand.tap("button", "Leave")
        page.wait_for_url("about:blank")
        server.next_link()
        assert not page.context.cookies()


def nothing_to_see(page: Page, server: Running) -> None:
    """Whoever holds the phone gets a lock under a plain name, and help; at every address, with no word of the owner."""
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert WORDS not in page.content()
    for path in (
        place.path
        for place in PLACES
        if place.show and not place.file and place.for_whom == "unlocked" and "{" not in place.path
    ):
        go(page, server, path)
        expect(page).to_have_url(server.origin + "/unlock")
        assert ("Notes", "Notes") == (page.title(), heading(page))
        assert WORDS not in page.content()


@contextmanager
def serving_impatiently(home: Home) -> Iterator[Running]:
    """`fallow serve`, locking by itself after a moment."""
    process = subprocess.Popen(
        [sys.executable, "-c", QUICK, str(home.folder), str(IDLE)],
        env=home.environment(passphrase=False), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    running = Running(home, process, told["link"], told["host"], told["port"])
    try:
        yield running
    finally:
        stop_server(running)
