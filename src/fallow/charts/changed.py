"""What changed before the end: a line for each series and side, a triangle where it clearly moved, with limits."""

from __future__ import annotations

from typing import Final

from fallow.charts import change_words, phrases
from fallow.charts.drawing import Chart, area, label, line, number, picture
from fallow.charts.timeline import date_axis
from fallow.dyad import ChangeReading, SeriesReading
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
    axis = [line("axis", (LEFT, bottom), (RIGHT, bottom))]
    axis += date_axis(first, last, left=LEFT, right=RIGHT, y=bottom, words_y=height - 4)
    drawn = [_line(one, place, first, last) for place, one in enumerate(reading.series)]
    names = [
        label(LEFT, TOP + GROUP * place + 12, change_words.SERIES[reading.series[2 * place].series])
        for place in range(len(reading.series) // 2)
    ]
    parts = [*axis, *names, *(part for parts in drawn for part in parts)]
    svg = picture(prefix, height, title=change_words.CHANGES_TITLE, description=sentence, parts=parts)
    return Chart(svg, sentence, change_words.CHANGES_COLUMNS, rows)


def _line(one: SeriesReading, place: int, first: int, last: int) -> list[str]:
    y = TOP + GROUP * (place // 2) + 24 + SIDE * (place % 2)
    kind, who = ("ego", phrases.YOU) if one.side == EGO else ("alter", phrases.THEM)
    parts = [label(0, y + 4, who), line("grid", (LEFT, y), (RIGHT, y))]
    if one.change is None:
        return [*parts, label(RIGHT + 8, y + 4, change_words.FEW if one.too_little else change_words.NOTHING_CLEAR)]

    def x(day: int) -> float:
        return LEFT + (RIGHT - LEFT) * min(max((day - first) / (last - first), 0), 1)

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
        label(RIGHT + 8, y + 4, change_words.ratio_label(found), kind="value"),
    ]
