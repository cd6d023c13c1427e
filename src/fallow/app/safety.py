"""
The safety screen and the clear stop: what answers would mean is told first, and kept only where a person asks for it.

Leaving a stop asks every question of the screen anew; what was answered to them is kept nowhere, only that each was no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from fallow.app.desk import Desk, plan_of, record
from fallow.errors import NothingToKeep, StopStaysForGood
from fallow.guidance import Follows, SafetyQuestion, load_words
from fallow.plan import (
    HARD_STOP_REST,
    PERMANENT,
    Ask,
    Concern,
    HardStopLeft,
    HardStopSet,
    Moment,
    Record,
    SafetyNoted,
    require_liftable,
)


def keep_follows(desk: Desk, follows: Follows, chosen: Iterable[str], *, sure: bool) -> tuple[Record, ...]:
    """
    Keep what a person chose of what follows from their answers.

    Args:
        chosen: Reasons and concerns; what does not follow from the answers is left out.
        sure: That a stop which is never lifted is meant.
    Raises:
        NothingToKeep: Nothing is left.
        StopStaysForGood: It was not said that this is meant; nothing was kept.
    """
    wanted = set(chosen)
    reasons = [reason for reason in follows.reasons if reason in wanted]
    concerns = [concern for concern in follows.concerns if concern in wanted]
    if not reasons and not concerns:
        raise NothingToKeep
    if not sure and not PERMANENT.isdisjoint(reasons):
        raise StopStaysForGood
    asks = [Ask(HardStopSet(because=reason)) for reason in reasons]
    return record(desk, *asks, *(Ask(SafetyNoted(concern=concern)) for concern in concerns))


def note_concern(desk: Desk, concern: Concern) -> tuple[Record, ...]:
    """Help comes first from now on."""
    return record(desk, Ask(SafetyNoted(concern=concern)))


def leave_concerns(desk: Desk) -> tuple[Record, ...]:
    """The person goes on, at will; nothing is recorded where nothing held."""
    concerns = sorted(plan_of(desk).terms.concerns)
    return record(desk, *(Ask(SafetyNoted(concern=concern, holds=False)) for concern in concerns))


def stop_opens_at(desk: Desk) -> dt.datetime | None:
    """When the stop that holds can be looked at again, on the person's clock; None: there is none, or it never can."""
    stop = plan_of(desk).terms.hard_stop
    if stop is None or stop.permanent:
        return None
    return Moment(stop.set_at + dt.timedelta(days=HARD_STOP_REST), desk.clock().zone).local


def require_stop_liftable(desk: Desk) -> None:
    """
    Raises:
        NotInThisPhase, HardStopStays, HardStopTooSoon: No question needs to be asked.
    """
    require_liftable(plan_of(desk), desk.clock())


def next_question(answered_no: Iterable[str]) -> SafetyQuestion | None:
    """The first question of a new screening that has no answer yet; None: all were answered with no."""
    answered = set(answered_no)
    questions = load_words().safety_screen.questions
    return next((question for question in questions if question.id not in answered), None)


def lift_stop(desk: Desk, reason: str, answered_no: Iterable[str]) -> tuple[Record, ...]:
    """
    Leave a stop: after its time, with a written reason, and no to every question of the screen.

    Raises:
        HardStopStays, HardStopTooSoon, ReasonMissing, NotInThisPhase: It holds as before.
    """
    clear = next_question(answered_no) is None
    return record(desk, Ask(HardStopLeft(reason=reason.strip(), screening_clear=clear)))


def describe_screen() -> list[dict[str, Any]]:
    """The questions, for machines: ids, and where a yes leads."""
    return [
        {"id": q.id, "direction": q.direction, "text": q.text, "leads_to": q.concern or q.leads_to}
        for q in load_words().safety_screen.questions
    ]
