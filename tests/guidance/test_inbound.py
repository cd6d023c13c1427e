"""They wrote: what is said is calm, reads nobody, celebrates nothing, and is no message to be copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import msgspec
import pytest

from fallow.guidance import load_around, load_inbound
from fallow.plan import NEEDS, Triage
from guidance.test_words import FORBIDDEN, every_id

WORDS = {"inbound": msgspec.to_builtins(load_inbound()), "around": msgspec.to_builtins(load_around())}
NAMES = ("id", "step", "what")
READS = [
    r"they (?:feel|felt|want|love|miss|mean|meant|hope|hoped|regret)",
    r"good sign",
    r"halfway",
    r"finally",
    r"congrat\w*",
    r"well done",
    r"chance",
    r"hope\w*",
    r"come back",
    r"slip up",
]
"""What would read them, or celebrate."""


def every_text(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in NAMES:
                yield from every_text(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from every_text(value)
    elif isinstance(part, str):
        yield part


@pytest.mark.parametrize("text", list(every_text(WORDS)))
def test_a_sentence_is_calm_and_reads_nobody(text: str) -> None:
    """Nothing raises its voice, blames, presses, promises, celebrates, or says what it means that they wrote."""
    assert "!" not in text
    assert not [rule for rule in FORBIDDEN + READS if re.search(rf"\b(?:{rule})\b", text, re.IGNORECASE)]
    assert not re.search(r"\bsafe\b", text, re.IGNORECASE)


@pytest.mark.parametrize("name", WORDS)
def test_every_id_names_one_sentence(name: str) -> None:
    """An id is used once, so that a translation can be found by it."""
    ids = list(every_id(WORDS[name]))
    assert sorted(set(ids)) == sorted(ids)


def test_every_kind_of_message_is_an_option_once() -> None:
    """Four, in the order in which they are asked."""
    assert list(get_args(Triage)) == [option.what for option in load_inbound().options]


def test_each_stance_answers_and_fits_what_is_about_the_two() -> None:
    """What is recorded when one is taken is a step the plan knows for it."""
    assert ["not_now", "plain_no", "open_slowly"] == [stance.step for stance in load_inbound().stances]
    assert all("about_us" in NEEDS[stance.step] for stance in load_inbound().stances)


def test_a_shape_is_structure_and_no_message() -> None:
    """It tells how many sentences and what is in them; it quotes nothing and speaks to nobody."""
    shapes = [stance.shape for stance in load_inbound().stances]
    assert all(re.match(r"(?:Two|Three) sentences", shape) for shape in shapes)
    texts = [*shapes, *load_inbound().necessary.sentences]
    assert not [text for text in texts if re.search(r"[\"“”„]|\bI\b|\bdear\b|\bhi\b", text)]


def test_what_stands_in_a_stop_holds_no_word_to_them() -> None:
    """Neither a shape, nor a nod."""
    words = load_inbound()
    said = " ".join((*words.stop.sentences, *words.help_first.sentences, *load_around().by_chance_stop.sentences))
    assert not re.search(r"\b(?:sentence|question|hello|nod|write|reply)\b", said)
    assert "without a word" in said


def test_the_words_say_what_was_asked_of_them() -> None:
    """Emergency services or family, not me; an advocate before blocking; originals; no more than can be borne."""
    words = load_inbound()
    assert "It does not have to be you who answers." in " ".join(words.self_harm.sentences)
    assert "advocate first, before you block" in " ".join(words.persistence.sentences)
    kept = " ".join(load_around().kept.sentences)
    assert all(part in kept for part in ("more than you can bear", "Keep the originals", "an advocate first"))
