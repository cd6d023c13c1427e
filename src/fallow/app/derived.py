"""What is computed from the stored messages, and kept beside them until they change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import msgspec

from fallow.app.analysis import Analysis, analyse
from fallow.app.desk import Desk, plan_of
from fallow.app.document import describe
from fallow.app.importing import group_messages

KEPT_AS: Final = "two-sides-3"
"""The name under which the document is kept; the number rises when it gains a key."""


def analyse_kept(desk: Desk, ended: dt.date | None) -> Analysis:
    """
    Measure the stored record.

    Raises:
        NotEnoughData: If fewer than two messages are stored.
    """
    return replace(analyse(desk.store.messages(), ended), group=group_messages(desk))


def two_sides_document(desk: Desk) -> dict[str, Any]:
    """
    The stored record as a document; computed once and kept encrypted until messages or the day it ended change.

    Raises:
        NotEnoughData: If fewer than two messages are stored.
    """
    ended = ended_on(desk)
    body = kept(desk, kept_name(KEPT_AS, ended), lambda: msgspec.json.encode(describe(analyse_kept(desk, ended))))
    document: dict[str, Any] = msgspec.json.decode(body)
    return document


def ended_on(desk: Desk) -> dt.date | None:
    """The day it ended, as last told; None: not told."""
    return plan_of(desk).terms.breakup.on


def kept(desk: Desk, name: str, make: Callable[[], bytes]) -> bytes:
    """A result computed from the messages: the one kept beside them, or made now and kept until they change."""
    found = desk.store.derived(name)
    if found is None:
        found = make()
        with desk.store.transaction():
            desk.store.put_derived(name, found)
    return found


def kept_name(name: str, ended: dt.date | None) -> str:
    """Under what a result is kept that depends on the day it ended."""
    return f"{name} {'' if ended is None else ended.isoformat()}".rstrip()
