"""What holds for every chart, whatever it shows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from charts.samples import SVG, ahead, charts_of, dyad, last_day, own_hours, parsed
from dyad.tables import tables
from fallow.charts import Chart, weekly_chart
from fallow.dyad import weekly_counts
from fallow.messages import MessageTable
from fallow.simulation import SideParameters

RECORDS = {
    "fifteen months": dyad(),
    "six years, one side slow": dyad(
        days=2200,
        alter=SideParameters(opens_per_day=0.3, reply_minutes=40, decline=0.9),
        resolution=1_000_000,
    ),
    "six weeks, both quick": dyad(
        days=42, ego=SideParameters(reply_minutes=0.2), alter=SideParameters(reply_minutes=0.3)
    ),
    "thirty years": dyad(days=11_000),
    "with reading times, reactions and a gap": dyad(
        ego=SideParameters(reads=0.8, reacts=0.1),
        alter=SideParameters(reads=0.7, reacts=0.3, decline=0.7, opens_per_day=3),
        decline_start=0.6,
        decline_days=60.0,
        unseen=((100.0, 130.0), (300.0, 309.0)),
    ),
}
CLASSES = {"ego", "alter", "axis", "grid", "label", "value", "interval", "mark", *(f"heat-{i}" for i in range(6))}
FEELINGS = re.compile(r"\b(love|miss|care|ignore|reject|fail|hurt|interest|sad|happy|cold|distant|streak)\w*", re.I)

CHARTS = [
    pytest.param(chart, id=f"{record}, {kind}")
    for record, table in RECORDS.items()
    for kind, chart in charts_of(table, ended=last_day(table)).items()
    if chart.svg
] + [
    pytest.param(chart, id=f"{what}, {name}")
    for what, charts in (("own hours", own_hours()), ("ahead", ahead()))
    for name, chart in charts.items()
]


def _numbers(node: ET.Element, *names: str) -> list[float]:
    return [float(node.get(name, "0")) for name in names]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_has_a_role_a_title_and_a_description(chart: Chart) -> None:
    """It is an image to a screen reader, and the description is the sentence."""
    svg = parsed(chart)
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert ("img", title.get("id"), description.get("id")) == (
        svg.get("role"),
        svg.get("aria-labelledby"),
        svg.get("aria-describedby"),
    )
    assert chart.sentence == description.text


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_carries_no_style_no_script_and_no_colour(chart: Chart) -> None:
    """Colour comes from the known classes alone, so a strict page and a dark one can show it."""
    nodes = list(parsed(chart).iter())
    names = {name for node in nodes for name in node.attrib}
    assert set() == names & {"style", "fill", "stroke", "href", "onclick", "onload"}
    assert {"svg", "title", "desc", "text", "line", "path", "circle"} >= {n.tag.removeprefix(SVG) for n in nodes}
    assert {c for node in nodes for c in node.get("class", "").split()} <= CLASSES


@pytest.mark.parametrize("chart", CHARTS)
def test_everything_lies_inside_the_picture(chart: Chart) -> None:
    """Lines, dots and words, these at seven units a letter, end within 350 units and the stated height."""
    svg = parsed(chart)
    width, height = map(float, svg.get("viewBox", "").split()[2:])
    assert width == 350
    for node in svg.iter():
        if node.tag == f"{SVG}line":
            x1, y1, x2, y2 = _numbers(node, "x1", "y1", "x2", "y2")
            assert 0 <= min(x1, x2) <= max(x1, x2) <= width
            assert 0 <= min(y1, y2) <= max(y1, y2) <= height
        if node.tag == f"{SVG}text":
            x, y = _numbers(node, "x", "y")
            long = 7 * len(node.text or "")
            left = x - {"start": 0, "middle": long / 2, "end": long}[node.get("text-anchor", "start")]
            assert left + 1 >= 0
            assert left + long <= width + 1
            assert 12 <= y <= height
    path = " ".join(node.get("d", "") for node in svg.iter(f"{SVG}path"))
    for x, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path):
        assert 0 <= float(x) <= width
        assert 0 <= float(y) <= height


@pytest.mark.parametrize("chart", CHARTS)
def test_words_do_not_lie_on_each_other(chart: Chart) -> None:
    """No two labels share a place, at six and a half units a letter and twelve a line."""
    boxes = []
    for node in parsed(chart).iter(f"{SVG}text"):
        x, y = _numbers(node, "x", "y")
        long = 6.5 * len(node.text or "")
        left = x - {"start": 0, "middle": long / 2, "end": long}[node.get("text-anchor", "start")]
        boxes.append((left, left + long, y - 10, y + 2, node.text))
    clashes = [
        (a[4], b[4])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]
    assert clashes == []


@pytest.mark.parametrize("chart", CHARTS)
def test_a_sentence_is_calm_and_counts(chart: Chart) -> None:
    """It holds numbers, no exclamation mark and no word for a feeling, and so does the title."""
    said = chart.sentence + (parsed(chart).findtext(f"{SVG}title") or "")
    assert "!" not in said
    assert None is FEELINGS.search(said)
    assert None is not re.search(r"\d", chart.sentence)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_table_has_a_cell_for_every_column(chart: Chart) -> None:
    """Every row is as long as the head."""
    assert {len(chart.columns)} == {len(row) for row in chart.rows}


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_is_told_by_colour_alone(chart: Chart) -> None:
    """Where both sides are drawn they differ in position, dash or shape, and are named in words."""
    svg = parsed(chart)
    kinds = {c for node in svg.iter() for c in node.get("class", "").split()} & {"ego", "alter"}
    words = {node.text for node in svg.iter(f"{SVG}text")}
    if kinds == {"ego", "alter"}:
        assert {"you", "them"} <= words or {"you wrote first", "they wrote first"} <= words


def test_every_kind_of_chart_is_looked_at() -> None:
    """Of the records above at least one has a picture for each."""
    drawn = {svg for param in CHARTS for svg in re.findall(r'id="([a-z-]+)-title"', str(param.values[0].svg))}
    assert {
        *("weekly", "changes", "openings", "criteria", "replies", "waits", "wait-hours", "read", "again"),
        *("silences", "lengths", "returns", "sends", "clock"),
    } <= drawn


@settings(deadline=None, max_examples=60)
@given(tables(least=2))
def test_any_record_has_all_its_charts(table: MessageTable) -> None:
    """Whatever two people wrote, each chart has a sentence, and where it has a picture that is sound XML."""
    if len(table.written()) < 2:
        return
    for chart in charts_of(table, ended=last_day(table)).values():
        assert chart.sentence.endswith(".")
        if chart.svg:
            parsed(chart)


def test_two_charts_share_a_page_by_their_prefixes() -> None:
    """Ids begin with the prefix, and differ where it does."""
    weeks = weekly_counts(RECORDS["fifteen months"])
    ids = [re.findall(r'id="([^"]+)"', weekly_chart(weeks, prefix=prefix).svg) for prefix in ("before", "after-it")]
    assert ids == [["before-title", "before-desc"], ["after-it-title", "after-it-desc"]]


@pytest.mark.parametrize("prefix", ["", "A", "1st", "a b", 'x"><script>'])
def test_a_prefix_that_is_no_id_is_refused(prefix: str) -> None:
    """What goes into an attribute unescaped is checked."""
    with pytest.raises(ValueError, match="id begins"):
        weekly_chart(weekly_counts(RECORDS["fifteen months"]), prefix=prefix)
