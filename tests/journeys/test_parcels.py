"""The chat out of sight, on pages: put away, resting, given as a file, opened from it, brought back, removed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PASSPHRASE, Home, Running, start_server, stop_server
from fallow.app import find_parcel, import_chat, read_export
from fallow.errors import NoSuchParcel
from fallow.store import unlock as unlock_folder
from fallow.wiring import put_chat_away
from journeys.conftest import new_context
from journeys.earlier import ago, opened
from journeys.walking import body_of, enter, go, headed, says
from store.pages import decrypted_pages

CHAT = b"[01.02.26, 21:14:05] Sam: Is the heron there?\n[01.02.26, 21:15:00] Robin: The heron is.\n"
WORD = "under another stone"


@pytest.fixture
def set_up(set_up: Home) -> Home:
    """With a chat and its words."""
    with opened(set_up) as desk:
        import_chat(desk, read_export("chat.txt", CHAT), me="Sam", with_text=True)
    return set_up


def put_long_ago(home: Home) -> str:
    """Its day came ten days ago."""
    with opened(home) as desk:
        then = ago(desk, 40)
        until = then.clock().day + dt.timedelta(days=30)
        return put_chat_away(then, home.folder, WORD, taken="words", until=until).id


@contextmanager
def a_visit(home: Home, browser: Browser) -> Iterator[tuple[Page, Running]]:
    """A page on a server of a folder, both ended afterwards."""
    server = start_server(home)
    context = new_context(browser)
    page = context.new_page()
    try:
        enter(page, server)
        yield page, server
    finally:
        context.close()
        stop_server(server)


def herons(home: Home) -> int:
    """How often the words are in the decrypted pages of the file and its log; nobody may have it open."""
    return decrypted_pages(home.folder, unlock_folder(home.folder, PASSPHRASE)).count(b"heron")


def texts(home: Home) -> list[str | None]:
    with opened(home) as desk:
        return list(desk.store.texts())


def put_away(page: Page, server: Running, *, again: str = WORD, on: str | None = None) -> None:
    go(page, server, "/parcels")
    if on is not None:
        page.get_by_label("Until this day").fill(on)
    page.get_by_label("A passphrase for it").fill(WORD)
    page.get_by_label("The same once more").fill(again)
    page.get_by_role("button", name="Put it away").click()


def test_the_words_go_out_of_sight_and_out_of_the_file(own_today: Page, open_server: Running) -> None:
    """From More; counts stay; until its day the page offers nothing to open; after a restart it is still so."""
    own_today.get_by_role("link", name="More", exact=True).click()
    own_today.get_by_role("link", name="The chat, out of sight").click()
    put_away(own_today, open_server)
    headed(own_today, "It rests.")
    assert re.search(r"Put away until \d+ \w+ \d{4}\.", body_of(own_today))
    expect(own_today.get_by_label("Its own passphrase")).to_have_count(0)
    go(own_today, open_server, "/import")
    says(own_today, "counts and times only")
    says(own_today, "Bringing it again with its words")
    stop_server(open_server)
    assert (0, [None, None]) == (herons(open_server.home), texts(open_server.home))
    assert [2] == [each["messages"] for each in open_server.home.json("parcels", "list")]


def test_until_its_day_a_form_opens_nothing_either(own_today: Page, open_server: Running) -> None:
    """Sent by hand, with the right passphrase; nor does its file."""
    put_away(own_today, open_server)
    address = own_today.url
    told = own_today.evaluate(
        """async ([path, word]) => {
            const t = document.documentElement.dataset.token;
            const answer = await fetch(path, {method: "POST", body: new URLSearchParams({t, word, do: "text"})});
            return [answer.status, await answer.text()];
        }""",
        [address, WORD],
    )
    assert 409 == told[0]
    assert "It rests until" in told[1]
    assert "heron" not in told[1]
    own_today.goto(address)
    own_today.get_by_text("Give it away").click()
    with own_today.expect_download() as coming:
        own_today.get_by_role("link", name="Save the file").click()
    open_file(own_today, open_server, coming.value.path(), "Bring it back")
    says(own_today, "It rests until")


@pytest.mark.parametrize(("change", "refusal"), [
    ({"again": "under another stome"}, "The two passphrases are not the same."),
    ({"on": "2020-01-01"}, "It can rest until a day that is still to come"),
])  # fmt: skip
def test_what_is_refused_is_said_and_nothing_is_lost(
    own_today: Page, open_server: Running, change: dict[str, str], refusal: str
) -> None:
    """On the page itself; the words stay where they are."""
    put_away(own_today, open_server, **change)  # type: ignore[arg-type]
    says(own_today, refusal)
    stop_server(open_server)
    assert ["Is the heron there?", "The heron is."] == texts(open_server.home)


def open_file(page: Page, server: Running, file: Path, button: str, word: str = WORD) -> None:
    go(page, server, "/parcels")
    page.get_by_text("Open a file that was given away").click()
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_label("Its own passphrase").fill(word)
    page.get_by_role("button", name=button).click()


def test_given_away_and_opened_on_another_computer(
    set_up: Home, prepared: Home, browser: Browser, tmp_path: Path
) -> None:
    """Let go of only for the same file; the other Fallow says what is in it, and takes it in."""
    id = put_long_ago(set_up)
    away, other_file = tmp_path / "away", tmp_path / "other"
    other_file.write_bytes(b"PARCEL\n" + bytes(100))
    with a_visit(set_up, browser) as (page, server):
        go(page, server, f"/parcels/{id}")
        headed(page, "Its day has come.")
        page.get_by_text("Give it away").click()
        with page.expect_download() as coming:
            page.get_by_role("link", name="Save the file").click()
        assert "notes.parcel" == coming.value.suggested_filename
        coming.value.save_as(away)
        bring_the_saved(page, other_file)
        says(page, "This file is damaged or cut short.")
        bring_the_saved(page, away)
        says(page, "It was the same file")
        headed(page, "It was given away.")
    assert ["given"] == [each["is"] for each in set_up.json("parcels", "list")]
    assert b"heron" not in away.read_bytes()

    other = Home(tmp_path / "elsewhere", prepared.passphrase_file)
    assert 0 == other.run("init").returncode
    with a_visit(other, browser) as (page, server):
        open_file(page, server, away, "Say what is in it", "not this one at all")
        says(page, "It does not open with that passphrase.")
        open_file(page, server, away, "Say what is in it")
        says(page, "2 messages are in it.")
        open_file(page, server, away, "Bring it back")
        says(page, "Brought back; it is as it was.")
    assert ["Is the heron there?", "The heron is."] == texts(other)


def bring_the_saved(page: Page, file: Path) -> None:
    page.get_by_label("The file you saved").set_input_files(file)
    page.get_by_role("button", name="Let go of it here").click()


def test_from_its_day_on_it_is_looked_into_taken_out_and_brought_back(set_up: Home, browser: Browser) -> None:
    """With a wrong passphrase in between, which loses nothing."""
    id = put_long_ago(set_up)
    with a_visit(set_up, browser) as (page, server):
        go(page, server, f"/parcels/{id}")
        press(page, "Bring it back", PASSPHRASE)
        says(page, "It does not open with that passphrase.")
        press(page, "Say what is in it")
        says(page, "From 1 February 2026 to 1 February 2026.")
        with page.expect_download() as coming:
            press(page, "Take the words out")
        assert "2026-02-01 21:14 Sam: Is the heron there?" == coming.value.path().read_text().splitlines()[0]
        press(page, "Bring it back")
        says(page, "Brought back; it is as it was.")
        go(page, server, "/parcels")
        expect(page.locator("main a[href^='/parcels/']")).to_have_count(0)
    assert ["Is the heron there?", "The heron is."] == texts(set_up)


def press(page: Page, button: str, word: str = WORD) -> None:
    page.get_by_label("Its own passphrase").fill(word)
    page.get_by_role("button", name=button).click()


def test_it_is_removed_only_when_sure(own_today: Page, open_server: Running) -> None:
    """Then it is gone, unread."""
    put_away(own_today, open_server)
    id = own_today.url.rpartition("/")[2]
    own_today.get_by_text("Remove it for good").click()
    own_today.get_by_role("button", name="Remove it").click()
    says(own_today, "it was not said that it shall go")
    own_today.get_by_label("Yes, remove it.").check()
    own_today.get_by_role("button", name="Remove it").click()
    says(own_today, "Removed.")
    stop_server(open_server)
    with opened(open_server.home) as desk, pytest.raises(NoSuchParcel):
        find_parcel(desk, id)
