"""
What a record shows of both sides, as the document machines read.

Every measure has a key here; keys are only ever added. Shares and limits are in [0, 1], waits in minutes, days of
silence in days; what has too little data is null, and its count stands beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from fallow.app.analysis import Analysis, day_of
from fallow.dyad import (
    Change,
    Latency,
    Mean,
    Participant,
    QuarterBalance,
    ReadWaits,
    SeriesReading,
    Share,
    SideFollowUps,
    SideShares,
    SideWriting,
    SilencesFrom,
    TwoSides,
    Waited,
    When,
)
from fallow.importers import Export, Problem, SidedChat
from fallow.messages import ALTER, EGO, MessageTable

MINUTES_A_DAY: Final = 24 * 60
SIDES: Final = {EGO: "ego", ALTER: "alter"}


def describe_exports(read: Sequence[tuple[Export, SidedChat]], analysis: Analysis) -> dict[str, Any]:
    """What `analyse` answers for files of one dyad: how they were read, then what they show together."""
    names = dict(zip(("ego", "alter"), read[0][1].names, strict=True))
    measured = describe(analysis)
    participants = [{"name": names[p["side"]]} | p for p in measured.pop("participants")]
    files = [_describe_reading(export, chat) for export, chat in read]
    problems = [problem for file in files for problem in file["problems"]]
    head = {"format": files[0]["format"], "messages": measured.pop("messages"), "participants": participants}
    return head | {"problems": problems, "files": files} | measured


def _describe_reading(export: Export, chat: SidedChat) -> dict[str, Any]:
    return {
        "format": export.format,
        "archive": export.archive,
        "messages": len(chat.table),
        "layout": export.layout,
        "date_order": export.date_order,
        "date_order_why": export.date_order_why,
        "system_lines": export.system,
        "group": export.group,
        "problems": describe_problems((*export.problems, *chat.problems)),
    }


def describe_problems(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What was not read, or gives reason to doubt, as plain values."""
    return [{"line": p.line, "kind": p.kind, "count": p.count} for p in problems]


def describe(analysis: Analysis) -> dict[str, Any]:
    """
    An analysis as plain values; ego always first. Shares and intervals are in [0, 1], medians in minutes.

    Instants are ISO 8601, with an offset where the zone is known, else the wall clock of the file.
    """
    sides, table = analysis.sides, analysis.table
    return {
        "messages": analysis.messages,
        "participants": [
            {"side": "ego", **_person(sides.participants.ego)},
            {"side": "alter", **_person(sides.participants.alter)},
        ],
        "first_at": analysis.first.isoformat(),
        "last_at": analysis.last.isoformat(),
        "zone_known": table.zoned,
        "group_messages": analysis.group,
        "missing": [[_instant(table, end) for end in period] for period in table.unseen.tolist()],
        "ended_on": None if analysis.ended is None else _day(analysis.ended),
        "changes": _changes(analysis),
        "weeks": _weeks(analysis),
        "bouts": _bouts(sides),
        "reply_latency": {
            "ego": _latency(sides.latencies.ego, sides.replies.ego.resolution),
            "alter": _latency(sides.latencies.alter, sides.replies.alter.resolution),
        },
        "read_unanswered": {"ego": _read(sides.read.ego), "alter": _read(sides.read.alter)},
        "follow_ups": {"ego": _again(sides.follow_ups.ego), "alter": _again(sides.follow_ups.alter)},
        "writing": {"ego": _writing(sides.writing.ego), "alter": _writing(sides.writing.alter)},
        "silences": _silences(analysis),
        "silences_from": [_silences_from(each) for each in sides.silences_from],
        "longest_silence": _longest(analysis),
        "balance": [_quarter(each) for each in sides.balance],
        "clock": {"ego": sides.clock[EGO].tolist(), "alter": sides.clock[ALTER].tolist()},
        "clock_overlap": _overlap(sides),
    }


def _person(person: Participant) -> dict[str, int]:
    return {"messages": person.messages, "words": person.words, "media": person.media, "calls": person.calls}


def _weeks(analysis: Analysis) -> list[dict[str, Any]]:
    weeks = analysis.sides.weeks
    columns = (weeks.monday.tolist(), weeks.ego.tolist(), weeks.alter.tolist(), weeks.whole.tolist())
    return [
        {"week": _day(monday), "ego": ego, "alter": alter, "whole": whole}
        for monday, ego, alter, whole in zip(*columns, strict=True)
    ]


def _bouts(sides: TwoSides) -> dict[str, Any]:
    overall = sides.openings.overall
    return {
        "criterion_hours": round(sides.criterion.hours, 3),
        "criterion_how": sides.criterion.how,
        "count": len(sides.bouts),
        "opened_by": {"ego": overall.ego.count, "alter": overall.alter.count},
        "share_opened": _shares(overall),
        "by_criterion": [
            {"hours": each.hours, "count": each.bouts, "share_opened": _shares(each.shares)} for each in sides.stability
        ],
    }


def _share(share: Share | None) -> dict[str, float | int] | None:
    if share is None:
        return None
    return {"value": share.value, "lower": share.lower, "upper": share.upper, "n": share.n}


def _shares(shares: SideShares | None) -> dict[str, Any] | None:
    return None if shares is None else {"ego": _share(shares.ego), "alter": _share(shares.alter)}


def _mean(mean: Mean | None) -> dict[str, float | int] | None:
    return None if mean is None else {"value": mean.value, "lower": mean.lower, "upper": mean.upper, "n": mean.n}


