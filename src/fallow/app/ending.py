"""
The end, which is meant to come: closing in either of two ways of one rank, and how much Fallow was used lately.

Fallow expects to be left. Use is counted in local days on which anything was entered, by week from Monday, and told
with how many weeks it rests on; below `LEAST_WEEKS` nothing is said about it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import msgspec

from fallow.app.desk import Desk, history, record
from fallow.plan import Ask, Ending, Phase, Plan, PlanClosed, PlanReopened, Record, read_closing

WEEKS: Final = 8
"""Shown; two stretches of four, so that a month can be held against the one before it."""
LEAST_WEEKS: Final = 4
"""Weeks with this one since the first entry, below which there is too little to say."""


class Week(msgspec.Struct, frozen=True):
    """A week from its Monday, and on how many of its days anything was entered, 0 to 7."""

    monday: dt.date
    days: int


class Use(msgspec.Struct, frozen=True):
    """
    How much it was used.

    Args:
        weeks: Up to 8, the oldest first, this one included; none before the week of the first entry.
        days: Days with an entry in all of them.
        before, lately: The same in the former and the latter four of eight; None where there are not eight.
        enough: Whether there are at least four.
    """

    weeks: tuple[Week, ...]
    days: int
    before: int | None
    lately: int | None
    enough: bool


class Kept(msgspec.Struct, frozen=True):
    """What is there, counted."""

    entries: int
    written: int
    chats: int
    messages: int


class End(msgspec.Struct, frozen=True):
    """
    Where it stands with the end.

    Args:
        closed_on: Local day; None: not closed.
        ending: How, while it is closed.
        words: Own words that were kept with it.
        endings: Those open now; empty where it cannot be closed, or is.
    """

    closed_on: dt.date | None
    ending: Ending | None
    words: str | None
    endings: tuple[Ending, ...]
    kept: Kept
    use: Use


def end(desk: Desk) -> End:
    """Everything the end page says."""
    now, (records, plan) = desk.clock(), history(desk)
    closing = read_closing(plan)
    return End(
        closed_on=plan.terms.closed_on,
        ending=None if closing is None else closing.ending,
        words=None if closing is None else closing.words,
        endings=_endings(plan, now.day),
        kept=Kept(len(records), len(desk.store.drafts()), len(desk.store.sources()), desk.store.message_count()),
        use=weekly_use(records, now.day),
    )


def close_plan(desk: Desk, ending: Ending, words: str | None = None) -> tuple[Record, ...]:
    """
    Close it. What was kept stays, and it can be opened again.

    Raises:
        NotInThisPhase: There is nothing to close, or it is closed.
        HardStopHolds: To talk again is no ending while a stop holds.
        NotUnderstood: The words are too long.
    """
    return record(desk, Ask(PlanClosed(ending=ending, words=words or None)))


def reopen_plan(desk: Desk) -> tuple[Record, ...]:
    """
    Open it again; nothing was lost, and no review is owed for the time between.

    Raises:
        NotInThisPhase: It is not closed.
    """
    return record(desk, Ask(PlanReopened()))


def weekly_use(records: tuple[Record, ...], today: dt.date) -> Use:
    """Days with an entry by week, up to eight weeks, by the day on which it was entered. O(n)."""
    days = {each.event.recorded_day or each.event.recorded.day for each in records}
    if not days:
        return Use((), 0, None, None, enough=False)
    latest = _monday(max(today, *days))
    age = (latest - _monday(min(days))).days // 7 + 1
    mondays = [latest - dt.timedelta(weeks=back) for back in range(min(age, WEEKS) - 1, -1, -1)]
    weeks = tuple(Week(monday, sum(_monday(day) == monday for day in days)) for monday in mondays)
    counted = [week.days for week in weeks]
    before, lately = None, None
    if len(weeks) == WEEKS:
        before, lately = sum(counted[: WEEKS // 2]), sum(counted[WEEKS // 2 :])
    return Use(weeks, sum(counted), before, lately, enough=age >= LEAST_WEEKS)


def describe_end(view: End) -> dict[str, Any]:
    """The same as plain values for machines; own words are among the events."""
    plain: dict[str, Any] = msgspec.to_builtins(view)
    del plain["words"]
    return plain


def _endings(plan: Plan, today: dt.date) -> tuple[Ending, ...]:
    if plan.terms.closed_on is not None or plan.phase(today) is Phase.NOT_STARTED:
        return ()
    every: tuple[Ending, ...] = get_args(Ending)
    return tuple(each for each in every if plan.terms.hard_stop is None or each != "we_talk_again")


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
