"""The week of one kind of a person's own entries: fuller where more of those hours held one, hard hours outlined."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.charts import own_words, phrases
from fallow.charts.drawing import WIDTH, Chart, label, picture, stroke, width_of
from fallow.charts.hours import PANEL, fullness, square, week_left, week_panel
from fallow.forecast import MIN_DAYS, MIN_HELD, HourShares
from fallow.language import gettext as _

FULL_AT: Final = 3
"""Hours that make a square full at the least, so that what happened once does not look like a habit."""
HEIGHT: Final = PANEL + 20

What = Literal["urges", "looks"]


def own_hours_chart(
    what: What, held: NDArray[np.int64], observed: NDArray[np.int64], found: HourShares | None, *, prefix: str = ""
) -> Chart:
    """
    Show in which hours of the week entries of one kind came.

    Args:
        what: Which entries.
        held: int64 [7, 24], hours that held one, weekday from Monday, hour.
        observed: int64 [7, 24], hours there were.
        found: What `estimate_hours` makes of them; None where they are too few.
        prefix: Begins the ids of the picture; left out, it is `what`.
    Returns:
        The chart; without a picture where they are too few. Hours without an entry have no row.
    """
    cells: list[tuple[int, int]] = [(day, hour) for day, hour in np.argwhere(held).tolist()]
    rows = tuple(_row(cell, held, observed, found) for cell in cells)
    columns = phrases.columns(own_words.OWN_HOURS_COLUMNS)
    if found is None:
        days, count = int(observed.sum()) // 24, int(held.sum())
        few = own_words.too_little_held(what, count, MIN_HELD)
        sentence = own_words.too_little_days(days, MIN_DAYS) if days < MIN_DAYS else few
        return Chart("", sentence, columns, rows)
    marked: list[tuple[int, int]] = [(day, hour) for day, hour in np.argwhere(found.hard).tolist()]
    hard = sorted(marked, key=lambda cell: -found.share[cell])
    sentence = own_words.own_hours_sentence(what, found, hard)
    title, name = _(own_words.OWN_HOURS_TITLE[what]), _(own_words.OWN_HOURS_NAME[what])
    parts = week_panel("ego", name, fullness(held, full_at=FULL_AT), top=0)
    if hard:
        left = week_left()
        parts.append(stroke("mark", "".join(square(*cell, top=0, left=left) for cell in hard), width=1.6))
        outlined = _(own_words.OUTLINED)
        parts.append(label(max(0, min(left, WIDTH - width_of(outlined))), HEIGHT - 4, outlined))
    svg = picture(prefix or what, HEIGHT, title=title, description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _row(
    cell: tuple[int, int], held: NDArray[np.int64], observed: NDArray[np.int64], found: HourShares | None
) -> tuple[str, ...]:
    day, hour = cell
    share = _(phrases.TOO_FEW) if found is None else own_words.own_share(found, day, hour)
    counted = own_words.held_label(int(held[cell]), int(observed[cell]))
    return _(phrases.WEEKDAYS[day]), phrases.hour_label(hour), counted, share
