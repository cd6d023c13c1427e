"""
The review: where things stand, an answer at a time, and one of three outcomes of equal rank.

The plan decides what is open (`plan.readiness`, `plan.decide`); here the words of a draft are held against the draft
check as well, because the plan knows no words. Fallow never sends: a person says afterwards that they did.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.app.urges import read_draft, require_writing
from fallow.errors import DraftHoldsTooMuch, NoSuchEntry
from fallow.guidance import NEVER_OFFERED, DraftFinding, check_draft
from fallow.plan import (
    Ask,
    Phase,
    PlannedMessage,
    Readiness,
    RealReason,
    Reason,
    Record,
    ReviewAdvanced,
    ReviewHeld,
    after_the_period,
    read_no_reply,
    read_readiness,
    require_open,
)
from fallow.store.interface import Draft

NOT_CHOSEN: Final = NEVER_OFFERED | {"empty", "help_first"}
"""Findings with which a draft is not chosen; the others are advice that a person may leave."""


class Review(msgspec.Struct, frozen=True):
    """
    What the review page shows.

    Args:
        due: A review is open now.
        on: Day of the next one, which may have passed; None: none comes.
        readiness: The check of state, while one is open.
        cleared: One message was chosen in it and has not been sent.
        sent_on: The day of the one message.
        agreed: What ego agreed with themselves for no answer, as last written.
        sudden: A short cooling and one apology may be enough.
    """

    due: bool
    on: dt.date | None
    readiness: Readiness | None
    cleared: bool
    sent_on: dt.date | None
    agreed: str | None
    sudden: bool


def review(desk: Desk) -> Review:
    """
    The review as it stands.

    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: It is closed.
    """
    now, plan = desk.clock(), plan_of(desk)
    require_open(plan, "review", now)
    standing = plan.standing(now)
    due = standing.phase is Phase.REVIEW
    return Review(
        due=due,
        on=standing.review_on,
        readiness=read_readiness(plan, now) if due and not plan.terms.messages else None,
        cleared=due and plan.terms.review.cleared_on is not None,
        sent_on=standing.message_sent_on,
        agreed=read_no_reply(plan),
        sudden=plan.terms.breakup.sudden == "yes",
    )


def begin_review_draft(desk: Desk) -> str:
    """An empty draft for the one message, with no urge noted. Returns its id."""
    with desk.store.transaction():
        require_writing(plan_of(desk), desk.clock())
        at = int(desk.clock().at.timestamp() * 1_000_000)
        draft = Draft(secrets.token_hex(16), at, at, "", sealed=False, opens_at=None)
        desk.store.put_draft(draft)
    return draft.id


def read_review_draft(desk: Desk, id: str, reason: Reason | None = None) -> tuple[Draft, tuple[DraftFinding, ...]]:
    """
    A sealed draft whose hour has come, and what the draft check says of it at this hour.

    Raises:
        NoSuchEntry: There is none, or it is still sealed.
        HardStopHolds, NotInThisPhase, SoberGateHolds: It is closed.
    """
    plan, now = plan_of(desk), desk.clock()
    require_open(plan, "review", now)
    draft = read_draft(desk, id)
    if draft.sealed and not draft.text:
        raise NoSuchEntry
    over = after_the_period(plan, now)
    return draft, check_draft(draft.text, hour=now.local.hour, reason=reason, quiet_time_over=over)


def choose_message(desk: Desk, draft: str | None, reason: Reason) -> tuple[Record, ...]:
    """
    Choose one message as the outcome of the review that is open.

    Args:
        draft: None: the one that has rested longest.
    Raises:
        ChecksMissing, OneMessageOnly, NotInThisPhase, HardStopHolds, SoberGateHolds: By the plan.
        DraftHoldsTooMuch: The draft holds what is never offered; nothing was recorded.
    """
    plan = plan_of(desk)
    require_open(plan, "review", desk.clock())
    meant = draft or read_readiness(plan, desk.clock()).draft
    if meant is not None:
        _, findings = read_review_draft(desk, meant, reason)
        held = sum(finding.rule in NOT_CHOSEN for finding in findings)
        if held:
            raise DraftHoldsTooMuch(count=held)
    return record(desk, Ask(ReviewHeld("one_message", draft=meant, reason=reason)))


def say_sent(desk: Desk) -> tuple[Record, ...]:
    """The one message was sent, by the person, elsewhere; the wait begins and the page closes."""
    return record(desk, Ask(PlannedMessage()))


def advance_review(desk: Desk, because: RealReason) -> tuple[Record, ...]:
    """A real reason overrides the time."""
    return record(desk, Ask(ReviewAdvanced(because)))


def describe_review(view: Review) -> dict[str, Any]:
    """The same as plain values for machines."""
    described: dict[str, Any] = msgspec.to_builtins(view)
    if view.readiness is not None:
        described["readiness"] |= {"ready": view.readiness.ready, "missing": view.readiness.missing}
    outcomes = ["extend", "let_go"] + (["one_message"] if view.readiness is not None else [])
    return described | {"outcomes": outcomes if view.due else []}
