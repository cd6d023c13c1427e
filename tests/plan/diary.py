"""A person and their plan, for tests: says what happened when, by the wall clock, and asks where things stand."""

from __future__ import annotations

import datetime as dt
from typing import get_args
from zoneinfo import ZoneInfo

from fallow.plan import (
    Ask,
    DraftSealed,
    Event,
    Moment,
    MoodChecked,
    Phase,
    Plan,
    Question,
    Reason,
    Record,
    ReviewAnswered,
    ReviewHeld,
    Standing,
    What,
    decide,
    evolve,
)


def moment(wall: str, zone: str = "Europe/Berlin") -> Moment:
    """A wall clock such as "2026-11-01 12:00" in a zone."""
    return Moment(dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)), zone)


class Diary:
    """Everything goes through `decide`; numbers entries from 1."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        self.zone = zone
        self.records: list[Record] = []
        self.plan = Plan()

    def at(self, wall: str, what: What, *, happened: str | None = None, zone: str | None = None) -> str:
        """Record it; gives the id of the first event made."""
        now = moment(wall, zone or self.zone)
        then = None if happened is None else moment(happened, zone or self.zone)
        events = decide(self.plan, Ask(what, then), now)
        ids = [self.keep(event) for event in events]
        return ids[0]

    def keep(self, event: Event) -> str:
        record = Record(len(self.records) + 1, f"{len(self.records) + 1:032x}", event)
        self.records.append(record)
        self.plan = evolve(self.plan, record)
        return record.id

    def clear(self, day: str, *, reason: Reason = "talk") -> None:
        """Everything a review that is due on this day asks for, and one message chosen in it at noon."""
        due = dt.date.fromisoformat(day)
        written = f"{due - dt.timedelta(days=4)} 20:00"
        self.at(written, DraftSealed("the-one", moment(f"{due - dt.timedelta(days=3)} 10:00", self.zone).at))
        for question in get_args(Question):
            self.at(f"{day} 11:00", ReviewAnswered(question, holds=True, words="In a sentence of my own."))
        self.at(f"{day} 11:00", MoodChecked(phq2=1))
        self.at(f"{day} 12:00", ReviewHeld("one_message", draft="the-one", reason=reason))

    def standing(self, wall: str, zone: str | None = None) -> Standing:
        return self.plan.standing(moment(wall, zone or self.zone))

    def phase(self, day: str) -> Phase:
        return self.plan.phase(dt.date.fromisoformat(day))

    def counts(self, wall: str, zone: str | None = None) -> tuple[int | None, int | None, int | None, int | None]:
        """(quiet days, of days, since reached out, since looked)."""
        now = self.standing(wall, zone)
        return now.quiet_days, now.of_days, now.since_reached_out, now.since_looked
