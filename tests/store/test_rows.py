"""Rows of messages: where in its minute each one is, and what text can be kept."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fallow.store.rows import places, storable


def test_a_place_is_counted_inside_each_instant() -> None:
    """From nought, in the order of the source."""
    assert [0, 1, 2, 0, 0, 1] == places(np.array([5, 5, 5, 6, 9, 9])).tolist()
    assert [] == places(np.array([], np.int64)).tolist()


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_stored(text: str) -> None:
    """Without NUL, encodable, and unchanged where nothing was wrong with it."""
    kept = storable(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    if "\0" not in text and not any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        assert text == kept
