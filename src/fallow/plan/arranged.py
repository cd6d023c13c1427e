"""
What a person arranges or keeps for themselves, so that a hard hour finds it ready: kinds of events.

None of them moves a counter. What is said again replaces what was said before; a date or an item is dropped or settled
by its id.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, field

from fallow.plan.happening import Aware, Happening, Hour, Id, Line, Strength, Text

Whose = Literal["mine", "theirs", "shared"]
DateKind = Literal["birthday", "anniversary", "holiday", "first_message", "other"]
ChannelMark = Literal["do", "not_now", "cannot", "absent"]
"""Its step was taken; not now; it cannot be; the two do not have this channel."""
CannotBecause = Literal["children", "work", "other"]
Budgeted = Literal["picture", "forecast"]
Month = Annotated[int, Meta(ge=1, le=12)]
DayOfMonth = Annotated[int, Meta(ge=1, le=31)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=20)]
TwoItems = Annotated[int, Meta(ge=0, le=6)]


class LimitsSet(Happening, frozen=True, tag="limits_set"):
    """Limited contact: one channel, what it is for, and the local hours of it (until is outside; 0 to 24: always)."""

    channel: Line
    topics: Lines = ()
    hour_from: Hour = 0
    hour_until: Hour = 24


class HomeArranged(Happening, frozen=True, tag="home_arranged"):
    """Under one roof: who has which room or hour, and the day one of them moves."""

    zones: Lines = ()
    moving_on: dt.date | None = None


class ItemNoted(Happening, frozen=True, tag="item_noted"):
    """Something both have a claim to, or money between them; settled by its id."""

    item: Line
    whose: Whose = "shared"
    money: bool = False


class ItemSettled(Happening, frozen=True, tag="item_settled"):
    """It has been handed over, paid or given up."""

    target: Id


class SoberGateSet(Happening, frozen=True, tag="sober_gate_set"):
    """Set beforehand: until then drafts and outreach are locked. It cannot be lifted early, only made longer."""

    until: Aware


class IfThenPlanned(Happening, frozen=True, tag="if_then_planned"):
    """
    If this moment comes, then that act: one of the person's own three; both None clears the place.

    The hours are local, when the plan is to be seen on Today; from > until goes over midnight; None: on the urge page.
    """

    place: Annotated[int, Meta(ge=1, le=3)]
    moment: Line | None = None
    act: Line | None = None
    hour_from: Hour | None = None
    hour_until: Hour | None = None


class MorningLineSet(Happening, frozen=True, tag="morning_line_set"):
    """What Today says on waking, in own words; None: one of Fallow's."""

    words: Line | None = None


class DistractionsListed(Happening, frozen=True, tag="distractions_listed"):
    """Ten-minute things that have helped before; replaces the former list."""

    items: Lines = ()


class QuestionParked(Happening, frozen=True, tag="question_parked"):
    """A question for them was put away for a week; its words are the store's."""

    question: Id
    opens_at: Aware


class QuestionSettled(Happening, frozen=True, tag="question_settled"):
    """Looked at again: let go (its words are deleted), or parked no more and kept as it is."""

    question: Id
    outcome: Literal["let_go", "kept"] = "let_go"


class UrgeSurfed(Happening, frozen=True, tag="urge_surfed"):
    """Three minutes with an urge; how strong it was before and after, 0 to 10."""

    before: Strength | None = None
    after: Strength | None = None


class EvidenceKept(Happening, frozen=True, tag="evidence_kept"):
    """What they did, as it was, with its time; never changed or taken back, for others may need to trust it."""

    words: Annotated[Text, Meta(min_length=1)]


class MoodChecked(Happening, frozen=True, tag="mood_checked"):
    """The weekly check, when it was answered and kept: PHQ-2 and GAD-2 sums, 0 to 6 each."""

    phq2: TwoItems
    gad2: TwoItems | None = None


class DateNoted(Happening, frozen=True, tag="date_noted"):
    """A day that comes every year; 29 February falls on the 28th where there is none."""

    name: Line
    month: Month
    day: DayOfMonth
    what: DateKind = "other"


class DateDecided(Happening, frozen=True, tag="date_decided"):
    """What ego will do on it, decided beforehand on a calm day."""

    target: Id
    decision: Annotated[Text, Meta(min_length=1)]


class DateDropped(Happening, frozen=True, tag="date_dropped"):
    """It is no longer looked out for."""

    target: Id


class ChannelMarked(Happening, frozen=True, tag="door_marked"):
    """
    How a channel stands; None takes back what was said. The channels are the map's, and may grow.

    On the wire it keeps the name it had when the map was a list of side doors, so those marks are these.

    Args:
        channel: Its id.
        because: Why it cannot be, where that was said.
        again_on: The local day on which to look at it again.
    """

    channel: Id = field(name="door")
    mark: ChannelMark | None = None
    because: CannotBecause | None = None
    again_on: dt.date | None = None


class FriendCardSet(Happening, frozen=True, tag="friend_card_set"):
    """What a card for a friend says: the fixed sentences without those left out, and own words; the last one stands."""

    left_out: Annotated[tuple[Id, ...], Meta(max_length=40)] = ()
    words: Text | None = None


class PageOpened(Happening, frozen=True, tag="page_opened"):
    """A page with a weekly budget was opened on purpose."""

    page: Budgeted
