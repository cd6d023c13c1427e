"""
What is written here and never sent, of every kind: begun, kept, put away until an hour, listed, deleted for good.

A kind is found by its own pages alone: a letter is never met among drafts. Whether writing is open at all is asked by
each kind's own actions; deleting is always open.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import Final, NamedTuple

from fallow.app.desk import Desk
from fallow.errors import NoSuchEntry, StillSealed
from fallow.plan import clean_text
from fallow.store.interface import Deletion as Deletion
from fallow.store.interface import Draft, DraftKind

LONGEST_DRAFT: Final = 20_000
"""Characters; some ten pages, so that nobody meets it by writing."""


class Shown(NamedTuple):
    """One kind, without its words: still being written, put away and its hour has come, put away."""

    writing: tuple[Draft, ...]
    ready: tuple[Draft, ...]
    resting: tuple[Draft, ...]


def begin_written(desk: Desk, kind: DraftKind) -> Draft:
    """An empty one, stored; inside the caller's transaction."""
    now = to_micros(desk.clock().at)
    draft = Draft(secrets.token_hex(16), now, now, "", sealed=False, opens_at=None, kind=kind)
    desk.store.put_draft(draft)
    return draft


def find_written(desk: Desk, id: str, kind: DraftKind) -> Draft:
    """
    Raises:
        NoSuchEntry: If there is none of this kind.
    """
    draft = desk.store.draft(id)
    if draft is None or draft.kind != kind:
        raise NoSuchEntry
    return draft


def find_unsealed(desk: Desk, id: str, kind: DraftKind) -> Draft:
    """
    Raises:
        NoSuchEntry, StillSealed: If it cannot be written on.
    """
    draft = find_written(desk, id, kind)
    if draft.sealed:
        raise StillSealed
    return draft


def keep_words(desk: Desk, draft: Draft, text: str) -> Draft:
    """Store the words as they are now; inside the caller's transaction."""
    kept = replace(draft, text=clean_text(text)[:LONGEST_DRAFT], saved_at=to_micros(desk.clock().at))
    desk.store.put_draft(kept)
    return kept


def put_under_seal(desk: Desk, draft: Draft, text: str | None, opens_at: dt.datetime | None) -> None:
    """
    Store it out of sight; inside the caller's transaction.

    Args:
        text: Its words now; None leaves them as kept.
        opens_at: Aware; None: it can be read, but is not written on any more.
    """
    kept = draft if text is None else keep_words(desk, draft, text)
    saved_at = to_micros(desk.clock().at)
    until = saved_at if opens_at is None else to_micros(opens_at)
    desk.store.put_draft(replace(kept, sealed=True, saved_at=saved_at, opens_at=until))


def show_written(desk: Desk, kind: DraftKind) -> Shown:
    """Everything of one kind, the oldest first; words left out."""
    found = tuple(replace(draft, text="") for draft in desk.store.drafts() if draft.kind == kind)
    writing = tuple(draft for draft in found if not draft.sealed)
    ready = tuple(draft for draft in found if draft.sealed and is_open(desk, draft))
    return Shown(writing, ready, tuple(draft for draft in found if draft.sealed and draft not in ready))


def is_open(desk: Desk, draft: Draft) -> bool:
    """Whether its words may be read now."""
    return not draft.sealed or (draft.opens_at is not None and to_micros(desk.clock().at) >= draft.opens_at)


def unread(desk: Desk, draft: Draft) -> Draft:
    """The same, without its words while it is put away."""
    return draft if is_open(desk, draft) else replace(draft, text="")


def burn_written(desk: Desk, id: str, kind: DraftKind) -> Deletion:
    """
    Delete it and its words for good, put away or not, then look whether they are gone.

    Returns:
        What was looked at; where a reader kept the log alive, a copy may stay in it until the store is closed.
    Raises:
        NoSuchEntry: There is none.
    """
    with desk.store.transaction():
        find_written(desk, id, kind)
        desk.store.delete_draft(id)
    return desk.store.confirm_deleted(id)


def to_micros(at: dt.datetime) -> int:
    return int(at.timestamp() * 1_000_000)
