"""The five charts of a record, as the room `app` joins them from dyad and survival."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np

from fallow.charts import (
    Chart,
    ReplyCurve,
    clock_chart,
    openings_chart,
    own_hours_chart,
    reply_chart,
    silences_chart,
    weekly_chart,
)
from fallow.dyad import ReplyLatencies, busiest_hours, two_sides
from fallow.forecast import estimate_hours
from fallow.messages import MessageTable
from fallow.simulation import DyadParameters, simulate_dyad
from fallow.survival import kaplan_meier, median_with_interval
from forecast.people import EVENINGS, MONDAY, flat, live, planted

SVG = "{http://www.w3.org/2000/svg}"


def reply_curve(waits: ReplyLatencies) -> ReplyCurve | None:
    if len(waits) == 0:
        return None
    curve = kaplan_meier(waits.duration, waits.observed)
    return ReplyCurve(curve, median_with_interval(curve), waits.resolution)


def charts_of(table: MessageTable, until: int | None = None) -> dict[str, Chart]:
    sides = two_sides(table, until=until)
    return {
        "weekly": weekly_chart(sides.weeks),
        "openings": openings_chart(sides.openings, sides.criterion),
        "replies": reply_chart(reply_curve(sides.replies.ego), reply_curve(sides.replies.alter)),
        "silences": silences_chart(sides.silences),
        "clock": clock_chart(sides.clock, busiest_hours(sides.clock)),
    }


def own_hours() -> dict[str, Chart]:
    """A week of urges with hard hours, and one of looks without."""
    rng, until = np.random.default_rng(5), MONDAY + 24 * 36
    late = estimate_hours(live(planted(41 / 36, EVENINGS, 0.7), 36, rng), MONDAY, until)
    alike = estimate_hours(live(flat(1.5), 36, rng), MONDAY, until)
    return {
        "hard": own_hours_chart("urges", late.held, late.observed, late),
        "alike": own_hours_chart("looks", alike.held, alike.observed, alike),
    }


def dyad(seed: int = 3, **changes: object) -> MessageTable:
    return simulate_dyad(DyadParameters(**changes), np.random.default_rng(seed))  # type: ignore[arg-type]


def parsed(chart: Chart) -> ET.Element:
    """The SVG as a strict XML parser reads it."""
    return ET.fromstring(chart.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def words_in(chart: Chart) -> list[str]:
    return [node.text or "" for node in parsed(chart).iter(f"{SVG}text")]
