"""What is said in a hard hour and on waking: calm, in order, and never that the urge will get smaller."""

import datetime as dt
import re

import msgspec
import pytest

from fallow.guidance import (
    find_technique,
    instead_of_the_phone,
    load_hard_hours,
    load_words,
    morning_line,
)
from guidance.test_words import FORBIDDEN, every_id, every_sentence

SAID = [pytest.param(text, id=name) for name, text in every_sentence(msgspec.to_builtins(load_hard_hours()))]


@pytest.mark.parametrize("text", SAID)
def test_a_sentence_is_calm_and_whole(text: str) -> None:
    """Nothing raises its voice, blames, presses, promises or counts down."""
    assert re.search(r"[.?]$", text)
    assert "!" not in text
    assert not [words for words in FORBIDDEN if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]


def test_every_id_names_one_sentence() -> None:
    """Ids are used once, here and in the other file of sentences."""
    ids = [*every_id(msgspec.to_builtins(load_hard_hours())), *every_id(msgspec.to_builtins(load_words()))]
    assert len(ids) == len(set(ids))


def test_three_minutes_are_six_sentences_of_half_a_minute() -> None:
    """Found in the body first, watched as it rises, then as it falls."""
    assert ["surf.find", "surf.shape", "surf.rise", "surf.breath", "surf.fall", "surf.stay"] == [
        sentence.id for sentence in load_hard_hours().surf
    ]


def test_before_and_after_it_is_said_that_the_urge_may_not_shrink() -> None:
    """In the one study by lot it did not; the ledger says the same."""
    hours = load_hard_hours()
    assert "may not get smaller" in hours.surf_opens.text
    assert "may not have become smaller" in hours.surf[-1].text
    assert "may not get smaller" in find_technique("surfing").caution


def test_a_morning_has_one_line_and_one_thing_and_the_next_has_others() -> None:
    """The same all morning; every line comes before any returns."""
    days = [dt.date(2026, 3, 1) + dt.timedelta(days=n) for n in range(7)]
    lines = [morning_line(day).id for day in days]
    assert lines == [morning_line(day).id for day in days]
    assert len(load_hard_hours().mornings) == len(set(lines))
    assert instead_of_the_phone(days[0]) != instead_of_the_phone(days[1])
