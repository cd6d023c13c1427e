"""Two sides of a record: every measure joined with its curves and intervals, and the document machines read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk
from fallow.dyad import (
    BusyHours,
    Latency,
    Openings,
    Participant,
    ReplyLatencies,
    Share,
    TwoSides,
    busiest_hours,
    two_sides,
)
from fallow.importers import Export, Problem, SidedChat
from fallow.messages import ALTER, EGO, MessageTable, merge_tables
from fallow.survival import Estimate, SurvivalCurve

MINUTES_A_DAY: Final = 24 * 60
SIDES: Final = {EGO: "ego", ALTER: "alter"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long one side took to answer: the curve and its median, or None where nobody waited for it."""

    latencies: ReplyLatencies
    curve: SurvivalCurve | None
    median: Estimate | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one record shows of both sides."""

    table: MessageTable
    sides: TwoSides
    ego: Waiting
    alter: Waiting
    busiest: tuple[BusyHours | None, BusyHours | None]

    @property
    def messages(self) -> int:
        return len(self.table)

    @property
    def first(self) -> dt.datetime:
        return self.table.instant(0)

    @property
    def last(self) -> dt.datetime:
        return self.table.instant(len(self.table) - 1)


def analyse(table: MessageTable) -> Analysis:
    """
    Measure both sides of a record of at least two messages.

    Raises:
        NotEnoughData: If there are fewer.
    """
    sides = two_sides(table)
    return Analysis(
        table,
        sides,
        _waiting(sides.replies.ego, sides.latencies.ego),
        _waiting(sides.replies.alter, sides.latencies.alter),
        busiest_hours(sides.clock),
    )


def analyse_kept(desk: Desk) -> Analysis:
    """
    Measure the stored record.

    Raises:
        NotEnoughData: If fewer than two messages are stored.
    """
    return analyse(desk.store.messages())


def analyse_exports(chats: Sequence[SidedChat]) -> Analysis:
    """
    Measure files of one dyad together; what several of them hold counts once.

    Raises:
        NotEnoughData: If they hold fewer than two messages.
    """
    return analyse(merge_tables([chat.table for chat in chats]))


def kept(desk: Desk, name: str, make: Callable[[], bytes]) -> bytes:
    """A result computed from the messages: the one kept beside them, or made now and kept until they change."""
    found = desk.store.derived(name)
    if found is None:
        found = make()
        with desk.store.transaction():
            desk.store.put_derived(name, found)
    return found


def two_sides_document(desk: Desk) -> dict[str, Any]:
    """
    The stored record as a document; computed once and kept encrypted until messages change.

    Raises:
        NotEnoughData: If fewer than two messages are stored.
    """
    body = kept(desk, "two-sides", lambda: msgspec.json.encode(describe(analyse_kept(desk))))
    document: dict[str, Any] = msgspec.json.decode(body)
    return document


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
        "problems": describe_problems((*export.problems, *chat.problems)),
    }


def describe_problems(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"line": p.line, "kind": p.kind, "count": p.count} for p in problems]


def describe(analysis: Analysis) -> dict[str, Any]:
    """
    An analysis as plain values; ego always first. Shares and intervals are in [0, 1], medians in minutes.

    Instants are ISO 8601, with an offset where the zone is known, else the wall clock of the file.
    """
    sides, table = analysis.sides, analysis.table
    return {
        "messages": len(table),
        "participants": [
            {"side": "ego", **_person(sides.participants.ego)},
            {"side": "alter", **_person(sides.participants.alter)},
        ],
        "first_at": analysis.first.isoformat(),
        "last_at": analysis.last.isoformat(),
        "zone_known": table.zoned,
        "missing": [[_instant(table, end) for end in period] for period in table.unseen.tolist()],
        "weeks": _weeks(analysis),
        "bouts": _bouts(sides),
        "reply_latency": {"ego": _latency(analysis.ego), "alter": _latency(analysis.alter)},
        "silences": _silences(analysis),
        "clock": {"ego": sides.clock[EGO].tolist(), "alter": sides.clock[ALTER].tolist()},
    }


def _waiting(latencies: ReplyLatencies, measured: Latency) -> Waiting:
    return Waiting(latencies, measured.curve, measured.overall.median)


def _person(person: Participant) -> dict[str, int]:
    return {"messages": person.messages, "words": person.words, "media": person.media, "calls": person.calls}


def _weeks(analysis: Analysis) -> list[dict[str, Any]]:
    weeks = analysis.sides.weeks
    return [
        {"week": day_of(monday).isoformat(), "ego": ego, "alter": alter}
        for monday, ego, alter in zip(weeks.monday.tolist(), weeks.ego.tolist(), weeks.alter.tolist(), strict=True)
    ]


def _bouts(sides: TwoSides) -> dict[str, Any]:
    overall = sides.openings.overall
    return {
        "criterion_hours": round(sides.criterion.hours, 3),
        "criterion_how": sides.criterion.how,
        "count": len(sides.bouts),
        "opened_by": {"ego": overall.ego.count, "alter": overall.alter.count},
        "share_opened": _shares(sides.openings),
    }


def _shares(openings: Openings) -> dict[str, Any]:
    def one(share: Share) -> dict[str, float | int]:
        return {"value": share.value, "lower": share.lower, "upper": share.upper, "n": share.n}

    return {"ego": one(openings.overall.ego), "alter": one(openings.overall.alter)}


def _latency(waiting: Waiting) -> dict[str, Any]:
    """The number of waits counts the censored ones too; the median is None under the stated number of answers."""
    n, median = len(waiting.latencies), None if waiting.latencies.too_little else waiting.median
    return {
        "n": n,
        "censored": n - int(waiting.latencies.observed.sum()),
        "median_minutes": None if median is None else _minutes(median.value),
        "ci95": None if median is None else [_minutes(median.lower), _minutes(median.upper)],
        "resolution_minutes": round(waiting.latencies.resolution * MINUTES_A_DAY, 6),
    }


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


def day_of(days_since_epoch: int) -> dt.date:
    """The date of a day number."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=days_since_epoch)
