"""Running into them: the words that fit how things stand."""

from __future__ import annotations

from fallow.app.desk import Desk, plan_of
from fallow.guidance import Passage, load_around
from fallow.plan import Phase


def by_chance(desk: Desk) -> Passage:
    """Three seconds for running into them; in a stop, or while help comes first, without a word to them."""
    words = load_around()
    apart = plan_of(desk).phase(desk.clock().day) in (Phase.HARD_STOP, Phase.SAFETY)
    return words.by_chance_stop if apart else words.by_chance
