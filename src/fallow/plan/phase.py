"""
Where a plan stands: one phase of ten, the highest that holds.

Hard stop > Safety > Limited contact / Living together > No contact > They wrote > Review > One message sent > Closed.
Read literally, nothing below "No contact" could ever show, since a started plan without limits always is that. It is
therefore read as the ground on which the lower four stand: where none of the first four holds, an open "they wrote", a
due review, a sent message and a closing are shown, in that order, when their condition holds, and plain no contact when
none does. The two modes hold from when they are chosen, with or without a quiet time; the ground needs one, so before
it is chosen, and where nothing higher holds, a plan is not started (or closed, if it was closed).

- They wrote: inbound contact was logged, still stands, was not settled and not put off to tomorrow.
- Review: the day of a review has come, or a real reason came before it, and it was not held; never while closed.
  Choosing one message does not hold it: it is over when that is logged, extended or let go.
- One message sent: the planned message was logged and still stands; closing ends its wait.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fallow.plan.evolve import Plan

REVIEW_EVERY: Final = 30
"""Days from one review to the next; a shorter quiet time has its own. A convention, not science (`no_contact`)."""


class Phase(StrEnum):
    """Highest first; `NOT_STARTED` is below all."""

    HARD_STOP = "hard_stop"
    SAFETY = "safety"
    LIMITED_CONTACT = "limited_contact"
    LIVING_TOGETHER = "living_together"
    NO_CONTACT = "no_contact"
    THEY_WROTE = "they_wrote"
    REVIEW = "review"
    MESSAGE_SENT = "message_sent"
    CLOSED = "closed"
    NOT_STARTED = "not_started"


def find_phase(plan: Plan, today: dt.date) -> Phase:
    """The phase on a local day; a day before the latest recorded one is read as that one."""
    terms = plan.terms
    if terms.hard_stop is not None:
        return Phase.HARD_STOP
    if terms.concerns:
        return Phase.SAFETY
    if terms.mode != "no_contact":
        return Phase(terms.mode)
    if terms.quiet_time is None:
        return Phase.NOT_STARTED if terms.closed_on is None else Phase.CLOSED
    if plan.inbound.open and plan.inbound.put_off_on != plan.latest_day(today):
        return Phase.THEY_WROTE
    review = find_review(plan)
    if terms.closed_on is None and review is not None and review <= plan.latest_day(today):
        return Phase.REVIEW
    if terms.messages and terms.closed_on is None:
        return Phase.MESSAGE_SENT
    return Phase.NO_CONTACT if terms.closed_on is None else Phase.CLOSED


def find_review(plan: Plan) -> dt.date | None:
    """
    The day of the next review, which may have passed, of a plan that has a quiet time; None when that is for good.

    A real reason makes it the day on which it was given.

    Reviews fall every 30 days from the start, or as often as a shorter quiet time asks, or as it was extended. The next
    is the first after the day on which the last was held; the planned message starts a wait as long.
    """
    quiet_time = plan.terms.quiet_time
    assert quiet_time is not None
    if plan.terms.review.advanced_on is not None:
        return plan.terms.review.advanced_on
    if quiet_time.every is None:
        return None
    settled = max(quiet_time.settled_on, quiet_time.anchor)
    sent = max((record.event.day for record in plan.terms.messages), default=dt.date.min)
    if sent >= settled:
        return sent + dt.timedelta(days=quiet_time.every)
    rounds = (settled - quiet_time.anchor).days // quiet_time.every + 1
    return quiet_time.anchor + dt.timedelta(days=rounds * quiet_time.every)
