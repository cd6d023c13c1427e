"""
The two clocks of an entry: `date_unixtime`, an instant, and `date`, the wall clock of the exporting computer.

Since June 2022 both are there, so the difference is the offset of that computer and nothing has to be asked. Older
files have the wall clock alone; files that other programs wrote may have either, entry by entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from fallow.messages import NOT_KNOWN, local_to_utc

SECOND_US: Final = 1_000_000
FIRST_US: Final = 1_230_768_000 * SECOND_US
"""2009-01-01; nothing on Telegram is older, but chats brought there from elsewhere may be."""
LAST_US: Final = 4_102_444_800 * SECOND_US
"""2100-01-01."""
NO_DATE: Final = "????-??-??T??:??:??"
DIGITS: Final = [i for i, letter in enumerate(NO_DATE) if letter == "?"]
MARKS: Final = [i for i, letter in enumerate(NO_DATE) if letter != "?"]
FARTHEST: Final = 15 * 3600
"""Seconds: no offset is larger."""


def wall_clocks(dates: Sequence[str | None]) -> NDArray[np.int64]:
    """int64 [n], microseconds since 1970-01-01 00:00 local, or NOT_KNOWN for what is no date, or has a zone. O(n)."""
    whole = "".join([one if one is not None and len(one) == len(NO_DATE) else NO_DATE for one in dates])
    letters = np.frombuffer(whole.encode("ascii", "replace"), np.uint8).reshape(-1, len(NO_DATE))
    digits = letters[:, DIGITS] - np.uint8(48)
    good = (digits <= 9).all(axis=1) & (letters[:, MARKS] == np.frombuffer(b"--T::", np.uint8)).all(axis=1)
    number = digits.astype(np.int64)
    year = number[:, 0] * 1000 + number[:, 1] * 100 + number[:, 2] * 10 + number[:, 3]
    month, day, hour, minute, second = (number[:, i] * 10 + number[:, i + 1] for i in range(4, 14, 2))
    good &= (month >= 1) & (month <= 12) & (hour < 24) & (minute < 60) & (second < 60) & (day >= 1)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0)
    first, following = _first_days(months), _first_days(months + 1)
    good &= day <= following - first
    seconds = (((first + day - 1) * 24 + hour) * 60 + minute) * 60 + second
    return _in_range(np.where(good, seconds * SECOND_US, NOT_KNOWN))


def _first_days(months: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months since 1970 → days since 1970 of the first of each."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def instants(seconds: Sequence[int | None]) -> NDArray[np.int64]:
    """int64 [n], microseconds UTC, or NOT_KNOWN."""
    limit = LAST_US // SECOND_US
    whole = [one if one is not None and 0 < one < limit else 0 for one in seconds]
    return _in_range(np.array(whole, np.int64) * SECOND_US)


def _in_range(at: NDArray[np.int64]) -> NDArray[np.int64]:
    at[(at < FIRST_US) | (at > LAST_US)] = NOT_KNOWN
    return at


def offsets(utc: NDArray[np.int64], local: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    What the wall clock shows beyond UTC, for every entry that has at least one of the two.

    Args:
        utc, local: int64 [n], or NOT_KNOWN; in the order of the file.
    Returns:
        int64 [n], microseconds: from the entry itself, else from the last one before it that has both, else from the
        first after it; where no entry has both, 0 for those with an instant and NOT_KNOWN for the others.
    """
    both = (utc != NOT_KNOWN) & (local != NOT_KNOWN)
    both[both] = np.abs(local[both] - utc[both]) <= FARTHEST * SECOND_US
    rows = np.flatnonzero(both)
    if len(rows) == 0:
        return np.where(utc != NOT_KNOWN, 0, NOT_KNOWN)
    nearest = rows[np.maximum(np.searchsorted(rows, np.arange(len(utc)), side="right") - 1, 0)]
    return local[nearest] - utc[nearest]


def settled(utc: NDArray[np.int64], local: NDArray[np.int64], zone: ZoneInfo | None) -> NDArray[np.int64]:
    """
    One instant for every entry that has at least one of the two clocks.

    Args:
        utc, local: int64 [n], or NOT_KNOWN; in the order of the file.
        zone: Of the wall clock, where the file cannot tell; without it that clock is read as if it were UTC.
    Returns:
        int64 [n], microseconds.
    """
    offset = offsets(utc, local)
    alone = (utc == NOT_KNOWN) & (offset == NOT_KNOWN)
    at = np.where(utc != NOT_KNOWN, utc, local - np.where(offset == NOT_KNOWN, 0, offset))
    if zone is not None and alone.any():
        at[alone] = local_to_utc(local[alone], zone)[0]
    return at
