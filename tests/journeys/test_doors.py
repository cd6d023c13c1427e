"""Side doors: asked one by one, marked in a tap, undone at any time; on pages and on a terminal."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from conftest import Home
from fallow.guidance import load_doors
from journeys.conftest import Shared
from journeys.test_cli import refused
from journeys.walking import Hand, body_of, go, heading, kinds, post, records


def test_a_door_is_marked_in_two_taps_and_taken_back(today: Page, shared: Shared) -> None:
    """From the log to the list, to a door; the mark shows on the list, in the history, and goes when taken back."""
    go(today, shared, "/log")
    Hand(today).tap("link", "Side doors, and how to close them")
    assert "talk to an advocate before you change anything they would notice" in body_of(today)
    hand = Hand(today)
    hand.tap("link", "Music that can be seen")
    assert "Can you see what the other one is listening to?" == heading(today)
    hand.tap("button", "Not now")
    assert 2 == hand.taps
    row = today.locator("li", has=today.locator("a[href='/doors/music']"))
    expect(row).to_contain_text("Not now")
    expect(today.get_by_role("status")).to_contain_text("It can be taken back at any time.")
    hand.tap("link", "Music that can be seen")
    hand.tap("button", "I do this")
    expect(row).to_contain_text("I do this")
    go(today, shared, "/history")
    assert "A side door: Music that can be seen (Spotify and others): I do this" in body_of(today)
    go(today, shared, "/doors/music")
    hand.tap("button", "Take the mark back")
    expect(row).not_to_contain_text("I do this")
    assert ["door_marked"] * 3 == kinds(shared.home)[-3:]


def test_a_mark_that_is_not_one_changes_nothing(today: Page, shared: Shared) -> None:
    """Neither an empty form nor a made-up mark is kept, and a door that is not there is said kindly."""
    before = records(shared.home)
    go(today, shared, "/doors/routes")
    assert "That cannot be chosen: the mark." in post(today, "/doors/routes", mark="forever")[1]
    assert 422 == post(today, "/doors/routes")[0]
    assert 404 == post(today, "/doors/window", mark="do")[0]
    assert before == records(shared.home)
    go(today, shared, "/doors/window")
    assert "There is no such side door." == heading(today)
    Hand(today).tap("link", "Back")
    assert "Side doors." == heading(today)


def test_doors_are_marked_while_a_stop_holds(set_up: Home) -> None:
    """Closing a door is no contact; it is marked on a terminal in a clear stop as at any other time."""
    assert 0 == set_up.run("stop", "--because", "violence").returncode
    assert "do" == set_up.json("doors", "music", "--mark", "do")["mark"]


def test_doors_are_listed_on_a_terminal_with_nothing_set_up(home: Home) -> None:
    """The list needs no passphrase and makes no folder; each door has its words."""
    listed = home.run("doors", passphrase=False)
    assert (0, b"") == (listed.returncode, listed.stdout)
    assert all(door.name in listed.stderr.decode() for door in load_doors())
    told = json.loads(home.run("doors", "--json", passphrase=False).stdout)
    assert [(door.id, None) for door in load_doors()] == [(each["id"], each["mark"]) for each in told]
    assert (3, "NoStore") == refused(home, "doors", "music")
    assert not home.folder.exists()


def test_a_door_is_marked_on_a_terminal(set_up: Home) -> None:
    """Marked, read again by another process, taken back."""
    assert "not_now" == set_up.json("doors", "payments", "--mark", "not-now")["mark"]
    marked = {each["id"]: each["mark"] for each in set_up.json("doors") if each["mark"]}
    assert {"payments": "not_now"} == marked
    words = set_up.run("doors", "payments").stderr.decode()
    assert "Can you see whom the other one pays, and for what?" in words
    assert "Marked: not now." in words
    assert set_up.json("doors", "payments", "--take-back")["mark"] is None
    assert ["door_marked", "door_marked"] == kinds(set_up)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("window",), "NoSuchDoor"),
        (("window", "--mark", "do"), "NoSuchDoor"),
        (("--mark", "do"), "NotUnderstood"),
        (("music", "--mark", "do", "--take-back"), "NotUnderstood"),
    ],
)
def test_what_is_unclear_is_refused_on_a_terminal(set_up: Home, arguments: tuple[str, ...], kind: str) -> None:
    """Exit 2, a sentence and a next step; nothing was recorded."""
    assert (2, kind) == refused(set_up, "doors", *arguments)
    assert [] == kinds(set_up)
