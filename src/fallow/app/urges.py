"""An urge ridden out: noted, written down without being sent, sealed until a calm hour, read again or let go."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import Final

from fallow.app.desk import Desk, plan_of
from fallow.errors import NoSuchEntry, StillSealed
from fallow.plan import (
    Ask,
    DraftLetGo,
    DraftSealed,
    Moment,
    Plan,
    Urge,
    clean_text,
    decide,
    gate_open,
    require_open,
)
from fallow.store.interface import Draft

MORNING: Final = dt.time(10, 0)
"""The hour a seal opens unless another is chosen: late enough to be awake, early enough to be soon."""
NIGHT_ENDS: Final = 6
"""The hour until which the coming morning is today's."""
LONGEST_DRAFT: Final = 20_000
"""Characters; some ten pages, so that nobody meets it by writing."""


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
        draft = Draft(secrets.token_hex(16), _micros(now.at), _micros(now.at), "", sealed=False, opens_at=None)
        desk.store.put_draft(draft)
    return draft.id


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
        draft = _open_draft(desk, id)
        saved = replace(draft, text=clean_text(text)[:LONGEST_DRAFT], saved_at=_micros(desk.clock().at))
        desk.store.put_draft(saved)


def seal_draft(desk: Desk, id: str, text: str | None, opens_at: dt.datetime) -> None:
    """
    Put a draft out of sight until an hour.

    Args:
        text: Its words now; None leaves them as kept.
        opens_at: Aware; later than now.
    """
    now = desk.clock()
    with desk.store.transaction():
        draft = _open_draft(desk, id)
        desk.store.append(decide(plan_of(desk), Ask(DraftSealed(draft=id, opens_at=opens_at)), now))
        words = draft.text if text is None else clean_text(text)[:LONGEST_DRAFT]
        sealed = replace(draft, text=words, sealed=True, saved_at=_micros(now.at), opens_at=_micros(opens_at))
        desk.store.put_draft(sealed)


def read_draft(desk: Desk, id: str) -> Draft:
    """
    A draft; the words of a sealed one only after its hour.

    Raises:
        NoSuchEntry: There is none.
        HardStopHolds: A stop holds.
    """
    draft = _draft(desk, id)
    return draft if is_open(desk, draft) else replace(draft, text="")


def delete_draft(desk: Desk, id: str) -> None:
    """Delete a draft and its words for good, sealed or not; a stop does not forbid letting go."""
    with desk.store.transaction():
        draft = desk.store.draft(id)
        if draft is None:
            raise NoSuchEntry
        if draft.sealed:
            desk.store.append(decide(plan_of(desk), Ask(DraftLetGo(draft=id)), desk.clock()))
        desk.store.delete_draft(id)


def drafts_shown(desk: Desk) -> tuple[tuple[Draft, ...], tuple[Draft, ...], tuple[Draft, ...]]:
    """Drafts still being written, sealed ones whose hour has come, and sealed ones that rest; words left out."""
    found = tuple(replace(draft, text="") for draft in desk.store.drafts())
    writing = tuple(d for d in found if not d.sealed)
    ready = tuple(d for d in found if d.sealed and is_open(desk, d))
    return writing, ready, tuple(d for d in found if d.sealed and d not in ready)


def is_open(desk: Desk, draft: Draft) -> bool:
    return not draft.sealed or (draft.opens_at is not None and _micros(desk.clock().at) >= draft.opens_at)


def _draft(desk: Desk, id: str) -> Draft:
    draft = desk.store.draft(id)
    if draft is None:
        raise NoSuchEntry
    require_writing(plan_of(desk), desk.clock())
    return draft


def _open_draft(desk: Desk, id: str) -> Draft:
    draft = _draft(desk, id)
    if draft.sealed:
        raise StillSealed
    return draft


def _micros(at: dt.datetime) -> int:
    return int(at.timestamp() * 1_000_000)
