"""
Holidays that fall on the same date every year, to choose from.

Those that move (Easter, Eid, Diwali, the lunar new year, Hanukkah, Thanksgiving, Mother's Day) are left out: they need
a calendar of each country and faith, and a wrong day is worse than none. A person can note this year's date instead.
"""

from __future__ import annotations

from importlib.resources import files

import msgspec

from fallow.language import Phrase, per_language


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day of the Gregorian calendar; `month` 1 to 12, `day` one that this month has in every year."""

    id: str
    name: Phrase
    month: int
    day: int


@per_language(tuple[Holiday, ...])
def load_holidays() -> tuple[Holiday, ...]:
    """
    Read and check the holidays that came with this version, in the order of the year.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("holidays.json").read_bytes()
    return msgspec.json.decode(body, type=tuple[Holiday, ...])


def find_holiday(id: str) -> Holiday | None:
    """The holiday with this id, or None."""
    return next((holiday for holiday in load_holidays() if holiday.id == id), None)
