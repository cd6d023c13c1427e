"""A question put away for a week: out of sight until then, let go with its words, or kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import a_desk, later
from fallow.app import (
    Desk,
    drafts_shown,
    keep_question,
    let_question_go,
    letters_shown,
    park_question,
    plan_of,
    questions_shown,
    read_draft,
    read_question,
    ready_questions,
    record,
    set_gate,
    today,
)
from fallow.errors import NoSuchEntry, NotUnderstood, StillSealed
from fallow.plan import Ask, HardStopSet, QuestionSettled, SafetyNoted, encode_event

WORDS = "Was it that evening, or long before?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def test_it_is_out_of_sight_for_seven_days(desk: Desk) -> None:
    """Its words are shown nowhere until the very minute a week later; it is met among no drafts and no letters."""
    id = park_question(desk, WORDS).id
    before, after = later(desk, days=7, minutes=-1), later(desk, days=7)
    assert ("", WORDS) == (read_question(before, id).text, read_question(after, id).text)
    assert ((), (id,)) == (today(before).questions, today(after).questions)
    assert [] == [*sum(drafts_shown(after), ()), *sum(letters_shown(after), ())]
    with pytest.raises(NoSuchEntry):
        read_draft(after, id)
    assert WORDS.encode() not in b"".join(encode_event(each.event) for each in desk.store.events())


def test_let_go_its_words_are_gone(desk: Desk) -> None:
    """At any time, its week over or not; an event says that it was, and not what it said."""
    id = park_question(desk, WORDS).id
    assert let_question_go(desk, id).complete
    assert QuestionSettled(id, "let_go") == desk.store.events()[-1].event.what
    with pytest.raises(NoSuchEntry):
        read_question(desk, id)
    with pytest.raises(NoSuchEntry):
        let_question_go(desk, id)


def test_kept_it_stays_and_is_not_asked_about_again(desk: Desk) -> None:
    """Only once its week is over; kept twice is kept once; it can still be let go later."""
    id = park_question(desk, WORDS).id
    with pytest.raises(StillSealed):
        keep_question(desk, id)
    after = later(desk, days=8)
    keep_question(after, id)
    keep_question(after, id)
    assert () == ready_questions(after, plan_of(after))
    assert 2 == len(desk.store.events())
    assert WORDS == read_question(after, id).text
    assert let_question_go(after, id).complete
    assert 2 == len(desk.store.events())
    assert ((), (), ()) == questions_shown(after)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001])
def test_what_is_no_question_is_refused(desk: Desk, text: str) -> None:
    """Nothing is kept, neither words nor an entry."""
    with pytest.raises(NotUnderstood):
        park_question(desk, text)
    assert ((), ()) == (desk.store.events(), desk.store.drafts())


def test_it_is_open_whatever_holds(desk: Desk) -> None:
    """In a clear stop, while help comes first, in a gate: it is for oneself."""
    record(desk, Ask(HardStopSet("asked")), Ask(SafetyNoted("wish_to_die")))
    set_gate(desk)
    id = park_question(desk, WORDS).id
    assert WORDS == read_question(later(desk, days=7), id).text
