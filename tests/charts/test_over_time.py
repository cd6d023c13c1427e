"""What changes over the record and over the day: waits, writing again, who came back; read back from the drawing."""

from __future__ import annotations

import re

import pytest

from charts.samples import SVG, charts_of, dyad, parsed, words_in
from dyad.tables import chat
from fallow.charts import sentences
from fallow.charts.twins import Reading, twin_readings
from fallow.charts.waits import BOTTOM, MOST_MONTHS, TOP
from fallow.charts.weekly import LINE
from fallow.dyad import Waited, two_sides
from fallow.simulation import SideParameters
from fallow.survival import Estimate

TABLE = dyad(alter=SideParameters(reply_minutes=30, slowing=6), decline_start=0.5)
CHARTS, SIDES = charts_of(TABLE), two_sides(TABLE)
MINUTE = 1 / 1440


@pytest.mark.parametrize("name", ["waits", "wait-hours", "again"])
def test_the_sides_differ_in_shape_and_dash(name: str) -> None:
    """Dots on a line are ego's, diamonds on a dashed one alter's, and a key says so."""
    svg = parsed(CHARTS[name])
    assert {"ego"} == {node.get("class") for node in svg.iter(f"{SVG}circle")}
    diamonds = [n for n in svg.iter(f"{SVG}path") if n.get("stroke-width") == "0"]
    assert {"alter"} == {node.get("class") for node in diamonds}
    lines = [n for n in svg.iter(f"{SVG}path") if n.get("fill-opacity") == "0"]
    assert {"ego": False, "alter": True} == {n.get("class"): n.get("stroke-dasharray") is not None for n in lines}
    assert {"you", "them"} <= set(words_in(CHARTS[name]))


def test_a_longer_wait_lies_higher() -> None:
    """Alter takes ten times as long, so every diamond lies over the dot of its place."""
    svg = parsed(CHARTS["wait-hours"])
    dots = [float(n.get("cy", "0")) for n in svg.iter(f"{SVG}circle")][:-1]  # the last is the key's
    diamonds = [n.get("d", "") for n in svg.iter(f"{SVG}path") if n.get("stroke-width") == "0"][:-1]
    tops = [float(re.findall(r"M[\d.]+,([\d.]+)", d)[0]) for d in diamonds]
    assert len(dots) == len(tops) == 8
    assert max(tops) < min(dots)
    assert all(TOP <= y <= BOTTOM for y in dots)


def test_a_long_record_is_shown_in_quarters_and_a_short_one_in_months() -> None:
    """Months where they lie apart on a phone and hold enough."""
    assert len(SIDES.latencies.ego.months) == len(CHARTS["waits"].rows) <= MOST_MONTHS
    long = dyad(days=2200)
    assert len(two_sides(long).latencies.ego.quarters) == len(charts_of(long)["waits"].rows)


def test_a_clear_difference_is_said_and_what_may_be_chance_is_said_too() -> None:
    """Their answers slowed down six times; yours did not."""
    said = CHARTS["waits"].sentence
    yours, theirs = said.split(" Of theirs ")
    assert yours.endswith("the limits overlap, so that may be chance.")
    assert re.match(r"half came within \d+ minutes \([^)]+\), in the last weeks within [\d.]+ hours", theirs)
    assert "chance" not in theirs


def test_hours_that_do_not_differ_clearly_are_said_to_be_alike() -> None:
    """No soonest hour is made out of chance."""
    alike = charts_of(dyad())["wait-hours"].sentence
    assert re.match(r"Your answers took about as long at any hour, for half of them \d+ minutes \(\d+ to \d+", alike)


def test_one_reading_has_no_line_and_a_missing_one_breaks_it() -> None:
    """Nothing is drawn across what is not known; without an upper limit the bar goes to the top."""
    sure, open_ended = Reading(5.0, 4.0, 6.0), Reading(5.0, 4.0, None)
    parts = "".join(
        twin_readings([0, 50, 100], [sure, None, sure], [None, open_ended, None], height=lambda v: 100 - v, top=10)
    )
    assert 'fill-opacity="0"' not in parts.replace("M-2.5,95M97.5,95", "")
    assert 'y1="96" x2="52.5" y2="10"' in parts


