"""
What is decoded of one entry, and what it was: a message, a call, or a line of the app's own.

Only what is used has a field; everything else is passed over by the decoder. Fields that only have to be there to tell
what an entry is are kept as raw bytes, whatever they hold.
"""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec

from fallow.messages import Kind

NO_JSON: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What a decoder raises."""
T = TypeVar("T")
NONE: Final = msgspec.Raw()
"""A field that is not there."""


class Part(msgspec.Struct, gc=False):
    """A stretch of a text with one look."""

    text: str = ""


class Entry(msgspec.Struct, gc=False):
    """One entry of `messages`."""

    type: str | None = None
    date: str | None = None
    date_unixtime: int | None = None
    from_id: str | int | None = None
    text: str | list[str | Part] | None = None
    media_type: str | None = None
    photo: msgspec.Raw = NONE
    file: msgspec.Raw = NONE
    reactions: msgspec.Raw = NONE
    edited: str | None = None
    actor_id: str | int | None = None
    action: str | None = None
    duration_seconds: msgspec.Raw = NONE
    period: msgspec.Raw = NONE
    location_information: msgspec.Raw = NONE
    contact_information: msgspec.Raw = NONE
    poll: msgspec.Raw = NONE


class Named(msgspec.Struct, gc=False):
    """The fields of the same entries that are looked at only where somebody new appears, or a text is not there."""

    from_: str | None = msgspec.field(default=None, name="from")
    from_id: str | int | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    text_entities: list[Part] | None = None


class Given(msgspec.Struct, gc=False):
    """Who reacted, and when, by the wall clock."""

    from_: str | None = msgspec.field(default=None, name="from")
    from_id: str | int | None = None
    date: str | None = None


class Reaction(msgspec.Struct, gc=False):
    """One sign under a message: how often, and the latest who gave it; of two people that is all of them."""

    count: int = 0
    emoji: str | None = None
    recent: list[Given] | None = None


ENTRIES: Final = msgspec.json.Decoder(list[Entry], strict=False)
NAMED: Final = msgspec.json.Decoder(list[Named], strict=False)
REACTIONS: Final = msgspec.json.Decoder(list[Reaction], strict=False)


def text_of(entry: Entry) -> str:
    """The text, its stretches joined as they are."""
    text = entry.text
    if text is None or isinstance(text, str):
        return text or ""
    return "".join([part if isinstance(part, str) else part.text for part in text])


def find_odd(entries: list[Entry]) -> list[int]:
    """Which entries may be anything but a text; cheap for each, and sometimes one that is a text."""
    return [
        i
        for i, entry in enumerate(entries)
        if not entry.text
        or entry.media_type is not None
        or entry.photo is not NONE
        or entry.file is not NONE
        or entry.action is not None
        or entry.poll is not NONE
        or entry.location_information is not NONE
        or entry.contact_information is not NONE
    ]


def kind_of(entry: Entry) -> Kind:
    """
    What a message or a call was.

    A picture with words under it is MEDIA, as in other channels; what the export does not name (a game, an invoice, a
    story) has no text, and is MEDIA too.
    """
    if entry.type != "message":
        return Kind.CALL
    if entry.media_type == "sticker":
        return Kind.STICKER
    for raw, kind in (
        (entry.location_information, Kind.LOCATION),
        (entry.contact_information, Kind.CONTACT),
        (entry.poll, Kind.POLL),
        (entry.photo, Kind.MEDIA),
        (entry.file, Kind.MEDIA),
    ):
        if raw is not NONE and is_there(raw):
            return kind
    return Kind.TEXT if entry.media_type is None and text_of(entry) else Kind.MEDIA


def is_there(raw: msgspec.Raw) -> bool:
    """Whether a field has a value; programs that write a file again may put null everywhere."""
    return raw is not NONE and bytes(raw) not in (b"", b"null")


def number_of(raw: msgspec.Raw) -> int:
    """A whole number, 0 for anything else."""
    try:
        return msgspec.json.decode(raw, type=int, strict=False) if is_there(raw) else 0
    except NO_JSON:
        return 0


def reactions_of(entry: Entry) -> list[Reaction]:
    """The signs under a message; none where they cannot be read."""
    return _tolerant(REACTIONS, bytes(entry.reactions)) if is_there(entry.reactions) else []


def named_of(raw: bytes) -> list[Named]:
    """The names in a slice; none where one of them is no name at all."""
    return _tolerant(NAMED, raw)


def _tolerant(decoder: msgspec.json.Decoder[list[T]], raw: bytes) -> list[T]:
    """What was passed over when the entry was decoded has not been looked at yet, so it may hold anything."""
    for piece in (raw, raw.decode("utf-8", "replace").encode()):
        try:
            return decoder.decode(piece)
        except NO_JSON:
            continue
    return []
