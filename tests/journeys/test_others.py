"""One's own world: the times of other conversations move the forecast, and nothing of them is kept but numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from conftest import Home, Running, start_server, stop_server
from importers.telegrams import Sent, app_json, chat, entry, full
from journeys.earlier import opened, stopped
from journeys.test_ahead import chat_of, keep
from journeys.walking import Hand, body_of, enter, go, says

DAY = 86_400
NAMES = [f"Quentin{i} Zaytsev" for i in range(16)]


def conversation(number: int, rng: np.random.Generator) -> dict[str, Any]:
    """Two hundred days of a friend who takes up contact again after a week or so, every time."""
    entries: list[dict[str, Any]] = []
    begun = clock = int(dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp())
    while clock < begun + 200 * DAY:
        for i in range(4):
            sent = Sent(clock + 600 * i, i % 2 == 1, f"secretword{number}")
            entries.append(entry(len(entries) + 1, sent, ("Sam", NAMES[number]), other=5000 + number))
        clock += round((1.1 + float(rng.exponential(6.0))) * DAY)
    return chat(entries, name=NAMES[number], id=5000 + number)


def export(conversations: int) -> bytes:
    """A full export with so many other chats of two, and one with Alex, whose chat is the one brought before."""
    rng = np.random.default_rng(1)
    others = [conversation(number, rng) for number in range(conversations)]
    alex = chat([entry(1, Sent(1_760_000_000, True, "secretword"), ("Sam", "Alex"))], name="Alex")
    return app_json(full(alex, *others))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("telegram") / "result.json"
    path.write_bytes(export(14))
    return path


@pytest.fixture
def brought(set_up: Home) -> Home:
    keep(set_up, chat_of("oomomoom"))
    return set_up


@pytest.fixture
def served(brought: Home) -> Iterator[Running]:
    server = start_server(brought)
    yield server
    stop_server(server)


def month(told: dict[str, Any]) -> float:
    return float(told["other"][told["horizons"].index(30)]["p"])


def test_the_terminal_learns_keeps_and_forgets(brought: Home, everything: Path) -> None:
    """Friends who come back soon raise it; it stays so until it is forgotten; no name and no word of them is kept."""
    plain = brought.json("forecast")
    moved = brought.json("forecast", "--others", everything)
    assert (0, 14) == (plain["other_dyads"], moved["other_dyads"])
    assert month(moved) > month(plain)
    assert month(moved) == pytest.approx(month(brought.json("forecast")), abs=1e-4)
    with opened(brought) as desk:
        held = desk.store.preference("own_world")
        assert held is not None
        assert not any(word in held for word in ("Quentin", "secretword", "2026-01-0"))
    assert {"forgotten": True} == brought.json("forecast", "--forget-others")
    assert month(plain) == pytest.approx(month(brought.json("forecast")), abs=1e-4)
    assert {"forgotten": False} == brought.json("forecast", "--forget-others")


def test_with_a_file_nothing_is_kept(home: Home, everything: Path) -> None:
    """The same for a chat that is not stored."""
    path = home.folder.parent / "chat.txt"
    path.write_bytes(chat_of("oomomoom"))
    plain, moved = (
        home.json("forecast", "--file", path, "--me", "Sam", *more) for more in ((), ("--others", everything))
    )
    assert 14 == moved["other_dyads"]
    assert month(moved) > month(plain)
    assert not home.folder.exists()


def test_many_silences_at_once_are_not_moved(home: Home, everything: Path) -> None:
    """The two do not go together, and it is said rather than passed over."""
    lines = everything.parent / "many.jsonl"
    lines.write_text('{"eid": "a", "silence_days": 7, "now": 1700000000, "events": [[1690000000, "me"]]}\n')
    done = home.run("forecast", "--episodes", str(lines), "--others", str(everything))
    assert (2, b"") == (done.returncode, done.stdout)
    assert "--others together with --episodes" in done.stderr.decode()


def test_too_few_change_nothing(brought: Home, everything: Path) -> None:
    """Nine conversations, a single chat, or no export at all: a sentence, and what was kept before stays."""
    brought.json("forecast", "--others", everything)
    few = everything.parent / "few.json"
    for body, refusal in (
        (export(9), "It holds 9 other conversations of two people with silences in them; 10 are needed."),
        (app_json(conversation(0, np.random.default_rng(2))), "It holds 0 other conversations"),
        (b"nothing of the kind", ""),
    ):
        few.write_bytes(body)
        done = brought.run("forecast", "--others", str(few))
        assert done.returncode != 0
        assert refusal in done.stderr.decode()
    assert 14 == brought.json("forecast")["other_dyads"]


def test_a_page_reads_them_and_says_on_how_many_it_stands(page: Page, served: Running, everything: Path) -> None:
    """From the forecast's own page; too few say so and cost nothing; removed where chats are removed."""
    enter(page, served)
    go(page, served, "/ahead")
    hand = Hand(page)
    hand.tap("link", "Your other conversations")
    page.locator("input[type=file]").set_input_files({"name": "r.json", "mimeType": "", "buffer": export(3)})
    hand.tap("button", "Read its times")
    page.get_by_text("It holds 3 other conversations").wait_for()
    page.locator("input[type=file]").set_input_files(str(everything))
    hand.tap("button", "Read its times")
    page.get_by_text("At present they stand on 14 other conversations.").wait_for()
    hand.tap("link", "Back")
    hand.tap("button", "Open it")
    page.locator("figure").wait_for()
    says(page, "how silences go in your 14 other conversations.")
    go(page, served, "/import")
    says(page, "the times of 14 conversations")
    hand.tap("button", "Remove them")
    page.get_by_text("Those numbers are removed.").wait_for()
    assert "From your other conversations" not in body_of(page)


def test_in_a_clear_stop_they_can_be_forgotten_and_not_learned(brought: Home, everything: Path) -> None:
    """Numbers kept before are not locked in."""
    brought.json("forecast", "--others", everything)
    stopped(brought, "asked")
    assert brought.run("forecast", "--others", str(everything)).returncode == 2
    assert {"forgotten": True} == brought.json("forecast", "--forget-others")
