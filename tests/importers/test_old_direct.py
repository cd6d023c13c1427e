"""Instagram's one file of before 2021, read as written: which conversation, whose, what."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, NoChatOfTwo, NoMessages, WhichChat
from fallow.importers import ChatInside, list_chats, read_export, read_export_file
from importers.chats import bodies, kinds, zipped
from importers.test_limits import read_apart

AT = dt.datetime(2019, 5, 2, 13, 47, 23, 123456, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def entry(i: int, who: str, **more: Any) -> dict[str, Any]:
    return {"sender": who, "created_at": (AT + i * MINUTE).isoformat(), **more}


def conversation(*entries: dict[str, Any], people: tuple[str, ...] = ("kim.d", "sam_roe")) -> dict[str, Any]:
    """Entries come with the oldest first."""
    return {"participants": list(people), "conversation": list(entries)[::-1]}


def written(*conversations: dict[str, Any], indent: int | None = None) -> bytes:
    return json.dumps(list(conversations), indent=indent).encode()


HELLO, THERE = entry(0, "kim.d", text="héllo 😀"), entry(1, "sam_roe", text="there")
ROBIN = conversation(entry(3, "robin", text="hi"), people=("robin", "sam_roe"))
GROUP = conversation(HELLO, people=("kim.d", "sam_roe", "robin"))


@pytest.mark.parametrize("indent", [None, 2])
def test_one_conversation_is_read(indent: int | None) -> None:
    """The oldest first, as instants to the microsecond, whatever else is in the file."""
    export = read_export(
        "messages.json", written(GROUP, conversation(HELLO, THERE), ROBIN, indent=indent), chat="kim.d"
    )
    assert ("instagram_old_json", ["héllo 😀", "there"]) == (export.format, bodies(export))
    assert (("kim.d", "sam_roe"), ("sam_roe", "kim.d")) == (export.names, export.sides)
    assert int((AT - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1)) == export.local[0]


def test_conversations_are_listed_and_one_is_chosen() -> None:
    """Groups come last; a zip of the whole download is as good."""
    data = written(GROUP, conversation(HELLO, THERE), conversation(people=("sam_roe", "none")), ROBIN)
    archive = zipped(("part/messages.json", data), ("part/likes.json", b'{"media_likes": []}'))
    for file in (data, archive):
        told = [(one.name, one.messages, one.people) for one in list_chats(file)]
        assert [("kim.d", 2, 2), ("robin", 1, 2), ("kim.d & robin", 1, 3)] == told
        with pytest.raises(WhichChat):
            read_export("a", file)
        assert ["hi"] == bodies(read_export("a", file, chat="robin"))


def test_two_can_be_picked_from_a_group() -> None:
    """It says how many are in it."""
    export = read_export("m.json", written(conversation(HELLO, THERE, people=("kim.d", "sam_roe", "robin"))))
    assert (3, ["héllo 😀", "there"]) == (export.group, bodies(export))


def test_kinds_are_told_by_their_keys() -> None:
    """Words with a post that was shared are a text; a heart alone is one."""
    said = [
        entry(0, "kim.d", media="https://e.org/1.jpg"),
        entry(1, "kim.d", voice_media="Media unavailable."),
        entry(2, "kim.d", animated_media_images={"downsized": {"url": "x"}}),
        entry(3, "kim.d", media_owner="robin", media_share_caption="A caption", media_share_url="https://e.org/p"),
        entry(4, "kim.d", text="look", media_owner="robin", media_share_url="https://e.org/p"),
        entry(5, "kim.d", text=None, story_share="Shared robin's story"),
        entry(6, "kim.d", heart="❤️"),
        entry(7, "kim.d", video_call_action="kim.d started a video chat"),
        entry(8, "kim.d", video_call_action="Video chat ended"),
        entry(9, "kim.d", action="named the group x"),
    ]
    export = read_export("m.json", written(conversation(*said)))
    assert ["MEDIA", "MEDIA", "MEDIA", "LINK", "TEXT", "LINK", "TEXT", "CALL"] == kinds(export)
    assert ["", "", "", "", "look", "", "❤️", ""] == bodies(export)
    assert 2 == export.system


def test_who_liked_a_message_is_a_row() -> None:
    """It says when; where it does not, it is counted."""
    likes = [{"username": "sam_roe", "date": (AT + 3 * MINUTE).isoformat()}, {"username": "sam_roe"}]
    export = read_export("m.json", written(conversation(entry(0, "kim.d", text="nice", likes=likes), THERE)))
    assert (["TEXT", "TEXT", "REACTION"], ["nice", "there", "❤"]) == (kinds(export), bodies(export))
    assert [("reactions_without_time", 1)] == [(one.kind, one.count) for one in export.problems]


def test_what_two_downloads_hold_is_there_once() -> None:
    """The same people are one chat."""
    files = [
        ("old/messages.json", written(conversation(HELLO))),
        ("new/messages.json", written(conversation(HELLO, THERE))),
    ]
    assert ["héllo 😀", "there"] == bodies(read_export("a.zip", zipped(*files)))
    assert [ChatInside("1", "kim.d & sam_roe", 3)] == list_chats(zipped(*files))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (written(conversation()), NoChatOfTwo),
        (written(conversation(HELLO))[:-9], BrokenFile),
        (written(conversation({"sender": "kim.d", "created_at": "soon", "text": "x"})), NoMessages),
        (written(conversation({"sender": "kim.d", "created_at": "2019-05-02T13:47:23", "text": "x"})), NoMessages),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


def test_a_damaged_entry_costs_no_other() -> None:
    """It is counted."""
    data = written(conversation(HELLO, entry(0, "kim.d", text="BAD"), THERE), indent=2).replace(b'"BAD"', b"5x")
    export = read_export("m.json", data)
    assert ["héllo 😀", "there"] == bodies(export)
    assert [("entry_not_understood", 1)] == [(one.kind, one.count) for one in export.problems]


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


@seed(20261126)
@settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(1, 10**9), st.booleans(), TEXT), min_size=1, max_size=12), st.sampled_from((None, 2))
)
def test_a_conversation_comes_back_as_it_was_written(shape: list[tuple[int, bool, str]], indent: int | None) -> None:
    """Who, when and every character of what (T53)."""
    at, said = 0, []
    for gap, mine, words in shape:
        at += gap
        said.append((at, "sam_roe" if mine else "kim.d", f"so {words} 😀."))
    entries = [
        {"sender": who, "created_at": (AT + dt.timedelta(milliseconds=when)).isoformat(), "text": words}
        for when, who, words in said
    ]
    export = read_export("m.json", written(conversation(*entries), indent=indent))
    first = int((AT - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1))
    assert said == [
        ((int(export.local[i]) - first) // 1000, export.names[export.author[i]], export.body(i))
        for i in range(len(said))
    ]


def test_a_file_of_any_size_costs_what_the_chosen_chat_costs(tmp_path: Path) -> None:
    """A group of 120 MB beside a chat of two."""
    one = json.dumps(entry(0, "kim.d", text="some words " * 75)).encode()
    head, _, tail = written(conversation(people=("kim.d", "sam_roe", "robin")), conversation(HELLO, THERE)).partition(
        b"[]"
    )
    path = tmp_path / "messages.json"
    with path.open("wb") as file:
        file.write(head + b"[")
        file.writelines((one + b",") * 1_000 for _ in range(130))
        file.write(one + b"]" + tail)
    outcome, megabytes, _ = read_apart(path)
    assert ("read", True) == (outcome, path.stat().st_size > 110_000_000)
    assert megabytes <= 90
    assert np.array_equal(
        [0, 60_000_000], np.diff(read_export_file(path).local, prepend=read_export_file(path).local[0])
    )
