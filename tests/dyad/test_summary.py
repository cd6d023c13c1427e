from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost import sorts
from dyad.tables import DAY_US, chat, tables
from fallow.dyad import NOBODY, Openings, Period, Replies, SideShares, TwoSides, busiest_hours, two_sides
from fallow.errors import NotEnoughData
from fallow.messages import MessageTable
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


def _swapped(shares: SideShares) -> SideShares:
    return SideShares(ego=shares.alter, alter=shares.ego)


def _mirror(sides: TwoSides) -> TwoSides:
    """The measures as the other side would read them off the same record."""

    def other(side: np.ndarray[Any, np.dtype[np.int8]]) -> np.ndarray[Any, np.dtype[np.int8]]:
        return np.where(side == NOBODY, NOBODY, 1 - side).astype(np.int8)

    def period(p: Period) -> Period:
        return p if p.shares is None else replace(p, shares=_swapped(p.shares))

    quiet, openings = sides.silences, sides.openings
    return TwoSides(
        participants=replace(sides.participants, ego=sides.participants.alter, alter=sides.participants.ego),
        weeks=replace(sides.weeks, ego=sides.weeks.alter, alter=sides.weeks.ego),
        criterion=sides.criterion,
        bouts=replace(sides.bouts, opener=other(sides.bouts.opener)),
        openings=Openings(overall=_swapped(openings.overall), periods=tuple(map(period, openings.periods))),
        replies=Replies(ego=sides.replies.alter, alter=sides.replies.ego),
        silences=replace(quiet, last_sender=other(quiet.last_sender), broken_by=other(quiet.broken_by)),
        clock=sides.clock[::-1],
    )


def _shift(sides: TwoSides, weeks: int) -> TwoSides:
    """The measures with every date moved by whole weeks and nothing else."""
    days, us = 7 * weeks, 7 * weeks * DAY_US
    quiet, replies = sides.silences, sides.replies
    return replace(
        sides,
        weeks=replace(sides.weeks, monday=sides.weeks.monday + days),
        openings=replace(
            sides.openings, periods=tuple(replace(p, monday=p.monday + days) for p in sides.openings.periods)
        ),
        replies=Replies(
            ego=replace(replies.ego, at=replies.ego.at + us), alter=replace(replies.alter, at=replies.alter.at + us)
        ),
        silences=replace(
            quiet,
            start_at=quiet.start_at + us,
            end_at=quiet.end_at + us,
            start_day=quiet.start_day + days,
            first_at=quiet.first_at + us,
            last_at=quiet.last_at + us,
        ),
    )


@given(tables(least=2), st.sampled_from((None, 0, 5)))
def test_swapping_the_sides_mirrors_every_measure(table: MessageTable, days_after: int | None) -> None:
    """Who is ego changes which side a number stands on and no number, to the last bit."""
    until = None if days_after is None else int(table.at[-1]) + days_after * DAY_US
    assert _same(_mirror(two_sides(table, until=until)), two_sides(table.mirrored(), until=until))


@given(tables(least=2), st.integers(-100, 100))
def test_shifting_time_by_weeks_moves_nothing_but_dates(table: MessageTable, weeks: int) -> None:
    """The same record some weeks earlier or later gives the same numbers."""
    moved = replace(table, at=table.at + weeks * 7 * DAY_US)
    assert _same(_shift(two_sides(table), weeks), two_sides(moved))


@given(tables(least=2))
def test_counts_add_up(table: MessageTable) -> None:
    """Every message is counted once per side, per week and per hour; every bout once per opener and quarter."""
    sides, n = two_sides(table), len(table)
    assert n == sides.participants.ego.messages + sides.participants.alter.messages
    assert n == int(sides.weeks.ego.sum() + sides.weeks.alter.sum())
    assert n == int(sides.clock.sum())
    assert sides.participants.ego.messages == int(sides.clock[0].sum())
    overall = sides.openings.overall
    assert len(sides.bouts) == overall.ego.count + overall.alter.count == sum(p.bouts for p in sides.openings.periods)
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
    """All measures, criterion learned: about 0.09 seconds where that sort takes 0.06."""
    busy = SideParameters(opens_per_day=2.5)
    table = simulate_dyad(DyadParameters(ego=busy, alter=busy, days=15_600), np.random.default_rng(1))
    assert len(table) > 900_000
    assert sorts(lambda: two_sides(table), runs=3) <= 12
