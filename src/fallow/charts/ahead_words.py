"""The sentences and labels of the silence forecast; a forecast is of a message, and no more is said."""

from __future__ import annotations

from typing import Final

AHEAD_TITLE: Final = "In 100 silences like this one, how many they end by writing first, up to 90 days from now"
AHEAD_COLUMNS: Final = ("Within", "They write, you keep quiet", "They write first", "You write first", "Nobody writes")
IF_SILENT: Final = "they write, you keep quiet throughout"
EITHER: Final = "they write first, each of you free to"
FEWEST: Final = "fewer than 1"
NEARLY_ALL: Final = "more than 99"

Limited = tuple[float, float, float]
"""A probability with its lower and upper limit."""


def of_100(chance: Limited) -> str:
    """How many of 100, with limits; a probability that is not known to a hundredth is not called none or all."""
    p, lower, upper = chance
    return f"{_count(p)} ({100 * lower:.0f} to {100 * upper:.0f})"


def _count(p: float) -> str:
    if p < 0.005:
        return FEWEST
    return NEARLY_ALL if p > 0.995 else f"{100 * p:.0f}"


def _about(chance: Limited) -> str:
    said = of_100(chance)
    return said if said.startswith((FEWEST, NEARLY_ALL)) else f"about {said}"


def ahead_sentence(days: int, silent: Limited, other: Limited, own: Limited, neither: Limited) -> str:
    """What the picture shows, told at one horizon."""
    return (
        f"In 100 silences like this one, they wrote first within the next {days} days in {_about(other)}, you in "
        f"{_about(own)}, and in {_about(neither)} nobody did. Were you to keep quiet throughout, and that changed "
        f"nothing on their side, they would write in {_about(silent)}."
    )


def within_label(days: int) -> str:
    return f"{days} days"
