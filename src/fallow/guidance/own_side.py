"""My side of the door: what is in a person's hands, as a short list; what is not is said once."""

from __future__ import annotations

from importlib.resources import files
from typing import Final, Literal

import msgspec

from fallow.guidance.words import Sentence
from fallow.language import Phrase, per_language
from fallow.plan import AccountGiven

OwnWay = Literal["better", "letters", "review", "plans", "reach", "friends", "parked", "sides"]
"""Where a line leads."""
MOST_LINES: Final = 7


class OwnLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    One thing that is in a person's hands.

    Args:
        id: Stable.
        when: For whom it is: always, or by what the account holds.
        helps: It helps to write to them, or to time it; so it is not there in a clear stop.
        text: In two sentences at most.
        way: What there is for it, by name.
    """

    id: str
    when: Literal["always", "own", "small", "cannot_know", "untold"]
    helps: bool
    text: Phrase
    way: OwnWay


class OwnSide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines in their order, at most seven; and, once, what is in nobody's hands here."""

    opens: Sentence
    lines: tuple[OwnLine, ...]
    not_mine: Sentence


@per_language(OwnSide)
def load_own_side() -> OwnSide:
    """
    Every line there is, as it came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    return msgspec.json.decode(files(__package__).joinpath("own_side.json").read_bytes(), type=OwnSide)


def own_side(told: AccountGiven | None, *, stopped: bool) -> OwnSide:
    """
    What is in my hands, made from the account.

    Args:
        told: The telling that stands; None: nothing was told.
        stopped: A clear stop holds, so nothing that drafts, times or reasons about a message is listed.
    """
    holds = {
        "always": True,
        "own": told is not None and bool(told.own),
        "small": told is not None and told.small == "yes",
        "cannot_know": told is not None and bool(told.cannot_know),
        "untold": told is None or not told.own,
    }
    listed = load_own_side()
    lines = [line for line in listed.lines if holds[line.when] and not (stopped and line.helps)]
    return msgspec.structs.replace(listed, lines=tuple(lines[:MOST_LINES]))
