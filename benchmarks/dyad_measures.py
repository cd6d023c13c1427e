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
    clock_overlap,
    count_follow_ups,
    count_openings,
    criterion_stability,
    find_bouts,
    find_turns,
    learn_bout_criterion,
    measure_latencies,
    measure_read,
    measure_writing,
    participants,
    read_changes,
    reply_latencies,
    silences,
    two_sides,
    weekly_counts,
)
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad
from fallow.survival import kaplan_meier, median_with_interval

DAYS_OF_A_MILLION = 15_600
"""Forty-two years, so that there are as many months and quarters as anyone could have."""
READ = 0.9
DAY_US = 86_400_000_000


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
    ego = SideParameters(opens_per_day=2.5, reads=READ)
    alter = SideParameters(opens_per_day=2.5, reply_minutes=6.0, reads=READ)
    parameters = DyadParameters(ego=ego, alter=alter, days=days)
    before = time.process_time()
    table = simulate_dyad(parameters, np.random.default_rng(1))
    print(f"{'simulate_dyad':24} {time.process_time() - before:7.3f}  ({len(table):,} messages)")
    bouts = find_bouts(table, learn_bout_criterion(table).us)
    turns, replies = find_turns(table, bouts), reply_latencies(table, bouts)
    waits = replies.alter
    before_day = int(table.local[-1]) // DAY_US
    measures: dict[str, Callable[[], object]] = {
        "participants": lambda: participants(table),
        "weekly_counts": lambda: weekly_counts(table),
        "learn_bout_criterion": lambda: learn_bout_criterion(table),
        "find_bouts": lambda: find_bouts(table, 6 * 3_600_000_000),
        "count_openings": lambda: count_openings(table, bouts),
        "reply_latencies": lambda: reply_latencies(table, bouts),
        "silences": lambda: silences(table),
        "clock": lambda: clock(table),
        "clock_overlap": lambda: clock_overlap(table),
        "criterion_stability": lambda: criterion_stability(table),
        "measure_writing": lambda: measure_writing(table, bouts, turns, reactions=(0, 0)),
        "measure_latencies": lambda: measure_latencies(table, replies),
        "measure_read": lambda: measure_read(table, bouts, replies),
        "count_follow_ups": lambda: count_follow_ups(replies),
        "two_sides (all of them)": lambda: two_sides(table),
        "read_changes": lambda: read_changes(table, bouts, before=before_day, rng=np.random.default_rng(1)),
        f"kaplan_meier {len(waits):,}": lambda: median_with_interval(kaplan_meier(waits.duration, waits.observed)),
    }
    for name, act in measures.items():
        print(f"{name:24} {cpu_seconds(act):7.3f}")


if __name__ == "__main__":
    main()
