"""Marks packed into bits are counted as they would be one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.importers.bits import Ranks, pack, rises

MARKS = st.lists(st.booleans(), min_size=1, max_size=300)


@given(MARKS)
def test_the_marks_before_a_place_are_counted_without_looking_at_them(marks: list[bool]) -> None:
    """At every place, the one behind the last among them."""
    places = np.arange(len(marks) + 1)

    counted = Ranks(pack(np.array(marks))).before(places)

    assert counted.tolist() == [sum(marks[:place]) for place in places.tolist()]


@given(MARKS)
def test_a_rise_is_an_unmarked_place_behind_a_marked_one(marks: list[bool]) -> None:
    """As a word begins behind a blank; before the first place is one."""
    before = [True, *marks[:-1]]
    risen = [was and not is_now for was, is_now in zip(before, marks, strict=True)]

    counted = Ranks(rises(pack(np.array(marks)))).before(np.arange(len(marks) + 1))

    assert np.diff(counted).tolist() == [int(one) for one in risen]


@pytest.mark.parametrize("n", [63, 64, 65, 127, 128])
def test_no_mark_is_lost_at_the_edge_of_a_number(n: int) -> None:
    """Sixty-four places share one."""
    assert Ranks(pack(np.ones(n, np.bool_))).before(np.array([n])).tolist() == [n]
