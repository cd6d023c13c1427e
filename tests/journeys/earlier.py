"""What somebody did on earlier days, kept through the plan with a clock that was set to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

from conftest import PASSPHRASE, Home
from fallow.app import Desk, begin_review_draft, record, seal_draft
from fallow.plan import (
    Ask,
    Because,
    BreakupDescribed,
    HardStopSet,
    Moment,
    MoodChecked,
    Question,
    QuietTimeChosen,
    ReviewAnswered,
    Urge,
    What,
)
from fallow.wiring import choose_zone, open_desk

TEXT = "I am sorry for what I said on Friday. I would be glad to talk, if you want to."


def noon_zone() -> str:
    """A zone in which it is about noon now, so that a journey by day can be walked at any hour."""
    offset = 12 - dt.datetime.now(dt.UTC).hour
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


def zone_at(hour: int) -> str:
    """A zone in which it is that hour now."""
    offset = (hour - dt.datetime.now(dt.UTC).hour) % 24
    offset -= 24 if offset > 12 else 0
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


@contextmanager
def opened(home: Home, *, zone: str | None = None) -> Iterator[Desk]:
    """The desk of a folder, in the zone where it is noon; closed again before anybody else opens it."""
    desk = open_desk(home.folder, PASSPHRASE)
    try:
        choose_zone(desk, zone or noon_zone())
        yield desk
    finally:
        desk.store.close()


def ago(desk: Desk, days: float) -> Desk:
    """The same desk, so many days ago."""

    def clock() -> Moment:
        now = desk.clock()
        return Moment(now.at - dt.timedelta(days=days), now.zone)

    return Desk(desk.store, clock)


def did(desk: Desk, days: float, *whats: What) -> None:
    record(ago(desk, days), *map(Ask, whats))


def quiet_since(desk: Desk, days: int, *, initiator: str = "alter", sudden: str = "no") -> None:
    """A quiet time of thirty days that began so many days ago, and how it ended."""
    did(desk, days, QuietTimeChosen(30), BreakupDescribed(initiator, sudden))  # type: ignore[arg-type]


def rested_draft(desk: Desk, days: float, text: str = TEXT) -> str:
    """A draft sealed so many days ago, whose hour has come."""
    then = ago(desk, days)
    id = begin_review_draft(then)
    seal_draft(then, id, text, then.clock().at + dt.timedelta(hours=8))
    return id


def calm_fortnight(desk: Desk) -> None:
    """Urges that fell, and a short check that shows no low mood."""
    for days in (13, 12, 11, 2):
        did(desk, days, Urge(6))
    did(desk, 1, MoodChecked(phq2=1, gad2=1))


def everything_open(desk: Desk) -> str:
    """A plan in which every gate is open: a review is due and answered, it was sudden; gives the draft that rested."""
    quiet_since(desk, 40, sudden="yes")
    calm_fortnight(desk)
    draft = rested_draft(desk, 4)
    questions: tuple[Question, ...] = get_args(Question)
    did(desk, 0.01, *(ReviewAnswered(question, holds=True, words="A sentence.") for question in questions))
    return draft


def stopped(home: Home, because: Because) -> None:
    """A clear stop was set."""
    with opened(home) as desk:
        record(desk, Ask(HardStopSet(because)))
