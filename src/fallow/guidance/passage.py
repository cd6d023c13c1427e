"""A few sentences that stand together on one screen: how it opens, its points, how it closes."""

from __future__ import annotations

import msgspec

from fallow.guidance.words import Sentence
from fallow.language import Phrase


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    Args:
        id: Stable.
        title: In a few words.
        opens: Before the points.
        points: Steps or parts, in their order.
        closes: After them.
    """

    id: str
    title: Phrase
    opens: tuple[Sentence, ...] = ()
    points: tuple[Sentence, ...] = ()
    closes: tuple[Sentence, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence in order, without the title."""
        return tuple(sentence.text for sentence in (*self.opens, *self.points, *self.closes))
