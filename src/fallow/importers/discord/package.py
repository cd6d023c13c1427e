"""
Discord's own package of a person's data → an `Export` of what that person wrote in one direct conversation.

    messages/index.json          {channel: "Direct Message with NAME#0", …}
    messages/c<channel>/         channel.json {id, type, recipients}
                                 messages.csv (ID,Timestamp,Contents,Attachments) or messages.json, the newest first
    account/user.json            {id, …}

As packages of 2018 to 2025 are described; the newer ones' folders begin with a capital letter. The other one's messages
are not in it, so it can be looked at and is never kept or compared (`Format.one_side`). Times are UTC.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Final

import msgspec

from fallow.errors import BrokenFile, EntryTooLong, LineTooLong, NotADyad, TooManyMessages
from fallow.importers.choosing import choose_chat
from fallow.importers.discord.entries import EPOCH, US, time_of_id
from fallow.importers.gathering import Gathering, clean_name
from fallow.importers.interface import LINE_BYTES, ME, MESSAGES, Answers, ChatInside, Export, Progress
from fallow.importers.source import Part, Source
from fallow.importers.telegram.stream import Reader, Rejected, Taker
from fallow.importers.text import csv_lines, utf8_pieces
from fallow.language import N_
from fallow.messages import Kind

BOM: Final = b"\xef\xbb\xbf"
BEGINNING: Final = re.compile(
    rb'"?ID"?\s*,\s*"?Timestamp"?\s*,\s*"?Contents"?|\[\s*\{\s*"ID"\s*:\s*"?\d+"?\s*,\s*"Timestamp"\s*:'
)
"""How a conversation begins."""
CALLED: Final = re.compile(r"Direct Message with (.*?)(#\d{1,4})?", re.DOTALL)
DIRECT: Final = ("1", "dm")
COLUMNS: Final = ("ID", "Timestamp", "Contents", "Attachments")


class Row(msgspec.Struct, gc=False):
    """One message."""

    id: str | int | None = msgspec.field(default=None, name="ID")
    timestamp: str | None = msgspec.field(default=None, name="Timestamp")
    contents: str | None = msgspec.field(default=None, name="Contents")
    attachments: str | None = msgspec.field(default=None, name="Attachments")


ROWS: Final = msgspec.json.Decoder(list[Row])


def knows(head: bytes) -> bool:
    """Whether a file that begins so is a conversation of Discord's own package."""
    return BEGINNING.match(head.removeprefix(BOM).lstrip()) is not None


def picks(likely: list[Part]) -> tuple[Part, ...]:
    """The files of a package, where one of them is a conversation."""
    said = [one for one in likely if _named(one, "messages.") and knows(one.head())]
    if len(likely) == 1:
        return tuple(likely) if knows(likely[0].head()) else ()
    return (*said, *(one for one in likely if not _named(one, "messages."))) if said else ()


@dataclass(slots=True)
class Conversation:
    """One folder of the package: what I wrote in it, and what it says of itself."""

    part: Part
    id: str = ""
    type: str = ""
    recipients: list[str] = field(default_factory=list)
    listed: str | None = None
    guild: bool = False
    messages: int = 0

    @property
    def direct(self) -> bool:
        """Of two people; a folder that says nothing of itself may be."""
        return not self.guild and (self.type in DIRECT or (not self.type and not (self.listed and not self._called)))

    @property
    def _called(self) -> str:
        told = CALLED.fullmatch(self.listed or "")
        return clean_name(told[1]) if told else ""

    def other(self, me: str) -> str:
        """The other one's name, else id, else that of the conversation; `me` is my id, where that is known."""
        others = [one for one in self.recipients if one != me]
        return self._called or (others[0] if len(others) == 1 else "") or self.id or self.part.name

    def count(self, row: Row, line: int) -> None:
        self.messages += 1
        if self.messages > MESSAGES:
            raise TooManyMessages(limit=MESSAGES)

    def chat(self, me: str) -> ChatInside:
        return ChatInside(self.id or None, self.other(me), self.messages)


def list_chats(source: Source, progress: Progress | None) -> list[ChatInside]:
    """
    List the direct conversations, with how many messages of mine are in each.

    Raises:
        ImportRefused: As `read_export`.
    """
    me, found = _conversations(source, source.told(progress))
    return [one.chat(me) for one in found if one.direct and one.messages]


