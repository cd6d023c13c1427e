"""What was open, read back from its drawing: as high as it counts, and never more said than is known."""

from __future__ import annotations

import datetime as dt
import re

from charts.samples import SVG, parsed, words_in
from fallow.charts import open_ways_chart
from fallow.charts.open_ways import PANEL, RIGHT
from fallow.reach import Marked, count_days, load_map

DAY = dt.date(2026, 11, 1)
CHANNELS = load_map().for_mode("no_contact")


def chart_of(*marked: tuple[int, str, str | None], until: int = 20):  # type: ignore[no-untyped-def]
    said = [Marked(DAY + dt.timedelta(days=n), channel, mark) for n, channel, mark in marked]  # type: ignore[arg-type]
    return open_ways_chart(count_days(CHANNELS, said, DAY + dt.timedelta(days=until)))


def heights(path: str) -> list[float]:
    return [float(y) for _, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path)]


def test_an_area_is_as_high_as_its_count() -> None:
    """Of what is known and not known together the first panel is full; what is open takes its share of that."""
    chart = chart_of((0, "phone", "not_now"), (10, "phone", "do"))
    areas = [node for node in parsed(chart).iter(f"{SVG}path") if node.get("class") == "ego"]
    assert 6 == len(areas)
    opened = heights(areas[1].get("d", ""))
    reach_me = sum("reach_me" in each.lets for each in CHANNELS)
    most = max(sum(way in each.lets for each in CHANNELS) for way in ("reach_me", "see_me", "watch_them"))
    assert abs(max(opened) - min(opened) - PANEL / most) <= 0.1
    faint = heights(areas[0].get("d", ""))
    assert abs(max(faint) - min(faint) - PANEL * reach_me / most) <= 0.1


def test_a_change_stands_on_its_day() -> None:
    """Half way through the days, half way along the axis."""
    chart = chart_of((0, "phone", "not_now"), (10, "phone", "do"))
    path = [node for node in parsed(chart).iter(f"{SVG}path") if node.get("class") == "ego"][1].get("d", "")
    assert str(RIGHT // 2) in {x.removesuffix(".0") for x, _ in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path)}


def test_the_sentence_and_the_table_say_the_same() -> None:
    """Open and not known, today and on the first day."""
    chart = chart_of((0, "phone", "not_now"), (0, "music", "not_now"), (12, "music", "do"))
    assert chart.sentence.startswith("Ways open on 21 November 2026: 1 by which they can reach you (")
    assert ", 0 by which they can see you (" in chart.sentence
    assert "On 1 November 2026, the first day of this, in the same order: 1 (" in chart.sentence
    assert ["1 November 2026", "13 November 2026", "21 November 2026"] == [row[0] for row in chart.rows]
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert chart.rows[0][3].startswith("1 open, ")
    assert {"1 Nov 2026", "21 Nov 2026", "they can reach you", "1 open", "0 open"} <= set(words_in(chart))


def test_one_day_has_no_picture() -> None:
    """It says so, and has its numbers all the same; nothing said has no numbers either."""
    one = chart_of((0, "phone", "do"), until=0)
    assert ("", 1) == (one.svg, len(one.rows))
    assert one.sentence.endswith("One day is too little for a picture.")
    nothing = chart_of()
    assert ("", ()) == (nothing.svg, nothing.rows)
    assert "nothing is counted" in nothing.sentence
