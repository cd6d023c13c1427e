"""Lists as the tests make them: from what a person would type."""

from __future__ import annotations

from fallow.reach import Contact, Wanted, find_kind, make_file, pick_sites, read_addresses, read_phones, read_profiles

NAME = "instagram.com/some.name"
NUMBER = "https://www.facebook.com/profile.php?id=123&sk=about"


def wanted(*, sites: str = "", profiles: str = "", addresses: str = "", name: str = "", phones: str = "") -> Wanted:
    """What was read of it, each in words with spaces between."""
    contact = Contact(name, read_phones(phones), read_addresses(addresses)) if phones or name else None
    return Wanted(pick_sites(sites.split()), read_profiles(profiles), read_addresses(addresses), contact)


def text_of(kind: str, given: Wanted, *, undo: bool = False) -> str:
    """The file, or its undo, as text."""
    return make_file(find_kind(kind), given, undo=undo).body.decode()
