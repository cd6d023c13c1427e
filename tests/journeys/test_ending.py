"""Closing, taking everything away, bringing it back, and removing it: on pages and on the command line."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from conftest import PASSPHRASE, PATIENCE, Home, Running, start_server, stop_server
from journeys.conftest import new_context, violations
from journeys.scan import places
from journeys.test_cli import refused
from journeys.walking import (
    body_of,
    enter,
    first_run,
    go,
    headed,
    heading,
    kinds,
    post,
    records,
    says,
    unlock,
    wait_kept,
    write_something,
)

WORDS = "quokka words for nobody"


@pytest.fixture(scope="module")
def template(prepared: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A quiet time was chosen, and a few things were kept; to be copied and never used itself."""
    made = Home(tmp_path_factory.mktemp("begun") / "data", prepared.passphrase_file)
    shutil.copytree(prepared.folder, made.folder)
    made.json("choose", "--quiet-time", "60")
    made.json("log", "looked", "--note", stdin=f"{WORDS}\n")
    made.json("letters", "--write", stdin=WORDS)
    return made


@pytest.fixture
def begun(template: Home, home: Home) -> Home:
    """The same in a folder of this test's own."""
    shutil.copytree(template.folder, home.folder)
    return home


@pytest.fixture
def server(begun: Home) -> Iterator[Running]:
    running = start_server(begun)
    yield running
    if running.process.poll() is None:
        stop_server(running)
    close(running)


@pytest.fixture
def at_the_end(page: Page, server: Running) -> Page:
    enter(page, server)
    page.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("link", name="Closing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An end, when it is time.")
    page.wait_for_load_state()  # with its style: boxes are measured here
    return page


@pytest.fixture
def empty(begun: Home, tmp_path: Path) -> Home:
    """Another computer: the same passphrase file, nothing set up."""
    return Home(tmp_path / "another", begun.passphrase_file)


def fill(page: Page, passphrase: str = PASSPHRASE, *, sure: bool = True) -> None:
    page.get_by_label("Passphrase, or the recovery code").fill(passphrase)
    if sure:
        page.get_by_label("Yes, all of it, for good.").check()
    page.locator("form").get_by_role("button", name="Remove everything").click()


def ended(running: Running) -> str:
    """What the server said on its way out, once it has ended by itself."""
    assert 0 == running.process.wait(PATIENCE)
    assert running.process.stdout is not None
    assert running.process.stderr is not None
    said = running.process.stdout.read().decode()
    close(running)
    return said


def close(running: Running) -> None:
    for pipe in (running.process.stdout, running.process.stderr):
        if pipe is not None:
            pipe.close()


# --- closing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "said"),
    [("We talk again", "You talk again."), ("I am done waiting", "You are done waiting."), ("Something else", "")],
)
def test_it_is_closed_in_either_way_and_opened_again(at_the_end: Page, server: Running, label: str, said: str) -> None:
    """Two taps and own words or none; Today says it; opened again, nothing is lost; both endings look alike."""
    page = at_the_end
    boxes = [page.get_by_label(name).locator("xpath=..") for name in ("We talk again", "I am done waiting")]
    assert 1 == len({(box.evaluate("e => e.className"), box.evaluate("e => e.offsetWidth")) for box in boxes})
    page.get_by_label(label).check()
    page.get_by_label("In your own words").fill("The garden\nis enough.")
    page.get_by_role("button", name="Close it").click()
    headed(page, "This is closed.")
    says(page, "The garden\nis enough.")
    says(page, said)
    assert [] == violations(page)
    go(page, server, "/")
    assert f"This is closed. {said}".strip() == heading(page)
    go(page, server, "/end")
    page.get_by_role("button", name="Open it again").click()
    says(page, "Open again. Nothing was lost.")
    assert ["plan_closed", "plan_reopened"] == kinds(server.home)[-2:]


def test_nothing_chosen_is_said_and_words_stay(at_the_end: Page, server: Running) -> None:
    """A form sent without an ending, as a browser of old would."""
    status, source = post(at_the_end, "/end", words="The garden is enough.")
    assert (422, True, True) == (status, "Nothing was chosen yet." in source, "The garden is enough." in source)
    assert "plan_closed" not in kinds(server.home)


