"""A conversation as plain data, written the way Messages keeps it: the other half of the round trip."""

from __future__ import annotations

import plistlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fallow.messages import Kind

APPLE: Final = 978_307_200
KIM, ROBIN = "+4915100000002", "robin@example.org"
OLD: Final = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT, service_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER, date INTEGER,
  date_read INTEGER, is_from_me INTEGER, item_type INTEGER, cache_has_attachments INTEGER, error INTEGER);
"""
"""As before macOS 10.13: dates in seconds, no reactions, no typedstreams that matter."""
NEW: Final = (
    OLD.replace("service TEXT)", "service TEXT, person_centric_id TEXT)", 1)
    .replace("service_name TEXT)", "service_name TEXT, display_name TEXT)")
    .replace(
        "error INTEGER)",
        "error INTEGER, attributedBody BLOB, associated_message_type INTEGER, associated_message_guid TEXT, "
        "associated_message_emoji TEXT, date_edited INTEGER, message_summary_info BLOB, balloon_bundle_id TEXT, "
        "is_audio_message INTEGER, payload_data BLOB)",
    )
)
CALLS: Final = """
CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZANSWERED INTEGER, ZORIGINATED INTEGER, ZDATE TIMESTAMP,
  ZDURATION FLOAT, ZADDRESS, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR);
"""


@dataclass(frozen=True)
class Sent:
    """One message of a generated conversation: microseconds since 1970 UTC, by me or by the other one."""

    at: int
    mine: bool
    text: str = ""
    kind: Kind = Kind.TEXT
    read: int = 0
    chat: int = 1
    plain: bool = False


def typedstream(text: str) -> bytes:
    """An attributed string as Messages keeps it."""
    raw = text.encode()
    if len(raw) < 0x80:
        size = bytes([len(raw)])
    else:
        size = (
            b"\x81" + len(raw).to_bytes(2, "little") if len(raw) < 0x8000 else b"\x82" + len(raw).to_bytes(4, "little")
        )
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85"
        b"\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + size + raw + b"\x86\x84\x02iI\x01\x05\x92\x84\x84\x84\x0c"
        b"NSDictionary\x00\x94\x84\x01i\x01\x92\x84\x96\x96\x1d__kIMMessagePartAttributeName\x86\x92\x84\x84\x84\x08"
        b"NSNumber\x00\x86\x86"
    )


def nanoseconds(at: int) -> int:
    return (at - APPLE * 1_000_000) * 1000 if at else 0


def row(sent: Sent) -> dict[str, Any]:
    """One row of `message`, for either version."""
    found: dict[str, Any] = {
        "date": nanoseconds(sent.at), "date_read": nanoseconds(sent.read), "is_from_me": int(sent.mine), "item_type": 0,
        "handle_id": 0 if sent.mine else 1,
    }  # fmt: skip
    words = {"text": sent.text} if sent.plain else {"attributedBody": typedstream(sent.text)}
    if sent.kind is Kind.MEDIA:
        return found | {"attributedBody": typedstream("\ufffc" + sent.text), "cache_has_attachments": 1}
    if sent.kind is Kind.REACTION:
        return found | {"associated_message_type": 2006, "associated_message_emoji": sent.text, "text": "Reacted to it"}
    if sent.kind is Kind.DELETED:
        summary = plistlib.dumps({"rp": [0], "ec": {}}, fmt=plistlib.FMT_BINARY)
        return found | {"date_edited": nanoseconds(sent.at + 9), "message_summary_info": summary}
    if sent.kind is Kind.STICKER:
        return found | words | {"associated_message_type": 1000}
    return found | words


def written(
    path: Path, rows: Sequence[tuple[int, dict[str, Any]]], *, schema: str = NEW, wal: bool = False, chats: int = 3,
    persons: Sequence[str] = ("a", "b"),
) -> Path:  # fmt: skip
    """A database with a chat with Kim, one with Robin, one of a group; rows with the chat each is in."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA page_size = 1024")
    if wal:
        connection.execute("PRAGMA journal_mode = wal")
    connection.executescript(schema)
    new = "person_centric_id" in schema
    connection.executemany(
        f"INSERT INTO handle VALUES (?, ?, 'iMessage'{', ?' if new else ''})",
        [(i + 1, one, *((persons[i],) if new else ())) for i, one in enumerate((KIM, ROBIN))],
    )
    kinds = ((1, 45, KIM), (2, 45, ROBIN), (3, 43, "chat77"))[:chats]
    connection.executemany(
        f"INSERT INTO chat VALUES (?, ?, ?, ?, 'iMessage'{', NULL' if new else ''})",
        [(id, f"iMessage;-;{who}", style, who) for id, style, who in kinds],
    )
    if wal:
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number, (chat, values) in enumerate(rows, start=1):
        names = ", ".join(("ROWID", "guid", *values))
        marks = ", ".join("?" * (len(values) + 2))
        connection.execute(f"INSERT INTO message ({names}) VALUES ({marks})", (number, f"G{number}", *values.values()))
        connection.execute("INSERT INTO chat_message_join VALUES (?, ?)", (chat, number))
    connection.commit()
    if not wal:
        connection.close()
    else:
        HELD.append(connection)
    return path


HELD: Final[list[sqlite3.Connection]] = []
"""Connections that keep their log beside the file, as the app does while it runs."""


def database(path: Path, said: Sequence[Sent]) -> Path:
    """A whole `chat.db`."""
    return written(path, [(one.chat, row(one)) for one in said])


def calls(path: Path, said: Sequence[tuple[int, bool, bool]], address: Any = KIM) -> Path:
    """A `CallHistory.storedata`: seconds since 1970, mine, answered."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA page_size = 1024")
    connection.executescript(CALLS)
    connection.executemany(
        "INSERT INTO ZCALLRECORD VALUES (?, ?, ?, ?, ?, ?, NULL, 'com.apple.Telephony')",
        [
            (i + 1, int(answered), int(mine), at - APPLE, 60.0 * answered, address)
            for i, (at, mine, answered) in enumerate(said)
        ],
    )
    connection.commit()
    connection.close()
    return path
