"""The side doors: each asks, explains without reading anybody, and can be opened again."""

import re

import msgspec
import pytest

from fallow.errors import NoSuchDoor
from fallow.guidance import Door, find_door, load_doors
from guidance.test_words import FORBIDDEN

each_door = pytest.mark.parametrize("door", load_doors(), ids=lambda door: door.id)


@each_door
def test_a_door_is_described_calmly_and_whole(door: Door) -> None:
    """A question, what it shows and does not, a step, and how it is undone; no voice raised, nothing pressed."""
    words = (door.name, door.asks, door.explains, door.step, door.back)

    assert all(words)
    assert door.asks.endswith("?")
    assert "?" not in door.asks[:-1]
    assert all(text.endswith(".") for text in (door.explains, door.step, door.back))
    said = " ".join(words)
    assert "!" not in said
    assert not [rule for rule in FORBIDDEN if re.search(rf"\b(?:{rule})\b", said, re.IGNORECASE)]


@each_door
def test_no_step_is_for_good(door: Door) -> None:
    """Nothing is to be deleted; where deleting is named, it is to say that it is not needed."""
    sentences = re.split(r"(?<=[.?;])\s", door.step)

    assert not [one for one in sentences if "delete" in one and not one.startswith("Nothing has to be")]


@each_door
def test_no_door_leads_anywhere(door: Door) -> None:
    """Kinds of apps in words: no address, no account, nothing to follow."""
    assert not re.search(r"://|www\.|@|\.(?:com|org|net)\b", " ".join(msgspec.to_builtins(door).values()))


def test_the_doors_that_were_named_are_there() -> None:
    """Shared accounts, a friend's phone, music, payments, routes, stories, last seen, photos; each id once."""
    ids = [door.id for door in load_doors()]

    assert len(ids) == len(set(ids))
    assert {
        "shared_accounts", "friends_phone", "music", "payments", "routes", "story_viewers", "last_seen",
        "photo_memories", "blocked_list", "old_chat",
    } <= set(ids)  # fmt: skip


def test_a_door_that_is_not_there_is_said() -> None:
    """An id typed by hand may be wrong."""
    assert "music" == find_door("music").id
    with pytest.raises(NoSuchDoor):
        find_door("window")
