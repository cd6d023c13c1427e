"""Google Chat out of Takeout, read as written: which chat, which side, when, and what is damaged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, EntryTooLong, NoMessages, NotADyad, WhichChat
from fallow.importers import ChatInside, Export, list_chats, read_export
from fallow.importers.googlechat import instant_of
from fallow.messages import Kind
from importers.chats import bodies, kinds, zipped
from importers.googlechats import KIM, LANGUAGES, ROBIN, SAM, Said, chat, date, entry, written

AT = 1_709_672_647
HELLO, THERE = Said(AT, KIM, "hello"), Said(AT + 60, SAM, "there")


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def takeout(*more: tuple[str, bytes]) -> bytes:
    """Two chats of two and what else is told."""
    return zipped(
        ("Takeout/Google Chat/Groups/DM abc/messages.json", written([HELLO, THERE])),
        ("Takeout/Google Chat/Groups/DM def/messages.json", written([Said(AT, ROBIN, "hi"), THERE])),
        *more,
    )


def test_one_chat_alone_is_read_and_who_i_am_is_asked() -> None:
    """Times are instants."""
    export = read_export("messages.json", written([HELLO, THERE]))
    assert (["hello", "there"], ("Kim", "Sam"), None) == (bodies(export), export.names, export.sides)
    assert export.offset is not None
    assert [AT * 1_000_000, (AT + 60) * 1_000_000] == export.local.tolist()


def test_of_several_one_is_chosen_and_the_owner_is_known() -> None:
    """By who writes in all of them; a space of three is no chat of two, a damaged file costs no other."""
    three = written([HELLO, THERE, Said(AT, ROBIN, "x")])
    data = takeout(("Takeout/Google Chat/Groups/Space x/messages.json", three), ("x/messages.json", three[:-9]))
    assert [ChatInside("DM abc", "Kim", 2), ChatInside("DM def", "Robin", 2)] == list_chats(data)
    with pytest.raises(WhichChat):
        read_export("t.zip", data)
    for wanted in ("Robin", "DM def"):
        export = read_export("t.zip", data, chat=wanted)
        assert (["hi", "there"], ("Sam", "Robin")) == (bodies(export), export.sides)


def test_pictures_deleted_messages_programs_and_reactions() -> None:
    """What a program wrote is nobody's; reactions have no time and are counted."""
    said = [
        entry(HELLO, reactions=[{"emoji": {"unicode": "x"}, "reactor_emails": ["sam@example.org"]}]),
        entry(Said(AT + 1, SAM, "look", Kind.MEDIA)),
        entry(Said(AT + 2, SAM, kind=Kind.DELETED)),
        entry(HELLO, creator={"name": "Meet", "user_type": "Bot"}),
        entry(HELLO, created_date="yesterday"),
        {"creator": 5},
    ]
    export = read_export("m", chat(*said))
    assert (["TEXT", "MEDIA", "DELETED"], 1) == (kinds(export), export.system)
    told = {"reactions_without_time": 1, "entries_without_time": 1, "entry_not_understood": 1}
    assert told == problems(export)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_day_is_known(language: str) -> None:
    """In each of the languages, for two years and every hour of a day."""
    for day in range(731):
        at = 1_700_000_000 + day * 86_400 + day * 3_700 % 86_400
        assert at * 1_000_000 == instant_of(date(at, language))


@pytest.mark.parametrize("told", ["", "2019", "Monday, Smarch 7, 2019 at 7:25:08 PM UTC", "March 32, 2019 at 1:00:00"])
def test_what_is_no_date_is_none(told: str) -> None:
    assert instant_of(told) is None


def test_two_people_with_one_name_are_told_apart() -> None:
    """By their addresses."""
    export = read_export("m", written([HELLO, Said(AT + 1, ("Kim", "kim@example.org"), "x")]))
    assert ("Kim (kim@example.net)", "Kim (kim@example.org)") == export.names


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (written([HELLO, THERE])[:-3], BrokenFile),
        (written([HELLO, THERE, Said(AT, ROBIN, "x")]), NotADyad),
        (chat(entry(HELLO, created_date="no")), NoMessages),
        (written([HELLO, Said(AT, SAM, "x" * 20_000_000)]), EntryTooLong),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)


@st.composite
def chats(draw: st.DrawFn) -> list[Said]:
    """Two people over years, any characters, any language."""
    at, said = draw(st.integers(1_300_000_000, 1_600_000_000)), []
    some = st.sampled_from((Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.DELETED))
    shape = st.tuples(st.integers(0, 10**7), st.booleans(), TEXT, some, st.sampled_from(sorted(LANGUAGES)))
    for gap, mine, text, kind, language in draw(st.lists(shape, min_size=1, max_size=15)):
        at += gap
        words = "" if kind is Kind.DELETED else f"so {text}"
        said.append(Said(at, SAM if mine else KIM, words, kind, language))
    return said


@seed(20261126)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(chats(), st.booleans())
def test_a_conversation_comes_back_as_it_was_written(said: list[Said], others: bool) -> None:
    """Who, when and every character of what, alone or among others (T53)."""
    data = takeout(("a/DM ghi/messages.json", written(said))) if others else written(said)
    export = read_export("x", data, chat="DM ghi" if others else None)
    order = np.argsort([one.at for one in said], kind="stable")
    found = [
        (int(export.local[i]) // 1_000_000, export.names[export.author[i]], export.body(i), Kind(int(export.kind[i])))
        for i in range(len(export))
    ]
    assert [(said[i].at, said[i].by[0], said[i].text, said[i].kind) for i in order] == found
    assert {} == problems(export)
