"""What was read of chat exports, message by message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Home

NOTICE = "Messages and calls are end-to-end encrypted. No one outside of this chat can read them."
ANDROID = f"""\
05/03/2024, 21:04 - {NOTICE}
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
TABLE = """\
at,sender,kind,text
2024-03-05T21:04:07+01:00,Kim,text,hi
2024-03-05T21:05:07+01:00,Sam,system,a call was missed
2024-03-05T21:06:07+01:00,Sam,text,ho
"""
PICTURE = """\
30/03/2024, 08:01 - Sam: IMG-20240330-WA0001.jpg (file attached)
look
at this
30/03/2024, 08:02 - Sam: STK-20240330-WA0002.webp (file attached)
"""
IPHONE = """\
[05/03/2024, 21:04:01] Sam: \u200eMessages and calls are end-to-end encrypted.
[05/03/2024, 21:04:07] Kim: one
and a second line
[05/03/2024, 21:04:20] Sam: ok
[05/03/2024, 21:04:30] Sam: ok
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
    """Text character by character, a picture without any, and what the app itself said under nobody's name."""
    expected = [
        ("2024-03-05T21:04:00", None, None, "system", NOTICE, 1),
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
    assert [NOTICE, "one\nand a second line", "ok", "ok", None, "new"] == [each["text"] for each in told]
    assert ["android.txt"] * 5 + ["later.txt"] == [each["source"] for each in told]


def test_lines_of_the_app_stand_where_they_were_written(home: Home, tmp_path: Path) -> None:
    """In a chat of WhatsApp and in a plain table; they have no sender, whatever the file puts there."""
    chat = tmp_path / "chat.txt"
    chat.write_text(f"{LATER}29/03/2024, 08:00 - You blocked this contact.\n29/03/2024, 08:00 - Sam: more", "utf-8")
    table = tmp_path / "table.csv"
    table.write_text(TABLE, "utf-8")
    told = [("new", "Sam", "text", 4), ("You blocked this contact.", None, "system", 5), ("more", "Sam", "text", 6)]
    keys = ("text", "sender", "kind", "line")
    assert told == [tuple(one[key] for key in keys) for one in lines_of(home, str(chat))[-3:]]
    told = [("hi", "Kim", "text", 2), ("a call was missed", None, "system", 3), ("ho", "Sam", "text", 4)]
    assert told == [tuple(one[key] for key in keys) for one in lines_of(home, str(table))]
    assert ["+01:00"] * 3 == [str(one["at"])[-6:] for one in lines_of(home, str(table))]


def test_an_address_alone_is_a_link_and_words_under_a_picture_are_told(home: Home, tmp_path: Path) -> None:
    """A link keeps its address; what stands for a picture is nobody's words."""
    chat = tmp_path / "chat.txt"
    chat.write_text(f"{LATER}30/03/2024, 08:00 - Sam: https://example.org/a?b\n{PICTURE}", "utf-8")
    told = [("link", "https://example.org/a?b"), ("media", "look\nat this"), ("sticker", None)]
    assert told == [(one["kind"], one["text"]) for one in lines_of(home, str(chat))[-3:]]


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


def test_of_two_exports_the_later_words_and_the_finer_clock_are_told(home: Home, tmp_path: Path) -> None:
    """A message that was changed, and one that was taken back, count once; so does a chat from two phones."""
    later = ANDROID.replace("Sam: ok\n05", "Sam: ok then <This message was edited>\n05")
    later = later.replace("Kim: <Media omitted>", "Kim: You deleted this message") + "29/03/2024, 08:00 - Sam: new\n"
    files = ("old.txt", ANDROID), ("new.txt", later), ("iphone.txt", IPHONE)
    for name, text in files:
        (tmp_path / name).write_text(text, "utf-8")
    old, new, phone = (str(tmp_path / name) for name, _ in files)
    expected = ["None", "new", "ok", "ok then", "one\nand a second line"]
    for both in ((old, new), (new, old)):
        assert expected == sorted(str(one["text"]) for one in lines_of(home, *both) if one["kind"] != "system")
    order = ("--date-order", "dmy")
    told = [(one["at"], one["text"]) for one in lines_of(home, old, phone, *order) if one["kind"] != "system"]
    fine = [("07", "one\nand a second line"), ("20", "ok"), ("30", "ok")]
    whole = [(f"2024-03-05T21:04:{second}", text) for second, text in fine]
    assert [*whole, ("2024-03-28T07:30:00", None)] == told


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
    pinned = ("system", "pin_message", 2)
    assert [
        ("media", None, 1),
        pinned,
        ("media", "look", 3),
        reaction,
        ("text", "more\nlines", 4),
        ("text", "yes", 5),
    ] == told


def test_a_line_is_one_line_for_every_program(home: Home, tmp_path: Path) -> None:
    """Signs that some take for the end of a line are escaped; a time keeps the offset it has, beside others without."""
    path = tmp_path / "table.csv"
    path.write_text(
        "at,sender,text\n2024-03-05T21:04:07+01:00,Kim,a\u2028b\x85c\u2029d\n2024-03-05T21:05,Sam,e", "utf-8"
    )
    done = home.run("messages", str(path), "--me", "Kim", "--ndjson", passphrase=False)
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    expected = [("2024-03-05T21:04:07+01:00", "a\u2028b\x85c\u2029d"), ("2024-03-05T21:05:00", "e")]
    assert expected == [(one["at"], one["text"]) for one in told]
