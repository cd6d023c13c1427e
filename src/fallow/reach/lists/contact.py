"""
An entry for the address book under a neutral name: a vCard 3.0 (RFC 2426), which telephones and mail programs take.

It changes what a screen shows when a call or a message comes, and closes nothing. What is now in the address book is
not known here; so its undo is the same entry under the name it had, typed again.
"""

from __future__ import annotations

from typing import Final

from fallow.language import gettext as _
from fallow.reach.lists.wanted import NEUTRAL_NAME, Wanted

FOLD: Final = 75
"""Octets of a line (RFC 2426, 2.6), the line end apart."""


def write_contact(wanted: Wanted) -> str:
    """One entry; lines end in CRLF."""
    assert wanted.contact is not None, "a contact was read before"
    name = escape_vcard(wanted.contact.name or _(NEUTRAL_NAME))
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{name};;;;", f"FN:{name}"]
    lines += [f"TEL;TYPE=CELL:{each}" for each in wanted.contact.phones]
    lines += [f"EMAIL;TYPE=INTERNET:{escape_vcard(each)}" for each in wanted.contact.addresses]
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCARD"])


def escape_vcard(text: str) -> str:
    """A text value (RFC 2426, 5): a backslash before a backslash, a comma and a semicolon; a line end as its sign."""
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> str:
    """A line in parts of 75 octets at most, each further one behind a space, and no letter taken apart."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > FOLD - bool(parts):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
