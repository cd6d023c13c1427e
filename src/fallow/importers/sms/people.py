"""
Who is behind the addresses of a phone: one number is written in many ways, and one person may have several.

Two addresses are one person when they agree in their last nine digits, or when the phone knew both under one name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from fallow.errors import TooManyMessages, WhichChat
from fallow.importers.addresses import key_of, root_of
from fallow.importers.gathering import clean_name
from fallow.importers.interface import MESSAGES, ChatInside
from fallow.importers.sms.elements import unescape

MOST_ADDRESSES: Final = 100_000
"""Different addresses in one file, from which it is no phone's."""
OWN: Final = "insert-address-token"
"""What stands in place of the phone's own number."""
NOBODY: Final = frozenset(("", "-1", "-2", "-3"))
"""What stands in place of a number that was withheld."""
MOST_OWN: Final = 9
"""Numbers of one phone that are looked at."""
UNKNOWN: Final = re.compile(r"\(.*\)")
"""How a contact that has no name is called, in the language of the phone."""


@dataclass(frozen=True, slots=True)
class Person:
    """
    One the phone wrote with.

    Args:
        chat: For choosing.
        addresses: Every spelling of their addresses, as the file writes it.
        keys: The same, one spelling each.
    """

    chat: ChatInside
    addresses: frozenset[bytes]
    keys: frozenset[str]


class AddressBook:
    """Every address in a file with the names the phone knew it by, and which addresses are the phone's own."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[bytes, bytes]] = Counter()
        self._own: set[str] = {OWN}

    def add(self, address: bytes, name: bytes) -> None:
        """
        One message or call with an address.

        Raises:
            WhichChat, TooManyMessages: If there are more than any phone has.
        """
        self._seen[address, name] += 1
        if len(self._seen) > MOST_ADDRESSES:
            raise WhichChat(chats=MOST_ADDRESSES)
        if self._seen[address, name] > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)

    def add_own(self, sender: bytes, address: bytes) -> None:
        """A number that the phone sent from; some phones write the other's there as well."""
        if len(self._own) < MOST_OWN and key_of(unescape(sender)) != key_of(unescape(address)):
            self._own.add(key_of(unescape(sender)))

    def people(self, *, apart: bool = False) -> list[Person]:
        """
        Everybody the phone wrote with alone, in the order of the file; groups are left out.

        Args:
            apart: Whether every number is somebody of its own, whatever name the phone knew it by.
        """
        whose = {pair: key for pair in self._seen if (key := self._alone(unescape(pair[0]))) is not None}
        same, named = dict[str, str](), dict[str, str]()
        for (_, name), key in whose.items():
            if not apart and (called := called_by(name)):
                same[root_of(same, key)] = root_of(same, named.setdefault(called.casefold(), key))
        groups: dict[str, list[tuple[bytes, bytes]]] = {}
        for pair, key in whose.items():
            groups.setdefault(root_of(same, key), []).append(pair)
        return [self._person(pairs, frozenset(whose[pair] for pair in pairs)) for pairs in groups.values()]

    def _alone(self, address: str) -> str | None:
        """The one person an address means; None for a group or nobody."""
        keys = {key_of(one) for one in address.split("~")} - self._own - NOBODY
        return keys.pop() if len(keys) == 1 else None

    def _person(self, pairs: list[tuple[bytes, bytes]], keys: frozenset[str]) -> Person:
        names, addresses = Counter[str](), Counter[bytes]()
        for address, name in pairs:
            names[called_by(name)] += self._seen[address, name]
            addresses[address] += self._seen[address, name]
        del names[""]
        most = clean_name(unescape(addresses.most_common(1)[0][0]))
        called = names.most_common(1)[0][0] if names else most
        spelled: dict[str, str] = {}
        for address, _count in addresses.most_common():
            if (key := self._alone(unescape(address))) is not None:
                spelled.setdefault(key, clean_name(unescape(address)))
        joined = tuple(spelled.values()) if len(keys) > 1 else ()
        chat = ChatInside(most, called, addresses.total(), addresses=joined)
        return Person(chat, frozenset(addresses), keys)


def called_by(name: bytes) -> str:
    """The name of a contact, empty where the phone knew none."""
    called = clean_name(unescape(name))
    return "" if UNKNOWN.fullmatch(called) else called
