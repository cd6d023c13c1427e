"""How long answers took, over the record and by the hour of the day: medians of both sides on a log scale of time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from fallow.charts import phrases, sentences
from fallow.charts.drawing import Anchor, Chart, label, line, picture, right_edge
from fallow.charts.timeline import date_axis
from fallow.charts.twins import Reading, key, twin_readings
from fallow.dyad import HOURS_IN_BLOCK, Latencies, Waited, WaitedInPeriod
from fallow.language import gettext as _

RIGHT: Final = 300
TOP: Final = 34
BOTTOM: Final = 160
HEIGHT: Final = 186
MOST_MONTHS: Final = 26
"""Months that lie apart on a phone; a longer record is shown in quarters."""
SHORTEST: Final = 1 / phrases.DAY_MINUTES
LONGEST: Final = phrases.TICKS[-1][1]


def waits_chart(latencies: Latencies, resolution: float, *, prefix: str = "waits") -> Chart:
    """
    Show how long half of the answers took, in stretches of the record.

    Args:
        latencies: Of both sides.
        resolution: Tick of the source, days.
        prefix: Begins the ids of the picture.
    Returns:
        The chart: by months where most of them hold enough and they lie apart, else by quarters; without a picture
        where fewer than two stretches of either side hold enough.
    """
    ego, alter = _stretches(latencies)
    columns = phrases.columns(sentences.WAITS_COLUMNS)
    rows = tuple(
        (phrases.date_label(a.monday), str(a.weeks), *_cells(a.waited, resolution), *_cells(b.waited, resolution))
        for a, b in zip(ego, alter, strict=True)
    )
    sentence = " ".join(
        sentences.first_and_last(whose, [each.waited for each in side], resolution)
        for whose, side in ((phrases.YOU, ego), (phrases.THEM, alter))
    )
    if max(_told(each.waited for each in side) for side in (ego, alter)) < 2:
        return Chart("", sentence, columns, rows)
    right = _right()
    first, last = ego[0].monday, ego[-1].monday + 7 * ego[-1].weeks
    places = [right * (each.monday + 3.5 * each.weeks - first) / (last - first) for each in ego]
    axis = date_axis(first, last - 7, right=right, y=BOTTOM, words_y=HEIGHT - 4, top=TOP)
    parts = axis + _draw(places, [each.waited for each in ego], [each.waited for each in alter])
    svg = picture(prefix, HEIGHT, title=_(sentences.WAITS_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def waits_by_hour_chart(latencies: Latencies, resolution: float, *, prefix: str = "wait-hours") -> Chart:
    """
    Show how long half of the answers took, by the hours in which the wait began.

    Args:
        latencies: Of both sides.
        resolution: Tick of the source, days.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where fewer than two stretches of the day of either side hold enough.
    """
    pairs = list(zip(latencies.ego.hours, latencies.alter.hours, strict=True))
    rows = tuple(
        (sentences.hour_span(a.hour, HOURS_IN_BLOCK), *_cells(a.waited, resolution), *_cells(b.waited, resolution))
        for a, b in pairs
    )
    sides, columns = (latencies.ego.hours, latencies.alter.hours), phrases.columns(sentences.HOURS_COLUMNS)
    sentence = " ".join(
        sentences.soonest_and_latest(
            whose, [(sentences.between_hours(h.hour, HOURS_IN_BLOCK), h.waited) for h in side], resolution
        )
        for whose, side in zip((phrases.YOU, phrases.THEM), sides, strict=True)
    )
    if max(_told(each.waited for each in side) for side in sides) < 2:
        return Chart("", sentence, columns, rows)
    right = _right()
    places = [right * (a.hour + HOURS_IN_BLOCK / 2) / 24 for a, _b in pairs]
    parts = _clock_axis() + _draw(places, [a.waited for a, _b in pairs], [b.waited for _a, b in pairs])
    svg = picture(prefix, HEIGHT, title=_(sentences.HOURS_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _stretches(latencies: Latencies) -> tuple[tuple[WaitedInPeriod, ...], tuple[WaitedInPeriod, ...]]:
    """Months where they fit and most hold enough on both sides; else quarters."""
    ego, alter = latencies.ego, latencies.alter
    most = [2 * _told(each.waited for each in side.months) > len(side.months) for side in (ego, alter)]
    if len(ego.months) <= MOST_MONTHS and all(most):
        return ego.months, alter.months
    return ego.quarters, alter.quarters


def _right() -> float:
    return right_edge((_(name) for name, _days in phrases.TICKS), RIGHT, gap=6)


def _told(waits: Iterable[Waited]) -> int:
    return sum(map(sentences.is_told, waits))


def _cells(waited: Waited, resolution: float) -> tuple[str, str]:
    return sentences.waited_label(waited, resolution), phrases.count_label(waited.n)


def _reading(waited: Waited) -> Reading | None:
    found = waited.median
    if found is None or found.value is None:
        return None
    return Reading(found.value, found.lower or 0.0, found.upper)


def _draw(places: Sequence[float], ego: Sequence[Waited], alter: Sequence[Waited]) -> list[str]:
    you, them = [_reading(each) for each in ego], [_reading(each) for each in alter]
    height, ticks = _scale([each for each in (*you, *them) if each is not None])
    right = _right()
    parts = [line("axis" if y == BOTTOM else "grid", (0, y), (right, y)) for _name, y in ticks]
    parts += [label(right + 6, y + 4, _(name)) for name, y in ticks]
    return parts + twin_readings(places, you, them, height=height, top=TOP) + key()


def _scale(readings: Sequence[Reading]) -> tuple[Callable[[float], float], list[tuple[str, float]]]:
    """A log scale between the ticks around all the medians, and the ticks with their heights."""
    low, high = min(r.lower for r in readings), max(r.upper or r.value for r in readings)
    days = [value for _name, value in phrases.TICKS]
    first = max((i for i, value in enumerate(days) if value <= max(low, SHORTEST)), default=0)
    last = min((i for i, value in enumerate(days) if value >= min(high, LONGEST)), default=len(days) - 1)
    last = max(last, first + 1)
    bottom, top = days[first], days[last]

    def height(value: float) -> float:
        share = math.log(max(value, bottom) / bottom) / math.log(top / bottom)
        return BOTTOM - (BOTTOM - TOP) * min(share, 1.0)

    return height, [(name, height(value)) for name, value in phrases.TICKS[first : last + 1]]


def _clock_axis() -> list[str]:
    parts, right = [], _right()
    for hour in (0, 6, 12, 18, 24):
        x = right * hour / 24
        anchor: Anchor = "start" if hour == 0 else "end" if hour == 24 else "middle"
        parts += [line("grid", (x, TOP), (x, BOTTOM)), label(x, HEIGHT - 4, f"{hour:02d}:00", anchor)]
    return parts
