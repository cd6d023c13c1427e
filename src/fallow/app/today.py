"""Today: the plan as it stands, in plain values for a page or a machine."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from fallow.app.checks import weekly_line
from fallow.app.dates import DateAhead, dates_near, describe_date
from fallow.app.desk import Desk, plan_of
from fallow.app.footing import Footing, describe_footing, footing
from fallow.app.inbound import SlowStart, slow_start
from fallow.app.parked import ready_questions
from fallow.app.reach import channels_due
from fallow.app.rereading import Rereading, describe_rereading, read_rereading
from fallow.app.urges import drafts_shown, may_write
from fallow.plan import Concern, Ending, HomeArranged, LimitsSet, Phase, Standing, read_closing, read_items
from fallow.store.interface import Draft


class Today(msgspec.Struct, frozen=True):
    """
    What Today shows.

    Args:
        day: The local date.
        phase: The highest phase that holds.
        standing: Every count.
        concerns: What was said about safety and holds now, whatever the phase: help is shown first.
        ending: How it was closed, while it is.
        writing, ready, resting: Drafts being written, sealed ones whose hour has come, and sealed ones; no words.
        limits: The one channel, in limited contact, if one was named.
        home: Under one roof, what was arranged.
        open_items: Things and money between them that are not settled.
        inbound_open: They wrote, it waits and was not put off, whatever the phase.
        slow: A slow start that is not over.
        footing: What was arranged beforehand and holds now.
        dates: Those that are near.
        channels_due: Ids of channels whose day to look again has come.
        questions: Ids of parked ones whose week is over.
        rereading: What reading sealed drafts again came to; None where writing is not open.
        weekly_check: Whether the weekly check is offered, as it was asked for.
    """

    day: dt.date
    phase: Phase
    standing: Standing
    concerns: tuple[Concern, ...]
    ending: Ending | None
    writing: tuple[Draft, ...]
    ready: tuple[Draft, ...]
    resting: tuple[Draft, ...]
    footing: Footing
    dates: tuple[DateAhead, ...]
    questions: tuple[str, ...]
    rereading: Rereading | None
    limits: LimitsSet | None = None
    home: HomeArranged | None = None
    open_items: int = 0
    inbound_open: bool = False
    slow: SlowStart | None = None
    weekly_check: bool = False
    channels_due: tuple[str, ...] = ()


def today(desk: Desk) -> Today:
    """The plan as it stands now; no draft is shown where writing is not open."""
    now, plan = desk.clock(), plan_of(desk)
    phase = plan.phase(now.day)
    open_ = may_write(plan, now)
    writing, ready, resting = drafts_shown(desk) if open_ else ((), (), ())
    closing = read_closing(plan)
    return Today(
        day=now.day,
        phase=phase,
        standing=plan.standing(now),
        ending=None if closing is None else closing.ending,
        limits=plan.terms.limits if phase is Phase.LIMITED_CONTACT else None,
        home=plan.terms.home if phase is Phase.LIVING_TOGETHER else None,
        open_items=sum(not item.settled for item in read_items(plan)),
        inbound_open=bool(plan.inbound.open) and plan.inbound.put_off_on != plan.latest_day(now.day),
        slow=slow_start(plan, now),
        concerns=tuple(sorted(plan.terms.concerns)),
        writing=writing,
        ready=ready,
        resting=resting,
        footing=footing(plan, now),
        dates=dates_near(plan, now),
        questions=ready_questions(desk, plan),
        rereading=read_rereading(plan) if open_ else None,
        weekly_check=weekly_line(desk, plan, now.day),
        channels_due=channels_due(plan, plan.latest_day(now.day)),
    )


def describe_today(view: Today) -> dict[str, Any]:
    """The same as plain values for machines."""
    standing: dict[str, Any] = msgspec.to_builtins(view.standing)
    return {
        "day": view.day.isoformat(),
        "phase": view.phase.value,
        "concerns": list(view.concerns),
        "ending": view.ending,
        **standing,
        "limits": msgspec.to_builtins(view.limits),
        "home": msgspec.to_builtins(view.home),
        "open_items": view.open_items,
        "inbound_open": view.inbound_open,
        "slow_start": msgspec.to_builtins(view.slow),
        **describe_footing(view.footing),
        "dates": [describe_date(each) for each in view.dates],
        "questions_ready": len(view.questions),
        "channels_due": list(view.channels_due),
        "read_again": None if view.rereading is None else describe_rereading(view.rereading),
        "drafts": {"writing": len(view.writing), "ready": len(view.ready), "resting": len(view.resting)},
    }
