"""How much each side sent: in all, and week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.unseen import unseen_local
from fallow.messages import ALTER, EGO, Kind, MessageTable

DAY_US: Final = 86_400_000_000
DAYS_FROM_MONDAY: Final = 3
"""1970-01-01 was a Thursday."""

MIN_WEEKS: Final = 4
"""Under four weeks the first and the last, which are rarely whole, are half of the picture."""


@dataclass(frozen=True, slots=True)
class Participant:
    """What one side sent. Every row of the table is a message; media and calls are among them."""

    messages: int
    words: int
    media: int
    calls: int


@dataclass(frozen=True, slots=True)
class Participants:
    ego: Participant
    alter: Participant


@dataclass(frozen=True, slots=True)
class WeeklyCounts:
    """
    Messages of each side in m neighbouring local weeks, Monday to Sunday, weeks without any among them.

    Args:
        monday: int64 [m], first day of each week, days since 1970-01-01.
        ego: int64 [m], messages of ego, >= 0.
        alter: int64 [m], messages of alter, >= 0.
        whole: bool [m], False where the record is known to be incomplete in a part of the week: such a week may hold
            more than it shows, and an empty one is not quiet.
    """

    monday: NDArray[np.int64]
    ego: NDArray[np.int64]
    alter: NDArray[np.int64]
    whole: NDArray[np.bool_]


def participants(table: MessageTable) -> Participants:
    """
    Count what each side sent.

    Args:
        table: n messages.
    Returns:
        Two sides whose messages add up to n. O(n).
    """
    kinds = np.bincount(table.sender * np.int64(len(Kind)) + table.kind, minlength=2 * len(Kind)).reshape(2, -1)
    words = np.bincount(table.sender, weights=table.words, minlength=2)

    def of(side: int) -> Participant:
        return Participant(
            messages=int(kinds[side].sum()),
            words=int(words[side]),
            media=int(kinds[side, [Kind.MEDIA, Kind.STICKER]].sum()),
            calls=int(kinds[side, Kind.CALL]),
        )

    return Participants(ego=of(EGO), alter=of(ALTER))


def weekly_counts(table: MessageTable) -> WeeklyCounts:
    """
    Count the messages of each side per local week.

    Args:
        table: n messages.
    Returns:
        m weeks from the first message's to the last one's; m = 0 for an empty table. O(n + m).
    """
    if len(table) == 0:
        empty = np.empty(0, np.int64)
        return WeeklyCounts(monday=empty, ego=empty, alter=empty, whole=np.empty(0, np.bool_))
    week = local_week(table.local)
    first = int(week.min())
    weeks = int(week.max()) - first + 1
    counts = np.bincount(table.sender * np.int64(weeks) + (week - first), minlength=2 * weeks)
    monday = (first + np.arange(weeks, dtype=np.int64)) * 7 - DAYS_FROM_MONDAY
    whole = np.ones(weeks, np.bool_)
    for begin, end in (local_week(unseen_local(table)) - first).tolist():
        whole[max(begin, 0) : max(end + 1, 0)] = False
    return WeeklyCounts(monday=monday, ego=counts[:weeks], alter=counts[weeks:], whole=whole)


def local_week(local: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the weeks that begin on a Monday; week 0 holds 1970-01-01. [n] microseconds of wall clock to [n]."""
    return (local + DAYS_FROM_MONDAY * DAY_US) // (7 * DAY_US)
