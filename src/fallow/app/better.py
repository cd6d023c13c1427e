"""
Writing about what is better now: one topic, up to fifteen minutes a sitting, three days, and then it is done.

Bounded on purpose. Writing on what has been better since lifted good feelings without more bad ones (about 100
students, three days of 15 to 30 minutes); writing out one's deepest feelings was worse for people in search of a
meaning (`techniques.json`, better_now and open_writing). It is about the person and not for the other one, so no stop
closes it. The days are kept apart from the words: burning what was written does not open another day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from fallow.app.desk import Desk
from fallow.app.written import begin_written, burn_written, find_unsealed, find_written, keep_words, put_under_seal
from fallow.errors import NextSittingTomorrow, SittingOver, SittingsDone, StillSealed
from fallow.plan import find_zone
from fallow.store.interface import Deletion, Draft

BETTER_DAYS: Final = 3
"""Days; Lewandowski (2009), Journal of Positive Psychology 4(1):21-31."""
LASTS: Final = dt.timedelta(minutes=15)
"""The lower end of the 15 to 30 minutes of that study."""
TAKEN: Final = LASTS + dt.timedelta(minutes=5)
"""What is still being typed at the end is kept this long after the beginning."""
_DAYS: Final = "better.days"


class Sitting(msgspec.Struct, frozen=True):
    """
    One day of it.

    Args:
        day: Local date on which it began.
        ends_at: When the page asks to stop.
        running: Whether it can be written on now.
        text: Its words.
    """

    id: str
    day: dt.date
    ends_at: dt.datetime
    running: bool
    text: str


class Better(msgspec.Struct, frozen=True):
    """
    How it stands.

    Args:
        sittings: Those not burned, the oldest first.
        begun: Days on which one was begun, 0 to 3, burned or not.
        running: The one that can be written on now.
        may_begin: Whether another can be begun today.
    """

    sittings: tuple[Sitting, ...]
    begun: int
    running: Sitting | None
    may_begin: bool

    @property
    def done(self) -> bool:
        """Whether the three days are over."""
        return self.begun >= BETTER_DAYS and self.running is None


def better(desk: Desk) -> Better:
    """How it stands now."""
    sittings = tuple(_sitting(desk, draft) for draft in desk.store.drafts() if draft.kind == "better")
    running = next((sitting for sitting in reversed(sittings) if sitting.running), None)
    days = _days(desk)
    may_begin = running is None and len(days) < BETTER_DAYS and desk.clock().day not in days
    return Better(sittings, len(days), running, may_begin)


def begin_sitting(desk: Desk) -> str:
    """
    Begin today's sitting, or go on with the one that runs. Returns its id.

    Raises:
        SittingsDone: The three days are over.
        NextSittingTomorrow: Today's was written.
    """
    with desk.store.transaction():
        stands = better(desk)
        if stands.running is not None:
            return stands.running.id
        if stands.done:
            raise SittingsDone
        if not stands.may_begin:
            raise NextSittingTomorrow
        days = sorted({*_days(desk), desk.clock().day})
        desk.store.set_preference(_DAYS, ",".join(day.isoformat() for day in days))
        return begin_written(desk, "better").id


def save_sitting(desk: Desk, id: str, text: str) -> None:
    """
    Keep the words as they are now; durable once this returns.

    Raises:
        SittingOver: It was put away; nothing was changed.
    """
    with desk.store.transaction():
        keep_words(desk, _running(desk, id), text)


def end_sitting(desk: Desk, id: str, text: str) -> None:
    """Put today's sitting away before its time is over, with these words."""
    with desk.store.transaction():
        put_under_seal(desk, _running(desk, id), text, None)


def read_sitting(desk: Desk, id: str) -> Sitting:
    """One sitting with its words; they can be read at any time."""
    return _sitting(desk, find_written(desk, id, "better"))


def burn_sitting(desk: Desk, id: str) -> Deletion:
    """Delete a sitting and its words for good and look whether they are gone; its day stays used."""
    return burn_written(desk, id, "better")


def describe_better(stands: Better) -> dict[str, Any]:
    """The same as plain values for machines, without words."""
    return {
        "days_begun": stands.begun,
        "days": BETTER_DAYS,
        "minutes": int(LASTS.total_seconds() // 60),
        "done": stands.done,
        "may_begin": stands.may_begin,
        "sittings": [
            {"id": one.id, "day": one.day.isoformat(), "ends_at": one.ends_at.isoformat(), "running": one.running}
            for one in stands.sittings
        ],
    }


def _sitting(desk: Desk, draft: Draft) -> Sitting:
    began, zone = _began(draft), find_zone(desk.clock().zone)
    ends_at = (began + LASTS).astimezone(zone)
    return Sitting(draft.id, began.astimezone(zone).date(), ends_at, _is_running(desk, draft), draft.text)


def _is_running(desk: Desk, draft: Draft) -> bool:
    # A clock that was set back does not open a sitting for as long as it was set back.
    since = desk.clock().at - _began(draft)
    return not draft.sealed and LASTS - TAKEN <= since < TAKEN


def _began(draft: Draft) -> dt.datetime:
    return dt.datetime.fromtimestamp(draft.started_at / 1_000_000, dt.UTC)


def _running(desk: Desk, id: str) -> Draft:
    try:
        draft = find_unsealed(desk, id, "better")
    except StillSealed as error:
        raise SittingOver from error
    if not _is_running(desk, draft):
        raise SittingOver
    return draft


def _days(desk: Desk) -> list[dt.date]:
    return [dt.date.fromisoformat(day) for day in (desk.store.preference(_DAYS) or "").split(",") if day]
