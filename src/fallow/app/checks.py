"""
The weekly check of mood and worry: answered, told, and kept only where a person asks for it.

Whether Today has a quiet line for it is a preference, off until it is turned on; then it is there on one day a week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk, record
from fallow.errors import NothingToKeep
from fallow.guidance import Score, Screener, ScreenerId, load_ledger, load_screeners, score_answers
from fallow.plan import Ask, MoodChecked, Plan, Record

WEEKLY: Final = "weekly_check"
"""Name of the preference: the weekday of the line on Today, "0" is Monday; empty: none."""


class Result(msgspec.Struct, frozen=True):
    """One instrument that was answered whole, and its total."""

    screener: Screener
    score: Score


def score_check(answers: Mapping[ScreenerId, Sequence[int | None]]) -> tuple[Result, ...]:
    """
    The totals of what was answered, mood first; one in which an answer was left out has none.

    Raises:
        NotUnderstood: If an answer is out of its range.
    """
    whole = {id: given for id, given in answers.items() if given and None not in given}
    return tuple(
        Result(screener, score_answers(screener, [answer for answer in whole[screener.id] if answer is not None]))
        for screener in load_screeners()
        if screener.id in whole
    )


def keep_check(desk: Desk, phq2: int | None, gad2: int | None) -> tuple[Record, ...]:
    """
    Keep the totals, 0 to 6 each.

    Raises:
        NothingToKeep: Without the total of mood there is nothing a review could read.
        NotUnderstood: If one is out of its range.
    """
    if phq2 is None:
        raise NothingToKeep
    return record(desk, Ask(MoodChecked(phq2=phq2, gad2=gad2)))


def weekly_line(desk: Desk, plan: Plan, day: dt.date) -> bool:
    """Whether Today has its quiet line: on the weekday it was turned on, unless a check was kept on this day."""
    mood = plan.terms.mood
    kept_today = mood is not None and mood[1] == day
    return desk.store.preference(WEEKLY) == str(day.weekday()) and not kept_today


def weekly_on(desk: Desk) -> bool:
    return bool(desk.store.preference(WEEKLY))


def choose_weekly(desk: Desk, *, on: bool) -> None:
    """Turn the line on, for this weekday, or off."""
    with desk.store.transaction():
        desk.store.set_preference(WEEKLY, str(desk.clock().day.weekday()) if on else "")


def describe_result(result: Result) -> dict[str, Any]:
    """A total for machines, with its cut-off, what it cannot tell, and sources."""
    screener = result.screener
    sources = {source.id: source for source in load_ledger().sources}
    return {
        "id": screener.id,
        "name": screener.name,
        "total": result.score.total,
        "of": 6,
        "items": len(screener.items),
        "cut_off": screener.cut_off,
        "reaches_cut_off": result.score.reaches_cut_off,
        "limits": screener.limits,
        "notice": screener.notice,
        "sources": [sources[id].short for id in screener.cut_off_sources],
    }
