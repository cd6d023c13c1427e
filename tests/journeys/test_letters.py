"""Letters and what is better now, on pages and on the command line: kept, put away, burned, and never sent."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PASSPHRASE, PATIENCE, Home, Running, start_server, stop_server
from fallow.store import unlock as unlock_folder
from fallow.store.sqlite import open_sqlite
from journeys.conftest import Shared, new_context
from journeys.test_cli import refused
from journeys.walking import body_of, enter, go, headed, kill_worker, kinds, post, says, unlock, wait_kept
from store.pages import decrypted_pages

WORDS = "the heron stood in the rain all morning"
BURNED = "Burned, and looked for: it is not in the file any more."


def begin(page: Page, server: Running | Shared, words: str = WORDS) -> str:
    """A letter with some words, kept; its address."""
    go(page, server, "/letters")
    page.get_by_role("button", name="Begin a letter").click()
    page.locator("textarea").press_sequentially(words)
    wait_kept(page)
    return page.url


def places(home: Home) -> int:
    """How often the words are in the decrypted pages of the file and its log; nobody may have it open."""
    return decrypted_pages(home.folder, unlock_folder(home.folder, PASSPHRASE)).count(b"heron")


def test_a_letter_is_kept_put_away_and_burned_unread(today: Page, shared: Shared) -> None:
    """From More and back; while it rests, no word of it is in any page; nothing of it is in the history."""
    before = kinds(shared.home)
    today.get_by_role("link", name="More", exact=True).click()
    today.get_by_role("link", name="Letters that stay here").click()
    headed(today, "Letters that stay here.")
    address = begin(today, shared)
    today.get_by_label("Put it away for").select_option(index=1)
    today.get_by_role("button", name="Put it away").click()
    assert re.search(r"rests until \d+ \w+ \d{4}", body_of(today))
    for path in ("/letters", address.removeprefix(shared.origin), "/", "/history"):
        go(today, shared, path)
        assert WORDS not in today.content()
    today.goto(address)
    headed(today, "It rests.")
    today.get_by_role("button", name="Burn it unread").click()
    headed(today, "Burn it for good?")
    today.get_by_role("button", name="Keep it").click()
    today.goto(address)
    today.get_by_role("button", name="Burn it unread").click()
    today.get_by_role("button", name="Burn it").click()
    says(today, BURNED)
    today.goto(address)
    headed(today, "There is no such entry.")
    assert before == kinds(shared.home)


def test_an_empty_letter_is_burned_without_a_question(today: Page, shared: Shared) -> None:
    """There is nothing in it to ask about."""
    go(today, shared, "/letters")
    today.get_by_role("button", name="Begin a letter").click()
    today.get_by_role("button", name="Burn it").click()
    says(today, BURNED)


def test_a_day_that_has_passed_is_refused_and_no_word_is_lost(today: Page, shared: Shared) -> None:
    """In two calm sentences, on the page that is written on."""
    begin(today, shared)
    today.get_by_text("Another day", exact=True).click()
    today.get_by_label("Until this day instead").fill("2020-01-01")
    today.get_by_role("button", name="Put it away").click()
    expect(today.get_by_role("alert")).to_contain_text("until a day that is still to come")
    expect(today.locator("textarea")).to_have_value(WORDS)
    today.get_by_text("Another day", exact=True).click()
    today.get_by_label("Until this day instead").fill((dt.date.today() + dt.timedelta(days=2)).isoformat())
    today.get_by_role("button", name="Put it away").click()
    says(today, "Put away. Nothing was sent.")


def test_words_of_a_letter_survive_reloads_and_a_killed_worker(own_today: Page, open_server: Running) -> None:
    """As those of a draft: reloaded while typing, killed while typing, carried through unlocking."""
    address = begin(own_today, open_server, "dear")
    whole = "dear"
    for word in (" you,", " it", " rained"):
        own_today.locator("textarea").press("End")
        own_today.locator("textarea").press_sequentially(word)
        whole += word
        own_today.reload()
        expect(own_today.locator("textarea")).to_have_value(whole)
    kill_worker(open_server)
    own_today.locator("textarea").press("End")
    own_today.locator("textarea").press_sequentially(" all day")
    expect(own_today.locator("[data-kept]")).to_contain_text("Not kept just now.")
    own_today.get_by_role("button", name="Keep it open and go back").click()
    unlock(own_today)
    own_today.wait_for_url(address)
    assert whole + " all day" == own_today.locator("textarea").input_value()


def test_what_was_burned_on_a_page_is_in_no_page_of_the_file(page: Page, set_up: Home) -> None:
    """0 places once it is locked, typed and kept letter by letter as it was; before, there were some."""
    server = start_server(set_up)
    try:
        enter(page, server)
        address = begin(page, server)
        page.get_by_role("button", name="Keep it open and go back").click()
        page.goto(address)
        page.get_by_role("button", name="Burn it").click()
        page.get_by_role("button", name="Burn it").click()
        says(page, BURNED)
        page.get_by_role("button", name="Lock").click()
        server.next_link()
    finally:
        stop_server(server)
    assert 0 == places(set_up)


def test_what_was_only_put_away_would_be_found(set_up: Home) -> None:
    """The control of the search."""
    until = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    set_up.json("letters", "--write", "--until", until, stdin=WORDS)
    assert places(set_up) > 0


def test_a_clear_stop_closes_letters_but_for_burning(own_today: Page, open_server: Running) -> None:
    """No word, no field and no day; each can still be burned, and what is better now stays open."""
    address = begin(own_today, open_server)
    go(own_today, open_server, "/settings")
    own_today.get_by_text("A clear stop", exact=True).click()
    own_today.get_by_role("button", name="Set the stop").click()
    go(own_today, open_server, "/letters")
    expect(own_today.get_by_role("button", name="Begin a letter")).to_have_count(0)
    says(own_today, "Writing rests at the moment.")
    path = address.removeprefix(open_server.origin)
    tried = [("/letters", {}), *((path, {"do": do, "text": "more"}) for do in ("keep", "rest", "write_on"))]
    for place, fields in tried:
        status, source = post(own_today, place, **fields)
        assert (403, False, False) == (status, WORDS in source, "<textarea" in source)
    own_today.goto(address)
    assert WORDS not in own_today.content()
    go(own_today, open_server, "/better")
    expect(own_today.get_by_role("button", name="Begin")).to_have_count(1)
    go(own_today, open_server, "/letters")
    own_today.get_by_role("button", name="Burn the one begun").click()
    own_today.get_by_role("button", name="Burn it").click()
    says(own_today, BURNED)


def test_everything_of_it_works_without_scripts(browser: Browser, open_server: Running) -> None:
    """Plain forms: a letter kept, put away and burned; a sitting written and ended."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    enter(page, open_server)
    go(page, open_server, "/letters")
    page.get_by_role("button", name="Begin a letter").click()
    address = page.url
    page.locator("textarea").fill("  two blanks first")
    page.get_by_role("button", name="Keep it open and go back").click()
    page.goto(address)
    expect(page.locator("textarea")).to_have_value("  two blanks first")
    page.get_by_role("button", name="Put it away").click()
    page.get_by_role("link", name="Begun").click()
    page.get_by_role("button", name="Burn it unread").click()
    page.get_by_role("button", name="Burn it").click()
    says(page, BURNED)
    go(page, open_server, "/better")
    page.get_by_role("button", name="Begin").click()
    page.locator("textarea").fill(WORDS)
    page.get_by_role("button", name="That is enough for today").click()
    says(page, "Put away. That is enough for today.")
    says(page, "1 day of three is written. The next one is open tomorrow.")
    context.close()


