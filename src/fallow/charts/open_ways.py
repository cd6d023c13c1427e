"""What was open, day by day: for each way a full area for what is open and a faint one on top for what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from fallow.charts import open_words, phrases
from fallow.charts.drawing import Chart, area, label, line, number, picture, right_edge
from fallow.language import gettext as _
from fallow.reach import DayCount, Way

SHOWN: Final[tuple[Way, ...]] = ("reach_me", "see_me", "watch_them")
"""What comes up by itself is neither reaching nor watching, and is left to the numbers of the page."""
RIGHT: Final = 258
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
    rows = tuple((phrases.day_label(day), *(open_words.open_label(of[way]) for way in SHOWN)) for day, of in days)
    sentence = open_words.open_sentence([[of[way] for way in SHOWN] for _, of in days])
    columns = phrases.columns(open_words.OPEN_COLUMNS)
    if len(days) < MIN_DAYS:
        return Chart("", sentence, columns, rows)
    now = days[-1][1]
    right = right_edge((said for way in SHOWN for said in _counted(now[way])), RIGHT)
    bottom = len(SHOWN) * (HEAD + PANEL + APART) - APART
    most = max(of[way].open + of[way].unknown for _, of in days for way in SHOWN)
    parts = [
        part for place, way in enumerate(SHOWN) for part in _panel(place, way, days, most=max(most, 1), right=right)
    ]
    parts.append(label(0, bottom + 18, phrases.short_day(days[0][0])))
    parts.append(label(right, bottom + 18, phrases.short_day(days[-1][0]), "end"))
    svg = picture(prefix, bottom + 24, title=_(open_words.OPEN_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _counted(now: DayCount) -> tuple[str, str]:
    return open_words.open_count(now.open), open_words.unknown_count(now.unknown)


def _panel(place: int, way: Way, days: Sequence[Day], *, most: int, right: float) -> list[str]:
    top = place * (HEAD + PANEL + APART) + HEAD
    bottom, (opens, unknown) = top + PANEL, _counted(days[-1][1][way])
    opened = [of[way].open for _, of in days]
    told = [of[way].open + of[way].unknown for _, of in days]
    return [
        label(0, top - 5, _(open_words.WAY_TITLES[way])),
        area("ego", _steps(days, told, opened, scale=(right, bottom, PANEL / most)), opacity=FAINT),
        area("ego", _steps(days, opened, [0] * len(days), scale=(right, bottom, PANEL / most))),
        line("axis", (0, bottom), (right, bottom)),
        label(right + 8, bottom - 18, opens, kind="value"),
        label(right + 8, bottom - 3, unknown),
    ]


def _steps(
    days: Sequence[Day], upper: Sequence[int], lower: Sequence[int], *, scale: tuple[float, float, float]
) -> str:
    """
    The outline between two counts, each of which holds from its day to the next.

    Args:
        scale: The right edge, the height of none, and units of one.
    """
    right, bottom, unit = scale
    first, last = days[0][0], days[-1][0]
    xs = [right * (day - first).days / (last - first).days for day, _of in days]
    over = _edge(xs, [bottom - unit * count for count in upper])
    under = _edge(xs, [bottom - unit * count for count in lower])
    points = [*over, *reversed(under)]
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points) + "Z"


def _edge(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    edge = [(xs[0], ys[0])]
    for x, y in zip(xs[1:], ys[1:], strict=True):
        edge += [(x, edge[-1][1]), (x, y)]
    return edge
