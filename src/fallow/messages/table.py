"""
Messages of one dyad as columns, oldest first; never their words.

Every measure works on this table. Instants are microseconds since 1970-01-01 UTC; `offset` keeps the local clock
beside them, so the hour of day survives travel and DST. Where a source writes wall-clock times without a zone and
none was given, `zoned` is False: then `at` is the wall clock read as if it were UTC, and `offset` is 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

EGO: Final = 0
"""Code of the one who uses Fallow."""
ALTER: Final = 1
"""Code of the other one."""
Side = Literal["ego", "alter"]

NOT_KNOWN: Final = -(2**63)
"""In `read_at`: the source does not say when, or whether, a message was read."""

HOUR_US: Final = 3_600_000_000
SECOND_US: Final = 1_000_000


COLUMNS: Final = ("at", "offset", "sender", "kind", "words", "size", "asks", "read_at")
"""What a table holds for each of its messages."""


class Kind(IntEnum):
    """
    What a message was; only TEXT has words, and only TEXT and LINK have a size.

    A LINK is a page that was shared with nothing said besides. A reaction is a row, but not a message: it is counted,
    and otherwise left out of what is measured (`written`).
    """

    TEXT = 0
    MEDIA = 1
    CALL = 2
    DELETED = 3
    LOCATION = 4
    CONTACT = 5
    POLL = 6
    REACTION = 7
    STICKER = 8
    LINK = 9


REFINED: Final = {Kind.LINK: Kind.TEXT, Kind.STICKER: Kind.MEDIA}
"""Kinds that were told apart later than others, and what they were taken for until then."""


@dataclass(frozen=True, slots=True)
class MessageTable:
    """
    n messages between ego and alter, in time order; ties keep the order of their source.

    Args:
        at: int64 [n], microseconds since the epoch, UTC, never decreasing.
        offset: int32 [n], seconds to add to `at` for the local wall clock.
        sender: int8 [n], EGO or ALTER.
        kind: uint8 [n], a `Kind`.
        words: int32 [n], words of the text, >= 0; 0 where there is none.
        size: int32 [n], length of the text or the link in UTF-8 bytes, >= 0; 0 where there is none.
        asks: int8 [n], 1 where the text holds a question mark, 0 where it does not, -1 where that is not known.
        read_at: int64 [n], when the other side read it, microseconds UTC, or NOT_KNOWN.
        unseen: int64 [p, 2], periods (begin, end), microseconds UTC, apart and in order, from which messages are known
            to be missing: nothing is silence there, and no wait is measured through one.
        resolution: Coarsest tick of the source, microseconds, > 0 (WhatsApp on Android: a minute).
        zoned: Whether `at` is a true instant.
    Raises:
        ValueError: If lengths differ, time runs backwards, a sender is neither or periods are not in order.
    """

    at: NDArray[np.int64]
    offset: NDArray[np.int32]
    sender: NDArray[np.int8]
    kind: NDArray[np.uint8]
    words: NDArray[np.int32]
    size: NDArray[np.int32]
    asks: NDArray[np.int8]
    read_at: NDArray[np.int64]
    unseen: NDArray[np.int64]
    resolution: int
    zoned: bool

    def __post_init__(self) -> None:
        n = len(self.at)
        if any(len(getattr(self, name)) != n for name in COLUMNS):
            raise ValueError("columns of a message table must have one length")
        if n and bool((np.diff(self.at) < 0).any()):
            raise ValueError("a message table is in time order")
        if n and bool(((self.sender != EGO) & (self.sender != ALTER)).any()):
            raise ValueError("a sender is ego or alter")
        if self.resolution <= 0:
            raise ValueError("resolution must be positive")
        if self.unseen.shape[1:] != (2,) or bool((np.diff(self.unseen.reshape(-1)) <= 0).any()):
            raise ValueError("periods lie apart and in order")

    def __len__(self) -> int:
        return len(self.at)

    @property
    def local(self) -> NDArray[np.int64]:
        """int64 [n], the wall clock where each message was written, microseconds since 1970-01-01 00:00 local."""
        return self.at + self.offset.astype(np.int64) * SECOND_US

    def instant(self, index: int) -> dt.datetime:
        """The time of one message: aware with its offset when zoned, else a naive wall clock."""
        return tell_instant(int(self.at[index]), int(self.offset[index]), zoned=self.zoned)

    def written(self) -> MessageTable:
        """The messages alone, without reactions to them. O(n)."""
        return self.only(self.kind != Kind.REACTION)

    def only(self, kept: NDArray[np.bool_]) -> MessageTable:
        """Some of the messages; `kept` bool [n]. O(n)."""
        if kept.all():
            return self
        return replace(self, **{name: getattr(self, name)[kept] for name in COLUMNS})

    def mirrored(self) -> MessageTable:
        """The same record as the other side would hold it: ego and alter swapped."""
        return replace(self, sender=(1 - self.sender).astype(np.int8))


def tell_instant(at: int, offset: int, *, zoned: bool) -> dt.datetime:
    """
    A time of a table as a date: aware with its offset when zoned, else a naive wall clock.

    Args:
        at: Microseconds, as in `MessageTable.at`.
        offset: Seconds.
    """
    seconds, micros = divmod(at, SECOND_US)
    utc = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds, microseconds=micros)
    return utc.astimezone(dt.timezone(dt.timedelta(seconds=offset))) if zoned else utc.replace(tzinfo=None)


def occurrences(table: MessageTable) -> NDArray[np.int64]:
    """
    Which of several messages alike each one is: twins in one minute are two messages, not one.

    Returns:
        int64 [n], 0 for the first with its instant, sender, kind, words and size, then 1, 2 ... O(n log n).
    """
    n = len(table)
    keys = (table.size, table.words, table.kind, table.sender, table.at)
    order = np.lexsort(keys)
    differs = np.ones(n, np.bool_)
    for key in keys if n else ():
        ordered = key[order]
        differs[1:] &= ordered[1:] == ordered[:-1]
    differs[1:] = ~differs[1:]
    positions = np.arange(n)
    nth = np.empty(n, np.int64)
    nth[order] = positions - np.maximum.accumulate(np.where(differs, positions, 0)) if n else 0
    return nth


def merge_tables(tables: Sequence[MessageTable]) -> MessageTable:
    """
    Join overlapping records of one dyad; what several of them hold is there once, twins stay twins.

    What one of them knows of a message (whether it asks, when it was read) is known afterwards. A period that one of
    them says is missing stays missing: another may be of another channel.

    Args:
        tables: At least one; each n_i messages.
    Returns:
        At most the sum of the n_i messages, in time order; its tick is the coarsest. O(n log n).
    Raises:
        ValueError: If there is none.
    """
    if not tables:
        raise ValueError("there is nothing to merge")
    if len(tables) == 1:
        return tables[0]
    joined = {name: np.concatenate([getattr(table, name) for table in tables]) for name in COLUMNS}
    nth = np.concatenate([occurrences(table) for table in tables])
    identity = np.stack([joined[name].astype(np.int64) for name in ("at", "sender", "kind", "words", "size")] + [nth])
    _, first, same = np.unique(identity, axis=1, return_index=True, return_inverse=True)
    for name in ("asks", "read_at"):
        known = joined[name][first]
        np.maximum.at(known, same.reshape(-1), joined[name])
        joined[name][first] = known
    first.sort()
    kept = first[np.argsort(joined["at"][first], kind="stable")]
    return MessageTable(
        **{name: column[kept] for name, column in joined.items()},
        unseen=join_periods(np.concatenate([table.unseen for table in tables])),
        resolution=max(table.resolution for table in tables),
        zoned=all(table.zoned for table in tables),
    )


def join_periods(periods: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    Put periods in order and make one of those that overlap or touch.

    Args:
        periods: int64 [p, 2], begin < end each, in any order.
    Returns:
        int64 [q, 2], q <= p, apart and in order. O(p log p).
    """
    ordered = periods[np.argsort(periods[:, 0], kind="stable")]
    reach = np.maximum.accumulate(ordered[:, 1])
    begins = np.append(True, ordered[1:, 0] > reach[:-1])[: len(ordered)]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(ordered)) - 1
    return np.stack((ordered[first, 0], reach[last]), axis=1) if len(ordered) else periods.reshape(0, 2)


