"""
Words around the other one: what is kept as evidence, friends who carry news, running into them.

All of it is for the person or for a friend; none is meant for the other one. Where a stop holds, or help comes first,
`by_chance_stop` stands in place of `by_chance`, so that not even a word to them is spoken of.
"""

from __future__ import annotations

from importlib.resources import files

import msgspec

from fallow.guidance.passage import Passage
from fallow.language import per_language


class AroundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `around.json`."""

    kept: Passage
    friends: Passage
    helps: Passage
    by_chance: Passage
    by_chance_stop: Passage


@per_language(AroundWords)
def load_around() -> AroundWords:
    """
    Read and check the words that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("around.json").read_bytes()
    return msgspec.json.decode(body, type=AroundWords)
