"""
A person's own hours and cues, from what stands of what they logged in the last twelve weeks.

Each entry is read on the clock of the place where it was logged. Observed is every hour from the first recording, or
an entry that lies before it, until now; a time in which Fallow was left alone counts as observed, and as quiet.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.app.desk import Desk, history
from fallow.dyad import Share as Share
from fallow.dyad import wilson_interval
from fallow.errors import NotEnoughData
from fallow.forecast import (
    MIN_DAYS,
    HardHour,
    HourShares,
    count_hours,
    estimate_hours,
    next_hard_hours,
)
from fallow.forecast import WINDOW_DAYS as WINDOW_DAYS
from fallow.plan import DraftSealed, Logged, Looked, Moment, Plan, Record, Urge, find_label

MIN_SHARED: Final = 10
"""Entries from which on shares are said: of ten, the widest interval spans half of all there can be."""
CUES_NAMED: Final = 5
TWICE: Final = 2
"""A cue is named once it came twice."""
DAY_AHEAD, WEEK_AHEAD = 24, 168
AFTERWARDS: Final = dt.timedelta(hours=1)
EPOCH: Final = dt.date(1970, 1, 1)

Afterwards = Literal["reached_out", "sealed", "neither"]


@dataclass(frozen=True, slots=True)
class Hours:
    """
    When entries of one kind came.

    Args:
        entries: How many, in the days looked at.
        held, observed: int64 [7, 24]: hours that held one, hours there were; Monday and midnight first.
        found: The shares with their intervals; None where there is too little data.
        weekdays: Of the days of each weekday, how many held one; empty under MIN_DAYS days.
    """

    entries: int
    held: NDArray[np.int64]
    observed: NDArray[np.int64]
    found: HourShares | None
    weekdays: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it was first spelled, and its share of urges that name one; None where those are too few."""

    words: str
    count: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class Patterns:
    """
    Args:
        first, last: Local days looked at, both included.
        urges, looks: When they came.
        coming: The next hard hour of urges, within a day or else within a week; None where none stands out.
        cues: Those that came twice or more, most often first, at most CUES_NAMED.
        with_cue: Urges that name a cue.
        afterwards: What was logged in the hour after an urge; empty under MIN_SHARED urges.
    """

    first: dt.date
    last: dt.date
    urges: Hours
    looks: Hours
    coming: HardHour | None
    cues: tuple[Cue, ...]
    with_cue: int
    afterwards: dict[Afterwards, Share]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def read_patterns(desk: Desk) -> Patterns:
    """Everything of the person's own hours and cues. O(n), and some ten milliseconds for the estimate."""
    now = desk.clock()
    records, plan = history(desk)
    stands = [(record, what) for record in records if (what := plan.stands_as(record)) is not None]
    until = max(_hour(now), *(_hour(record.event.happened) for record, _ in stands), 0) + 1
    begun = [_hour(record.event.recorded) for record in records[:1]]
    begun += [_hour(record.event.happened) for record, _ in stands]
    since = max(min(begun, default=until - 1), until - 24 * WINDOW_DAYS)
    seen = [(record, what) for record, what in stands if _hour(record.event.happened) >= since]
    urges = _hours((record for record, what in seen if isinstance(what, Urge)), since, until)
    looks = _hours((record for record, what in seen if isinstance(what, Looked)), since, until)
    cues, with_cue = _cues([what for _, what in seen])
    return Patterns(
        first=_day(since),
        last=_day(until - 1),
        urges=urges,
        looks=looks,
        coming=_coming(urges, _hour(now)),
        cues=cues,
        with_cue=with_cue,
        afterwards=_afterwards(seen, plan),
    )


def describe_patterns(patterns: Patterns) -> dict[str, Any]:
    """The same as plain values: shares and intervals in [0, 1], Monday is 0; None where there is too little data."""
    return {
        "first_day": patterns.first.isoformat(),
        "last_day": patterns.last.isoformat(),
        "days": patterns.days,
        "urges": _describe_hours(patterns.urges),
        "looks": _describe_hours(patterns.looks),
        "next_hard_hour": None if patterns.coming is None else _describe_coming(patterns.coming),
        "cues": [
            {"cue": cue.words, "count": cue.count, "share": None if cue.share is None else _describe_share(cue.share)}
            for cue in patterns.cues
        ],
        "urges_with_a_cue": patterns.with_cue,
        "within_an_hour": {name: _describe_share(share) for name, share in patterns.afterwards.items()} or None,
    }