def test_few_weeks_are_not_shown_as_a_trend(at_the_end: Page) -> None:
    """It is said how many there are, and that the tool expects to be left."""
    says(at_the_end, "Too little data to show: 1 of at least four weeks since the first entry.")
    says(at_the_end, "Fallow expects to be left.")
    assert re.search(r"Entries\s+2", body_of(at_the_end))
    assert re.search(r"Things you wrote\s+1", body_of(at_the_end))


def test_in_a_stop_there_is_no_talking_again(at_the_end: Page, server: Running) -> None:
    """Not offered, and refused when asked for; being done waiting is open."""
    server.home.json("stop", "--because", "asked")
    go(at_the_end, server, "/end")
    expect(at_the_end.get_by_label("We talk again")).to_have_count(0)
    assert 403 == post(at_the_end, "/end", ending="we_talk_again")[0]
    at_the_end.get_by_label("I am done waiting").check()
    at_the_end.get_by_role("button", name="Close it").click()
    says(at_the_end, "You are done waiting.")


# --- taking away and bringing back ------------------------------------------------------------------------------------


def test_a_copy_taken_on_the_page_comes_back_on_the_first_page(
    at_the_end: Page, server: Running, empty: Home, tmp_path: Path, browser: Browser
) -> None:
    """A neutral name, nothing readable in it; on another computer everything is there, unlocked as before."""
    with at_the_end.expect_download() as coming:
        at_the_end.get_by_role("button", name="Take a copy").click()
    assert re.fullmatch(r"notes-\d{4}-\d\d-\d\d\.zip", coming.value.suggested_filename)
    away = tmp_path / "away" / "notes.zip"
    coming.value.save_as(away)
    assert [] == places([away.parent], [WORDS, "quokka"])
    assert not (server.home.folder / "copy.db").exists()
    there = start_server(empty, passphrase=False)
    context = new_context(browser)
    try:
        page = context.new_page()
        page.goto(there.link)
        page.get_by_role("link", name="Bring back a copy you took away").click()
        page.locator("input[type=file]").set_input_files(away)
        page.get_by_label("Its passphrase, or its recovery code").fill("not this one at all")
        page.get_by_role("button", name="Bring it back").click()
        expect(page.get_by_role("alert")).to_contain_text("That passphrase did not open it.")
        assert not empty.json("where")["set_up"]
        page.locator("input[type=file]").set_input_files(away)
        page.get_by_label("Its passphrase, or its recovery code").fill(PASSPHRASE)
        page.get_by_role("button", name="Bring it back").click()
        says(page, "Everything is back.")
        page.get_by_role("button", name="Lock").click()
        there.next_link()
        page.get_by_label("Passphrase", exact=True).wait_for()
        page.reload()
        unlock(page)
        expect(page.locator("nav.main")).to_be_visible()
    finally:
        context.close()
        stop_server(there)
    assert records(server.home) == records(empty)


def test_damage_is_said_on_the_first_page_and_nothing_is_set_up(
    fresh_server: Running, page: Page, tmp_path: Path
) -> None:
    """As is a file that is no archive, and none."""
    enter(page, fresh_server)
    for data in (b"PK\x03\x04 something else", b"", b"x" * 5_000):
        go(page, fresh_server, "/start/back")
        page.locator("input[type=file]").set_input_files({"name": "a.zip", "mimeType": "", "buffer": data})
        page.get_by_label("Its passphrase, or its recovery code").fill(PASSPHRASE)
        page.get_by_role("button", name="Bring it back").click()
        expect(page.get_by_role("alert")).to_contain_text(
            "This file is damaged, cut short, or not an archive made here."
        )
    assert [] == violations(page)
    assert not fresh_server.home.json("where")["set_up"]


def test_somebody_without_the_link_brings_nothing(fresh_server: Running, page: Page) -> None:
    """Neither the page nor a file is for those who only know the address."""
    go(page, fresh_server, "/start/back")
    assert "start/back" not in page.url
    status = page.evaluate(
        """async () => {
            const body = new FormData();
            body.set("t", document.documentElement.dataset.token);
            body.set("file", new Blob(["x"]), "a.zip");
            return (await fetch("/start/back", {method: "POST", body})).status;
        }"""
    )
    assert 403 == status


