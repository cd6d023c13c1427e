"""The clock of each side: a square for every hour of the week, fuller with more messages, both on one scale."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.charts import phrases, sentences
from fallow.charts.drawing import WIDTH, Anchor, Chart, area, label, picture, width_of
from fallow.dyad import MIN_CLOCK_MESSAGES, BusyHours, ClockOverlap
from fallow.language import gettext as _
from fallow.messages import ALTER, EGO

LEFT: Final = 32
"""Units for the names of the weekdays, at least."""
GAP: Final = 1.5
ROW: Final = 14
NAME: Final = 14
PANEL: Final = NAME + 8 + 7 * ROW + 16
HEIGHT: Final = 2 * PANEL + 8
STEPS: Final = 5
HOURS_SHOWN: Final = (0, 6, 12, 18, 24)


def clock_chart(
    counts: NDArray[np.int64],
    busiest: tuple[BusyHours | None, BusyHours | None],
    overlap: ClockOverlap | None = None,
    *,
    prefix: str = "clock",
) -> Chart:
    """
    Show in which hours of the week each side writes.

    Args:
        counts: int64 [2, 7, 24], messages by side, weekday from Monday, hour.
        busiest: What `busiest_hours` finds in them.
        overlap: How alike the two weeks are; None where that cannot be told.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where a side has fewer than MIN_CLOCK_MESSAGES. Empty hours have no row.
    """
    rows = tuple(
        (
            _(phrases.WEEKDAYS[day]),
            phrases.hour_label(hour),
            *(phrases.count_label(int(c)) for c in counts[:, day, hour]),
        )
        for day in range(7)
        for hour in range(24)
        if counts[:, day, hour].any()
    )
    columns = phrases.columns(phrases.CLOCK_COLUMNS)
    ego, alter = busiest
    if ego is None or alter is None:
        have = int(counts.sum(axis=(1, 2)).min())
        return Chart("", phrases.too_little_hours(have, MIN_CLOCK_MESSAGES), columns, rows)
    sentence = phrases.clock_sentence(ego, alter)
    if overlap is not None:
        sentence = f"{sentence} {sentences.overlap_sentence(overlap)}"
    levels = fullness(counts)
    parts = [
        *week_panel("ego", _(phrases.YOU), levels[EGO], top=0),
        *week_panel("alter", _(phrases.THEM), levels[ALTER], top=PANEL + 8),
    ]
    svg = picture(prefix, HEIGHT, title=_(phrases.CLOCK_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def fullness(counts: NDArray[np.int64], *, full_at: int = 1) -> NDArray[np.int64]:
    """0 where there is nothing, then five equal steps up to the largest of all, or to `full_at` if that is more."""
    levels: NDArray[np.int64] = -(-counts * STEPS // max(int(counts.max()), full_at))
    return levels


def week_panel(kind: str, name: str, levels: NDArray[np.int64], *, top: int) -> list[str]:
    """A named week of squares, PANEL units high: `levels` is [7, 24], Monday first, from 0 to STEPS."""
    grid, left = top + NAME + 8, week_left()
    parts = [label(left, top + NAME - 2, name)]
    parts += [label(0, grid + ROW * day + ROW - 3, _(word)) for day, word in enumerate(phrases.WEEKDAYS)]
    for level in range(STEPS + 1):
        squares = "".join(square(day, hour, top=top, left=left) for day, hour in np.argwhere(levels == level).tolist())
        if squares:
            parts.append(area(f"{kind} heat-{level}", squares))
    for hour in HOURS_SHOWN:
        anchor: Anchor = "end" if hour == 24 else "start"
        parts.append(label(left + _cell(left) * hour, grid + 7 * ROW + 14, str(hour), anchor))
    return parts


def week_left() -> float:
    """Where the squares begin: behind the names of the weekdays."""
    return max(LEFT, *(width_of(_(word)) + 6 for word in phrases.WEEKDAYS))


def _cell(left: float) -> float:
    return (WIDTH - left) / 24


def square(day: int, hour: int, *, top: int, left: float) -> str:
    """The outline of one hour in the panel that begins at `top`, with its squares at `left`."""
    cell = _cell(left)
    side, high = cell - GAP, ROW - GAP
    return f"M{left + cell * hour:g},{top + NAME + 8 + ROW * day:g}h{side:g}v{high:g}h-{side:g}z"
