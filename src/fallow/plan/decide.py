"""
Whether the plan lets something be recorded: the only place that refuses.

In a hard stop nothing that words or times a message is recorded: drafts, the planned message, reviews, the choosing of
a quiet time, and correcting any entry into a planned message. Logging what happened, urges, corrections, naming a
confidant and the rest stay. A draft is not sealed in the safety phase either.

The planned message is allowed in the review phase alone, once, and only if it happened on or after the day of that
review between 08:00 and 22:00 local time. The full gates (what has changed, a rest of 72 hours, a trusted reader, the
check of the draft) come in a later version; nothing here says that a message is a good idea.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from fallow.errors import (
    EntryCannotChange,
    HardStopHolds,
    HardStopStays,
    HardStopTooSoon,
    HourHasPassed,
    InTheFuture,
    NoSuchEntry,
    NotInThisPhase,
    NotUnderstood,
    ReasonMissing,
)
from fallow.plan.commands import Ask
from fallow.plan.events import (
    LOG_KINDS,
    Correction,
    DraftLetGo,
    DraftSealed,
    Event,
    HardStopLeft,
    InboundSettled,
    PlanClosed,
    PlannedMessage,
    PlanReopened,
    QuietTimeChosen,
    ReviewHeld,
    What,
)
from fallow.plan.evolve import Plan
from fallow.plan.moment import FIRST_YEAR, Moment
from fallow.plan.phase import Phase, find_review

FUTURE_TOLERANCE: Final = dt.timedelta(minutes=5)
"""Two clocks of one person may differ by this much."""
HARD_STOP_REST: Final = 30
"""Days a hard stop is left alone after it was last set."""
REASON_LEAST: Final = 20
"""Characters of a written reason."""
OPEN_FROM, OPEN_UNTIL = 8, 22
"""Local hours in which a planned message may be sent; the second is outside."""

WORDS_OR_TIMES: Final = (DraftSealed, PlannedMessage, ReviewHeld, QuietTimeChosen)
"""What a hard stop holds back."""


def decide(plan: Plan, ask: Ask, now: Moment) -> tuple[Event, ...]:
    """
    The events a command makes.

    Returns:
        One event, or two where one act has two sides (a review that lets go also closes the plan).
    Raises:
        PlanRefused: One of its family; nothing is to be recorded.
    """
    happened = ask.happened or now
    if happened.at > now.at + FUTURE_TOLERANCE:
        raise InTheFuture()
    if plan.terms.hard_stop is not None and _words_or_times(ask.what):
        raise HardStopHolds()
    rule = _RULES.get(type(ask.what))
    made = (ask.what,) if rule is None else rule(plan, ask.what, happened, now)
    return tuple(
        Event(happened=happened, day=happened.day, recorded=now, what=what, recorded_day=now.day) for what in made
    )


def _words_or_times(what: What) -> bool:
    return isinstance(what.to if isinstance(what, Correction) else what, WORDS_OR_TIMES)


def _planned_message(plan: Plan, what: PlannedMessage, happened: Moment, now: Moment) -> tuple[What, ...]:
    _only_in_review(plan, now)
    review = find_review(plan)
    assert review is not None, "a plan in review has one"
    early = happened.day < review or not OPEN_FROM <= happened.local.hour < OPEN_UNTIL
    if early or plan.terms.messages:
        raise NotInThisPhase()
    return (what,)


def _review(plan: Plan, what: ReviewHeld, _: Moment, now: Moment) -> tuple[What, ...]:
    _only_in_review(plan, now)
    return (what,) if what.outcome == "extend" else (what, PlanClosed(ending="done_waiting"))


def _only_in_review(plan: Plan, now: Moment) -> None:
    if plan.phase(now.day) is not Phase.REVIEW:
        raise NotInThisPhase()


def _quiet_time(plan: Plan, what: QuietTimeChosen, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.closed_on is not None:
        raise NotInThisPhase()
    if what.start is None:
        # The first start is written down; later, none means the one chosen before.
        return (what if plan.terms.quiet_time else replace(what, start=now.day),)
    if what.start > now.day:
        raise InTheFuture()
    if what.start.year < FIRST_YEAR:
        raise NotUnderstood(what="start")
    return (what,)


def _draft_sealed(plan: Plan, what: DraftSealed, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.phase(now.day) is Phase.SAFETY:
        raise NotInThisPhase()
    if what.opens_at <= now.at:
        raise HourHasPassed()
    return (what,)


def _draft_let_go(plan: Plan, what: DraftLetGo, _: Moment, __: Moment) -> tuple[What, ...]:
    if plan.drafts.get(what.draft) is None:
        raise NoSuchEntry()
    return (what,)


def _hard_stop_left(plan: Plan, what: HardStopLeft, _: Moment, now: Moment) -> tuple[What, ...]:
    stop = plan.terms.hard_stop
    if stop is None:
        raise NotInThisPhase()
    if stop.permanent or not what.screening_clear:
        raise HardStopStays()
    if now.at - stop.set_at < dt.timedelta(days=HARD_STOP_REST):
        raise HardStopTooSoon(days=HARD_STOP_REST)
    if len(what.reason.strip()) < REASON_LEAST:
        raise ReasonMissing()
    return (what,)


def _inbound_settled(plan: Plan, what: InboundSettled, _: Moment, __: Moment) -> tuple[What, ...]:
    if not plan.inbound.open:
        raise NotInThisPhase()
    return (what,)


def _correction(plan: Plan, what: Correction, _: Moment, __: Moment) -> tuple[What, ...]:
    target = plan.records.get(what.target)
    if target is None:
        raise NoSuchEntry()
    # A planned message goes through its own rule or not at all.
    if not isinstance(target.event.what, LOG_KINDS) or isinstance(what.to, PlannedMessage):
        raise EntryCannotChange()
    return (what,)


def _plan_closed(plan: Plan, what: PlanClosed, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.closed_on is not None or plan.phase(now.day) is Phase.NOT_STARTED:
        raise NotInThisPhase()
    return (what,)


def _plan_reopened(plan: Plan, what: PlanReopened, _: Moment, __: Moment) -> tuple[What, ...]:
    if plan.terms.closed_on is None:
        raise NotInThisPhase()
    return (what,)


_RULES: Final[dict[type[What], Callable[[Plan, Any, Moment, Moment], tuple[What, ...]]]] = {
    PlannedMessage: _planned_message,
    ReviewHeld: _review,
    QuietTimeChosen: _quiet_time,
    DraftSealed: _draft_sealed,
    DraftLetGo: _draft_let_go,
    HardStopLeft: _hard_stop_left,
    InboundSettled: _inbound_settled,
    Correction: _correction,
    PlanClosed: _plan_closed,
    PlanReopened: _plan_reopened,
}
