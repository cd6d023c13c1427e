"""Long considered or impulsive, from the account and the messages; and my side of the door, a short list."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec
import numpy as np

from fallow.app.analysis import EPOCH, SEED, day_of
from fallow.app.both_sides import account
from fallow.app.derived import kept
from fallow.app.desk import Desk, plan_of
from fallow.dyad import Change, ChangeReading, find_bouts, learn_bout_criterion, read_changes
from fallow.errors import NotEnoughData
from fallow.guidance import (
    Moved,
    OwnLine,
    OwnWay,
    RecordState,
    Shift,
    Told,
    Weighing,
    find_source,
    load_weighing,
    own_side,
    weigh,
)
from fallow.messages import EGO
from fallow.plan import Gate, Plan, gate_open, require_open

GATES_OF: Final[dict[OwnWay, Gate]] = {"letters": "write", "review": "review"}
"""Ways that stand behind a gate."""


class OwnHands(msgspec.Struct, frozen=True):
    """
    My side of the door.

    Args:
        opens: Before the list.
        lines: At most seven, those whose way is open now.
        own: What was named as mine to own, in own words; None: nothing yet.
        not_mine: What is not in my hands, said once.
    """

    opens: str
    lines: tuple[OwnLine, ...]
    own: str | None
    not_mine: str


def weighing(desk: Desk) -> Weighing:
    """
    What speaks for long considered and what for impulsive, as far as it was told and the messages reach.

    Raises:
        HardStopHolds, NotInThisPhase: It is closed.
    """
    plan = plan_of(desk)
    require_open(plan, "reasons", desk.clock())
    latest, breakup = account(desk).latest, plan.terms.breakup
    moved, state = _moved(desk, breakup.on)
    apart = Told(breakup.initiator, breakup.sudden, breakup.on)
    return weigh(None if latest is None else latest.told, moved, apart=apart, record=state)


def own_hands(desk: Desk) -> OwnHands:
    """
    What is in my hands, made from the account.

    Raises:
        NotInThisPhase: Help comes first.
    """
    plan = plan_of(desk)
    latest = account(desk).latest
    told = None if latest is None else latest.told
    found = own_side(told, stopped=plan.terms.hard_stop is not None)
    return OwnHands(
        opens=found.opens.text,
        lines=tuple(line for line in found.lines if _way_open(desk, plan, line.way)),
        own=None if told is None else told.own or None,
        not_mine=found.not_mine.text,
    )


def describe_weighing(found: Weighing) -> dict[str, Any]:
    """The same as plain values for machines; a direction and words, and no number but those of the record."""
    words = load_weighing()
    pieces = [
        msgspec.to_builtins(piece)
        | {
            "weight": words.weight(piece.weight),
            "from": "record" if piece.id.startswith("record.") else "account",
            "sources": [find_source(id).short for id in piece.sources],
        }
        for piece in found.pieces
    ]
    return {
        "reading": found.reading,
        "says": words.reading(found.reading).title,
        "pieces": pieces,
        "record": found.record,
        "needs": [need.text for need in found.needs],
        "leads_to": [{"id": each.id, "title": each.title, "says": each.sentences} for each in found.branches],
        "limits": [limit.text for limit in words.limits],
    }


def describe_own_hands(found: OwnHands) -> dict[str, Any]:
    """The same as plain values for machines."""
    return {
        "lines": [{"id": line.id, "text": line.text, "way": line.way} for line in found.lines],
        "own": found.own,
        "not_mine": found.not_mine,
    }


def _way_open(desk: Desk, plan: Plan, way: OwnWay) -> bool:
    return way not in GATES_OF or gate_open(plan, GATES_OF[way], desk.clock())


def _moved(desk: Desk, ended: dt.date | None) -> tuple[tuple[Moved, ...] | None, RecordState]:
    """What moved before the day, kept until messages change; where it could not be read, why."""
    if desk.store.message_count() == 0:
        return None, "none"
    if ended is None:
        return None, "no_day"
    body = kept(desk, f"changes-{ended.isoformat()}", lambda: msgspec.json.encode(_read(desk, ended)))
    moved: tuple[Moved, ...] | None = msgspec.json.decode(body, type=tuple[Moved, ...] | None)
    return moved, "short" if moved is None else "read"


def _read(desk: Desk, ended: dt.date) -> tuple[Moved, ...] | None:
    table = desk.store.messages()
    written = table.written()
    try:
        bouts = find_bouts(written, learn_bout_criterion(written).us)
        reading = read_changes(table, bouts, before=(ended - EPOCH).days, rng=np.random.default_rng(SEED))
    except NotEnoughData:
        return None
    return _as_moved(reading)


def _as_moved(reading: ChangeReading) -> tuple[Moved, ...]:
    return tuple(
        Moved(
            series=each.series,
            side="ego" if each.side == EGO else "alter",
            n=each.n,
            weeks=each.weeks,
            shift=None if each.change is None else _shift(each.change),
            too_little=each.too_little,
        )
        for each in reading.series
    )


def _shift(change: Change) -> Shift:
    return Shift(
        begins=day_of(change.begins),
        middle=day_of(change.middle),
        earliest=day_of(change.earliest),
        latest=day_of(change.latest),
        ratio=change.ratio,
        lower=change.lower,
        upper=change.upper,
    )
