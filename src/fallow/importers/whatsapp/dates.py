"""
Which number of a date is the day: decided once for a file, by evidence from its headers alone, or asked.

In order: a year in front; points between the numbers; a number over 12; and, where every number could be either, the
order of the file, because the wrong reading jumps back at the turn of a month or spreads a fortnight over a year.
What is still undecided then is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import DateOrderUnclear
from fallow.importers.interface import DateOrder
from fallow.importers.whatsapp.layout import Layout
from fallow.importers.whys import jumped_back, spread_over
from fallow.language import N_

Ints = NDArray[np.int64]
FIRST_YEAR: Final = 2009
"""WhatsApp's first."""
LAST_YEAR: Final = 2099
LONG_GAP_DAYS: Final = 60
DISTINCT_DATES: Final = 4
"""Fewest different dates for the spread of the record to be evidence."""
SPREAD: Final = 8
"""How many times longer the wrong reading must make the record."""
ORDERS: Final[tuple[DateOrder, ...]] = ("ymd", "dmy", "mdy")
NEVER: Final = 1 << 40
IMPOSSIBLE: Final = np.iinfo(np.int64).min
DAY_SECONDS: Final = 86_400
SECOND_US: Final = 1_000_000
DAY_US: Final = DAY_SECONDS * SECOND_US
BUDDHIST: Final = 543
"""Years that the Thai calendar is ahead; its months and days are the same."""
BUDDHIST_YEARS: Final = (FIRST_YEAR + BUDDHIST, LAST_YEAR + BUDDHIST)
BUDDHIST_SHORT: Final = (52, 85)
"""Its last two digits, 2009 to 2042: as years of ours they are far ahead."""
PERSIAN_YEARS: Final = (1388, 1415)
"""Years of the Persian calendar, 2009 to 2037; in the Islamic one they were before 1996."""
PERSIAN_START: Final = 14_324
"""Day of its year 1388: 2009-03-21."""
ISLAMIC_YEARS: Final = (1430, 1470)
"""Years of the Islamic calendar, whose months begin by sight: not read."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How dates are read, and why, as `say_why` translates it."""

    order: DateOrder
    why: str


def decide_order(date: Ints, layout: Layout, asked: DateOrder | None, *, today: int = NEVER) -> Decision:
    """
    Decide how the dates of one layout are read.

    Args:
        date: int64 [n], a << 28 | b << 14 | c, in file order, n >= 1.
        layout: Their layout.
        asked: What the person said, if they did; it wins, except over a year that stands in front.
        today: Days since 1970-01-01, if known; no chat is of a later day.
    Raises:
        DateOrderUnclear: If the evidence is missing or contradicts itself. Its details hold up to three dates as the
            file writes them, and the likelier order if there is a hint.
    """
    a, b, c = parts(date[np.concatenate(([True], date[1:] != date[:-1]))])
    if layout.year == "first":
        return Decision("ymd", N_("the year comes first"))
    if asked is not None:
        return Decision(asked, N_("you said so"))
    if layout.year == "last2" and (years := _years_in_front(a, b, c)):
        return years
    decision = _by_numbers(a, b, c, layout)
    if layout.year == "last2" and _may_have_years_in_front(a, b, c, decision, today):
        raise DateOrderUnclear(samples=_samples(a, b, c, layout), likely="ymd")
    return decision


def _by_numbers(a: Ints, b: Ints, c: Ints, layout: Layout) -> Decision:
    """
    The order that the numbers of the dates leave, the year not in front.

    Raises:
        DateOrderUnclear: As `decide_order`.
    """
    if layout.s1.startswith("."):
        return Decision("dmy", N_("dates with points put the day first"))
    if 2 * int((a > 31).sum()) > len(a):
        return Decision("ymd", N_("the first number is over 31"))
    either = (a <= 12) | (b <= 12)
    a, b, c = a[either], b[either], c[either]
    day_first, month_first = int((a > 12).sum()), int((b > 12).sum())
    if day_first and not month_first:
        return Decision("dmy", N_("the first number goes over 12"))
    if month_first and not day_first:
        return Decision("mdy", N_("the second number goes over 12"))
    decision = None if day_first or len(a) == 0 else _by_sequence(a, b, c)
    if decision is None:
        raise DateOrderUnclear(samples=_samples(a, b, c, layout), likely=_hint(a, b, layout))
    return decision


