"""
Where a plan stands at a moment, counted: what Today shows.

| entry | since ego reached out | since ego looked | total quiet days |
| --- | --- | --- | --- |
| wrote | restarts | | that day is not added |
| replied | restarts, graded lighter | | that day is not added |
| replied, necessary; logistics; they wrote; ran into; accident; urge | | | |
| met | | | that day is not added |
| looked | | restarts | |
| planned message | own marker, starts the wait | | |

Living together has no count at all: all four are None there, as before a quiet time is chosen. The counts "since" go
back to the last such entry, or to the start last chosen if that is later. Days are local dates; "today" is never
before the latest day anything was recorded on.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from fallow.plan.events import BreakupDescribed, ConfidantNamed, Mode, Record, TheyWrote
from fallow.plan.moment import Moment
from fallow.plan.phase import Phase, find_review
from fallow.plan.terms import LAPSES, HardStop, Label, Lapse

if TYPE_CHECKING:
    from fallow.plan.evolve import Plan


class SealedDraft(Struct, frozen=True):
    """A draft put away; `sealed` until it opens."""

    draft: str
    opens_at: dt.datetime
    sealed: bool


class InboundContact(Struct, frozen=True):
    """The last time they wrote: of those not settled if there are any, else of all."""

    id: str
    happened: Moment
    open: bool


class Standing(Struct, frozen=True):
    """
    Args:
        phase: The highest that holds.
        today: The local day it is reckoned for.
        clock_behind: The clock shows a time before the latest record; to be shown, never mended.
        mode: No contact until another was chosen.
        start: First day of the count; None before a quiet time was chosen.
        chosen_days: As last chosen; None is open, or not chosen.
        quiet_days: Total quiet days; never falls. None where nothing is counted.
        of_days: Completed days it is out of, >= quiet_days.
        held_days: Days for which the total waits, because a day that had been added was entered as a lapse later.
        since_reached_out: Days; 0 is today.
        grade: What it goes back to; None: the start.
        since_looked: Days.
        review_on: Day of the next review, which may have passed; None where none will come.
        message_sent_on: Day of the one planned message.
        since_message: Days waited since.
        urges_today: Entries of this local day.
        totals: By label, entries that stand; labels never logged are left out.
        drafts: Those not let go, in the order they were first sealed.
        inbound: The last inbound contact.
        breakup: Who ended it, whether suddenly, and on which day, as told.
        confidant: Whom to call.
        hard_stop: Why and since when.
        away_days: Days since anything was recorded.
    """

    phase: Phase
    today: dt.date
    clock_behind: bool
    mode: Mode
    start: dt.date | None
    chosen_days: int | None
    quiet_days: int | None
    of_days: int | None
    held_days: int
    since_reached_out: int | None
    grade: Lapse | None
    since_looked: int | None
    review_on: dt.date | None
    message_sent_on: dt.date | None
    since_message: int | None
    urges_today: int
    totals: dict[Label, int]
    drafts: tuple[SealedDraft, ...]
    inbound: InboundContact | None
    breakup: BreakupDescribed
    confidant: ConfidantNamed | None
    hard_stop: HardStop | None
    away_days: int

    @property
    def urges(self) -> int:
        """Every urge that stands."""
        return self.totals.get("urge", 0)


def read_standing(plan: Plan, now: Moment) -> Standing:
    """The standing of a plan at a moment. O(n)."""
    day = now.day
    today = plan.latest_day(day)
    terms, quiet_time, phase = plan.terms, plan.terms.quiet_time, plan.phase(today)
    counted = plan.count.start is not None and terms.mode != "living_together"
    count = plan.count.to(today)
    reached_out_on = _last_day(plan, LAPSES)
    totals = _totals(plan)
    sent_on = terms.messages[-1].event.day if terms.messages else None
    return Standing(
        phase=phase,
        today=today,
        clock_behind=plan.latest is not None and now.at < plan.latest,
        mode=terms.mode,
        start=plan.count.start,
        chosen_days=None if quiet_time is None else quiet_time.days,
        quiet_days=count.quiet if counted else None,
        of_days=count.days if counted else None,
        held_days=count.quiet - (count.days - count.lapsed) if counted else 0,
        since_reached_out=_since(plan, reached_out_on, today) if counted else None,
        grade=_grade(plan, reached_out_on) if counted else None,
        since_looked=_since(plan, _last_day(plan, ("looked",)), today) if counted else None,
        review_on=find_review(plan) if _review_comes(plan, phase) else None,
        message_sent_on=sent_on,
        since_message=None if sent_on is None else max((today - sent_on).days, 0),
        urges_today=plan.tally.get((today, "urge"), 0),
        totals=totals,
        drafts=_drafts(plan, now.at),
        inbound=_last_inbound(plan) if "they_wrote" in totals else None,
        breakup=terms.breakup,
        confidant=terms.confidant,
        hard_stop=terms.hard_stop,
        away_days=0 if plan.count.through is None else (today - plan.count.through).days,
    )


def _last_day(plan: Plan, labels: tuple[Label, ...]) -> dt.date | None:
    return max((day for (day, label), entries in plan.tally.items() if entries and label in labels), default=None)


def _since(plan: Plan, last: dt.date | None, today: dt.date) -> int | None:
    if plan.terms.quiet_time is None:
        return None
    start = plan.terms.quiet_time.start
    return max((today - (start if last is None else max(start, last))).days, 0)


def _grade(plan: Plan, last: dt.date | None) -> Lapse | None:
    if plan.terms.quiet_time is None or last is None or last < plan.terms.quiet_time.start:
        return None
    # Of both on one day the heavier one is told.
    return next(lapse for lapse in LAPSES if plan.tally.get((last, lapse)))


def _review_comes(plan: Plan, phase: Phase) -> bool:
    above = (Phase.HARD_STOP, Phase.SAFETY, Phase.LIMITED_CONTACT, Phase.LIVING_TOGETHER)
    return plan.terms.quiet_time is not None and plan.terms.closed_on is None and phase not in above


def _totals(plan: Plan) -> dict[Label, int]:
    totals: dict[Label, int] = {}
    for (_, label), entries in plan.tally.items():
        if entries:
            totals[label] = totals.get(label, 0) + entries
    return totals


def _drafts(plan: Plan, at: dt.datetime) -> tuple[SealedDraft, ...]:
    kept = ((draft, opens_at) for draft, opens_at in plan.drafts.items() if opens_at is not None)
    return tuple(SealedDraft(draft, opens_at, sealed=at < opens_at) for draft, opens_at in kept)


def _last_inbound(plan: Plan) -> InboundContact | None:
    standing = [record for record in plan.records.values() if isinstance(plan.stands_as(record), TheyWrote)]
    unsettled = [record for record in standing if record.seq > plan.inbound.settled]
    last = max(unsettled or standing, key=_happened, default=None)
    return None if last is None else InboundContact(last.id, last.event.happened, bool(unsettled))


def _happened(record: Record) -> tuple[dt.datetime, int]:
    return record.event.happened.at, record.seq
