"""A conversation as plain data, written the way Messenger's and Instagram's downloads write it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fallow.messages import Kind

ME, KIM = "Sam Roe", "Kim Döe"
FOLDER: Final = "your_facebook_activity/messages/inbox/kimdoee_104/"
INSTAGRAM: Final = "your_instagram_activity/messages/inbox/kim_17845/"
OTHERS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {},
    Kind.MEDIA: {"photos": [{"uri": "messages/inbox/kimdoee_104/photos/1.jpg", "creation_timestamp": 1}]},
    Kind.STICKER: {"sticker": {"uri": "messages/stickers_used/1.png", "ai_stickers": []}},
    Kind.LINK: {"share": {"link": "https://example.org/"}},
    Kind.CALL: {"call_duration": 61},
    Kind.DELETED: {"is_unsent": True},
}
"""What stands in an entry of the classic download beside its words."""
ENCRYPTED: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"type": "text"},
    Kind.MEDIA: {"type": "media", "media": [{"uri": "./media/1.jpg"}]},
    Kind.STICKER: {"type": "sticker"},
    Kind.LINK: {"type": "link", "share": {"link": "https://example.org/"}},
    Kind.CALL: {"type": "call"},
    Kind.DELETED: {"type": "text", "isUnsent": True},
}


@dataclass(frozen=True)
class Chat:
    """One message of a generated conversation: milliseconds UTC, by me or by the other one."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def who(self) -> str:
        return ME if self.mine else KIM


def classic_entry(one: Chat) -> dict[str, Any]:
    words = {"content": one.text} if one.text else {}
    head = {"sender_name": one.who, "timestamp_ms": one.at, **words, **OTHERS[one.kind], **dict(one.more)}
    return head | {"is_geoblocked_for_viewer": False}


def encrypted_entry(one: Chat) -> dict[str, Any]:
    head = {"isUnsent": False, "media": [], "reactions": [], "senderName": one.who, "text": one.text}
    return head | {"timestamp": one.at, "type": "text"} | ENCRYPTED[one.kind] | dict(one.more)


def byte_by_byte(value: Any) -> bytes:
    """As the classic download writes it: each byte of UTF-8 an escape of its own."""

    def broken(one: Any) -> Any:
        if isinstance(one, str):
            return one.encode().decode("latin-1")
        if isinstance(one, dict):
            return {key: broken(each) for key, each in one.items()}
        return [broken(each) for each in one] if isinstance(one, list) else one

    return json.dumps(broken(value), indent=2).encode()


def thread(entries: list[dict[str, Any]], *, people: Sequence[str] = (KIM, ME), title: str = KIM, **more: Any) -> Any:
    """A file of the classic download; entries come with the oldest first."""
    head: dict[str, Any] = {"participants": [{"name": one} for one in people], "messages": entries[::-1]}
    path = {"thread_path": "inbox/kimdoee_104"}
    return head | {"title": title, "is_still_participant": True} | path | {"magic_words": []} | more


def classic(said: Sequence[Chat], **more: Any) -> bytes:
    return byte_by_byte(thread([classic_entry(one) for one in said], **more))


def encrypted(said: Sequence[Chat], *, people: Sequence[str] = (KIM, ME), title: str = KIM) -> bytes:
    """A file of the download of end-to-end encrypted chats."""
    entries = [encrypted_entry(one) for one in said][::-1]
    value = {"participants": list(people), "threadName": title, "messages": entries}
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def pages(said: Sequence[Chat], size: int, *, folder: str = FOLDER, **more: Any) -> list[tuple[str, bytes]]:
    """A thread cut into files, the first with the newest."""
    newest = list(said)[::-1]
    cut = [newest[i : i + size][::-1] for i in range(0, len(newest), size)]
    return [(f"{folder}message_{i}.json", classic(page, **more)) for i, page in enumerate(cut, 1)]