def test_a_sitting_says_until_when_and_is_read_again(today: Page, shared: Shared) -> None:
    """Kept while it is typed; ended, it can be read and burned, and there is no second one that day."""
    today.get_by_role("link", name="More", exact=True).click()
    today.get_by_role("link", name="What is better now").click()
    today.get_by_role("button", name="Begin").click()
    address = today.url
    today.locator("textarea").press_sequentially(WORDS)
    wait_kept(today)
    assert re.search(r"Until \d\d:\d\d, or less\.", body_of(today))
    go(today, shared, "/better")
    today.get_by_role("link", name="Go on writing").click()
    expect(today.locator("textarea")).to_have_value(WORDS)
    today.get_by_role("button", name="That is enough for today").click()
    expect(today.get_by_role("button", name="Begin")).to_have_count(0)
    today.goto(address)
    says(today, WORDS)
    expect(today.locator("textarea")).to_have_count(0)
    status, source = post(today, address.removeprefix(shared.origin), text="too late", do="keep")
    assert (409, True) == (status, "too late" in source)
    today.get_by_role("button", name="Burn it").click()
    today.get_by_role("button", name="Burn it").click()
    says(today, BURNED)
    assert "today&#39;s was written" in post(today, "/better")[1]


def test_words_that_came_too_late_through_the_lock_are_given_back(own_today: Page, open_server: Running) -> None:
    """The time was over when it was unlocked: they are not kept, and they are on the page."""
    go(own_today, open_server, "/better")
    own_today.get_by_role("button", name="Begin").click()
    path = own_today.url.removeprefix(open_server.origin)
    own_today.get_by_role("button", name="That is enough for today").click()
    own_today.goto(open_server.origin + "/unlock")
    fields = {"passphrase": PASSPHRASE, "carry": '{"text":["ten lines more"]}', "carry_to": path}
    status, source = post(own_today, "/unlock", **fields)
    assert (409, True) == (status, "ten lines more" in source)


# --- on the command line ----------------------------------------------------------------------------------------------


