"""
Google Chat and Hangouts out of Google Takeout → an `Export`: one chat of two people.

    Groups/DM …/messages.json      the chat
    Groups/DM …/group_info.json    who is in it
    Users/User …/user_info.json    whose account it is

    parts ─┬─ once ──> who writes in each ─ choose_chat ─> one of them
           └─ again, that one alone ─> Gathering

Times are sentences in the language of the account, to the second, in UTC. Whose account it is shows also where several
chats are there; else it is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from fallow.errors import BrokenFile, EntryTooLong, NotTwoPeople, TooManyMessages
from fallow.importers.choosing import choose_chat
from fallow.importers.gathering import Gathering, clean_name
from fallow.importers.googledates import instant_of
from fallow.importers.interface import MESSAGES, Answers, ChatInside, Export, Progress
from fallow.importers.source import Part, Source
from fallow.importers.telegram.entries import NO_JSON, NONE, is_there
from fallow.importers.telegram.stream import Reader, Taker
from fallow.importers.text import utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

LIST: Final = re.compile(rb'"messages"\s*:\s*\[')
ENTRY_KEYS: Final = (re.compile(rb'"creator"\s*:\s*\{'), re.compile(rb'"created_date"\s*:\s*"'))
MOST_WRITERS: Final = 1_000
"""Of one chat, from which nobody needs their names."""
INFO: Final = re.compile(r"(^|/)(user|group)_info\.json$")
INFO_BYTES: Final = 1 << 20
"""Longest of those; a space of thousands is far shorter."""


class Creator(msgspec.Struct, gc=False):
    """Who wrote."""

    name: str | None = None
    email: str | None = None
    user_type: str | None = None

    @property
    def key(self) -> str:
        return clean_name(self.email or self.name).casefold()


class Version(msgspec.Struct, gc=False):
    """An earlier wording."""

    created_date: str | None = None


class Integration(msgspec.Struct, gc=False):
    call_data: msgspec.Raw = NONE


class Annotation(msgspec.Struct, gc=False):
    """What is beside or in the text; of it, calls are looked at."""

    video_call_metadata: msgspec.Raw = NONE
    gsuite_integration_metadata: Integration | None = None

    @property
    def call(self) -> bool:
        within = self.gsuite_integration_metadata
        return is_there(self.video_call_metadata) or (within is not None and is_there(within.call_data))


class Entry(msgspec.Struct, gc=False):
    """One message."""

    creator: Creator | None = None
    created_date: str | None = None
    updated_date: str | None = None
    deleted_date: str | None = None
    previous_message_versions: list[Version] | None = None
    text: str | None = None
    message_state: str | None = None
    attached_files: list[Any] | None = None
    annotations: list[Annotation] | None = None
    reactions: list[Any] | None = None

    @property
    def date(self) -> str:
        """When it was written: of one that was changed, the first wording tells."""
        first = next((one.created_date for one in self.previous_message_versions or () if one.created_date), None)
        return self.created_date or first or self.updated_date or self.deleted_date or ""

    @property
    def kind(self) -> Kind:
        """What it was; a call is one with nothing said besides."""
        if (self.message_state or "").upper() == "DELETED" or (self.deleted_date and not self.text):
            return Kind.DELETED
        if self.text and not self.attached_files:
            return Kind.TEXT
        return Kind.CALL if not self.text and any(one.call for one in self.annotations or ()) else Kind.MEDIA


class Info(msgspec.Struct, gc=False):
    """What `user_info.json` and `group_info.json` tell."""

    user: Creator | None = None
    members: list[Creator] = []


INFOS: Final = msgspec.json.Decoder(Info)
ENTRIES: Final = msgspec.json.Decoder(list[Entry])


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a chat out of Google Takeout."""
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bare.startswith(b"{") and LIST.search(bare) is not None and all(key.search(bare) for key in ENTRY_KEYS)


def picks(likely: list[Part]) -> tuple[Part, ...]:
    """The chats of a takeout, and what it tells of them."""
    said = [one for one in likely if not INFO.search(one.name) and knows(one.head())]
    return (*said, *(one for one in likely if INFO.search(one.name))) if said else ()


