"""A sealed draft read again on a calm morning: would it be sent now? And what the answers came to so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from fallow.app.desk import Desk, plan_of, record
from fallow.app.urges import require_writing
from fallow.app.written import find_written
from fallow.dyad import Share, wilson_interval
from fallow.errors import NoSuchEntry
from fallow.plan import Ask, DraftReread, Plan, Record, read_rereads

MIN_REREAD: Final = 5
"""Drafts from which on a share is said; of five, its interval spans half of all there can be."""
WouldSend = Literal["yes", "no", "unsure"]


@dataclass(frozen=True, slots=True)
class Rereading:
    """
    The last answers to "would you send it now?".

    Args:
        n: Drafts that were read again.
        yes, no, unsure: How many of them, each draft once.
        would_send: The share of yes with its interval; None under five.
    """

    n: int
    yes: int
    no: int
    unsure: int
    would_send: Share | None


def reread_draft(desk: Desk, id: str, would_send: WouldSend) -> tuple[Record, ...]:
    """
    Keep the answer on a draft whose hour has come; the last one stands.

    Raises:
        NoSuchEntry, NotInThisPhase: There is none, it was never sealed, or its hour has not come.
        HardStopHolds, SoberGateHolds: Writing is not open.
    """
    require_writing(plan_of(desk), desk.clock())
    if not find_written(desk, id, "draft").sealed:
        raise NoSuchEntry
    return record(desk, Ask(DraftReread(id, would_send)))


def answer_on(plan: Plan, id: str) -> WouldSend | None:
    """The last answer on one draft; None: not answered."""
    return next((each.would_send for each in read_rereads(plan) if each.draft == id), None)


def read_rereading(plan: Plan) -> Rereading:
    """What the answers came to, those on drafts deleted since included. O(n)."""
    answers = [each.would_send for each in read_rereads(plan)]
    n, yes = len(answers), answers.count("yes")
    share = wilson_interval(yes, n) if n >= MIN_REREAD else None
    return Rereading(n, yes, answers.count("no"), answers.count("unsure"), share)


def describe_rereading(found: Rereading) -> dict[str, Any]:
    """The same as plain values; `would_send` is None where there is too little data."""
    share = found.would_send
    return {
        "n": found.n,
        "yes": found.yes,
        "no": found.no,
        "unsure": found.unsure,
        "would_send": None
        if share is None
        else {"count": share.count, "n": share.n, "value": share.value, "lower": share.lower, "upper": share.upper},
    }
