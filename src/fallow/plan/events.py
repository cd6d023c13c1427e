"""
Everything that can happen to a plan, and how it is written down.

One struct a kind, told apart on the wire by `kind`; the name there never changes, for events are kept for good. New
fields need a default, so that old events still read. An event keeps the local dates as they were when it was entered:
a later change of a zone's rules moves no day.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta, Struct

from fallow.plan.account import AccountGiven
from fallow.plan.arranged import (
    ChannelMarked,
    DateDecided,
    DateDropped,
    DateNoted,
    DistractionsListed,
    EvidenceKept,
    FriendCardSet,
    HomeArranged,
    IfThenPlanned,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    MoodChecked,
    MorningLineSet,
    PageOpened,
    QuestionParked,
    QuestionSettled,
    SoberGateSet,
    UrgeSurfed,
)
from fallow.plan.happening import Aware, Days, Happening, Id, Initiator, Strength, Text
from fallow.plan.moment import Moment
from fallow.plan.reviewing import (
    DraftReread,
    InboundPutOff,
    InboundSettled,
    InboundTriaged,
    ReviewAdvanced,
    ReviewAnswered,
    ReviewHeld,
)

Mode = Literal["no_contact", "limited_contact", "living_together"]
Sudden = Literal["yes", "no", "unknown"]
Because = Literal["asked", "blocked", "order", "violence", "own_anger"]
Concern = Literal["wish_to_die", "afraid"]
Ending = Literal["we_talk_again", "done_waiting", "other"]


# --- what a person logs; these alone can be corrected -----------------------------------------------------------


class Urge(Happening, frozen=True, tag="urge"):
    """A pull to make contact, 0-10, and what set it off."""

    intensity: Strength | None = None
    cue: Text | None = None


class Looked(Happening, frozen=True, tag="looked"):
    """Ego looked at them online or asked a friend for news."""

    note: Text | None = None


class Wrote(Happening, frozen=True, tag="wrote"):
    """A lapse: ego wrote, called or turned up."""

    note: Text | None = None


class Replied(Happening, frozen=True, tag="replied"):
    """Ego answered alter; a lapse, graded lighter, unless it was necessary."""

    necessary: bool = False
    note: Text | None = None


class TheyWrote(Happening, frozen=True, tag="they_wrote"):
    """Inbound contact; never ego's doing."""

    note: Text | None = None


class RanInto(Happening, frozen=True, tag="ran_into"):
    """They met by chance."""

    note: Text | None = None


class Met(Happening, frozen=True, tag="met"):
    """
    They met, or slept together: a label of its own, which weighs nothing and asks to plan again.

    The day is not added, for it was not a quiet one. Nothing restarts: a meeting does not say who reached out, and who
    wrote or turned up for it logs that as well. By chance it is `RanInto`.
    """

    note: Text | None = None


class Logistics(Happening, frozen=True, tag="logistics"):
    """Children, keys, bills: short and neutral."""

    note: Text | None = None


class Accident(Happening, frozen=True, tag="accident"):
    """A pocket call, a wrong recipient."""

    note: Text | None = None


class PlannedMessage(Happening, frozen=True, tag="planned_message"):
    """The one message after a review; starts the wait."""


Logged: TypeAlias = Urge | Looked | Wrote | Replied | TheyWrote | RanInto | Met | Logistics | Accident | PlannedMessage

# --- what a person decides --------------------------------------------------------------------------------------


class QuietTimeChosen(Happening, frozen=True, tag="quiet_time_chosen"):
    """
    How long, from when.

    Days None: open, looked at every 30, or `for_good`, which no review asks about. Start None: today, or the start
    already chosen.
    """

    days: Days | None = None
    start: dt.date | None = None
    for_good: bool = False


class ModeChosen(Happening, frozen=True, tag="mode_chosen"):
    mode: Mode


class BreakupDescribed(Happening, frozen=True, tag="breakup_described"):
    """Who ended it, whether over something small and sudden, and on which day; None: the day was not said."""

    initiator: Initiator = "unknown"
    sudden: Sudden = "unknown"
    on: dt.date | None = None


