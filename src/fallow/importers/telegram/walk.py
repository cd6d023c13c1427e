"""
The chats of a `result.json`, one after the other: a single chat is the whole file, a full export lists many.

    {name, type, id, messages: […]}                                   one chat
    {personal_information: {user_id, …}, chats: {list: [chat, …]}}    everything

Seen in the source of Telegram Desktop (export_output_json) and in exports of 2019 to 2026. Keys may come in any order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import msgspec

from fallow.errors import NotAChat
from fallow.importers.telegram.people import NOBODY
from fallow.importers.telegram.stream import Reader, Taker
from fallow.messages import ALTER, EGO

PERSONAL: Final = "personal_chat"
GROUPS: Final = frozenset(("private_group", "private_supergroup", "public_supergroup"))
CHAT_TYPE: Final = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_(?:group|supergroup|channel))"'
)
MESSAGES: Final = re.compile(rb'"messages"\s*:\s*\[')
ENTRY_KEYS: Final = re.compile(rb'"(?:date_unixtime|text_entities|from_id|actor_id)"\s*:')
FULL: Final = re.compile(rb'"(?:personal_information|chats)"\s*:\s*\{')
FULL_KEYS: Final = re.compile(rb'"(?:user_id|about|list)"\s*:')
BOM: Final = b"\xef\xbb\xbf"
"""How every page of the export for reading begins."""


class Person(msgspec.Struct):
    """Whose export it is."""

    user_id: int | None = None
    first_name: str | None = None
    last_name: str | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name or ''} {self.last_name or ''}".strip()


@dataclass(slots=True)
class Head:
    """What a chat says of itself; all of it is known only when the chat has been read."""

    full: bool
    me: Person
    type: str | None = None
    name: str | None = None
    id: int | None = None

    @property
    def personal(self) -> bool:
        return self.type == PERSONAL

    @property
    def group(self) -> bool:
        return self.type in GROUPS

    def side_of(self, key: str) -> int:
        """EGO or ALTER, in a personal chat: whoever the chat is not with, or else whoever exported it, is ego."""
        if self.my_key is not None:
            return EGO if key == self.my_key else ALTER
        return ALTER if key in (self.other_key, NOBODY) else EGO

    @property
    def other_key(self) -> str:
        """How the entries of a personal chat name the other one."""
        return f"user{self.id}"

    @property
    def my_key(self) -> str | None:
        return None if self.me.user_id is None else f"user{self.me.user_id}"


T = TypeVar("T", bound=Taker[Any])


@dataclass(frozen=True, slots=True)
class Walked(Generic[T]):
    """One chat that was read to its end, by whoever took its entries."""

    head: Head
    taken: T


def knows(head: bytes) -> bool:
    """Whether a file that begins so is one chat or a full export."""
    bare = head.removeprefix(BOM).lstrip()
    if not bare.startswith(b"{"):
        return False
    if MESSAGES.search(bare) and (CHAT_TYPE.search(bare) or ENTRY_KEYS.search(bare)):
        return True
    return bool(FULL.search(bare) and FULL_KEYS.search(bare))


def walk(reader: Reader, begin: Callable[[Head], T]) -> Iterator[Walked[T]]:
    """
    Read every chat, in the order of the file.

    Args:
        begin: Called where a chat's entries begin, with what is known of it by then; says who takes them.
    Yields:
        Each chat with whoever took its entries, as soon as it has been read.
    Raises:
        NotAChat: If there is none in the file.
        BrokenFile, EntryTooLong: As they are found.
    """
    me, root, found = Person(), Head(full=False, me=Person()), False
    taken: T | None = None
    for key in reader.members():
        if key == "personal_information" and reader.peek() == ord("{"):
            me = reader.value(Person)
        elif key == "chats" and reader.peek() == ord("{"):
            found = True
            yield from _listed(reader, me, begin)
        else:
            taken = _value(reader, key, root, begin) or taken
    reader.require_end()
    if taken is not None:
        yield Walked(root, taken)
    elif not found:
        raise NotAChat


def _listed(reader: Reader, me: Person, begin: Callable[[Head], T]) -> Iterator[Walked[T]]:
    for key in reader.members():
        if key != "list" or reader.peek() != ord("["):
            reader.skip()
            continue
        for _place in reader.items():
            head, taken = Head(full=True, me=me), None
            for name in reader.members():
                taken = _value(reader, name, head, begin) or taken
            if taken is not None:
                yield Walked(head, taken)


def _value(reader: Reader, key: str, head: Head, begin: Callable[[Head], T]) -> T | None:
    """Take one value of a chat; where it is the entries, say who took them."""
    if key == "messages" and reader.peek() == ord("["):
        taker = begin(head)
        reader.entries(taker)
        return taker
    if key not in ("type", "name", "id"):
        reader.skip()
        return None
    told = reader.value(object)
    if key == "id":
        head.id = told if isinstance(told, int) else None
    elif key == "name":
        head.name = told if isinstance(told, str) else None
    else:
        head.type = told if isinstance(told, str) else None
    return None
