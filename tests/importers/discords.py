"""A conversation as plain data, written the way DiscordChatExporter writes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fallow.messages import Kind

ME, KIM = ("1001", "sam"), ("2002", "Kim 🌿")
OTHERS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {},
    Kind.MEDIA: {"attachments": [{"id": "1", "url": "a.png", "fileName": "a.png", "fileSizeBytes": 3}]},
    Kind.STICKER: {"stickers": [{"id": "1", "name": "wave", "format": "Lottie"}]},
    Kind.LINK: {"embeds": [{"title": "x", "url": "https://example.org/"}]},
    Kind.CALL: {"type": "Call"},
}
"""What stands in an entry beside its words."""


@dataclass(frozen=True)
class Sent:
    """One message of a generated conversation: milliseconds UTC, by me or by the other one."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    more: tuple[tuple[str, Any], ...] = ()
    hours: int = 0


def stamp(at: int, hours: int = 0) -> str:
    zone = dt.timezone(dt.timedelta(hours=hours))
    when = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=at)
    return when.astimezone(zone).isoformat(timespec="milliseconds")


def entry(number: int, one: Sent) -> dict[str, Any]:
    id, name = ME if one.mine else KIM
    author = {"id": id, "name": name, "discriminator": "0000", "nickname": name, "color": None, "isBot": False}
    head = {"id": str(((one.at - 1_420_070_400_000) << 22) + number), "type": "Default"}
    head |= {"timestamp": stamp(one.at, one.hours), "timestampEdited": None, "callEndedTimestamp": None}
    lists: dict[str, Any] = {key: [] for key in ("attachments", "embeds", "stickers", "reactions", "mentions")}
    return head | {"isPinned": False, "content": one.text, "author": author} | lists | OTHERS[one.kind] | dict(one.more)


def channel(
    said: Sequence[Sent], *, first: int = 1, id: str = "77", name: str = KIM[1], type: str = "DirectTextChat"
) -> bytes:
    """A file; `first` numbers its messages on from another one."""
    value = {
        "guild": {"id": "0", "name": "Direct Messages", "iconUrl": "x"},
        "channel": {"id": id, "type": type, "categoryId": None, "category": "Private", "name": name, "topic": None},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2025-01-01T00:00:00+00:00",
        "messages": [entry(first + i, one) for i, one in enumerate(said)],
        "messageCount": len(said),
    }
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
