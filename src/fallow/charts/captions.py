"""The heading and the definition of every figure, marked here and translated where they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fallow.language import N_


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


WEEKS: Final = ("weeks", N_("Week by week"))
CHANGED: Final = ("changed", N_("When it changed"))
BEGAN: Final = ("began", N_("Who began"))
WAITED: Final = ("waited", N_("Who waited"))
AGAIN: Final = ("again", N_("Who wrote again"))
CAME_BACK: Final = ("silences", N_("After a silence"))
SENDS: Final = ("sends", N_("What each of you sends"))
RHYTHM: Final = ("clock", N_("The clock"))
"""Each section: where it is found on a page, and its heading."""

EACH_WEEK: Final = Caption(
    "each-week",
    N_("Messages a week"),
    N_(
        "Every message of each side, by local week from Monday. Calls and media count, system lines and reactions "
        "do not. Weeks in which days are known to be missing are left open."
    ),
)
CHANGES: Final = Caption(
    "changes",
    N_("Eight weekly series"),
    N_(
        "Four weekly series of each side, up to the day it ended. Each is asked for one change of level, sudden "
        "or over weeks; it is said only where chance gives as much in fewer than one of twenty records for all "
        "eight together (p), and where it is by a quarter or more. The mark stands roughly where it begins to "
        "move, the triangle half way, the bar shows the 95 % limits of that. No clear change is an ordinary "
        "answer, and no change shows a reason."
    ),
)
OPENINGS: Final = Caption(
    "openings",
    N_("Who began a conversation"),
    N_(
        "A conversation is new after a silence longer than the gap that parts the two kinds of gaps in this very "
        "record (a mixture of two log-normal distributions, held between 1 and 12 hours; 6 where it cannot be "
        "learned). Intervals are 95 %, Wilson."
    ),
)
CRITERIA: Final = Caption(
    "criteria",
    N_("Were they cut elsewhere"),
    N_(
        "The same share with other silences as the border between two conversations. Where it hardly changes, it "
        "does not hang on the border that was learned. Under 20 conversations nothing is said. Intervals are 95 "
        "%, Wilson."
    ),
)
REPLIES: Final = Caption(
    "replies",
    N_("How long an answer took"),
    N_(
        "From the last message of a turn to the first message of the answer. Turns that got no answer count as "
        "still waiting (Kaplan–Meier), with 95 % log-log intervals. Nights are not left out."
    ),
)
SILENCES: Final = Caption(
    "each-silence",
    N_("Silences of three days and more"),
    N_(
        "Three days and more in which neither side wrote here, and who wrote first after it. Other channels are "
        "not seen."
    ),
)
CLOCK: Final = Caption(
    "hours",
    N_("When each of you writes"),
    N_("Messages by local hour and weekday, on one scale for both sides."),
)
WAITS: Final = Caption(
    "waits",
    N_("Over the record"),
    N_(
        "Half of the answers came within the time shown (median, Kaplan–Meier), for the waits that began in each "
        "four weeks, or in each 13 where four hold too few. Turns without an answer count as still waiting. The "
        "95 % limits take conversations, not answers, as independent, and are a tick of the source wider on "
        "either side. Under 20 answers nothing is said."
    ),
)
WAITS_BY_HOUR: Final = Caption(
    "wait-hours",
    N_("By the hour of the day"),
    N_(
        "The same for the waits that began in each three hours of the day, on the clock of the place where it was "
        "written. A wait that begins late in the evening may have a night in it."
    ),
)
READ: Final = Caption(
    "read",
    N_("Read, and not answered"),
    N_(
        "Of the turns whose last message is known to have been read, those without an answer before the "
        "conversation was over, and those without one before the other side wrote again. Reading times are what "
        "the app of the reader reported: they are missing where that is switched off, and a message can be read "
        "in a notice without being marked. 95 % limits take conversations as independent."
    ),
)
FOLLOW_UPS: Final = Caption(
    "follow-ups",
    N_("Before an answer came"),
    N_(
        "Of the waits whose end was seen, those that the waiting side ended by writing again, after a silence "
        "long enough for a new conversation. 95 % limits take conversations as independent; under 20 waits "
        "nothing is said."
    ),
)
LENGTHS: Final = Caption(
    "lengths",
    N_("Silences of each length"),
    N_(
        "Stretches in which neither side wrote here, counted from several lengths on, so that the long ones are "
        "in every row; and who wrote first after them. Shares are given from 20 silences on, with 95 % intervals "
        "(Wilson)."
    ),
)
RETURNS: Final = Caption(
    "returns",
    N_("Who wrote first, over the record"),
    N_(
        "Silences of a day and more, in the 13 weeks in which they ended. Quarters with fewer than ten have no "
        "dot. Intervals are 95 %, Wilson."
    ),
)
WRITING: Final = Caption(
    "writing",
    N_("Words, questions, pictures, calls"),
    N_(
        "Means and numbers in 100 of the messages of each side, each row on a scale of its own. A question is a "
        "text with a question mark in it. Reactions are counted, and are no messages. 95 % limits take "
        "conversations as independent; under 50 messages nothing is said."
    ),
)
