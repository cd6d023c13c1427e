"""Making a list: a kind, and what was read for it, become one file or its undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from fallow.errors import NoSuchList
from fallow.reach.channels import load_map
from fallow.reach.lists import blockers, cards, contact, filters, hosts, mail
from fallow.reach.lists.kinds import KINDS, Kind
from fallow.reach.lists.wanted import Wanted


class FileMade(msgspec.Struct, frozen=True):
    """A file that was made: its name, its content type, and its bytes."""

    name: str
    media: str
    body: bytes


Writer = Callable[[Wanted], str]
_WRITERS: Final[dict[str, tuple[Writer, Writer | None]]] = {
    "ublock": (filters.write_filters, filters.undo_filters),
    "adguard": (filters.write_filters, filters.undo_filters),
    "leechblock": (blockers.write_leechblock, blockers.undo_leechblock),
    "stayfocusd": (blockers.write_stayfocusd, None),
    "hosts": (hosts.write_hosts, hosts.undo_hosts),
    "adguard-home": (filters.write_names, filters.undo_names),
    "sieve": (mail.write_sieve, mail.undo_sieve),
    "gmail": (mail.write_gmail, None),
    "outlook": (mail.write_outlook, None),
    "vcard": (contact.write_contact, contact.write_contact),
}
"""What writes a list, and what writes its undo; None: its undo is its steps. The step cards need the map."""


def find_kind(id: str) -> Kind:
    """
    Raises:
        NoSuchList: There is none.
    """
    found = next((each for each in KINDS if each.id == id), None)
    if found is None:
        raise NoSuchList
    return found


def make_file(kind: Kind, wanted: Wanted, *, undo: bool = False, leave_out: frozenset[str] = frozenset()) -> FileMade:
    """
    The list as a file, or its undo.

    Args:
        wanted: What the kind needs; anything else in it is not looked at.
        leave_out: Ids of channels that a step card leaves out.
    """
    name, media = (kind.undo_file, kind.undo_media) if undo else (kind.file, kind.media)
    return FileMade(name, media, _written(kind, wanted, undo=undo, leave_out=leave_out).encode())


def _written(kind: Kind, wanted: Wanted, *, undo: bool, leave_out: frozenset[str]) -> str:
    if kind.needs == "nothing":
        return cards.write_card("ios" if kind.id == "ios" else "android", load_map(), leave_out, undo=undo)
    write = _WRITERS.get(kind.id, (None, None))[undo]
    return _in_steps(kind) if write is None else write(wanted)


def _in_steps(kind: Kind) -> str:
    """An undo that is done by hand."""
    return "".join(f"{number}. {step}\n" for number, step in enumerate(kind.steps(undo=True), start=1))
