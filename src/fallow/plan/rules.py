"""
The rules of what is arranged beforehand and of what they wrote; `decide` asks them and nobody else does.

Each takes the plan, what was asked, when it happened and now, and gives what is to be recorded, or refuses.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from fallow.errors import (
    AccountRests,
    BudgetSpent,
    CalmDayNeeded,
    GateOnlyLonger,
    HardStopHolds,
    HourHasPassed,
    InTheFuture,
    NoSuchEntry,
    NothingTold,
    NotInThisPhase,
    NotUnderstood,
    PauseFirst,
    TheirSideRests,
)
from fallow.language import N_
from fallow.plan.account import AccountGiven, Side
from fallow.plan.arranged import (
    ChannelMarked,
    DateDecided,
    DateDropped,
    DateNoted,
    FriendCardSet,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    PageOpened,
    QuestionParked,
    QuestionSettled,
    SoberGateSet,
)
from fallow.plan.budget import BUDGET_DAYS, read_budget
from fallow.plan.events import BreakupDescribed, What
from fallow.plan.evolve import Plan
from fallow.plan.gates import require_sober
from fallow.plan.happening import LONGEST_QUIET_TIME
from fallow.plan.kept import find_date, next_occurrence, read_accounts
from fallow.plan.moment import FIRST_YEAR, Moment
from fallow.plan.phase import Phase
from fallow.plan.readiness import is_daytime
from fallow.plan.reviewing import DraftReread, InboundPutOff, InboundSettled, InboundTriaged, Step, Triage

PAUSE: Final = dt.timedelta(minutes=10)
"""Between telling that they wrote and looking at it, unless it is necessary or a threat."""
LONGEST_GATE: Final = dt.timedelta(hours=48)
REVISIONS: Final = 3
"""Of an account in seven local days, and one of them a day: looking without end harms (evidence, C2)."""
CALM_DAYS: Final = 2
"""Days before a date from which nothing about it is decided any more."""
AT_ONCE: Final[tuple[Triage, ...]] = ("necessary", "pressure")
"""What never waits for the pause."""
NEEDS: Final[dict[Step, tuple[Triage, ...]]] = {
    "short_answer": ("necessary",),
    "not_now": ("about_us", "ambiguous"),
    "plain_no": ("about_us", "ambiguous"),
    "open_slowly": ("about_us",),
    "slow_start": ("about_us",),
}
"""Steps that answer something, and what it must have been; the others are always open."""


def inbound_triaged(plan: Plan, what: InboundTriaged, _: Moment, now: Moment) -> tuple[What, ...]:
    _only_with_inbound(plan)
    told_at = plan.inbound.told_at
    if what.what not in AT_ONCE and told_at is not None and told_at <= now.at < told_at + PAUSE:
        raise PauseFirst(minutes=-((told_at + PAUSE - now.at) // dt.timedelta(minutes=-1)))
    return (what,)


def inbound_put_off(plan: Plan, what: InboundPutOff, _: Moment, __: Moment) -> tuple[What, ...]:
    _only_with_inbound(plan)
    return (what,)


def inbound_settled(plan: Plan, what: InboundSettled, _: Moment, now: Moment) -> tuple[What, ...]:
    _only_with_inbound(plan)
    needs = NEEDS.get(what.step)
    if needs is None:
        return (what,)
    if plan.terms.hard_stop is not None:
        raise HardStopHolds()
    if plan.phase(now.day) is Phase.SAFETY or plan.inbound.triage not in needs:
        raise NotInThisPhase()
    return (what,)


def _only_with_inbound(plan: Plan) -> None:
    if not plan.inbound.open:
        raise NotInThisPhase()


def sober_gate(plan: Plan, what: SoberGateSet, _: Moment, now: Moment) -> tuple[What, ...]:
    if what.until <= now.at:
        raise HourHasPassed()
    if what.until > now.at + LONGEST_GATE:
        raise NotUnderstood(what=N_("the hour; two days at most"))
    former = plan.terms.sober_until
    if former is not None and now.at < former and what.until < former:
        raise GateOnlyLonger()
    return (what,)


def question_parked(_: Plan, what: QuestionParked, __: Moment, now: Moment) -> tuple[What, ...]:
    if what.opens_at <= now.at:
        raise HourHasPassed()
    return (what,)


def question_settled(plan: Plan, what: QuestionSettled, _: Moment, __: Moment) -> tuple[What, ...]:
    if plan.questions.get(what.question) is None:
        raise NoSuchEntry()
    return (what,)


def draft_reread(plan: Plan, what: DraftReread, _: Moment, now: Moment) -> tuple[What, ...]:
    opens_at = plan.drafts.get(what.draft)
    if opens_at is None:
        raise NoSuchEntry()
    if now.at < opens_at:
        raise NotInThisPhase()
    return (what,)


def date_noted(_: Plan, what: DateNoted, __: Moment, ___: Moment) -> tuple[What, ...]:
    try:
        dt.date(2024, what.month, what.day)  # a leap year has every day there is
    except ValueError as error:
        raise NotUnderstood(what=N_("day")) from error
    return (what,)


def date_decided(plan: Plan, what: DateDecided, _: Moment, now: Moment) -> tuple[What, ...]:
    noted = find_date(plan, what.target)
    if noted is None:
        raise NoSuchEntry()
    require_sober(plan, now.at, now)
    near = (next_occurrence(noted, now.day) - now.day).days < CALM_DAYS
    if near or not is_daytime(now):
        raise CalmDayNeeded()
    return (what,)


def date_dropped(plan: Plan, what: DateDropped, _: Moment, __: Moment) -> tuple[What, ...]:
    if find_date(plan, what.target) is None:
        raise NoSuchEntry()
    return (what,)


def channel_marked(_: Plan, what: ChannelMarked, __: Moment, now: Moment) -> tuple[What, ...]:
    if what.because is not None and what.mark != "cannot":
        raise NotUnderstood(what=N_("why; it goes with what cannot be"))
    if what.again_on is not None and (what.mark in (None, "absent") or not _lies_ahead(what.again_on, now)):
        raise NotUnderstood(what=N_("the day to look again; one of the next ten years, with a mark"))
    return (what,)


def _lies_ahead(day: dt.date, now: Moment) -> bool:
    return 0 < (day - now.day).days <= LONGEST_QUIET_TIME


def friend_card_set(plan: Plan, what: FriendCardSet, _: Moment, __: Moment) -> tuple[What, ...]:
    # In a stop a friend is not given words that might be meant for somebody else; those of before rest, unseen.
    if plan.terms.hard_stop is not None and what.words not in (None, plan.terms.friend_card.words):
        raise HardStopHolds()
    return (what,)


def limits_set(_: Plan, what: LimitsSet, __: Moment, ___: Moment) -> tuple[What, ...]:
    if what.hour_from >= what.hour_until:
        raise NotUnderstood(what=N_("the hours; the first comes before the second"))
    return (what,)


def item_settled(plan: Plan, what: ItemSettled, _: Moment, __: Moment) -> tuple[What, ...]:
    noted = plan.records.get(what.target)
    if noted is None or not isinstance(noted.event.what, ItemNoted):
        raise NoSuchEntry()
    return (what,)


def page_opened(plan: Plan, what: PageOpened, _: Moment, now: Moment) -> tuple[What, ...]:
    if what.page == "forecast" and plan.terms.hard_stop is not None:
        raise HardStopHolds()
    budget = read_budget(plan, what.page, now)
    if budget.opens_on is not None:
        raise BudgetSpent(times=budget.used, days=BUDGET_DAYS, day=budget.opens_on.isoformat())
    return (what,)


def account_given(plan: Plan, what: AccountGiven, _: Moment, now: Moment) -> tuple[What, ...]:
    require_account(plan, now)
    stop = plan.terms.hard_stop
    if stop is not None and set(what.weighed) != {"unknown"}:
        raise HardStopHolds()
    if what.theirs is not None and not their_side_open(plan):
        raise TheirSideRests()
    if msgspec.structs.replace(what, theirs=what.theirs or Side()) == AccountGiven(theirs=Side()):
        raise NothingTold()
    for fact in what.facts:
        _require_past(plan, fact.on, now, N_("the day of a fact"))
    facts = tuple(sorted(what.facts, key=lambda fact: fact.on))
    made = msgspec.structs.replace(what, facts=facts)
    former = plan.terms.breakup
    initiator = former.initiator if what.initiator == "unknown" else what.initiator
    described = BreakupDescribed(initiator=initiator, sudden=former.sudden, on=what.on or former.on)
    if described == former:
        return (made,)
    return *breakup_described(plan, described, now, now), made


def breakup_described(plan: Plan, what: BreakupDescribed, _: Moment, now: Moment) -> tuple[What, ...]:
    require_ended(plan, what.on, now)
    return (what,)


def require_ended(plan: Plan, on: dt.date | None, now: Moment) -> None:
    """
    Raises:
        InTheFuture, NotUnderstood: The day it ended has not come, or is before anybody's time.
    """
    if on is not None:
        _require_past(plan, on, now, N_("the day it ended"))


def _require_past(plan: Plan, day: dt.date, now: Moment, name: str) -> None:
    if day > plan.latest_day(now.day):
        raise InTheFuture()
    if day.year < FIRST_YEAR:
        raise NotUnderstood(what=name)


def their_side_open(plan: Plan) -> bool:
    """Whether their side may be thought about: never after violence, coercion or stalking."""
    stop = plan.terms.hard_stop
    return stop is None or "violence" not in stop.because


def require_account(plan: Plan, now: Moment) -> None:
    """
    Raises:
        NotInThisPhase: Help comes first.
        AccountRests: It was revised today, or three times in seven days.
    """
    if plan.terms.concerns:
        raise NotInThisPhase()
    days = [record.event.recorded_day or record.event.recorded.day for record, _ in read_accounts(plan)][1:]
    recent = [day for day in days if 0 <= (now.day - day).days < BUDGET_DAYS]
    opens = [now.day + dt.timedelta(days=1)] if now.day in recent else []
    if len(recent) >= REVISIONS:
        opens.append(recent[-REVISIONS] + dt.timedelta(days=BUDGET_DAYS))
    if opens:
        raise AccountRests(day=max(opens).isoformat())
