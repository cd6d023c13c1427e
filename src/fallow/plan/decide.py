"""
Whether the plan lets something be recorded: the only place that refuses.

In a hard stop nothing that words or times a message is recorded: drafts, the planned message, reviews and their
answers, the choosing of a quiet time or of hours for logistics, and correcting any entry into a planned message.
Logging what happened, urges, corrections, naming a confidant, evidence and the rest stay. A draft is not sealed in the
safety phase either.

The planned message is the last of a chain that cannot be entered in the middle: a review is due (or a real reason came
before it), every check of that review holds (`plan.readiness`), one message was chosen in it, and it happened on or
after that day, by day, in no sober gate. There is one. Nothing here says that a message is a good idea.

What they wrote has its pause: ten minutes before it is looked at, unless it is necessary or a threat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from fallow.errors import (
    ChecksMissing,
    EntryCannotChange,
    HardStopHolds,
    HardStopStays,
    HardStopTooSoon,
    HourHasPassed,
    InTheFuture,
    NoSuchEntry,
    NotInThisPhase,
    NotUnderstood,
    OneMessageOnly,
    ReasonMissing,
)
from fallow.language import N_
from fallow.plan import rules
from fallow.plan.account import AccountGiven
from fallow.plan.arranged import (
    ChannelMarked,
    DateDecided,
    DateDropped,
    DateNoted,
    FriendCardSet,
    ItemSettled,
    LimitsSet,
    PageOpened,
    QuestionParked,
    QuestionSettled,
    SoberGateSet,
)
from fallow.plan.commands import Ask
from fallow.plan.events import (
    LOG_KINDS,
    BreakupDescribed,
    Correction,
    DraftLetGo,
    DraftSealed,
    Event,
    HardStopLeft,
    PlanClosed,
    PlannedMessage,
    PlanReopened,
    QuietTimeChosen,
    What,
)
from fallow.plan.evolve import Plan
from fallow.plan.gates import require_sober
from fallow.plan.moment import FIRST_YEAR, Moment
from fallow.plan.phase import Phase
from fallow.plan.readiness import is_daytime, read_readiness
from fallow.plan.reviewing import (
    DraftReread,
    InboundPutOff,
    InboundSettled,
    InboundTriaged,
    ReviewAdvanced,
    ReviewAnswered,
    ReviewHeld,
)

FUTURE_TOLERANCE: Final = dt.timedelta(minutes=5)
"""Two clocks of one person may differ by this much."""
HARD_STOP_REST: Final = 30
"""Days a hard stop is left alone after it was last set."""
REASON_LEAST: Final = 20
"""Characters of a written reason."""
COOLING: Final = 3
"""Days without contact before one apology after a sudden breakup over something small."""
GREETING_AFTER: Final = 30
"""Days of quiet before a greeting, where no number was chosen."""
WORDS_OR_TIMES: Final = (
    *(DraftSealed, PlannedMessage, ReviewHeld, ReviewAnswered, ReviewAdvanced, QuietTimeChosen, LimitsSet),
)
"""What a hard stop holds back."""
LOCKED_WHEN_SOBER_GATE: Final = (DraftSealed, ReviewHeld, ReviewAnswered, ReviewAdvanced)
"""What a gate set beforehand holds back; of the planned message it is asked when it happened."""


def decide(plan: Plan, ask: Ask, now: Moment) -> tuple[Event, ...]:
    """
    The events a command makes.

    Returns:
        One event, or two where one act has two sides (a review that lets go also closes the plan).
    Raises:
        PlanRefused: One of its family; nothing is to be recorded.
    """
    happened = ask.happened or now
    if happened.at > now.at + FUTURE_TOLERANCE:
        raise InTheFuture()
    if plan.terms.hard_stop is not None and _words_or_times(ask.what):
        raise HardStopHolds()
    if isinstance(ask.what, LOCKED_WHEN_SOBER_GATE):
        require_sober(plan, now.at, now)
    rule = _RULES.get(type(ask.what))
    made = (ask.what,) if rule is None else rule(plan, ask.what, happened, now)
    return tuple(
        Event(happened=happened, day=happened.day, recorded=now, what=what, recorded_day=now.day) for what in made
    )


def require_liftable(plan: Plan, now: Moment) -> None:
    """
    Whether a hard stop may be asked about at all; the reason and the screening come after that.

    Raises:
        NotInThisPhase: None holds.
        HardStopStays: It is one that is never lifted here.
        HardStopTooSoon: It was set less than thirty days ago.
    """
    stop = plan.terms.hard_stop
    if stop is None:
        raise NotInThisPhase()
    if stop.permanent:
        raise HardStopStays()
    if now.at - stop.set_at < dt.timedelta(days=HARD_STOP_REST):
        raise HardStopTooSoon(days=HARD_STOP_REST)


def _words_or_times(what: What) -> bool:
    return isinstance(what.to if isinstance(what, Correction) else what, WORDS_OR_TIMES)


def _planned_message(plan: Plan, what: PlannedMessage, happened: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.messages:
        raise OneMessageOnly()
    _only_in_review(plan, now)
    require_sober(plan, happened.at, now)
    cleared_on = plan.terms.review.cleared_on
    if cleared_on is None or happened.day < cleared_on or not is_daytime(happened):
        raise NotInThisPhase()
    return (what,)


def _review(plan: Plan, what: ReviewHeld, _: Moment, now: Moment) -> tuple[What, ...]:
    _only_in_review(plan, now)
    if what.outcome == "let_go":
        return what, PlanClosed(ending="done_waiting")
    if what.outcome == "one_message":
        return (_one_message(plan, what, now),)
    return (what,)


def _one_message(plan: Plan, what: ReviewHeld, now: Moment) -> ReviewHeld:
    if plan.terms.messages:
        raise OneMessageOnly()
    readiness = read_readiness(plan, now, what.draft)
    if not readiness.ready:
        raise ChecksMissing(missing=readiness.missing, of=len(readiness.checks))
    if what.reason is None:
        raise NotUnderstood(what=N_("reason"))
    small_fight = readiness.track == "small_fight"
    if (small_fight and what.reason != "apology") or (what.reason == "greeting" and not after_the_period(plan, now)):
        raise NotInThisPhase()
    return replace(what, draft=readiness.draft)


def after_the_period(plan: Plan, now: Moment) -> bool:
    """Whether the quiet time that was chosen is over, so that a greeting may be offered; without one, it is not."""
    quiet_time = plan.terms.quiet_time
    if quiet_time is None:
        return False
    return (now.day - quiet_time.start).days >= (quiet_time.days or GREETING_AFTER)


def _review_answered(plan: Plan, what: ReviewAnswered, _: Moment, now: Moment) -> tuple[What, ...]:
    _only_in_review(plan, now)
    if what.holds and len((what.words or "").strip()) < 1:
        raise ReasonMissing()
    return (what,)


def _review_advanced(plan: Plan, what: ReviewAdvanced, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.messages:
        raise OneMessageOnly()
    if plan.phase(now.day) is not Phase.NO_CONTACT:
        raise NotInThisPhase()
    if what.because == "small_fight" and not _cooled(plan, now):
        raise NotInThisPhase()
    return (what,)


def _cooled(plan: Plan, now: Moment) -> bool:
    since = plan.standing(now).since_reached_out
    return plan.terms.breakup.sudden == "yes" and since is not None and since >= COOLING


def _only_in_review(plan: Plan, now: Moment) -> None:
    if plan.phase(now.day) is not Phase.REVIEW:
        raise NotInThisPhase()


def _quiet_time(plan: Plan, what: QuietTimeChosen, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.closed_on is not None:
        raise NotInThisPhase()
    if what.start is None:
        # The first start is written down; later, none means the one chosen before.
        return (what if plan.terms.quiet_time else replace(what, start=now.day),)
    if what.start > now.day:
        raise InTheFuture()
    if what.start.year < FIRST_YEAR:
        raise NotUnderstood(what=N_("start"))
    return (what,)


def _draft_sealed(plan: Plan, what: DraftSealed, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.phase(now.day) is Phase.SAFETY:
        raise NotInThisPhase()
    if what.opens_at <= now.at:
        raise HourHasPassed()
    return (what,)


def _draft_let_go(plan: Plan, what: DraftLetGo, _: Moment, __: Moment) -> tuple[What, ...]:
    if plan.drafts.get(what.draft) is None:
        raise NoSuchEntry()
    return (what,)


def _hard_stop_left(plan: Plan, what: HardStopLeft, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.hard_stop is not None and not what.screening_clear:
        raise HardStopStays()
    require_liftable(plan, now)
    if len(what.reason.strip()) < REASON_LEAST:
        raise ReasonMissing()
    return (what,)


def _correction(plan: Plan, what: Correction, _: Moment, __: Moment) -> tuple[What, ...]:
    target = plan.records.get(what.target)
    if target is None:
        raise NoSuchEntry()
    # A planned message goes through its own rule or not at all.
    if not isinstance(target.event.what, LOG_KINDS) or isinstance(what.to, PlannedMessage):
        raise EntryCannotChange()
    return (what,)


def _plan_closed(plan: Plan, what: PlanClosed, _: Moment, now: Moment) -> tuple[What, ...]:
    if plan.terms.hard_stop is not None and what.ending == "we_talk_again":
        raise HardStopHolds()
    if plan.terms.closed_on is not None or plan.phase(now.day) is Phase.NOT_STARTED:
        raise NotInThisPhase()
    return (what,)


def _plan_reopened(plan: Plan, what: PlanReopened, _: Moment, __: Moment) -> tuple[What, ...]:
    if plan.terms.closed_on is None:
        raise NotInThisPhase()
    return (what,)


_RULES: Final[dict[type[What], Callable[[Plan, Any, Moment, Moment], tuple[What, ...]]]] = {
    PlannedMessage: _planned_message,
    ReviewHeld: _review,
    QuietTimeChosen: _quiet_time,
    DraftSealed: _draft_sealed,
    DraftLetGo: _draft_let_go,
    HardStopLeft: _hard_stop_left,
    ReviewAnswered: _review_answered,
    ReviewAdvanced: _review_advanced,
    InboundTriaged: rules.inbound_triaged,
    InboundPutOff: rules.inbound_put_off,
    InboundSettled: rules.inbound_settled,
    SoberGateSet: rules.sober_gate,
    QuestionParked: rules.question_parked,
    QuestionSettled: rules.question_settled,
    DraftReread: rules.draft_reread,
    DateNoted: rules.date_noted,
    DateDecided: rules.date_decided,
    DateDropped: rules.date_dropped,
    ChannelMarked: rules.channel_marked,
    FriendCardSet: rules.friend_card_set,
    LimitsSet: rules.limits_set,
    ItemSettled: rules.item_settled,
    PageOpened: rules.page_opened,
    AccountGiven: rules.account_given,
    BreakupDescribed: rules.breakup_described,
    Correction: _correction,
    PlanClosed: _plan_closed,
    PlanReopened: _plan_reopened,
}
