"""
They wrote: what is said in the pause, in each of the four branches, and where somebody has to be kept from harm.

Shapes of an answer are structure told in words ("two sentences: ..."), never a message ready to be copied. Nothing says
what it means that they wrote; the ledger's C11 is why. Which of it may be shown when is the plan's (`plan.gates`) and
`app`'s to say: the shapes, stances and plans here are closed in a hard stop and while help comes first.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Literal

import msgspec

from fallow.guidance.passage import Passage
from fallow.guidance.words import Sentence
from fallow.language import Phrase, per_language
from fallow.plan import Step, Triage

WayId = Literal["three", "slow", "friends"]
"""What a message about the two of us can be: missing you, an apology, being friends."""


class TriageOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the four things it can be."""

    id: str
    what: Triage
    title: Phrase
    text: Phrase


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the three things a message about the two of us can be, with a screen of its own."""

    id: WayId
    title: Phrase
    text: Phrase


class Stance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"being": "is"}):
    """
    A way to stand towards "I miss you".

    Args:
        id: Stable.
        step: What is recorded when it is taken.
        title: In a few words.
        being, is_not: What it is, and what it is not.
        shape: Of a short kind answer, in words.
    """

    id: str
    step: Step
    title: Phrase
    being: Phrase
    is_not: Phrase
    shape: Phrase


class InboundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `inbound.json`."""

    pause: Passage
    triage: Passage
    options: tuple[TriageOption, ...]
    necessary: Passage
    about_us: Passage
    ways: tuple[Way, ...]
    three: Passage
    stances: tuple[Stance, ...]
    slow: Passage
    friends: Passage
    ambiguous: Passage
    night: Sentence
    pressure: Passage
    stop: Passage
    help_first: Passage
    self_harm: Passage
    persistence: Passage
    clear_stop: Passage
    rests: Passage
    gate: Passage
    nothing_open: Passage

    def branch(self, triage: Triage) -> Passage:
        """The passage of a branch."""
        passages: dict[Triage, Passage] = {
            "necessary": self.necessary,
            "about_us": self.about_us,
            "ambiguous": self.ambiguous,
            "pressure": self.pressure,
        }
        return passages[triage]

    def way(self, id: WayId) -> Passage:
        """The passage of one of the three."""
        passages: dict[WayId, Passage] = {"three": self.three, "slow": self.slow, "friends": self.friends}
        return passages[id]


@per_language(InboundWords)
def load_inbound() -> InboundWords:
    """
    Read and check the words that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("inbound.json").read_bytes()
    return msgspec.json.decode(body, type=InboundWords)