def local_to_utc(local: NDArray[np.int64], zone: ZoneInfo) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """
    Read wall-clock times in a zone.

    An hour that occurs twice is read as its first pass; an hour that does not occur is read with the offset
    before the change (PEP 495, fold=0).

    Args:
        local: int64 [n], microseconds since 1970-01-01 00:00 local.
        zone: The zone of the clock they were read from.
    Returns:
        Instants, int64 [n], microseconds UTC; offsets, int32 [n], seconds. O(n + hours touched).
    """
    hours, which = np.unique(local // HOUR_US * 4 + (local % HOUR_US) // (HOUR_US // 4), return_inverse=True)
    epoch = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone yet
    offsets = np.empty(len(hours), np.int32)
    for i, quarter in enumerate(hours.tolist()):
        moment = (epoch + dt.timedelta(minutes=15 * quarter)).replace(tzinfo=zone)
        shift = moment.utcoffset()
        assert shift is not None
        offsets[i] = int(shift.total_seconds())
    offset = offsets[which].astype(np.int32)
    return local - offset.astype(np.int64) * SECOND_US, offset


def utc_offsets(at: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int32]:
    """
    What the wall clock of a zone shows beyond UTC.

    Args:
        at: int64 [n], microseconds UTC.
    Returns:
        int32 [n], seconds. O(n + quarters of an hour touched).
    """
    quarters, which = np.unique(at // (HOUR_US // 4), return_inverse=True)
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    shifts = [(epoch + dt.timedelta(minutes=15 * one)).astimezone(zone).utcoffset() for one in quarters.tolist()]
    return np.array([0 if one is None else one.total_seconds() for one in shifts], np.int32)[which.reshape(-1)]
