"""Pages of Google Voice, read as written: many pages of one person are one, and each side is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from fallow.errors import BrokenFile, EntryTooLong, ImportRefused, NoChatOfTwo, NoMessages, WhichChat
from fallow.importers import ChatInside, list_chats, read_export
from fallow.messages import Kind
from importers.chats import bodies, kinds, zipped
from importers.googlevoices import KIM, OWN, ROBIN, Voiced, call, tel, texts

AT = 1_693_621_760_270
HELLO, THERE = Voiced(AT, mine=False, text="hello\nyou"), Voiced(AT + 60_000, mine=True, text="there & <3")
FOLDER = "Takeout/Voice/Calls/"
NAME = "Kim - Text - 2023-09-02T02_29_20Z.html"


def test_pages_of_one_person_are_one_and_groups_nobodys() -> None:
    """Calls among them, and pages on which only I wrote."""
    data = zipped(
        (FOLDER + "Kim - Placed - 2023-09-03T00_00_00Z.html", call(Voiced(AT + 90_000, mine=True, kind=Kind.CALL))),
        (FOLDER + NAME, texts([HELLO, THERE])),
        (FOLDER + "Kim - Text - 2023-09-05T00_00_00Z.html", texts([Voiced(AT + 120_000, mine=True, text="alone")])),
        (FOLDER + "Kim - Missed - 2023-09-06T00_00_00Z.html", call(Voiced(AT + 150_000, mine=False, tag="missed"))),
        (FOLDER + "+15550100300 - Text - 2023-09-06T00_00_00Z.html", texts([HELLO], ROBIN)),
        (FOLDER + "Group - 1.html", texts([HELLO], group=f'<div class="participants">{tel(KIM)}{tel(ROBIN)}</div>')),
    )
    assert [ChatInside(KIM[1], "Kim", 5), ChatInside(ROBIN[1], ROBIN[1], 1)] == list_chats(data)
    with pytest.raises(WhichChat):
        read_export("t.zip", data)
    for wanted in ("Kim", "555 0100 200"):
        export = read_export("t.zip", data, chat=wanted)
        assert ["hello\nyou", "there & <3", "", "alone", ""] == bodies(export)
        assert (["TEXT", "TEXT", "CALL", "TEXT", "CALL"], ("Me", "Kim")) == (kinds(export), export.sides)
        assert ["Kim", "Me", "Me", "Me", "Kim"] == [export.names[one] for one in export.author]
        assert [("calls_unanswered", 1)] == [(one.kind, one.count) for one in export.problems]


def test_my_own_number_is_nobody_to_choose() -> None:
    """Google writes it beside what I wrote, or leaves it out."""
    page = texts([HELLO, THERE])
    bare = page.replace(f'<a class="tel" href="tel:{OWN}">'.encode(), b"").replace(b"Me</abbr></a>", b"Me</abbr>")
    assert bare != page
    for data in (page, bare):
        assert [ChatInside(KIM[1], "Kim", 2)] == list_chats(data)
        export = read_export("p", data)
        assert ["Kim", "Me"] == [export.names[one] for one in export.author]


def test_a_call_without_a_label_is_told_by_the_name_of_its_page() -> None:
    """It says who called, and whether anyone answered."""
    bare = call(Voiced(AT, mine=False, kind=Kind.CALL)).replace(b'rel="tag"', b"")
    kinds_of = ("Placed", "Received", "Missed", "Voicemail")
    pages = [(f"Kim - {kind} - 2023-09-0{i + 1}T00_00_00Z.html", bare) for i, kind in enumerate(kinds_of)]
    export = read_export("t.zip", zipped(*pages))
    assert ["Me", "Kim", "Kim", "Kim"] == [export.names[one] for one in export.author]
    assert [("calls_unanswered", 2)] == [(one.kind, one.count) for one in export.problems]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (texts([]), NoChatOfTwo),
        (texts([HELLO]).replace(b"2023-", b"x"), NoMessages),
        (texts([Voiced(AT, mine=False, text="x" * 200_000)]), EntryTooLong),
        (texts([HELLO]) + b"<a " * 100_000, BrokenFile),
        (texts([HELLO]) + b" " * 17_000_000, ImportRefused),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, error: type[Exception]) -> None:
    """Each for its own reason."""
    with pytest.raises(error):
        read_export("x", data)


def test_a_page_that_cannot_be_read_costs_no_other() -> None:
    """It is counted, whosever it was."""
    bad = texts([HELLO], ROBIN) + b"<a " * 100_000
    export = read_export("t.zip", zipped((FOLDER + NAME, texts([HELLO, THERE])), (FOLDER + "x.html", bad)))
    assert (2, [("entry_not_understood", 1)]) == (len(export), [(one.kind, one.count) for one in export.problems])


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@seed(20261126)
@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, 10**10), st.booleans(), TEXT, st.booleans(), st.integers(-48, 56)),
        min_size=1,
        max_size=12,
    )
)
def test_a_conversation_comes_back_as_it_was_written(shape: list[tuple[int, bool, str, bool, int]]) -> None:
    """Who, when and every character of what, over several pages (T53)."""
    at, said = 1_300_000_000_000, [HELLO]
    for gap, mine, text, media, quarters in shape:
        at += gap
        said.append(Voiced(at, mine, f"so {text}\nx", Kind.MEDIA if media else Kind.TEXT, quarters * 15))
    pages = [(f"{FOLDER}Kim - Text - 2023-09-{i + 1:02}T00_00_00Z.html", texts(said[i::3])) for i in range(3)]
    export = read_export("t.zip", zipped(*pages))
    assert export.offset is not None
    utc = export.local - export.offset.astype(np.int64) * 1_000_000
    found = [
        (int(utc[i]) // 1000, export.names[export.author[i]] == "Me", export.body(i), int(export.kind[i]))
        for i in range(len(export))
    ]
    assert sorted((one.at, one.mine, one.text, int(one.kind)) for one in said) == sorted(found)
