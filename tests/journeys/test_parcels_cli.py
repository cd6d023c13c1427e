"""From the command line: put away, listed, given, opened on another machine, brought back, removed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import PASSPHRASE, Home
from fallow.wiring import put_chat_away
from journeys.earlier import ago, opened
from journeys.test_cli import typed

CHAT = "[01.02.26, 21:14:05] Sam: Are you there?\n[01.02.26, 21:15:00] Robin: I am.\n"
WORD = "under another stone"


@pytest.fixture
def kept(set_up: Home, tmp_path: Path) -> Home:
    """A chat with its words in the notes, and a file with the second passphrase beside."""
    (tmp_path / "chat.txt").write_text(CHAT)
    set_up.json("import", str(tmp_path / "chat.txt"), "--me", "Sam")
    (tmp_path / "word").write_text(WORD + "\n")
    return set_up


def day(days: int) -> str:
    return (dt.date.today() + dt.timedelta(days=days)).isoformat()


def word_of(home: Home) -> tuple[str, str]:
    return "--passphrase-file", str(home.folder.with_name("word"))


def put_long_ago(home: Home, *, taken: Any = "words") -> str:
    """Put away forty days ago, to open ten days ago."""
    with opened(home) as desk:
        then = ago(desk, 40)
        until = then.clock().day + dt.timedelta(days=30)
        return put_chat_away(then, home.folder, WORD, taken=taken, until=until).id


def texts(home: Home) -> list[str | None]:
    with opened(home) as desk:
        return list(desk.store.texts())


def refusal(home: Home, *arguments: str) -> tuple[int, str]:
    done = home.run("parcels", *arguments, "--json")
    return done.returncode, json.loads(done.stdout)["error"]["kind"]


def test_a_chat_is_put_away_and_rests(kept: Home) -> None:
    """Its words are not in the notes any more; until its day it opens with no passphrase."""
    made = kept.json("parcels", "make", "--until", day(30), *word_of(kept))
    assert ("here", "words", 2, day(30), False) == (
        made["is"], made["taken"], made["messages"], made["opens_on"], made["may_open"],
    )  # fmt: skip
    assert ([made], [None, None]) == (kept.json("parcels", "list"), texts(kept))
    for act in ("open", "back"):
        assert (2, "ParcelRests") == refusal(kept, act, made["id"], *word_of(kept))
    assert [None, None] == texts(kept)


def test_a_file_that_was_given_opens_on_another_machine(kept: Home, tmp_path: Path) -> None:
    """Where nothing is set up it is looked into; where there are notes, it is brought into them."""
    id, away = put_long_ago(kept), tmp_path / "notes.parcel"
    told = kept.json("parcels", "give", id, "-o", str(away))
    assert (away.stat().st_size, True) == (told["bytes"], told["checked"])
    assert ["given"] == [each["is"] for each in kept.json("parcels", "list")]
    assert (2, "ParcelElsewhere") == refusal(kept, "open", id, *word_of(kept))
    other = Home(tmp_path / "other", kept.passphrase_file)
    found = other.json("parcels", "open", "--file", str(away), *word_of(kept))
    assert (2, 2, "2026-02-01") == (found["messages"], found["with_words"], found["first"])
    assert not other.folder.exists()
    other.run("init")
    assert {"messages": 2, "new": 2} == other.json("parcels", "back", "--file", str(away), *word_of(kept))
    assert ["Are you there?", "I am."] == texts(other)


def test_its_words_can_be_taken_out_as_text(kept: Home, tmp_path: Path) -> None:
    """Into a new file for its owner alone."""
    id, out = put_long_ago(kept), tmp_path / "out.txt"
    assert str(out) == kept.json("parcels", "open", id, "-o", str(out), *word_of(kept))["file"]
    assert ("2026-02-01 21:14 Sam: Are you there?", 0o600) == (
        out.read_text().splitlines()[0],
        out.stat().st_mode & 0o777,
    )
    assert (2, "FileIsThere") == refusal(kept, "open", id, "-o", str(out), *word_of(kept))


@pytest.mark.parametrize("taken", ["words", "messages"])
def test_it_comes_back(kept: Home, taken: str) -> None:
    """With a wrong passphrase first, which changes nothing."""
    id = put_long_ago(kept, taken=taken)
    wrong = ("--passphrase-file", str(kept.passphrase_file))
    assert (3, "WrongParcelPassphrase") == refusal(kept, "back", id, *wrong)
    assert 2 == kept.json("parcels", "back", id, *word_of(kept))["messages"]
    assert (["Are you there?", "I am."], []) == (texts(kept), kept.json("parcels", "list"))


def test_made_and_given_in_one_go(kept: Home, tmp_path: Path) -> None:
    """A file of that name is left alone, and then it lies here, put away all the same."""
    away = tmp_path / "away"
    made = kept.json("parcels", "make", "--what", "all", "--until", day(30), "-o", str(away), *word_of(kept))
    assert ("given", "messages", True) == (made["is"], made["taken"], away.exists())
    assert 0 == kept.json("check")["messages"]
    damaged = tmp_path / "damaged"
    damaged.write_bytes(away.read_bytes()[:-9])
    for file, kind in ((away, "ParcelRests"), (damaged, "ParcelDamaged"), (kept.passphrase_file, "NotAParcel")):
        assert (2, kind) == refusal(kept, "open", "--file", str(file), *word_of(kept))


def test_what_is_not_understood_is_said(kept: Home, tmp_path: Path) -> None:
    """Each with its own sentence; nothing is changed by any of them."""
    nowhere, main = str(tmp_path / "nowhere"), ("--passphrase-file", str(kept.passphrase_file))
    for arguments, kind in (
        (("open",), "NotUnderstood"),
        (("open", "x", "--file", "y"), "NotUnderstood"),
        (("open", "x", *word_of(kept)), "NoSuchParcel"),
        (("open", "--file", nowhere, *word_of(kept)), "FileNotOpened"),
        (("make", "--until", day(0), *word_of(kept)), "DayNotToCome"),
        (("make", "--until", day(9), *main), "SamePassphrase"),
        (("make", "--until", day(9), "--passphrase-file", nowhere), "FileNotOpened"),
        (("give", "x", "-o", nowhere), "NoSuchParcel"),
        (("remove", "x", "--sure"), "NoSuchParcel"),
        (("remove", "x"), "ParcelNotSure"),
    ):
        assert (2, kind) == refusal(kept, *arguments)
    assert (["Are you there?", "I am."], []) == (texts(kept), kept.json("parcels", "list"))


def test_removed_for_good(kept: Home) -> None:
    """Only where it was said to be sure."""
    made = kept.json("parcels", "make", "--until", day(30), *word_of(kept))
    assert (2, "ParcelNotSure") == refusal(kept, "remove", made["id"])
    assert {"removed": made["id"]} == kept.json("parcels", "remove", made["id"], "--sure")
    assert ([], [None, None]) == (kept.json("parcels", "list"), texts(kept))


def test_on_a_terminal_its_passphrase_is_typed_twice_and_not_shown(kept: Home) -> None:
    """And to remove it, a yes is asked for; a no leaves it."""
    status, shown = typed(kept, ["parcels", "make", "--until", day(30)], [WORD, WORD])
    assert (0, False) == (status, WORD in shown)
    assert ["words"] == [each["taken"] for each in kept.json("parcels", "list")]
    id = kept.json("parcels", "list")[0]["id"]
    status, shown = typed(kept, ["parcels", "remove", id], ["n"])
    assert (2, "Nothing was removed" in shown) == (status, True)


def test_in_words(kept: Home) -> None:
    """The same for a person: what lies where, and what still holds the words."""
    said = kept.run("parcels", "make", "--until", day(30), *word_of(kept)).stderr.decode()
    assert "Put away until" in said
    assert "copies" in said
    assert "2 messages, here, opens from" in kept.run("parcels", "list").stderr.decode()
    assert PASSPHRASE not in said
