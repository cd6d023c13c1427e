"""What follows from the safety screen: help in its order, nothing that is not so, and never that all is well."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest

from fallow.guidance import HEARD, concern_words, follows_from, load_hearing, load_help_lines, load_words
from fallow.guidance.screening import HELP_ORDER, Follows
from fallow.plan import Because, Concern

QUESTIONS = load_words().safety_screen.questions


def test_reasons_and_concerns_are_the_words_of_the_plan() -> None:
    """Each reason for a stop and each concern of the plan can follow from the screen, and nothing else can."""
    follows = follows_from(question.id for question in QUESTIONS)
    assert set(get_args(Because)) == set(follows.reasons)
    assert set(get_args(Concern)) == set(follows.concerns)
    assert HELP_ORDER == follows.help_for


@pytest.mark.parametrize("other", QUESTIONS, ids=lambda question: question.id)
def test_help_for_a_wish_to_die_stands_first_whatever_else(other: object) -> None:
    """In every country that is listed, the first line is one for a crisis, or for somebody to talk to."""
    follows = follows_from(["screen.not_live", other.id])  # type: ignore[attr-defined]
    assert ("crisis", "emotional_support") == follows.help_for[:2]
    lines = load_help_lines()
    for country in lines.countries:
        found = lines.for_purposes(country.code, follows.help_for)
        if country.lines_for("crisis", "emotional_support"):
            assert found[0].purpose in ("crisis", "emotional_support")
        assert lines.other.lines[-1] == found[-1]


def test_nothing_follows_from_nothing() -> None:
    """Who marks nothing is asked nothing; the sentence for it claims no safety."""
    assert Follows() == follows_from([])
    assert not follows_from([])
    assert "no list of questions can see everything" in load_words().safety_screen.nothing.text


def test_what_follows_from_two_answers_is_what_follows_from_each() -> None:
    """No answer hides another."""
    for one, two in combinations(QUESTIONS, 2):
        apart = [follows_from([each.id]) for each in (one, two)]
        both = follows_from([one.id, two.id])
        assert {reason for each in apart for reason in each.reasons} == set(both.reasons)
        assert {concern for each in apart for concern in each.concerns} == set(both.concerns)
        assert {purpose for each in apart for purpose in each.help_for} == set(both.help_for)


def test_only_an_order_and_violence_stay_for_good() -> None:
    """And that is known before it is kept."""
    good = [question.leads_to for question in QUESTIONS if follows_from([question.id]).for_good]
    assert {"order", "violence"} == set(good)


@pytest.mark.parametrize("concern", get_args(Concern))
def test_keeping_a_concern_is_explained_and_left_at_will(concern: Concern) -> None:
    """What it means, and that one goes on whenever one wants."""
    assert "You go on whenever you want" in concern_words(concern)


def test_what_is_heard_leads_where_a_yes_would() -> None:
    """Every hard kind of plea is known to the screen; a soft one leads nowhere."""
    hard = {kind.id for kind in load_hearing().kinds if kind.hard}
    assert hard == set(HEARD)
    assert follows_from([], hard).reasons == get_args(Because)
    assert ("wish_to_die",) == follows_from([], ["danger"]).concerns
    assert Follows() == follows_from([], ["longing", "apology"])


def test_an_id_that_is_no_question_is_a_mistake_of_the_caller() -> None:
    """Pages pass over such ids before."""
    with pytest.raises(ValueError, match="1 ids"):
        follows_from(["screen.made_up"])
