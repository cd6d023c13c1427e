"""
False alarms, power and the truth of the limits of `read_changes`, on simulated dyads whose change is known.

Run it with `python benchmarks/change_points.py`; a number as first argument sets the dyads of each row, a second the
rows by a word of their name. A dyad lasts 450 days; a ramp begins at 6 in 10 of it, 38 weeks after the start, and is
over 12 weeks before the end where it takes 13.

found      a series that truly moved is said to have changed, in per cent of the dyads
± 3        found, and the middle of what moved together lies within three weeks of the true one
± 3 begin  the same of the begin
± 3 one    the same as ± 3, of the middle of the most certain series
wrong      any series is said to have changed that did not
held       of changes found, those whose limits hold the true middle; those whose limits hold the true ratio
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from fallow.dyad import ChangeReading, SeriesReading, find_bouts, read_changes, wilson_interval
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad

CRITERION_US: Final = 3_600_000_000
DYADS: Final = 400
WEEKS_NEAR: Final = 3
SIDES: Final = ("ego", "alter")


def dyad(
    *, a_day: float = 10.0, bout: str = "4", ego: dict[str, float] | None = None, **alter_and_more: Any
) -> DyadParameters:
    """A dyad of `a_day` messages of both sides together, in bouts of about 3, 4, 7 or 16 messages."""
    of = {"3": (2.2, 1.4, 1.4), "4": (2.5, 1.5, 1.5), "7": (4.0, 1.6, 1.8), "16": (8.0, 1.8, 2.2)}
    turns, of_ego, of_alter = of[bout]
    changes = alter_and_more.pop("alter", {})
    more = {"days": 450, "decline_start": 0.6, "decline_days": 91.0, "silences_per_day": 0.0} | alter_and_more
    mine = SideParameters(messages_per_turn=of_ego, reply_spread=1.0, **(ego or {}))
    theirs = SideParameters(messages_per_turn=of_alter, reply_minutes=6.0, reply_spread=1.0, **changes)
    plain = DyadParameters(ego=mine, alter=theirs, turns_per_bout=turns, least_pause_hours=1.0, **more)
    rate = a_day / (plain.messages_per_day("ego") + plain.messages_per_day("alter"))
    return replace(plain, ego=replace(mine, opens_per_day=rate), alter=replace(theirs, opens_per_day=rate))


def losing(share: float, bout: str = "4") -> dict[str, float]:
    """The decline of both sides with which that share of each one's messages is lost."""
    low, high = 0.0, 1.0
    for _ in range(40):
        decline = (low + high) / 2
        parameters = dyad(bout=bout, ego={"decline": decline}, alter={"decline": decline})
        kept = parameters.messages_per_day("ego", 1.0) / parameters.messages_per_day("ego")
        low, high = (decline, high) if kept > 1 - share else (low, decline)
    return {"decline": low}


def both(share: float, bout: str = "4", **more: Any) -> DyadParameters:
    return dyad(bout=bout, ego=losing(share, bout), alter=losing(share, bout), **more)


NOTHING_CHANGES: Final = {
    "bouts of 4": dyad(),
    "bouts of 7": dyad(bout="7"),
    "bouts of 16": dyad(bout="16"),
    "40 a day": dyad(a_day=40.0, bout="16"),
    "3 a day": dyad(a_day=3.0),
    "long silences": dyad(bout="7", silences_per_day=0.02),
    "half a year": dyad(days=200),
    "two years": dyad(days=735),
    "five weeks unseen": dyad(unseen=((200.0, 235.0),)),
    "wander of 15 %": dyad(sway=0.15),
    "wander of 30 %": dyad(sway=0.3),
    "wander of 30 %, 40 a day": dyad(sway=0.3, a_day=40.0, bout="16"),
}
SOMETHING_CHANGES: Final = {
    "halving, bouts of 3": both(0.5, "3"),
    "halving, bouts of 4": both(0.5),
    "halving, bouts of 7": both(0.5, "7"),
    "halving, bouts of 16": both(0.5, "16"),
    "halving, long silences": both(0.5, silences_per_day=0.02),
    "halving, 20 a day, bouts of 7": both(0.5, "7", a_day=20.0),
    "halving, 40 a day, bouts of 16": both(0.5, "16", a_day=40.0),
    "halving at once": both(0.5, decline_days=0.5),
    "halving in 6 weeks": both(0.5, decline_days=42.0),
    "30 in 100 lost": both(0.3),
    "75 in 100 lost": both(0.75),
    "halving, one side opens less": dyad(alter={"decline": 0.5}),
    "answers twice as slow, one side": dyad(alter={"slowing": 2.0}),
    "answers three times as slow, one side": dyad(alter={"slowing": 3.0}),
    "words halved, one side": dyad(alter={"words_decline": 0.5}),
    "halving, wander of 15 %": both(0.5, sway=0.15),
}


