from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.dyad import wilson_interval
from fallow.errors import NotEnoughData


@pytest.mark.parametrize(
    ("count", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_limits_agree_with_newcombe(count: int, n: int, lower: float, upper: float) -> None:
    """The four examples of Newcombe (1998), Statistics in Medicine 17:857, table I, method 3."""
    share = wilson_interval(count, n)
    assert (lower, upper) == (round(share.lower, 4), round(share.upper, 4))


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_limits_hold_the_share_and_stay_in_range(counted: tuple[int, int]) -> None:
    """Also at none and at all of n."""
    share = wilson_interval(*counted)
    assert 0 <= share.lower <= share.value <= share.upper <= 1


def test_a_share_of_nothing_is_too_little() -> None:
    """None of none is not a share."""
    with pytest.raises(NotEnoughData):
        wilson_interval(0, 0)


def test_more_than_all_is_refused() -> None:
    """Three of two is the caller's mistake."""
    with pytest.raises(ValueError, match="some of n"):
        wilson_interval(3, 2)
