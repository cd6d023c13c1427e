"""
What is decoded of one entry of Messenger or Instagram, how its characters are mended, and what it was.

The classic download writes every string as the bytes of UTF-8, one escape (`\\u00c3`) for each byte. A string that is
already right cannot be taken for one: it holds a character beyond U+00FF, or its characters are no UTF-8.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from fallow.importers.gathering import SECOND_US, clean_name
from fallow.importers.meta.phrases import Meaning, meaning_of
from fallow.importers.telegram.entries import NONE, is_there
from fallow.messages import Kind

MS_US: Final = 1_000
SECONDS: Final = 100_000_000_000
"""A time below it is in seconds."""
CLASSIC: Final = re.compile(rb'"participants"\s*:\s*\[\s*\{\s*"name"\s*:')
CLASSIC_ENTRY: Final = re.compile(rb'"sender_name"\s*:')
TIMED: Final = re.compile(rb'"timestamp_ms"\s*:')
ENCRYPTED: Final = re.compile(rb'"threadName"\s*:\s*"')
ENCRYPTED_ENTRY: Final = re.compile(rb'"senderName"\s*:')
LISTED: Final = re.compile(rb'"(?:messages|participants)"\s*:\s*\[')
INSTAGRAM: Final = re.compile(rb'"uri"\s*:\s*"your_instagram_activity|"original_content_owner"\s*:')
"""Keys and beginnings of values; inside a text a quotation mark would be escaped."""
BOM: Final = b"\xef\xbb\xbf"
MOST_REACTED: Final = 50
"""Signs under one message that are read; two people give two."""


class Share(msgspec.Struct, gc=False):
    """A page that was shared."""

    link: str | None = None


class Reacted(msgspec.Struct, gc=False):
    """A sign under a message: by whom, and in newer files when, in seconds."""

    reaction: str | None = None
    actor: str | None = None
    timestamp: int | None = None


class Entry(msgspec.Struct, gc=False):
    """One entry of `messages`, of either download."""

    sender_name: str | None = None
    sender: str | None = msgspec.field(default=None, name="senderName")
    timestamp_ms: int | None = None
    timestamp: int | None = None
    content: str | None = None
    text: str | None = None
    type: str | None = None
    photos: msgspec.Raw = NONE
    videos: msgspec.Raw = NONE
    audio_files: msgspec.Raw = NONE
    gifs: msgspec.Raw = NONE
    files: msgspec.Raw = NONE
    media: msgspec.Raw = NONE
    sticker: msgspec.Raw = NONE
    share: Share | None = None
    reactions: list[Reacted] | None = None
    call_duration: int | None = None
    missed: bool | None = None
    is_unsent: bool | None = None
    unsent: bool | None = msgspec.field(default=None, name="isUnsent")

    @property
    def who(self) -> str:
        return name_of(self.sender_name if self.sender_name is not None else self.sender)

    @property
    def at(self) -> int:
        """Microseconds UTC, 0 where there is none."""
        return (self.timestamp_ms if self.timestamp_ms is not None else self.timestamp or 0) * MS_US

    @property
    def words(self) -> str:
        return mended(self.content if self.content is not None else self.text or "")


ENTRIES: Final = msgspec.json.Decoder(list[Entry], strict=False)
PLACEHOLDERS: Final = ("subscribe", "unsubscribe", "payment", "placeholder", "system", "admin")
"""Types of what nobody said."""


def looks_like_meta(head: bytes) -> bool:
    """Whether a file that begins so is a thread of Messenger or Instagram, of either download."""
    bare = head.removeprefix(BOM).lstrip()
    if not bare.startswith(b"{") or not LISTED.search(bare):
        return False
    classic = bool(CLASSIC.search(bare)) + bool(CLASSIC_ENTRY.search(bare)) + bool(TIMED.search(bare))
    return classic >= 2 or bool(CLASSIC.match(bare[1:].lstrip())) or is_encrypted(bare)


def is_encrypted(head: bytes) -> bool:
    """Whether it is from the download of end-to-end encrypted chats."""
    return bool(ENCRYPTED.search(head) and (ENCRYPTED_ENTRY.search(head) or LISTED.search(head)))


def is_instagram(head: bytes) -> bool:
    """Whether a thread says by itself that it is Instagram's."""
    return looks_like_meta(head) and INSTAGRAM.search(head) is not None


def mended(text: str) -> str:
    """A string as it was written by the person; unchanged where it is right already."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def name_of(text: str | None) -> str:
    """A name as it is shown, the same from either download."""
    return clean_name(mended(text or ""))


def reactions_of(entry: Entry) -> list[tuple[str, int, str]]:
    """By whom, when (microseconds UTC, 0 where that is not told), and which sign."""
    return [
        (name_of(one.actor), _instant(one.timestamp), mended(one.reaction or ""))
        for one in (entry.reactions or [])[:MOST_REACTED]
    ]


def _instant(at: int | None) -> int:
    return 0 if at is None else at * SECOND_US if at < SECONDS else at * MS_US


def kind_of(entry: Entry) -> tuple[Kind | None, str, str | None]:
    """
    What an entry was.

    Returns:
        Its kind, None for what the app wrote and nobody said; its words; what there is to be told of it.
    """
    type, words = (entry.type or "").lower(), entry.words
    if entry.is_unsent or entry.unsent:
        return Kind.DELETED, "", None
    if entry.call_duration is not None or entry.missed or type.endswith("call"):
        return Kind.CALL, "", None if entry.call_duration and not entry.missed else "calls_unanswered"
    if type in PLACEHOLDERS:
        return None, "", None
    meaning = meaning_of(words, entry.who)
    if meaning in SAID_BY_THE_APP:
        return *SAID_BY_THE_APP[meaning], None
    if meaning is Meaning.MISSED:
        return Kind.CALL, "", "calls_unanswered"
    return _written(entry, type, "" if meaning is Meaning.ATTACHED else words), "" if meaning else words, None


SAID_BY_THE_APP: Final = {
    Meaning.NOTICE: (None, ""),
    Meaning.CALL: (Kind.CALL, ""),
    Meaning.POLL: (Kind.POLL, ""),
    Meaning.DELETED: (Kind.DELETED, ""),
    Meaning.LOCATION: (Kind.LOCATION, ""),
}


def _written(entry: Entry, type: str, words: str) -> Kind:
    """A picture with words under it is MEDIA, as in other channels; a link with words is a text."""
    if is_there(entry.sticker) or type == "sticker":
        return Kind.STICKER
    media = (entry.photos, entry.videos, entry.audio_files, entry.gifs, entry.files, entry.media)
    if any(is_there(one) and bytes(one).strip() not in (b"[]", b"{}") for one in media):
        return Kind.MEDIA
    if words:
        return Kind.TEXT
    return Kind.LINK if entry.share is not None and entry.share.link else Kind.MEDIA
