"""
CPU seconds of every measure of two sides on a million generated messages, each the best of three.

Run it with `python benchmarks/dyad_measures.py`; a number as first argument sets the days of the record.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from fallow.dyad import (
    clock,
    count_openings,
    find_bouts,
    learn_bout_criterion,
    participants,
    reply_latencies,
    silences,
    two_sides,
    weekly_counts,
)
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from fallow.survival import kaplan_meier, median_with_interval

DAYS_OF_A_MILLION = 15_600


def cpu_seconds(act: Callable[[], object], times: int = 3) -> float:
    """The least CPU time of several runs."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return min(taken)


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else DAYS_OF_A_MILLION
    ego = SideParameters(opens_per_day=2.5)
    alter = SideParameters(opens_per_day=2.5, reply_minutes=6.0)
    parameters = DyadParameters(ego=ego, alter=alter, days=days)
    before = time.process_time()
    table = simulate_dyad(parameters, np.random.default_rng(1))
    print(f"{'simulate_dyad':24} {time.process_time() - before:7.3f}  ({len(table):,} messages)")
    bouts = find_bouts(table, learn_bout_criterion(table).us)
    waits = reply_latencies(table, bouts).alter
    measures: dict[str, Callable[[], object]] = {
        "participants": lambda: participants(table),
        "weekly_counts": lambda: weekly_counts(table),
        "learn_bout_criterion": lambda: learn_bout_criterion(table),
        "find_bouts": lambda: find_bouts(table, 6 * 3_600_000_000),
        "count_openings": lambda: count_openings(table, bouts),
        "reply_latencies": lambda: reply_latencies(table, bouts),
        "silences": lambda: silences(table),
        "clock": lambda: clock(table),
        "two_sides (all of them)": lambda: two_sides(table),
        f"kaplan_meier {len(waits):,}": lambda: median_with_interval(kaplan_meier(waits.duration, waits.observed)),
    }
    for name, act in measures.items():
        print(f"{name:24} {cpu_seconds(act):7.3f}")


if __name__ == "__main__":
    main()
