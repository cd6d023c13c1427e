"""
What a person set, each as it was last said, and the labels under which entries are counted.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from fallow.plan.arranged import FriendCardSet, HomeArranged, IfThenPlanned, LimitsSet, MoodChecked
from fallow.plan.events import (
    Accident,
    Because,
    BreakupDescribed,
    Concern,
    ConfidantNamed,
    Logged,
    Logistics,
    Looked,
    Met,
    Mode,
    PlannedMessage,
    RanInto,
    Record,
    Replied,
    TheyWrote,
    Urge,
    Wrote,
)
from fallow.plan.reviewing import Question, RealReason, ReviewAnswered

Label: TypeAlias = Literal[
    "urge",
    "looked",
    "wrote",
    "replied",
    "replied_necessary",
    "they_wrote",
    "ran_into",
    "met",
    "logistics",
    "accident",
    "planned_message",
]
Lapse: TypeAlias = Literal["wrote", "replied"]
LAPSES: Final[tuple[Lapse, ...]] = ("wrote", "replied")
"""Labels that restart the count since ego reached out, heaviest first."""
NOT_QUIET: Final[tuple[Label, ...]] = (*LAPSES, "met")
"""Labels whose day is not added to the quiet days."""

STRICTEST_FIRST: Final[tuple[Because, ...]] = ("order", "violence", "blocked", "asked", "own_anger")
PERMANENT: Final = frozenset[Because]({"order", "violence"})
"""Reasons for a hard stop that are never lifted here."""

_LABELS: Final[dict[type[Logged], Label]] = {
    Urge: "urge",
    Looked: "looked",
    Wrote: "wrote",
    Replied: "replied",
    TheyWrote: "they_wrote",
    RanInto: "ran_into",
    Met: "met",
    Logistics: "logistics",
    Accident: "accident",
    PlannedMessage: "planned_message",
}


def find_label(what: Logged) -> Label:
    """The label an entry is counted under."""
    if isinstance(what, Replied) and what.necessary:
        return "replied_necessary"
    return _LABELS[type(what)]


class HardStop(Struct, frozen=True):
    """Every reason given while it held, strictest first, and when the last of them was set."""

    because: tuple[Because, ...]
    set_at: dt.datetime

    @property
    def permanent(self) -> bool:
        """Whether it is never lifted here."""
        return not PERMANENT.isdisjoint(self.because)

    def further(self, because: Because, set_at: dt.datetime) -> HardStop:
        """This and one more reason: whatever is stricter of the two holds."""
        reasons = {*self.because, because}
        return HardStop(tuple(each for each in STRICTEST_FIRST if each in reasons), max(self.set_at, set_at))


class QuietTime(Struct, frozen=True):
    """
    The quiet time as last chosen.

    Args:
        start: The start that was chosen last; the count may go back further.
        days: As chosen; None is open.
        anchor: Day from which reviews are reckoned.
        every: Days from one review to the next; None: no review, it is for good.
        settled_on: Up to this day no review is owed.
    """

    start: dt.date
    days: int | None
    anchor: dt.date
    every: int | None
    settled_on: dt.date


class ReviewWork(Struct, frozen=True):
    """
    What has been done towards the review that is open; a new one begins with nothing.

    Args:
        answers: The last to each question.
        advanced: Why it is due before its day; None: it is not.
        advanced_on: The day it became due.
        cleared_on: The day one message was chosen after every check; None: not.
    """

    answers: tuple[ReviewAnswered, ...] = ()
    advanced: RealReason | None = None
    advanced_on: dt.date | None = None
    cleared_on: dt.date | None = None

    def answer(self, question: Question) -> ReviewAnswered | None:
        """The last answer to a question; None: not answered."""
        return next((each for each in self.answers if each.question == question), None)

    def answered(self, what: ReviewAnswered) -> ReviewWork:
        """The same with one more answer; what had been cleared before is looked at again."""
        others = tuple(each for each in self.answers if each.question != what.question)
        return replace(self, answers=(*others, what), cleared_on=None)


class Terms(Struct, frozen=True):
    """
    Args:
        mode: Until one is chosen, no contact.
        hard_stop: None: none holds.
        concerns: About safety, that hold now.
        quiet_time: None: not chosen yet.
        messages: The planned message as it was logged; none or one.
        closed_on: None: not closed.
        breakup: Who ended it, whether suddenly, and on which day, each as it was last said.
        confidant: Whom to call.
        limits: Of limited contact; None: not said.
        home: Under one roof; None: not said.
        sober_until: Until then drafts and outreach are locked; may have passed.
        if_then: The person's own plans, by place.
        morning_line: In own words; None: not set.
        distractions: Things that have helped.
        friend_card: What a card for a friend says.
        mood: The last weekly check kept, and its local day.
        review: Towards the review that is open.
    """

    mode: Mode = "no_contact"
    hard_stop: HardStop | None = None
    concerns: frozenset[Concern] = frozenset()
    quiet_time: QuietTime | None = None
    messages: tuple[Record, ...] = ()
    closed_on: dt.date | None = None
    breakup: BreakupDescribed = BreakupDescribed()
    confidant: ConfidantNamed | None = None
    limits: LimitsSet | None = None
    home: HomeArranged | None = None
    sober_until: dt.datetime | None = None
    if_then: tuple[IfThenPlanned, ...] = ()
    morning_line: str | None = None
    distractions: tuple[str, ...] = ()
    friend_card: FriendCardSet = FriendCardSet()
    mood: tuple[MoodChecked, dt.date] | None = None
    review: ReviewWork = ReviewWork()
