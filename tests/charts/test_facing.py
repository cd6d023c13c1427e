"""Bars that face each other: what each side sends, silences by length, what was read; read back from the drawing."""

from __future__ import annotations

import re

from charts.samples import SVG, charts_of, dyad, parsed, words_in
from fallow.charts.facing import MIDDLE, REACH, Bar, Row, facing_bars
from fallow.dyad import two_sides
from fallow.simulation import SideParameters

TABLE = dyad(
    ego=SideParameters(reads=0.9, reacts=0.1),
    alter=SideParameters(reads=0.9, reacts=0.2, words_per_message=14, asks=0.4),
)
CHARTS = charts_of(TABLE)
SIDES = two_sides(TABLE)


def bars(svg: str, kind: str) -> list[tuple[float, float]]:
    """Where each bar of a side begins and how long it is; a negative length goes left."""
    found = re.findall(rf'class="{kind}" d="M([\d.]+),[\d.]+h(-?[\d.]+)', svg)
    return [(float(start), float(long)) for start, long in found]


def test_ego_goes_left_of_the_middle_and_alter_right() -> None:
    """Position tells them apart without any colour."""
    for name in ("sends", "lengths", "read"):
        svg = CHARTS[name].svg
        ego, alter = bars(svg, "ego"), bars(svg, "alter")
        assert len(ego) == len(alter) > 0
        assert all(start < MIDDLE and long <= 0 for start, long in ego)
        assert all(start > MIDDLE and long >= 0 for start, long in alter)


def test_a_bar_is_as_long_as_its_number() -> None:
    """Two rows of their own scales, then both on one."""
    rows = [
        Row("a", Bar(2.0, "2"), Bar(1.0, "1", (0.5, 4.0))),
        Row("b", Bar(8.0, "8"), None),
    ]
    own, shared = "".join(facing_bars(rows)), "".join(facing_bars(rows, shared=True))
    assert [(173.5, -REACH / 2), (173.5, -REACH)] == bars(own, "ego")
    assert [(176.5, REACH / 4)] == bars(own, "alter")
    assert [(173.5, -REACH / 4), (173.5, -REACH)] == bars(shared, "ego")
    assert "too few" in own


def test_limits_are_drawn_around_the_end_of_the_bar() -> None:
    """The line from the lower to the upper limit holds where the bar ends."""
    svg = parsed(CHARTS["sends"])
    ends = [start + long for start, long in bars(CHARTS["sends"].svg, "alter")]
    across = [
        sorted((float(n.get("x1", "0")), float(n.get("x2", "0"))))
        for n in svg.iter(f"{SVG}line")
        if n.get("class") == "mark" and n.get("y1") == n.get("y2") and float(n.get("x1", "0")) > MIDDLE
    ]
    assert len(across) == len(ends) - 1  # reactions are counted, and have none
    assert all(low <= end <= high for (low, high), end in zip(across, ends, strict=False))


def test_what_each_sends_is_said_with_its_numbers() -> None:
    """Words with limits, questions with limits, and counts of the rest; more words are a longer bar."""
    said, writing = CHARTS["sends"].sentence, SIDES.writing
    assert writing.alter.words_a_text is not None
    assert f"theirs: {writing.alter.words_a_text.value:.1f} (" in said
    assert f"Reactions: you {writing.ego.reactions:,}, they {writing.alter.reactions:,}." in said
    assert re.search(r"Your share of texts that ask something: 1\d in 100 \(\d+ to \d+\); theirs: [34]\d in 100", said)
    row = next(row for row in CHARTS["sends"].rows if row[0] == "words a text")
    assert f"{writing.ego.texts:,}" == row[2]
    assert {"words a text", "questions in 100 texts", "calls in 100 messages"} <= set(words_in(CHARTS["sends"]))


def test_silences_of_each_length_are_counted_alike_in_all_three() -> None:
    """Picture, sentence and table hold the same numbers."""
    chart = CHARTS["lengths"]
    first = SIDES.silences_from[0]
    assert chart.sentence.startswith(f"You wrote first after {first.broken_by[0]} of {first.ended} silences of 1 day")
    assert [str(first.count), str(first.ended)] == list(chart.rows[0][1:3])
    assert {str(first.broken_by[0]), str(first.broken_by[1]), "1 day or more"} <= set(words_in(chart))
    assert len(SIDES.silences_from) == len(chart.rows)


def test_where_no_reading_times_are_known_nothing_is_drawn() -> None:
    """The usual file says nothing of it."""
    chart = charts_of(dyad())["read"]
    assert ("", "too few to say") == (chart.svg, chart.rows[0][1])
    assert "too few of yours are known to say" in chart.sentence


def test_what_was_read_is_said_with_n_and_limits() -> None:
    """Of the turns that are known to have been read."""
    assert SIDES.read.ego is not None
    n = f"{SIDES.read.ego.read:,}"
    assert re.match(
        rf"Not answered there and then: \d+ in 100 turns you are known to have read \(\d+ to \d+; n = {n}\); ",
        CHARTS["read"].sentence,
    )
