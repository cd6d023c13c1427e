"""Stopped and started again, everything is where it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from conftest import Home, Running, start_server, stop_server
from journeys.chats import LONG_CHAT
from journeys.walking import body_of, enter, go, open_picture, records, stored, unlock, wait_kept, write_something


@pytest.fixture
def home(home: Home) -> Home:
    """Started as people start it."""
    return replace(home, warm=False)


def test_everything_survives_stopping_and_starting(own_today: Page, open_server: Running) -> None:
    """Events, choices, drafts open and sealed, the chat, the picture, the name in the window and the address."""
    home = open_server.home
    write_something(own_today, "to be sealed")
    own_today.get_by_role("button", name="Seal it").click()
    go(own_today, open_server, "/")
    write_something(own_today, "left open")
    wait_kept(own_today)
    path = home.folder.parent / "chat.txt"
    path.write_bytes(LONG_CHAT)
    assert home.run("import", str(path), "--me", "Sam").returncode == 0
    assert home.run("choose", "--quiet-time", "45", "--initiator", "ego").returncode == 0
    go(own_today, open_server, "/settings")
    own_today.get_by_label("Name in the window").fill("Garden")
    own_today.get_by_label("Where Leave goes").fill("https://example.org/")
    own_today.get_by_role("button", name="Keep these").click()
    open_picture(own_today, open_server)
    pages = {path: _content(own_today, open_server, path) for path in ("/", "/history", "/picture", "/settings")}
    kept = (records(home), stored(home))
    stop_server(open_server)
    again = start_server(home, passphrase=False)
    try:
        enter(own_today, again)
        unlock(own_today)
        own_today.wait_for_url(again.origin + "/")
        assert "Garden" == own_today.title()
        assert pages == {path: _content(own_today, again, path) for path in pages}
        assert kept == (records(home), stored(home))
        assert open_server.host == again.host
        go(own_today, again, "/")
        own_today.get_by_role("link", name="Something you began to write is here").click()
        expect(own_today.locator("textarea")).to_have_value("left open")
    finally:
        stop_server(again)


def _content(page: Page, server: Running, path: str) -> str:
    go(page, server, path)
    return body_of(page)
