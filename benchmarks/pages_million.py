"""
Server time of every page with a million stored messages and five thousand events.

    python benchmarks/pages_million.py [--messages 1000000] [--events 5000] [--rounds 15]

A real server on a real encrypted store; each page is asked for over one kept connection, so the time is the server's
and the loopback's. The first look at the picture, which measures and draws, is told apart.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from fallow.app import Desk
from fallow.plan import (
    Ask,
    BreakupDescribed,
    Looked,
    Moment,
    PageOpened,
    QuietTimeChosen,
    TheyWrote,
    Urge,
    What,
    Wrote,
    decide,
    replay,
)
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from fallow.store import SourceRecord
from fallow.wiring import create_desk

PASSPHRASE = "a slow green field at dusk"
PAGES = (
    *("/", "/now", "/now/wait", "/now/call", "/log", "/history"),
    *("/picture", "/picture/file", "/import", "/settings", "/help"),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home, secret = Path(made) / "data", Path(made) / "secret"
        secret.write_text(PASSPHRASE, "utf-8")
        desk, _code = create_desk(home, PASSPHRASE)
        fill(desk, given.messages, given.events)
        desk.store.close()
        measure(home, secret, given.rounds)


def fill(desk: Desk, messages: int, events: int) -> None:
    busy = SideParameters(opens_per_day=6, messages_per_turn=4)
    table = simulate_dyad(DyadParameters(ego=busy, alter=busy, days=messages // 336), np.random.default_rng(1))
    source = SourceRecord(
        id=secrets.token_hex(16), imported_at=0, format="generated", messages=len(table), first_at=int(table.at[0]),
        last_at=int(table.at[-1]), with_text=False, names=("a", "b"), zone="UTC", zoned=True,
        resolution=table.resolution, problems=b"[]",
    )  # fmt: skip
    now = desk.clock()
    kinds: tuple[What, ...] = (Urge(intensity=5, cue="a song"), Looked(), TheyWrote(), Wrote(), Urge())
    with desk.store.transaction():
        desk.store.put_messages(source, table, None)
        plan = replay(())
        for i in range(events - 1):
            happened = Moment(now.at - dt.timedelta(hours=events - i), now.zone)
            desk.store.append(decide(plan, Ask(kinds[i % len(kinds)], happened), now))
        desk.store.append(decide(plan, Ask(QuietTimeChosen(days=60, start=now.day - dt.timedelta(days=200))), now))
        last = dt.date(1970, 1, 1) + dt.timedelta(microseconds=int(table.local[-1]))
        desk.store.append(decide(plan, Ask(BreakupDescribed(on=min(last, now.day))), now))
        desk.store.append(decide(plan, Ask(PageOpened("picture")), now))
    print(f"{len(table):,} messages, {events:,} events")


def measure(home: Path, secret: Path, rounds: int) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "fallow", "serve", "--port", "0", "--no-browser", "--json"],
        env=os.environ | {"FALLOW_HOME": str(home), "FALLOW_PASSPHRASE_FILE": str(secret)},
        stdout=subprocess.PIPE,
    )
    assert server.stdout is not None
    told = json.loads(server.stdout.readline())
    headers = {"Host": f"{told['host']}:{told['port']}"}
    connection = http.client.HTTPConnection("127.0.0.1", told["port"], timeout=120)

    def ask(path: str) -> tuple[float, http.client.HTTPResponse]:
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        return (time.perf_counter() - began) * 1000, answer

    _time, opened = ask("/open/" + told["link"].rpartition("/")[2])
    cookie = re.match(r"n=[^;]+", opened.headers["set-cookie"])
    assert cookie is not None
    headers["Cookie"] = cookie.group()
    first, _answer = ask("/picture")
    print(f"first look at the picture (measured, drawn and kept): {first:.0f} ms\n")
    print("| page | median ms | slowest ms | bytes |\n| --- | --- | --- | --- |")
    for path in PAGES:
        times, answers = zip(*(ask(path) for _ in range(rounds)), strict=True)
        assert {answer.status for answer in answers} == {200}, path
        size = len(answers[0].body)  # type: ignore[attr-defined]
        print(f"| `{path}` | {statistics.median(times):.1f} | {max(times):.1f} | {size:,} |")
    server.send_signal(signal.SIGTERM)
    server.wait()


if __name__ == "__main__":
    main()
