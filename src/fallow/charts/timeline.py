"""A time axis of dates: the first and the last month in words, each new year as a tick where it fits."""

from __future__ import annotations

import datetime as dt
from typing import Final

from fallow.charts.drawing import label, line
from fallow.charts.phrases import month_label

TICK: Final = 4
CLEAR_OF_ENDS: Final = 84
CLEAR_OF_EACH_OTHER: Final = 48
EPOCH: Final = dt.date(1970, 1, 1)


def date_axis(
    first: int, last: int, *, right: float, y: float, words_y: float, top: float | None = None, left: float = 0
) -> list[str]:
    """
    Draw the axis from `left` to `right`.

    Args:
        first: Day at the left, days since 1970-01-01.
        last: Day at the right, >= first.
        right, left: Units.
        y: Where the ticks hang from.
        words_y: Baseline of the words.
        top: Up to where each new year is a faint line through the picture; left out, it is a tick.
    """
    parts = [label(left, words_y, month_label(first)), label(right, words_y, month_label(last), "end")]
    latest_word = 0.0
    for year in range(to_date(first).year + 1, to_date(last).year + 1):
        x = left + (right - left) * ((dt.date(year, 1, 1) - EPOCH).days - first) / max(last - first, 1)
        parts.append(line("axis", (x, y), (x, y + TICK)) if top is None else line("grid", (x, top), (x, y)))
        fits = x - CLEAR_OF_ENDS >= left and x + CLEAR_OF_ENDS <= right
        if fits and (latest_word == 0 or x - latest_word >= CLEAR_OF_EACH_OTHER):
            parts.append(label(x, words_y, str(year), "middle"))
            latest_word = x
    return parts


def to_date(day: int) -> dt.date:
    """The date of a day number, days since 1970-01-01."""
    return EPOCH + dt.timedelta(days=day)
