"""Today: the plan as it stands, in plain values for a page or a machine."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from fallow.app.desk import Desk, plan_of
from fallow.app.inbound import SlowStart, slow_start
from fallow.app.urges import drafts_shown, may_write
from fallow.plan import Concern, HomeArranged, LimitsSet, Phase, Standing, read_items
from fallow.store.interface import Draft


class Today(msgspec.Struct, frozen=True):
    """
    What Today shows.

    Args:
        day: The local date.
        phase: The highest phase that holds.
        standing: Every count.
        concerns: What was said about safety and holds now, whatever the phase: help is shown first.
        writing, ready, resting: Drafts being written, sealed ones whose hour has come, and sealed ones; no words.
        limits: The one channel, in limited contact, if one was named.
        home: Under one roof, what was arranged.
        open_items: Things and money between them that are not settled.
        inbound_open: They wrote, it waits and was not put off, whatever the phase.
        slow: A slow start that is not over.
    """

    day: dt.date
    phase: Phase
    standing: Standing
    concerns: tuple[Concern, ...]
    writing: tuple[Draft, ...]
    ready: tuple[Draft, ...]
    resting: tuple[Draft, ...]
    limits: LimitsSet | None = None
    home: HomeArranged | None = None
    open_items: int = 0
    inbound_open: bool = False
    slow: SlowStart | None = None


def today(desk: Desk) -> Today:
    """The plan as it stands now; no draft is shown where writing is not open."""
    now, plan = desk.clock(), plan_of(desk)
    phase = plan.phase(now.day)
    writing, ready, resting = drafts_shown(desk) if may_write(plan, now) else ((), (), ())
    concerns = tuple(sorted(plan.terms.concerns))
    return Today(
        day=now.day,
        phase=phase,
        standing=plan.standing(now),
        concerns=concerns,
        writing=writing,
        ready=ready,
        resting=resting,
        limits=plan.terms.limits if phase is Phase.LIMITED_CONTACT else None,
        home=plan.terms.home if phase is Phase.LIVING_TOGETHER else None,
        open_items=sum(not item.settled for item in read_items(plan)),
        inbound_open=bool(plan.inbound.open) and plan.inbound.put_off_on != plan.latest_day(now.day),
        slow=slow_start(plan, now),
    )


def describe_today(view: Today) -> dict[str, Any]:
    """The same as plain values for machines."""
    standing: dict[str, Any] = msgspec.to_builtins(view.standing)
    return {
        "day": view.day.isoformat(),
        "phase": view.phase.value,
        "concerns": list(view.concerns),
        **standing,
        "limits": msgspec.to_builtins(view.limits),
        "home": msgspec.to_builtins(view.home),
        "open_items": view.open_items,
        "inbound_open": view.inbound_open,
        "slow_start": msgspec.to_builtins(view.slow),
        "drafts": {"writing": len(view.writing), "ready": len(view.ready), "resting": len(view.resting)},
    }
