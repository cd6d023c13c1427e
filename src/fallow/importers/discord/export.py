"""
DiscordChatExporter's JSON → an `Export`: one conversation of two people, in one file or cut into several.

    {guild: {id, …}, channel: {id, type, name, …}, dateRange, exportedAt, messages: […], messageCount}

Seen in exports of 2020 to 2025. A direct conversation is called by the other one's name, which tells who I am; else it
is asked. When something was read is not in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from fallow.errors import NotADyad, NotTwoPeople, TooManyMessages
from fallow.importers.choosing import alike, choose_chat
from fallow.importers.discord.entries import ENTRIES, Author, Entry, kind_of, time_of, unanswered
from fallow.importers.gathering import Gathering, clean_name
from fallow.importers.interface import MESSAGES, Answers, ChatInside, Export, Progress
from fallow.importers.order import Order
from fallow.importers.source import Part, Source
from fallow.importers.telegram.stream import Reader, Taker
from fallow.importers.text import utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

GUILD: Final = re.compile(rb'"guild"\s*:\s*\{')
CHANNEL: Final = re.compile(rb'"channel"\s*:\s*\{')
MARKS: Final = re.compile(rb'"(?:dateRange|exportedAt|messageCount)"\s*:|"messages"\s*:\s*\[')
BOM: Final = b"\xef\xbb\xbf"
MILLISECOND_US: Final = 1_000
DIRECT: Final = ("directtextchat", "dm", "1")
MOST_PEOPLE: Final = 100
"""From which it is a group, and the names do not matter."""


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a channel as DiscordChatExporter writes it."""
    bare = head.removeprefix(BOM).lstrip()
    return bare.startswith(b"{") and all(one.search(bare) for one in (GUILD, CHANNEL, MARKS))


@dataclass(slots=True)
class Channel:
    """A conversation: its files, its name, and by id who wrote in it and what they are called."""

    id: str
    name: str
    direct: bool
    parts: list[Part] = field(default_factory=list)
    people: dict[str, Author] = field(default_factory=dict)
    entries: int = 0

    @property
    def chat(self) -> ChatInside:
        return ChatInside(self.id or None, self.name, self.entries, max(2, len(self.people)))

    def names(self) -> dict[str, str]:
        """Id → name, no two the same."""
        names: dict[str, str] = {}
        for key, author in self.people.items():
            name = clean_name(author.called) or key
            names[key] = f"{name} ({key})" if name in names.values() else name
        return names

    def sides(self) -> tuple[str, str] | None:
        """Ego and alter, where one of two is called as the conversation is."""
        names = self.names()
        wanted = alike(self.name)
        other = [key for key, one in self.people.items() if wanted in (alike(one.name or ""), alike(one.called))]
        if len(names) != 2 or len(other) != 1:
            return None
        return next(name for key, name in names.items() if key != other[0]), names[other[0]]


