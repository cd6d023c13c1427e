"""The charts of a record, of records of several kinds."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np

from fallow.charts import (
    Chart,
    Limited,
    again_chart,
    changes_chart,
    clock_chart,
    forecast_chart,
    lengths_chart,
    openings_chart,
    own_hours_chart,
    read_chart,
    reply_chart,
    returns_chart,
    silences_chart,
    stability_chart,
    waits_by_hour_chart,
    waits_chart,
    weekly_chart,
    writing_chart,
)
from fallow.dyad import ChangeReading, busiest_hours, find_bouts, read_changes, two_sides
from fallow.errors import NotEnoughData
from fallow.forecast import estimate_hours
from fallow.messages import MessageTable
from fallow.simulation import DyadParameters, simulate_dyad
from forecast.people import EVENINGS, MONDAY, flat, live, planted

SVG = "{http://www.w3.org/2000/svg}"


def charts_of(table: MessageTable, until: int | None = None, ended: int | None = None) -> dict[str, Chart]:
    """Every chart of a record, by the name that begins its ids; with `changes` where a day it ended is given."""
    sides = two_sides(table, until=until)
    latencies, resolution = sides.latencies, sides.replies.ego.resolution
    changes = None if ended is None else changes_of(table, ended)
    charts = {
        "weekly": weekly_chart(sides.weeks, changes, ended=ended),
        "openings": openings_chart(sides.openings, sides.criterion),
        "criteria": stability_chart(sides.stability),
        "replies": reply_chart(latencies.ego, latencies.alter, resolution),
        "waits": waits_chart(latencies, resolution),
        "wait-hours": waits_by_hour_chart(latencies, resolution),
        "read": read_chart(sides.read),
        "again": again_chart(sides.follow_ups, sides.balance),
        "silences": silences_chart(sides.silences),
        "lengths": lengths_chart(sides.silences_from),
        "returns": returns_chart(sides.balance),
        "sends": writing_chart(sides.writing),
        "clock": clock_chart(sides.clock, busiest_hours(sides.clock), sides.overlap),
    }
    return charts if changes is None else charts | {"changes": changes_chart(changes)}


def changes_of(table: MessageTable, ended: int) -> ChangeReading | None:
    """What changed before a day, or None where the weeks before it are too few."""
    written = table.written()
    bouts = find_bouts(written, two_sides(table).criterion.us)
    try:
        return read_changes(written, bouts, before=ended, rng=np.random.default_rng(7))
    except NotEnoughData:
        return None


def last_day(table: MessageTable) -> int:
    """The day after the last message, days since 1970-01-01."""
    return int(table.local[-1]) // 86_400_000_000 + 1


def own_hours() -> dict[str, Chart]:
    """A week of urges with hard hours, and one of looks without."""
    rng, until = np.random.default_rng(5), MONDAY + 24 * 36
    late = estimate_hours(live(planted(41 / 36, EVENINGS, 0.7), 36, rng), MONDAY, until)
    alike = estimate_hours(live(flat(1.5), 36, rng), MONDAY, until)
    return {
        "hard": own_hours_chart("urges", late.held, late.observed, late),
        "alike": own_hours_chart("looks", alike.held, alike.observed, alike),
    }


def ahead() -> dict[str, Chart]:
    """Forecasts as they may come: a silence of some days, one of years, and one that is nearly sure to end."""
    return {
        "middling": _forecast(
            (0.2, 0.3, 0.5, 0.62, 0.7), (0.18, 0.26, 0.42, 0.5, 0.55), own=0.2, below=0.18, above=0.1
        ),
        "long ago": _forecast((0.001,) * 4 + (0.002,), (0.001,) * 5, own=0.001, below=0.05, above=0.03),
        "nearly sure": _forecast(
            (0.9, 0.97, 0.99, 1.0, 1.0), (0.8, 0.85, 0.88, 0.88, 0.88), own=0.1, below=0.1, above=0.2
        ),
    }


def _forecast(silent: tuple[float, ...], other: tuple[float, ...], *, own: float, below: float, above: float) -> Chart:
    def limited(p: float, below: float, above: float) -> Limited:
        return p, max(p - below, 0.0), min(p + above, 1.0)

    return forecast_chart(
        (7, 14, 30, 60, 90),
        silent=[limited(p, below + 0.02, above + 0.01) for p in silent],
        other=[limited(p, below, above) for p in other],
        own=[limited(own, 0.09, 0.1) for _ in other],
        neither=[limited(1 - p - own, 0.1 if own == 0.2 else 0.054, 0.22) for p in other],
    )


def dyad(seed: int = 3, **changes: object) -> MessageTable:
    return simulate_dyad(DyadParameters(**changes), np.random.default_rng(seed))  # type: ignore[arg-type]


def parsed(chart: Chart) -> ET.Element:
    """The SVG as a strict XML parser reads it."""
    return ET.fromstring(chart.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def words_in(chart: Chart) -> list[str]:
    return [node.text or "" for node in parsed(chart).iter(f"{SVG}text")]