def test_taken_away_and_brought_back_on_the_command_line(begun: Home, empty: Home, tmp_path: Path) -> None:
    """Private, read back once written, never over another file; on another computer everything is equal."""
    away = tmp_path / "away.zip"
    told = begun.json("archive", "-o", str(away))
    assert (away.stat().st_size, True) == (told["bytes"], told["checked"])
    assert 0o600 == stat.S_IMODE(away.stat().st_mode)
    assert (2, "FileIsThere") == refused(begun, "archive", "-o", str(away))
    assert (2, "FileNotOpened") == refused(begun, "archive", "-o", str(tmp_path / "nowhere" / "away.zip"))
    assert (2, "StoreExists") == refused(begun, "restore", str(away))
    assert (2, "FileNotOpened") == refused(empty, "restore", str(tmp_path / "nowhere.zip"))
    assert {"folder": str(empty.folder), "events": 2, "messages": 0} == empty.json("restore", str(away))
    assert begun.json("events") == empty.json("events")
    assert begun.json("letters") == empty.json("letters")
    assert empty.json("check")["ok"]


def test_a_damaged_archive_is_refused_with_nothing_touched(begun: Home, empty: Home, tmp_path: Path) -> None:
    """One bit; the end missing; another passphrase: no folder is made."""
    away = tmp_path / "away.zip"
    begun.json("archive", "-o", str(away))
    whole = away.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 4
    for data in (bytes(flipped), whole[:-1], b""):
        away.write_bytes(data)
        assert (2, "ArchiveDamaged") == refused(empty, "restore", str(away))
    away.write_bytes(whole)
    begun.passphrase_file.write_text("not this one at all\n")
    assert (3, "WrongPassphrase") == refused(empty, "restore", str(away))
    assert not empty.folder.exists()


# --- removing everything ----------------------------------------------------------------------------------------------


def test_everything_is_removed_and_the_server_ends(at_the_end: Page, server: Running, tmp_path: Path) -> None:
    """The box and the passphrase first; then nothing is left, the last page says so, and Back leads nowhere."""
    page, folder = at_the_end, server.home.folder
    key_file = (folder / "key.json").read_bytes()
    page.get_by_role("link", name="Remove everything").click()
    fill(page, sure=False)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was removed")
    fill(page, "not this one at all")
    expect(page.get_by_role("alert")).to_contain_text("That passphrase did not open it.")
    assert (folder / "key.json").read_bytes() == key_file
    assert server.home.json("check")["ok"]
    fill(page)
    headed(page, "It is gone.")
    says(page, "What this cannot reach")
    assert "Notes" == page.title()
    assert [] == violations(page)
    worker_and_starter = [*server.workers(), server.process.pid]
    assert '{"removed":true}' in ended(server)
    assert not folder.exists()
    assert [] == places([tmp_path], [WORDS, key_file.decode()[100:160]])
    for pid in worker_and_starter:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    with pytest.raises(Error, match="net::ERR_"):
        page.go_back()
    expect(page.locator("body")).not_to_contain_text(WORDS)
    assert [] == page.context.cookies()


def test_it_needs_no_script(browser: Browser, server: Running) -> None:
    """Closing, a copy and removing by plain forms."""
    context = new_context(browser, javascript=False)
    page = context.new_page()
    enter(page, server)
    go(page, server, "/end")
    page.get_by_label("I am done waiting").check()
    page.get_by_role("button", name="Close it").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Take a copy").click()
    assert coming.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("link", name="Remove everything").click()
    fill(page)
    headed(page, "It is gone.")
    ended(server)
    assert not server.home.folder.exists()
    context.close()


def test_after_it_a_new_beginning_is_possible(at_the_end: Page, server: Running) -> None:
    """In the same place, with nothing of before."""
    go(at_the_end, server, "/end/clear")
    fill(at_the_end)
    ended(server)
    assert (3, "NoStore") == refused(server.home, "events")
    server.home.json("init")
    assert [] == server.home.json("events")


def test_removing_on_the_command_line(begun: Home) -> None:
    """A program says --sure; without it, or with another passphrase, nothing goes."""
    assert (2, "NotSure") == refused(begun, "end", "--shred")
    begun.passphrase_file.write_text("not this one at all\n")
    assert (3, "WrongPassphrase") == refused(begun, "end", "--shred", "--sure")
    begun.passphrase_file.write_text(PASSPHRASE + "\n")
    (begun.folder / "holiday.jpg").write_bytes(b"jpg")
    assert 3 == begun.json("check")["events"] + 1
    told = begun.json("end", "--shred", "--sure")
    assert {"removed": True, "folder": str(begun.folder), "left": ["holiday.jpg"]} == told
    assert ["holiday.jpg"] == [path.name for path in begun.folder.iterdir()]
    assert (3, "NoStore") == refused(begun, "end", "--shred", "--sure")


