"""
The count of quiet days, which never falls.

A day counts once it is over, if it is not before the start, not in a pause (living together, or the plan closed) and
holds no lapse; a meeting keeps a day out just the same, and is called a lapse in this file too. `floor` is the highest
total reached at any recording: a lapse entered late takes its day away, but the total shown waits at the floor until it
is reached again. Days are plain local dates, told by the caller; `through` is the latest that any event was recorded
on, so a clock set back or a flight west takes nothing away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace


class Pause(Struct, frozen=True):
    """Days from `first` up to, not including, `until` do not count; until None: it lasts."""

    first: dt.date
    until: dt.date | None = None


class Count(Struct, frozen=True):
    """
    Quiet days so far.

    Args:
        start: First day that counts; None before a quiet time was chosen.
        pauses: In order, apart, none empty; at most the last one lasts.
        through: Days before it are in `days` and `lapsed`.
        days: Completed days that count or would without a lapse.
        lapsed: How many of those hold a lapse, <= days.
        ahead: Days with a lapse that are not over yet.
        floor: Highest total at any recording, <= days.
    """

    start: dt.date | None = None
    pauses: tuple[Pause, ...] = ()
    through: dt.date | None = None
    days: int = 0
    lapsed: int = 0
    ahead: frozenset[dt.date] = frozenset()
    floor: int = 0

    @property
    def quiet(self) -> int:
        """Total quiet days, 0 <= quiet <= days."""
        return max(self.floor, self.days - self.lapsed)

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    def to(self, day: dt.date) -> Count:
        """The count on the morning of a day; itself when that day is no later than the last. O(lapses ahead)."""
        if self.through is None:
            return replace(self, through=day)
        if day <= self.through:
            return self
        over = {lapse for lapse in self.ahead if lapse < day} if self.ahead else frozenset()
        return Count(
            start=self.start,
            pauses=self.pauses,
            through=day,
            days=self.days + self._running_days(self.through, day),
            lapsed=self.lapsed + sum(map(self.covers, over)),
            ahead=self.ahead - over,
            floor=self.floor,
        )

    def seen(self) -> Count:
        """The same with the total as it stands held for good."""
        total = self.days - self.lapsed
        return replace(self, floor=total) if total > self.floor else self

    def covers(self, day: dt.date) -> bool:
        """Whether a day is one that can count. O(pauses since)."""
        if self.start is None or day < self.start:
            return False
        for pause in reversed(self.pauses):
            if pause.first <= day:
                return pause.until is not None and day >= pause.until
        return True

    def with_lapse(self, day: dt.date) -> Count:
        """A day without a lapse now has one."""
        if self.through is None or day >= self.through:
            return replace(self, ahead=self.ahead | {day})
        return replace(self, lapsed=self.lapsed + 1) if self.covers(day) else self

    def without_lapse(self, day: dt.date) -> Count:
        """A day no longer has any lapse."""
        if self.through is None or day >= self.through:
            return replace(self, ahead=self.ahead - {day})
        return replace(self, lapsed=self.lapsed - 1) if self.covers(day) else self

    def started(self, start: dt.date, lapses: Iterable[dt.date]) -> Count:
        """From an earlier start on; a later one changes nothing. `lapses` are all days that hold one. O(n)."""
        if self.through is None or (self.start is not None and start >= self.start):
            return self
        began = replace(self, start=start)
        days = max((self.through - start).days, 0) - sum(_overlap(pause, start, self.through) for pause in self.pauses)
        return replace(began, days=days, lapsed=sum(day < self.through and began.covers(day) for day in lapses))

    def pausing(self) -> Count:
        """From today on, days do not count."""
        if self.paused or self.through is None:
            return self
        if self.pauses and self.pauses[-1].until == self.through:
            return replace(self, pauses=(*self.pauses[:-1], replace(self.pauses[-1], until=None)))
        return replace(self, pauses=(*self.pauses, Pause(self.through)))

    def resuming(self) -> Count:
        """From today on, days count again; a pause taken back the same day never was."""
        if not self.paused:
            return self
        before, last = self.pauses[:-1], self.pauses[-1]
        if last.first == self.through:
            return replace(self, pauses=before)
        return replace(self, pauses=(*before, replace(last, until=self.through)))

    def _running_days(self, since: dt.date, until: dt.date) -> int:
        if self.start is None or self.paused:
            return 0
        return max((until - max(since, self.start)).days, 0)


def _overlap(pause: Pause, first: dt.date, until: dt.date) -> int:
    end = until if pause.until is None else min(pause.until, until)
    return max((end - max(pause.first, first)).days, 0)
