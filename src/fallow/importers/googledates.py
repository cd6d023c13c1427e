"""When a message of Google Chat was written: a sentence in the language of the account, to the second, in UTC."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

SECOND_US: Final = 1_000_000
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d\d)[:.](\d\d)\s*([AaPp])?")
YEAR: Final = re.compile(r"\b((?:19|20)\d\d)\b")
DAY: Final = re.compile(r"(?<![\d:.])(\d{1,2})(?![\d:])")
WORD: Final = re.compile(r"[^\W\d_]{3,}")
IN_NUMBERS: Final = re.compile(r"((?:19|20)\d\d)\s?[-年년.]\s?(\d{1,2})\s?[-月월.]\s?(\d{1,2})")
AFTER_NOON, BEFORE_NOON = ("午後", "下午", "오후"), ("午前", "上午", "오전")
LONGEST_DATE: Final = 100
MONTHS: Final = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb mär apr mai jun jul aug sep okt nov dez",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "jan feb maart apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr maj jun jul aug sep okt nov des",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "oca şub mar nis may haz tem ağu eyl eki kas ara",
    )
    for number, name in enumerate(names.split(), 1)
}
"""Beginnings of the names of months, in the languages that are known."""
WEEKDAYS: Final = frozenset(("mardi", "martedì", "martes"))
"""Names of days that begin like a month."""


def instant_of(told: str) -> int | None:
    """Microseconds UTC of a date as Google says it: `Monday, January 7, 2019 at 7:25:08 PM UTC`, in any language."""
    told = told[:LONGEST_DATE]
    clock = CLOCK.search(told)
    day = None if clock is None else _day_of(told[: clock.start()])
    if clock is None or day is None:
        return None
    half = (clock[4] or "").lower() or ("p" if any(one in told for one in AFTER_NOON) else "")
    half = half or ("a" if any(one in told for one in BEFORE_NOON) else "")
    hour = int(clock[1]) % 12 + 12 * (half == "p") if half else int(clock[1])
    try:
        when = dt.datetime(*day, hour, int(clock[2]), int(clock[3]), tzinfo=dt.UTC)
    except ValueError:
        return None
    return (when - EPOCH) // dt.timedelta(seconds=1) * SECOND_US


def _day_of(told: str) -> tuple[int, int, int] | None:
    """Year, month and day, in words or in numbers."""
    if found := IN_NUMBERS.search(told):
        return int(found[1]), int(found[2]), int(found[3])
    year = YEAR.search(told)
    rest = told if year is None else told.replace(year[0], " ")
    words = [word.casefold() for word in WORD.findall(rest)]
    months, day = [number for word in reversed(words) if (number := _month(word, len(words)))], DAY.search(rest)
    return None if year is None or day is None or not months else (int(year[1]), months[0], int(day[1]))


def _month(word: str, words: int) -> int | None:
    """The month a word names; where there are several words, one that names a day as well is that."""
    if words > 1 and word in WEEKDAYS:
        return None
    return next((MONTHS[word[:size]] for size in (5, 4, 3) if word[:size] in MONTHS), None)