def test_writing_again_is_said_with_n_and_limits() -> None:
    """The same numbers as in the last row of the table."""
    share = SIDES.follow_ups.ego.share
    assert share is not None
    assert (
        f"you wrote again first after {100 * share.value:.0f} in 100 of your turns "
        f"({100 * share.lower:.0f} to {100 * share.upper:.0f}; n = {share.n:,})"
    ) in CHARTS["again"].sentence
    assert ("All", f"{SIDES.follow_ups.ego.waits:,}") == (CHARTS["again"].rows[-1][0], CHARTS["again"].rows[-1][2])


def test_who_came_back_has_a_dot_for_each_quarter_that_holds_enough() -> None:
    """And the counts of the others stay in the table."""
    told = [each for each in SIDES.balance if each.returned_shares is not None]
    assert len(told) == len(list(parsed(CHARTS["returns"]).iter(f"{SVG}circle")))
    assert [str(sum(each.returned)) for each in SIDES.balance] == [row[1] for row in CHARTS["returns"].rows]


def test_weeks_with_days_missing_are_left_open_and_said() -> None:
    """The outline stops before them, the line is dashed, and the table notes which they are."""
    whole = charts_of(dyad())["weekly"]
    cut = charts_of(dyad(unseen=((100.0, 130.0),)))["weekly"]
    outlines = [n.get("d", "") for n in parsed(cut).iter(f"{SVG}path") if n.get("class") == "ego"]
    assert (1, 2) == (whole.svg.count('class="ego"'), len(outlines))
    assert "days missing" in {row[-1] for row in cut.rows}
    assert (3, 4) == (len(whole.columns), len(cut.columns))
    assert all(f",{LINE}" in d for d in outlines)


def test_too_little_over_time_is_said() -> None:
    """One evening holds no month, no quarter, no hour."""
    charts = charts_of(chat("0 09:00 me hello\n0 09:01 them hi"))
    assert "Your answers are too few to compare over the record." in charts["waits"].sentence
    assert "Their answers are too few to compare by the hour." in charts["wait-hours"].sentence
    assert "yours are too few to say; theirs are too few to say." in charts["again"].sentence
    assert (
        "Too few silences of a day or more in any 13 weeks to compare them: it takes 10." in charts["returns"].sentence
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "too few to say"),
        (Estimate(None, 0.1, None, 40, 30), "fewer than half"),
        (Estimate(4 * MINUTE, 3 * MINUTE, 5 * MINUTE, 40, 1), "4 minutes (3 to 5 minutes)"),
        (Estimate(4 * MINUTE, 3 * MINUTE, None, 40, 1), "4 minutes (from 3 minutes, no upper limit)"),
    ],
)
def test_a_median_is_said_as_far_as_it_is_known(found: Estimate | None, said: str) -> None:
    """With its limits, and no number where there is none."""
    assert said == sentences.waited_label(Waited(40, 39, found, under_tick=False), MINUTE)


def test_alike_clocks_are_said_on_a_scale_that_is_explained() -> None:
    """From never the same hour to the very same hours, with limits and n."""
    assert re.search(
        r"From 0, never the same hour, to 1, the very same hours, your weeks are alike to [01]\.\d\d "
        r"\(0\.\d\d to [01]\.\d\d; n = \d+ weeks\)\.$",
        CHARTS["clock"].sentence,
    )


def test_both_sides_are_in_every_table() -> None:
    """Whatever is said of one is said of the other."""
    for name in ("waits", "wait-hours", "again"):
        assert "Your answers" in CHARTS[name].columns or "You again" in CHARTS[name].columns
        assert "Their answers" in CHARTS[name].columns or "They again" in CHARTS[name].columns


def test_where_a_conversation_is_cut_is_varied_and_said() -> None:
    """A dot for each criterion that holds enough, higher where ego began more; the sentence names both ends."""
    chart = CHARTS["criteria"]
    shares = [each.shares.ego.value for each in SIDES.stability if each.shares is not None]
    heights = [float(node.get("cy", "0")) for node in parsed(chart).iter(f"{SVG}circle")]
    assert len(shares) == len(heights) == len(chart.rows) == 8
    assert sorted(range(8), key=shares.__getitem__) == sorted(range(8), key=lambda i: -heights[i])
    assert f"{100 * min(shares):.0f} to {100 * max(shares):.0f} in 100 of them." in chart.sentence
    assert "Were a conversation new after 1 to 12 hours" in chart.sentence
    few = charts_of(chat("0 09:00 me hello\n0 09:01 them hi"))["criteria"]
    assert ("", "Too little data to say whether it depends on where a conversation is cut.") == (few.svg, few.sentence)
