"""The picture of a silence forecast, read back from its drawing."""

from __future__ import annotations

import re

import pytest

from charts.samples import SVG, ahead, parsed, words_in
from fallow.charts import forecast_chart

HORIZONS = (7, 14, 30, 60, 90)
CHART = ahead()["middling"]


def lines(dashed: bool) -> list[tuple[float, float]]:
    nodes = [n for n in parsed(CHART).iter(f"{SVG}path") if n.get("fill-opacity") == "0"]
    (found,) = [node for node in nodes if (node.get("stroke-dasharray") is not None) == dashed]
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", found.get("d", ""))]


def test_the_sentence_says_the_four_numbers_at_a_month_with_their_limits() -> None:
    """They, you, nobody, and they if you keep quiet: each of 100."""
    assert CHART.sentence == (
        "In 100 silences like this one, they wrote first within the next 30 days in about 42 (24 to 52), you in about "
        "20 (11 to 30), and in about 38 (28 to 60) nobody did. Were you to keep quiet throughout, and that changed "
        "nothing on their side, they would write in about 50 (30 to 61)."
    )


def test_the_table_has_every_horizon_with_all_four() -> None:
    """A row a horizon, as many cells as heads, limits in each."""
    assert ["7 days", "14 days", "30 days", "60 days", "90 days"] == [row[0] for row in CHART.rows]
    assert ("30 days", "50 (30 to 61)", "42 (24 to 52)", "20 (11 to 30)", "38 (28 to 60)") == CHART.rows[2]
    assert {len(CHART.columns)} == {len(row) for row in CHART.rows}


def test_the_two_lines_are_told_apart_without_colour() -> None:
    """Both begin at nothing and never fall; the dashed one, with you free to write, lies under the other."""
    solid, dashed = lines(dashed=False), lines(dashed=True)
    assert 1 + len(HORIZONS) == len(solid) == len(dashed)
    assert solid[0] == dashed[0]
    for drawn in (solid, dashed):
        heights = [y for _, y in drawn]
        assert sorted(heights, reverse=True) == heights
    assert all(x == u and y < v for (x, y), (u, v) in zip(solid[1:], dashed[1:], strict=True))
    assert {"they write, you keep quiet throughout", "they write first, each of you free to"} <= set(words_in(CHART))


def test_the_band_holds_its_line() -> None:
    """At every horizon the solid line lies between the limits."""
    (band,) = [n for n in parsed(CHART).iter(f"{SVG}path") if n.get("opacity") == "0.16"]
    corners = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", band.get("d", ""))]
    for x, y in lines(dashed=False):
        heights = [height for at, height in corners if at == x]
        assert min(heights) <= y <= max(heights)


def test_next_to_nothing_is_not_called_none() -> None:
    """And nearly all is not called all."""
    said = ahead()["long ago"].sentence
    assert "they wrote first within the next 30 days in fewer than 1 (0 to 3), you" in said
    assert "and in more than 99 (94 to 100) nobody did" in said


def test_a_forecast_without_a_month_in_it_is_refused() -> None:
    """The sentence would have no number."""
    with pytest.raises(ValueError, match="30"):
        forecast_chart((7,), silent=[(0.5,) * 3], other=[(0.5,) * 3], own=[(0.5,) * 3], neither=[(0.5,) * 3])
