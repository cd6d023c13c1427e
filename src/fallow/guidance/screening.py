"""
What the answers to the safety screen would mean: reasons for a clear stop, concerns, and whose help comes first.

Nothing here keeps anything, and no answer means that all is well. Where there is no wish to live, help for that stands
before everything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from fallow.guidance.help_lines import Purpose
from fallow.guidance.words import Concern, HardStopReason, load_words, reasons_from
from fallow.plan import PERMANENT

HELP_ORDER: Final[tuple[Purpose, ...]] = ("crisis", "emotional_support", "abuse", "stalking", "own_behaviour")
"""Whose help comes before whose."""


class Follows(msgspec.Struct, frozen=True):
    """
    What some answers would mean, none of it kept.

    Args:
        reasons: For a clear stop, in the order of the screen.
        concerns: Which put help first.
        help_for: Whose help lines belong at the top, in `HELP_ORDER`.
    """

    reasons: tuple[HardStopReason, ...] = ()
    concerns: tuple[Concern, ...] = ()
    help_for: tuple[Purpose, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reasons or self.concerns or self.help_for)

    @property
    def for_good(self) -> bool:
        """Whether one of the reasons is never lifted."""
        return not PERMANENT.isdisjoint(self.reasons)

    @property
    def help_first(self) -> bool:
        """Whether help stands above all else."""
        return bool(self.concerns or self.help_for)


def follows_from(answered_yes: Iterable[str]) -> Follows:
    """
    What follows from the questions answered with yes.

    Args:
        answered_yes: Ids of safety questions.
    Raises:
        ValueError: If an id is not a question of the screen.
    """
    chosen = set(answered_yes)
    found = [question for question in load_words().safety_screen.questions if question.id in chosen]
    reasons = tuple(reason for reason in reasons_from(chosen) if reason != "safety")
    concerns = tuple(dict.fromkeys(question.concern for question in found if question.concern is not None))
    needed = {purpose for question in found for purpose in question.help_for}
    return Follows(reasons, concerns, tuple(purpose for purpose in HELP_ORDER if purpose in needed))


def concern_words(concern: Concern) -> str:
    """What keeping a concern would mean."""
    return next(words.text for words in load_words().safety_screen.concerns if words.concern == concern)
