"""What a list is made of, once it was read and found right: nothing here is ever kept."""

from __future__ import annotations

from typing import Final

import msgspec

from fallow.language import N_
from fallow.reach.lists.sites import Profile, Site

FOLDER: Final = N_("Set aside")
"""The folder a mail rule moves to: a plain name, and letters that every mail server takes."""
NEUTRAL_NAME: Final = N_("Not now")
"""What a contact is called where no other neutral name is given."""
BEGINS: Final = "notes: list begins"
ENDS: Final = "notes: list ends"
"""Lines around what was added, so that it can be found and taken out again."""


class Contact(msgspec.Struct, frozen=True):
    """
    An entry of an address book.

    Args:
        name: What to show.
        phones: Digits, with a plus in front or none.
        addresses: E-mail addresses.
    """

    name: str
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Wanted(msgspec.Struct, frozen=True):
    """
    Args:
        sites: To close whole.
        profiles: To close alone; those of a site that is closed whole are passed over.
        addresses: E-mail addresses whose messages are moved.
        contact: An entry of an address book.
    """

    sites: tuple[Site, ...] = ()
    profiles: tuple[Profile, ...] = ()
    addresses: tuple[str, ...] = ()
    contact: Contact | None = None

    @property
    def domains(self) -> tuple[str, ...]:
        """Of every site that is closed whole."""
        return tuple(domain for site in self.sites for domain in site.domains)

    @property
    def alone(self) -> tuple[Profile, ...]:
        """Profiles of sites that are not closed whole, each once."""
        return tuple(dict.fromkeys(each for each in self.profiles if each.site not in self.sites))
