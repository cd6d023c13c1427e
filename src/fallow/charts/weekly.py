"""Messages a week, mirrored: ego above the line, alter below, on one scale."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.charts import phrases
from fallow.charts.drawing import Chart, area, label, line, number, picture, round_tick
from fallow.charts.timeline import date_axis
from fallow.dyad import MIN_WEEKS, WeeklyCounts

RIGHT: Final = 312
TOP: Final = 20
LINE: Final = 88
REACH: Final = LINE - TOP
HEIGHT: Final = 202


def weekly_chart(weeks: WeeklyCounts, *, prefix: str = "weekly") -> Chart:
    """
    Show how much each side sent, week by week.

    Args:
        weeks: m weeks.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture under MIN_WEEKS.
    """
    days, ego, alter = weeks.monday.tolist(), weeks.ego.tolist(), weeks.alter.tolist()
    rows = tuple(
        (phrases.date_label(day), phrases.count_label(a), phrases.count_label(b))
        for day, a, b in zip(days, ego, alter, strict=True)
    )
    if len(days) < MIN_WEEKS:
        return Chart("", phrases.too_little_weeks(len(days), MIN_WEEKS), phrases.WEEKLY_COLUMNS, rows)
    sentence = phrases.weekly_sentence(len(days), (sum(ego), sum(alter)), _middle(weeks.ego), _middle(weeks.alter))
    svg = picture(prefix, HEIGHT, title=phrases.WEEKLY_TITLE, description=sentence, parts=_draw(weeks))
    return Chart(svg, sentence, phrases.WEEKLY_COLUMNS, rows)


def _middle(counts: NDArray[np.int64]) -> tuple[int, int]:
    low, high = np.percentile(counts, (25, 75))
    return round(float(low)), round(float(high))


def _draw(weeks: WeeklyCounts) -> list[str]:
    most = max(int(weeks.ego.max()), int(weeks.alter.max()))
    tick = round_tick(most)
    offset = REACH * tick / most
    parts = [
        area("ego", _mirrored(weeks.ego, -REACH / most)),
        area("alter", _mirrored(weeks.alter, REACH / most)),
        label(0, TOP - 7, phrases.YOU),
        label(0, LINE + REACH + 16, phrases.THEM),
        line("axis", (0, LINE), (RIGHT, LINE)),
    ]
    for y in (LINE - offset, LINE + offset):
        parts.append(line("grid", (0, y), (RIGHT, y)))
        parts.append(label(RIGHT + 6, y + 4, phrases.count_label(tick)))
    first, last = int(weeks.monday[0]), int(weeks.monday[-1])
    return parts + date_axis(first, last, right=RIGHT, y=HEIGHT - 22, words_y=HEIGHT - 4)


def _mirrored(counts: NDArray[np.int64], unit: float) -> str:
    step = RIGHT / (len(counts) - 1)
    points = "".join(f"L{number(i * step)},{number(LINE + c * unit)}" for i, c in enumerate(counts.tolist()))
    return f"M0,{LINE}{points}L{RIGHT},{LINE}Z"
