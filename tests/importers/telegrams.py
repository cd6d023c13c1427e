"""A conversation as plain data, written the way Telegram Desktop writes it: the other half of the round trip."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from fallow.messages import Kind

ME, OTHER = 1001, 2002
BERLIN: Final = ZoneInfo("Europe/Berlin")
"""Where the exporting computer of these files stands."""
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NOT_INCLUDED: Final = "(File not included. Change data exporting settings to download.)"
SIGNS: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {},
    Kind.MEDIA: {"photo": NOT_INCLUDED, "width": 4, "height": 3},
    Kind.LOCATION: {"location_information": {"latitude": 52.5, "longitude": 13.4}},
    Kind.CONTACT: {"contact_information": {"first_name": "Kim", "phone_number": "000"}},
    Kind.POLL: {"poll": {"question": "Where?", "closed": False, "total_voters": 0, "answers": []}},
}


@dataclass(frozen=True)
class Sent:
    """One message of a generated conversation: seconds UTC, by me or by the other one."""

    at: int
    mine: bool
    text: str
    kind: Kind = Kind.TEXT
    parts: int = 1


def local(at: int) -> str:
    return f"{(EPOCH + dt.timedelta(seconds=at)).astimezone(BERLIN):%Y-%m-%dT%H:%M:%S}"


def stamps(at: int, *, unix: bool = True) -> dict[str, Any]:
    return {"date": local(at)} | ({"date_unixtime": str(at)} if unix else {})


def entry(number: int, sent: Sent, names: tuple[str, str], *, old: bool = False, other: int = OTHER) -> dict[str, Any]:
    """One entry; an old one has no instants and bare numbers for people."""
    id, name = (ME, names[0]) if sent.mine else (other, names[1])
    head = {"id": number, "type": "message", **stamps(sent.at, unix=not old)}
    if sent.kind is Kind.CALL:
        head |= {"type": "service", "actor": name, "actor_id": f"user{id}", "action": "phone_call"}
        return head | {"discard_reason": "missed", "text": ""}
    head |= {"from": name, "from_id": id if old else f"user{id}", **SIGNS[sent.kind]}
    cut = _cut(sent.text, sent.parts)
    entities = [{"type": "plain" if i % 2 == 0 else "bold", "text": part} for i, part in enumerate(cut)]
    mixed = [part if i % 2 == 0 else {"type": "bold", "text": part} for i, part in enumerate(cut)]
    text = {"text": sent.text if sent.parts == 1 else mixed}
    return head | text | ({} if old else {"text_entities": entities if sent.text else []})


def _cut(text: str, parts: int) -> list[str]:
    size = max(1, len(text) // parts)
    return [text[i : i + size] for i in range(0, max(1, len(text)), size)]


def chat(
    entries: list[dict[str, Any]], *, name: str | None = "Robin", id: int = OTHER, type: str = "personal_chat"
) -> Any:
    return {"name": name, "type": type, "id": id, "messages": entries}


def full(*chats: Any, me: int | None = ME) -> Any:
    """A full export as the app orders it."""
    head: dict[str, Any] = {"about": "Here is the data you requested."}
    if me is not None:
        head["personal_information"] = {"user_id": me, "first_name": "Sam", "last_name": "", "phone_number": "+00"}
    contacts = {"about": "Contacts", "list": [{"first_name": "Kim", "last_name": "[{]}", "date": local(0)}]}
    return head | {"contacts": contacts, "chats": {"about": "All chats", "list": list(chats)}}


def app_json(value: Any) -> bytes:
    """As the app writes it: one blank further in for each level, and what is not ASCII as it is."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


STYLES: Final[dict[str, Callable[[Any], bytes]]] = {
    "app": app_json,
    "minified": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(),
    "escaped": lambda value: json.dumps(value, indent=2).encode(),
    "tabs": lambda value: json.dumps(value, ensure_ascii=False, indent="\t").encode(),
    "windows": lambda value: app_json(value).replace(b"\n", b"\r\n"),
    "sorted": lambda value: json.dumps(value, ensure_ascii=False, indent=4, sort_keys=True).encode(),
    "one line each": lambda value: json.dumps(value, ensure_ascii=False).replace('}, {"id"', '},\n{"id"').encode(),
}
"""The same file as other programs may have written it again."""


def said(*texts: str, first: int = 1_700_000_000, step: int = 60) -> list[dict[str, Any]]:
    """Entries by me and by Robin in turn, a minute apart."""
    return [
        entry(i + 1, Sent(first + i * step, i % 2 == 0, text), ("Sam", "Robin")) for i, text in enumerate(texts)
    ]  # fmt: skip
