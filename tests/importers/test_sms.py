"""Backups of a phone's messages and calls, read as written: which person, which side, what, and what is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import (
    BrokenFile,
    EntryTooLong,
    LooksLikeAnotherFile,
    NoChatOfTwo,
    NoMessages,
    NoSuchChat,
    WhichChat,
)
from fallow.importers import ALONE, ChatInside, Export, list_chats, read_export, read_export_file, take_sides
from fallow.messages import EGO, Kind
from importers.chats import bodies, kinds, zipped
from importers.smses import KIM, SAM, Sms, backup, call, calls, messages, mms, sms, written
from importers.test_limits import read_apart

AT = 1_700_000_000_000
HELLO = Sms(AT, mine=False, text="hello")
THERE = Sms(AT + 60_000, mine=True, text="there")


def read(*items: str, **more: Any) -> Export:
    return read_export("x", messages(*items), **more)


def problems(export: Export) -> dict[str, int]:
    return {one.kind: one.count for one in export.problems}


def test_the_file_tells_which_side_a_message_is_of() -> None:
    """Nobody has to be asked; times are instants."""
    export = read(sms(HELLO), sms(THERE))
    assert (["hello", "there"], ("Me", "Kim")) == (bodies(export), export.sides)
    table = take_sides(export, me="Me").table
    assert ([1, 0], True, AT * 1000) == (table.sender.tolist(), table.zoned, int(table.at[0]))
    assert export.line is not None
    assert [5, 6] == export.line.tolist()


@pytest.mark.parametrize("halves", [True, False])
def test_emoji_are_whole_however_they_were_written(halves: bool) -> None:
    """Versions of before 2019 wrote two references for one sign, which no XML parser reads."""
    export = read_export("x", backup([Sms(AT, mine=True, text="so 😀 'far' \"away\" & <3")], halves=halves))
    assert (["so 😀 'far' \"away\" & <3"], {}) == (bodies(export), problems(export))


def test_half_a_sign_and_control_characters_do_no_harm() -> None:
    """Half of one shows as a replacement and is counted; references to nothing are nothing."""
    export = read(sms(Sms(AT, mine=True, text="a HALF b")).replace("HALF", "&#55357;&#0;&#x1;&#10;&#9999999;"))
    assert (["a \ufffd\n\ufffd b"], {"undecodable_bytes": 1}) == (bodies(export), problems(export))


def test_pictures_contacts_and_texts_under_them_are_told_apart() -> None:
    """A long text is often a multimedia message; without a picture it is a text."""
    items = [
        Sms(AT, mine=False, text="long", multimedia=True),
        Sms(AT + 1000, mine=True, text="look", kind=Kind.MEDIA),
        Sms(AT + 2000, mine=True, kind=Kind.CONTACT),
        Sms(AT + 3000, mine=False, multimedia=True),
    ]
    export = read(*map(mms, items))
    assert (["TEXT", "MEDIA", "CONTACT", "MEDIA"], ["long", "look", "", ""]) == (kinds(export), bodies(export))
    assert [1, 0, 0, 0] == export.words.tolist()


def test_what_never_left_or_never_came_is_counted_and_left_out() -> None:
    """Drafts, what waits, what was only announced; what failed was written all the same."""
    boxes = [Sms(AT + box, mine=True, text=str(box), type=box) for box in (2, 3, 4, 5, 6)]
    export = read(*map(sms, boxes), mms(HELLO, type=130), mms(HELLO, type=134))
    assert ["2", "5"] == bodies(export)
    assert {"never_sent": 3, "sending_failed": 1, "not_fetched": 1} == problems(export)
    assert 1 == export.system


def test_a_call_is_by_whoever_called() -> None:
    """Missed, refused and unanswered ones are calls too, and counted."""
    items = [
        call(Sms(AT + type, mine=False, type=type), seconds=0 if type in (3, 5) else 9) for type in (1, 2, 3, 5, 7)
    ]
    export = read_export("x", calls(*items, call(Sms(AT, mine=True), seconds=0)))
    assert (["CALL"] * 6, {"calls_unanswered": 3}, "calls") == (kinds(export), problems(export), export.layout)
    assert ["Me", "Kim", "Me", "Kim", "Kim", "Kim"] == [export.names[one] for one in export.author]


def test_several_people_are_listed_and_one_is_chosen() -> None:
    """By name, by number however it is written; groups and withheld numbers are nobody's chat."""
    robin = Sms(AT, mine=False, text="hi", address=SAM, name="Robin")
    items = [
        sms(HELLO),
        sms(robin),
        sms(THERE),
        mms(Sms(AT, mine=False, text="all", address=f"{KIM}~{SAM}")),
        sms(Sms(AT, mine=False, text="x", address="-1", name="(Unknown)")),
    ]
    assert [ChatInside(KIM, "Kim", 2), ChatInside(SAM, "Robin", 1)] == list_chats(messages(*items))
    with pytest.raises(WhichChat):
        read(*items)
    for wanted in ("Robin", "robin ", SAM, "0151 98765432"):
        assert ["hi"] == bodies(read(*items, chat=wanted))
    with pytest.raises(NoSuchChat):
        read(*items, chat="Nobody")


