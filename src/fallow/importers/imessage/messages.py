"""
The tables of `chat.db`: chats of two people by address, and what every row of `message` was.

Columns came and went with every version of macOS and iOS, so they are looked for, never assumed. Dates are seconds
since 2001 before macOS 10.13, and nanoseconds after. Reactions and removed ones are rows that point to a message.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from fallow.errors import BrokenFile
from fallow.importers.addresses import key_of
from fallow.importers.gathering import Gathering
from fallow.importers.imessage.database import Database
from fallow.importers.imessage.typedstream import read_typedstream
from fallow.importers.interface import ME
from fallow.messages import NOT_KNOWN, Kind

APPLE_US: Final = 978_307_200_000_000
"""2001-01-01 UTC."""
SECONDS: Final = 100_000_000_000
"""A date below it counts seconds, one above it nanoseconds."""
TABLES: Final = frozenset(("message", "chat", "handle", "chat_message_join"))
ALONE: Final = 45
"""Of `chat.style`: two people."""
TAPBACKS: Final = ("❤️", "👍", "👎", "😂", "‼️", "❓")
TAPBACK, REMOVED, STICKER = range(2000, 2008), range(3000, 3008), 1000
"""Of `associated_message_type`."""
FACETIME: Final = 6
"""Of `item_type`; others but 0 are lines of the app."""
LINK: Final = "com.apple.messages.URLBalloonProvider"
ATTACHED, APP = "\ufffc", "\ufffd"
"""What stands in a text for a file, and for something of an app."""
MOST_CHATS: Final = 100_000
MOST_JOINED: Final = 1_000
"""Chats of one person."""
UNREADABLE: Final = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    RecursionError, struct.error,
)  # fmt: skip
"""What the standard library raises on a damaged property list."""
COLUMNS: Final = (
    "ROWID", "text", "attributedBody", "date", "date_read", "is_from_me", "item_type", "associated_message_type",
    "associated_message_emoji", "date_edited", "message_summary_info", "balloon_bundle_id", "cache_has_attachments",
    "is_audio_message", "error",
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """Somebody in a file: one spelling of their address, the address, the name, what is theirs, and how many rows."""

    key: str
    address: str
    name: str
    ids: list[int] = field(default_factory=list)
    count: int = 0


def whole(value: Any) -> int:
    """A whole number; 0 for anything else."""
    return int(value) if isinstance(value, (int, float)) and abs(value) < 2**62 else 0


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def apple_us(value: Any) -> int:
    """Microseconds UTC of a date; 0 where it is not set."""
    if not isinstance(value, (int, float)) or not value or abs(value) >= 2**62:
        return 0
    return APPLE_US + (int(value) // 1000 if abs(value) > SECONDS else int(value * 1_000_000))


def find_chats(database: Database) -> list[Found]:
    """Everybody somebody wrote with alone, in the order of the file, by address; the chats of each."""
    persons = _persons(database)
    named = {key for key in ("chat_identifier", "display_name", "style") if key in database.columns["chat"]}
    if "chat_identifier" not in named:
        raise BrokenFile
    style = "m.style" if "style" in named else str(ALONE)
    name = "m.display_name" if "display_name" in named else "NULL"
    counts = {whole(id): whole(count) for id, count in database.rows(_COUNT.format(wanted=_wanted(database)))}
    found: dict[str, Found] = {}
    query = f"SELECT m.ROWID, m.chat_identifier, {name}, {style} FROM chat m ORDER BY m.ROWID LIMIT {MOST_CHATS}"  # noqa: S608 - names of columns alone
    for id, address, called, kind in database.rows(query):
        if whole(kind) != ALONE or not text(address) or not counts.get(whole(id)):
            continue
        key = persons.get(key_of(text(address)), key_of(text(address)))
        one = found.setdefault(key, Found(key, text(address), text(called)))
        if len(one.ids) < MOST_JOINED:
            one.ids.append(whole(id))
            one.count += counts[whole(id)]
    return list(found.values())


_COUNT: Final = (
    "SELECT j.chat_id, count(*) FROM chat_message_join j JOIN message m ON m.ROWID = j.message_id "
    "WHERE {wanted} GROUP BY j.chat_id"
)


def _wanted(database: Database) -> str:
    """What is no line of the app and no reaction."""
    has = database.columns["message"]
    parts = ["ifnull(m.item_type, 0) IN (0, 6)"] if "item_type" in has else []
    if "associated_message_type" in has:
        parts.append("ifnull(m.associated_message_type, 0) NOT BETWEEN 2000 AND 3999")
    return " AND ".join(parts) or "1"


def _persons(database: Database) -> dict[str, str]:
    """Addresses of one contact → the first of them, where the file knows contacts."""
    if "person_centric_id" not in database.columns["handle"] or "id" not in database.columns["handle"]:
        return {}
    first: dict[str, str] = {}
    same: dict[str, str] = {}
    query = "SELECT id, person_centric_id FROM handle ORDER BY ROWID LIMIT ?"
    for address, person in database.rows(query, MOST_CHATS):
        if text(address) and text(person):
            same.setdefault(key_of(address), first.setdefault(person, key_of(address)))
    return same


def add_messages(database: Database, ids: list[int], alter: str, gathered: Gathering) -> Iterator[int]:
    """Add every row of some chats, and yield how many were looked at."""
    chats = ", ".join(map(str, ids))
    columns = database.picked("message", *COLUMNS)
    query = (
        f"SELECT {columns} FROM message m WHERE m.ROWID IN "  # noqa: S608 - names of columns and whole numbers alone
        f"(SELECT message_id FROM chat_message_join WHERE chat_id IN ({chats}))"
    )
    for number, row in enumerate(database.rows(query), start=1):
        _add(Row(*row), alter, gathered)
        yield number


@dataclass(slots=True)
class Row:
    """One row of `message`, its columns in the order of COLUMNS; whatever SQLite holds in them."""

    id: Any
    text: Any
    body: Any
    date: Any
    date_read: Any
    mine: Any
    item: Any
    associated: Any
    emoji: Any
    edited: Any
    summary: Any
    balloon: Any
    files: Any
    audio: Any
    error: Any

    def words(self) -> str | None:
        """The text: as it stands, or out of the typedstream; None where there is one that cannot be read."""
        if text(self.text):
            return text(self.text)
        return read_typedstream(self.body) if isinstance(self.body, bytes) else ""


def _add(row: Row, alter: str, gathered: Gathering) -> None:
    who, at, line = ME if whole(row.mine) else alter, apple_us(row.date), whole(row.id)
    associated, item = whole(row.associated), whole(row.item)
    if item not in (0, FACETIME):
        gathered.add_notice(at, row.words() or "", line=line)
        return
    if associated in REMOVED:
        gathered.system += 1
        return
    if associated in TAPBACK:
        given = associated - TAPBACK.start
        sign = TAPBACKS[given] if given < len(TAPBACKS) else text(row.emoji)
        gathered.add(at, who, Kind.REACTION, sign, line=line)
        return
    kind, words = _kind_of(row, item, associated)
    if words is None:
        gathered.note("texts_not_read", line)
    if whole(row.edited) and kind is not Kind.DELETED:
        gathered.note("edited", line)
    if whole(row.error) and whole(row.mine):
        gathered.note("sending_failed", line)
    gathered.add(at, who, kind, words or "", read_at=apple_us(row.date_read) or NOT_KNOWN, line=line)


def _kind_of(row: Row, item: int, associated: int) -> tuple[Kind, str | None]:
    """What a message was, and its text; None where there is one that cannot be read."""
    if item == FACETIME:
        return Kind.CALL, ""
    words = row.words()
    if not words and whole(row.edited):
        words = _last_wording(row.summary)
        if words is None:
            return Kind.DELETED, ""
    bare = None if words is None else words.replace(ATTACHED, "").removeprefix(APP)
    if associated == STICKER:
        return Kind.STICKER, bare
    balloon = text(row.balloon)
    if balloon and balloon != LINK:
        return Kind.POLL if "poll" in balloon.lower() else Kind.MEDIA, bare
    if whole(row.files) or whole(row.audio) or not bare or (words is not None and ATTACHED in words):
        return Kind.MEDIA, bare
    return Kind.TEXT, bare


def _last_wording(summary: Any) -> str | None:
    """The newest text of an edited message; None where it was taken back, or nothing is told."""
    import plistlib  # reading it costs more than any command that needs none of it should pay

    try:
        edits = plistlib.loads(summary, fmt=plistlib.FMT_BINARY)["ec"]
        parts = [edits[part][-1]["t"] for part in sorted(edits, key=int) if edits[part]]
        texts = [read_typedstream(bytes(part)) for part in parts]
    except UNREADABLE:
        return None
    return "".join(one or "" for one in texts) or None
