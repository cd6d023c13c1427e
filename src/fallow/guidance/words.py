"""
What the first version says, as whole sentences with ids.

The sentences live in `words.json`, so that they can be read in one sitting and translated later without touching
code; no sentence is put together from parts. Calm by rule (house style, section 11): no exclamation marks, no
blame, no promise that silence changes anyone else, never "you are safe". A test reads every sentence for that.
Nothing here depends on the person's data: the same words for everyone, chosen by id, by answer or by date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files
from typing import Literal

import msgspec

from fallow.guidance.help_lines import Purpose
from fallow.language import Phrase, per_language

HardStopReason = Literal["asked", "blocked", "order", "violence", "own_anger"]
"""Why all help with contact is off; the plan's own reasons (`hard_stop_set.because`)."""
LeadsTo = Literal["asked", "blocked", "order", "violence", "own_anger", "safety"]
Concern = Literal["wish_to_die", "afraid"]
"""What a yes that leads to safety is about; the plan's own words (`safety_noted`)."""
Direction = Literal["theirs", "mine"]


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is said: a stable id, and whole sentences."""

    id: str
    text: Phrase


class SafetyQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A yes-or-no question; a yes leads to a hard stop for that reason, or to safety for that concern, and to help."""

    id: str
    direction: Direction
    leads_to: LeadsTo
    concern: Concern | None
    help_for: tuple[Purpose, ...]
    text: Phrase


class ConcernWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What keeping one concern about safety would mean."""

    id: str
    concern: Concern
    text: Phrase


class SafetyScreen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    The screen, open at any time: what they did or asked, then what I fear of myself; and what is said of what follows.

    Args:
        opens, questions, closes: The questions, with what is said before and after them.
        own_words: Beside the field for saying it in own words.
        nothing: Where nothing was marked; never that all is well.
        asks: Before anything is kept.
        stop_means, lifted, for_good: What a clear stop would be, and how long.
        concerns: What keeping a concern would mean.
    """

    opens: Sentence
    questions: tuple[SafetyQuestion, ...]
    closes: Sentence
    own_words: Sentence
    nothing: Sentence
    asks: Sentence
    stop_means: Sentence
    lifted: Sentence
    for_good: Sentence
    concerns: tuple[ConcernWords, ...]


class HardStopWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said while one hard stop holds."""

    id: str
    because: HardStopReason
    text: Phrase


class QuietTimeOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quiet time that can be chosen; `days` is None for open and for good."""

    id: str
    days: int | None
    open_ended: bool
    text: Phrase


class QuietTimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The choice of a quiet time: every option carries the same label."""

    label: Sentence
    explains: Sentence
    options: tuple[QuietTimeOption, ...]


class UrgeOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the three things the urge page offers."""

    id: str
    title: Phrase
    text: Phrase


class UrgeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The urge page: how it opens, its three options, what it says while waiting."""

    opens: Sentence
    options: tuple[UrgeOption, ...]
    waiting: tuple[Sentence, ...]
    not_delayed: Sentence


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `words.json`."""

    safety_screen: SafetyScreen
    hard_stop: tuple[HardStopWords, ...]
    safety: tuple[Sentence, ...]
    limits: tuple[Sentence, ...]
    quiet_time: QuietTimeWords
    small_things: tuple[Sentence, ...]
    urge: UrgeWords
    friend: tuple[Sentence, ...]
    chat_import: tuple[Sentence, ...]
    chat_how: tuple[Sentence, ...]


@per_language(Words)
def load_words() -> Words:
    """
    Read and check the sentences that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("words.json").read_bytes()
    return msgspec.json.decode(body, type=Words)


def reasons_from(answered_yes: Iterable[str]) -> tuple[LeadsTo, ...]:
    """
    Where the questions answered with yes lead, each once, in the order of the screen.

    Args:
        answered_yes: Ids of safety questions.
    Raises:
        ValueError: If an id is not a question of the screen.
    """
    chosen = set(answered_yes)
    questions = load_words().safety_screen.questions
    unknown = chosen - {question.id for question in questions}
    if unknown:
        raise ValueError(f"{len(unknown)} ids are not questions of the safety screen")
    return tuple(dict.fromkeys(question.leads_to for question in questions if question.id in chosen))


def hard_stop_words(because: HardStopReason) -> str:
    """What is said while a hard stop holds for this reason."""
    return next(words.text for words in load_words().hard_stop if words.because == because)


def small_thing(day: dt.date) -> Sentence:
    """The one small thing Today suggests: the same all day, another tomorrow, each once before any returns."""
    things = load_words().small_things
    return things[day.toordinal() % len(things)]
