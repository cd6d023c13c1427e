"""Whose a chat is: which name is ego, which the other one, and whether two chats are of the same two people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from fallow.errors import AnotherPerson, DaysNotUnderstood, NotTwoPeople, SidesSwapped, WhichTwo, WhoIsMe
from fallow.importers import NO_OFFSET, Days, Export, SidedChat, pick_two, take_sides

Names: TypeAlias = tuple[str, str]
"""Ego, then alter."""
TWO: Final = 2
SAMPLES: Final = 3


def guess_me(export: Export) -> int | None:
    """Which name is ego, where the file itself says who the other one is; None otherwise."""
    if export.sides is not None:
        return both_names(export).index(export.sides[0])
    if export.owner in export.names:
        return export.names.index(export.owner)
    if len(export.names) == 2 and export.other_name_hint in export.names:
        return 1 - export.names.index(export.other_name_hint)
    return None


def told_me(export: Export) -> str | None:
    """The name of ego, where the file itself is sure of it: then nobody has to be asked."""
    return export.owner if export.sides is None else export.sides[0]


def both_names(export: Export) -> tuple[str, ...]:
    """The names ego can be chosen from: those who wrote, or both sides where the file tells them."""
    return export.names if export.sides is None else export.sides


def wall_clocks(export: Export) -> tuple[dt.datetime, ...]:
    """Up to three times of a file that tell no zone, first to last, as its clock showed them; none where all do."""
    rows = np.arange(len(export)) if export.offset is None else np.flatnonzero(export.offset == NO_OFFSET)
    three = rows[np.unique(np.linspace(0, len(rows) - 1, SAMPLES).astype(np.int64))] if len(rows) else rows
    return tuple(dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=at) for at in export.local[three].tolist())  # noqa: DTZ001


def is_group(export: Export) -> bool:
    """Whether more than two people write, so that two of them have to be picked."""
    return len(export.names) > TWO


def of_two(export: Export, me: str | None, them: str | None) -> Export:
    """
    A chat of two: as it was read, or of a group what the two wrote who are meant.

    Raises:
        WhichTwo: If it is a group, and it was not said who they are, nor does the file know ego.
        NobodyByThatName, NotTwoPeople: If the names do not fit the file.
    """
    if not is_group(export):
        return export
    me = told_me(export) if me is None else me
    if me is None or them is None:
        raise WhichTwo(people=len(export.names))
    return pick_two(export, me=me, them=them)


def require_two(export: Export) -> None:
    """
    Raises:
        NotTwoPeople: If this is a group of which nobody was picked, or nobody.
    """
    if not 1 <= len(export.names) <= TWO:
        raise NotTwoPeople(people=len(export.names))


def name_sides(
    export: Export, me: str | None, them: str | None, zone: ZoneInfo | None, missing: Sequence[Days] = ()
) -> SidedChat:
    """
    The two sides of an export, once it is said which one is ego, or where the file says so itself.

    Raises:
        WhoIsMe: If neither did.
        NotTwoPeople, NobodyByThatName: If the names do not fit the file.
    """
    require_two(export)
    me = told_me(export) if me is None else me
    if me is None:
        raise WhoIsMe
    return take_sides(export, me=me, them=them, zone=zone, missing=missing)


def spelled(chat: SidedChat) -> Names:
    """The names of ego and alter as the file spells them; empty for one who never wrote and was not named."""
    return chat.names[0] or "", chat.names[1] or ""


def require_same_dyad(known: Sequence[Names], names: Names, *, same_person: bool) -> None:
    """
    One store, and one analysis, is one dyad: a swapped side flips every number, another person makes nonsense of them.

    Raises:
        SidesSwapped: If ego here is alter in a known chat, or alter here is ego there.
        AnotherPerson: If alter is nobody known, and it was not said to be the same person.
    """
    ego, alter = map(str.casefold, names)
    folded = [(one.casefold(), other.casefold()) for one, other in known]
    if any(ego == other or alter == one for one, other in folded):
        raise SidesSwapped
    if folded and alter not in {other for _, other in folded} and not same_person:
        raise AnotherPerson


def read_days(first: str, last: str) -> Days:
    """
    Days from which a chat lacks messages, as somebody typed them.

    Raises:
        DaysNotUnderstood: If they are not two days in order.
    """
    try:
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    except ValueError as problem:
        raise DaysNotUnderstood from problem
    if days[0] > days[1]:
        raise DaysNotUnderstood
    return days
