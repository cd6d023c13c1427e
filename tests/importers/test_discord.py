"""Conversations of DiscordChatExporter, read as written: which one, whose, what and when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, NoMessages, NotADyad, WhichChat
from fallow.importers import ChatInside, Export, list_chats, read_export, take_sides
from fallow.messages import EGO, Kind
from importers.chats import bodies, kinds, zipped
from importers.discords import KIM, ME, OTHERS, Sent, channel, entry

AT = 1_700_000_000_123
HELLO, THERE = Sent(AT, mine=False, text="héllo?"), Sent(AT + 1, mine=True, text="there")


def read(*said: Sent, **more: Any) -> Export:
    return read_export("dm.json", channel(said), **more)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def test_a_conversation_is_called_by_the_other_one() -> None:
    """So the file says who is who, to the millisecond and with the clock of the exporting computer."""
    export = read(HELLO, Sent(AT + 1, mine=True, text="there", hours=2))
    assert (["héllo?", "there"], (ME[1], KIM[1]), 1000) == (bodies(export), export.sides, export.resolution)
    assert export.offset is not None
    assert ([0, 7200], [AT * 1000, AT * 1000 + 1000]) == (
        export.offset.tolist(),
        take_sides(export, me=ME[1]).table.at.tolist(),
    )


def test_each_kind_of_entry_is_told_apart() -> None:
    """What the app wrote is counted; a call that ended at once was not answered."""
    said = [Sent(AT + i, mine=True, kind=kind) for i, kind in enumerate(OTHERS)][1:]
    call = Sent(AT + 9, mine=False, kind=Kind.CALL, more=(("callEndedTimestamp", "2023-11-14T22:13:20.200+00:00"),))
    pin = Sent(AT + 10, mine=False, text="Pinned a message.", more=(("type", "ChannelPinnedMessage"),))
    export = read(*said, call, pin, Sent(AT + 11, mine=True, text="see", more=(("type", "Reply"),)))
    assert (["MEDIA", "STICKER", "LINK", "CALL", "CALL", "TEXT"], 1) == (kinds(export), export.system)
    assert export.notices is not None
    assert 1 == len(export.notices)
    assert {"calls_unanswered": 1} == problems(export)


def test_edits_and_reactions_are_counted() -> None:
    """The file has the last wording, and no time of a sign."""
    signs = [{"emoji": {"name": "x"}, "count": 1}] * 2
    more = (("timestampEdited", "2023-11-14T22:14:00+00:00"), ("reactions", signs))
    assert {"edited": 1, "reactions_without_time": 2} == problems(read(Sent(AT, mine=True, text="a", more=more)))


def test_a_time_that_cannot_be_read_is_told_by_the_number_of_the_message() -> None:
    """Without that either, the message is left out and counted."""
    odd = read(Sent(AT, mine=True, text="a", more=(("timestamp", "soon"),)))
    assert [AT * 1000] == odd.local.tolist()
    gone = Sent(AT, mine=True, text="a", more=(("timestamp", "soon"), ("id", "x")))
    assert {"entries_without_time": 1} == problems(read(HELLO, gone))


def test_a_conversation_in_several_files_is_one() -> None:
    """However they are named; what two of them hold is there once, twins stay two."""
    said = [HELLO, HELLO, THERE]
    data = zipped(("b.json", channel(said[:2])), ("a.json", channel(said[1:], first=2)))
    assert [one.text for one in said] == bodies(read_export("d.zip", data))


def test_several_conversations_are_listed_and_one_is_chosen() -> None:
    """Groups and servers are passed over."""
    files = [
        ("1.json", channel([HELLO])),
        ("2.json", channel([HELLO, THERE], id="78", name="Robin")),
        ("3.json", channel([HELLO], id="79", type="DirectGroupTextChat")),
        ("4.json", channel([HELLO], id="80", type="GuildTextChat")),
    ]
    assert [ChatInside("77", KIM[1], 1), ChatInside("78", "Robin", 2)] == list_chats(zipped(*files))
    with pytest.raises(WhichChat):
        read_export("d.zip", zipped(*files))
    assert 2 == len(read_export("d.zip", zipped(*files), chat="robin"))


def test_the_name_of_an_account_says_who_i_am_as_well() -> None:
    """As well as the name that is shown."""
    data = channel([HELLO, THERE]).replace(b'"nickname": "sam"', b'"nickname": "Samuel"')
    for me in ("samuel", "sam"):
        assert "Samuel" == take_sides(read_export("d.json", data), me=me).names[0]


def test_a_damaged_entry_costs_no_other() -> None:
    """It is counted."""
    data = channel([HELLO, Sent(AT, mine=True, text="BAD"), THERE]).replace(b'"content": "BAD"', b'"content": 5x')
    export = read_export("d.json", data)
    assert (["héllo?", "there"], {"entry_not_understood": 1}) == (bodies(export), problems(export))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (channel([HELLO], type="DirectGroupTextChat"), NotADyad),
        (channel([HELLO])[:-20], BrokenFile),
        (channel([Sent(AT, mine=True, text="a", more=(("timestamp", ""), ("id", "")))]), NoMessages),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """A group, what is cut short, what has no time."""
    with pytest.raises(error):
        read_export("x", data)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)


@st.composite
def conversations(draw: st.DrawFn) -> list[Sent]:
    """Two people over years, every kind of message, any characters, any offset."""
    at, said = draw(st.integers(1_430_000_000_000, 1_600_000_000_000)), []
    shape = st.tuples(st.integers(0, 10**10), st.booleans(), TEXT, st.sampled_from(list(OTHERS)), st.integers(-11, 13))
    for gap, mine, words, kind, hours in draw(st.lists(shape, min_size=1, max_size=15)):
        at += gap
        said.append(Sent(at, mine, "so " + words if kind is Kind.TEXT else "", kind, hours=hours))
    return said


@seed(20261126)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(conversations(), st.integers(0, 15), st.integers(0, 4))
def test_a_conversation_comes_back_as_it_was_written(said: list[Sent], cut: int, both: int) -> None:
    """Who, when and every character of what, in one file or in two that overlap (T53)."""
    cut = min(cut, len(said))
    old, new = channel(said[: cut + both]), channel(said[cut:], first=cut + 1)
    export = read_export("d.zip", zipped(("1.json", old), ("2.json", new)))
    sided = take_sides(export, me=ME[1]) if ME[1] in export.names else None
    expected = [(one.at, one.mine, one.text, one.kind) for one in said]
    assert export.offset is not None
    utc = export.local - export.offset.astype(np.int64) * 1_000_000
    found = [
        (int(at) // 1000, export.names[author] == ME[1], export.body(i), Kind(int(export.kind[i])))
        for i, (at, author) in enumerate(zip(utc, export.author, strict=True))
    ]
    assert expected == found
    if sided is not None:
        assert [one.mine for one in said] == (sided.table.sender == EGO).tolist()
    assert {} == problems(export)


def test_the_writer_writes_what_the_exporter_does() -> None:
    """The number of a message holds its time."""
    assert AT == (int(entry(1, HELLO)["id"]) >> 22) + 1_420_070_400_000
