"""Hostile databases, made on the spot: each would cost a careless reader its memory, its time or its computer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from importers.bombs import MB, deflated, one_member
from importers.imessages import KIM, NEW, OLD, Sent, database, row, typedstream, written

AT = 1_770_000_000_000_000


def altered(path: Path, *statements: str, schema: str = OLD) -> None:
    """A database of one message in which somebody put more."""
    written(path, [(1, {"text": "x", "date": 700_000_000, "is_from_me": 0, "item_type": 0})], schema=schema)
    with sqlite3.connect(path) as connection:
        for each in statements:
            connection.execute(each)
    connection.close()


def view_for_a_table(path: Path) -> None:
    """A table of messages that is a question without end."""
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS ROWID, x AS date FROM c"
    altered(path, "DROP TABLE message", f"CREATE VIEW message AS {endless}")


def join_without_end(path: Path) -> None:
    """One message that is said to be in the chat half a million times."""
    altered(path, "DROP TABLE chat_message_join", "CREATE TABLE chat_message_join (chat_id, message_id)", (
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 500000) "
        "INSERT INTO chat_message_join SELECT 1, 1 FROM c"
    ))  # fmt: skip


def many_chats(path: Path) -> None:
    """A hundred and fifty thousand chats."""
    numbers = "WITH RECURSIVE c(x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM c WHERE x < 150000)"
    altered(
        path,
        f"{numbers} INSERT INTO chat SELECT x, 'g', 45, 'a' || x || '@b.example', 's' FROM c",
        f"{numbers} INSERT INTO chat_message_join SELECT x, 1 FROM c",
    )


def endless_text(path: Path) -> None:
    """A text of fifty megabytes."""
    written(path, [(1, {"text": "x" * 50 * MB, "date": 700_000_000, "is_from_me": 0})], schema=OLD)


def wrong_types(path: Path) -> None:
    """Texts where numbers should be, numbers where texts should be, and dates beyond all clocks."""
    bad = {"text": 5, "date": "never", "date_read": b"x", "is_from_me": "no", "item_type": 0.0}
    far = {"text": b"\xff", "date": 2**63 - 1, "date_read": -(2**63), "is_from_me": 2**40, "item_type": None}
    written(path, [(1, bad), (1, far), (1, row(Sent(AT, mine=True, text="fine")))], schema=NEW)


def lying_lengths(path: Path) -> None:
    """Typedstreams that say they are four gigabytes long."""
    body = typedstream("x").replace(b"+\x01x", b"+\x82\xff\xff\xff\xffx")
    written(path, [(1, row(Sent(AT, mine=True)) | {"attributedBody": body})] * 1_000)


def plists_in_plists(path: Path) -> None:
    """A summary of an edit that refers to itself."""
    loop = b"bplist00\xa1\x00\x08" + bytes(6) + b"\x01\x01" + (1).to_bytes(8) + bytes(8) + (10).to_bytes(8)
    edited = {"date_edited": 5, "message_summary_info": loop, "attributedBody": None}
    written(path, [(1, row(Sent(AT, mine=True)) | edited)] * 100)


def log_of_gigabytes(path: Path) -> None:
    """A log that says the file is four terabytes long, beside the file."""
    database(path, [Sent(AT, mine=True, text="fine")])
    head = b"\x37\x7f\x06\x82" + (3007000).to_bytes(4) + (1024).to_bytes(4) + bytes(4) + b"salt" * 2 + bytes(8)
    frame = (1).to_bytes(4) + (2**32 - 1).to_bytes(4) + b"salt" * 2 + bytes(8) + bytes(1024)
    path.with_name(path.name + "-wal").write_bytes(head + frame)


def sparse(path: Path) -> None:
    """Two gigabytes of nothing behind a database."""
    database(path, [Sent(AT, mine=True, text="fine")])
    with path.open("r+b") as file:
        file.truncate(2_048 * MB)


def another(path: Path) -> None:
    """A database of something else."""
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE contact AS SELECT '{KIM}' AS number")
    connection.close()


def ten_gigabytes(path: Path) -> None:
    """A zip that unpacks to ten gigabytes, by its own account."""
    path.write_bytes(one_member(b"chat.db", *deflated(10_240), 10_240 * MB))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "database with a view for a table": (view_for_a_table, "LooksLikeAnotherFile"),
    "database that joins without end": (join_without_end, "read"),
    "database of 150,000 chats": (many_chats, "WhichChat"),
    "database with a text of 50 MB": (endless_text, "BrokenFile"),
    "database of wrong types": (wrong_types, "read"),
    "database of lying lengths": (lying_lengths, "read"),
    "database of property lists in themselves": (plists_in_plists, "read"),
    "database with a log of terabytes": (log_of_gigabytes, "BrokenFile"),
    "database with two gigabytes of nothing": (sparse, "read"),
    "database of something else": (another, "LooksLikeAnotherFile"),
    "zip of ten gigabytes of database": (ten_gigabytes, "ArchiveTooLarge"),
}
"""What it is → how it is made, and what must come of it."""