def read(source: Source, answers: Answers, progress: Progress | None) -> Export:
    """
    Read what I wrote in one direct conversation.

    Raises:
        NotADyad, NoChatOfTwo, WhichChat, NoSuchChat: If it is not one.
        ImportRefused: As `read_export`.
    """
    gathered = Gathering()
    tell = source.told(progress, gathered.__len__)
    me, found = _conversations(source, lambda done: tell(done // 2))
    if len(found) == 1 and not found[0].direct:
        raise NotADyad(what=N_("a group"))
    chats = {one.chat(me): one for one in found if one.direct and one.messages}
    chosen = choose_chat(list(chats), answers.chat)

    def add(row: Row, line: int) -> None:
        at, files = _time_of(row), (row.attachments or "").strip()
        gathered.add(at, ME, Kind.TEXT if row.contents and not files else Kind.MEDIA, row.contents or "", line=line)

    rejected = _walk(chats[chosen].part, add, lambda done: tell((source.size + done) // 2))
    if rejected.entries:
        gathered.note("entry_not_understood", rejected.line, rejected.entries)
    tell(source.size)
    name = chosen.name if chosen.name != ME else f"{ME} ({chosen.id})"
    return gathered.export(source, "discord_package", N_("my side of one chat"), sides=(ME, name), hint=name)


def _time_of(row: Row) -> int:
    """Microseconds UTC: as it is told, else by the message's own number; 0 where neither tells."""
    try:
        at = dt.datetime.fromisoformat((row.timestamp or "").strip())
        return ((at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)) - EPOCH) // US
    except (ValueError, OverflowError):
        return time_of_id(str(row.id or ""))


def _conversations(source: Source, tell: Callable[[int], None]) -> tuple[str, list[Conversation]]:
    """My id, empty where it is not told, and every conversation; of several one that cannot be read is passed over."""
    parts = {begin: [one for one in source.parts if _named(one, begin)] for begin in ("channel.", "index.", "user.")}
    said = [Conversation(one) for one in source.parts if not any(one in those for those in parts.values())]
    folders = {_folder(one.part): one for one in said}
    for part in parts["channel."]:
        if (one := folders.get(_folder(part))) is not None:
            _describe(one, _members(part, ("id", "type", "recipients", "guild")))
    for one in said:
        one.id = one.id or _folder(one.part).rpartition("/")[2].lstrip("cC")
    for part in parts["index."]:
        within = {one.id: one for one in said if _folder(one.part).rpartition("/")[0] == _folder(part)}
        for id, name in _members(part, within).items():
            within[id].listed = name if isinstance(name, str) else None
    before = 0
    for one in said:

        def tick(done: int, before: int = before) -> None:
            tell(before + done)

        try:
            _walk(one.part, one.count, tick)
        except (BrokenFile, EntryTooLong, LineTooLong):
            if len(said) == 1:
                raise
            one.messages = 0
        before += one.part.size
    me = next((str(told["id"]) for part in parts["user."] if (told := _members(part, ("id",)))), "")
    return me, said


def _named(part: Part, begin: str) -> bool:
    return part.name.rpartition("/")[2].lower().startswith(begin)


def _folder(part: Part) -> str:
    return part.name.replace("\\", "/").rpartition("/")[0]


def _describe(one: Conversation, told: dict[str, object]) -> None:
    recipients = told.get("recipients")
    one.id, one.type = clean_name(str(told.get("id") or "")), str(told.get("type", "")).lower()
    one.recipients = [clean_name(str(each)) for each in recipients] if isinstance(recipients, list) else []
    one.guild = "guild" in told


def _members(part: Part, wanted: Container[str]) -> dict[str, object]:
    """Some members of a file that describes others; as many as can be read."""
    found = dict[str, object]()
    try:
        reader = Reader(utf8_pieces(part.open()))
        for key in reader.members():
            if key in wanted:
                found[key] = reader.value(object)
            else:
                reader.skip()
    except (BrokenFile, EntryTooLong):
        pass
    return found


class _Rows(Taker[Row]):
    """The rows of a list, handed on with their number."""

    def __init__(self, take: Callable[[Row, int], None]) -> None:
        super().__init__(ROWS)
        self._take, self._number = take, 0

    def take(self, rows: list[Row], raw: bytes) -> None:
        for row in rows:
            self._number += 1
            self._take(row, self._number)


def _walk(part: Part, take: Callable[[Row, int], None], tell: Callable[[int], None]) -> Rejected:
    """
    Hand on every message with where it begins, its line in a table or its number in a list; say what could not be read.

    Raises:
        BrokenFile, EntryTooLong, LineTooLong: If it is not what it should be.
    """
    if part.head().removeprefix(BOM).lstrip().startswith(b"["):
        reader, rows = Reader(utf8_pieces(part.open()), tell), _Rows(take)
        reader.entries(rows)
        reader.require_end()
        return rows.rejected
    _walk_table(part, take, tell)
    return Rejected()


def _walk_table(part: Part, take: Callable[[Row, int], None], tell: Callable[[int], None]) -> None:
    rows = csv.reader(csv_lines(part.open(), tell), strict=True)
    before, line = csv.field_size_limit(LINE_BYTES), 2
    try:
        columns = next(rows, [])
        for cells in rows:
            if cells:
                told = dict(zip(columns, cells, strict=False))
                take(Row(*(told.get(column) for column in COLUMNS)), line)
            line = rows.line_num + 1
    except csv.Error as problem:
        if "field larger" in str(problem):
            raise LineTooLong(line=line) from problem
        raise BrokenFile from problem
    finally:
        csv.field_size_limit(before)