def test_one_person_may_have_several_numbers_and_spellings() -> None:
    """The same last nine digits, or the same name in the phone; a message without a name belongs too."""
    items = [
        sms(HELLO),
        sms(Sms(AT + 1, mine=False, text="b", address="015123456789", name="(Unknown)")),
        sms(Sms(AT + 2, mine=False, text="c", address="kim@example.org", name="Kim")),
    ]
    whole = read(*items)
    assert (["hello", "b", "c"], ("Me", "Kim"), 2) == (bodies(whole), whole.sides, problems(whole)["addresses_joined"])
    (chat,) = list_chats(messages(*items))
    assert (2, "kim@example.org") == (len(chat.addresses), chat.addresses[1])
    alone = [read(*items, chat=ALONE + address) for address in chat.addresses]
    assert [["hello", "b"], ["c"]] == [bodies(one) for one in alone]
    assert [("Me", "Kim")] * 2 == [one.sides for one in alone]
    assert not any("addresses_joined" in problems(one) for one in alone)


def test_the_own_number_beside_the_other_makes_no_group() -> None:
    """Some phones list it; it is known from what was sent."""
    both = Sms(AT, mine=True, text="sent", address=f"{SAM}~{KIM}", multimedia=True)
    assert ["hello", "sent"] == bodies(read(sms(HELLO), mms(both, sender=SAM)))


def test_messages_and_calls_and_two_backups_are_one() -> None:
    """What both hold is there once; twins in one backup stay two."""
    older, newer = messages(sms(HELLO), sms(HELLO)), messages(sms(HELLO), sms(HELLO), sms(THERE))
    data = zipped(("sms-1.xml", older), ("sms-2.xml", newer), ("calls-1.xml", calls(call(HELLO))))
    export = read_export("b.zip", data)
    assert (["hello", "hello", "", "there"], "messages and calls") == (bodies(export), export.layout)


def test_a_damaged_message_costs_no_other() -> None:
    """It is counted with its line; Telegram's rule, on XML."""
    export = read(sms(HELLO), sms(THERE).replace('date="', "date="), sms(THERE))
    assert (["hello", "there"], [(6, "entry_not_understood", 1)]) == (
        bodies(export),
        [(one.line, one.kind, one.count) for one in export.problems],
    )


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (messages(), NoChatOfTwo),
        (b"<smses/>", NoChatOfTwo),
        (messages(sms(HELLO))[:-9], BrokenFile),
        (messages(sms(HELLO))[:-40], BrokenFile),
        (messages(sms(HELLO)).replace(b"<smses", b"<!DOCTYPE a [<!ENTITY x 'y'>]><smses"), LooksLikeAnotherFile),
        (messages(sms(Sms(0, mine=True, text="when"))), NoMessages),
        (messages(sms(Sms(AT, mine=True, text="x" * 3_000_000))), EntryTooLong),
        (b'<?xml version="1.0"?><svg/>', LooksLikeAnotherFile),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="".join(map(chr, range(32)))), max_size=40)


@st.composite
def phones(draw: st.DrawFn) -> list[Sms]:
    """One person over years, every kind of message, any characters."""
    at, said = draw(st.integers(1_300_000_000_000, 1_600_000_000_000)), []
    kinds_of = st.sampled_from((Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.MEDIA, Kind.CONTACT))
    shape = st.tuples(st.integers(0, 10**10), st.booleans(), TEXT, kinds_of, st.booleans())
    for gap, mine, text, kind, multimedia in draw(st.lists(shape, min_size=1, max_size=15)):
        at += gap
        text = "so " + text if kind is Kind.TEXT else text
        said.append(Sms(at, mine, text, kind, multimedia=multimedia))
    return said


@seed(20261126)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(phones(), st.booleans(), st.booleans())
def test_a_conversation_comes_back_as_it_was_written(said: list[Sms], halves: bool, others: bool) -> None:
    """Who, when and every character of what, alone or among others, in either way of writing signs (T53)."""
    noise = [sms(Sms(AT, mine=True, text="x", address="+1 202 555 0101", name="Bank"))] if others else []
    export = read(*noise, *(written(one, halves=halves) for one in said), chat="Kim")
    table = take_sides(export, me="Me")
    row = np.argsort(table.order)
    found = [
        (int(table.table.at[row[i]]) // 1000, bool(table.table.sender[row[i]] == EGO), export.body(i), Kind(kind))
        for i, kind in enumerate(export.kind.tolist())
    ]
    assert [(one.at, one.mine, one.text, one.kind) for one in said] == found
    assert {} == problems(export)


def test_pictures_in_the_file_cost_no_memory(tmp_path: Path) -> None:
    """Two hundred megabytes of them, one alone of a hundred; whoever holds that one is over the limit."""
    picture = mms(Sms(AT, mine=True, text="look", kind=Kind.MEDIA)).encode()
    head, tail = picture.split(b"/9j/4AAQ=")
    path = tmp_path / "sms.xml"
    whole = messages(sms(HELLO), "HERE")
    with path.open("wb") as file:
        before, after = whole.split(b"HERE")
        file.write(before)
        for megabytes in (100, *[1] * 50, *[2] * 25):
            file.write(head)
            file.writelines(b"A" * 1_000_000 for _ in range(megabytes))
            file.write(tail)
        file.write(after)
    outcome, megabytes_held, _ = read_apart(path)
    assert ("read", True) == (outcome, path.stat().st_size > 200_000_000)
    assert megabytes_held <= 90
    assert 77 == len(read_export_file(path))