class ConfidantNamed(Happening, frozen=True, tag="confidant_named"):
    """Whom to call, and what to say to them first."""

    name: Annotated[str, Meta(max_length=200)]
    phone: Annotated[str, Meta(max_length=60)] | None = None
    words: Text | None = None


class SafetyNoted(Happening, frozen=True, tag="safety_noted"):
    """Help comes first while a concern holds; ego leaves it at will (holds False)."""

    concern: Concern
    holds: bool = True


class HardStopSet(Happening, frozen=True, tag="hard_stop_set"):
    """Contact must not happen. Violence covers coercion and stalking, by either side."""

    because: Because


class HardStopLeft(Happening, frozen=True, tag="hard_stop_left"):
    """Lifted, for a written reason and after a new screening; clear means: no to every question."""

    reason: Text
    screening_clear: bool


class DraftSealed(Happening, frozen=True, tag="draft_sealed"):
    """A draft was put away until a time; its words are the store's."""

    draft: Id
    opens_at: Aware


class DraftLetGo(Happening, frozen=True, tag="draft_let_go"):
    """A draft was deleted, unsent."""

    draft: Id


class Correction(Happening, frozen=True, tag="correction"):
    """The entry `target` was something else, or (to None) did not happen. Always points at the first entry."""

    target: Id
    to: Logged | None = None


class PlanClosed(Happening, frozen=True, tag="plan_closed"):
    ending: Ending = "other"
    words: Text | None = None


class PlanReopened(Happening, frozen=True, tag="plan_reopened"):
    words: Text | None = None


Decided: TypeAlias = (
    QuietTimeChosen
    | ModeChosen
    | BreakupDescribed
    | ConfidantNamed
    | SafetyNoted
    | HardStopSet
    | HardStopLeft
    | DraftSealed
    | DraftLetGo
    | InboundSettled
    | ReviewHeld
    | Correction
    | PlanClosed
    | PlanReopened
    | LimitsSet
    | HomeArranged
    | ItemNoted
    | ItemSettled
    | SoberGateSet
    | IfThenPlanned
    | MorningLineSet
    | DistractionsListed
    | QuestionParked
    | QuestionSettled
    | UrgeSurfed
    | DraftReread
    | InboundTriaged
    | InboundPutOff
    | EvidenceKept
    | MoodChecked
    | ReviewAnswered
    | ReviewAdvanced
    | DateNoted
    | DateDecided
    | DateDropped
    | ChannelMarked
    | FriendCardSet
    | PageOpened
    | AccountGiven
)
What: TypeAlias = Logged | Decided

LOG_KINDS: Final[tuple[type[Logged], ...]] = get_args(Logged)
"""The kinds a person logs, as types."""


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Something that happened, as it was entered.

    Args:
        happened: When; may lie well before it was recorded.
        day: Local date it happened on, as it was at entry.
        recorded: When it was entered.
        what: What it was.
        recorded_day: Local date it was entered on; None is read from `recorded`.
    """

    happened: Moment
    day: dt.date
    recorded: Moment
    what: What
    recorded_day: dt.date | None = None


class Record(Struct, frozen=True):
    """
    An event in its place in the store.

    Args:
        seq: Its number, rising.
        id: 32 hexadecimal characters, its own for good.
        event: What was stored.
    """

    seq: int
    id: str
    event: Event


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(Event)
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def encode_event(event: Event) -> bytes:
    """The event as the store keeps it: one JSON object, UTF-8."""
    return _encoder.encode(event)


def decode_event(body: bytes) -> Event:
    """
    An event from the store.

    Raises:
        msgspec.MsgspecError: If it is not one (the store says so in its own words).
        NotUnderstood: If a zone in it is not known on this machine.
    """
    return _decoder.decode(body)


def clean_text(text: str) -> str:
    """The text with NUL and lone surrogates, which no store keeps, replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)