def test_letters_on_the_command_line(set_up: Home) -> None:
    """Written by standard input, listed without words, added to, put away, and burned; each survives the next start."""
    id = set_up.json("letters", "--write", stdin="dear you\n")["letter"]
    assert [(id, "writing", None)] == [(x["id"], x["is"], x["rests_until"]) for x in set_up.json("letters")]
    set_up.json("letters", id, "--write", stdin=WORDS)
    assert f"dear you\n\n{WORDS}" == set_up.json("letters", id)["text"]
    until = dt.date.today() + dt.timedelta(days=30)
    told = set_up.json("letters", id, "--until", until.isoformat())
    assert f"{until}T10:00:00" == told["rests_until"][:19]
    assert None is set_up.json("letters", id)["text"]
    shown = set_up.run("letters")
    assert (0, b"", False) == (shown.returncode, shown.stdout, WORDS in shown.stderr.decode())
    assert (2, "StillSealed") == refused(set_up, "letters", id, "--write", stdin="more")
    told = set_up.json("letters", id, "--burn")
    assert {"burned": id, "complete": True, "row_gone": True, "overwritten": True, "log_empty": True} == told
    assert [] == set_up.json("letters")
    assert 0 == places(set_up)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [(("--burn",), "NotUnderstood"), (("--until", "2099-01-01"), "NotUnderstood"), (("nowhere",), "NoSuchEntry"),
     (("--write", "--until", "soon"), "NotUnderstood"), (("--write", "--until", "2020-01-01"), "DayNotToCome"),
     (("--write", "--until", "9999-12-31"), "DayNotToCome"), (("nowhere", "--burn"), "NoSuchEntry")],
)  # fmt: skip
def test_what_cannot_be_done_with_letters_is_said(arguments: tuple[str, ...], kind: str, set_up: Home) -> None:
    """With status 2; and nothing was begun."""
    assert (2, kind) == refused(set_up, "letters", *arguments, stdin=WORDS)
    assert [] == set_up.json("letters")


def test_in_a_stop_the_command_line_only_burns(set_up: Home) -> None:
    """Each other way ends with status 2 and the reason."""
    id = set_up.json("letters", "--write", stdin=WORDS)["letter"]
    set_up.json("stop", "--because", "asked")
    until = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    for arguments in (("--write",), (id,), (id, "--write"), (id, "--until", until)):
        assert (2, "HardStopHolds") == refused(set_up, "letters", *arguments, stdin="x")
    assert [id] == [each["id"] for each in set_up.json("letters")]
    assert set_up.json("letters", id, "--burn")["complete"]


def test_on_a_terminal_one_quiet_question_comes_before_burning(set_up: Home) -> None:
    """No: it stays. Yes: it is gone."""
    id = set_up.json("letters", "--write", stdin=WORDS)["letter"]
    for answered, left in (("n\n", [id]), ("y\n", [])):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "fallow", "letters", id, "--burn"]
        running = subprocess.Popen(command, env=set_up.environment(), stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        os.write(ours, answered.encode())
        running.wait(PATIENCE)
        os.close(ours)
        assert left == [each["id"] for each in set_up.json("letters")]


def test_what_is_better_now_on_the_command_line(set_up: Home) -> None:
    """One sitting a day; read again, burned, and the day stays used."""
    assert {"days_begun": 0, "may_begin": True} == {k: set_up.json("better")[k] for k in ("days_begun", "may_begin")}
    told = set_up.json("better", "--write", stdin=f"{WORDS}\nand soup\n")
    assert 0 == told["lines_not_kept"]
    assert f"{WORDS}\nand soup\n" == set_up.json("better", told["id"])["text"]
    assert (2, "NextSittingTomorrow") == refused(set_up, "better", "--write", stdin="more")
    shown = set_up.run("better")
    assert WORDS not in shown.stderr.decode() + shown.stdout.decode()
    assert set_up.json("better", told["id"], "--burn")["complete"]
    assert (1, False, []) == tuple(set_up.json("better")[k] for k in ("days_begun", "may_begin", "sittings"))
    assert (2, "NotUnderstood") == refused(set_up, "better", "--burn")


def test_what_is_better_now_stays_in_a_stop(set_up: Home) -> None:
    """It is about oneself."""
    set_up.json("stop", "--because", "order")
    assert 0 == set_up.json("better", "--write", stdin=WORDS)["lines_not_kept"]


def test_late_lines_are_counted_and_said(set_up: Home) -> None:
    """The time is over while somebody types: what came before is kept, and how much was not is told."""
    key = unlock_folder(set_up.folder, PASSPHRASE)
    process = subprocess.Popen(
        [sys.executable, "-m", "fallow", "better", "--write", "--json"],
        env=set_up.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write("in time\n")
    process.stdin.flush()
    store = open_sqlite(set_up.folder, key)
    while not any(draft.text == "in time\n" for draft in store.drafts()):
        assert process.poll() is None
    with store.transaction():
        (sitting,) = store.drafts()
        id = sitting.id
        store.put_draft(type(sitting)(id, sitting.started_at - 3_600_000_000, sitting.saved_at, sitting.text,
                                      sealed=False, opens_at=None, kind="better"))  # fmt: skip
    store.close()
    out, words = process.communicate("too late\n", timeout=60)
    assert {"id": id, "lines_not_kept": 1} == json.loads(out)
    assert "The time was over, so the last lines (1) were not kept." in words
    assert "in time\n" == set_up.json("better", id)["text"]
