"""Bringing a chat in: whose it is, what is kept of it, and what was read."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from fallow.app.desk import Desk
from fallow.app.document import describe_problems
from fallow.app.naming import Names, name_sides, require_same_dyad, spelled
from fallow.errors import NoSuchSource
from fallow.importers import DateOrder, Days, Export, SidedChat
from fallow.store.interface import SourceRecord

EPOCH: Final = dt.date(1970, 1, 1)
DAY_US: Final = 86_400_000_000


class Receipt(msgspec.Struct, frozen=True):
    """
    What an import read and how, as it is shown and kept; no name and no word of the chat is in it.

    Args:
        format, layout: What the file was, and how it is laid out.
        date_order, date_order_why: How its dates were read, and what decided that.
        read, new: Messages in the file, and those that were not kept before.
        system: Lines that nobody said.
        with_text: Whether the words were kept.
        resolution: Tick of its clock, microseconds.
        zone: The zone its wall clock was read in; None where the file has instants.
        first_day, last_day: Local days of its first and last message.
        days: Local days with a message.
        missing: (first instant, last one) of periods that are known to be missing, ISO 8601.
        problems: What was not read as a message, or gives reason to doubt: kind, first line, how often.
        group: How many people write in the group these two were picked from; 0: it was a chat of two.
    """

    format: str
    layout: str
    date_order: DateOrder
    date_order_why: str
    read: int
    new: int
    system: int
    with_text: bool
    resolution: int
    zone: str | None
    first_day: dt.date
    last_day: dt.date
    days: int
    missing: tuple[tuple[str, str], ...]
    problems: list[dict[str, int | str]]
    group: int = 0


def import_chat(
    desk: Desk, export: Export, *, me: str, them: str | None = None, with_text: bool, zone: ZoneInfo | None = None,
    same_person: bool = False, missing: Sequence[Days] = (),
) -> Receipt:  # fmt: skip
    """
    Keep a chat; bringing the same one again adds nothing.

    Args:
        export: As it was read.
        me, them: Names as the file spells them.
        with_text: Whether the words are kept beside counts and times.
        zone: The zone of the phone's clock; the person's own if None.
        same_person: Whether a name not seen before is the same other one under another name.
        missing: Days from which the chat lacks messages; they count neither as silence nor as waiting.
    Raises:
        ImportRefused: Nothing was stored.
    """
    zone = zone or ZoneInfo(desk.clock().zone)
    chat = name_sides(export, me, them, zone, missing)
    names = spelled(chat)
    require_same_dyad(known_names(desk), names, same_person=same_person)
    problems = describe_problems((*export.problems, *chat.problems))
    source = SourceRecord(
        id=secrets.token_hex(16),
        imported_at=int(desk.clock().at.timestamp() * 1_000_000),
        format=export.format,
        messages=len(chat.table),
        first_at=int(chat.table.at[0]),
        last_at=int(chat.table.at[-1]),
        with_text=with_text,
        names=names,
        zone=zone.key,
        zoned=chat.table.zoned,
        resolution=chat.table.resolution,
        problems=msgspec.json.encode(problems),
    )
    with desk.store.transaction():
        new = desk.store.put_messages(source, chat.table, export.bodies(chat.order) if with_text else None)
        receipt = _receipt(export, chat, zone=zone, new=new, with_text=with_text, problems=problems)
        desk.store.keep_receipt(source.id, msgspec.json.encode(receipt))
    return receipt


def _receipt(
    export: Export, chat: SidedChat, *, zone: ZoneInfo, new: int, with_text: bool, problems: list[dict[str, int | str]]
) -> Receipt:
    days = np.unique(chat.table.local // DAY_US)
    first, last = (EPOCH + dt.timedelta(days=int(day)) for day in (days[0], days[-1]))
    return Receipt(
        format=export.format,
        layout=export.layout,
        date_order=export.date_order,
        date_order_why=export.date_order_why,
        read=len(chat.table),
        new=new,
        system=export.system,
        with_text=with_text,
        resolution=chat.table.resolution,
        zone=zone.key if export.offset is None else None,
        first_day=first,
        last_day=last,
        days=len(days),
        missing=tuple((_iso(begin), _iso(end)) for begin, end in chat.table.unseen.tolist()),
        problems=problems,
        group=export.group,
    )


def _iso(instant: int) -> str:
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=instant)).isoformat(timespec="seconds")


def receipt_of(source: SourceRecord) -> Receipt | None:
    """What an import said it read; None for one that was brought in before that was kept."""
    return msgspec.json.decode(source.receipt, type=Receipt) if source.receipt else None


def group_messages(desk: Desk) -> int:
    """How many of the messages that were brought in are out of groups, as their receipts say."""
    told = (receipt_of(source) for source in desk.store.sources())
    return sum(receipt.read for receipt in told if receipt is not None and receipt.group)


def remove_source(desk: Desk, id: str) -> int:
    """
    Remove a chat that was brought in, with its words and all messages it was the first to bring; returns how many.

    Raises:
        NoSuchSource: If there is none.
    """
    if id not in {source.id for source in desk.store.sources()}:
        raise NoSuchSource
    with desk.store.transaction():
        return desk.store.remove_source(id)


def known_names(desk: Desk) -> list[Names]:
    """How ego and alter were spelled in each chat that was brought in."""
    return [source.names for source in desk.store.sources()]
