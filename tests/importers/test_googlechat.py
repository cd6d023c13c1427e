"""Google Chat out of Takeout, read as written: which chat, which side, when, and what is damaged."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, EntryTooLong, NoMessages, WhichChat
from fallow.importers import ChatInside, Export, list_chats, read_export, take_sides
from fallow.importers.googledates import instant_of
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


def test_somebody_whose_address_is_left_out_is_who_is_called_so() -> None:
    """Where that is one person; else it is somebody else."""
    bare = entry(Said(AT + 1, KIM, "again"), creator={"name": "Kim", "user_type": "Human"})
    export = read_export("m", chat(entry(HELLO), bare, entry(THERE)))
    assert (["Kim", "Kim", "Sam"], ("Kim", "Sam")) == ([export.names[one] for one in export.author], export.names)
    others = read_export("m", chat(entry(HELLO), bare, entry(Said(AT, ("Kim", "kim@example.org"), "x"))))
    assert 3 == len(others.names)


def test_an_address_says_who_i_am_as_well() -> None:
    """As well as the name."""
    export = read_export("messages.json", written([HELLO, THERE]))
    for me in (SAM[0], SAM[1].upper()):
        assert ("Sam", "Kim") == take_sides(export, me=me).names


def test_of_several_one_is_chosen_and_the_owner_is_known() -> None:
    """By who writes in all of them; a space of three is no chat of two, a damaged file costs no other."""
    three = written([HELLO, THERE, Said(AT, ROBIN, "x")])
    data = takeout(("Takeout/Google Chat/Groups/Space x/messages.json", three), ("x/messages.json", three[:-9]))
    assert [
        ChatInside("DM abc", "Kim", 2), ChatInside("DM def", "Robin", 2), ChatInside("Space x", "Space x", 3, people=3),
    ] == list_chats(data)  # fmt: skip
    with pytest.raises(WhichChat):
        read_export("t.zip", data)
    for wanted in ("Robin", "DM def"):
        export = read_export("t.zip", data, chat=wanted)
        assert (["hi", "there"], ("Sam", "Robin")) == (bodies(export), export.sides)


def test_the_export_may_say_whose_it_is_and_who_is_in_a_chat() -> None:
    """Then one chat in which one alone wrote is enough; a space of three is no chat of two, whoever wrote in it."""
    user = json.dumps({"user": {"name": "Sam Roe", "email": SAM[1]}, "membership_info": []}).encode()
    people = [{"name": name, "email": email} for name, email in (SAM, KIM, ROBIN)]
    two, three = (json.dumps({"members": people[:n]}).encode() for n in (2, 3))
    both = [("G/DM a/messages.json", written([HELLO])), ("G/DM a/group_info.json", two)]
    space = [("G/Space b/messages.json", written([HELLO, THERE])), ("G/Space b/group_info.json", three)]
    for alone in ([HELLO], [THERE]):
        data = zipped(("G/DM a/messages.json", written(alone)), *both[1:], *space, ("U/User 1/user_info.json", user))
        assert [ChatInside("DM a", "Kim", 1), ChatInside("Space b", "Space b", 2, people=3)] == list_chats(data)
        assert ("Sam", "Kim") == read_export("t.zip", data).sides
    assert ["DM a"] == [one.id for one in list_chats(zipped(*both, *space)) if not one.group]
    assert ("Sam Roe", "Kim") == read_export("t.zip", zipped(*both[:1], ("user_info.json", user))).sides
    for broken in (b"{", b'{"user": 5}', b'{"members": ["x"]}'):
        files = [*both[:1], ("G/DM a/group_info.json", broken), ("user_info.json", broken)]
        assert None is read_export("t.zip", zipped(*files)).sides


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


def test_what_was_changed_keeps_its_first_time_and_its_last_words() -> None:
    """Google then writes the first date with the earlier wording alone; what is deleted may have its own date alone."""
    versions = [{"text": "helo", "created_date": date(AT)}, {"text": "hell", "updated_date": date(AT + 5)}]
    changed = entry(HELLO, updated_date=date(AT + 9), previous_message_versions=versions)
    gone = entry(Said(AT, SAM), deleted_date=date(AT + 60), deletion_metadata={"deletion_type": "CREATOR"})
    for one in (changed, gone):
        del one["created_date"]
    export = read_export("m", chat(changed, gone, entry(THERE)))
    assert [AT * 1_000_000, (AT + 60) * 1_000_000, (AT + 60) * 1_000_000] == export.local.tolist()
    assert (["hello", "", "there"], ["TEXT", "DELETED", "TEXT"]) == (bodies(export), kinds(export))
    assert {"edited": 1} == problems(export)


def test_calls_are_told_by_what_stands_beside_an_empty_message() -> None:
    """An invitation with words is a text; a document or a picture without any is media."""
    video = {"video_call_metadata": {"meeting_space": {"meeting_url": "https://meet.example/x"}}}
    phoned = {"gsuite_integration_metadata": {"call_data": {"call_status": "CALL_MISSED"}}}
    said = [
        entry(Said(AT, SAM), annotations=[video]),
        entry(Said(AT + 1, SAM), annotations=[phoned]),
        entry(Said(AT + 2, SAM, "come"), annotations=[video]),
        entry(Said(AT + 3, SAM), annotations=[{"drive_metadata": {"id": "x", "title": "y"}}]),
    ]
    assert ["CALL", "CALL", "TEXT", "MEDIA"] == kinds(read_export("m", chat(*said)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_day_is_known(language: str) -> None:
    """In each of the languages, for two years and every hour of a day."""
    for day in range(731):
        at = 1_700_000_000 + day * 86_400 + day * 3_700 % 86_400
        assert at * 1_000_000 == instant_of(date(at, language))


@pytest.mark.parametrize(
    "told",
    [
        "2019年1月7日月曜日 19:25:08 UTC",
        "2019年1月7日星期一 UTC 下午7:25:08",
        "2019년 1월 7일 월요일 오후 7:25:08 UTC",
        "2019-01-07T19:25:08Z",
        "lunes, 7 de enero de 2019, 7:25:08 p. m. UTC",
    ],
)
def test_dates_in_numbers_and_halves_of_the_day_are_known(told: str) -> None:
    assert 1_546_889_108_000_000 == instant_of(told)


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
