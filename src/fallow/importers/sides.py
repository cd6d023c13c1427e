"""An export and the name of ego → the message table, its sides named and its rows in time order."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NobodyByThatName, NotTwoPeople
from fallow.importers.interface import ME, NO_OFFSET, Days, Export, Problem, SidedChat
from fallow.importers.whatsapp.layout import BLANKS, MARKS
from fallow.messages import ALTER, EGO, NOT_KNOWN, MessageTable, chat_of, join_periods, local_to_utc, utc_offsets

DAY_US: Final = 86_400_000_000
SECOND_US: Final = 1_000_000
_PLAIN = {**dict.fromkeys(map(ord, MARKS)), **dict.fromkeys(map(ord, BLANKS), " "), 0x2011: "-"}


def take_sides(
    export: Export, *, me: str, them: str | None = None, zone: ZoneInfo | None = None, missing: Sequence[Days] = ()
) -> SidedChat:
    """
    Say which of the two names is ego, and put the messages in time order.

    Args:
        export: n messages by at most two people.
        me, them: Names as the file spells them, or what else it calls them; case, blanks and marks of direction may
            differ where one name is left. Where the file knows who ego is and tells no name, any name that nobody in
            it has is ego's; and "Me" is ego wherever it knows.
        zone: The zone of the phone's clock, if known; where the file has instants, the zone they are shown in.
        missing: Days from which messages are known to be missing, as the phone counts days.
    Returns:
        The table and the order its rows came from; messages of one tick keep the order of the file. O(n log n).
    Raises:
        NotTwoPeople: If more than two people write, or one name would be both sides.
        NobodyByThatName: If no author has the name. One who never wrote may be `me` when `them` wrote everything.
    """
    if len(export.names) > 2:
        raise NotTwoPeople(people=len(export.names))
    me, them = by_name(export, me), None if them is None else by_name(export, them)
    called = me
    if export.sides is not None and ME in (export.sides[0], me) and find_name(export.names, me) is None:
        me = export.sides[0]
    if them is None and export.sides is not None and me == export.sides[0]:
        them = export.sides[1]
    ego, alter = _sides(export.names, me, them)
    sender = np.where(export.author == ego, EGO, ALTER).astype(np.int8)
    at, offset, zoned = _instants(export.local, export.offset, zone)
    notices = export.notices
    told = (at[:0], offset[:0]) if notices is None else _instants(notices.local, notices.offset, zone)[:2]
    order = np.argsort(at, kind="stable")
    table = MessageTable(
        at=at[order],
        offset=offset[order],
        sender=sender[order],
        kind=export.kind[order],
        words=export.words[order],
        size=export.size[order],
        asks=export.asks[order],
        read_at=np.full(len(export), NOT_KNOWN, np.int64) if export.read_at is None else export.read_at[order],
        unseen=_unseen(export, missing, zone),
        resolution=export.resolution,
        zoned=zoned,
    )
    back = np.flatnonzero(np.diff(at) < 0)
    problems = (Problem(0, "steps_back", len(back)),) if len(back) else ()
    names = (
        export.names[ego] if ego is not None and me != ME else called,
        them if alter is None else export.names[alter],
    )
    return SidedChat(table, order, names, problems, chat_of(export.format, names[1]), *told)


def _instants(
    local: NDArray[np.int64], told: NDArray[np.int32] | None, zone: ZoneInfo | None
) -> tuple[NDArray[np.int64], NDArray[np.int32], bool]:
    """
    When each message was, its offset, and whether that is an instant.

    A file's own instants stand; a zone then only says what the clock showed there, in place of the exporting computer.
    """
    if told is None:
        if zone is None:
            return local, np.zeros(len(local), np.int32), False
        return (*local_to_utc(local, zone), True)
    alone = told == NO_OFFSET
    offset = np.where(alone, 0, told).astype(np.int32)
    at = local - offset.astype(np.int64) * SECOND_US
    if zone is not None:
        at[alone] = local_to_utc(local[alone], zone)[0]
        offset = utc_offsets(at, zone)
    return at, offset, zone is not None or not alone.any()


def _unseen(export: Export, missing: Sequence[Days], zone: ZoneInfo | None) -> NDArray[np.int64]:
    """
    int64 [p, 2]: what the file knows to be missing, and days from the first midnight to the one after the last.

    On the clock of the table.
    """
    epoch = dt.date(1970, 1, 1)
    days = [((first - epoch).days, (last - epoch).days + 1) for first, last in missing]
    local = np.array(days, np.int64).reshape(-1, 2) * DAY_US
    known = export.unseen
    if zone is not None:
        local = local_to_utc(local.reshape(-1), zone)[0].reshape(-1, 2)
        if export.offset is None:
            known = local_to_utc(known.reshape(-1), zone)[0].reshape(-1, 2)
    elif export.offset is not None and len(local):
        shift = np.int64(np.median(export.offset[export.offset != NO_OFFSET])) * SECOND_US
        local = local - shift
    return join_periods(np.concatenate((known, local)))


def _sides(names: tuple[str, ...], me: str, them: str | None) -> tuple[int | None, int | None]:
    ego, alter = find_name(names, me), None if them is None else find_name(names, them)
    if ego is None and alter is not None and len(names) == 1:
        return None, alter
    if ego is None or (them is not None and alter is None and len(names) == 2):
        raise NobodyByThatName
    if ego == alter:
        raise NotTwoPeople(people=1)
    others = [i for i in range(len(names)) if i != ego]
    return ego, others[0] if others else None


def by_name(export: Export, called: str) -> str:
    """The name of whom the file also calls so; what was said, where it calls nobody or several so."""
    if find_name(export.names, called) is not None:
        return called
    meant = {name for other, name in export.also.items() if _alike(other) == _alike(called)}
    return meant.pop() if len(meant) == 1 else called


def find_name(names: tuple[str, ...], name: str) -> int | None:
    """The one author a name means: spelled exactly, else alike."""
    if name in names:
        return names.index(name)
    alike = [i for i, one in enumerate(names) if _alike(one) == _alike(name)]
    return alike[0] if len(alike) == 1 else None


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name.translate(_PLAIN)).strip().casefold()
