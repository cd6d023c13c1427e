"""Two sides of a record: every measure of it, and what changed before the day it ended where that is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from fallow.dyad import ChangeReading, TwoSides, find_bouts, read_changes, two_sides
from fallow.errors import NotEnoughData
from fallow.importers import SidedChat
from fallow.messages import MessageTable, best_known, merge_tables

SEED: Final = 20_260_301
"""Of the draws a change is tested with; fixed, so that one record reads the same every time, wherever it is shown."""
EPOCH: Final = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Analysis:
    """
    What one record shows of both sides.

    Args:
        table: The record.
        sides: Its measures.
        ended: The day it ended, days since 1970-01-01; None where that is not told.
        changes: What changed before that day; None where it is not told, or where there are
        too_few_weeks: so many weeks before it, of at least so many.
        group: How many of its messages are out of a group.
    """

    table: MessageTable
    sides: TwoSides
    ended: int | None = None
    changes: ChangeReading | None = None
    too_few_weeks: tuple[int, int] | None = None
    group: int = 0

    @property
    def messages(self) -> int:
        """Reactions are rows, and no messages."""
        return self.sides.participants.ego.messages + self.sides.participants.alter.messages

    @property
    def first(self) -> dt.datetime:
        return self.table.instant(0)

    @property
    def last(self) -> dt.datetime:
        return self.table.instant(len(self.table) - 1)


def analyse(table: MessageTable, ended: dt.date | None = None) -> Analysis:
    """
    Measure both sides of a record of at least two messages.

    Args:
        table: n rows.
        ended: The day it ended; None where that is not told.
    Raises:
        NotEnoughData: If there are fewer than two messages.
    """
    sides = two_sides(table)
    if ended is None:
        return Analysis(table, sides)
    day = (ended - EPOCH).days
    written = table.written()
    bouts = find_bouts(written, sides.criterion.us)
    try:
        changes = read_changes(written, bouts, before=day, rng=np.random.default_rng(SEED))
    except NotEnoughData as few:
        return Analysis(table, sides, day, too_few_weeks=(int(few.details["have"]), int(few.details["need"])))
    return Analysis(table, sides, day, changes)


def analyse_exports(chats: Sequence[SidedChat], ended: dt.date | None = None, *, group: int = 0) -> Analysis:
    """
    Measure files of one dyad together; what several of them hold counts once.

    Args:
        group: How many of their messages are out of a group.
    Raises:
        NotEnoughData: If they hold fewer than two messages.
    """
    return replace(analyse(merge_chats(chats), ended), group=group)


def merge_chats(chats: Sequence[SidedChat]) -> MessageTable:
    """One record of several files of one dyad: what several hold is there once, in its last words and finest time."""
    best = best_known([chat.table for chat in chats], [chat.chat for chat in chats])
    return merge_tables([chat.table.only(kept) for chat, kept in zip(chats, best, strict=True)])


def day_of(days_since_epoch: int) -> dt.date:
    """The date of a day number."""
    return EPOCH + dt.timedelta(days=days_since_epoch)
