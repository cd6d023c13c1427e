"""
A chat put out of sight: under a passphrase of its own, until a day one chose.

It lies here, or it was given away as a file. Until its day it is not opened, whoever knows the passphrase; then it can
be looked into, taken out as text, or brought back to where it was. The day is a promise to oneself, kept by Fallow and
not by mathematics: whoever changes the clock of the computer gets round it, and every page about it says so.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from fallow.app.desk import Desk
from fallow.app.importing import known_names
from fallow.app.letters import require_rest_day
from fallow.app.naming import require_same_dyad
from fallow.app.written import to_micros
from fallow.errors import NoSuchParcel, NothingToPutAway, NotThatFile, ParcelElsewhere, ParcelRests
from fallow.plan import find_zone
from fallow.store.interface import Label, Line, ParcelRecord, Taken

PARCEL_FILE: Final = "notes.parcel"
"""What a browser calls the file; it says nothing of what is in it."""
TEXT_FILE: Final = "notes.txt"
NOT_KEPT: Final = "(its words were not kept)"


@dataclass(frozen=True, slots=True)
class Contents:
    """
    What was found in it, read to its end.

    Args:
        messages: How many.
        with_words: How many of them have their words.
        first, last: Local days of the first and the last, None where there are none.
        opens_on: The day from which on it may be opened.
    """

    messages: int
    with_words: int
    first: dt.date | None
    last: dt.date | None
    opens_on: dt.date


@dataclass(frozen=True, slots=True)
class PutAway:
    """How things stand: what was put away, and what there is that could be."""

    parcels: tuple[ParcelRecord, ...]
    messages: int
    has_words: bool


def put_away(desk: Desk, passphrase: str, *, taken: Taken, until: dt.date) -> ParcelRecord:
    """
    Put everything that was brought of the chat into a parcel, and take the words, or all of it, from the record.

    Either all of this is done, or nothing; what was taken cannot be read here any more without the passphrase.

    Args:
        passphrase: Of this parcel, at least 10 characters.
        taken: "words": counts and times stay, and the pictures with them. "messages": those go too.
        until: Local, after today, within ten years.
    Raises:
        DayNotToCome, NothingToPutAway, PassphraseTooShort, PassphraseTooLong: Nothing was changed.
    """
    now = desk.clock()
    require_rest_day(now, until)
    stands = parcels(desk)
    if not (stands.has_words if taken == "words" else stands.messages):
        raise NothingToPutAway
    id = secrets.token_hex(16)
    with desk.store.transaction():
        return desk.store.put_away(id, passphrase, taken=taken, made_at=to_micros(now.at), opens_on=until)


def parcels(desk: Desk) -> PutAway:
    """Every parcel, the oldest first, and what could be put into a new one."""
    return PutAway(desk.store.parcels(), desk.store.message_count(), desk.store.has_words())


def resting_parcels(desk: Desk) -> tuple[ParcelRecord, ...]:
    """Those whose day has not come, wherever they lie."""
    today = desk.clock().day
    return tuple(each for each in desk.store.parcels() if today < each.opens_on)


def find_parcel(desk: Desk, id: str) -> ParcelRecord:
    """
    Raises:
        NoSuchParcel: If there is none.
    """
    found = next((each for each in desk.store.parcels() if each.id == id), None)
    if found is None:
        raise NoSuchParcel
    return found


def require_parcel_day(opens_on: dt.date, today: dt.date) -> None:
    """
    Raises:
        ParcelRests: If the day has not come.
    """
    if today < opens_on:
        raise ParcelRests(day=opens_on.isoformat())


def look_into(label: Label, lines: Iterable[Line]) -> Contents:
    """
    Read all of an opened parcel and say what is in it. O(n).

    Raises:
        ParcelDamaged: If it is not whole.
    """
    messages = with_words = 0
    days: list[dt.date] = []
    for line in lines:
        messages += 1
        with_words += line.body is not None
        day = _local(line).date()
        days = [min(days[0], day), max(days[1], day)] if days else [day, day]
    first, last = days or (None, None)
    return Contents(messages, with_words, first, last, label.opens_on)


def parcel_text(label: Label, lines: Iterable[Line]) -> Iterator[str]:
    """An opened parcel as text to read: a line for each message, with its local time, its writer and its words."""
    names = [source.record.names for source in label.sources]
    for line in sorted(lines, key=lambda line: (line.at, line.place)):
        yield f"{_local(line):%Y-%m-%d %H:%M} {names[line.source][line.sender]}: {line.body or NOT_KEPT}\n"


def bring_back(desk: Desk, label: Label, lines: Iterable[Line], *, same_person: bool = False) -> int:
    """
    Put an opened parcel back to where it was taken from; where it lies here, it is gone from the list then.

    Args:
        same_person: Whether a name not seen before is the same other one under another name.
    Returns:
        How many messages were not there.
    Raises:
        SidesSwapped, AnotherPerson, ParcelDamaged: Nothing was changed.
    """
    known = known_names(desk)
    for source in label.sources:
        require_same_dyad(known, source.record.names, same_person=same_person)
    with desk.store.transaction():
        new = desk.store.bring_back(label, lines)
        desk.store.delete_parcel(label.id)
    return new


def give_parcel(desk: Desk, id: str, digest: str) -> None:
    """
    Let go of a parcel that lies elsewhere as well.

    Args:
        digest: Of the file that was looked at.
    Raises:
        NoSuchParcel, ParcelElsewhere, NotThatFile: It lies here as before.
    """
    with desk.store.transaction():
        found = find_parcel(desk, id)
        if found.given_at is not None:
            raise ParcelElsewhere
        if found.digest != digest:
            raise NotThatFile
        desk.store.give_parcel(id, to_micros(desk.clock().at))


def remove_parcel(desk: Desk, id: str) -> None:
    """
    Remove a parcel for good, unopened, or the note that one was given away; open at any time.

    Raises:
        NoSuchParcel: There is none.
    """
    with desk.store.transaction():
        find_parcel(desk, id)
        desk.store.delete_parcel(id)


def describe_parcel(desk: Desk, parcel: ParcelRecord) -> dict[str, Any]:
    """A parcel as plain values for machines."""
    zone = find_zone(desk.clock().zone)
    return {
        "id": parcel.id,
        "is": "given" if parcel.given_at is not None else "here",
        "taken": parcel.taken,
        "messages": parcel.messages,
        "bytes": parcel.size,
        "made_at": _told(parcel.made_at, zone),
        "given_at": _told(parcel.given_at, zone),
        "opens_on": parcel.opens_on.isoformat(),
        "may_open": desk.clock().day >= parcel.opens_on,
    }


def describe_contents(found: Contents) -> dict[str, Any]:
    """What is in a parcel as plain values for machines; no name and no word."""
    return {
        "messages": found.messages,
        "with_words": found.with_words,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "opens_on": found.opens_on.isoformat(),
    }


def _local(line: Line) -> dt.datetime:
    """The wall clock of a message; far beyond any real one in a file made up by hand, hence the bounds."""
    micros = line.at + line.offset * 1_000_000
    return _EPOCH + dt.timedelta(microseconds=min(max(micros, -_FAR), _FAR))


_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FAR: Final = 200_000_000_000_000_000 // 10
"""Microseconds: the years from 1336 to 2603."""


def _told(micros: int | None, zone: dt.tzinfo) -> str | None:
    return None if micros is None else dt.datetime.fromtimestamp(micros / 1_000_000, zone).isoformat("T", "seconds")
