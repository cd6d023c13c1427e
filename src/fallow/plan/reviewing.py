"""
What happens around being written to, looking again, and the one message: kinds of events.
"""

from __future__ import annotations

from typing import Literal

from fallow.plan.happening import Days, Happening, Id, Text

Triage = Literal["necessary", "about_us", "ambiguous", "pressure"]
"""What it was that they wrote: about children, money or health; about the two of us; neither; or pressure or threat."""
Step = Literal[
    "nothing",
    "short_answer",
    "not_now",
    "plain_no",
    "open_slowly",
    "slow_start",
    "services",
    "keep_evidence",
    "clear_stop",
]
"""What came of it; nothing is an answer too."""
Question = Literal["purpose", "changed", "reader", "no_reply"]
"""What a review asks that only ego can answer."""
Reason = Literal["necessity", "apology", "condolence", "talk", "answer", "greeting"]
"""What the one message may be for."""
RealReason = Literal["bereavement", "health", "legal_deadline", "small_fight"]
"""What makes a review due before its day; the last one only after a sudden breakup over something small."""


class InboundTriaged(Happening, frozen=True, tag="inbound_triaged"):
    """What they wrote was looked at after the pause, and is one of four things."""

    what: Triage


class InboundPutOff(Happening, frozen=True, tag="inbound_put_off"):
    """Not today: it is looked at again tomorrow, and waits until then."""


class InboundSettled(Happening, frozen=True, tag="inbound_settled"):
    """What they wrote has been looked at and is done with."""

    step: Step = "nothing"


class DraftReread(Happening, frozen=True, tag="draft_reread"):
    """A sealed draft was read again on a calm morning: would it be sent now?"""

    draft: Id
    would_send: Literal["yes", "no", "unsure"]


class ReviewAnswered(Happening, frozen=True, tag="review_answered"):
    """One answer of a review; the last one to a question stands until the review is over."""

    question: Question
    holds: bool
    words: Text | None = None


class ReviewAdvanced(Happening, frozen=True, tag="review_advanced"):
    """A real reason overrides the time: a review is due today."""

    because: RealReason


class ReviewHeld(Happening, frozen=True, tag="review_held"):
    """
    At a review: go on (for that many days from today, or as before), let go, or one message.

    One message names the draft and what it is for; ego sends it elsewhere and says so (`planned_message`).
    """

    outcome: Literal["extend", "let_go", "one_message"]
    days: Days | None = None
    draft: Id | None = None
    reason: Reason | None = None
