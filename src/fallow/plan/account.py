"""
The account of how it ended, from both sides: short, dated, revisited and never overwritten.

Each telling is one event, whole, so that earlier ones stay readable beside it. What a person knows of a feeling is
told apart from what they guess and from what they cannot know; a feeling that was not asked about is None. Nothing of
it is read as what the other one feels.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from fallow.plan.happening import Happening, Initiator, Line

SHORT: Final = 600
"""Characters of one answer; about a hundred words, so that it has an end."""
SITTING: Final = dt.timedelta(minutes=10)
"""Twice the five minutes it is meant to take; after that nothing more is asked, and what is there can be kept."""
MOST_FACTS: Final = 12
"""Lines of the timeline."""

Short = Annotated[str, Meta(max_length=SHORT)]
Known = Literal["known", "guess", "unknown"]
Feeling = Literal["relief", "pain", "remorse", "regret", "anger", "longing"]
Mendable = Literal["yes", "no", "unknown"]
Answer = Literal["yes", "no", "unknown"]


class Side(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of six feelings of one side: felt or said (known), a guess, or not to be known."""

    relief: Known | None = None
    pain: Known | None = None
    remorse: Known | None = None
    regret: Known | None = None
    anger: Known | None = None
    longing: Known | None = None


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened, on a day or about that day."""

    on: dt.date
    words: Line
    roughly: bool = False


class AccountGiven(Happening, frozen=True, tag="account_given"):
    """
    How it ended, told in one sitting.

    Args:
        initiator: Who ended it.
        how_said: How it was said.
        about: What it was about.
        mine, theirs: Both sides' feelings; theirs is None where it is not asked about.
        own: What is mine to own.
        cannot_know: What I cannot know.
        small: Whether it was over something small that can be mended.
        facts: The timeline, earliest first.
        on: The day it ended; None: left out, and a day said before still holds.
        spoken_before: Whether parting had been spoken of before that day.
        in_heat: Whether it was said in the middle of a quarrel.
        said_again: Yes: it was said again on a calm day; no: it was taken back, or called hasty.
        prepared: Whether something had been arranged for it beforehand, such as a place to live.
    """

    initiator: Initiator = "unknown"
    how_said: Short | None = None
    about: Short | None = None
    mine: Side = Side()
    theirs: Side | None = None
    own: Short | None = None
    cannot_know: Short | None = None
    small: Mendable = "unknown"
    facts: Annotated[tuple[Fact, ...], Meta(max_length=MOST_FACTS)] = ()
    on: dt.date | None = None
    spoken_before: Answer = "unknown"
    in_heat: Answer = "unknown"
    said_again: Answer = "unknown"
    prepared: Answer = "unknown"

    @property
    def weighed(self) -> tuple[Answer, ...]:
        """What is asked to weigh whether it was long considered; a reason to write, so not asked in a clear stop."""
        return self.small, self.spoken_before, self.in_heat, self.said_again, self.prepared
