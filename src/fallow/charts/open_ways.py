"""What was open, day by day: for each way a full area for what is open and a faint one on top for what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import Chart, area, label, line, number, picture
from fallow.reach import DayCount, Way

SHOWN: Final[tuple[Way, ...]] = ("reach_me", "see_me", "watch_them")
"""What comes up by itself is neither reaching nor watching, and is left to the numbers of the page."""
RIGHT: Final = 262
HEAD: Final = 16
PANEL: Final = 44
APART: Final = 18
FAINT: Final = 0.2
MIN_DAYS: Final = 2

Day = tuple[dt.date, dict[Way, DayCount]]


def open_ways_chart(counts: Sequence[DayCount], *, prefix: str = "open") -> Chart:
    """
    Show how many ways were open on each day.

    Args:
        counts: As `reach.count_days` gives them: days rising, each with every way.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture under MIN_DAYS. The panels share one scale.
    """
    days: list[Day] = [(day, {each.way: each for each in of}) for day, of in groupby(counts, key=lambda each: each.day)]
    rows = tuple((phrases.day_label(day), *(phrases.open_label(of[way]) for way in SHOWN)) for day, of in days)
    sentence = phrases.open_sentence([[of[way] for way in SHOWN] for _, of in days])
    if len(days) < MIN_DAYS:
        return Chart("", sentence, phrases.OPEN_COLUMNS, rows)
    bottom = len(SHOWN) * (HEAD + PANEL + APART) - APART
    most = max(of[way].open + of[way].unknown for _, of in days for way in SHOWN)
    parts = [part for place, way in enumerate(SHOWN) for part in _panel(place, way, days, most=max(most, 1))]
    parts.append(label(0, bottom + 18, phrases.short_day(days[0][0])))
    parts.append(label(RIGHT, bottom + 18, phrases.short_day(days[-1][0]), "end"))
    svg = picture(prefix, bottom + 24, title=phrases.OPEN_TITLE, description=sentence, parts=parts)
    return Chart(svg, sentence, phrases.OPEN_COLUMNS, rows)


def _panel(place: int, way: Way, days: Sequence[Day], *, most: int) -> list[str]:
    top = place * (HEAD + PANEL + APART) + HEAD
    bottom, now = top + PANEL, days[-1][1][way]
    opened = [of[way].open for _, of in days]
    told = [of[way].open + of[way].unknown for _, of in days]
    return [
        label(0, top - 5, phrases.WAY_TITLES[way]),
        area("ego", _steps(days, told, opened, bottom=bottom, unit=PANEL / most), opacity=FAINT),
        area("ego", _steps(days, opened, [0] * len(days), bottom=bottom, unit=PANEL / most)),
        line("axis", (0, bottom), (RIGHT, bottom)),
        label(RIGHT + 8, bottom - 18, phrases.open_count(now.open), kind="value"),
        label(RIGHT + 8, bottom - 3, phrases.unknown_count(now.unknown)),
    ]


def _steps(days: Sequence[Day], upper: Sequence[int], lower: Sequence[int], *, bottom: float, unit: float) -> str:
    """The outline between two counts, each of which holds from its day to the next."""
    first, last = days[0][0], days[-1][0]
    xs = [RIGHT * (day - first).days / (last - first).days for day, _ in days]
    over = _edge(xs, [bottom - unit * count for count in upper])
    under = _edge(xs, [bottom - unit * count for count in lower])
    points = [*over, *reversed(under)]
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points) + "Z"


def _edge(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    edge = [(xs[0], ys[0])]
    for x, y in zip(xs[1:], ys[1:], strict=True):
        edge += [(x, edge[-1][1]), (x, y)]
    return edge
