"""Friends who carry news, and running into them: the words that fit how things stand."""

from __future__ import annotations

from typing import Any

from fallow.app.desk import Desk, plan_of
from fallow.app.inbound import passage_in_words
from fallow.guidance import Passage, load_around
from fallow.plan import Phase


def by_chance(desk: Desk) -> Passage:
    """Three seconds for running into them; in a stop, or while help comes first, without a word to them."""
    words = load_around()
    apart = plan_of(desk).phase(desk.clock().day) in (Phase.HARD_STOP, Phase.SAFETY)
    return words.by_chance_stop if apart else words.by_chance


def friends_words() -> dict[str, Any]:
    """What to say to a friend who carries news, for machines."""
    return passage_in_words(load_around().friends)
