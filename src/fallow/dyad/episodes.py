"""
Silence episodes: every silence of a day and more between two people, with what was known when it began.

One row per silence, seen from one side. Everything in `covariates` is taken from messages up to and with the last one
before the silence, so that it could have been known then; how the silence ended is in `days` and `cause`. Rows of many
dyads are found in one pass, by one definition for one dyad and for a whole log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.messages import ALTER, EGO

DAY_US: Final = 86_400_000_000
LEAST_DAYS: Final = 1.0
"""A silence, and what counts as coming back after one."""
LONG_DAYS: Final = 7.0
"""A long silence, counted apart."""
LEAST_MESSAGES: Final = 10
"""Messages of a dyad before a silence of it is looked at; both sides must be among them."""
START_DAYS: Final = 15.0
"""Added to the age of a record, so that a rate on its first days is not endless."""
MEMORIES: Final = (30.0, 120.0)
"""Days in which what happened loses all but 37 in 100 of its weight."""

OPEN: Final = 0
ALTER_BROKE: Final = 1
EGO_BROKE: Final = 2

COVARIATES: Final = (
    "alter_return_rate",
    "ego_return_rate",
    "return_rate",
    "record_days",
    "messages",
    "usual_gap",
    "long_silences",
    "long_returns_alter",
    "recent_returns_alter",
    "recent_returns_ego",
    "late_returns_alter",
    "late_returns_ego",
    "recent_messages",
    "messages_alter",
    "last_by_ego",
    "last_gap",
    "last_return_alter",
    "since_return",
    "since_alter",
    "since_ego",
    "longest_gap",
    "talk_messages",
    "talk_alter",
)
"""The columns of `Episodes.covariates`; logarithms of days and counts, or of their ratios, unless said otherwise."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Episodes:
    """
    k silences of a day and more, by dyad and in time order.

    Args:
        dyad: int64 [k], as given.
        row: int64 [k], the last message before each.
        days: float64 [k], length, >= LEAST_DAYS; of an open one so far.
        cause: int8 [k], ALTER_BROKE, EGO_BROKE or OPEN.
        covariates: float64 [k, len(COVARIATES)].
    """

    dyad: Ints
    row: Ints
    days: Floats
    cause: NDArray[np.int8]
    covariates: Floats

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True, slots=True)
class _Log:
    """n messages in order, of dyads one after the other: `first` [n] is the row at which each one's dyad begins."""

    at: Ints
    sender: NDArray[np.int8]
    first: Ints

    def so_far(self, value: Floats) -> Floats:
        """Sums within each dyad, up to and with each row."""
        total = np.cumsum(value)
        return total - np.where(self.first > 0, total[self.first - 1], 0.0)

    def latest(self, where: NDArray[np.bool_]) -> Ints:
        """The latest row of the dyad, up to and with each, at which something holds; -1 where it never did."""
        row = np.maximum.accumulate(np.where(where, np.arange(len(self.at)), -1))
        return np.where(row >= self.first, row, -1)


def find_episodes(dyad: Ints, at: Ints, sender: NDArray[np.int8], until: Ints) -> Episodes:
    """
    Find the silences of one or many dyads, as ego sees them.

    Args:
        dyad: int64 [n], which dyad a message is of; equal ones stand together.
        at: int64 [n], microseconds, never decreasing within a dyad.
        sender: int8 [n], EGO or ALTER.
        until: int64 [n], up to when the record of that dyad would hold a message, the same for all of its rows.
    Returns:
        k silences; the last one of a dyad is open where it lasts until then. O(n).
    Source:
        Counts, recency and age of a record as in Fader, Hardie & Lee (2005), Marketing Science 24:275, told apart by
        side; the memories are our own.
    """
    n = len(at)
    if n == 0:
        return Episodes(dyad, np.empty(0, np.int64), np.empty(0), np.empty(0, np.int8), np.empty((0, len(COVARIATES))))
    begins = np.append(True, dyad[1:] != dyad[:-1])
    log = _Log(at, sender, np.maximum.accumulate(np.where(begins, np.arange(n), 0)))
    follows = np.append(~begins[1:], False)
    following = np.where(follows, np.append(at[1:], 0), until)
    days = (following - at) / DAY_US
    seen = np.arange(n) - log.first + 1
    by_ego = log.so_far((sender == EGO).astype(np.float64))
    row = np.flatnonzero((days >= LEAST_DAYS) & (seen >= LEAST_MESSAGES) & (by_ego > 0) & (by_ego < seen))
    after = np.append(sender[1:], sender[:1])[row]
    cause = np.where(follows[row], np.where(after == ALTER, ALTER_BROKE, EGO_BROKE), OPEN).astype(np.int8)
    return Episodes(dyad[row], row, days[row], cause, _covariates(log, begins, row))


