"""A time axis of dates: the first and the last month in words, each new year as a tick where it fits."""

from __future__ import annotations

import datetime as dt
from typing import Final

from fallow.charts.drawing import label, line, width_of
from fallow.charts.phrases import month_label

TICK: Final = 4
CLEAR_OF_ENDS: Final = 84
CLEAR_OF_END: Final = 18
"""Units from the words at an end to the middle of a year."""
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
    ends = month_label(first), month_label(last)
    parts = [label(left, words_y, ends[0]), label(right, words_y, ends[1], "end")]
    clear = max(CLEAR_OF_ENDS, CLEAR_OF_END + max(map(width_of, ends)))
    latest_word = 0.0
    for year in range(to_date(first).year + 1, to_date(last).year + 1):
        x = left + (right - left) * ((dt.date(year, 1, 1) - EPOCH).days - first) / max(last - first, 1)
        parts.append(line("axis", (x, y), (x, y + TICK)) if top is None else line("grid", (x, top), (x, y)))
        fits = x - clear >= left and x + clear <= right
        if fits and (latest_word == 0 or x - latest_word >= CLEAR_OF_EACH_OTHER):
            parts.append(label(x, words_y, str(year), "middle"))
            latest_word = x
    return parts


def to_date(day: int) -> dt.date:
    """The date of a day number, days since 1970-01-01."""
    return EPOCH + dt.timedelta(days=day)
