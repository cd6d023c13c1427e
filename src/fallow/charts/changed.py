"""What changed before the end: a line for each series and side, a triangle where it clearly moved, with limits."""

from __future__ import annotations

from typing import Final

from fallow.charts import change_words, phrases
from fallow.charts.drawing import Chart, area, label, line, number, picture, right_edge, width_of
from fallow.charts.timeline import date_axis
from fallow.dyad import ChangeReading, SeriesReading
from fallow.language import gettext as _
from fallow.messages import EGO

LEFT: Final = 36
RIGHT: Final = 272
GROUP: Final = 60
SIDE: Final = 18
TOP: Final = 4
SIZE: Final = 5


def changes_chart(reading: ChangeReading, *, prefix: str = "changes") -> Chart:
    """
    Show which of the eight weekly series moved before the end, and when.

    Args:
        reading: What was read.
        prefix: Begins the ids of the picture.
    """
    rows = tuple(change_words.row_cells(one) for one in reading.series)
    sentence = change_words.changes_sentence(reading)
    bottom = TOP + GROUP * 4 - 8
    height = bottom + 24
    first, last = reading.before - 7 * reading.weeks, reading.before
    left = max(LEFT, *(width_of(_(who)) + 8 for who in (phrases.YOU, phrases.THEM)))
    right = right_edge(map(_, (change_words.FEW, change_words.NOTHING_CLEAR)), RIGHT)
    axis = [line("axis", (left, bottom), (right, bottom))]
    axis += date_axis(first, last, left=left, right=right, y=bottom, words_y=height - 4)
    drawn = [_line(one, place, (first, last), (left, right)) for place, one in enumerate(reading.series)]
    names = [
        label(left, TOP + GROUP * place + 12, _(change_words.SERIES[reading.series[2 * place].series]))
        for place in range(len(reading.series) // 2)
    ]
    parts = [*axis, *names, *(part for parts in drawn for part in parts)]
    svg = picture(prefix, height, title=_(change_words.CHANGES_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, phrases.columns(change_words.CHANGES_COLUMNS), rows)


def _line(one: SeriesReading, place: int, days: tuple[int, int], edges: tuple[float, float]) -> list[str]:
    (first, last), (left, right) = days, edges
    y = TOP + GROUP * (place // 2) + 24 + SIDE * (place % 2)
    kind, who = ("ego", phrases.YOU) if one.side == EGO else ("alter", phrases.THEM)
    parts = [label(0, y + 4, _(who)), line("grid", (left, y), (right, y))]
    if one.change is None:
        said = change_words.FEW if one.too_little else change_words.NOTHING_CLEAR
        return [*parts, label(right + 8, y + 4, _(said))]

    def x(day: int) -> float:
        return left + (right - left) * min(max((day - first) / (last - first), 0), 1)

    found = one.change
    middle, flip = x(found.middle), 1 if found.ratio > 1 else -1
    shape = (
        f"M{number(middle)},{number(y - flip * SIZE)}L{number(middle + SIZE)},{number(y + flip * SIZE)}"
        f"L{number(middle - SIZE)},{number(y + flip * SIZE)}Z"
    )
    return [
        *parts,
        line("interval", (x(found.earliest), y), (x(found.latest), y), width=3),
        line("mark", (x(found.begins), y - 5), (x(found.begins), y + 5), width=1.5),
        area(kind, shape),
        label(right + 8, y + 4, change_words.ratio_label(found), kind="value"),
    ]
