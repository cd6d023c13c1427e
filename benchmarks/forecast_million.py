"""
One person's forecast from a real encrypted store with a million messages, first and again.

    python benchmarks/forecast_million.py [--messages 1000000] [--silences 300] [--rounds 15]
"""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from fallow.app import silence_forecast
from fallow.messages import NOT_KNOWN, Kind, MessageTable
from fallow.store import SourceRecord
from fallow.wiring import create_desk

DAY_US = 86_400_000_000
WEEK = 7


def made(messages: int, silences: int, until: int) -> MessageTable:
    """So many messages, minutes apart, with so many silences of a day and more, the last one of a week."""
    rng = np.random.default_rng(1)
    gap = rng.exponential(60e6, messages)
    gap[rng.choice(messages, silences, replace=False)] += (1 + rng.exponential(3, silences)) * DAY_US
    at = np.cumsum(gap).astype(np.int64)
    at += until - WEEK * DAY_US - at[-1]
    n = messages
    return MessageTable(
        at=at, offset=np.zeros(n, np.int32), sender=rng.integers(0, 2, n).astype(np.int8),
        kind=np.full(n, Kind.TEXT, np.uint8), words=np.full(n, 5, np.int32), size=np.full(n, 25, np.int32),
        asks=np.zeros(n, np.int8), read_at=np.full(n, NOT_KNOWN), unseen=np.empty((0, 2), np.int64),
        resolution=1_000_000, zoned=True,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--silences", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk, _code = create_desk(Path(folder) / "data", "a slow green field at dusk")
        table = made(given.messages, given.silences, round(dt.datetime.now(dt.UTC).timestamp() * 1e6))
        source = SourceRecord(
            id=secrets.token_hex(16), imported_at=0, format="generated", messages=len(table), first_at=int(table.at[0]),
            last_at=int(table.at[-1]), with_text=False, names=("a", "b"), zone="UTC", zoned=True,
            resolution=table.resolution, problems=b"[]",
        )  # fmt: skip
        with desk.store.transaction():
            desk.store.put_messages(source, table, None)
        spent = []
        for _ in range(given.rounds + 1):
            begun = time.process_time()
            found = silence_forecast(desk)
            spent.append(1_000 * (time.process_time() - begun))
        print(f"{len(table):,} messages, {found.n_earlier_silences} earlier silences: {found.other[2]}")
        print(f"First: {spent[0]:.0f} ms of CPU. Again: median {statistics.median(spent[1:]):.0f} ms.")
        desk.store.close()


if __name__ == "__main__":
    main()
