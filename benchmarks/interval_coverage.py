"""
How often the 95 % intervals of two sides hold the truth, over generated dyads whose truths are known in closed form.

Run it with `python benchmarks/interval_coverage.py`; a number as first argument sets the dyads of each kind.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dyad.coverage import of_one_dyad

KINDS = {
    "300 bouts, seconds": (300, 1_000_000),
    "300 bouts, whole minutes": (300, 60_000_000),
    "1,000 bouts, seconds": (1000, 1_000_000),
}


def main() -> None:
    dyads = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for kind, (bouts, resolution) in KINDS.items():
        held: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for seed in range(dyads):
            for name, holds in of_one_dyad(seed, bouts, resolution):
                held[name][0] += holds
                held[name][1] += 1
        print(f"\n{kind}, {dyads:,} dyads")
        for name, (inside, n) in held.items():
            share = inside / n
            print(f"| {name} | {100 * share:.1f} | {200 * sqrt(share * (1 - share) / n):.1f} | {n:,} |", flush=True)


if __name__ == "__main__":
    main()
