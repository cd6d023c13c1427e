"""Evidence: what they did, kept as it was with both its times, read again oldest first, never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fallow.app.desk import Desk, plan_of, record
from fallow.plan import Ask, EvidenceKept, Moment, Record, read_evidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing kept as evidence: what, when it happened, when it was entered; both on the clock of that place."""

    words: str
    happened: dt.datetime
    entered: dt.datetime


def keep_evidence(desk: Desk, words: str, happened: Moment | None = None) -> tuple[Record, ...]:
    """
    Keep what they did, as it was; never changed or taken back.

    Args:
        words: What.
        happened: None: now.
    Raises:
        NotUnderstood: There are no words, or too many.
        InTheFuture: It has not happened yet.
    """
    return record(desk, Ask(EvidenceKept(words.strip()), happened))


def kept_evidence(desk: Desk) -> tuple[Evidence, ...]:
    """Everything that was kept, by the time it happened, oldest first."""
    entries = sorted(read_evidence(plan_of(desk)), key=lambda pair: (pair[0].event.happened.at, pair[0].seq))
    return tuple(Evidence(what.words, each.event.happened.local, each.event.recorded.local) for each, what in entries)


def describe_evidence(kept: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    """The same for machines; times with their offset."""
    return [
        {"happened_at": each.happened.isoformat(), "entered_at": each.entered.isoformat(), "words": each.words}
        for each in kept
    ]
