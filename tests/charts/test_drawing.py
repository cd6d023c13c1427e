from __future__ import annotations

import pytest

from fallow.charts.drawing import label, number, picture, round_tick


def test_words_are_escaped() -> None:
    """Whatever a label, a title or a description holds, it stays text."""
    assert label(1, 2, '<b> & "') == '<text class="label" x="1" y="2">&lt;b&gt; &amp; &quot;</text>'
    svg = picture("a", 10, title="<t>", description="</desc><script>", parts=[])
    assert "&lt;t&gt;</title>" in svg
    assert "<script>" not in svg


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (-0.04, "0"), (12.0, "12"), (12.34, "12.3"), (99.96, "100"), (-3.5, "-3.5")]
)
def test_a_coordinate_has_at_most_one_decimal(value: float, shown: str) -> None:
    """And no minus before zero."""
    assert shown == number(value)


@pytest.mark.parametrize(("largest", "tick"), [(1, 1), (1.9, 1), (4, 2), (5, 5), (9.6, 5), (134, 100), (2000, 2000)])
def test_a_tick_is_a_round_number_within_the_scale(largest: float, tick: int) -> None:
    """One, two or five, and any number of zeros."""
    assert tick == round_tick(largest)
