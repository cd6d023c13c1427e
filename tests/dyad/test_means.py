"""A mean with its 95 % limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.dyad import MIN_MEAN, mean_interval
from fallow.dyad.means import t_975
from fallow.errors import NotEnoughData


@pytest.mark.parametrize(
    ("freedom", "point"),
    [(4, 2.7764), (5, 2.5706), (7, 2.3646), (9, 2.2622), (14, 2.1448), (19, 2.0930), (29, 2.0452), (60, 2.0003),
     (120, 1.9799)],
)  # fmt: skip
def test_the_point_of_student_agrees_with_the_table(freedom: int, point: float) -> None:
    """Fisher and Yates (1963), Statistical Tables, table III, two-sided 5 %."""
    assert abs(point - t_975(freedom)) < 0.001


def test_too_few_degrees_of_freedom_are_refused() -> None:
    """Below four the expansion is off by more than it says."""
    with pytest.raises(ValueError, match="too rough"):
        t_975(3)


def test_the_limits_agree_with_student() -> None:
    """Student (1908), table of Cushny and Peebles: ten differences of sleep, mean 1.58, 95 % from 0.70 to 2.46."""
    found = mean_interval([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    assert (10, 1.58, 0.70, 2.46) == (found.n, round(found.value, 2), round(found.lower, 2), round(found.upper, 2))


@given(st.lists(st.integers(-10, 10), min_size=MIN_MEAN, max_size=40))
def test_the_limits_hold_the_mean_and_mirror(values: list[int]) -> None:
    """And change side with the sign of the values; equal answers on a coarse scale do not look certain."""
    found, other = mean_interval(values, step=1), mean_interval([-value for value in values], step=1)
    assert found.lower < found.value < found.upper
    assert abs(found.value + other.value) < 1e-9
    assert abs(found.lower + other.upper) < 1e-9


def test_the_limits_hold_the_truth_about_as_often_as_they_say() -> None:
    """2,000 people with eight rounded changes each, true mean -1.3: between 93 % and 97 % of the intervals hold it."""
    numbers = np.round(np.random.default_rng(7).normal(-1.3, 2.0, (2000, 8)))
    found = [mean_interval([float(value) for value in row], step=1) for row in numbers]
    held = sum(each.lower <= -1.3 <= each.upper for each in found)
    assert 1860 <= held <= 1940


def test_fewer_than_five_are_too_little() -> None:
    """The error says how many there are and how many it takes."""
    with pytest.raises(NotEnoughData) as refused:
        mean_interval([1.0, 2.0, 3.0, 4.0])
    assert {"have": 4, "need": 5} == refused.value.details
