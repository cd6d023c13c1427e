"""
Lists to install, made of what a person types of the other one and of nothing that is kept here; and their undo.

What is typed is read, used for the one file, and gone: it is in no event, no draft, no log and no cache. A list that
would close the one channel of limited contact leaves it out unless that is asked for. In a clear stop lists are made as
before, since they are about distance; their undo would open a way again, and rests like the map's.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from fallow.app.desk import Desk, plan_of
from fallow.app.reach import kept_channels
from fallow.errors import ListClosesKept, ListIsEmpty, UndoRests
from fallow.language import gettext as _
from fallow.plan import Plan
from fallow.reach import (
    CARDS,
    KINDS,
    Contact,
    FileMade,
    Kind,
    Profile,
    Site,
    Wanted,
    find_channel,
    find_kind,
    load_map,
    load_sites,
    make_file,
    pick_sites,
    read_addresses,
    read_name,
    read_phones,
    read_profiles,
)

MAIL: Final = "email"
"""The channel of the map that a rule for mail closes."""


class ListAsked(msgspec.Struct, frozen=True):
    """
    What was typed for a list, unread. Never kept.

    Args:
        sites: Ids of sites to close whole.
        profiles: Addresses of profiles, one a line.
        addresses: E-mail addresses, one a line.
        phones: Telephone numbers, one a line.
        name: A neutral name; with `undo`, the name to give back.
        undo: Whether the undo is meant.
        with_kept: Whether the one channel that stays open is meant as well.
    """

    sites: tuple[str, ...] = ()
    profiles: str = ""
    addresses: str = ""
    phones: str = ""
    name: str = ""
    undo: bool = False
    with_kept: bool = False


class ListMade(msgspec.Struct, frozen=True):
    """A list that was made: the file, how it is installed, and the names of what was left out since it stays open."""

    kind: Kind
    file: FileMade
    steps: tuple[str, ...]
    left_out: tuple[str, ...] = ()


class ListOffered(msgspec.Struct, frozen=True):
    """
    A kind of list as it stands for a person.

    Args:
        sites: Those to choose from, none where the kind takes none.
        kept: Names of what stays open on purpose and this list would close.
        undo_rests: Whether its undo is not given now.
    """

    kind: Kind
    sites: tuple[Site, ...]
    kept: tuple[str, ...]
    undo_rests: bool


def lists_offered(desk: Desk | None) -> tuple[ListOffered, ...]:
    """Every kind, in its order; as they came where nothing has been set up."""
    plan = _plan(desk)
    return tuple(_offered(plan, each) for each in KINDS)


def list_offered(desk: Desk | None, id: str) -> ListOffered:
    """
    One kind.

    Raises:
        NoSuchList: There is none.
    """
    return _offered(_plan(desk), find_kind(id))


def channels_listed() -> frozenset[str]:
    """Ids of channels that some list closes."""
    return frozenset({MAIL, *(each.channel for each in load_sites())})


def require_list(desk: Desk | None, id: str, *, undo: bool) -> None:
    """
    Whether a list could be made now, before anything is typed.

    Raises:
        NoSuchList: There is none.
        UndoRests: Its undo was asked for in a clear stop.
    """
    if undo and _offered(_plan(desk), find_kind(id)).undo_rests:
        raise UndoRests


def make_list(desk: Desk | None, id: str, asked: ListAsked) -> ListMade:
    """
    A list as a file, or its undo. Nothing is recorded.

    Raises:
        NoSuchList: There is none.
        UndoRests: Its undo was asked for in a clear stop.
        NotAMailAddress, NotAPhoneNumber, NotANeutralName, NotAProfile, TooManyInAList: What was typed is not that.
        SettingRefused: There is no such site.
        ListIsEmpty: Nothing was chosen that belongs into it.
        ListClosesKept: All of it is what stays open on purpose.
    """
    require_list(desk, id, undo=asked.undo)
    all_of_it = asked.with_kept or asked.undo  # taking a list out closes nothing
    kind, kept = find_kind(id), frozenset[str]() if all_of_it else kept_channels(_plan(desk))
    wanted, left_out = _without(_read(kind, asked), kept)
    if _is_empty(kind, wanted):
        raise ListClosesKept if left_out else ListIsEmpty
    file = make_file(kind, wanted, undo=asked.undo, leave_out=kept)
    return ListMade(kind, file, kind.steps(undo=asked.undo), left_out or _cards_kept(kind, kept))


def describe_list(offered: ListOffered) -> dict[str, Any]:
    """A kind as plain values for machines."""
    kind = offered.kind
    return {
        "id": kind.id,
        "place": kind.place,
        "name": _(kind.name),
        "does": _(kind.does),
        "needs": kind.needs,
        "file": kind.file,
        "undo_file": kind.undo_file,
        "install": list(kind.steps(undo=False)),
        "undo": None if offered.undo_rests else list(kind.steps(undo=True)),
        "limits": [_(each) for each in kind.limits],
        "sites": [{"id": each.id, "name": each.name, "channel": each.channel} for each in offered.sites],
        "kept": list(offered.kept),
    }


def _plan(desk: Desk | None) -> Plan:
    return Plan() if desk is None else plan_of(desk)


def _offered(plan: Plan, kind: Kind) -> ListOffered:
    sites = load_sites() if kind.needs in ("places", "sites") else ()
    return ListOffered(kind, sites, _closes(kind, sites, kept_channels(plan)), plan.terms.hard_stop is not None)


def _closes(kind: Kind, sites: tuple[Site, ...], kept: frozenset[str]) -> tuple[str, ...]:
    """Names of what a kind could close although it stays open on purpose."""
    if kind.needs == "addresses":
        return (find_channel(MAIL).name,) if MAIL in kept else ()
    return tuple(each.name for each in sites if each.channel in kept) or _cards_kept(kind, kept)


def _cards_kept(kind: Kind, kept: frozenset[str]) -> tuple[str, ...]:
    ids = {id for id, _ in CARDS[kind.id]} if kind.id in CARDS else set()
    return tuple(each.name for each in load_map().channels if each.id in ids & kept)


def _read(kind: Kind, asked: ListAsked) -> Wanted:
    """What was typed, read as far as the kind needs it."""
    match kind.needs:
        case "places":
            return Wanted(sites=pick_sites(asked.sites), profiles=read_profiles(asked.profiles))
        case "sites":
            return Wanted(sites=pick_sites(asked.sites))
        case "addresses":
            return Wanted(addresses=read_addresses(asked.addresses))
        case "contact":
            return Wanted(contact=_read_contact(asked))
    return Wanted()


def _read_contact(asked: ListAsked) -> Contact | None:
    name = read_name(asked.name)
    contact = Contact(name, read_phones(asked.phones), read_addresses(asked.addresses))
    return None if not (contact.phones or contact.addresses) or (asked.undo and not name) else contact


def _without(wanted: Wanted, kept: frozenset[str]) -> tuple[Wanted, tuple[str, ...]]:
    """What is left when the channels that stay open are taken out, and the names of what was."""
    closing: list[Site | Profile] = [*wanted.sites, *wanted.profiles]
    left = tuple(dict.fromkeys(site.name for each in closing if (site := _site(each)).channel in kept))
    mail = MAIL in kept and wanted.addresses
    without = msgspec.structs.replace(
        wanted,
        sites=tuple(each for each in wanted.sites if each.channel not in kept),
        profiles=tuple(each for each in wanted.profiles if each.site.channel not in kept),
        addresses=() if mail else wanted.addresses,
    )
    return without, (*left, find_channel(MAIL).name) if mail else left


def _site(each: Site | Profile) -> Site:
    return each.site if isinstance(each, Profile) else each


def _is_empty(kind: Kind, wanted: Wanted) -> bool:
    return kind.needs != "nothing" and not (wanted.sites or wanted.profiles or wanted.addresses or wanted.contact)