def _hours(records: Iterable[Record], since: int, until: int) -> Hours:
    at = np.array([_hour(record.event.happened) for record in records], np.int64)
    held, observed = count_hours(at, since, until)
    try:
        found = estimate_hours(at, since, until)
    except NotEnoughData:
        found = None
    return Hours(len(at), held, observed, found, _weekdays(at, since, until))


def _weekdays(at: NDArray[np.int64], since: int, until: int) -> tuple[Share, ...]:
    first, last = since // 24, (until - 1) // 24
    if last - first + 1 < MIN_DAYS:
        return ()
    # 1970-01-01 was a Thursday, which is weekday 3.
    days = np.bincount((np.arange(first, last + 1) + 3) % 7, minlength=7)
    held = np.bincount((np.unique(at // 24) + 3) % 7, minlength=7)
    return tuple(wilson_interval(int(k), int(n)) for k, n in zip(held, days, strict=True))


def _coming(urges: Hours, now: int) -> HardHour | None:
    if urges.found is None:
        return None
    ahead = next_hard_hours(urges.found, now, DAY_AHEAD) or next_hard_hours(urges.found, now, WEEK_AHEAD)
    return ahead[0] if ahead else None


def _cues(stands: Sequence[Logged]) -> tuple[tuple[Cue, ...], int]:
    """Cues alike but for case and blanks are one."""
    said = [" ".join(what.cue.split()) for what in stands if isinstance(what, Urge) and what.cue and what.cue.strip()]
    spelled: dict[str, str] = {}
    for words in said:
        spelled.setdefault(words.casefold(), words)
    counted = Counter(words.casefold() for words in said)
    several = [(key, count) for key, count in counted.most_common(CUES_NAMED) if count >= TWICE]
    enough = len(said) >= MIN_SHARED
    return tuple(
        Cue(spelled[key], count, wilson_interval(count, len(said)) if enough else None) for key, count in several
    ), len(said)


def _afterwards(seen: Sequence[tuple[Record, Logged]], plan: Plan) -> dict[Afterwards, Share]:
    """The heavier of two is told: reaching out over sealing."""
    urges = [record.event.happened.at for record, what in seen if isinstance(what, Urge)]
    if len(urges) < MIN_SHARED:
        return {}
    reached = sorted(record.event.happened.at for record, what in seen if find_label(what) in ("wrote", "replied"))
    sealed = sorted(r.event.recorded.at for r in plan.records.values() if isinstance(r.event.what, DraftSealed))
    counted = Counter[Afterwards](
        "reached_out" if _soon(at, reached) else "sealed" if _soon(at, sealed) else "neither" for at in urges
    )
    names: tuple[Afterwards, ...] = ("neither", "sealed", "reached_out")
    return {name: wilson_interval(counted[name], len(urges)) for name in names}


def _soon(at: dt.datetime, others: Sequence[dt.datetime]) -> bool:
    """Whether the first of the others (in order) that is not before an instant comes soon after it."""
    place = bisect_left(others, at)
    return place < len(others) and others[place] - at < AFTERWARDS


def _hour(moment: Moment) -> int:
    """Hours since 1970 on the clock of the place."""
    local = moment.local
    return 24 * (local.date() - EPOCH).days + local.hour


def _day(hour: int) -> dt.date:
    return EPOCH + dt.timedelta(days=hour // 24)


def _describe_hours(hours: Hours) -> dict[str, Any]:
    found = hours.found
    return {
        "entries": hours.entries,
        "hours_with_one": int(hours.held.sum()),
        "hours": int(hours.observed.sum()),
        "average": None if found is None else found.average,
        "hard_hours": None if found is None else [_describe_hard(found, *cell) for cell in np.argwhere(found.hard)],
        "weekdays": [_describe_share(share) for share in hours.weekdays] or None,
        "held": hours.held.tolist(),
        "observed": hours.observed.tolist(),
    }


def _describe_hard(found: HourShares, weekday: int, hour: int) -> dict[str, Any]:
    cell = (int(weekday), int(hour))
    return {
        "weekday": cell[0],
        "hour": cell[1],
        "value": float(found.share[cell]),
        "lower": float(found.lower[cell]),
        "upper": float(found.upper[cell]),
        "held": int(found.held[cell]),
        "observed": int(found.observed[cell]),
    }


def _describe_coming(coming: HardHour) -> dict[str, Any]:
    return {
        "hours_ahead": coming.ahead,
        "weekday": coming.weekday,
        "hour": coming.hour,
        "value": coming.share,
        "lower": coming.lower,
        "upper": coming.upper,
    }


def _describe_share(share: Share) -> dict[str, float | int]:
    return {"count": share.count, "n": share.n, "value": share.value, "lower": share.lower, "upper": share.upper}
