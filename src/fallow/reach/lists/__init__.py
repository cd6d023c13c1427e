"""Lists to install: files for tools of one's own that make a way to reach or watch harder to take; and their undo."""

from fallow.reach.lists.cards import CARDS
from fallow.reach.lists.kinds import KINDS, Kind, Place
from fallow.reach.lists.making import FileMade, find_kind, make_file
from fallow.reach.lists.reading import read_addresses, read_name, read_phones, read_profiles
from fallow.reach.lists.sites import Profile, Site, load_sites, pick_sites
from fallow.reach.lists.wanted import Contact, Wanted

__all__ = [
    "CARDS",
    "KINDS",
    "Contact",
    "FileMade",
    "Kind",
    "Place",
    "Profile",
    "Site",
    "Wanted",
    "find_kind",
    "load_sites",
    "make_file",
    "pick_sites",
    "read_addresses",
    "read_name",
    "read_phones",
    "read_profiles",
]
