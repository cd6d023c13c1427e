"""The heading and the definition of every figure, so that another language replaces this file and `phrases` alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Caption:
    """
    Args:
        id: Of the figure: small letters and hyphens.
        title: Its heading.
        definition: What was counted, how, and what the limits are.
    """

    id: str
    title: str
    definition: str


WEEKS: Final = Caption(
    "weeks",
    "Messages a week",
    "Every message of each side, by local week from Monday. Calls and media count, system lines do not.",
)
OPENINGS: Final = Caption(
    "openings",
    "Who began a conversation",
    "A conversation is new after a silence longer than the gap that parts the two kinds of gaps in this very "
    "record (a mixture of two log-normal distributions, held between 1 and 12 hours; 6 where it cannot be learned). "
    "Intervals are 95 %, Wilson.",
)
REPLIES: Final = Caption(
    "replies",
    "How long an answer took",
    "From the last message of a turn to the first message of the answer. Turns that got no answer count as "
    "still waiting (Kaplan–Meier), with 95 % log-log intervals. Nights are not left out.",
)
SILENCES: Final = Caption(
    "silences",
    "Silences of three days and more",
    "Three days and more in which neither side wrote here, and who wrote first after it. Other channels are not seen.",
)
CLOCK: Final = Caption("clock", "The clock", "Messages by local hour and weekday, on one scale for both sides.")
