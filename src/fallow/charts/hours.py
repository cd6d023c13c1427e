"""The clock of each side: a square for every hour of the week, fuller with more messages, both on one scale."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.charts import phrases
from fallow.charts.drawing import Anchor, Chart, area, label, picture
from fallow.dyad import MIN_CLOCK_MESSAGES, BusyHours
from fallow.messages import ALTER, EGO

LEFT: Final = 32
CELL: Final = 13.25
GAP: Final = 1.5
ROW: Final = 14
NAME: Final = 14
PANEL: Final = NAME + 8 + 7 * ROW + 16
HEIGHT: Final = 2 * PANEL + 8
STEPS: Final = 5
HOURS_SHOWN: Final = (0, 6, 12, 18, 24)


def clock_chart(
    counts: NDArray[np.int64], busiest: tuple[BusyHours | None, BusyHours | None], *, prefix: str = "clock"
) -> Chart:
    """
    Show in which hours of the week each side writes.

    Args:
        counts: int64 [2, 7, 24], messages by side, weekday from Monday, hour.
        busiest: What `busiest_hours` finds in them.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where a side has fewer than MIN_CLOCK_MESSAGES. Empty hours have no row.
    """
    rows = tuple(
        (phrases.WEEKDAYS[day], phrases.hour_label(hour), *(phrases.count_label(int(c)) for c in counts[:, day, hour]))
        for day in range(7)
        for hour in range(24)
        if counts[:, day, hour].any()
    )
    ego, alter = busiest
    if ego is None or alter is None:
        have = int(counts.sum(axis=(1, 2)).min())
        return Chart("", phrases.too_little_hours(have, MIN_CLOCK_MESSAGES), phrases.CLOCK_COLUMNS, rows)
    sentence = phrases.clock_sentence(ego, alter)
    levels = _levels(counts)
    parts = [
        *_panel("ego", phrases.YOU, levels[EGO], top=0),
        *_panel("alter", phrases.THEM, levels[ALTER], top=PANEL + 8),
    ]
    svg = picture(prefix, HEIGHT, title=phrases.CLOCK_TITLE, description=sentence, parts=parts)
    return Chart(svg, sentence, phrases.CLOCK_COLUMNS, rows)


def _levels(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 where nothing was sent, then five equal steps up to the busiest hour of either side."""
    levels: NDArray[np.int64] = -(-counts * STEPS // max(int(counts.max()), 1))
    return levels


def _panel(kind: str, name: str, levels: NDArray[np.int64], *, top: int) -> list[str]:
    grid = top + NAME + 8
    parts = [label(LEFT, top + NAME - 2, name)]
    parts += [label(0, grid + ROW * day + ROW - 3, word) for day, word in enumerate(phrases.WEEKDAYS)]
    for level in range(STEPS + 1):
        squares = "".join(_square(hour, grid + ROW * day) for day, hour in np.argwhere(levels == level).tolist())
        if squares:
            parts.append(area(f"{kind} heat-{level}", squares))
    for hour in HOURS_SHOWN:
        anchor: Anchor = "end" if hour == 24 else "start"
        parts.append(label(LEFT + CELL * hour, grid + 7 * ROW + 14, str(hour), anchor))
    return parts


def _square(hour: int, y: float) -> str:
    side, high = CELL - GAP, ROW - GAP
    return f"M{LEFT + CELL * hour:g},{y:g}h{side:g}v{high:g}h-{side:g}z"
