"""
What a person types of the other one, read strictly: e-mail addresses, telephone numbers, a neutral name, profiles.

What comes out holds no line end and no sign that could end a string, a rule or a field in any of the lists; what does
not fit is refused as a whole, never mended in part. Addresses are those that a mail rule can match in practice: ASCII
before the sign (RFC 5321 without quoting), and a domain of letters, digits and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, TypeVar

from fallow.errors import NotAMailAddress, NotANeutralName, NotAPhoneNumber, TooManyInAList
from fallow.reach.lists.sites import Profile, read_profile

T = TypeVar("T")
AT_MOST: Final = 20
"""Entries of one kind in a list; one person rarely has more, and a slip of the paste should be seen."""
LOCAL_LIMIT: Final = 64
"""Octets before the sign, RFC 5321."""
ADDRESS_LIMIT: Final = 254
"""Octets of an address, RFC 5321 erratum 1690."""
NAME_LIMIT: Final = 60
PHONE_DIGITS: Final = range(3, 16)
"""Digits of a number; 15 at most in E.164, and short numbers have three."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_+'-]*(?:\.[A-Za-z0-9_+'-]+)*", re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_PHONE: Final = re.compile(r"\+?[0-9 ()./\u00a0-]+", re.ASCII)


def read_addresses(typed: str) -> tuple[str, ...]:
    """
    E-mail addresses, one a line or with commas between, each once; the domain in small letters.

    Raises:
        NotAMailAddress: One of them is none.
        TooManyInAList: More than a list takes.
    """
    return _few(_read_address(each) for each in re.split(r"[\s,;]+", typed) if each)


def read_phones(typed: str) -> tuple[str, ...]:
    """
    Telephone numbers, one a line, each once, as digits with a plus in front or none.

    Raises:
        NotAPhoneNumber: One of them is none.
        TooManyInAList: More than a list takes.
    """
    return _few(_read_phone(each.strip()) for each in typed.splitlines() if each.strip())


def read_profiles(typed: str) -> tuple[Profile, ...]:
    """
    Profiles by their addresses, one a line, each once.

    Raises:
        NotAProfile: One of them is none that is known here.
        TooManyInAList: More than a list takes.
    """
    return _few(read_profile(each) for each in typed.split())


def read_name(typed: str) -> str:
    """
    A name to show, in one line; empty where nothing was typed.

    Raises:
        NotANeutralName: It is too long, or has signs in it that cannot be seen.
    """
    name = typed.strip()
    if len(name) > NAME_LIMIT or any(unicodedata.category(each)[0] in "CZ" and each != " " for each in name):
        raise NotANeutralName
    return name


def _read_address(typed: str) -> str:
    local, sign, domain = typed.rpartition("@")
    try:
        plain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError as problem:
        raise NotAMailAddress from problem
    labels = plain.split(".")
    right = sign and _LOCAL.fullmatch(local) and len(labels) > 1 and all(_LABEL.fullmatch(each) for each in labels)
    if not right or len(local) > LOCAL_LIMIT or len(local) + len(plain) + 1 > ADDRESS_LIMIT or labels[-1].isdigit():
        raise NotAMailAddress
    return f"{local}@{plain}"


def _read_phone(typed: str) -> str:
    digits = re.sub(r"[^0-9]", "", typed)
    if not _PHONE.fullmatch(typed) or len(digits) not in PHONE_DIGITS:
        raise NotAPhoneNumber
    return ("+" if typed.startswith("+") else "") + digits


def _few(found: Iterable[T]) -> tuple[T, ...]:
    once = tuple(dict.fromkeys(found))
    if len(once) > AT_MOST:
        raise TooManyInAList(most=AT_MOST)
    return once
