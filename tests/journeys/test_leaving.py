"""T40: leaving in a hurry, from anywhere: blank first, then locked, then away; and Back shows nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PATIENCE, Running
from journeys.conftest import new_context
from journeys.walking import enter, go, write_something

WORDS = "words for nobody else"
HOW: dict[str, Callable[[Page], object]] = {
    "the button": lambda page: page.get_by_role("button", name="Leave").click(),
    "shift three times": lambda page: [page.keyboard.press("Shift") for _ in range(3)],
}
WATCH = """() => {
  const beacon = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (...given) => {
    const root = document.documentElement, shown = root.getClientRects().length;
    console.log(`left ${given[0]} hidden=${root.hidden} boxes=${shown} title=${document.title.trim()}`);
    return beacon(...given);
  };
}"""
"""Tells in which order things happen, from inside the page; a clock would only tell how busy the machine is."""


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("where", ["/", "/settings", "while writing"])
def test_leaving_hides_then_locks_then_goes(how: str, where: str, page: Page, open_server: Running) -> None:
    """At the moment it locks, the page is blank already; then it is somewhere else, without a cookie."""
    enter(page, open_server)
    worker = open_server.workers()
    go(page, open_server, "/log")
    if where == "while writing":
        write_something(page, WORDS)
    else:
        go(page, open_server, where)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.text.startswith("left") else None)
    page.evaluate(WATCH)
    HOW[how](page)
    page.wait_for_url("about:blank")
    assert ["left /leave hidden=true boxes=0 title="] == told
    open_server.next_link()
    assert worker != open_server.workers()
    wait_for_no_cookies(page)
    page.go_back()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert WORDS not in page.content()
    page.go_back()
    page.wait_for_function("document.body.innerText === '' || document.querySelector('input[type=password]')")
    assert "data-idle" not in page.content()


@pytest.mark.parametrize("where", ["/", "while writing"])
def test_without_scripts_the_button_does_the_same(where: str, browser: Browser, open_server: Running) -> None:
    """Locked, away, cookies gone, and Back leads to the lock page."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    enter(page, open_server)
    worker = open_server.workers()
    if where == "while writing":
        write_something(page, WORDS)
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("about:blank")
    open_server.next_link()
    assert worker != open_server.workers()
    assert [] == context.cookies()
    page.goto(open_server.origin + "/history")
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert WORDS not in page.content()
    context.close()


def test_typing_capitals_does_not_leave(page: Page, open_server: Running) -> None:
    """Shift held for letters is not Shift three times."""
    enter(page, open_server)
    write_something(page, "")
    address = page.url
    for letter in "ABC":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    assert address == page.url
    expect(page.locator("textarea")).to_have_value("ABC")


def test_leaving_from_a_page_of_before_locks_as_well(browser: Browser, page: Page, open_server: Running) -> None:
    """A tab that was open before the last unlocking looks the same to the person in front of it."""
    enter(page, open_server)
    old = page.context.new_page()
    old.goto(open_server.origin + "/settings")
    open_server.home.run("lock")
    open_server.next_link()
    go(page, open_server, "/")
    page.get_by_label("Passphrase", exact=True).fill("a slow green field at dusk")
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("link", name="Urge", exact=True)).to_be_visible()
    old.get_by_role("button", name="Leave").click()
    old.wait_for_url("about:blank")
    open_server.next_link()
    go(page, open_server, "/")
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_leaving_goes_where_one_chose(page: Page, open_server: Running) -> None:
    """An ordinary page, in place of the one that was left: it is not in the way of Back."""
    enter(page, open_server)
    go(page, open_server, "/settings")
    page.get_by_label("Where Leave goes").fill("https://weather.localhost:1/today")
    page.get_by_role("button", name="Keep these").click()
    page.route("https://weather.localhost:1/**", lambda route: route.fulfill(body="It will rain."))
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("https://weather.localhost:1/today")
    assert page.evaluate("document.referrer") == ""


def wait_for_no_cookies(page: Page) -> None:
    until = time.monotonic() + PATIENCE
    while page.context.cookies():
        assert time.monotonic() < until
        time.sleep(0.02)
