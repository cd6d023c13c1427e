"""Shelves: older ones stay as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallow.plan.shelf import Addition, Shelf


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 50), st.integers()), max_size=30))
def test_a_shelf_holds_what_a_dictionary_would(steps: list[dict[int, int]]) -> None:
    """After each addition, and the shelves before it are untouched."""
    shelf, plain = Shelf[int, int](), dict[int, int]()
    kept = [(shelf, dict(plain))]
    for step in steps:
        adding = Addition(shelf)
        for key, value in step.items():
            adding.put(key, value)
        shelf = adding.finished()
        plain |= step
        kept.append((shelf, dict(plain)))
    for each, expected in kept:
        assert expected == dict(each.items())
        assert list(expected) == [key for key, _ in each.items()]
        assert [expected.get(key) for key in range(51)] == [each.find(key) for key in range(51)]


def test_shelves_are_equal_by_what_they_hold() -> None:
    """However they came to hold it."""
    one = Shelf(({1: "a", 2: "b"},))
    two = Shelf[int, str]().with_entries({1: "a"}).with_entries({2: "b"})
    assert one == two
    with pytest.raises(TypeError):
        hash(one)


def test_adding_one_by_one_keeps_few_levels() -> None:
    """Five thousand entries lie in at most thirteen dictionaries."""
    shelf = Shelf[int, int]()
    for key in range(5_000):
        shelf = shelf.with_entries({key: key})
    assert len(shelf._levels) <= 13
