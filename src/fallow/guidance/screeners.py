"""
Two short checks, of mood (PHQ-2) and of worry (GAD-2), unaltered and with their notice.

Items, answers and notice are the instruments' own words and are never reworded, reordered or put together; a test
holds them byte for byte. The wording was compared with stored copies of the longer forms in November 2026, the PHQ-9
("down, depressed, or hopeless") and the GAD-7 ("nervous, anxious or on edge"); no form of the GAD-2 by itself was
seen, and copies differ in a comma. The German is that of the German forms of the same two, which address people as
"Sie", compared with stored copies at the same time; only the notice was translated here. A score points, it does not
diagnose, and a low one tells nobody that all is well.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Final, Literal

import msgspec

from fallow.errors import NotUnderstood
from fallow.language import Phrase, per_language
from fallow.language import gettext as _

ScreenerId = Literal["phq2", "gad2"]
LOWEST, HIGHEST = 0, 3
"""What one answer can be worth: its place among the answers."""
MOST: Final = 6
"""The highest total of two answers."""


class Screener(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    One instrument.

    Args:
        id, name, about: "phq2", "PHQ-2", "mood".
        asks: The question above the items.
        items: Two, in their order.
        answers: Four; the place of one, from 0, is what it is worth.
        notice, licence: What has to stand beside it, and why it may be here.
        cut_off: Total from which it points to more than a low week.
        cut_off_sources: Ids in the ledger of sources.
        limits: What a total cannot tell.
    """

    id: ScreenerId
    name: str
    about: Phrase
    asks: Phrase
    items: tuple[Phrase, Phrase]
    answers: tuple[Phrase, Phrase, Phrase, Phrase]
    notice: Phrase
    licence: str
    cut_off: int
    cut_off_sources: tuple[str, ...]
    limits: Phrase


class Score(msgspec.Struct, frozen=True):
    """A total, 0 to 6, and whether it reaches the cut-off."""

    total: int
    reaches_cut_off: bool


@per_language(tuple[Screener, ...])
def load_screeners() -> tuple[Screener, ...]:
    """
    Read and check the instruments that came with this version, mood first.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("screeners.json").read_bytes()
    return msgspec.json.decode(body, type=tuple[Screener, ...])


def find_screener(id: ScreenerId) -> Screener:
    """The instrument with this id."""
    return next(screener for screener in load_screeners() if screener.id == id)


def score_answers(screener: Screener, answers: Sequence[int]) -> Score:
    """
    The total of the answers, as the instrument adds them.

    Args:
        answers: One for each item, each 0 to 3. A check in which one was left out has no total.
    Raises:
        NotUnderstood: If there are not two, or one is out of its range.
    Source:
        Kroenke, Spitzer, Williams (2003), Medical Care 41(11); Plummer et al. (2016), Gen Hosp Psychiatry 39.
    """
    if len(answers) != len(screener.items):
        raise NotUnderstood(what=_("the answers; there are {n} of them").format(n=len(screener.items)))
    if any(not LOWEST <= answer <= HIGHEST for answer in answers):
        raise NotUnderstood(what=_("an answer; each is {lowest} to {highest}").format(lowest=LOWEST, highest=HIGHEST))
    total = sum(answers)
    return Score(total=total, reaches_cut_off=total >= screener.cut_off)
