"""Dates and numbers as the language spoken writes them (CLDR, by Babel); in English day before month, as in Britain."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

from fallow.language.speaking import spoken

LOCALES: Final = {"de": "de"}
"""Language to CLDR locale, where it is not English."""


def locale() -> str:
    return LOCALES.get(spoken(), "en_GB")


def say_day(day: dt.date) -> str:
    """A date in words that cannot be read the wrong way round: 5 March 2026, 5. März 2026."""
    from babel.dates import format_date

    said: str = format_date(day, "long", locale=locale())
    return said


def say_day_of_year(day: dt.date) -> str:
    """A date without its year: 5 March, 5. März."""
    return _said("MMMMd", day)


def say_month(day: dt.date) -> str:
    """A month with its year: March 2026, März 2026."""
    return _said("yMMMM", day)


def say_clock(moment: dt.datetime | dt.time) -> str:
    """A time of day in 24 hours: 07:05."""
    return f"{moment:%H:%M}"


def say_day_and_clock(moment: dt.datetime) -> str:
    """A day without its year, and a time: 5 March, 07:05."""
    return f"{say_day_of_year(moment)}, {say_clock(moment)}"


def say_count(number: int) -> str:
    """A whole number in groups: 18,204, 18.204."""
    return say_number(number, 0)


def say_number(value: float, digits: int = 1) -> str:
    """
    A number with its groups and its decimal mark: 1,234.5, 1.234,5. Rounded as Python rounds.

    Args:
        digits: Decimal places, >= 0.
    """
    return f"{value:,.{digits}f}".translate(_marks(locale()))


@cache
def _marks(name: str) -> dict[int, str]:
    if name.startswith("en"):
        return {}
    from babel.numbers import get_decimal_symbol, get_group_symbol  # reading CLDR takes 40 ms that English does without

    return {ord(","): get_group_symbol(name), ord("."): get_decimal_symbol(name)}


def _said(skeleton: str, day: dt.date) -> str:
    from babel.dates import format_skeleton

    said: str = format_skeleton(skeleton, day, locale=locale())
    return said
