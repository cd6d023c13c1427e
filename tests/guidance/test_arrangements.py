"""What helps where contact cannot be avoided: calm, short, and nothing that talks about the two of them."""

from __future__ import annotations

import re

import msgspec
import pytest

from fallow.guidance import load_arrangements
from guidance.test_words import FORBIDDEN, every_id, every_sentence

WORDS = msgspec.to_builtins(load_arrangements())


@pytest.mark.parametrize(("name", "text"), list(every_sentence(WORDS)))
def test_a_sentence_is_calm(name: str, text: str) -> None:
    """Nothing raises its voice, blames, presses or promises."""
    assert "!" not in text
    assert not [words for words in FORBIDDEN if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)], name


def test_every_id_names_one_sentence() -> None:
    """An id is used once, so that a translation can be found by it."""
    ids = list(every_id(WORDS))
    assert sorted(set(ids)) == sorted(ids)
