"""An urge ridden out: noted, written down without being sent, sealed until a calm hour, read again or let go."""

from __future__ import annotations

import datetime as dt
from typing import Final

from fallow.app.desk import Desk, plan_of
from fallow.app.written import (
    Shown,
    begin_written,
    find_unsealed,
    find_written,
    keep_words,
    put_under_seal,
    show_written,
    unread,
)
from fallow.plan import Ask, DraftLetGo, DraftSealed, Moment, Plan, Urge, decide, gate_open, require_open
from fallow.store.interface import Draft

MORNING: Final = dt.time(10, 0)
"""The hour a seal opens unless another is chosen: late enough to be awake, early enough to be soon."""
NIGHT_ENDS: Final = 6
"""The hour until which the coming morning is today's."""


def may_write(plan: Plan, now: Moment) -> bool:
    """Whether writing to the other one is open: not in a hard stop, while help comes first, or in a sober gate."""
    return gate_open(plan, "write", now)


def require_writing(plan: Plan, now: Moment) -> None:
    """
    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: Writing is not open.
    """
    require_open(plan, "write", now)


def begin_draft(desk: Desk, urge: Urge) -> str:
    """
    Note the urge and open an empty draft, both or neither. Returns the draft's id.

    Raises:
        HardStopHolds: A stop holds; nothing is written to them here.
    """
    now = desk.clock()
    with desk.store.transaction():
        plan = plan_of(desk)
        require_writing(plan, now)
        desk.store.append(decide(plan, Ask(urge), now))
        return begin_written(desk, "draft").id


def next_mornings(now: Moment) -> tuple[dt.datetime, ...]:
    """When a seal may open: the next calm morning, the one after, and one two days later; at least four hours away."""
    local = now.local
    first = 0 if local.hour < NIGHT_ENDS else 1
    days = (local.date() + dt.timedelta(days=ahead) for ahead in (first, first + 1, first + 3))
    return tuple(dt.datetime.combine(day, MORNING, local.tzinfo) for day in days)


def save_draft(desk: Desk, id: str, text: str) -> None:
    """
    Keep the words as they are now; durable once this returns.

    Raises:
        HardStopHolds, StillSealed, NoSuchEntry: Nothing was changed.
    """
    with desk.store.transaction():
        require_writing(plan_of(desk), desk.clock())
        keep_words(desk, find_unsealed(desk, id, "draft"), text)


def seal_draft(desk: Desk, id: str, text: str | None, opens_at: dt.datetime) -> None:
    """
    Put a draft out of sight until an hour.

    Args:
        text: Its words now; None leaves them as kept.
        opens_at: Aware; later than now.
    """
    now = desk.clock()
    with desk.store.transaction():
        plan = plan_of(desk)
        require_writing(plan, now)
        draft = find_unsealed(desk, id, "draft")
        desk.store.append(decide(plan, Ask(DraftSealed(draft=id, opens_at=opens_at)), now))
        put_under_seal(desk, draft, text, opens_at)


def read_draft(desk: Desk, id: str) -> Draft:
    """
    A draft; the words of a sealed one only after its hour.

    Raises:
        NoSuchEntry: There is none.
        HardStopHolds: A stop holds.
    """
    draft = find_written(desk, id, "draft")
    require_writing(plan_of(desk), desk.clock())
    return unread(desk, draft)


def delete_draft(desk: Desk, id: str) -> None:
    """Delete a draft and its words for good, sealed or not; a stop does not forbid letting go."""
    with desk.store.transaction():
        if find_written(desk, id, "draft").sealed:
            desk.store.append(decide(plan_of(desk), Ask(DraftLetGo(draft=id)), desk.clock()))
        desk.store.delete_draft(id)


def drafts_shown(desk: Desk) -> Shown:
    """Drafts still being written, sealed ones whose hour has come, and sealed ones that rest; words left out."""
    return show_written(desk, "draft")
