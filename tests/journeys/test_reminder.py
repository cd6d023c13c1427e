"""A reminder: none by default; where one was chosen, silent, neutral, at its time, and nothing goes out anywhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from conftest import Home, Running, start_server, stop_server
from fallow.settings import read_settings
from journeys.conftest import new_context
from journeys.walking import enter, go, headed, post, says

KEEP = """(may) => {
  const shown = [], real = Notification;
  window.shown = shown;
  window.Notification = class extends real {
    static get permission() { return may ? "granted" : real.permission; }
    constructor(title, options) {
      super(title, options);
      shown.push({title: this.title, body: this.body, silent: this.silent, at: new Date().toTimeString().slice(0, 5)});
    }
  };
}"""
"""
The browser's own notifications, each also written down as the browser has it.

Chromium's headless shell has nowhere to show any and says "denied" whatever was allowed, so what was allowed is said
in its place; a whole Chromium, named by FALLOW_CHROMIUM, says it by itself and shows them.
"""
BERLIN = dt.timezone(dt.timedelta(hours=1))
BEFORE = dt.datetime(2026, 3, 3, 19, 28, tzinfo=BERLIN)
"""Two minutes before it is time; less than a page is left alone before it looks whether it is locked."""


@contextmanager
def a_page(home: Home, browser: Browser, *, may: bool = True) -> Iterator[tuple[Page, Running, list[str]]]:
    """A page that may notify, on a clock of its own, and every address it asked for."""
    server = start_server(home)
    context = new_context(browser)
    asked: list[str] = []
    try:
        if may:
            context.grant_permissions(["notifications"], origin=server.origin)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.add_init_script(f"({KEEP})({str(may).lower()})")
        page.clock.install(time=BEFORE)
        enter(page, server)
        yield page, server, asked
    finally:
        context.close()
        stop_server(server)


def shown(page: Page) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = page.evaluate("window.shown")
    return told


def choose(page: Page, server: Running, at: str = "19:30") -> None:
    go(page, server, "/reminder")
    page.get_by_label("At this time of day").fill(at)
    page.get_by_role("button", name="Remind me at this time").click()


def test_none_by_default(set_up: Home, browser: Browser) -> None:
    """A browser that would show one is asked for none in two days, on any page."""
    with a_page(set_up, browser) as (page, server, _asked):
        go(page, server, "/reminder")
        headed(page, "No reminder.")
        for path in ("/", "/reminder", "/more"):
            go(page, server, path)
            assert page.locator("html").get_attribute("data-remind") is None
            page.clock.run_for("04:00")
            assert [] == shown(page)
    assert "" == read_settings(set_up.folder).remind_at


def test_once_chosen_it_comes_at_its_time_alone(set_up: Home, browser: Browser) -> None:
    """The name of the window and two words, without a sound; not before its time, once, and nothing leaves."""
    with a_page(set_up, browser) as (page, server, asked):
        choose(page, server)
        expect(page.locator("h1")).to_have_text("Every day at 19:30.")
        expect(page.get_by_text("This browser shows it")).to_be_visible()
        page.clock.run_for("01:30")
        assert [] == shown(page)
        page.clock.run_for("00:31")
        assert [{"title": "Notes", "body": "A reminder.", "silent": True, "at": "19:30"}] == shown(page)
        page.clock.run_for("02:00")
        assert 1 == len(shown(page))
        assert {server.origin} == {"/".join(url.split("/")[:3]) for url in asked}


def test_the_lock_page_reminds_as_well(set_up: Home, browser: Browser) -> None:
    """It knows the time and two words, and nothing else."""
    set_up.run("remind", "--at", "19:30")
    with a_page(set_up, browser) as (page, server, _asked):
        page.get_by_role("button", name="Lock").click()
        page.get_by_label("Passphrase", exact=True).wait_for()
        page.clock.fast_forward("02:00")
        assert ["A reminder."] == [each["body"] for each in shown(page)]
        assert server.process.poll() is None


def test_a_computer_that_slept_does_not_make_up_for_it(set_up: Home, browser: Browser) -> None:
    """Late is never; the next comes at its time."""
    set_up.run("remind", "--at", "19:30")
    with a_page(set_up, browser) as (page, server, _asked):
        go(page, server, "/help")
        page.clock.pause_at(BEFORE + dt.timedelta(seconds=119))
        page.clock.set_system_time(BEFORE + dt.timedelta(hours=3))
        page.clock.run_for(5_000)
        assert [] == shown(page)


def test_off_in_one_tap_and_after_a_restart_too(set_up: Home, browser: Browser) -> None:
    """What was chosen is there after a restart; off is off, at once."""
    with a_page(set_up, browser) as (page, server, _asked):
        choose(page, server, "06:05")
        expect(page.locator("h1")).to_have_text("Every day at 06:05.")
    with a_page(set_up, browser) as (page, server, _asked):
        go(page, server, "/settings")
        says(page, "Every day at 06:05")
        go(page, server, "/reminder")
        page.get_by_role("button", name="Off", exact=True).click()
        expect(page.locator("h1")).to_have_text("No reminder.")
        assert page.locator("html").get_attribute("data-remind") is None
    assert "" == read_settings(set_up.folder).remind_at


def test_where_it_is_not_allowed_nothing_comes_and_it_is_said(set_up: Home, browser: Browser) -> None:
    """The browser is asked at a tap alone; without leave the page says what else there is."""
    with a_page(set_up, browser, may=False) as (page, server, _asked):
        choose(page, server)
        expect(page.locator("h1")).to_have_text("Every day at 19:30.")
        assert page.evaluate("Notification.permission") in ("denied", "default")
        page.clock.run_for("02:01")
        assert [] == shown(page)
        expect(page.get_by_role("link", name="Take the calendar file")).to_be_visible()


def test_a_time_that_is_none_is_refused(set_up: Home, browser: Browser) -> None:
    """In calm words, and nothing is changed."""
    with a_page(set_up, browser) as (page, _server, _asked):
        for at in ("", "25:00", "19:60", "now"):
            assert 422 == post(page, "/reminder", at=at, do="keep")[0]
    assert "" == read_settings(set_up.folder).remind_at


def test_on_the_command_line(set_up: Home, tmp_path: Path) -> None:
    """Chosen, said for a scheduler, written as a calendar, off; without a passphrase."""
    assert {"at": None, "title": "Notes"} == set_up.json("remind")
    assert b"" == set_up.run("remind", "--say", passphrase=False).stdout
    assert "19:30" == set_up.json("remind", "--at", "19:30")["at"]
    assert b"Notes: A reminder.\n" == set_up.run("remind", "--say", passphrase=False).stdout
    file = tmp_path / "notes.ics"
    assert str(file) == set_up.json("remind", "--ics", str(file))["file"]
    event = Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
    assert ("Notes", ["DAILY"]) == (str(event["SUMMARY"]), event["RRULE"]["FREQ"])
    refused = set_up.run("remind", "--ics", str(file), "--json")
    assert (1, "FileNotWritten") == (refused.returncode, json.loads(refused.stdout)["error"]["kind"])
    refused = set_up.run("remind", "--at", "7 pm", "--json")
    assert (2, "SettingRefused") == (refused.returncode, json.loads(refused.stdout)["error"]["kind"])
    assert "19:30" == read_settings(set_up.folder).remind_at
    assert set_up.json("remind", "--off")["at"] is None


def test_beside_a_server_the_page_is_used(open_server: Running) -> None:
    """It holds the settings, and would write its own over a change made beside it."""
    refused = open_server.home.run("remind", "--at", "19:30", "--json")
    assert (2, "AlreadyServing") == (refused.returncode, json.loads(refused.stdout)["error"]["kind"])
    assert open_server.home.run("remind", "--say").returncode == 0


def test_where_nothing_is_set_up_nothing_is_made(home: Home) -> None:
    """Not even a folder."""
    assert 3 == home.run("remind", "--at", "19:30", "--json").returncode
    assert not home.folder.exists()
