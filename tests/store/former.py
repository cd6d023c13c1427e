"""A store as an earlier version of the schema left it, with something of everything in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fallow.messages import MessageTable, occurrences
from fallow.plan import Event
from fallow.store.connections import Connections
from fallow.store.pragmas import connect
from fallow.store.rows import places
from fallow.store.schema import _statements, migrations
from fallow.store.sqlite import SqliteStore
from store.samples import a_long_table, an_event

DRAFTS = [("a", 10, 11, "never sent, 🌧", 0, None), ("b", 20, 21, "put away", 1, 99)]
"""As version 1 keeps them: id, started at, saved at, body, sealed, opens at."""
EVENTS: list[Event] = [an_event(f"cue {i}", minute=i) for i in range(30)]
TABLE: MessageTable = a_long_table(200)
TEXTS = [f"text {i}?" if i % 3 == 0 else f"text {i}, see x.org/?q={i}" for i in range(200)]


def make_version_1(folder: Path, key: bytes) -> None:
    """Run the first migration alone, and fill it with what the tables of that version hold."""
    path = folder / "notes.db"
    connection = connect(path, key)
    for statement in _statements(migrations()[0]):
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.executemany("INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?)", DRAFTS)
    connection.execute("INSERT INTO source VALUES (1, 'first', 0, 'whatsapp_android_txt', ?, 0, 0, 1, 'Robin', 'Sam',"
                       " 'Europe/Berlin', 1, ?, x'5b5d')", (len(TABLE), TABLE.resolution))  # fmt: skip
    columns = (TABLE.at, TABLE.sender, TABLE.kind, TABLE.words, TABLE.size, occurrences(TABLE), places(TABLE.at),
               TABLE.offset)  # fmt: skip
    messages = zip(*(column.tolist() for column in columns), [1] * len(TABLE), TEXTS, strict=True)
    connection.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", messages)
    derived = [("store.count", b"%d" % len(TABLE)), ("store.columns", b"as version 1 packed them"), ("picture", b"x")]
    connection.executemany("INSERT INTO derived VALUES (?, ?)", derived)
    connection.close()
    path.chmod(0o600)
    store = SqliteStore(Connections(path, key, connect))
    with store.transaction():
        store.append(EVENTS)
        store.set_preference("zone", "Europe/Berlin")
    store.close()


def everything(folder: Path, key: bytes) -> dict[str, list[Any]]:
    """Every row of every table, without opening it as a store, which would bring it up to date."""
    connection = connect(folder / "notes.db", key)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    rows = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in tables}
    connection.close()
    return rows


def version(folder: Path, key: bytes) -> int:
    connection = connect(folder / "notes.db", key)
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return found