class _Writers(Taker[Entry]):
    """Who writes in a chat."""

    def __init__(self) -> None:
        super().__init__(ENTRIES)
        self.names: dict[str, str] = {}
        self.count = 0

    def take(self, rows: list[Entry], raw: bytes) -> None:
        for one in rows:
            if (writer := _writer(one)) is not None and len(self.names) < MOST_WRITERS:
                self.names.setdefault(writer.key, clean_name(writer.name) or clean_name(writer.email))
            self.count += writer is not None
        if self.count > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)


def _writer(entry: Entry) -> Creator | None:
    """The person who wrote; None for a program or nobody."""
    creator = entry.creator
    return None if creator is None or not creator.key or (creator.user_type or "").lower() == "bot" else creator


class _Rows(Taker[Entry]):
    """The messages of one chat as they become rows."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(ENTRIES)
        self.gathered = Gathering()
        self._names = names
        self._number = 0

    def take(self, rows: list[Entry], raw: bytes) -> None:
        for one in rows:
            self._number += 1
            self._add(one, self._number)

    def _add(self, entry: Entry, number: int) -> None:
        writer = _writer(entry)
        at = instant_of(entry.date)
        if writer is None:
            self.gathered.add_notice(at or 0, entry.text or "", line=number)
            return
        if at is None:
            self.gathered.note("entries_without_time", number)
            return
        if entry.reactions:
            self.gathered.note("reactions_without_time", number, len(entry.reactions))
        kind = entry.kind
        if entry.previous_message_versions and kind is not Kind.DELETED:
            self.gathered.note("edited", number)
        text = "" if kind is Kind.DELETED else entry.text or ""
        self.gathered.add(at, self._names[writer.key], kind, text, line=number)


class _Chat:
    """A file, who writes in it, who else is told to be in it, and how it is called."""

    def __init__(self, part: Part, writers: _Writers, members: dict[str, str]) -> None:
        self.part, self.count = part, writers.count
        everybody = members | writers.names
        self.same = _without_address(everybody)
        self.members = {key: name for key, name in everybody.items() if key not in self.same}
        self.names = {self.same.get(key, key): name for key, name in writers.names.items()}
        folder = part.name.replace("\\", "/").split("/")
        self.id = clean_name(folder[-2] if len(folder) > 1 else part.name)

    def other(self, owner: str) -> str:
        """The name of who is not the owner; of the folder, where that is nobody."""
        names = _told_apart(self.members)
        return ", ".join(name for key, name in names.items() if key != owner) or self.id


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the chats of two people, in the order of the files.

    Raises:
        ImportRefused: As `read_export`.
    """
    chats = _chats(source, source.told(progress))
    return [inside for _, inside in _listed(chats, _owner(source, chats)[0])]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one chat of two people.

    Args:
        answers: Which chat, by name or the name of its folder; needed only where there are several.
    Raises:
        NotTwoPeople, NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    tell = source.told(progress)
    chats = _chats(source, lambda done: tell(done // 2))
    owner, called = _owner(source, chats)
    listed = _listed(chats, owner)
    if len(chats) == 1 and len(chats[0].names) >= MOST_WRITERS:
        raise NotTwoPeople(people=len(chats[0].names))
    chosen = choose_chat([inside for _, inside in listed], answers.chat)
    chat = next(chat for chat, inside in listed if inside is chosen)
    names = _told_apart(chat.members)
    rows = _Rows(names | {key: names[other] for key, other in chat.same.items()})
    tell = source.told(progress, rows.gathered.__len__)
    reader = Reader(utf8_pieces(chat.part.open()), lambda done: tell((source.size + done) // 2))
    _read(reader, rows)
    for kind, count, line in (
        ("entry_not_understood", rows.rejected.entries, rows.rejected.line),
        ("undecodable_bytes", rows.rejected.bad_bytes, rows.rejected.bad_line),
    ):
        if count:
            rows.gathered.note(kind, line, count)
    tell(source.size)
    rows.gathered.also = names
    other = chat.other(owner) if owner and not chosen.group else None
    return rows.gathered.export(
        source, "google_chat_json", N_("one chat of Google Chat"),
        sides=None if other is None else (names.get(owner) or called, other), hint=other,
        why=N_("the file names the month"), owner=names.get(owner), group=chosen.people if chosen.group else 0,
    )  # fmt: skip


def _told_apart(names: dict[str, str]) -> dict[str, str]:
    """Names of people who are called alike get their address."""
    counts = Counter(names.values())
    return {key: name if counts[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def _chats(source: Source, tell: Callable[[int], None]) -> list[_Chat]:
    """Every file with who writes in it; one of several that cannot be read is passed over."""
    found, before = list[_Chat](), 0
    said = [part for part in source.parts if not INFO.search(part.name)]
    members = {_folder(part): part for part in source.parts if part.name.endswith("group_info.json")}
    for part in said:

        def tick(done: int, before: int = before) -> None:
            tell(before + done)

        writers = _Writers()
        try:
            _read(Reader(utf8_pieces(part.open()), tick), writers)
        except (BrokenFile, EntryTooLong):
            if len(said) == 1:
                raise
        else:
            found.append(_Chat(part, writers, _members(members.get(_folder(part)))))
        before += part.size
    if not found:
        raise BrokenFile
    return found


def _read(reader: Reader, taker: Taker[Entry]) -> None:
    for key in reader.members():
        if key == "messages" and reader.peek() == ord("["):
            reader.entries(taker)
        else:
            reader.skip()
    reader.require_end()


def _without_address(people: dict[str, str]) -> dict[str, str]:
    """Who stands there by name alone → who is called so and has an address; Google leaves some addresses out."""
    called: dict[str, list[str]] = {}
    for key, name in people.items():
        if "@" in key:
            called.setdefault(name.casefold(), []).append(key)
    return {key: called[key][0] for key in people if "@" not in key and len(called.get(key, ())) == 1}


def _folder(part: Part) -> str:
    return part.name.replace("\\", "/").rpartition("/")[0]


def _members(part: Part | None) -> dict[str, str]:
    """Who is told to be in a chat: key → name; nobody where that cannot be read."""
    told = None if part is None else _info(part)
    people = [one for one in (told.members if told else ()) if one.key][:MOST_WRITERS]
    return {one.key: clean_name(one.name) or clean_name(one.email) for one in people}


def _info(part: Part) -> Info | None:
    if part.size > INFO_BYTES:
        return None
    try:
        return INFOS.decode(b"".join(utf8_pieces(part.open())))
    except NO_JSON:
        return None


def _owner(source: Source, chats: Sequence[_Chat]) -> tuple[str, str]:
    """
    Whose account it is, key and name; empty where that does not show.

    As the export says, else who writes in several chats and in more than anyone else.
    """
    for part in source.parts:
        told = _info(part) if part.name.endswith("user_info.json") else None
        if told is not None and told.user is not None and told.user.key:
            return told.user.key, clean_name(told.user.name) or clean_name(told.user.email)
    there = Counter(key for chat in chats for key in chat.names)
    most = there.most_common(2)
    if not most or most[0][1] < 2 or (len(most) == 2 and most[0][1] == most[1][1]):
        return "", ""
    return most[0][0], next(chat.names[most[0][0]] for chat in chats if most[0][0] in chat.names)


def _listed(chats: Sequence[_Chat], owner: str) -> list[tuple[_Chat, ChatInside]]:
    """The chats of two people that hold anything, by the name of whoever is not the owner; then the groups."""
    two = [chat for chat in chats if chat.names and len(chat.members.keys() | ({owner} - {""})) <= 2]
    more = [chat for chat in chats if chat.names and chat not in two and len(chat.names) < MOST_WRITERS]
    return [(chat, ChatInside(chat.id, chat.other(owner), chat.count)) for chat in two] + [
        (chat, ChatInside(chat.id, chat.id, chat.count, max(3, len(chat.members)))) for chat in more
    ]
