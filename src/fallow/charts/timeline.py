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


def date_axis(first: int, last: int, *, right: float, y: float, words_y: float) -> list[str]:
    """
    Draw the axis from x = 0 to `right`.

    Args:
        first: Day at x = 0, days since 1970-01-01.
        last: Day at x = right, >= first.
        right: Units.
        y: Where the ticks hang from.
        words_y: Baseline of the words.
    """
    parts = [label(0, words_y, month_label(first)), label(right, words_y, month_label(last), "end")]
    latest_word = 0.0
    for year in range((EPOCH + dt.timedelta(days=first)).year + 1, (EPOCH + dt.timedelta(days=last)).year + 1):
        x = right * ((dt.date(year, 1, 1) - EPOCH).days - first) / max(last - first, 1)
        parts.append(line("axis", (x, y), (x, y + TICK)))
        fits = x - CLEAR_OF_ENDS >= 0 and x + CLEAR_OF_ENDS <= right
        if fits and (latest_word == 0 or x - latest_word >= CLEAR_OF_EACH_OTHER):
            parts.append(label(x, words_y, str(year), "middle"))
            latest_word = x
    return parts
