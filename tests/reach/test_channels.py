"""The map: every channel is whole, dated or said not to be, calm, and named once."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

import msgspec
import pytest

from fallow.errors import NoSuchChannel
from fallow.reach import Channel, PlatformStep, Way, find_channel, kept_open, load_map
from guidance.test_words import FORBIDDEN

MAP = load_map()
FIRST_BUILT = dt.date(2026, 11, 26)
each_channel = pytest.mark.parametrize("channel", MAP.channels, ids=lambda channel: channel.id)
PLATFORMS = [(channel.id, step) for channel in MAP.channels for step in channel.platforms]
each_platform = pytest.mark.parametrize(("id", "step"), PLATFORMS, ids=[f"{id}-{step.on}" for id, step in PLATFORMS])
NAMED_BY_THE_METHOD = {
    "phone", "sms", "whatsapp", "whatsapp_groups", "last_seen", "imessage", "signal", "telegram", "messenger",
    "instagram", "story_viewers", "facebook", "photo_memories", "snapchat", "tiktok", "x", "youtube", "discord",
    "email", "linkedin", "music", "shared_accounts", "payments", "routes", "location", "their_location",
    "shared_albums", "calendars", "games", "profiles", "mutual_friends", "places", "second_account", "friends_phone",
    "chimes",
}  # fmt: skip
SIDE_DOORS = {
    "last_seen", "story_viewers", "friends_phone", "blocked_list", "old_chat", "shared_accounts", "music", "payments",
    "routes", "photo_memories",
}  # fmt: skip
"""Ids under which marks were kept before there was a map."""


def words_of(channel: Channel) -> list[str]:
    plain = [channel.name, channel.asks, channel.explains, channel.step, channel.back, channel.lasting]
    return plain + [words for step in channel.platforms for words in (step.on, step.step, step.back, step.lasting)]


@each_channel
def test_a_channel_is_whole(channel: Channel) -> None:
    """A question, what it shows and does not, what it lets happen, whose list it is on, a step and how it is undone."""
    assert all((channel.name, channel.asks, channel.explains, channel.step, channel.back))
    assert channel.asks.endswith("?")
    assert "?" not in channel.asks[:-1]
    assert all(text.endswith(".") for text in (channel.explains, channel.step, channel.back))
    assert channel.lets
    assert len(set(channel.lets)) == len(channel.lets)
    assert channel.modes
    assert channel.notes
    assert set(channel.notes) <= set(MAP.notes)


@each_channel
def test_a_channel_is_described_calmly(channel: Channel) -> None:
    """No voice raised, nothing pressed, no address and nothing to follow."""
    said = " ".join(words_of(channel))
    assert "!" not in said
    assert not [rule for rule in FORBIDDEN if re.search(rf"\b(?:{rule})\b", said, re.IGNORECASE)]
    assert not re.search(r"://|www\.|@|\.(?:com|org|net)\b", said)


@each_channel
def test_no_step_deletes_anything(channel: Channel) -> None:
    """Where deleting is named, it is to say that it is not needed."""
    for step in (channel.step, *(each.step for each in channel.platforms)):
        sentences = re.split(r"(?<=[.?;])\s", step)
        assert not [one for one in sentences if "delete" in one and not one.startswith("Nothing has to be")]


@each_channel
def test_what_undoing_does_not_bring_back_is_said(channel: Channel) -> None:
    """A step that can be taken back whole says nothing more; any other says what stays changed, in a sentence."""
    for step in (channel, *channel.platforms):
        assert step.reversible is (step.lasting == "")
        assert not step.lasting or step.lasting.endswith(".")


@each_platform
def test_a_platform_step_is_dated_or_said_not_to_be_checked(id: str, step: PlatformStep) -> None:
    """Whoever read it wrote down when and where; a day without a place, or a place without a day, is neither."""
    assert all(text.endswith(".") for text in (step.step, step.back))
    assert (step.seen is None) == (step.where == "")
    assert step.seen is None or step.seen >= FIRST_BUILT
    assert step.seen is not None or not step.own
    assert re.fullmatch(r"[a-z0-9.-]*", step.where)


def test_some_steps_were_read_in_the_platforms_own_help() -> None:
    """And a platform is named once within a channel."""
    assert {"faq.whatsapp.com", "support.signal.org", "support.apple.com"} <= {s.where for _, s in PLATFORMS if s.own}
    assert len(PLATFORMS) == len({(id, step.on) for id, step in PLATFORMS})


def test_the_channels_the_method_names_are_there() -> None:
    """Each id once, the ids of the old side doors among them, so that no mark is without its channel."""
    ids = [channel.id for channel in MAP.channels]
    assert len(ids) == len(set(ids))
    assert NAMED_BY_THE_METHOD <= set(ids)
    assert SIDE_DOORS <= set(ids)
    assert all(re.fullmatch(r"[a-z_]+", id) for id in ids)


def test_every_way_and_every_list_has_channels() -> None:
    """They can reach ego, see ego, ego can watch them; each mode has a list, and living together its own."""
    assert set(get_args(Way)) == {way for channel in MAP.channels for way in channel.lets}
    lists = {mode: {each.id for each in MAP.for_mode(mode)} for mode in ("no_contact", "limited_contact")}
    together = {each.id for each in MAP.for_mode("living_together")}
    assert all(len(ids) > 30 for ids in lists.values())
    assert together - lists["no_contact"] == {"home_zones"}
    assert {"phone", "sms", "email", "whatsapp", "places"} <= lists["limited_contact"] - together


def test_every_note_is_used_and_speaks_of_an_advocate_or_the_children() -> None:
    """A note nobody reads is not one; where it is about fear, an advocate comes first."""
    assert set(MAP.notes) == {note for channel in MAP.channels for note in channel.notes}
    assert all("advocate" in words for note, words in MAP.notes.items() if note != "children")


def test_a_step_that_can_put_somebody_in_danger_says_so() -> None:
    """Where they are used to seeing a position, and where they may read along without a trace."""
    assert "location" in find_channel("location").notes
    assert "location" in find_channel("imessage").notes
    assert "tracked" in find_channel("passwords").notes


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ("E-mail", {"email"}),
        ("email, once a week", {"email"}),
        ("WhatsApp, for the school", {"whatsapp"}),
        ("Phone or text", {"phone", "sms"}),
        ("SIGNAL", {"signal"}),
        ("Telefon, oder per SMS", {"phone", "sms"}),
        ("Anrufe, für die Übergabe", {"phone"}),
        ("a book in her bag", set()),
        ("emailing is too much", set()),
        ("", set()),
    ],
)
def test_the_one_channel_is_known_by_what_a_person_calls_it(named: str, kept: set[str]) -> None:
    """Whole words, whatever their case; what the map does not know is none of its channels."""
    assert kept == kept_open(named)


def test_no_two_channels_share_a_name_for_the_one_that_stays() -> None:
    """So that naming one keeps one."""
    words = [word for channel in MAP.channels for word in channel.words]
    assert len(words) == len(set(words))
    assert words == [word.casefold() for word in words]


def test_a_channel_that_is_not_there_is_said() -> None:
    """An id typed by hand may be wrong."""
    assert "music" == find_channel("music").id
    with pytest.raises(NoSuchChannel):
        find_channel("window")


def test_a_map_of_another_form_is_refused() -> None:
    """A field that is not known, or one that is missing, is seen when the file is read."""
    body = b'[notes]\na = "b."\n[[channels]]\nid = "x"\ncolour = "red"\n'
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(body, type=type(MAP))
