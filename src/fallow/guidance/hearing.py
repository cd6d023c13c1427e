"""
What is answered to a plea in the person's own words: whole sentences and fixed next steps, chosen by rule.

`listening.py` finds which kinds of plea stand in the words; here they are put in order and answered from
`hearing.json`, where the order of the kinds is their precedence. The first kind speaks in full, a second one adds its
first sentence. Where a hard kind is among them (danger, violence, a request for no contact, anger), only hard kinds
speak, and nothing about writing is offered. What needs help shows it first. No sentence suggests, words, times or
excuses contact, and none is put together from parts; tests hold every sentence, and some 900 pleas, to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

import msgspec

from fallow.guidance.help_lines import Purpose
from fallow.guidance.listening import Found, find_kinds
from fallow.guidance.words import Sentence
from fallow.language import Phrase, per_language

Kind = Literal[
    "danger", "their_threat", "violence_theirs", "violence_mine", "order", "asked", "blocked", "own_anger",
    "necessity", "drinking", "loss", "they_wrote", "side_door", "wording", "timing", "closure", "neutral", "date",
    "new_partner", "looking", "belongings", "apology", "permission", "longing",
]  # fmt: skip
Offer = Literal[
    "help_lines", "emergency", "wait", "surf", "call_friend", "write_here", "park_question", "sober_gate", "dates",
    "logistics", "stop", "evidence", "rest", "they_wrote",
]  # fmt: skip

OFF_IN_A_STOP: Final[frozenset[Offer]] = frozenset({"write_here", "park_question", "logistics", "they_wrote", "dates"})
"""Steps that lead to writing, or to reasons or days for it: not offered while a clear stop holds."""
SPOKEN: Final = 2
"""How many kinds speak where none of them is hard; more would be a lecture."""


class HeardSentence(Sentence, frozen=True, forbid_unknown_fields=True):
    """A sentence, and whether it may be said while a clear stop holds."""

    in_stop: bool


class KindWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind is answered; `help_for` names the help lines it needs at once."""

    id: Kind
    hard: bool
    help_for: tuple[Purpose, ...]
    says: tuple[str, ...]
    offers: tuple[Offer, ...]


class OfferWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A next step in words."""

    id: Offer
    title: Phrase
    text: Phrase


class HearingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `hearing.json`; `kinds` with the most pressing first."""

    kinds: tuple[KindWords, ...]
    sentences: tuple[HeardSentence, ...]
    offers: tuple[OfferWords, ...]

    def sentence(self, id: str) -> HeardSentence:
        return next(each for each in self.sentences if each.id == id)


@dataclass(frozen=True, slots=True)
class Heard:
    """
    What was heard, and the answer.

    Args:
        kinds: At least one, the most pressing first.
        says: What is said, in order.
        offers: What can be done next, the nearest first.
        help_for: Whose help lines belong at the top; empty where help is not the first thing.
    """

    kinds: tuple[Kind, ...]
    says: tuple[Sentence, ...]
    offers: tuple[Offer, ...]
    help_for: tuple[Purpose, ...]

    @property
    def help_first(self) -> bool:
        return bool(self.help_for)


@per_language(HearingWords)
def load_hearing() -> HearingWords:
    """
    Read and check the answers that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("hearing.json").read_bytes()
    return msgspec.json.decode(body, type=HearingWords)


def hear(text: str, *, stopped: bool = False) -> Heard:
    """
    The answer to a plea. Never fails: where no cue is found, or there are no words, it is heard as longing.

    Args:
        text: Of any length, in English, German or anything else.
        stopped: Whether a clear stop holds; then nothing about writing is said, weighed or offered.
    """
    found = find_kinds(text)
    kinds = [kind for kind in load_hearing().kinds if kind.id in found.kinds] or [load_hearing().kinds[-1]]
    speaking = _speaking(kinds)
    return Heard(
        kinds=tuple(kind.id for kind in kinds),
        says=_says(speaking, found, stopped=stopped),
        offers=_offers(speaking, found, stopped=stopped),
        help_for=tuple(dict.fromkeys(purpose for kind in speaking for purpose in kind.help_for)),
    )


def offer_words(offer: Offer) -> OfferWords:
    """What a next step is called."""
    return next(words for words in load_hearing().offers if words.id == offer)


def _speaking(kinds: list[KindWords]) -> list[KindWords]:
    hard = [kind for kind in kinds if kind.hard]
    return hard or kinds[:SPOKEN]


def _says(speaking: list[KindWords], found: Found, *, stopped: bool) -> tuple[Sentence, ...]:
    """The first kind in full and one sentence of each other, help first; in a stop what may be said in it."""
    words = load_hearing()
    ids = [*speaking[0].says]
    for kind in speaking[1:]:
        ids += [id for id in kind.says if id not in ids][:1]
    if stopped:
        allowed = [id for id in ids if words.sentence(id).in_stop]
        instead = "hear.stop.necessity" if speaking[0].id == "necessity" else "hear.stop"
        ids = allowed if len(allowed) == len(ids) else [instead, *allowed]
    ids += ["hear.quiet_help"] * (found.quiet and not speaking[0].help_for)
    return tuple(Sentence(each.id, each.text) for each in map(words.sentence, dict.fromkeys(ids)))


def _offers(speaking: list[KindWords], found: Found, *, stopped: bool) -> tuple[Offer, ...]:
    """Help lines first where anything heavy stands in the words; then the steps of each kind, none twice."""
    heavy: tuple[Offer, ...] = ("help_lines",) if found.quiet else ()
    steps = dict.fromkeys((*heavy, *(offer for kind in speaking for offer in kind.offers)))
    return tuple(offer for offer in steps if not (stopped and offer in OFF_IN_A_STOP))
