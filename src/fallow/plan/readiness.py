"""
The review's check of state: what has to hold before one message is chosen, and which of it does.

Our own design from the evidence, untested as a whole (`guidance` says so): days alone are a convention, so a review
looks at state. Three kinds of review differ in what they ask. One that fell due asks everything. A real reason
(bereavement, health, a legal deadline) overrides the time, so nothing that takes days is asked. A sudden breakup over
something small asks for a short cooling and leads to one apology.

| check | holds when | due | real reason | small fight |
| --- | --- | --- | --- | --- |
| purpose | ego says it is fine with silence or a no | x | x | x |
| changed | ego says what ended it has changed, in fact | x | | |
| urges | fewer urges in the last 7 days than in the 7 before, or none in 14 | x | | |
| mood | PHQ-2 below 3, checked within 7 days | x | | |
| rested | a draft has been sealed this long, and is open | 72 h | 0 h | 24 h |
| reader | one trusted person has read it | x | x | x |
| no_reply | ego has agreed with themselves what happens when nothing comes | x | x | x |
| daytime | between 08:00 and 22:00 local | x | x | x |
| sober | no gate set beforehand holds | x | x | x |

Unknown (None) is not yes. Every yes opens a choice and asks for nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Literal, get_args

from msgspec import Struct

from fallow.plan.events import DraftSealed
from fallow.plan.gates import sober_until
from fallow.plan.moment import Moment
from fallow.plan.reviewing import Question, RealReason

if TYPE_CHECKING:
    from fallow.plan.evolve import Plan

CheckName = Literal["purpose", "changed", "urges", "mood", "rested", "reader", "no_reply", "daytime", "sober"]
Track = Literal["due", "real_reason", "small_fight"]

OPEN_FROM, OPEN_UNTIL = 8, 22
"""Local hours in which a message may be sent; the second is outside."""
WEEK: Final = 7
"""Days of each of the two stretches in which urges are counted, and for which a mood check counts."""
LOW_MOOD: Final = 3
"""PHQ-2 from which low mood is likely; Kroenke, Spitzer & Williams (2003), Medical Care 41(11):1284-1292."""
REST: Final[dict[Track, dt.timedelta]] = {
    "due": dt.timedelta(hours=72),
    "real_reason": dt.timedelta(0),
    "small_fight": dt.timedelta(hours=24),
}
"""How long a draft has been sealed before it is chosen."""
ALWAYS: Final[tuple[CheckName, ...]] = ("purpose", "rested", "reader", "no_reply", "daytime", "sober")
ASKED: Final[dict[Track, tuple[CheckName, ...]]] = {
    "due": get_args(CheckName),
    "real_reason": ALWAYS,
    "small_fight": ALWAYS,
}


class Check(Struct, frozen=True):
    """
    One point: whether it holds (None: not known), with the numbers it rests on.

    `have` and `before` are urges of the last 7 days and of the 7 before, a PHQ-2 sum, or whole hours of rest.
    """

    name: CheckName
    holds: bool | None
    have: int | None = None
    before: int | None = None


class Readiness(Struct, frozen=True):
    """What a review found, each point in the order of the table."""

    track: Track
    checks: tuple[Check, ...]
    draft: str | None

    @property
    def ready(self) -> bool:
        """Whether every point holds: one may, one need not."""
        return all(check.holds for check in self.checks)

    @property
    def missing(self) -> int:
        return sum(not check.holds for check in self.checks)


def find_track(advanced: RealReason | None) -> Track:
    """The kind of review."""
    if advanced is None:
        return "due"
    return "small_fight" if advanced == "small_fight" else "real_reason"


def read_readiness(plan: Plan, now: Moment, draft: str | None = None) -> Readiness:
    """
    Every point of the review that is open, at a moment. O(n).

    Args:
        plan: As it stands.
        now: The moment.
        draft: Which sealed draft is meant; None: the one that has rested longest.
    """
    track = find_track(plan.terms.review.advanced)
    draft = draft or _longest_rested(plan, now.at)
    return Readiness(track, tuple(_check(plan, name, track, draft, now) for name in ASKED[track]), draft)


def is_daytime(moment: Moment) -> bool:
    """Whether a message may be sent at this local hour."""
    return OPEN_FROM <= moment.local.hour < OPEN_UNTIL


def _check(plan: Plan, name: CheckName, track: Track, draft: str | None, now: Moment) -> Check:
    match name:
        case "purpose" | "changed" | "reader" | "no_reply":
            return _answered(plan, name)
        case "urges":
            return _urges(plan, now)
        case "mood":
            return _mood(plan, now)
        case "rested":
            return _rested(plan, track, draft, now.at)
        case "daytime":
            return Check(name, is_daytime(now))
        case "sober":
            return Check(name, sober_until(plan, now.at) is None)


def _answered(plan: Plan, question: Question) -> Check:
    answer = plan.terms.review.answer(question)
    return Check(question, None if answer is None else answer.holds)


def _urges(plan: Plan, now: Moment) -> Check:
    today = plan.latest_day(now.day)
    if plan.first_day is None or (today - plan.first_day).days < 2 * WEEK:
        return Check("urges", None)
    ages = {(today - day).days: n for (day, label), n in plan.tally.items() if label == "urge" and n}
    recent = sum(n for age, n in ages.items() if 0 <= age < WEEK)
    before = sum(n for age, n in ages.items() if WEEK <= age < 2 * WEEK)
    return Check("urges", recent < before or recent == before == 0, recent, before)


def _mood(plan: Plan, now: Moment) -> Check:
    if plan.terms.mood is None:
        return Check("mood", None)
    checked, day = plan.terms.mood
    if not 0 <= (plan.latest_day(now.day) - day).days <= WEEK:
        return Check("mood", None)
    return Check("mood", checked.phq2 < LOW_MOOD, checked.phq2)


def _rested(plan: Plan, track: Track, draft: str | None, at: dt.datetime) -> Check:
    sealed_at = None if draft is None else _sealed_at(plan, draft)
    opens_at = None if draft is None else plan.drafts.get(draft)
    if sealed_at is None or opens_at is None:
        return Check("rested", None)
    rest = at - sealed_at
    return Check("rested", rest >= REST[track] and opens_at <= at, max(int(rest.total_seconds() // 3600), 0))


def _sealed_at(plan: Plan, draft: str) -> dt.datetime | None:
    """When a draft was last sealed; it cannot be changed after that."""
    sealed = [
        record.event.recorded.at
        for record in plan.records.values()
        if isinstance(record.event.what, DraftSealed) and record.event.what.draft == draft
    ]
    return sealed[-1] if sealed else None


def _longest_rested(plan: Plan, at: dt.datetime) -> str | None:
    """The draft that was sealed first, of those that are open again; else of all that are kept."""
    kept = [draft for draft, opens_at in plan.drafts.items() if opens_at is not None]
    return next((draft for draft in kept if (plan.drafts[draft] or at) <= at), kept[0] if kept else None)
