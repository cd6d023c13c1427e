"""A conversation as plain data, written the way Signal and signal-export write it: the other half of the round trip."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from fallow.messages import Kind

ME, KIM, ROBIN, GROUP = 1, 2, 3, 4
MADE: Final = 1_780_000_000_000


@dataclass(frozen=True)
class Sent:
    """One message of a generated conversation: milliseconds UTC, by me or by the other one."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    read: int = 0
    hearts: int = 0
    edited: int = 0


def heads() -> list[Any]:
    """The file's first lines: who I am, three others, and a chat with each."""
    contact = {"aci": "AAAAAAAAAAAAAAAAAAAAAA==", "e164": "4915100000002", "profileGivenName": "Kim"}
    return [
        {"version": "1", "backupTimeMs": str(MADE), "currentAppVersion": "8.1.0"},
        {"account": {"givenName": "Sam", "familyName": "", "accountSettings": {"readReceipts": True}}},
        {"recipient": {"id": str(ME), "self": {}}},
        {"recipient": {"id": str(KIM), "contact": contact}},
        {"recipient": {"id": str(ROBIN), "contact": {"e164": "4915100000003", "nickname": {"given": "Robin"}}}},
        {"recipient": {"id": str(GROUP), "group": {"masterKey": "AA==", "snapshot": {"title": {"title": "Us"}}}}},
        {"chat": {"id": "12", "recipientId": str(KIM), "expireTimerVersion": 1}},
        {"chat": {"id": "13", "recipientId": str(ROBIN)}},
        {"chat": {"id": "14", "recipientId": str(GROUP)}},
    ]


def item(sent: Sent, *, other: int = KIM, **more: Any) -> Any:
    """One message, or a call, in the chat with the other one."""
    return {"chatItem": _item(sent, other) | more}


def _item(sent: Sent, other: int) -> dict[str, Any]:
    author = ME if sent.mine else other
    at = sent.edited or sent.at
    found: dict[str, Any] = {"chatId": str(other + 10), "authorId": str(author), "dateSent": str(at)}
    if sent.kind is Kind.CALL:
        call = {"type": "AUDIO_CALL", "direction": "OUTGOING" if sent.mine else "INCOMING", "state": "ACCEPTED"}
        update = {"individualCall": call | {"startedCallTimestamp": str(sent.at)}}
        return found | {"directionless": {}, "updateMessage": update}
    if sent.mine:
        status = {
            "recipientId": str(other),
            "timestamp": str(sent.read or at),
            "read" if sent.read else "delivered": {},
        }
        found["outgoing"] = {"sendStatus": [status], "dateReceived": str(at)}
    else:
        found["incoming"] = {"dateReceived": str(at + 900), "dateServerSent": str(at + 500), "read": True}
    if sent.edited:
        found["revisions"] = [_item(Sent(sent.at, sent.mine, "as it was"), other)]
    return found | _said(sent, other)


def _said(sent: Sent, other: int) -> dict[str, Any]:
    heart = {"emoji": "❤️", "authorId": str(other if sent.mine else ME), "sentTimestamp": str(sent.hearts)}
    reactions = {"reactions": [heart | {"sortOrder": "1"}]} if sent.hearts else {}
    text = {"text": {"body": sent.text}} if sent.text else {}
    pointer = {"pointer": {"contentType": "image/jpeg", "fileName": "a.jpg"}, "wasDownloaded": True}
    return {
        Kind.TEXT: {"standardMessage": text | reactions},
        Kind.MEDIA: {"standardMessage": text | {"attachments": [pointer]} | reactions},
        Kind.STICKER: {"stickerMessage": {"sticker": {"emoji": sent.text, "stickerId": 3}} | reactions},
        Kind.CONTACT: {"contactMessage": {"contact": {"name": {"givenName": "Lee"}}} | reactions},
        Kind.POLL: {"poll": {"question": sent.text, "options": [{"option": "a"}, {"option": "b"}]}},
        Kind.DELETED: {"remoteDeletedMessage": {}},
    }[sent.kind]


def update(at: int, *, other: int = KIM, **told: Any) -> Any:
    """A line of the app."""
    head = {"chatId": str(other + 10), "authorId": str(ME), "dateSent": str(at), "directionless": {}}
    return {"chatItem": head | {"updateMessage": told}}


def jsonl(*frames: Any) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in frames).encode()


def exported(said: Sequence[Sent], *more: Any) -> bytes:
    """A whole `main.jsonl`."""
    return jsonl(*heads(), *map(item, said), *more)


def local(at: int) -> dt.datetime:
    return dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=at)


SIGNS: Final[dict[Kind, str]] = {Kind.MEDIA: "![a.jpg](./media/2024_a.jpg)  ", Kind.STICKER: "\n(( 🙂 ))"}


def data_json(said: Sequence[Sent]) -> bytes:
    """As signal-export writes it, a line each; times are the wall clock."""
    rows = [
        {
            "date": local(one.at).isoformat(),
            "sender": "Me" if one.mine else "Kim",
            "body": ("Outgoing voice call (accepted, 3m 2s)" if one.kind is Kind.CALL else one.text) + "  ",
            "quote": "",
            "sticker": {"id": "1", "emoji": "🙂"} if one.kind is Kind.STICKER else None,
            "reactions": [],
            "attachments": [{"name": "a.jpg", "path": "media/a.jpg"}] if one.kind is Kind.MEDIA else [],
        }
        for one in said
    ]
    return jsonl(*rows)


def chat_md(said: Sequence[Sent], *, comma: bool = False) -> bytes:
    """The page beside it."""
    lines = []
    for one in said:
        body = ("Outgoing voice call (accepted, 3m 2s)" if one.kind is Kind.CALL else one.text) + "  "
        stamp = f"{local(one.at):%Y-%m-%d{',' if comma else ''} %H:%M:%S}"
        lines.append(f"[{stamp}] {'Me' if one.mine else 'Kim'}: {body}{SIGNS.get(one.kind, '')}\n")
    return "".join(lines).encode()
