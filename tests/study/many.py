"""A log as untidy as logs are, and what its silences are by the definition in numpy."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fallow.dyad import Episodes, find_episodes
from fallow.study import EventLog, open_engine

DAY = 86_400
NAMES = ("Änne", "anna", "Anna", "B, b", "zoë", "10", "9", "名前", "😀", "x y")
Line = tuple[str, str, float]


def read(path: Path, engine: str = "polars", *, until: float | None = None) -> EventLog:
    with open_engine(engine) as opened:
        return opened.read(path, until=until)


def untidy_lines(events: int, seed: int = 5) -> list[Line]:
    """Pairs with few messages and with many, twins, ties of both sides, mass mail, messages to oneself; shuffled."""
    rng = np.random.default_rng(seed)
    lines: list[Line] = []
    while len(lines) < events:
        pair = rng.choice(40, 2, replace=False)
        one, other = (f"{NAMES[i % len(NAMES)]}{i // len(NAMES)}" for i in pair)
        at = float(rng.integers(0, 100 * DAY))
        for _ in range(int(rng.geometric(1 / 80))):
            at += float(rng.choice([0, rng.integers(0, 3_600), DAY, 7 * DAY, rng.exponential(3 * DAY)]))
            at = round(at, int(rng.choice([0, 6])))
            sender, receiver = (one, other) if rng.random() < 0.5 else (other, one)
            lines.append((sender, receiver, at))
            if rng.random() < 0.05:
                lines.append((sender, receiver, at))
            if rng.random() < 0.05:
                lines.append((receiver, sender, at))
            if rng.random() < 0.01:
                lines.append((sender, sender, at))
            if rng.random() < 0.004:
                several = rng.permutation(40)[: int(rng.integers(4, 9))]
                lines += [(sender, f"{NAMES[i % len(NAMES)]}{i // len(NAMES)}", at + 0.25) for i in several]
    return [lines[i] for i in rng.permutation(len(lines))]


def keen_and_shy(dyads: int, seed: int) -> list[Line]:
    """Two years of pairs of which one comes back nine times in ten, at a pace of the pair's own."""
    rng = np.random.default_rng(seed)
    lines: list[Line] = []
    for i in range(dyads):
        at, pace = float(rng.uniform(0, 30)), float(rng.choice([4.0, 40.0]))
        keen, shy = rng.permutation([f"{i}a", f"{i}b"])
        while at < 730:
            first, second = (keen, shy) if rng.random() < 0.9 else (shy, keen)
            lines += [(first, second, round((at + k / 48) * DAY)) for k in (0, 2)]
            lines += [(second, first, round((at + k / 48) * DAY)) for k in (1, 3)]
            at += 1 + float(rng.exponential(pace))
    return lines


def write_csv(path: Path, lines: list[Line]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("sender", "receiver", "at"))
        rows.writerows((sender, receiver, f"{at:.6f}".rstrip("0").rstrip(".")) for sender, receiver, at in lines)
    return path


@dataclass
class Clean:
    """Messages as `find_episodes` takes them."""

    dyad: NDArray[np.int64]
    at: NDArray[np.int64]
    sender: NDArray[np.int8]
    first: NDArray[np.int64]

    def silences(self, view: int, until: int | None = None) -> Episodes:
        end = int(self.at.max()) if until is None else until
        side = (self.sender if view == 0 else 1 - self.sender).astype(np.int8)
        return find_episodes(self.dyad, self.at, side, np.full(len(self.at), end, np.int64))


def clean(lines: list[Line]) -> Clean:
    """What the log says it leaves out is left out, one message after the other."""
    number = {name: i for i, name in enumerate(sorted({name for line in lines for name in line[:2]}))}
    events = {(number[s], number[r], round(at * 1_000_000)) for s, r, at in lines if s != r}
    burst = Counter((sender, at // 1_000_000) for sender, _, at in events)
    kept = [event for event in events if burst[event[0], event[2] // 1_000_000] <= 5]
    rows = sorted((min(s, r), max(s, r), at, int(s > r)) for s, r, at in kept)
    low, high, at, sender = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    dyad = low * len(number) + high
    begins = np.append(True, dyad[1:] != dyad[:-1])
    first = np.maximum.accumulate(np.where(begins, np.arange(len(dyad)), 0))
    return Clean(dyad, at, sender.astype(np.int8), first)


def assert_as_in_numpy(log: EventLog, lines: list[Line]) -> None:
    """Which dyad, which message, how long and who, to the last bit; what was known to rounding."""
    by_hand = clean(lines)
    views = [by_hand.silences(view) for view in (0, 1)]
    dyads = np.unique(views[0].dyad)
    found = log.silences
    assert len(found) == sum(map(len, views)) > 500
    assert log.messages == len(by_hand.at)
    np.testing.assert_array_equal(np.concatenate([np.searchsorted(dyads, each.dyad) for each in views]), found.dyad)
    rows = np.concatenate([each.row for each in views])
    np.testing.assert_array_equal(rows - by_hand.first[rows] + 1, found.row)
    np.testing.assert_array_equal(by_hand.at[rows], log.begin)
    np.testing.assert_array_equal(np.concatenate([each.days for each in views]), found.days)
    np.testing.assert_array_equal(np.concatenate([each.cause for each in views]), found.cause)
    np.testing.assert_array_equal(np.repeat((0, 1), [len(each) for each in views]), log.view)
    covariates = np.concatenate([each.covariates for each in views])
    np.testing.assert_allclose(found.covariates, covariates, rtol=0, atol=1e-9)
