"""Three minutes with an urge: kept, and what the numbers came to, with n and interval."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import a_desk
from fallow.app import Desk, describe_surfing, read_surfing, record, surf
from fallow.errors import NotUnderstood
from fallow.plan import Ask, HardStopSet


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def test_under_five_with_both_numbers_is_too_little(desk: Desk) -> None:
    """Times without a number, or with one, are times and no more."""
    for before, after in ((7, 5), (7, 6), (6, 6), (8, 9), (None, 3), (4, None), (None, None)):
        surf(desk, before, after)
    assert {"times": 7, "rated": 4, "change": None} == describe_surfing(read_surfing(desk))


def test_from_five_on_the_mean_change_has_its_interval(desk: Desk) -> None:
    """After minus before: -2, -1, 0, 1, -3, so -1; t with 4 degrees of freedom, and rounding to whole numbers."""
    for before, after in ((7, 5), (7, 6), (6, 6), (8, 9), (9, 6)):
        surf(desk, before, after)
    change = read_surfing(desk).change
    assert change is not None
    half = 2.7764 * ((2.5 + 1 / 12) / 5) ** 0.5
    assert (5, -1.0) == (change.n, change.value)
    assert (round(-1 - half, 2), round(-1 + half, 2)) == (round(change.lower, 2), round(change.upper, 2))


def test_a_number_off_the_scale_is_refused(desk: Desk) -> None:
    """Nothing is kept of it."""
    with pytest.raises(NotUnderstood):
        surf(desk, 11, None)
    assert 0 == read_surfing(desk).times


def test_it_is_open_in_a_stop(desk: Desk) -> None:
    """It is for oneself."""
    record(desk, Ask(HardStopSet("order")))
    surf(desk, 9, 9)
    assert 1 == read_surfing(desk).times
