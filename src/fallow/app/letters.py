"""
Letters that are never sent: begun, put away until a day, read again when it has come, burned.

They leave no entry in the history: a letter that was burned was never there. While writing is closed (a clear stop,
help first, a gate set beforehand) they rest as drafts do; burning one is open, always.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from typing import Any, Final, Literal

from fallow.app.desk import Desk, plan_of
from fallow.app.urges import MORNING, require_writing
from fallow.app.written import (
    Shown,
    begin_written,
    burn_written,
    find_unsealed,
    find_written,
    is_open,
    keep_words,
    put_under_seal,
    show_written,
    unread,
)
from fallow.errors import DayNotToCome, StillSealed
from fallow.plan import LONGEST_QUIET_TIME, Moment, find_zone
from fallow.store.interface import Deletion, Draft

Rest = Literal["week", "month", "three_months"]
_MONTHS: Final[dict[Rest, int]] = {"month": 1, "three_months": 3}


def begin_letter(desk: Desk) -> str:
    """
    Open an empty letter. Returns its id.

    Raises:
        HardStopHolds, NotInThisPhase, SoberGateHolds: Writing is not open.
    """
    with desk.store.transaction():
        require_writing(plan_of(desk), desk.clock())
        return begin_written(desk, "letter").id


def save_letter(desk: Desk, id: str, text: str) -> None:
    """
    Keep the words as they are now; durable once this returns.

    Raises:
        StillSealed, NoSuchEntry: And where writing is not open; nothing was changed.
    """
    with desk.store.transaction():
        require_writing(plan_of(desk), desk.clock())
        keep_words(desk, find_unsealed(desk, id, "letter"), text)


def read_letter(desk: Desk, id: str) -> Draft:
    """
    A letter; the words of one that was put away only once its day has come.

    Raises:
        NoSuchEntry: And where writing is not open.
    """
    require_writing(plan_of(desk), desk.clock())
    return unread(desk, find_written(desk, id, "letter"))


def put_letter_away(desk: Desk, id: str, text: str | None, day: dt.date) -> dt.datetime:
    """
    Let a letter rest until a day, at ten in the morning; one whose day has come can be put away again.

    Args:
        text: Its words now; None leaves them as kept.
        day: Local, after today, within ten years.
    Returns:
        When it can be read again.
    Raises:
        DayNotToCome, StillSealed, NoSuchEntry: And where writing is not open; nothing was changed.
    """
    now = desk.clock()
    require_rest_day(now, day)
    opens_at = dt.datetime.combine(day, MORNING, find_zone(now.zone))
    with desk.store.transaction():
        require_writing(plan_of(desk), now)
        put_under_seal(desk, _in_hand(desk, id), text, opens_at)
    return opens_at


def write_on(desk: Desk, id: str) -> None:
    """Take a letter whose day has come out again, to write on."""
    with desk.store.transaction():
        require_writing(plan_of(desk), desk.clock())
        desk.store.put_draft(replace(_in_hand(desk, id), sealed=False, opens_at=None))


def letters_shown(desk: Desk) -> Shown:
    """Every letter, without its words: being written, its day has come, at rest."""
    return show_written(desk, "letter")


def holds_words(desk: Desk, id: str) -> bool:
    """Whether there is anything in it to burn; says nothing of what."""
    return bool(find_written(desk, id, "letter").text.strip())


def burn_letter(desk: Desk, id: str) -> Deletion:
    """Delete a letter and its words for good and look whether they are gone; open at any time, in a stop too."""
    return burn_written(desk, id, "letter")


def rest_day(now: Moment, rest: Rest) -> dt.date:
    """The day on which a letter put away today can be read again; the 31st falls on the last of a shorter month."""
    if rest == "week":
        return now.day + dt.timedelta(weeks=1)
    years, month = divmod(now.day.month - 1 + _MONTHS[rest], 12)
    year, month = now.day.year + years, month + 1
    return dt.date(year, month, min(now.day.day, calendar.monthrange(year, month)[1]))


def require_rest_day(now: Moment, day: dt.date) -> None:
    """
    Raises:
        DayNotToCome: If it is today or before, or more than ten years away.
    """
    if not 0 < (day - now.day).days <= LONGEST_QUIET_TIME:
        raise DayNotToCome


def describe_letters(desk: Desk) -> list[dict[str, Any]]:
    """Every letter as plain values for machines, without its words."""
    zone = find_zone(desk.clock().zone)
    return [
        {
            "id": letter.id,
            "is": name,
            "begun_at": _told(letter.started_at, zone),
            "rests_until": _told(letter.opens_at, zone) if letter.sealed else None,
        }
        for name, letters in zip(Shown._fields, letters_shown(desk), strict=True)
        for letter in letters
    ]


def _in_hand(desk: Desk, id: str) -> Draft:
    letter = find_written(desk, id, "letter")
    if not is_open(desk, letter):
        raise StillSealed
    return letter


def _told(micros: int | None, zone: dt.tzinfo) -> str | None:
    return None if micros is None else dt.datetime.fromtimestamp(micros / 1_000_000, zone).isoformat("T", "seconds")