@dataclass(frozen=True, slots=True)
class Truth:
    """Begin and middle as days since 1970, and the ratio of each of the eight series."""

    begins: float
    middle: float
    ratios: dict[tuple[str, int], float]


def truth(p: DyadParameters) -> Truth:
    begins = (p.start - dt.date(1970, 1, 1)).days + p.decline_start * p.days
    ratios: dict[tuple[str, int], float] = {}
    for code, side in enumerate(SIDES):
        ratios["volume", code] = p.messages_per_day(side, 1.0) / p.messages_per_day(side)  # type: ignore[arg-type]
        ratios["openings", code] = p.openings_per_day(side, 1.0) / p.openings_per_day(side)  # type: ignore[arg-type]
        ratios["latency", code] = p.reply_median_days(side, 1.0) / p.reply_median_days(side)  # type: ignore[arg-type]
        ratios["words", code] = p.words_median(side, 1.0) / p.words_median(side)  # type: ignore[arg-type]
    return Truth(begins, begins + (p.decline_days or p.days * (1 - p.decline_start)) / 2, ratios)


def readings(parameters: DyadParameters, dyads: int) -> Iterator[ChangeReading]:
    """The reading of each of so many dyads; the day it ended is the first without a record."""
    before = (parameters.start - dt.date(1970, 1, 1)).days + parameters.days
    for seed in range(dyads):
        table = simulate_dyad(parameters, np.random.default_rng((seed, 1)))
        bouts = find_bouts(table, CRITERION_US)
        yield read_changes(table, bouts, before=before, rng=np.random.default_rng((seed, 2)))


def per_cent(count: int, n: int) -> str:
    share = wilson_interval(count, n)
    return f"{100 * share.value:.1f} ({100 * share.lower:.1f}–{100 * share.upper:.1f})"


def measure(name: str, parameters: DyadParameters, dyads: int, *, changes: bool) -> str:
    """One row of the table."""
    true = truth(parameters)
    found = near = near_begin = near_one = wrong = total = held_middle = held_ratio = 0
    for reading in readings(parameters, dyads):
        right = [one for one in reading.moved if true.ratios[one.series, one.side] != 1.0]
        wrong += len(right) < len(reading.moved)
        if not right or reading.together is None:
            continue
        found += 1
        near += abs(reading.together.middle + 0.5 - true.middle) <= 7 * WEEKS_NEAR
        near_begin += abs(reading.together.begins + 0.5 - true.begins) <= 7 * WEEKS_NEAR
        surest = min(right, key=_p)
        assert surest.change is not None
        near_one += abs(surest.change.middle + 0.5 - true.middle) <= 7 * WEEKS_NEAR
        for one in right:
            assert one.change is not None
            total += 1
            held_middle += one.change.earliest <= true.middle <= one.change.latest + 1
            held_ratio += one.change.lower <= true.ratios[one.series, one.side] <= one.change.upper
    if not changes:
        return f"| {name} | {per_cent(wrong, dyads)} |"
    counts = (found, near, near_begin, near_one, wrong)
    held = "–" if total == 0 else f"{100 * held_middle / total:.0f}, {100 * held_ratio / total:.0f} of {total}"
    return f"| {name} | " + " | ".join(per_cent(count, dyads) for count in counts) + f" | {held} |"


def _p(one: SeriesReading) -> float:
    assert one.p is not None
    return one.p


def main() -> None:
    dyads = int(sys.argv[1]) if len(sys.argv) > 1 else DYADS
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    began = time.process_time()
    print(f"| nothing changes, {dyads} dyads each | false alarm, per cent (95 %) |\n| --- | --- |")
    for name, parameters in NOTHING_CHANGES.items():
        if word in name:
            print(measure(name, parameters, dyads, changes=False), flush=True)
    print(f"\n| a change, {dyads} dyads each | found | ± 3 | ± 3 begin | ± 3 one | wrong | held |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, parameters in SOMETHING_CHANGES.items():
        if word in name:
            print(measure(name, parameters, dyads, changes=True), flush=True)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
