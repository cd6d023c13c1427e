"""
What the answers to the safety screen would mean: reasons for a clear stop, concerns, and whose help comes first.

Nothing here keeps anything, and no answer means that all is well. Where there is no wish to live, help for that stands
before everything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

import msgspec

from fallow.guidance.hearing import Kind, load_hearing
from fallow.guidance.help_lines import Purpose
from fallow.guidance.words import Concern, HardStopReason, LeadsTo, load_words, reasons_from
from fallow.plan import PERMANENT

HELP_ORDER: Final[tuple[Purpose, ...]] = ("crisis", "emotional_support", "abuse", "stalking", "own_behaviour")
"""Whose help comes before whose."""
HEARD: Final[dict[Kind, LeadsTo | None]] = {
    "danger": "safety",
    "their_threat": None,
    "violence_theirs": "violence",
    "violence_mine": "violence",
    "order": "order",
    "asked": "asked",
    "blocked": "blocked",
    "own_anger": "own_anger",
}
"""What own words may mean, by what was heard in them: the hard kinds, and where each leads, as a yes would."""


class Follows(msgspec.Struct, frozen=True):
    """
    What some answers would mean, none of it kept.

    Args:
        reasons: For a clear stop, in the order of the plan.
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


def follows_from(answered_yes: Iterable[str], heard: Iterable[Kind] = ()) -> Follows:
    """
    What follows from the questions answered with yes, and from what was heard in own words.

    Args:
        answered_yes: Ids of safety questions.
        heard: Kinds of plea; only hard ones lead anywhere.
    Raises:
        ValueError: If an id is not a question of the screen.
    """
    chosen, kinds = set(answered_yes), {kind for kind in heard if kind in HEARD}
    found = [question for question in load_words().safety_screen.questions if question.id in chosen]
    leads = {*reasons_from(chosen), *(HEARD[kind] for kind in kinds)}
    concerns = [question.concern for question in found if question.concern is not None]
    if "danger" in kinds:
        concerns.append("wish_to_die")
    needed = {purpose for question in found for purpose in question.help_for}
    needed |= {purpose for kind in load_hearing().kinds if kind.id in kinds for purpose in kind.help_for}
    return Follows(
        reasons=tuple(reason for reason in get_args(HardStopReason) if reason in leads),
        concerns=tuple(concern for concern in get_args(Concern) if concern in concerns),
        help_for=tuple(purpose for purpose in HELP_ORDER if purpose in needed),
    )


def concern_words(concern: Concern) -> str:
    """What keeping a concern would mean."""
    return next(words.text for words in load_words().safety_screen.concerns if words.concern == concern)
