"""
A moment: an instant and the time zone of the one who lived it, so that it has a day.

Both are made at the edge, where the clock is. Days are always local dates; two moments compare by their instant.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from fallow.errors import NotUnderstood
from fallow.language import N_

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 9000
"""Years a moment may lie in; far enough from the ends of `datetime` that no zone can overflow it."""


class Moment(msgspec.Struct, frozen=True, gc=False):
    """
    An instant, told in UTC, and an IANA zone.

    Args:
        at: Aware; kept as UTC.
        zone: Such as "Europe/Berlin".
    Raises:
        NotUnderstood: If the zone is unknown or the year is out of all reason.
        ValueError: If `at` is naive.
    """

    at: dt.datetime
    zone: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is not dt.UTC:
            if self.at.tzinfo is None:
                raise ValueError("a moment needs an aware time")
            msgspec.structs.force_setattr(self, "at", _in_utc(self.at))
        if not FIRST_YEAR <= self.at.year <= LAST_YEAR:
            raise NotUnderstood(what=N_("the time"))
        find_zone(self.zone)

    @property
    def local(self) -> dt.datetime:
        """The wall clock there and then."""
        return self.at.astimezone(find_zone(self.zone))

    @property
    def day(self) -> dt.date:
        """The local date."""
        return self.at.astimezone(find_zone(self.zone)).date()


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo:
    """The zone of that name, or NotUnderstood."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotUnderstood(what=N_("the time zone")) from error


def _in_utc(at: dt.datetime) -> dt.datetime:
    try:
        return at.astimezone(dt.UTC)
    except OverflowError as error:
        raise NotUnderstood(what=N_("the time")) from error
