"""What goes wrong for a tired person: two answers at once, Enter by habit, the wrong chat, a tap too many."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from conftest import PASSPHRASE, Home, Running
from fallow.app import record
from fallow.plan import Ask, QuietTimeChosen
from fallow.wiring import open_desk
from journeys.walking import body_of, enter, go, headed, kinds, post, says

FIRST = "13/01/2024, 09:15 - Ana: hello\n13/01/2024, 09:17 - Ben: hi\n14/01/2024, 09:15 - Ana: well\n"
OTHER = FIRST.replace("Ana", "Carla")


def chat(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_help_comes_first_whatever_else_holds(page: Page, open_server: Running) -> None:
    """A clear stop and no wish to live, both said on the first night: the lines are there, above the stop."""
    enter(page, open_server)
    answered = page.evaluate(
        """async () => {
            const t = document.documentElement.dataset.token;
            const fields = [["t", t], ["answer", "screen.asked"], ["answer", "screen.not_live"],
                            ["keep", "asked"], ["keep", "wish_to_die"], ["do", "keep"]];
            return (await fetch("/start/1", {method: "POST", body: new URLSearchParams(fields)})).status;
        }"""
    )
    assert 200 == answered
    go(page, open_server, "/")
    headed(page, "Help comes first.")
    words = body_of(page)
    assert words.index("If a life is in danger") < words.index("A clear stop holds.")
    told = open_server.home.run("today").stderr.decode()
    assert told.startswith("Help comes first.")


def test_help_never_promises_people_it_does_not_show(page: Page, home: Home, open_server: Running) -> None:
    """Where no country is known, the directory with its address stands in place of numbers."""
    enter(page, open_server)
    open_server.home.run("choose", "--zone", "Etc/UTC")
    assert 200 == post(page, "/start/1", answer="screen.not_live", keep="wish_to_die", do="keep")[0]
    go(page, open_server, "/")
    assert "Here are people who answer now" not in body_of(page)
    says(page, "findahelpline.com")


def test_enter_in_a_field_chooses_nothing(page: Page, open_server: Running) -> None:
    """On the log page it says so and keeps the note; on the urge page it only notes."""
    enter(page, open_server)
    go(page, open_server, "/log")
    page.get_by_text("Add a word or another time first").click()
    page.get_by_label("A note for yourself").fill("at the corner")
    page.get_by_label("When, if not now").press("Enter")
    says(page, "Nothing was chosen yet.")
    expect(page.get_by_label("A note for yourself")).to_have_value("at the corner")
    go(page, open_server, "/now")
    page.get_by_text("How strong it is").click()
    page.get_by_label("What set it off, in your own words").fill("a song")
    page.get_by_label("What set it off, in your own words").press("Enter")
    page.wait_for_url(re.compile(r"/$"))
    assert ["urge"] == kinds(open_server.home)


def test_a_stop_that_stays_is_asked_twice(page: Page, open_server: Running) -> None:
    """One tap too many must not set for good what was not meant."""
    enter(page, open_server)
    assert 409 == post(page, "/settings/stop", because="order")[0]
    assert [] == kinds(open_server.home)
    assert 200 == post(page, "/settings/stop", because="order", sure="1")[0]
    assert ["hard_stop_set"] == kinds(open_server.home)


def test_another_person_or_the_wrong_side_is_not_mixed_in(set_up: Home, tmp_path: Path) -> None:
    """One store is one dyad; the same person under another name can be said to be the same."""
    first, other = chat(tmp_path, "first.txt", FIRST), chat(tmp_path, "other.txt", OTHER)
    assert 0 == set_up.run("import", first, "--me", "Ben").returncode
    assert 2 == set_up.run("import", first, "--me", "Ana").returncode
    assert 2 == set_up.run("import", other, "--me", "Ben").returncode
    assert 3 == set_up.json("two-sides")["messages"]
    assert 0 == set_up.run("import", other, "--me", "Ben", "--same-person").returncode


def test_files_of_two_people_are_refused_together(set_up: Home, tmp_path: Path) -> None:
    """Nothing of either is kept, and no analysis mixes them, unless they are said to be one person."""
    files = chat(tmp_path, "first.txt", FIRST), chat(tmp_path, "other.txt", OTHER)
    assert 2 == set_up.run("import", *files, "--me", "Ben").returncode
    assert [] == set_up.json("imports")["imports"]
    assert 2 == set_up.run("analyse", *files, "--me", "Ben").returncode
    assert 3 == set_up.json("analyse", *files, "--me", "Ben", "--same-person")["messages"]


def test_a_chat_can_be_taken_out_again(page: Page, home: Home, open_server: Running, tmp_path: Path) -> None:
    """With its words and messages, from the page and from a terminal; then the other side can be chosen."""
    brought = chat(tmp_path, "first.txt", FIRST)
    assert 0 == open_server.home.run("import", brought, "--me", "Ana").returncode
    enter(page, open_server)
    go(page, open_server, "/import")
    page.get_by_role("button", name="Remove it").click()
    says(page, "3 messages are gone.")
    assert 0 == open_server.home.run("import", brought, "--me", "Ben").returncode
    listed = open_server.home.json("imports")["imports"]
    assert [["Ben", "Ana"]] == [each["names"] for each in listed]
    assert 3 == open_server.home.json("imports", "--remove", listed[0]["id"])["removed_messages"]
    assert 2 == open_server.home.run("imports", "--remove", "nobody").returncode


def test_a_long_letter_in_any_script_is_kept(page: Page, open_server: Running) -> None:
    """What a page may send while it goes is limited in bytes, not in letters."""
    letter = "我想知道你好不好" * 1_000
    enter(page, open_server)
    go(page, open_server, "/now")
    page.get_by_role("button", name="Write it").click()
    page.locator("textarea").fill(letter)
    page.get_by_text("Kept on this computer.").wait_for()
    page.reload()
    expect(page.locator("textarea")).to_have_value(letter)


def test_letting_go_is_no_dead_end(page: Page, open_server: Running) -> None:
    """At a review one can be done waiting; what was closed can be opened again, and the days are still there."""
    desk = open_desk(open_server.home.folder, PASSPHRASE)
    record(desk, Ask(QuietTimeChosen(days=60, start=desk.clock().day - dt.timedelta(days=40))))
    desk.store.close()
    enter(page, open_server)
    says(page, "A look at where you are.")
    page.get_by_role("link", name="Look, when it suits you").click()
    page.get_by_role("button", name="I am done waiting").click()
    headed(page, "This is closed. You are done waiting.")
    page.get_by_role("button", name="Open it again").click()
    assert "40" == page.locator(".count").inner_text().split()[0].removesuffix("quiet")
