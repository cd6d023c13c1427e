"""
They wrote: where it stands, the pause that is left, what it was, and one next step; nothing always being one.

No word of theirs is asked for or kept. In a hard stop, and while help comes first, only what keeps somebody from harm
is open: leaving it as it is, keeping evidence, calling the services, a clear stop.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.errors import NotInThisPhase, StopStaysForGood
from fallow.guidance import Passage, Stance, WayId, load_inbound
from fallow.plan import (
    NEEDS,
    PAUSE,
    Ask,
    Gate,
    HardStopSet,
    InboundPutOff,
    InboundSettled,
    InboundTriaged,
    Logistics,
    Moment,
    Phase,
    Plan,
    Record,
    Replied,
    Step,
    Triage,
    gate_open,
    is_daytime,
    require_open,
)

SLOW_DAYS: Final = 14
"""Days of a slow start in which nothing is decided; a convention of ours."""
GATE_OF: Final[dict[Step, Gate]] = {
    "short_answer": "logistics",
    "not_now": "write",
    "plain_no": "write",
    "open_slowly": "write",
    "slow_start": "write",
}
"""What has to be open for a step that answers something."""
GATE_OF_TRIAGE: Final[dict[Triage, Gate]] = {"necessary": "logistics", "about_us": "write"}
"""What has to be open for the words of a branch that leads to an answer."""


class Inbound(msgspec.Struct, frozen=True):
    """
    What they wrote, as it stands.

    Args:
        open: How many entries wait; 0: none.
        until: When the pause ends on the person's clock, while it lasts and nothing was looked at.
        minutes_left: Of it, rounded up.
        put_off: It rests until tomorrow.
        closed: Only what keeps from harm is open: a hard stop holds, or help comes first.
        stop: A hard stop holds.
        triage: What it was, once looked at.
        steps: What can be done with it now.
        night: It is between ten in the evening and eight.
    """

    open: int
    until: dt.datetime | None
    minutes_left: int
    put_off: bool
    closed: bool
    stop: bool
    triage: Triage | None
    steps: tuple[Step, ...]
    night: bool


class SlowStart(msgspec.Struct, frozen=True):
    """Its last day, and how many replies were logged today; one is meant to be the most."""

    until: dt.date
    answers_today: int


def read_inbound(desk: Desk) -> Inbound:
    """What they wrote and is not settled, at this moment."""
    now, plan = desk.clock(), plan_of(desk)
    waits = plan.inbound
    left = _pause_left(plan, now)
    return Inbound(
        open=waits.open,
        until=now.local + left if left else None,
        minutes_left=-(left // dt.timedelta(minutes=-1)),
        put_off=bool(waits.open) and waits.put_off_on == plan.latest_day(now.day),
        closed=_closed(plan, now),
        stop=plan.terms.hard_stop is not None,
        triage=waits.triage,
        steps=_steps(plan, now) if waits.open else (),
        night=not is_daytime(now),
    )


def triage_inbound(desk: Desk, what: Triage) -> tuple[Record, ...]:
    """
    Say what it was.

    Raises:
        PauseFirst: The ten minutes are not over, and it can wait.
        HardStopHolds, NotInThisPhase: In a stop, and while help comes first, only pressure or a threat is looked at.
    """
    if what != "pressure":
        require_open(plan_of(desk), "logistics", desk.clock())
    return record(desk, Ask(InboundTriaged(what)))


def put_off_inbound(desk: Desk) -> tuple[Record, ...]:
    """Not today."""
    return record(desk, Ask(InboundPutOff()))


def settle_inbound(desk: Desk, step: Step = "nothing", *, answered: bool = False, sure: bool = False
                   ) -> tuple[Record, ...]:  # fmt: skip
    """
    Be done with it by one step.

    A short answer is logged as a necessary one, or as logistics in limited contact. Any other answer that went out is
    logged as a reply, which is graded lighter. A clear stop is set for violence, control or stalking, and is permanent.

    Args:
        step: What came of it.
        answered: For a stance or a slow start: an answer went out.
        sure: For a clear stop: it is known that it stays.
    Raises:
        NotInThisPhase: Nothing waits, or the step does not fit what it was.
        HardStopHolds, SoberGateHolds: The step answers something, and that is closed.
        StopStaysForGood: A clear stop was not confirmed; nothing was recorded.
    """
    plan, now = plan_of(desk), desk.clock()
    if step in GATE_OF:
        require_open(plan, GATE_OF[step], now)
    asks = [Ask(InboundSettled(step))]
    if step == "short_answer":
        asks.append(Ask(Logistics() if plan.terms.mode == "limited_contact" else Replied(necessary=True)))
    elif step in GATE_OF and answered:
        asks.append(Ask(Replied()))
    elif step == "clear_stop" and plan.terms.hard_stop is None:
        if not sure:
            raise StopStaysForGood
        asks.append(Ask(HardStopSet("violence")))
    return record(desk, *asks)


def branch_words(desk: Desk, what: Triage) -> Passage:
    """
    The words of a branch.

    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: They help to answer, and that is closed.
    """
    if what in GATE_OF_TRIAGE:
        require_open(plan_of(desk), GATE_OF_TRIAGE[what], desk.clock())
    return load_inbound().branch(what)


def way_words(desk: Desk, way: WayId) -> Passage:
    """
    The words of one of the three things a message about the two of us can be.

    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: They are closed.
    """
    require_open(plan_of(desk), "write", desk.clock())
    return load_inbound().way(way)


def stances(desk: Desk) -> tuple[Stance, ...]:
    """
    Ways to stand towards it that fit what it was, of equal rank.

    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: They are closed.
    """
    now, plan = desk.clock(), plan_of(desk)
    require_open(plan, "write", now)
    open_steps = _steps(plan, now)
    return tuple(stance for stance in load_inbound().stances if stance.step in open_steps)


def find_stance(desk: Desk, step: str) -> Stance:
    """
    Raises:
        NotInThisPhase: It is none, or does not fit what it was.
        HardStopHolds, SoberGateHolds: They are closed.
    """
    found = next((stance for stance in stances(desk) if stance.step == step), None)
    if found is None:
        raise NotInThisPhase
    return found


def slow_start(plan: Plan, now: Moment) -> SlowStart | None:
    """
    The slow start that was chosen and is not over; None: there is none.

    It ends early when writing is closed, or when another step than nothing was taken since. O(n).
    """
    if not gate_open(plan, "write", now):
        return None
    settled = [r for r in plan.records.values() if isinstance(r.event.what, InboundSettled)]
    last = next((r for r in reversed(settled) if r.event.what != InboundSettled("nothing")), None)
    if last is None or last.event.what != InboundSettled("slow_start"):
        return None
    today = plan.latest_day(now.day)
    until = last.event.day + dt.timedelta(days=SLOW_DAYS)
    return SlowStart(until, plan.tally.get((today, "replied"), 0)) if today <= until else None


def describe_inbound(desk: Desk) -> dict[str, Any]:
    """How it stands, with the words that are open now, for machines."""
    view, words = read_inbound(desk), load_inbound()
    plan, now = plan_of(desk), desk.clock()
    described: dict[str, Any] = msgspec.to_builtins(view)
    return described | {
        "says": passage_in_words(_passage(desk, view)),
        "options": [] if view.closed or not view.open else msgspec.to_builtins(words.options),
        "stances": _stances(desk, view),
        "ways": _ways(desk, view),
        "slow_start": msgspec.to_builtins(slow_start(plan, now)),
    }


def passage_in_words(passage: Passage) -> dict[str, Any]:
    """A passage as plain values."""
    return {
        "title": passage.title,
        "opens": [sentence.text for sentence in passage.opens],
        "points": [sentence.text for sentence in passage.points],
        "closes": [sentence.text for sentence in passage.closes],
    }


def _passage(desk: Desk, view: Inbound) -> Passage:
    words = load_inbound()
    if not view.open:
        return words.nothing_open
    if view.closed:
        return words.stop if view.stop else words.help_first
    if view.put_off:
        return words.rests
    if view.triage is None:
        return words.pause if view.until else words.triage
    gate = GATE_OF_TRIAGE.get(view.triage)
    open_now = gate is None or gate_open(plan_of(desk), gate, desk.clock())
    return branch_words(desk, view.triage) if open_now else words.gate


def _stances(desk: Desk, view: Inbound) -> list[Any]:
    if not any(stance.step in view.steps for stance in load_inbound().stances):
        return []
    return [msgspec.to_builtins(stance) for stance in stances(desk)]


def _ways(desk: Desk, view: Inbound) -> list[Any]:
    if "slow_start" not in view.steps:
        return []
    ways = (way for way in load_inbound().ways if way.id != "three")
    return [msgspec.to_builtins(way) | passage_in_words(way_words(desk, way.id)) for way in ways]


def _steps(plan: Plan, now: Moment) -> tuple[Step, ...]:
    steps: tuple[Step, ...] = get_args(Step)
    return tuple(step for step in steps if _fits(plan, step, now))


def _fits(plan: Plan, step: Step, now: Moment) -> bool:
    """Whether a step can be taken: it answers nothing, or it fits what it was and its gate is open."""
    if step not in NEEDS:
        return step != "clear_stop" or plan.terms.hard_stop is None
    return plan.inbound.triage in NEEDS[step] and gate_open(plan, GATE_OF[step], now)


def _closed(plan: Plan, now: Moment) -> bool:
    return plan.phase(now.day) in (Phase.HARD_STOP, Phase.SAFETY)


def _pause_left(plan: Plan, now: Moment) -> dt.timedelta:
    """Of the ten minutes; nothing once it was looked at, or where only what keeps from harm is open."""
    told_at = plan.inbound.told_at
    if not plan.inbound.open or told_at is None or plan.inbound.triage is not None or _closed(plan, now):
        return dt.timedelta(0)
    return told_at + PAUSE - now.at if told_at <= now.at < told_at + PAUSE else dt.timedelta(0)
