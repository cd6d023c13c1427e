"""
Silences of five million generated events on Polars, DuckDB and Spark: that they are the same, and what they cost.

Run it with `python benchmarks/study_engines.py [--events 5000000] [--engines polars,duckdb,local[2]]`; Spark needs
`make test-spark` to have been run once. Each engine is a process of its own that reads one Parquet file of names and
seconds and finds every silence as both sides see it. CPU seconds are of reading and finding, processes that the engine
starts included; loading the libraries is told apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

MEMORY_MB = 2048
FIELDS = ("dyad", "row", "days", "cause")


def write_events(path: Path, events: int) -> int:
    """Pairs with about a hundred messages each, gaps of minutes to months, shuffled."""
    import polars as pl

    rng = np.random.default_rng(1)
    sizes = rng.geometric(1 / 100, events // 100)
    dyad = np.repeat(np.arange(len(sizes)), sizes)
    n = len(dyad)
    gap = np.where(rng.random(n) < 0.75, rng.exponential(3_600, n), rng.pareto(0.9, n) * 40_000)
    total = np.cumsum(np.minimum(gap, 200 * 86_400))
    first = np.cumsum(sizes) - sizes
    at = np.round(total - total[first][dyad] + rng.uniform(0, 200 * 86_400, len(sizes))[dyad]).astype(np.int64)
    people = len(sizes) // 3
    one = rng.integers(0, people, len(sizes))
    other = (one + 1 + rng.integers(0, people - 1, len(sizes))) % people
    by_one = rng.random(n) < 0.5
    order = rng.permutation(np.flatnonzero(at < 1_500 * 86_400))
    table = pl.DataFrame(
        {
            "sender": np.where(by_one, one[dyad], other[dyad])[order],
            "receiver": np.where(by_one, other[dyad], one[dyad])[order],
            "at": at[order],
        }
    )
    names = (("p" + pl.col(name).cast(pl.String)).alias(name) for name in ("sender", "receiver"))
    table.with_columns(*names).write_parquet(path)
    return len(table)


def proc_numbers(pid: int | str) -> tuple[float, float]:
    """CPU seconds and highest resident MB of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024


def all_numbers() -> tuple[float, float]:
    """Of this process and of all under it."""
    seconds, peak = proc_numbers("self")
    waiting = [os.getpid()]
    while waiting:
        pid = waiting.pop()
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("utf-8").split():
                own = proc_numbers(child)
                seconds, peak = seconds + own[0], peak + own[1]
                waiting.append(int(child))
    return seconds, peak


def run_one(engine: str, events: Path, out: Path) -> None:
    """One engine, start to finish; its numbers as JSON, its silences as arrays."""
    from fallow.study import open_engine

    with open_engine(engine, memory_mb=MEMORY_MB) as opened:
        begun, wall = all_numbers()[0], time.perf_counter()
        log = opened.read(events)
        seconds, peak = all_numbers()
        told = {
            "cpu": seconds - begun,
            "start": begun,
            "wall": time.perf_counter() - wall,
            "peak": peak,
            "silences": len(log.silences),
        }
    kept = {name: getattr(log.silences, name) for name in FIELDS} | {"view": log.view, "begin": log.begin}
    told["hash"] = hashlib.sha256(b"".join(each.tobytes() for each in kept.values())).hexdigest()
    np.save(out, log.silences.covariates)
    print(json.dumps(told))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=5_000_000)
    parser.add_argument("--engines", default="polars,duckdb,local[2]")
    parser.add_argument("--one", nargs=3)
    given = parser.parse_args()
    if given.one:
        run_one(given.one[0], Path(given.one[1]), Path(given.one[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events.parquet"
        n = write_events(events, given.events)
        print(f"{n:,} events, {events.stat().st_size / 1e6:.0f} MB of Parquet\n")
        print(
            "| engine | silences | CPU s | CPU s a million | vs Polars | wall s | start, CPU s | peak MB | the same |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        first: dict[str, float | str] = {}
        base = np.empty(0)
        for engine in given.engines.split(","):
            out = Path(folder) / "covariates.npy"
            done = subprocess.run(
                [sys.executable, __file__, "--one", engine, str(events), str(out)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(f"| {engine} | {done.stderr.strip().splitlines()[-1]} |")
                continue
            told = json.loads(done.stdout.splitlines()[-1])
            found = np.load(out)
            if not first:
                first, base = told, found
            same = told["hash"] == first["hash"]
            apart = float(np.abs(found - base).max()) if same else float("nan")
            print(
                f"| {engine} | {told['silences']:,} | {told['cpu']:.2f} | {told['cpu'] / n * 1e6:.2f} "
                f"| {told['cpu'] / float(first['cpu']):.1f}× | {told['wall']:.1f} | {told['start']:.1f} "
                f"| {told['peak']:,.0f} | {'yes' if same else 'no'}, covariates to {apart:.0e} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
