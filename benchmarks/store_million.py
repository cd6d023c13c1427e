"""
What a million messages cost the store: putting them, putting them again, reading them back.

Run: python benchmarks/store_million.py [messages]
Prints processor seconds of this process and megabytes on the disk. The messages are generated, with text.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from fallow.messages import NOT_KNOWN, MessageTable
from fallow.store import SourceRecord
from fallow.store.sqlite import SqliteStore, open_sqlite

MINUTE = 60_000_000
FOUR_YEARS = 4 * 365 * 24 * 60
START = 1_600_000_020_000_000


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    table = generated(n)
    texts = ["word " * words for words in table.words.tolist()]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        store = open_sqlite(folder, secrets.token_bytes(32))
        print(f"{n:,} messages")
        measured("put with text", lambda: put(store, table, texts))
        measured("put again", lambda: put(store, table, texts))
        measured("read the table", store.messages)
        measured("count", store.message_count)
        measured("read the texts", lambda: sum(1 for _ in store.texts()))
        measured("check", store.check)
        store.close()
        print(f"{'on the disk':<16}{sum(path.stat().st_size for path in folder.iterdir()) / 1e6:8.1f} MB")


def generated(n: int) -> MessageTable:
    rng = np.random.default_rng(1)
    words = rng.integers(0, 24, n).astype(np.int32)
    return MessageTable(
        at=START + np.sort(rng.integers(0, FOUR_YEARS, n)) * MINUTE,
        offset=np.full(n, 3_600, np.int32),
        sender=rng.integers(0, 2, n).astype(np.int8),
        kind=np.zeros(n, np.uint8),
        words=words,
        size=words * 5,
        asks=np.zeros(n, np.int8),
        read_at=np.full(n, NOT_KNOWN, np.int64),
        unseen=np.empty((0, 2), np.int64),
        resolution=MINUTE,
        zoned=True,
    )


def put(store: SqliteStore, table: MessageTable, texts: list[str]) -> int:
    first, last = int(table.at[0]), int(table.at[-1])
    source = SourceRecord(
        id=secrets.token_hex(16),
        imported_at=last,
        format="generated",
        messages=len(table),
        first_at=first,
        last_at=last,
        with_text=True,
        names=("ego", "alter"),
        zone="Europe/Berlin",
        zoned=True,
        resolution=MINUTE,
        problems=b"[]",
    )
    with store.transaction():
        return store.put_messages(source, table, texts)


def measured(what: str, act: Callable[[], object]) -> None:
    began = time.process_time()
    act()
    print(f"{what:<16}{time.process_time() - began:8.2f} s")


if __name__ == "__main__":
    main()
