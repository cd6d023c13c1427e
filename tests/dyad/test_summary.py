from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost import sorts
from dyad.tables import DAY_US, chat, tables
from fallow.dyad import NOBODY, TwoSides, busiest_hours, two_sides
from fallow.dyad.unseen import inside_unseen
from fallow.errors import NotEnoughData
from fallow.messages import NOT_KNOWN, MessageTable
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad


def _same(a: Any, b: Any) -> bool:
    """Equal to the last bit, through dataclasses and arrays."""
    if is_dataclass(a) and type(a) is type(b):
        return all(_same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and bool(np.array_equal(a, b))
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b)


SIDE_CODES = {"opener", "last_sender", "broken_by"}
"""Fields that name a side by its code."""
SIDE_PAIRS = {"last_by", "broken_by", "returned", "n"}
"""Fields that hold a number for ego, then for alter, where they are a tuple."""
DAYS = {"monday", "start_day"}
INSTANTS = {"at", "local", "start_at", "end_at", "first_at", "last_at"}
"""Fields that are dates: days, and microseconds."""
EACH_SIDE = {"ego": "alter", "alter": "ego", "asked_ego": "asked_alter", "asked_alter": "asked_ego"}


def _walk(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """Rebuild a measure with `change` put to every value that is not itself made of fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _walk(getattr(value, f.name), change, f.name) for f in fields(value)})
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return tuple(_walk(each, change, name) for each in value)
    return change(name, value)


def _other(name: str, value: Any) -> Any:
    if name in SIDE_PAIRS and isinstance(value, tuple):
        return value[::-1]
    if name in SIDE_CODES and isinstance(value, int):
        return value if value == NOBODY else 1 - value
    if name in SIDE_CODES:
        return np.where(value == NOBODY, NOBODY, 1 - value).astype(np.int8)
    return value[::-1] if name == "clock" else value


def _swap(value: Any) -> Any:
    """Put ego's in alter's place and alter's in ego's, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        moved = {f.name: _swap(getattr(value, EACH_SIDE.get(f.name, f.name))) for f in fields(value)}
        return replace(value, **moved)
    if isinstance(value, tuple):
        return tuple(_swap(each) for each in value)
    return value


def _mirror(sides: TwoSides) -> TwoSides:
    """The measures as the other side would read them off the same record."""
    mirrored = _walk(_swap(sides), _other)
    assert isinstance(mirrored, TwoSides)
    return mirrored


def _shift(sides: TwoSides, weeks: int) -> TwoSides:
    """The measures with every date moved by whole weeks and nothing else."""

    def moved(name: str, value: Any) -> Any:
        return value + 7 * weeks * (1 if name in DAYS else DAY_US) if name in DAYS | INSTANTS else value

    shifted = _walk(sides, moved)
    assert isinstance(shifted, TwoSides)
    return shifted


@given(tables(least=2), st.sampled_from((None, 0, 5)))
def test_swapping_the_sides_mirrors_every_measure(table: MessageTable, days_after: int | None) -> None:
    """Who is ego changes which side a number stands on and no number, to the last bit."""
    until = None if days_after is None else int(table.at[-1]) + days_after * DAY_US
    assert _same(_mirror(two_sides(table, until=until)), two_sides(table.mirrored(), until=until))


@given(tables(least=2), st.integers(-100, 100))
def test_shifting_time_by_weeks_moves_nothing_but_dates(table: MessageTable, weeks: int) -> None:
    """The same record some weeks earlier or later gives the same numbers."""
    by = weeks * 7 * DAY_US
    read_at = np.where(table.read_at == NOT_KNOWN, NOT_KNOWN, table.read_at + by)
    moved = replace(table, at=table.at + by, read_at=read_at, unseen=table.unseen + by)
    assert _same(_shift(two_sides(table), weeks), two_sides(moved))


@given(tables(least=2))
def test_counts_add_up(table: MessageTable) -> None:
    """Every message is counted once per side, per week and per hour; every bout once per opener and quarter."""
    sides, n = two_sides(table), len(table.written())
    assert n == sides.participants.ego.messages + sides.participants.alter.messages
    assert n == int(sides.weeks.ego.sum() + sides.weeks.alter.sum())
    assert n == sides.writing.ego.messages + sides.writing.alter.messages
    assert len(table) - n == sides.writing.ego.reactions + sides.writing.alter.reactions
    seen = int(np.count_nonzero(~inside_unseen(table.written())))
    assert seen == int(sides.clock.sum())
    overall = sides.openings.overall
    known = int(np.count_nonzero(sides.bouts.known))
    assert known == overall.ego.count + overall.alter.count == sum(p.bouts for p in sides.openings.periods)
    for latency, waits in ((sides.latencies.ego, sides.replies.ego), (sides.latencies.alter, sides.replies.alter)):
        for parts in (latency.months, latency.quarters, latency.hours):
            assert len(waits) == sum(part.waited.n for part in parts)
    assert len(sides.balance) == len(sides.openings.periods)
    assert len(sides.weeks.monday) == sum(p.weeks for p in sides.openings.periods)


def test_a_real_sized_record_mirrors_too() -> None:
    """Fifteen simulated months, where the criterion is learned and the busiest hours are known."""
    table = simulate_dyad(DyadParameters(), np.random.default_rng(11))
    sides, mirrored = two_sides(table), two_sides(table.mirrored())
    assert sides.criterion.how == "learned"
    assert _same(_mirror(sides), mirrored)
    assert busiest_hours(sides.clock) == busiest_hours(mirrored.clock)[::-1]


def test_one_message_is_too_little() -> None:
    """It has no gap, so nothing between two people can be measured."""
    with pytest.raises(NotEnoughData):
        two_sides(chat("0 09:00 me hello"))


def test_measuring_a_million_messages_costs_a_few_sorts() -> None:
    """All measures, criterion learned: about 0.6 seconds where that sort takes 0.06."""
    busy = SideParameters(opens_per_day=2.5)
    table = simulate_dyad(DyadParameters(ego=busy, alter=busy, days=15_600), np.random.default_rng(1))
    assert len(table) > 900_000
    assert sorts(lambda: two_sides(table), runs=3) <= 25
