"""
The help lines Fallow can show without a network: dated data, checked as it is read.

Every number in `help_lines.json` was seen on a stored page of the service itself, of a government or health
service, or of a known organisation; each entry says where, when it was looked at and what stood there. A number
that could not be seen is not in the file. Web addresses are words to read: nothing here is ever fetched.
How the list is made and renewed: docs/explanation/help-lines.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files
from typing import Final, Literal

import msgspec

from fallow.language import Phrase, per_language

Purpose = Literal["crisis", "abuse", "stalking", "own_behaviour", "young_people", "emotional_support"]
"""Whom a line is for. `own_behaviour`: for the one who fears what they might do, or has done it."""

MAX_AGE: Final = dt.timedelta(days=365)
"""Data looked at longer ago than this must be looked at again before a release (own rule; a test holds it)."""

OTHER: Final = "other"
"""Code of the entry for every country that has none of its own."""


class Emergency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number to call when life is in danger; `says` is a whole sentence holding it. Empty where none is known."""

    number: str
    says: Phrase
    checked_on: dt.date
    source_url: str
    seen: str

    @property
    def dial(self) -> str:
        """The first number as a telephone takes it ("999 or 112" gives 999), or nothing."""
        return self.number.partition(" ")[0]


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"purpose": "for"}):
    """One service and how it is reached; what is not known is empty."""

    name: str
    purpose: Purpose
    phone: str
    text: Phrase
    url: str
    hours: Phrase
    note: Phrase
    checked_on: dt.date
    source_url: str
    seen: str

    @property
    def dial(self) -> str:
        """The phone number as a telephone takes it: digits only, with a leading + where there is one."""
        return "".join(sign for sign in self.phone if sign.isascii() and (sign.isdigit() or sign == "+"))


class CountryHelp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What there is in one country; `code` is ISO 3166-1 alpha-2, or `other`."""

    code: str
    name: Phrase
    emergency: Emergency
    lines: tuple[HelpLine, ...]

    def lines_for(self, *purposes: Purpose) -> tuple[HelpLine, ...]:
        """The lines for these purposes, in the order of the file."""
        return tuple(line for line in self.lines if line.purpose in purposes)


class HelpLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All countries of the file in its order, and the entry for everywhere else."""

    countries: tuple[CountryHelp, ...]
    other: CountryHelp

    def for_country(self, code: str | None) -> CountryHelp:
        """The help in a country, or the entry for everywhere else where none is known. Never fails."""
        wanted = (code or OTHER).upper()
        return next((country for country in self.countries if country.code == wanted), self.other)

    def for_concerns(self, code: str | None, concerns: Iterable[str]) -> tuple[HelpLine, ...]:
        """The lines of a country for what was said about safety, and the directory for everywhere."""
        country, held = self.for_country(code), set(concerns)
        crisis = country.lines_for("crisis", "emotional_support") if "wish_to_die" in held else ()
        afraid = country.lines_for("abuse", "stalking") if "afraid" in held else ()
        return crisis + afraid + (() if country is self.other else self.other.lines)

    def for_purposes(self, code: str | None, purposes: Iterable[Purpose]) -> tuple[HelpLine, ...]:
        """The lines of a country for these purposes, in their order, and the directory for everywhere."""
        country = self.for_country(code)
        found = tuple(line for purpose in purposes for line in country.lines_for(purpose))
        return found + (() if country is self.other else self.other.lines)

    @property
    def checked_on(self) -> dt.date:
        """The oldest date any entry was looked at."""
        every = (*self.countries, self.other)
        emergencies = (country.emergency.checked_on for country in every)
        lines = (line.checked_on for country in every for line in country.lines)
        return min(*emergencies, *lines)

    def is_old(self, today: dt.date) -> bool:
        """Whether some entry was looked at more than `MAX_AGE` ago."""
        return today - self.checked_on > MAX_AGE


@per_language(HelpLines)
def load_help_lines() -> HelpLines:
    """
    Read and check the help lines that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("help_lines.json").read_bytes()
    return msgspec.json.decode(body, type=HelpLines)
