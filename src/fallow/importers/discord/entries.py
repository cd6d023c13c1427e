"""What is decoded of one entry of a channel, when it was, and what it was."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from fallow.importers.telegram.entries import NONE, is_there
from fallow.messages import Kind

EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
FIRST_ID_MS: Final = 1_420_070_400_000
"""When ids of Discord begin, milliseconds UTC; the time is in their upper bits."""
US: Final = dt.timedelta(microseconds=1)
MESSAGES: Final = frozenset(("default", "reply", "0", "19", "forward"))
CALLS: Final = frozenset(("call", "3"))
NOBODY_JOINED_US: Final = 1_000_000
"""A call that ended within a second."""


class Author(msgspec.Struct, gc=False):
    """Who wrote an entry; the id stays, names change."""

    id: str | int | None = None
    name: str | None = None
    nickname: str | None = None

    @property
    def key(self) -> str:
        return "" if self.id is None else str(self.id)

    @property
    def called(self) -> str:
        return self.nickname or self.name or ""


class Entry(msgspec.Struct, gc=False):
    """One entry of `messages`."""

    id: str | int | None = None
    type: str | int | None = None
    timestamp: str | None = None
    edited: str | None = msgspec.field(default=None, name="timestampEdited")
    ended: str | None = msgspec.field(default=None, name="callEndedTimestamp")
    content: str | None = None
    author: Author | None = None
    attachments: msgspec.Raw = NONE
    embeds: msgspec.Raw = NONE
    stickers: msgspec.Raw = NONE
    reactions: list[msgspec.Raw] | None = None
    forwarded: msgspec.Raw = msgspec.field(default=NONE, name="forwardedMessage")


ENTRIES: Final = msgspec.json.Decoder(list[Entry], strict=False)


def time_of(entry: Entry) -> tuple[int, int | None]:
    """Microseconds UTC and the offset in seconds: by the wall clock, else by the id; 0 where neither tells."""
    told = _instant(entry.timestamp)
    if told is not None:
        return told
    return time_of_id(str(entry.id or "")), 0


def time_of_id(id: str) -> int:
    """Microseconds UTC that a message's own number tells; 0 where it is none."""
    ms = int(id) >> 22 if id.isdecimal() and len(id) < 20 else 0
    return (ms + FIRST_ID_MS) * 1000 if ms else 0


def _instant(text: str | None) -> tuple[int, int] | None:
    try:
        at = dt.datetime.fromisoformat(text or "")
        offset = at.utcoffset()
        return None if offset is None else ((at - EPOCH) // US, int(offset.total_seconds()))
    except (ValueError, OverflowError):
        return None


def kind_of(entry: Entry) -> Kind | None:
    """What an entry was; None for what the app wrote and nobody said. A picture with words under it is MEDIA."""
    type = str(entry.type if entry.type is not None else "default").lower()
    if type in CALLS:
        return Kind.CALL
    if type not in MESSAGES:
        return None
    if _some(entry.stickers):
        return Kind.STICKER
    if _some(entry.attachments) or is_there(entry.forwarded):
        return Kind.MEDIA
    if entry.content:
        return Kind.TEXT
    return Kind.LINK if _some(entry.embeds) else Kind.MEDIA


def unanswered(entry: Entry) -> bool:
    """Whether a call ended as soon as it began."""
    begin, end = _instant(entry.timestamp), _instant(entry.ended)
    return begin is not None and end is not None and end[0] - begin[0] < NOBODY_JOINED_US


def _some(raw: msgspec.Raw) -> bool:
    return is_there(raw) and bytes(raw).translate(None, b" \t\r\n") != b"[]"
