"""The main journey with scripts turned off: everything but progress, minutes and keeping while typing works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PATIENCE, Home, Running
from journeys.chats import LONG_CHAT
from journeys.conftest import new_context
from journeys.walking import (
    first_run,
    go,
    headed,
    kill_worker,
    kinds,
    says,
    stored,
    unlock,
    write_something,
)


@pytest.fixture
def plain(browser: Browser, fresh_server: Running) -> Iterator[Page]:
    """A browser without scripts at the first page of all."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(fresh_server.link)
    page.wait_for_url("**/start")
    yield page
    context.close()


def test_the_main_journey_needs_no_script(plain: Page, fresh_server: Running, home: Home) -> None:
    """First run, urge, write, seal, log, correct, import, picture, help, lock, unlock, leave: all by plain forms."""
    first_run(plain)
    headed(plain, "A quiet day so far.")
    address = write_something(plain, "dear you")
    plain.get_by_role("button", name="Keep it open and go back").click()
    plain.goto(address)
    expect(plain.locator("textarea")).to_have_value("dear you")
    plain.get_by_role("button", name="Seal it").click()
    headed(plain, "Sealed.")
    go(plain, fresh_server, "/log")
    plain.get_by_role("button", name="I looked").click()
    go(plain, fresh_server, "/history")
    plain.get_by_role("link", name="Correct I looked").click()
    plain.get_by_role("button", name="It did not happen; take it back").click()
    says(plain, "taken back")
    assert ["urge", "draft_sealed", "looked", "correction"] == kinds(home)[-4:]
    _bring(plain, fresh_server, b"%PDF-1.7")
    says(plain, "This is a PDF, not a chat export.")
    _bring(plain, fresh_server, LONG_CHAT)
    plain.get_by_role("radio", name="Sam").check()
    plain.get_by_role("button", name="Keep it", exact=True).click()
    headed(plain, "What the record shows of both sides")
    assert (240, 0) == stored(home)
    go(plain, fresh_server, "/now")
    plain.get_by_role("button", name="Wait with me").click()
    assert "Until " in plain.get_by_role("timer").inner_text()
    plain.get_by_role("link", name="Help", exact=True).click()
    headed(plain, "Help is here.")
    plain.get_by_role("button", name="Lock").click()
    assert plain.url == fresh_server.origin + "/unlock"
    fresh_server.next_link()
    plain.reload()
    unlock(plain)
    assert plain.url == fresh_server.origin + "/"
    plain.get_by_role("button", name="Leave").click()
    plain.wait_for_url("about:blank")


def test_words_sent_to_a_locked_page_are_carried_through_the_lock(plain: Page, fresh_server: Running) -> None:
    """Without scripts nothing is kept while typing, so what was typed goes through unlocking with the form."""
    first_run(plain)
    address = write_something(plain, "typed for a long time")
    kill_worker(fresh_server)
    plain.get_by_role("button", name="Keep it open and go back").click()
    says(plain, "This was locked while you were writing.")
    unlock(plain)
    assert address == plain.url
    expect(plain.locator("textarea")).to_have_value("typed for a long time")


def _bring(page: Page, server: Running, data: bytes) -> None:
    go(page, server, "/import")
    page.locator("input[type=file]").set_input_files({"name": "chat.txt", "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Read it").click()
