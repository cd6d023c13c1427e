"""The report of both sides: saved from the page, read without a network, printed, and without names where asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PASSPHRASE, Home, Running
from fallow.plan import HardStopSet
from fallow.wiring import open_desk
from journeys.chats import LONG_CHAT
from journeys.conftest import violations
from journeys.earlier import did
from journeys.test_cli import refused
from journeys.test_picture import TINY, keep
from journeys.walking import go, headed, in_scheme, kinds, open_picture

SAM = re.compile(r"\bSam\b")
ALEX = re.compile(r"\bAlex\b")
A4 = {"width": 794, "height": 1123}


def save(page: Page, *, hidden: bool) -> str:
    """Press the button on the picture and read what was saved."""
    page.get_by_label("Leave out both names").set_checked(hidden)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the report").click()
    assert re.fullmatch(r"notes-\d{4}-\d\d-\d\d\.html", saved.value.suggested_filename)
    return Path(saved.value.path()).read_text("utf-8")


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, Path]]:
    """A browser that opens a file from its own folder, and fails when that asks for anything else."""
    context = browser.new_context(viewport=A4)  # type: ignore[arg-type]
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("request", lambda request: None if request.url.startswith("file:") else troubles.append(request.url))
    yield page, tmp_path / "report.html"
    context.close()
    assert [] == troubles


def test_it_is_saved_from_the_page_without_names_unless_wanted(own_today: Page, open_server: Running) -> None:
    """The box stands ticked; then neither name is anywhere in the file, and never a word of a message."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    expect(own_today.get_by_label("Leave out both names")).to_be_checked()
    hidden, named = save(own_today, hidden=True), save(own_today, hidden=False)
    assert (None, None) == (SAM.search(hidden), ALEX.search(hidden))
    assert "“You” is Sam. “They” is Alex." in named
    assert "Names are left out." in hidden
    for saved in (hidden, named):
        assert "240 messages, 1 March 2026 to 3 April 2026." in saved
        assert "word 3 at 8" not in saved
    assert ["page_opened"] == kinds(open_server.home)


def test_it_is_the_same_opening_as_the_picture(own_today: Page, open_server: Running) -> None:
    """Where the picture is not open, or there is none, its address leads there; nothing is recorded by asking."""
    go(own_today, open_server, "/picture/file")
    headed(own_today, "What a record could show of both sides")
    keep(open_server.home, LONG_CHAT)
    go(own_today, open_server, "/picture/file?hide=1")
    assert "/picture" == own_today.url.removeprefix(open_server.origin)
    expect(own_today.get_by_role("button", name="Open it")).to_have_count(1)
    assert [] == kinds(open_server.home)


def test_in_a_clear_stop_it_stays_and_leads_nowhere(own_today: Page, open_server: Running) -> None:
    """It is about what was; there is no link in it to follow."""
    keep(open_server.home, LONG_CHAT)
    desk = open_desk(open_server.home.folder, PASSPHRASE)
    did(desk, 0.1, HardStopSet("asked"))
    desk.store.close()
    open_picture(own_today, open_server)
    assert not re.search(r"<(a|form|button)\b", save(own_today, hidden=True))


def test_it_reads_and_prints_black_on_white(own_today: Page, open_server: Running, reader: tuple[Page, Path]) -> None:
    """Axe finds nothing; on paper every chart is whole, in greys, within the page, and no text is coloured."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    page, path = reader
    path.write_text(save(own_today, hidden=True), "utf-8")
    page.goto(path.as_uri())
    in_scheme(page, "dark")
    assert [] == violations(page)
    page.emulate_media(media="print")
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    colours = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('body *')].flatMap(each => "
        "[getComputedStyle(each).color, getComputedStyle(each).fill, getComputedStyle(each).stroke]))]"
    )
    channels = [re.findall(r"[\d.]+", colour)[:3] for colour in colours if colour != "none"]
    assert [] == [each for each in channels if len(set(each)) > 1]
    assert "rgb(255, 255, 255)" == page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    for chart in page.locator("svg").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= A4["width"]
        assert box["width"] > 300
    assert len(page.pdf(format="A4")) > 10_000
    assert len(page.pdf(format="Letter")) > 10_000


def test_a_tiny_record_has_a_report_that_says_so(own_today: Page, open_server: Running) -> None:
    """Too little data is said, and no chart is made up."""
    keep(open_server.home, TINY)
    open_picture(own_today, open_server)
    saved = save(own_today, hidden=True)
    assert "Too little data to say" in saved


def written(home: Home, chat: bytes) -> str:
    path = home.folder.parent / "chat.txt"
    path.write_bytes(chat)
    return str(path)


def test_analyse_writes_it_from_files_and_keeps_nothing(home: Home, tmp_path: Path) -> None:
    """On standard output, or into a new file that its owner alone can read; the same numbers as the JSON."""
    chat, out = written(home, LONG_CHAT), tmp_path / "report.html"
    done = home.run("analyse", chat, "--me", "Sam", "--html")
    shown = done.stdout.decode()
    assert (0, True, True) == (done.returncode, shown.startswith("<!doctype html>"), "“You” is Sam." in shown)
    assert {"file": str(out), "bytes": len(done.stdout), "names": True} == home.json(
        "analyse", chat, "--me", "Sam", "--html", "-o", str(out)
    )
    assert 0o600 == out.stat().st_mode & 0o777
    assert shown == out.read_text("utf-8")
    assert f"{home.json('analyse', chat, '--me', 'Sam')['messages']} messages" in shown
    hidden = home.run("analyse", chat, "--me", "Sam", "--html", "--hide-names").stdout.decode()
    assert (None, None) == (SAM.search(hidden), ALEX.search(hidden))
    assert not home.folder.exists()


def test_two_sides_writes_it_from_what_is_kept(set_up: Home, tmp_path: Path) -> None:
    """The same report as the page saves; a file that is there is left as it is."""
    keep(set_up, LONG_CHAT)
    out = tmp_path / "report.html"
    done = set_up.run("two-sides", "--html", "-o", str(out), "--hide-names")
    assert (0, b"") == (done.returncode, done.stdout)
    assert "No name is in it." in done.stderr.decode()
    hidden = out.read_text("utf-8")
    assert (None, None) == (SAM.search(hidden), ALEX.search(hidden))
    assert "“You” is Sam. “They” is Alex." in set_up.run("two-sides", "--html").stdout.decode()
    assert (2, "FileIsThere") == refused(set_up, "two-sides", "--html", "-o", str(out))
    assert hidden == out.read_text("utf-8")


@pytest.mark.parametrize("arguments", [("-o", "x.html"), ("--hide-names",), ("--html",)])
def test_what_does_not_fit_together_is_said(set_up: Home, arguments: tuple[str, ...]) -> None:
    """A file or hidden names belong to the report; two answers do not go on one stream."""
    keep(set_up, LONG_CHAT)
    done = set_up.run("two-sides", *arguments, "--json")
    assert (2, "NotUnderstood") == (done.returncode, json.loads(done.stdout)["error"]["kind"])


def test_too_little_is_refused_with_a_next_step(set_up: Home, tmp_path: Path) -> None:
    """Nothing brought yet: no file is written."""
    out = tmp_path / "report.html"
    status, kind = refused(set_up, "two-sides", "--html", "-o", str(out))
    assert (2, "NotEnoughData") == (status, kind)
    assert not out.exists()
    assert (2, "FileNotOpened") == refused(
        set_up, "analyse", written(set_up, LONG_CHAT), "--me", "Sam", "--html", "-o", str(tmp_path / "no" / "x.html")
    )