@pytest.mark.parametrize(("answered", "stays"), [("n\n", True), ("y\n", False)])
def test_on_a_terminal_it_is_asked_once_more(begun: Home, answered: str, stays: bool) -> None:
    """No leaves everything as it is."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fallow", "end", "--shred"]
    running = subprocess.Popen(command, env=begun.environment(), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, answered.encode())
    running.wait(PATIENCE)
    os.close(ours)
    assert stays == (begun.folder / "notes.db").exists() == begun.folder.exists()


def test_a_running_server_is_ended_by_it(server: Running, page: Page) -> None:
    """Unlocked, with a page that is being written on: it ends, and makes nothing new in the folder."""
    enter(page, server)
    write_something(page, WORDS)
    wait_kept(page)
    server.home.json("end", "--shred", "--sure")
    server.process.wait(PATIENCE)
    page.locator("textarea").press_sequentially(" more")
    time.sleep(0.5)
    assert not server.home.folder.exists()


def test_a_server_that_sleeps_is_ended_too(server: Running) -> None:
    """Put to sleep with Ctrl-Z, it is woken to end."""
    os.kill(server.process.pid, signal.SIGSTOP)
    server.home.json("end", "--shred", "--sure")
    server.process.wait(PATIENCE)
    assert not server.home.folder.exists()


def test_one_that_was_cut_off_can_be_ended(begun: Home) -> None:
    """Its key is gone: said at the door in its own words, and done again it takes no passphrase."""
    key_file = begun.folder / "key.json"
    key_file.write_bytes(bytes(key_file.stat().st_size))
    assert (1, "KeyFileDamaged") == refused(begun, "events")
    begun.json("end", "--shred", "--sure")
    assert not begun.folder.exists()


# --- the rest of the command ------------------------------------------------------------------------------------------


def test_the_end_on_the_command_line(begun: Home) -> None:
    """How it stands, closed with words that are asked for, opened again; each survives the next start."""
    told = begun.json("end")
    assert (None, ["we_talk_again", "done_waiting", "other"]) == (told["closed_on"], told["endings"])
    assert {"entries": 2, "written": 1, "chats": 0, "messages": 0} == told["kept"]
    assert (1, False) == (len(told["use"]["weeks"]), told["use"]["enough"])
    (closed,) = begun.json("end", "--ending", "we-talk-again", "--words", stdin=f"{WORDS}\n")
    assert ("plan_closed", "we_talk_again", WORDS) == (closed["kind"], closed["ending"], closed["words"])
    told = begun.json("end")
    assert ("we_talk_again", [], True) == (told["ending"], told["endings"], told["closed_on"] is not None)
    assert WORDS not in json.dumps(told)
    assert "we_talk_again" == begun.json("today")["ending"]
    assert (2, "NotInThisPhase") == refused(begun, "end", "--ending", "other")
    shown = begun.run("end")
    assert (0, True) == (shown.returncode, "You talk again." in shown.stderr.decode())
    assert ["plan_reopened"] == [each["kind"] for each in begun.json("end", "--reopen")]
    assert (2, "NotInThisPhase") == refused(begun, "end", "--reopen")


@pytest.mark.parametrize(
    "arguments",
    [("--reopen", "--shred"), ("--sure",), ("--words",), ("--ending", "other", "--reopen"), ("--reopen", "--sure")],
)
def test_one_thing_at_a_time(begun: Home, arguments: tuple[str, ...]) -> None:
    """Nothing is done where two were asked."""
    assert (2, "NotUnderstood") == refused(begun, "end", *arguments)
    assert begun.json("check")["ok"]


def test_the_first_run_is_as_it_was(fresh_server: Running, page: Page) -> None:
    """The way to bring back a copy is beside it, and is left at will."""
    enter(page, fresh_server)
    page.get_by_role("link", name="Bring back a copy you took away").click()
    page.get_by_role("link", name="Begin anew instead").click()
    first_run(page)
    headed(page, "A quiet day so far.")
    go(page, fresh_server, "/start/back")
    expect(page).to_have_url(fresh_server.origin + "/")