def parts(date: Ints) -> tuple[Ints, Ints, Ints]:
    return date >> 28, (date >> 14) & 0x3FFF, date & 0x3FFF


def local_times(date: Ints, second: Ints, order: DateOrder) -> Ints:
    """
    Wall clock of headers, microseconds since 1970-01-01; IMPOSSIBLE where there is no such time.

    An hour 24 is the first of its day, as some phones write it, unless the times then run back more often than with
    the first hour of the next day; beside an hour 0 it is none at all.

    Args:
        date, second: int64 [n], as in `Headers`.
    """
    number = days(date, order)
    local = np.where(number == IMPOSSIBLE, IMPOSSIBLE, number * DAY_US + second * SECOND_US)
    late = second >= DAY_SECONDS
    if not late.any():
        return local
    if ((second < 3600) & (number != IMPOSSIBLE)).any():
        return np.where(late, IMPOSSIBLE, local)
    same = np.where(late & (local != IMPOSSIBLE), local - DAY_US, local)
    back = [int((np.diff(one[one != IMPOSSIBLE]) < 0).sum()) for one in (same, local)]
    return same if back[0] <= back[1] else local


def days(date: Ints, order: DateOrder) -> Ints:
    """
    Days since 1970-01-01 of packed dates read in one order.

    Returns:
        int64 [n]; IMPOSSIBLE where there is no such day between FIRST_YEAR and LAST_YEAR. Years of the Thai and the
        Persian calendar are read as such. O(n), calendar work only where the date changes.
    """
    if len(date) == 0:
        return np.empty(0, np.int64)
    first_of_run = np.flatnonzero(np.concatenate(([True], date[1:] != date[:-1])))
    a, b, c = parts(date[first_of_run])
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}[order]
    year = np.where(_within(year, BUDDHIST_SHORT), year + 2500, np.where(year < 100, year + 2000, year))
    year = np.where(_within(year, BUDDHIST_YEARS), year - BUDDHIST, year)
    persian = _within(year, PERSIAN_YEARS)
    if persian.any():
        year, month, day = _from_persian(year, month, day, persian)
    possible = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    safe_year, safe_month = np.where(possible, year, 2000), np.where(possible, month, 1)
    first = ((safe_year - 1970) * 12 + safe_month - 1).astype("datetime64[M]")
    length = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int64)
    possible &= day <= length
    number = first.astype("datetime64[D]").astype(np.int64) + day - 1
    return np.repeat(np.where(possible, number, IMPOSSIBLE), np.diff(first_of_run, append=len(date)))


def is_islamic(date: Ints) -> bool:
    """Whether most dates are of the Islamic calendar, wherever their year stands."""
    return any(2 * int(_within(part, ISLAMIC_YEARS).sum()) > len(date) for part in parts(date))


def _within(year: Ints, bounds: tuple[int, int]) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = (year >= bounds[0]) & (year <= bounds[1])
    return within


