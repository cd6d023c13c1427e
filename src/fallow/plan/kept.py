"""
What a person keeps as a list, read from the records of a plan: dates, shared items, evidence, channels, re-readings.

Each is O(n) over the records and needs no fold: only the dates' calm day and the rest of an account are decided by it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from fallow.plan.account import AccountGiven
from fallow.plan.arranged import (
    ChannelMarked,
    DateDecided,
    DateDropped,
    DateNoted,
    EvidenceKept,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    UrgeSurfed,
)
from fallow.plan.events import PlanClosed, Record
from fallow.plan.reviewing import DraftReread, ReviewAnswered

if TYPE_CHECKING:
    from fallow.plan.evolve import Plan

Kind = TypeVar("Kind")


class KeptDate(Struct, frozen=True):
    """A day that comes every year, and what was decided for it beforehand; None: nothing yet."""

    id: str
    noted: DateNoted
    decision: str | None


class KeptItem(Struct, frozen=True):
    """Something both have a claim to, and whether it is settled."""

    id: str
    noted: ItemNoted
    settled: bool


def read_dates(plan: Plan) -> tuple[KeptDate, ...]:
    """Dates not dropped, in the order they were noted."""
    dropped = {what.target for _, what in _of(plan, DateDropped)}
    decided = {what.target: what.decision for _, what in _of(plan, DateDecided)}
    return tuple(
        KeptDate(record.id, what, decided.get(record.id))
        for record, what in _of(plan, DateNoted)
        if record.id not in dropped
    )


def find_date(plan: Plan, id: str) -> DateNoted | None:
    """The date with this id, if it was not dropped."""
    return next((kept.noted for kept in read_dates(plan) if kept.id == id), None)


def next_occurrence(noted: DateNoted, today: dt.date) -> dt.date:
    """The next day it falls on, today included; 29 February falls on the 28th in other years."""
    this_year = _in_year(noted, today.year)
    return this_year if this_year >= today else _in_year(noted, today.year + 1)


def read_items(plan: Plan) -> tuple[KeptItem, ...]:
    """Shared items and money, in the order they were noted."""
    settled = {what.target for _, what in _of(plan, ItemSettled)}
    return tuple(KeptItem(record.id, what, record.id in settled) for record, what in _of(plan, ItemNoted))


def read_evidence(plan: Plan) -> tuple[tuple[Record, EvidenceKept], ...]:
    """What was kept as evidence, in the order it was entered."""
    return tuple(_of(plan, EvidenceKept))


def read_accounts(plan: Plan) -> tuple[tuple[Record, AccountGiven], ...]:
    """Every telling of how it ended, the first one first."""
    return tuple(_of(plan, AccountGiven))


def read_rereads(plan: Plan) -> tuple[DraftReread, ...]:
    """The last answer on re-reading each draft, those let go since included."""
    last = {what.draft: what for _, what in _of(plan, DraftReread)}
    return tuple(last.values())


def read_no_reply(plan: Plan) -> str | None:
    """What ego last agreed with themselves for when no answer comes."""
    agreed = [what.words for _, what in _of(plan, ReviewAnswered) if what.question == "no_reply" and what.holds]
    return agreed[-1] if agreed else None


def read_closing(plan: Plan) -> PlanClosed | None:
    """How it was closed, while it is."""
    closings = [what for _, what in _of(plan, PlanClosed)]
    return None if plan.terms.closed_on is None or not closings else closings[-1]


def read_surfs(plan: Plan) -> tuple[UrgeSurfed, ...]:
    """Every three minutes with an urge."""
    return tuple(what for _, what in _of(plan, UrgeSurfed))


def read_channels(plan: Plan) -> dict[str, tuple[Record, ChannelMarked]]:
    """What was last said about each channel; one whose mark was taken back is left out."""
    last = {what.channel: (record, what) for record, what in channel_history(plan)}
    return {channel: (record, what) for channel, (record, what) in last.items() if what.mark is not None}


def channel_history(plan: Plan) -> tuple[tuple[Record, ChannelMarked], ...]:
    """Everything that was said about channels, in the order it was entered."""
    return tuple(_of(plan, ChannelMarked))


def limits_since(plan: Plan) -> dt.date | None:
    """The local day since which the one channel has had the name it has; None: none was named."""
    since, named = None, None
    for record, what in _of(plan, LimitsSet):
        if what.channel != named:
            since, named = record.event.day, what.channel
    return since


def _of(plan: Plan, kind: type[Kind]) -> list[tuple[Record, Kind]]:
    return [(record, what) for record in plan.records.values() if isinstance(what := record.event.what, kind)]


def _in_year(noted: DateNoted, year: int) -> dt.date:
    if (noted.month, noted.day) == (2, 29) and not _is_leap(year):
        return dt.date(year, 2, 28)
    return dt.date(year, noted.month, noted.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
