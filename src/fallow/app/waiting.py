"""
How far a file has been read, how many messages that gave, and about how long it will still take, in words.

Nothing is said of the time before it is known: what was read in the first moments tells too little. From then on the
later half of the time counts, because most files are gone through twice, and not at one speed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fallow.language import gettext as _
from fallow.language import ngettext, say_count

KNOWN_AFTER: Final = 3.0
"""Seconds before which nothing is said of the time that is left."""
KNOWN_FROM: Final = 0.05
"""Share of the file before which nothing is said of it."""
SAMPLE_EVERY: Final = 0.25
"""Seconds between two looks at how far it is."""
SOON, FEW, HALF_MINUTE, MINUTE, HOUR = 5.0, 25.0, 45.0, 90.0, 3600.0


class Pace:
    """
    How fast a file is being read.

    Args:
        clock: Seconds, never backwards.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._samples = [(clock(), 0)]
        self.done, self.of, self.rows = 0, 0, 0

    @property
    def share(self) -> float:
        """How much of it was read, in [0, 1]."""
        return min(1.0, self.done / self.of) if self.of else 0.0

    def put(self, done: int, of: int, rows: int) -> None:
        """So many bytes of so many, and so many messages, were read by now; fewer than before means it began anew."""
        now = self._clock()
        if done < self.done:
            self._samples = [(now, done)]
        elif now - self._samples[-1][0] >= SAMPLE_EVERY:
            self._samples.append((now, done))
        self.done, self.of, self.rows = done, of, rows

    def seconds_left(self) -> float | None:
        """How long it will take at the pace of the later half of the time; None while that is not known. O(samples)."""
        now, (began, first) = self._clock(), self._samples[0]
        if now - began < KNOWN_AFTER or self.done - first < KNOWN_FROM * self.of or not self.of:
            return None
        middle = began + (now - began) / 2
        since, then = next(((at, done) for at, done in self._samples if at >= middle), self._samples[-1])
        if self.done <= then or now <= since:
            return None
        return (self.of - self.done) * (now - since) / (self.done - then)


def say_left(seconds: float | None) -> str:
    """About how long it will still take, so roughly that it rarely changes; empty where that is not known."""
    if seconds is None:
        return ""
    if seconds <= SOON:
        return _("A few seconds left.")
    if seconds <= FEW:
        return _("About {n} seconds left.").format(n=10 if seconds <= (SOON + FEW) / 2 else 20)
    if seconds <= HALF_MINUTE:
        return _("About half a minute left.")
    if seconds <= MINUTE:
        return _("About a minute left.")
    if seconds > HOUR:
        return _("More than an hour left.")
    minutes = round(seconds / 60)
    return ngettext("About {n} minute left.", "About {n} minutes left.", minutes).format(n=minutes)


def say_rows(rows: int) -> str:
    """How many messages were read; empty while it is only looked at who is in the file."""
    if not rows:
        return ""
    return ngettext("{n} message read so far.", "{n} messages read so far.", rows).format(n=say_count(rows))