def _from_persian(year: Ints, month: Ints, day: Ints, which: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """
    Days of the Persian calendar as ours, where `which`; those it does not have become day 0.

    Six months of 31 days, five of 30, one of 29 or 30; years start on the day of the March equinox, which the cycle
    of 33 years with 8 leap years gives rightly from 1925 to 2087.
    """
    lengths = np.where(
        month <= 6, 31, np.where(month <= 11, 30, 29 + np.isin(year % 33, (1, 5, 9, 13, 17, 22, 26, 30)))
    )
    real = which & (month >= 1) & (month <= 12) & (day >= 1) & (day <= lengths)
    passed = (month - 1) * 31 - np.maximum(month - 7, 0) + day - 1
    leaps = (year * 8 + 21) // 33 - (PERSIAN_YEARS[0] * 8 + 21) // 33
    number = np.where(real, (year - PERSIAN_YEARS[0]) * 365 + leaps + passed, 0)
    date = (PERSIAN_START + number).astype("datetime64[D]")
    months = date.astype("datetime64[M]").astype(np.int64)
    return (
        np.where(which, months // 12 + 1970, year),
        np.where(which, months % 12 + 1, month),
        np.where(which, np.where(real, (date - date.astype("datetime64[M]")).astype(np.int64) + 1, 0), day),
    )


def _years_in_front(a: Ints, b: Ints, c: Ints) -> Decision | None:
    """
    Whether the first of three two-digit numbers is the year, as some phones write it.

    Only where both other readings are worse: days that do not exist, dates that jump back, or a record many times as
    long, over enough different dates.
    """
    packed = (a << 28) | (b << 14) | c
    found = {order: days(packed, order) for order in ORDERS}
    if bool((found["ymd"] == IMPOSSIBLE).any()) or len(np.unique(packed)) < DISTINCT_DATES:
        return None
    back = {order: int((np.diff(each) < 0).sum()) for order, each in found.items()}
    for order in ("dmy", "mdy"):
        worse = bool((found[order] == IMPOSSIBLE).any()) or 4 * back["ymd"] < back[order]
        if not worse and int(np.ptp(found["ymd"])) * SPREAD > int(np.ptp(found[order])):
            return None
    return Decision("ymd", N_("only with the year in front the dates run forward"))


def _may_have_years_in_front(a: Ints, b: Ints, c: Ints, decision: Decision, today: int) -> bool:
    """
    Whether so few dates that prove nothing could have their year in front.

    They then are days that were, and the other reading lies in the future or makes a few days many times as long.
    """
    packed = (a << 28) | (b << 14) | c
    front, other = days(packed, "ymd"), days(packed, decision.order)
    if bool((front == IMPOSSIBLE).any()) or int(front.max()) > today + 1:
        return False
    future = int(other.max()) > today + 1
    longer = len(np.unique(packed)) > 1 and int(np.ptp(front)) * SPREAD <= int(np.ptp(other))
    return future or (longer and len(np.unique(packed)) < DISTINCT_DATES)


def _by_sequence(a: Ints, b: Ints, c: Ints) -> Decision | None:
    """The order under which the dates run forward, when no number is over 12."""
    packed = (a << 28) | (b << 14) | c
    readings = {order: days(packed, order) for order in ("dmy", "mdy")}
    if any(bool((reading == IMPOSSIBLE).any()) for reading in readings.values()):
        return None
    back = {order: int((np.diff(reading) < 0).sum()) for order, reading in readings.items()}
    for right, wrong in (("dmy", "mdy"), ("mdy", "dmy")):
        if back[right] * 4 < back[wrong]:
            return _decision(right, jumped_back(back[wrong]))
    span = {order: int(np.ptp(reading)) for order, reading in readings.items()}
    long = {order: int((np.diff(reading) > LONG_GAP_DAYS).sum()) for order, reading in readings.items()}
    if len(np.unique(packed)) >= DISTINCT_DATES and back["dmy"] == back["mdy"]:
        for right, wrong in (("dmy", "mdy"), ("mdy", "dmy")):
            if span[right] * SPREAD <= span[wrong] and long[right] <= long[wrong]:
                return _decision(right, spread_over(span[right] + 1, span[wrong] + 1))
    return None


def _decision(order: str, why: str) -> Decision:
    return Decision("dmy" if order == "dmy" else "mdy", why)


def _samples(a: Ints, b: Ints, c: Ints, layout: Layout) -> str:
    three = [] if len(a) == 0 else np.unique(np.linspace(0, len(a) - 1, 3).astype(int)).tolist()
    return " | ".join(f"{a[i]}{layout.s1}{b[i]}{layout.s2}{c[i]:02d}" for i in three)


def _hint(a: Ints, b: Ints, layout: Layout) -> str:
    """What the look of the dates suggests; only ever shown with the question."""
    if int((a > 12).sum()) and int((b > 12).sum()):
        return ""
    if layout.half == "after" and layout.s1 == "/" and "2" not in layout.pads[:2]:
        return "mdy"
    return "dmy" if layout.s1 == "-" or "2" in layout.pads[:2] else ""
