"""
Eight weekly series of a dyad before a given day: volume, openings, latency and words, each of ego and of alter.

    volume    messages a week
    openings  bouts opened a week
    latency   waits for the side's answer that began in the week, each by its place among all waits of the series
    words     mean log of the words of a text message

Weeks are seven local days counted back from the given day, so none is cut short and none depends on the calendar. A
wait that outlasts its bout, or is open on the given day, is known only as longer than that (censored): its place is the
mean of the places above it. So it counts, and how long the next bout took to begin does not. Weeks that touch an
unseen period are left out, and so are weeks after the last message of all, of which nobody can tell whether anything
was sent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts
from fallow.dyad.replies import ReplyLatencies, reply_latencies
from fallow.dyad.volume import DAY_US
from fallow.messages import ALTER, EGO, Kind, MessageTable

LOOK_BACK_WEEKS: Final = 104
"""Two years. What was before does not tell how the end began, and the cost stays bounded."""
BINS_PER_LOG: Final = 32
LONGEST_DAYS: Final = 3650.0
SHORTEST_DAYS: Final = 1 / 86_400
UNDER_A_TICK: Final = 0.35
"""Where in its first tick a wait of none is taken to lie."""
SLACK: Final = 20.0
"""A week of n values weighs n / (n + 20): beyond some dozens, weeks differ by more than by chance within them."""
SECOND_US: Final = 1_000_000

SeriesName = Literal["volume", "openings", "latency", "words"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waits:
    """c cells of equal waits: `week` [c], `bin` [c] of log duration, whether `observed` [c], how many `count` [c]."""

    week: Ints
    bin: Ints
    observed: NDArray[np.bool_]
    count: Floats
    weeks: int
    bins: int

    def mean_scores(self, shift: Floats) -> Floats:
        """
        Mean place of each week's waits among all, after moving them towards shorter.

        Args:
            shift: [weeks], in log units, by how much a week's waits are made shorter first.
        Returns:
            [weeks], in [0, 1]; 0 where a week has none. O(c + bins).
        Source:
            Scores of Prentice (1978), Biometrika 65:167, for the generalised Wilcoxon test, moved from [-1, 1] to
            [0, 1]. Differs from it in: equal bins of the log are ties, an answer stands at the middle of its bin.
        """
        moved = np.clip(self.bin - np.rint(shift * BINS_PER_LOG).astype(np.int64)[self.week], 0, self.bins - 1)
        came = np.bincount(moved, weights=self.count * self.observed, minlength=self.bins)
        all_in = np.bincount(moved, weights=self.count, minlength=self.bins)
        at_risk = np.cumsum(all_in[::-1])[::-1]
        over = 1 - np.cumprod(1 - came / np.maximum(at_risk, 1))
        under = np.append(0.0, over[:-1])
        score = np.where(self.observed, (under[moved] + over[moved]) / 2, (over[moved] + 1) / 2)
        total = np.bincount(self.week, weights=self.count * score, minlength=self.weeks)
        return total / np.maximum(np.bincount(self.week, weights=self.count, minlength=self.weeks), 1)


@dataclass(frozen=True, slots=True)
class _Timely:
    """m waits: the week each began in, its days, whether the answer came; and the tick of the source, days."""

    week: Ints
    duration: Floats
    observed: NDArray[np.bool_]
    resolution: float


@dataclass(frozen=True, slots=True)
class WeeklySeries:
    """
    One of the eight.

    Args:
        series: Which.
        side: EGO or ALTER: who sent, opened, is asked to answer, wrote.
        n: Messages, bouts, waits or texts in it.
        count: float64 [w], how many of them a week.
        value: float64 [w], what is looked at for a change; without meaning where `weight` is 0.
        weight: float64 [w] in [0, 1], how much a week tells.
        waits: The waits themselves, for latency.
    """

    series: SeriesName
    side: int
    n: int
    count: Floats
    value: Floats
    weight: Floats
    waits: Waits | None = None

    @property
    def weeks(self) -> int:
        """Weeks that tell anything."""
        return int(np.count_nonzero(self.weight))

    @property
    def seen(self) -> int:
        """Of n, those that were seen in full: of waits, those that were answered."""
        return self.n if self.waits is None else int(self.waits.count @ self.waits.observed)


@dataclass(frozen=True, slots=True)
class Weeks:
    """`place` int64 [w], the weeks that are read, counted from the one that begins on day `first`."""

    first: int
    place: Ints
    series: tuple[WeeklySeries, ...]


def read_weeks(table: MessageTable, bouts: Bouts, before: int) -> Weeks:
    """
    Sort a record into weeks.

    Args:
        table: n messages, none of them a reaction.
        bouts: The bouts of this table.
        before: The day up to which it is read, days since 1970-01-01.
    Returns:
        Eight series of w weeks, 0 <= w <= LOOK_BACK_WEEKS, in the order of the first lines above, ego first. O(n).
    """
    if len(table) == 0:
        return Weeks(before, np.empty(0, np.int64), ())
    span = max(min((before - _local_day(table, 0)) // 7, LOOK_BACK_WEEKS), 0)
    first = before - 7 * span
    place = np.flatnonzero(_seen(table, first, span)).astype(np.int64)
    slot = np.full(span + 2, -1, np.int64)
    slot[place + 1] = np.arange(len(place))
    near = slice(*np.searchsorted(table.at, [(first - 2) * DAY_US, (before + 2) * DAY_US]))

    def week_of(local: Ints) -> Ints:
        """The number among the weeks that are read, or -1."""
        return slot[np.clip((local // DAY_US - first) // 7, -1, span) + 1]

    week = np.full(len(table), -1, np.int64)
    week[near] = week_of(table.at[near] + table.offset[near].astype(np.int64) * SECOND_US)
    replies, longest = reply_latencies(table, bouts), _shortest_pause(table, bouts)
    sides, w = (EGO, ALTER), len(place)
    series = (
        *(_counted("volume", side, week[near][table.sender[near] == side], w) for side in sides),
        *(_counted("openings", side, week[bouts.start[bouts.opener == side]], w) for side in sides),
        *(
            _waited(side, _timely(waits, week, before=before, longest=longest), w)
            for side, waits in ((EGO, replies.ego), (ALTER, replies.alter))
        ),
        *(_worded(side, table, week, w) for side in sides),
    )
    return Weeks(first, place, series)


def _local_day(table: MessageTable, index: int) -> int:
    return int(table.at[index] + int(table.offset[index]) * SECOND_US) // DAY_US


def _seen(table: MessageTable, first: int, span: int) -> NDArray[np.bool_]:
    """[span], whether a week begins no later than the last message and touches no unseen period."""
    begins = first + 7 * np.arange(span)
    seen = begins <= _local_day(table, -1)
    near = np.clip(np.searchsorted(table.at, table.unseen), 0, len(table) - 1)
    days = (table.unseen + table.offset[near].astype(np.int64) * SECOND_US) / DAY_US
    for begin, end in days.tolist():
        seen &= (begins + 7 <= begin) | (begins >= end)
    return seen


def _counted(series: SeriesName, side: int, week: Ints, weeks: int) -> WeeklySeries:
    count = np.bincount(week[week >= 0], minlength=weeks).astype(np.float64)
    return WeeklySeries(series, side, int(count.sum()), count, _mid_ranks(count), np.ones(weeks))


def _mid_ranks(count: Floats) -> Floats:
    """The place of each week among all, in [0, 1]: one week of silence or of a quarrel then weighs as one week."""
    _, which, alike = np.unique(count, return_inverse=True, return_counts=True)
    return np.asarray(((np.cumsum(alike) - alike / 2) / max(len(count), 1))[which], np.float64)


def _worded(side: int, table: MessageTable, week: Ints, weeks: int) -> WeeklySeries:
    chosen = (week >= 0) & (table.sender == side) & (table.kind == Kind.TEXT) & (table.words > 0)
    count = np.bincount(week[chosen], minlength=weeks).astype(np.float64)
    logs = np.bincount(week[chosen], weights=np.log(table.words[chosen]), minlength=weeks)
    return WeeklySeries("words", side, int(count.sum()), count, logs / np.maximum(count, 1), count / (count + SLACK))


def _shortest_pause(table: MessageTable, bouts: Bouts) -> float:
    """The shortest silence between two bouts, days; LONGEST_DAYS where there is none."""
    pauses = table.at[bouts.start[1:]] - table.at[bouts.end[:-1] - 1]
    return float(pauses.min()) / DAY_US if len(pauses) else LONGEST_DAYS


def _timely(waits: ReplyLatencies, week: Ints, *, before: int, longest: float) -> _Timely:
    """The waits that began in a week that is read, cut off where their bout or the time that is read is over."""
    begun = week[waits.last]
    kept = begun >= 0
    most = np.minimum(before - waits.local[kept] / DAY_US, longest)
    duration = waits.duration[kept]
    observed = waits.observed[kept] & (duration <= most)
    return _Timely(begun[kept], np.minimum(duration, most), observed, waits.resolution)


def _waited(side: int, timely: _Timely, weeks: int) -> WeeklySeries:
    floor, week = max(UNDER_A_TICK * timely.resolution, SHORTEST_DAYS), timely.week
    bins = math.ceil(math.log(LONGEST_DAYS / floor) * BINS_PER_LOG) + 1
    place = np.log(np.clip(timely.duration, floor, LONGEST_DAYS) / floor) * BINS_PER_LOG
    cell, count = np.unique((week * bins + place.astype(np.int64)) * 2 + timely.observed, return_counts=True)
    waits = Waits(
        week=cell // 2 // bins,
        bin=cell // 2 % bins,
        observed=cell % 2 == 1,
        count=count.astype(np.float64),
        weeks=weeks,
        bins=bins,
    )
    a_week = np.bincount(week, minlength=weeks).astype(np.float64)
    value = waits.mean_scores(np.zeros(weeks))
    return WeeklySeries("latency", side, len(week), a_week, value, a_week / (a_week + SLACK), waits)
