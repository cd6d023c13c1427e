"""
When a message was, as Meta's pages say it: words and numbers in the language of the account, and no zone.

Seen from 2018 to 2026: `Feb 16, 2018 10:17pm`, `Oct 19, 2019, 2:37 PM`, `19.10.2019, 14:37`, `19 oct. 2019 14:37`,
`Jul 12, 2024 4:54:10 pm`, `juil 13, 2021 10:58:25 am`, `Tháng 10 01, 2025 10:21:24 ch`. A month as a word leaves no
doubt; where it is a number, what is the day is decided once for a whole download, as for WhatsApp, or asked. What a
time looks like between its numbers is worked out once and remembered.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from dataclasses import dataclass
from typing import Final

import numpy as np

from fallow.errors import TimesUnclear
from fallow.importers.gathering import MINUTE_US, SECOND_US
from fallow.importers.interface import DateOrder
from fallow.importers.meta.months import find_half, find_month, months_of
from fallow.importers.whatsapp.dates import FIRST_YEAR, Decision, decide_order
from fallow.importers.whatsapp.layout import BLANKS, DIGITS, MARKS, Layout, replace_pads
from fallow.language import N_

MOST_LETTERS: Final = 100
"""Longest time; the pages' own are far shorter."""
MOST_SHAPES: Final = 5_000
"""Looks of a time that are remembered; a download has twelve months of them, before noon and after."""
MOST_DATES: Final = 1_000_000
"""Changes of date that are looked at to find out what is the day."""
NUMBER: Final = re.compile(r"\d+")
FOUR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
YEAR: Final = "\x01"
OTHER: Final = "\x02"
MARKED: Final = re.compile(f"[{YEAR}{OTHER}]")
TIME: Final = re.compile(r"\s*(?:[:：h時时시點]|시\s)\s*")
SECOND: Final = re.compile(r"\s*(?:[:：分분]|min)\s*")
MONTH_BEFORE: Final = re.compile(r"(?:tháng|thg|th)\.?\s?$", re.IGNORECASE)
MONTH_AFTER: Final = re.compile(r"\s?[月월]")
BUDDHIST: Final = 543
"""Years by which a Thai calendar is ahead."""
EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone
MICROSECOND: Final = dt.timedelta(microseconds=1)
ALIKE: Final = {ord(digit): "0" for digit in DIGITS}
ASCII_ALIKE: Final = bytes.maketrans(b"123456789", b"0" * 9)
CLEAN: Final = {**dict.fromkeys(map(ord, MARKS)), **dict.fromkeys(map(ord, BLANKS), " ")}


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Which number of a time is what, by its place, for every time that looks alike.

    Args:
        month: The place of the month; None where it is a word.
        word: The month, where it is a word.
        open: How the date looks, where day and month are two numbers and either may be first.
        afternoon: None on a clock of 24 hours.
        order: How day, month and year stand; where that is open, what the places here assume.
    """

    year: int
    month: int | None
    day: int
    hour: int
    minute: int
    second: int | None
    word: str | None
    open: Layout | None
    afternoon: bool | None
    order: DateOrder


class Clock:
    """The times of one download: first all are shown to it, then it says when each was."""

    def __init__(self) -> None:
        self._plans: dict[bytes | str, Plan | None] = {}
        self._dates: dict[Layout, array[int]] = {}
        self._padded: set[Layout] = set()
        self._months: dict[str, int] = {}
        self._orders: dict[Layout, DateOrder] = {}
        self.resolution = MINUTE_US
        """Tick of the clock, microseconds, once all times were shown."""

    def show(self, stamp: str) -> None:
        """One more time, in the order of a page."""
        plan = self._plan(stamp)
        if plan is None:
            return
        if plan.second is not None:
            self.resolution = SECOND_US
        if plan.open is not None and plan.month is not None:
            numbers = NUMBER.findall(stamp)
            self._note(plan.open, [numbers[i] for i in sorted((plan.year, plan.month, plan.day))])

    def _note(self, layout: Layout, numbers: list[str]) -> None:
        a, b, c = (int(one) for one in numbers)
        packed, seen = (a << 28) | (b << 14) | c, self._dates.setdefault(layout, array("q"))
        if (not seen or seen[-1] != packed) and len(seen) < MOST_DATES:
            seen.append(packed)
            if numbers[0].startswith("0") or numbers[1].startswith("0"):
                self._padded.add(layout)

    def decide(self, asked: DateOrder | None) -> Decision:
        """
        Decide what the times mean, after all were shown; the order of day and month, and why.

        Raises:
            DateOrderUnclear: If day and month could be either, and it was not said.
            TimesUnclear: If none can be read, or the names of months mean others in another language that has them all.
        """
        plans = [plan for plan in self._plans.values() if plan is not None]
        months = months_of({plan.word for plan in plans if plan.word is not None})
        if months is None or (self._plans and not plans):
            raise TimesUnclear
        self._months = months
        decisions = [self._decide(layout, seen, asked) for layout, seen in self._dates.items()]
        if decisions:
            return decisions[0]
        named = any(plan.word or plan.order != "ymd" for plan in plans)
        why = N_("the file names the month") if named else N_("the year comes first")
        return Decision(plans[0].order if plans else "ymd", why)

    def _decide(self, layout: Layout, seen: array[int], asked: DateOrder | None) -> Decision:
        """The newest comes first in a page, and evidence is sought from the oldest on."""
        dates = np.array(seen, np.int64)[::-1]
        years = dates & 0x3FFF
        told = dates[(years >= FIRST_YEAR) | (years < 100)]
        padding = "2" if layout in self._padded else "?"
        known = replace_pads(layout, (padding, padding, "?", "?"))
        decision = decide_order(told if len(told) else dates, known, asked)
        self._orders[layout] = decision.order
        return decision

    def at(self, stamp: str) -> int:
        """Microseconds since 1970-01-01 on the wall clock of the page; 0 where it cannot be told."""
        plan = self._plan(stamp)
        if plan is None:
            return 0
        n = [int(one) for one in NUMBER.findall(stamp)]
        year, day = n[plan.year], n[plan.day]
        month = n[plan.month] if plan.month is not None else self._months.get(plan.word or "", 0)
        if plan.open is not None:
            year, month, day = _ordered(year, month, day, self._orders.get(plan.open, "dmy"))
        year = year - BUDDHIST if year > 2400 else year + 2000 if year < 100 else year
        hour = n[plan.hour]
        if plan.afternoon is not None and hour <= 12:
            hour = hour % 12 + 12 * plan.afternoon
        try:
            when = dt.datetime(year, month, day, hour, n[plan.minute], n[plan.second] if plan.second else 0)  # noqa: DTZ001
        except ValueError:
            return 0
        return (when - EPOCH) // MICROSECOND

    def _plan(self, stamp: str) -> Plan | None:
        shape = stamp.encode().translate(ASCII_ALIKE) if stamp.isascii() else stamp.translate(ALIKE)
        if shape in self._plans:
            return self._plans[shape]
        plan, numbers = None, NUMBER.findall(stamp) if len(stamp) <= MOST_LETTERS and not MARKED.search(stamp) else []
        if numbers and max(map(len, numbers)) <= len("2021"):
            plan = plan_of(NUMBER.sub(OTHER, FOUR.sub(YEAR, stamp)).translate(CLEAN))
        if len(self._plans) < MOST_SHAPES and len(stamp) <= MOST_LETTERS:
            self._plans[shape] = plan
        return plan


def _ordered(year: int, month: int, day: int, order: DateOrder) -> tuple[int, int, int]:
    """Year, month, day as they are, of numbers that were taken for day, month, year."""
    return {"dmy": (year, month, day), "mdy": (year, day, month), "ymd": (day, month, year)}[order]


def plan_of(shape: str) -> Plan | None:
    """
    Which number of a time is what; None where that cannot be told.

    Args:
        shape: A time with YEAR in place of every number of four digits, and OTHER in place of every other.
    """
    marks, texts = MARKED.findall(shape), MARKED.split(shape)
    time = _time_in(texts)
    if time is None:
        return None
    hour, second = time
    clock = range(hour, (hour + 1 if second is None else second) + 1)
    date = [i for i in range(len(marks)) if i not in clock]
    afternoon = next(
        (half for text in (texts[clock[-1] + 1], texts[hour]) if (half := find_half(text)) is not None), None
    )
    years = [i for i in date if marks[i] == YEAR]
    if len(date) == 2 and len(years) == 1:
        return _with_word(texts, clock, date, year=years[0], second=second, afternoon=afternoon)
    if len(date) != 3 or date[2] - date[0] != 2 or len(years) > 1 or (years and years[0] == date[1]):
        return None
    year = years[0] if years else date[2]
    rest = [i for i in date if i != year]
    named = [i for i in rest if MONTH_BEFORE.search(texts[i]) or MONTH_AFTER.match(texts[i + 1])]
    if year == date[0] or named:
        month = named[0] if named else rest[0]
        day = rest[1] if month == rest[0] else rest[0]
        order: DateOrder = "ymd" if year < day else "dmy" if day < month else "mdy"
        return Plan(year, month, day, hour, hour + 1, second, None, None, afternoon, order)
    open = Layout(
        bracket=False, s1=texts[rest[0] + 1], s2=texts[rest[1] + 1], year="last4" if years else "last2", mid="",
        half="" if afternoon is None else "after", s3=":", s4="", close="", zero="0",
    )  # fmt: skip
    return Plan(year, rest[1], rest[0], hour, hour + 1, second, None, open, afternoon, "dmy")


def _with_word(
    texts: list[str], clock: range, date: list[int], *, year: int, second: int | None, afternoon: bool | None
) -> Plan | None:
    """Of two that could be a month (in several languages Tuesday is `mar`, too) none is taken."""
    words = {i: word for i, text in enumerate(texts) if i not in clock[1:] and (word := find_month(text)) is not None}
    if len(words) != 1:
        return None
    day = date[0] if date[1] == year else date[1]
    place, word = words.popitem()
    order: DateOrder = "ymd" if year < day else "mdy" if place <= day else "dmy"
    return Plan(year, None, day, clock[0], clock[0] + 1, second, word, None, afternoon, order)


def _time_in(texts: list[str]) -> tuple[int, int | None] | None:
    """The places of the hour and of the second, if there is one; the minute follows the hour."""
    last = len(texts) - 1
    hour = next((i - 1 for i in range(1, last) if TIME.fullmatch(texts[i])), None)
    if hour is not None:
        return hour, hour + 2 if hour + 2 < last and SECOND.fullmatch(texts[hour + 2]) else None
    points = 0
    while points < 2 and texts[last - 1 - points] == "." and last - 2 - points > 1:
        points += 1
    if not points:
        return None
    return (last - 2, None) if points == 1 else (last - 3, last - 1)