class _People(Taker[Entry]):
    """Who wrote in a file."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(ENTRIES)
        self._channel = channel

    def take(self, rows: list[Entry], raw: bytes) -> None:
        channel = self._channel
        for entry in rows:
            channel.entries += kind_of(entry) is not None
            if entry.author is not None and len(channel.people) <= MOST_PEOPLE:
                channel.people[entry.author.key] = entry.author
        if channel.entries > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the conversations, those of two people first.

    Raises:
        ImportRefused: As `read_export`.
    """
    return [one.chat for one in _listed(_channels(source, source.told(progress)))]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read one conversation of two people.

    Args:
        answers: Which one; needed only where there are several.
    Raises:
        NotADyad, NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    gathered, order = Gathering(), Order()
    tell = source.told(progress, gathered.__len__)
    channels = _channels(source, lambda done: tell(done // 2))
    if len(channels) == 1 and len(channels[0].people) > MOST_PEOPLE:
        raise NotTwoPeople(people=len(channels[0].people))
    chats = {one.chat: one for one in _listed(channels)}
    if len(channels) == 1 and channels[0].entries and not chats:
        raise NotADyad(what=N_("a group"))
    channel = chats[choose_chat(list(chats), answers.chat)]
    done = source.size // 2
    for part in channel.parts:
        rows = _Rows(gathered, order, channel.names())

        def tick(more: int, done: int = done) -> None:
            tell(done + more // 2)

        _walk(part, rows, tick)
        order.end_page()
        done += part.size // 2
        if rows.rejected.entries:
            gathered.note("entry_not_understood", rows.rejected.line, rows.rejected.entries)
        if rows.rejected.bad_bytes:
            gathered.note("undecodable_bytes", rows.rejected.bad_line, rows.rejected.bad_bytes)
    tell(source.size)
    names = channel.names()
    gathered.also = {clean_name(one.name): names[key] for key, one in channel.people.items() if one.name}
    return gathered.export(
        source, "discord_json", N_("one chat"), sides=channel.sides(), hint=channel.name, resolution=MILLISECOND_US,
        why=N_("the file counts milliseconds"), order=order.rows(),
    )  # fmt: skip


def _listed(channels: list[Channel]) -> list[Channel]:
    """The conversations of two people, and then those of more from which two can be picked."""
    return [one for one in channels if one.direct and one.entries and len(one.people) <= 2] + [
        one for one in channels if one.entries and 2 < len(one.people) <= MOST_PEOPLE
    ]


def _channels(source: Source, tick: Callable[[int], None]) -> list[Channel]:
    """Every conversation, the files of one put together."""
    found, before = dict[str, Channel](), 0
    for part in source.parts:

        def told(done: int, before: int = before) -> None:
            tick(before + done)

        one = Channel("", "", direct=False, parts=[part])
        read_head = _walk(part, _People(one), told)
        one.id, one.name, one.direct = _told(read_head)
        known = found.setdefault(one.id or part.name, one)
        if known is not one:
            known.parts.append(part)
            known.people |= one.people
            known.entries += one.entries
        before += part.size
    return list(found.values())


def _told(head: dict[str, object]) -> tuple[str, str, bool]:
    """Id and name of a channel, and whether it is of two people."""
    guild, channel = (one if isinstance(one, dict) else {} for one in (head.get("guild"), head.get("channel")))
    type = str(channel.get("type", "")).lower()
    direct = type in DIRECT or (not type and str(guild.get("id")) == "0")
    return clean_name(str(channel.get("id") or "")), clean_name(str(channel.get("name") or "")), direct


def _walk(part: Part, taker: Taker[Entry], tick: Callable[[int], None]) -> dict[str, object]:
    """Read a file to its end: what it says of itself."""
    reader, head = Reader(utf8_pieces(part.open()), tick), dict[str, object]()
    for key in reader.members():
        if key == "messages" and reader.peek() == ord("["):
            reader.entries(taker)
        elif key in ("guild", "channel"):
            head[key] = reader.value(object)
        else:
            reader.skip()
    reader.require_end()
    return head


class _Rows(Taker[Entry]):
    """Entries → rows; what the app wrote is counted."""

    def __init__(self, gathered: Gathering, order: Order, names: dict[str, str]) -> None:
        super().__init__(ENTRIES)
        self._gathered, self._order, self._names, self._number = gathered, order, names, 0

    def take(self, rows: list[Entry], raw: bytes) -> None:
        for entry in rows:
            self._number += 1
            kind = kind_of(entry)
            if kind is None or entry.author is None:
                at, offset = time_of(entry)
                self._gathered.add_notice(at, entry.content or "", offset=offset, line=self._number)
            else:
                self._add(entry, kind, self._names[entry.author.key])

    def _add(self, entry: Entry, kind: Kind, who: str) -> None:
        gathered, line = self._gathered, self._number
        for problem, there in (
            ("edited", entry.edited is not None),
            ("calls_unanswered", kind is Kind.CALL and unanswered(entry)),
        ):
            if there:
                gathered.note(problem, line)
        if entry.reactions:
            gathered.note("reactions_without_time", line, len(entry.reactions))
        (at, offset), before = time_of(entry), len(gathered)
        gathered.add(at, who, kind, "" if kind is Kind.CALL else entry.content or "", offset=offset, line=line)
        if len(gathered) > before:
            self._order.add(at, who, kind, f"{entry.id}" if entry.id else entry.content or "")
