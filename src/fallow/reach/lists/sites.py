"""
Sites that can be closed whole, and the addresses of one profile on them.

What is typed as a profile's address becomes one of the known forms or is refused: after that no sign is left in it that
means something to a filter, a regular expression or a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from fallow.errors import NotAProfile, SettingRefused
from fallow.language import gettext as _

ADDRESS_LIMIT: Final = 400
NAME: Final = "{name}"
_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?P<host>[a-z0-9.-]+)(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?", re.IGNORECASE | re.ASCII
)
"""A scheme or none, a host without a name before it or a port behind it, and what follows."""


class ProfileForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    One form of a profile's address.

    Args:
        takes: The address below the domain, with {name} in it.
        name: A regular expression of what {name} may be.
        blocks: The addresses to close for it.
    """

    takes: str
    name: str
    blocks: tuple[str, ...]


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    A site of the map.

    Args:
        id: Stable.
        channel: The channel of the map it belongs to; several sites may share one.
        name: What it is called.
        domains: Closed with everything below them.
        hosts: The exact names for a hosts file.
        profiles: Forms of a profile's address; none: it can only be closed whole.
        not_names: First parts of an address that are no person.
    """

    id: str
    channel: str
    name: str
    domains: tuple[str, ...]
    hosts: tuple[str, ...]
    profiles: tuple[ProfileForm, ...] = ()
    not_names: tuple[str, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """One profile: its site, and the addresses below each domain that are closed for it; they begin with a slash."""

    site: Site
    paths: tuple[str, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Domain and path together, without the scheme."""
        return tuple(domain + path for domain in self.site.domains for path in self.paths)


class _Sites(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sites: tuple[Site, ...]


@cache
def load_sites() -> tuple[Site, ...]:
    """
    Every site that came with this version, in the order in which it is offered.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    return msgspec.toml.decode(files(__package__).joinpath("sites.toml").read_bytes(), type=_Sites).sites


def pick_sites(ids: Iterable[str]) -> tuple[Site, ...]:
    """
    Sites by their ids, in the order of the list, each once.

    Raises:
        SettingRefused: There is no such site.
    """
    wanted, known = set(ids), load_sites()
    if not wanted <= {each.id for each in known}:
        raise SettingRefused(setting=_("a site"))
    return tuple(each for each in known if each.id in wanted)


def read_profile(typed: str) -> Profile:
    """
    A profile by the address at which a browser shows it.

    Args:
        typed: With or without its scheme; what follows the profile in it is left out.
    Raises:
        NotAProfile: It is no address of a profile that is known here.
    """
    found = _ADDRESS.fullmatch(typed) if len(typed) <= ADDRESS_LIMIT and typed.isprintable() else None
    site = None if found is None else _site_of(found["host"].lower().removesuffix("."))
    if found is None or site is None:
        raise NotAProfile
    path, query = _ascii(found["path"] or "/"), _ascii(found["query"] or "")
    for form in site.profiles:
        named = _pattern(form).match(f"{path}?{query}" if "?" in form.takes else path)
        if named is not None and named["name"].lower() not in site.not_names:
            return Profile(site, tuple(each.replace(NAME, named["name"]) for each in form.blocks))
    raise NotAProfile


def _site_of(host: str) -> Site | None:
    return next((site for site in load_sites() if any(_within(host, domain) for domain in site.domains)), None)


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def _ascii(text: str) -> str:
    """Letters beyond ASCII as a browser sends them, percent and hexadecimal digits."""
    return "".join(each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode()) for each in text)


@cache
def _pattern(form: ProfileForm) -> re.Pattern[str]:
    """The form, at the beginning of an address, up to the end of a part of it."""
    before, after = form.takes.split(NAME)
    return re.compile(f"{re.escape(before)}(?P<name>{form.name}){re.escape(after)}(?=[/?&]|$)", re.ASCII)
