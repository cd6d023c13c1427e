"""When it changed, on the chart of the weeks and on its own: what is marked, and what is said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from charts.samples import SVG, changes_of, charts_of, dyad, last_day, parsed, words_in
from fallow.charts import change_words, changes_chart, weekly_chart
from fallow.charts.weekly import LINE
from fallow.dyad import Change, ChangeReading, SeriesReading, two_sides
from fallow.messages import ALTER, EGO
from fallow.simulation import SideParameters

STILL = dyad(alter=SideParameters())
FALLING = dyad(
    alter=SideParameters(opens_per_day=2.5, decline=0.8),
    ego=SideParameters(opens_per_day=2.5),
    decline_start=0.6,
    decline_days=40.0,
)
FELL = Change(begins=20_159, middle=20_170, earliest=20_150, latest=20_190, ratio=0.34, lower=0.28, upper=0.45)
NAMES = ("volume", "openings", "latency", "words")


def reading(**moved: Change) -> ChangeReading:
    """Eight series of which those named (alter's) moved."""
    series = tuple(
        SeriesReading(name, side, 400, 60, 0.01 if side == ALTER and name in moved else 0.6,
                      moved.get(name) if side == ALTER else None, too_little=False)
        for name in NAMES for side in (EGO, ALTER)
    )  # fmt: skip
    return ChangeReading(before=20_236, weeks=60, series=series)


def test_a_change_is_said_with_day_distance_amount_and_limits() -> None:
    """Everything a number needs, in words."""
    said = change_words.volume_sentence(reading(volume=FELL))
    assert said == (
        "Their messages fell to about a third of what they were (0.28 to 0.45), "
        "around 23 March 2025 (3 March 2025 to 12 April 2025), nine weeks before the end."
    )


def test_no_clear_change_is_an_ordinary_answer() -> None:
    """Said plainly, with how much was looked at."""
    assert "No clear change in the number of messages before the end." == change_words.volume_sentence(reading())
    said = change_words.changes_sentence(reading())
    assert said == "No clear change before the end. 8 of 8 weekly series could be read, over 60 weeks before the end."


@pytest.mark.parametrize(
    ("series", "ratio", "said"),
    [
        ("volume", 2.1, "Their messages rose to about 2.1 times what they were ("),
        ("openings", 0.5, "Conversations begun by them fell to about half of what they were ("),
        ("latency", 3.0, "Their answers came later, after about 3.0 times as long a wait ("),
        ("latency", 0.4, "Their answers came sooner, after about 0.4 times as long a wait ("),
        ("words", 0.5, "Their texts grew shorter, to about half of what they were ("),
    ],
)
def test_each_series_has_its_own_words(series: str, ratio: float, said: str) -> None:
    """Of what was counted, never of what anybody felt."""
    moved = replace(FELL, ratio=ratio, lower=ratio * 0.8, upper=ratio * 1.2)
    found = change_words.changes_sentence(reading(**{series: moved}))
    assert found.startswith(said)
    assert "In the other seven there is no clear change." in found


def test_series_that_moved_are_told_earliest_first() -> None:
    """What began first stands first."""
    later = replace(FELL, middle=FELL.middle + 21)
    said = change_words.changes_sentence(reading(volume=later, words=FELL))
    assert said.index("texts") < said.index("messages")


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.11, "a tenth"),
        (0.26, "a quarter"),
        (0.34, "a third"),
        (0.48, "half"),
        (0.7, "two thirds"),
        (1.9, "1.9 times"),
    ],
)
def test_about_how_much_is_left_is_a_plain_fraction(ratio: float, said: str) -> None:
    """And the limits stand beside it."""
    moved = replace(FELL, ratio=ratio, lower=ratio * 0.9, upper=ratio * 1.1)
    assert f"to about {said} " in change_words.volume_sentence(reading(volume=moved))


def test_too_few_weeks_before_the_end_are_said() -> None:
    """With how many there are and how many it takes."""
    assert "Too few weeks before the end to say whether anything changed: 12 of at least 26." == (
        change_words.too_few_weeks(12, 26)
    )


def test_the_marker_lies_on_the_side_that_changed() -> None:
    """A dashed line from the middle line down for alter, up for ego, with its words and the limits as a band."""
    weeks = two_sides(FALLING).weeks
    first = int(weeks.monday[0])
    for side, below in ((ALTER, True), (EGO, False)):
        moved = replace(FELL, begins=first + 200, middle=first + 220, earliest=first + 205, latest=first + 230)
        found = reading(volume=moved)
        if side == EGO:
            found = replace(found, series=tuple(replace(one, side=1 - one.side) for one in found.series))
        svg = parsed(weekly_chart(weeks, found))
        (marker,) = [n for n in svg.iter(f"{SVG}line") if n.get("class") == "mark" and n.get("stroke-dasharray")]
        assert str(LINE) == marker.get("y1")
        assert below == (float(marker.get("y2", "0")) > LINE)
        assert any((node.text or "").startswith("change around ") for node in svg.iter(f"{SVG}text"))
        assert 1 == sum(n.get("class") == "mark" for n in svg.iter(f"{SVG}path"))


def test_the_end_is_a_line_through_both_sides() -> None:
    """Named, and left out where the record does not have that day."""
    weeks = two_sides(STILL).weeks
    within, after = int(weeks.monday[-1]) + 3, int(weeks.monday[-1]) + 60
    assert "the end" in words_in(weekly_chart(weeks, ended=within))
    assert "the end" not in words_in(weekly_chart(weeks, ended=after))
    assert "the end" not in words_in(weekly_chart(weeks))


def test_a_fall_points_down_and_a_rise_up() -> None:
    """Shape tells the direction, and the factor stands beside it."""
    tips = []
    for ratio in (0.34, 3.0):
        chart = changes_chart(reading(words=replace(FELL, ratio=ratio)))
        (shape,) = [n.get("d", "") for n in parsed(chart).iter(f"{SVG}path")]
        tip, corner = (float(y) for y in re.findall(r"[ML][\d.]+,([\d.]+)", shape)[:2])
        tips.append(tip > corner)
        assert f"× {ratio:.2g}" in words_in(chart)
    assert [True, False] == tips


def test_eight_series_have_eight_lines_and_rows() -> None:
    """Those without a clear change say so; those with too little say that."""
    few = reading(volume=FELL)
    few = replace(few, series=(*few.series[:-1], replace(few.series[-1], p=None, too_little=True)))
    chart = changes_chart(few)
    words = words_in(chart)
    assert (6, 1) == (words.count("none clear"), words.count("too few"))
    assert 8 == len(chart.rows)
    assert "too few to say" == chart.rows[-1][3]
    assert ("12 March 2025", "0.34 (0.28 to 0.45)", "0.010") == (chart.rows[1][3], *chart.rows[1][5:])


def test_a_planted_fall_is_found_and_drawn_and_a_steady_record_has_none() -> None:
    """From the messages to the sentence: fell by four fifths over six weeks, from the 270th day on."""
    fell = charts_of(FALLING, ended=last_day(FALLING))
    assert fell["weekly"].sentence.startswith("Their messages fell to about a ")
    found = changes_of(FALLING, last_day(FALLING))
    assert found is not None
    change = next(one.change for one in found.series if one.series == "volume" and one.side == ALTER)
    assert change is not None
    start = int(FALLING.local[0]) // 86_400_000_000
    assert abs(change.middle - (start + 290)) <= 28
    still = charts_of(STILL, ended=last_day(STILL))
    assert still["weekly"].sentence.startswith("No clear change in the number of messages before the end.")
