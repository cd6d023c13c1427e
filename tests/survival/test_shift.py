"""How ends differ from those expected, by age: the plain ratio with much of both, and little moved by little."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fallow.survival import shift_by_age


def test_with_much_of_both_it_is_the_ratio() -> None:
    """A hundred thousand ends in each bin leave nothing to the penalty."""
    expected = np.full(6, 1e5)
    wanted = np.array([0.5, 0.4, 0.1, -0.2, -0.7, -1.0])
    np.testing.assert_allclose(
        shift_by_age(expected * np.exp(wanted), expected, drawn=1.0, smooth=2.0), wanted, atol=1e-3
    )


def test_with_nothing_seen_nothing_moves() -> None:
    """No days at risk, no ends, no shift."""
    np.testing.assert_array_equal(shift_by_age(np.zeros(5), np.zeros(5), drawn=1.0, smooth=2.0), np.zeros(5))


def test_a_bin_without_data_follows_its_neighbours() -> None:
    """Twice as many ends before and after: about twice as many there, too."""
    seen, expected = np.array([200.0, 0.0, 200.0]), np.array([100.0, 0.0, 100.0])
    assert abs(shift_by_age(seen, expected, drawn=0.1, smooth=2.0)[1] - np.log(2)) < 0.1


COUNTS = arrays(np.float64, 8, elements=st.floats(0.01, 1e4))


@given(COUNTS, COUNTS)
def test_it_settles_at_the_top_of_the_likelihood(seen: np.ndarray, expected: np.ndarray) -> None:
    """The slope there is nought."""
    shift = shift_by_age(seen, expected, drawn=1.0, smooth=2.0)
    between = np.diff(np.eye(8), axis=0)
    penalty = np.eye(8) / 8 + 2 * between.T @ between
    slope = seen - expected * np.exp(shift) - penalty @ shift
    assert float(np.abs(slope).max()) < 1e-5 * max(1.0, float(seen.max()))