def _covariates(log: _Log, begins: NDArray[np.bool_], row: Ints) -> Floats:
    at, sender = log.at, log.sender
    gap = np.where(begins, 0, np.diff(at, prepend=at[:1])) / DAY_US
    back = ~begins & (gap >= LEAST_DAYS)
    stretches = _Stretches(log, row)
    here, start = at[row], at[log.first[row]]
    age = (here - start) / DAY_US
    sides = (ALTER, EGO)
    returns = [log.so_far((back & (sender == side)).astype(np.float64))[row] for side in sides]
    long = [log.so_far((back & (gap >= LONG_DAYS) & (sender == side)).astype(np.float64))[row] for side in sides]
    sent_so_far = [log.so_far((sender == side).astype(np.float64)) for side in sides]
    sent = [each[row] for each in sent_so_far]
    short, longer = MEMORIES
    recent, spoken = stretches.remembered([[back & (sender == side), sender == side] for side in sides], short)
    late, shares = stretches.remembered([[back & (sender == side), sender == side] for side in sides], longer)
    last_back = log.latest(back)[row]
    known = last_back >= 0
    latest = [log.latest(sender == side)[row] for side in sides]
    since = [np.where(each >= 0, (here - at[each]) / DAY_US, age) for each in latest]
    talk = log.latest(back | begins)[row]
    talked = row - talk + 1
    alter_before = sent_so_far[0][talk] - (sender[talk] == ALTER)
    x = returns[0] + returns[1]
    log_gaps = log.so_far(np.where(back, np.log(np.maximum(gap, LEAST_DAYS)), 0.0))[row]
    columns = (
        np.log((returns[0] + 0.5) / (age + START_DAYS)),
        np.log((returns[1] + 0.5) / (age + START_DAYS)),
        np.log((x + 1) / (age + START_DAYS)),
        np.log(age + START_DAYS),
        np.log(sent[0] + sent[1]),
        np.where(x > 0, log_gaps / np.maximum(x, 1), 1.0),
        np.log1p(long[0] + long[1]),
        np.log((long[0] + 0.5) / (long[1] + 0.5)),
        np.log(recent[0] + 0.1),
        np.log(recent[1] + 0.1),
        np.log(late[0] + 0.1),
        np.log(late[1] + 0.1),
        np.log(spoken[0] + spoken[1]),
        np.log((shares[0] + 0.5) / (shares[1] + 0.5)),
        np.where(sender[row] == EGO, 1.0, -1.0),
        np.where(known, np.log1p(gap[last_back]), 0.0),
        np.where(known, np.where(sender[last_back] == ALTER, 1.0, -1.0), 0.0),
        np.log1p(np.where(known, (here - at[last_back]) / DAY_US, age)),
        np.log1p(since[0]),
        np.log1p(since[1]),
        np.log1p(stretches.largest(gap)),
        np.log(talked),
        (sent[0] - alter_before) / talked - 0.5,
    )
    return np.stack(columns, axis=1)


class _Stretches:
    """
    The messages from one silence to the next, k of them: each is summed up alone, and the k are then carried on.

    What follows from the one before is doubled up (a prefix scan), because sums of growing exponentials over many
    dyads would leave no digit to the small ones. O(n + k log of the most silences of a dyad).
    """

    def __init__(self, log: _Log, row: Ints) -> None:
        k = len(row)
        self._at, self._row, self._first = log.at, row, log.first[row]
        anew = np.append(True, self._first[1:] != self._first[:-1])[:k]
        start = np.where(anew, self._first, np.append(0, row[:-1] + 1)[:k])
        self._bounds = np.stack((start, row + 1), axis=1).reshape(-1)
        self._nth = np.arange(k) - np.maximum.accumulate(np.where(anew, np.arange(k), 0))
        self._next = np.searchsorted(row, np.arange(len(log.at)))

    def _each(self, ufunc: np.ufunc, value: Floats) -> Floats:
        """A value put together over each stretch, [k]."""
        if not len(self._row):
            return np.empty(0)
        put: Floats = ufunc.reduceat(np.append(value, 0.0), self._bounds)[::2]
        return put

    def remembered(self, where: list[list[NDArray[np.bool_]]], memory: float) -> tuple[list[Floats], ...]:
        """How many there were so far, each worth exp(-days since / memory); [k] in the same order, turned round."""
        end = self._at[self._row[np.minimum(self._next, len(self._row) - 1)]] if len(self._row) else self._at
        worth = np.exp(np.minimum(self._at - end, 0) / (DAY_US * memory))
        here = self._at[self._row]
        kept = np.where(self._nth == 0, 0.0, np.exp(-np.diff(here, prepend=here[:1]) / (DAY_US * memory)))
        found = [[self._carried(self._each(np.add, worth * each), kept) for each in side] for side in where]
        return tuple(list(each) for each in zip(*found, strict=True))

    def _carried(self, value: Floats, kept: Floats) -> Floats:
        kept = kept.copy()
        for step in self._steps():
            value[step:] += kept[step:] * value[:-step]
            kept[step:] *= kept[:-step]
            kept[:step] = 0.0
        return value

    def largest(self, gap: Floats) -> Floats:
        """The longest gap of the dyad so far, [k]."""
        value = self._each(np.maximum, gap)
        for step in self._steps():
            value[step:] = np.where(self._nth[step:] >= step, np.maximum(value[step:], value[:-step]), value[step:])
        return value

    def _steps(self) -> list[int]:
        longest = int(self._nth.max(initial=0)) + 1
        return [1 << power for power in range((longest - 1).bit_length())]
