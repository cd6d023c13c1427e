"""What each chart shows, read back from its drawing."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from charts.samples import SVG, charts_of, dyad, parsed, words_in
from dyad.tables import DAY_US, chat
from fallow.charts import kept_as
from fallow.charts.weekly import LINE
from fallow.language import speaking
from fallow.simulation import SideParameters

TABLE = dyad()
FIVE = charts_of(TABLE)
MIRRORED = charts_of(TABLE.mirrored())


def _paths(name: str, kind: str) -> str:
    nodes = parsed(FIVE[name]).iter(f"{SVG}path")
    return " ".join(node.get("d", "") for node in nodes if kind in node.get("class", "").split())


def test_ego_lies_above_the_line_and_alter_below() -> None:
    """Position tells the sides apart without any colour."""
    heights = {
        kind: [float(y) for y in re.findall(r"L[\d.]+,([\d.]+)", _paths("weekly", kind))] for kind in ("ego", "alter")
    }
    assert max(heights["ego"]) <= LINE <= min(heights["alter"])


def test_only_alters_line_is_dashed() -> None:
    """Dash tells the lines apart, and each has its name beside it."""
    lines = [n for n in parsed(FIVE["replies"]).iter(f"{SVG}path") if n.get("fill-opacity") == "0"]
    dashed = {node.get("class"): node.get("stroke-dasharray") is not None for node in lines}
    assert dashed == {"ego": False, "alter": True}
    assert {"you", "them"} <= set(words_in(FIVE["replies"]))


def test_a_line_of_answers_never_falls() -> None:
    """What was answered by then stays answered: heights only rise (smaller y)."""
    for node in parsed(FIVE["replies"]).iter(f"{SVG}path"):
        if node.get("fill-opacity") == "0":
            heights = [float(y) for y in re.findall(r",([\d.]+)", node.get("d", ""))]
            assert sorted(heights, reverse=True) == heights


def test_a_silence_stands_up_where_ego_ended_it() -> None:
    """Stems over the line for you, under it for them, as many as the sentence counts."""
    stems = list(parsed(FIVE["silences"]).iter(f"{SVG}circle"))
    above = sum(float(n.get("cy", "0")) < 90 for n in stems)
    assert f"You wrote first {above} of these times, they {len(stems) - above}." in FIVE["silences"].sentence


def test_a_silence_that_had_not_ended_is_dashed_and_has_no_stem() -> None:
    """It is said in its own sentence."""
    table = chat("0 09:00 me hello\n1 09:00 them hi")
    chart = charts_of(table, until=int(table.at[-1]) + 12 * DAY_US)["silences"]
    assert chart.sentence == "The last one, of 12 days so far, had not ended."
    assert list(parsed(chart).iter(f"{SVG}circle")) == []
    assert "stroke-dasharray" in chart.svg
    assert chart.rows == (("5 March 2024", "12.0", "them", "nobody yet"),)


def test_the_clock_has_a_square_for_every_hour_of_both_weeks() -> None:
    """168 squares a side, the fullest of class heat-5."""
    for kind in ("ego", "alter"):
        assert _paths("clock", kind).count("M") == 168
    assert _paths("clock", "heat-5") != ""


def test_swapping_the_sides_swaps_the_columns() -> None:
    """The table of the mirrored record is the table with its two columns exchanged."""
    for name in ("weekly", "replies", "clock"):
        swapped = tuple((*row[:-2], row[-1], row[-2]) for row in FIVE[name].rows)
        assert swapped == MIRRORED[name].rows


def test_too_little_is_said_and_not_drawn() -> None:
    """Two messages: every chart is a sentence without a picture."""
    charts = charts_of(chat("0 09:00 me hello\n0 09:01 them hi"))
    assert {""} == {chart.svg for chart in charts.values()}
    assert charts["weekly"].sentence == "Too little data to say: 1 of at least 4 weeks."
    assert charts["openings"].sentence == "Too little data to say: 1 of at least 20 conversations."
    assert charts["replies"].sentence == (
        "Too little data to say how soon for your answers: 0 of at least 20. "
        "Too little data to say how soon for their answers: 1 of at least 20."
    )
    assert charts["clock"].sentence == "Too little data to say: 1 of at least 100 messages on one side."
    assert charts["silences"].sentence == "In this record there is no silence of 3 days or more."


def test_answers_of_few_conversations_are_too_little_and_said_so() -> None:
    """Thirty answers of three evenings: enough answers, and too few evenings to know how they vary."""
    chart = charts_of(chat("\n".join(f"{i // 20} {i % 20:02}:00 {'them' if i % 2 else 'me'} hello" for i in range(60))))
    assert chart["replies"].svg == ""
    assert chart["replies"].sentence.startswith(
        "Too little data to say how soon for your answers: they lie in fewer than 10 conversations."
    )


def test_before_the_first_answer_there_is_no_interval() -> None:
    """Every answer took an hour: within a minute there is none, and 0 to 0 would claim to be sure."""
    lines = (f"{day} {hour:02}:00 {'them' if hour % 2 else 'me'} hello" for day in range(30) for hour in range(6, 12))
    chart = charts_of(chat("\n".join(lines)))
    assert chart["replies"].rows[0] == ("1 min", "none so soon", "none so soon")


def test_a_silence_begins_on_its_local_day() -> None:
    """Ten at night in New York is tomorrow in UTC, and is told as today."""
    table = chat("0 03:00 me hello\n9 03:00 them hi")
    there = replace(table, offset=np.full(2, -5 * 3600, np.int32))
    assert charts_of(there)["silences"].rows[0][0] == "3 March 2024"


def test_where_no_height_has_room_the_lines_have_a_key() -> None:
    """Both answer at once: nothing is left of the first line, so a sample of each stands in the corner."""
    at_once = SideParameters(reply_minutes=0.01, reply_spread=0.0)
    table = dyad(ego=at_once, alter=at_once, turns_per_bout=400.0, days=60, silences_per_day=0.0)
    chart = charts_of(table)["replies"]
    samples = [n for n in parsed(chart).iter(f"{SVG}line") if n.get("class") in ("ego", "alter")]
    assert [n.get("class") for n in samples] == ["alter", "ego"]
    assert {"you", "them"} <= set(words_in(chart))


def test_the_interval_of_a_quarter_holds_its_dot() -> None:
    """Each dot lies on its own bar."""
    svg = parsed(FIVE["openings"])
    dots = [float(n.get("cy", "0")) for n in svg.iter(f"{SVG}circle")]
    bars = [n for n in svg.iter(f"{SVG}line") if n.get("class") == "interval"]
    assert len(dots) == len(bars) > 0
    assert all(float(bar.get("y2", "0")) <= y <= float(bar.get("y1", "0")) for y, bar in zip(dots, bars, strict=True))


def test_a_picture_of_a_big_record_stays_small() -> None:
    """Thirty years of weeks and three hundred thousand waits are still a few tens of kilobytes."""
    big = charts_of(dyad(days=11_000, resolution=1_000_000))
    assert max(len(chart.svg) for chart in big.values()) < 60_000
    assert np.mean([len(chart.svg) for chart in FIVE.values()]) < 12_000


def test_a_picture_is_kept_for_the_language_its_words_are_in() -> None:
    """Who changes the language is never shown the picture that was drawn with the words of the other one."""
    with speaking("en"):
        english = kept_as()
    with speaking("de"):
        assert kept_as() not in (english, "")
