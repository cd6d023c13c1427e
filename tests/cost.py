"""How dear a piece of work is, in a unit of the same run: no test asserts a time, for machines differ and are noisy."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

NUMBERS = np.random.default_rng(7).random(200_000).tolist()


def sorts(work: Callable[[], object], *, runs: int = 5) -> float:
    """Processor time of the work, best of some runs, over that of sorting 200,000 numbers in a list (about 60 ms)."""
    return _best(work, runs) / _best(lambda: sorted(NUMBERS), 5)


def _best(work: Callable[[], object], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best
