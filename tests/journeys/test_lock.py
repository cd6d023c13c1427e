"""Locking: one tap, or by itself; opening again takes the passphrase or the code, and wrong tries are met calmly."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Running
from journeys.walking import body_of, enter, go, headed, kill_worker, says, unlock, wait_kept, write_something

WRONG = "That passphrase did not open it."


def test_the_lock_button_closes_everything(own_today: Page, open_server: Running) -> None:
    """Every page leads to the lock then, and the passphrase opens it again where it was left."""
    own_today.get_by_role("button", name="Lock").click()
    expect(own_today.get_by_label("Passphrase", exact=True)).to_be_visible()
    open_server.next_link()
    for path in ("/", "/history", "/now", "/settings", "/picture", "/d/" + "0" * 32):
        go(own_today, open_server, path)
        assert own_today.url == open_server.origin + "/unlock"
        headed(own_today, "Notes")
    unlock(own_today)
    own_today.wait_for_url(open_server.origin + "/")


def test_a_wrong_passphrase_is_said_in_two_sentences(page: Page, locked_server: Running) -> None:
    """It is not sent back, the right one opens it after it, and after some tries it rests for seconds it names."""
    enter(page, locked_server)
    for _try in range(2):
        unlock(page, "not this one at all")
        expect(page.get_by_role("alert").locator("p")).to_have_text(
            [WRONG, "Take your time and try again, or use the recovery code you wrote down."]
        )
        expect(page.get_by_label("Passphrase", exact=True)).to_have_value("")
        assert "not this one at all" not in page.content()
    unlock(page)
    page.wait_for_url(locked_server.origin + "/")


def test_many_wrong_tries_make_it_rest(page: Page, locked_server: Running) -> None:
    """Five are free; then it says for how many seconds it rests, also to the right one."""
    enter(page, locked_server)
    for _try in range(5):
        unlock(page, "not this one at all")
        expect(page.get_by_role("alert")).to_contain_text(WRONG)
    unlock(page)
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"It rests for \d seconds\."))
    says(page, "Nothing is lost.")


def test_nobody_there_for_the_idle_minutes_clears_the_screen(own_today: Page, open_server: Running) -> None:
    """What was on the screen is replaced by the lock, with nothing of it left on the page."""
    own_today.clock.install()
    go(own_today, open_server, "/history")
    kill_worker(open_server)
    headed(own_today, "What was logged")
    own_today.clock.fast_forward("05:04")
    own_today.wait_for_url(open_server.origin + "/unlock")
    assert "What was logged" not in own_today.content()


def test_locked_while_writing_says_that_the_words_are_kept(own_today: Page, open_server: Running) -> None:
    """The words are not on the lock page to be read; a wrong passphrase first does not lose them either."""
    address = write_something(own_today, "what I wanted to say")
    wait_kept(own_today)
    kill_worker(open_server)
    own_today.locator("textarea").press_sequentially(", and more")
    own_today.get_by_role("button", name="Keep it open and go back").click()
    expect(own_today.locator("main")).to_contain_text("This was locked while you were writing.")
    assert "what I wanted" not in body_of(own_today)
    unlock(own_today, "not this one at all")
    expect(own_today.get_by_role("alert")).to_contain_text(WRONG)
    unlock(own_today)
    own_today.wait_for_url(address)
    expect(own_today.locator("textarea")).to_have_value("what I wanted to say, and more")


def test_the_command_locks_a_running_server(own_today: Page, open_server: Running) -> None:
    """`fallow lock` ends the process that holds the key; the open page leads to the lock at its next step."""
    assert {"locked": True, "was_running": True} == open_server.home.json("lock")
    open_server.next_link()
    own_today.get_by_role("link", name="Log", exact=True).click()
    own_today.wait_for_url(open_server.origin + "/unlock")


def test_a_lock_page_from_before_a_restart_says_so_and_is_fresh(own_today: Page, open_server: Running) -> None:
    """It is the lock page again, with two sentences, and not a bare refusal; the second try opens it."""
    own_today.get_by_role("button", name="Lock").click()
    expect(own_today.get_by_label("Passphrase", exact=True)).to_be_visible()
    open_server.next_link()
    go(own_today, open_server, "/unlock")
    kill_worker(open_server)
    unlock(own_today)
    expect(own_today.get_by_role("alert")).to_contain_text("opened before it was last locked or started")
    unlock(own_today)
    own_today.wait_for_url(open_server.origin + "/")
