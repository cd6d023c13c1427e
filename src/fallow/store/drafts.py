"""Drafts as rows: what is written and never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fallow.store.interface import Draft
from fallow.store.rows import storable

if TYPE_CHECKING:
    from fallow.store.pragmas import Connection

_SELECT: Final = "SELECT id, started_at, saved_at, body, sealed, opens_at, kind FROM draft"
_SAVE: Final = """
    INSERT OR REPLACE INTO draft (id, started_at, saved_at, body, sealed, opens_at, kind) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


def save_draft(connection: Connection, draft: Draft) -> None:
    """Save a draft, replacing the one with the same id."""
    text = storable(draft.text)
    connection.execute(
        _SAVE, (draft.id, draft.started_at, draft.saved_at, text, draft.sealed, draft.opens_at, draft.kind)
    )


def find_draft(connection: Connection, id: str) -> Draft | None:
    """The draft with this id, or None."""
    found = connection.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    return _as_draft(found) if found else None


def read_drafts(connection: Connection) -> tuple[Draft, ...]:
    """Every draft, the oldest first."""
    return tuple(_as_draft(row) for row in connection.execute(f"{_SELECT} ORDER BY started_at, id").fetchall())


def _as_draft(row: tuple[Any, ...]) -> Draft:
    id, started_at, saved_at, text, sealed, opens_at, kind = row
    return Draft(id, started_at, saved_at, text, bool(sealed), opens_at, kind)
