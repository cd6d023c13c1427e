"""What one person wrote as plain data, packed as Discord packs it: the other half of the round trip."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from importers.chats import zipped

ME, KIM, ROBIN = "1001", "2002", "3003"
FIRST_MS = 1_420_070_400_000
INDEX = {"77": "Direct Message with Kim 🌿#0", "78": "Direct Message with robin#1234", "79": "general in Garden"}


@dataclass(frozen=True)
class Own:
    """One message of mine: milliseconds UTC, its words, what is sent along."""

    at: int
    text: str = ""
    files: str = ""


def number(one: Own) -> int:
    return (one.at - FIRST_MS) << 22


def stamp(one: Own, *, offset: bool = True) -> str:
    whole = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=one.at)
    return whole.isoformat(" ", "microseconds") if offset else f"{whole:%Y-%m-%d %H:%M:%S}"


def table(said: Sequence[Own]) -> bytes:
    """`messages.csv`, the newest first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["ID", "Timestamp", "Contents", "Attachments"])
    writer.writerows([number(one), stamp(one), one.text, one.files] for one in reversed(said))
    return text.getvalue().encode()


def listed(said: Sequence[Own]) -> bytes:
    """`messages.json`, in which times have no offset and no fractions."""
    rows = [
        {"ID": number(one), "Timestamp": stamp(one, offset=False), "Contents": one.text, "Attachments": one.files}
        for one in reversed(said)
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def channel(id: str, *with_whom: str, type: str | int = "DM") -> bytes:
    told: dict[str, object] = {"id": id, "type": type}
    told |= {"recipients": [ME, *with_whom]} if with_whom else {"guild": {"id": "5", "name": "Garden"}}
    return json.dumps(told).encode()


def package(
    kim: Sequence[Own], robin: Sequence[Own] = (), *, capital: bool = True, more: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    """A whole package: two conversations, a group, a server, and what else Discord tells of an account."""
    folder, account = ("Messages", "Account") if capital else ("messages", "account")
    write, ending = (listed, "json") if capital else (table, "csv")
    said = [
        ("77", kim, channel("77", KIM, type="DM" if capital else 1)),
        ("78", robin, channel("78", ROBIN, type="DM" if capital else 1)),
        ("79", [Own(1_700_000_000_000, "to all")], channel("79", type="GUILD_TEXT" if capital else 0)),
        ("80", [Own(1_700_000_000_000, "to both")], channel("80", KIM, ROBIN, type="GROUP_DM" if capital else 3)),
    ]
    files = [
        ("README.txt", b"Welcome."),
        (f"{account}/user.json", json.dumps({"id": ME, "username": "sam", "relationships": [{"id": KIM}]}).encode()),
        (f"{folder}/index.json", json.dumps(INDEX).encode()),
        ("Activity/reporting/events.json", b'{"event_type":"open"}\n{"event_type":"open"}\n'),
        *((f"{folder}/c{id}/channel.json", head) for id, _, head in said),
        *((f"{folder}/c{id}/messages.{ending}", write(rows)) for id, rows, _ in said),
        *more,
    ]
    return zipped(*files)
