"""Rows of messages: which of several alike, where in its minute."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fallow.store.rows import occurrences, places, storable
from store.samples import a_table

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 1)), max_size=30).map(sorted)


def test_the_nth_alike_is_counted_from_nought() -> None:
    """Three alike in one minute, one other between them, one alike in the next minute."""
    table = a_table((0, 0, 1), (0, 1, 1), (0, 0, 1), (0, 0, 1), (1, 0, 1))
    assert [0, 0, 1, 2, 0] == occurrences(table).tolist()


def test_a_place_is_counted_inside_each_instant() -> None:
    """From nought, in the order of the source."""
    assert [0, 1, 2, 0, 0, 1] == places(np.array([5, 5, 5, 6, 9, 9])).tolist()
    assert [] == places(np.array([], np.int64)).tolist()


@given(rows)
def test_counting_agrees_with_counting_by_hand(rows: list[tuple[int, int, int]]) -> None:
    """For any table, one row after another."""
    seen: Counter[tuple[int, int, int]] = Counter()
    expected = []
    for row in rows:
        expected.append(seen[row])
        seen[row] += 1
    assert expected == occurrences(a_table(*rows)).tolist()


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_stored(text: str) -> None:
    """Without NUL, encodable, and unchanged where nothing was wrong with it."""
    kept = storable(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    if "\0" not in text and not any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        assert text == kept