def _latency(latency: Latency, resolution: float) -> dict[str, Any]:
    """The number of waits counts the censored ones too; the median is None under the stated number of answers."""
    return {
        **_waited(latency.overall),
        "resolution_minutes": round(resolution * MINUTES_A_DAY, 6),
        "four_weeks": [{"from": _day(p.monday), "weeks": p.weeks, **_waited(p.waited)} for p in latency.months],
        "quarters": [{"from": _day(p.monday), "weeks": p.weeks, **_waited(p.waited)} for p in latency.quarters],
        "hours": [{"hour": each.hour, **_waited(each.waited)} for each in latency.hours],
    }


def _waited(waited: Waited) -> dict[str, Any]:
    median = waited.median
    return {
        "n": waited.n,
        "censored": waited.n - waited.answered,
        "median_minutes": None if median is None else _minutes(median.value),
        "ci95": None if median is None else [_minutes(median.lower), _minutes(median.upper)],
        "under_tick": waited.under_tick,
    }


def _read(read: ReadWaits | None) -> dict[str, Any] | None:
    """None where the source does not say when a message was read."""
    if read is None:
        return None
    return {
        "read": read.read,
        "not_in_bout": read.not_in_bout,
        "not_in_bout_share": _share(read.not_in_bout_share),
        "not_at_all": read.not_in_record,
        "not_at_all_share": _share(read.not_in_record_share),
        "since_reading": _waited(read.waited),
    }


def _again(side: SideFollowUps) -> dict[str, Any]:
    return {"waits": side.waits, "count": side.count, "share": _share(side.share)}


def _writing(side: SideWriting) -> dict[str, Any]:
    return {
        "turns": side.turns,
        "texts": side.texts,
        "questions": side.asked,
        "questions_known_of": side.asked_known,
        "reactions": side.reactions,
        "question_share": _share(side.questions),
        "media_share": _share(side.media_share),
        "call_share": _share(side.calls_share),
        "words_a_text": _mean(side.words_a_text),
        "messages_a_turn": _mean(side.messages_a_turn),
    }


def _silences_from(found: SilencesFrom) -> dict[str, Any]:
    return {
        "days": found.at_least_days,
        "count": found.count,
        "ended": found.ended,
        "last_by": dict(zip(SIDES.values(), found.last_by, strict=True)),
        "broken_by": dict(zip(SIDES.values(), found.broken_by, strict=True)),
        "share_broken": _shares(found.broken_shares),
    }


def _longest(analysis: Analysis) -> dict[str, Any] | None:
    found = analysis.sides.longest
    if found is None:
        return None
    return {
        "started_at": _instant(analysis.table, found.start_at),
        "days": round(found.days, 3),
        "last_by": SIDES[found.last_sender],
        "broken_by": SIDES.get(found.broken_by),
    }


def _quarter(quarter: QuarterBalance) -> dict[str, Any]:
    return {
        "from": _day(quarter.monday),
        "weeks": quarter.weeks,
        "weeks_whole": quarter.weeks_whole,
        "bouts": quarter.bouts,
        "share_opened": _shares(quarter.opened),
        "follow_ups": {"ego": _again(quarter.follow_ups.ego), "alter": _again(quarter.follow_ups.alter)},
        "reply_latency": {"ego": _waited(quarter.asked_ego), "alter": _waited(quarter.asked_alter)},
        "returned": dict(zip(SIDES.values(), quarter.returned, strict=True)),
        "share_returned": _shares(quarter.returned_shares),
    }


def _overlap(sides: TwoSides) -> dict[str, Any] | None:
    found = sides.overlap
    if found is None:
        return None
    return {
        "n": dict(zip(SIDES.values(), found.n, strict=True)),
        "weeks": found.weeks,
        "overlap": found.overlap,
        "likeness": found.likeness,
        "ci95": [found.lower, found.upper],
    }


def _changes(analysis: Analysis) -> dict[str, Any] | None:
    """None where the day it ended is not told; without series where the weeks before it are too few."""
    if analysis.ended is None:
        return None
    found = analysis.changes
    if found is None:
        have, need = analysis.too_few_weeks or (0, 0)
        return {"weeks": have, "needed": need, "series": [], "together": None}
    together = found.together
    return {
        "weeks": found.weeks,
        "series": [_series(each) for each in found.series],
        "together": None if together is None else _when(together),
    }


def _series(one: SeriesReading) -> dict[str, Any]:
    change = one.change
    moved = None if change is None else _when(change) | {"ratio": change.ratio, "ci95": [change.lower, change.upper]}
    return {
        "series": one.series,
        "side": SIDES[one.side],
        "n": one.n,
        "weeks": one.weeks,
        "p": one.p,
        "too_little": one.too_little,
        "change": moved,
    }


def _when(found: Change | When) -> dict[str, Any]:
    """When it begins, and half way with its 95 % limits."""
    return {name: _day(getattr(found, name)) for name in ("begins", "middle", "earliest", "latest")}


def _day(days_since_epoch: int) -> str:
    return day_of(days_since_epoch).isoformat()


def _instant(table: MessageTable, at: int) -> str:
    """An instant of no message: in UTC where the zone is known, else the wall clock of the file."""
    when = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=at)
    return (when if table.zoned else when.replace(tzinfo=None)).isoformat()


def _minutes(days: float | None) -> float | None:
    return None if days is None else round(days * MINUTES_A_DAY, 3)


def _silences(analysis: Analysis) -> list[dict[str, Any]]:
    found, table = analysis.sides.silences, analysis.table
    starts = table.at.searchsorted(found.start_at, side="right") - 1
    return [
        {
            "started_at": table.instant(int(row)).isoformat(),
            "days": round(days, 3),
            "last_by": SIDES[last],
            "broken_by": SIDES.get(breaker),
        }
        for row, days, last, breaker in zip(
            starts, found.days.tolist(), found.last_sender.tolist(), found.broken_by.tolist(), strict=True
        )
    ]
