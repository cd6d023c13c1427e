"""What was read of chat exports, message by message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Home

ANDROID = """\
05/03/2024, 21:04 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
05/03/2024, 21:04 - Kim: one
and a second line
05/03/2024, 21:04 - Sam: ok
05/03/2024, 21:04 - Sam: ok
28/03/2024, 07:30 - Kim: <Media omitted>
"""
LATER = """\
05/03/2024, 21:04 - Sam: ok
05/03/2024, 21:04 - Sam: ok
28/03/2024, 07:30 - Kim: <Media omitted>
29/03/2024, 08:00 - Sam: new
"""


def lines_of(home: Home, *arguments: str) -> list[dict[str, object]]:
    done = home.run("messages", *arguments, "--me", "Kim", "--ndjson", passphrase=False)
    assert (0, b"") == (done.returncode, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def android(tmp_path: Path) -> str:
    path = tmp_path / "android.txt"
    path.write_text(ANDROID, "utf-8")
    return str(path)


def test_a_message_is_a_line_with_its_place_in_the_file(home: Home, android: str) -> None:
    """Text character by character, a picture without any, and nothing of what the app itself said."""
    expected = [
        ("2024-03-05T21:04:00", "Kim", "ego", "text", "one\nand a second line", 2),
        ("2024-03-05T21:04:00", "Sam", "alter", "text", "ok", 4),
        ("2024-03-05T21:04:00", "Sam", "alter", "text", "ok", 5),
        ("2024-03-28T07:30:00", "Kim", "ego", "media", None, 6),
    ]
    keys = ("at", "sender", "side", "kind", "text", "line")
    assert expected == [tuple(told[key] for key in keys) for told in lines_of(home, android)]
    assert {"android.txt"} == {told["source"] for told in lines_of(home, android)}


def test_a_zone_makes_instants(home: Home, android: str) -> None:
    """The wall clock stays, its offset stands beside it; the summer begins in between."""
    told = lines_of(home, android, "--zone", "Europe/Berlin")
    assert ("2024-03-05T21:04:00+01:00", "2024-03-28T07:30:00+01:00") == (told[0]["at"], told[-1]["at"])


def test_what_two_files_hold_is_told_once_and_twins_stay_twins(home: Home, android: str, tmp_path: Path) -> None:
    """In one order of time, each with the file it was read from."""
    later = tmp_path / "later.txt"
    later.write_text(LATER, "utf-8")
    told = lines_of(home, android, str(later))
    assert ["one\nand a second line", "ok", "ok", None, "new"] == [each["text"] for each in told]
    assert ["android.txt"] * 4 + ["later.txt"] == [each["source"] for each in told]


def test_words_can_be_left_out_and_nothing_is_kept(home: Home, android: str) -> None:
    """There is no folder afterwards."""
    assert all("text" not in told for told in lines_of(home, android, "--without-text"))
    assert not home.folder.exists()


def test_what_cannot_be_read_is_said_for_machines(home: Home, tmp_path: Path) -> None:
    """As one JSON document, with the status of a refusal."""
    path = tmp_path / "none.txt"
    path.write_text("no chat at all", "utf-8")
    done = home.run("messages", str(path), "--me", "Kim", "--ndjson", passphrase=False)
    assert (2, "NotAChat") == (done.returncode, json.loads(done.stdout)["error"]["kind"])


def test_words_under_a_picture_are_told_and_the_number_of_the_entry(home: Home, tmp_path: Path) -> None:
    """Where the source keeps words apart from what they stand under; a reaction stands at what it was given to."""
    mine = {"type": "message", "from": "Kim", "from_id": "user1"}
    given = [
        {"type": "emoji", "count": 1, "emoji": "👍", "recent": [{"from_id": "user2", "date": "2024-03-05T21:06:00"}]}
    ]
    entries: list[dict[str, object]] = [
        mine | {"date": "2024-03-05T21:04:00", "text": "", "photo": "a.jpg"},
        {"type": "service", "date": "2024-03-05T21:04:00", "action": "pin_message", "actor_id": "user1"},
        mine | {"date": "2024-03-05T21:05:00", "text": "look", "photo": "a.jpg", "reactions": given},
        mine | {"date": "2024-03-05T21:07:00", "text": "more\nlines"},
        mine | {"date": "2024-03-05T21:08:00", "from": "Sam", "from_id": "user2", "text": "yes"},
    ]
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"name": "Sam", "type": "personal_chat", "id": 2, "messages": entries}), "utf-8")
    told = [(one["kind"], one["text"], one["line"]) for one in lines_of(home, str(path))]
    reaction = ("reaction", "👍", 3)
    assert [("media", None, 1), ("media", "look", 3), reaction, ("text", "more\nlines", 4), ("text", "yes", 5)] == told
