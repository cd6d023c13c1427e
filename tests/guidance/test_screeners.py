"""The two checks of mood and worry: the instruments' own words, byte for byte, and their sums."""

import hashlib

import pytest

from fallow.errors import NotUnderstood
from fallow.guidance import Screener, find_screener, find_source, load_screeners, score_answers

ANSWERS = ("Not at all", "Several days", "More than half the days", "Nearly every day")
NOTICE = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant "
    "from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
)

each_screener = pytest.mark.parametrize("screener", load_screeners(), ids=lambda screener: screener.id)


def test_the_check_of_mood_is_word_for_word_the_instrument() -> None:
    """PHQ-2: the first two items of the PHQ-9 form, with its question and answers."""
    screener = find_screener("phq2")

    assert "Over the last 2 weeks, how often have you been bothered by any of the following problems?" == screener.asks
    assert ("Little interest or pleasure in doing things", "Feeling down, depressed, or hopeless") == screener.items
    assert ANSWERS == screener.answers


def test_the_check_of_worry_is_word_for_word_the_instrument() -> None:
    """GAD-2: the first two items of the GAD-7 form, with its question and answers."""
    screener = find_screener("gad2")

    assert "Over the last 2 weeks, how often have you been bothered by the following problems?" == screener.asks
    assert (
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
    ) == screener.items
    assert ANSWERS == screener.answers


@each_screener
def test_the_notice_stands_beside_it(screener: Screener) -> None:
    """Who made it, and that no permission is needed; and why it may be here."""
    assert NOTICE == screener.notice
    assert "Pfizer" in screener.licence
    assert "unaltered" in screener.licence


@pytest.mark.parametrize(("id", "frozen"), [("phq2", "66f5612a8c288e9e"), ("gad2", "645b239266475ba6")])
def test_no_byte_of_an_instrument_changes(id: str, frozen: str) -> None:
    """Question, items, answers and notice as bytes: a look-alike letter or a lost comma is seen."""
    screener = next(each for each in load_screeners() if each.id == id)
    words = (screener.asks, *screener.items, *screener.answers, screener.notice)

    assert frozen == hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def test_mood_comes_first_and_there_are_no_others() -> None:
    """The longer forms are not here: the PHQ-9 asks about suicide and needs somebody who follows up."""
    assert ("phq2", "gad2") == tuple(screener.id for screener in load_screeners())


@each_screener
def test_the_cut_off_is_three_with_a_source(screener: Screener) -> None:
    """The usual one, and the sources are in the ledger."""
    assert 3 == screener.cut_off
    assert all(find_source(id).doi or find_source(id).no_doi for id in screener.cut_off_sources)
    assert any(find_source(id).doi for id in screener.cut_off_sources)


@each_screener
def test_its_limits_say_that_it_misses_people(screener: Screener) -> None:
    """A total that is low is never told as good news."""
    assert "misses people" in screener.limits
    assert "diagnoses nothing" in screener.limits


@each_screener
def test_a_total_is_the_sum_of_the_answers_and_reaches_the_cut_off_at_three(screener: Screener) -> None:
    """All sixteen ways to answer."""
    for first in range(4):
        for second in range(4):
            score = score_answers(screener, (first, second))
            assert (first + second, first + second >= 3) == (score.total, score.reaches_cut_off)


@each_screener
@pytest.mark.parametrize("answers", [(-1, 0), (0, 4), (3, 99), (0,), (0, 0, 0), ()])
def test_an_answer_out_of_range_or_left_out_is_refused(screener: Screener, answers: tuple[int, ...]) -> None:
    """There is no total then, and the sentence does not repeat what was sent."""
    with pytest.raises(NotUnderstood, match="answer") as caught:
        score_answers(screener, answers)
    assert "99" not in caught.value.sentence
