"""Messages a week, mirrored: ego above the line, alter below, on one scale; and where that clearly changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.charts import change_words, phrases
from fallow.charts.drawing import WIDTH, Anchor, Chart, area, label, line, number, picture, round_tick, width_of
from fallow.charts.timeline import date_axis
from fallow.dyad import MIN_WEEKS, Change, ChangeReading, WeeklyCounts
from fallow.language import gettext as _
from fallow.messages import EGO

RIGHT: Final = 314
TOP: Final = 38
LINE: Final = 116
REACH: Final = LINE - TOP
BOTTOM: Final = LINE + REACH
HEIGHT: Final = BOTTOM + 46
CLEAR_OF_NAME: Final = 40
"""Units that the name of a side needs at the left, at least."""


def weekly_chart(
    weeks: WeeklyCounts,
    changes: ChangeReading | None = None,
    *,
    ended: int | None = None,
    prefix: str = "weekly",
) -> Chart:
    """
    Show how much each side sent, week by week.

    Args:
        weeks: m weeks; those that are not whole are left open in the picture.
        changes: What clearly changed before the end; None where that was not or could not be read.
        ended: The day it ended, days since 1970-01-01; None where that is not told.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture under MIN_WEEKS.
    """
    days, ego, alter, whole = (c.tolist() for c in (weeks.monday, weeks.ego, weeks.alter, weeks.whole))
    columns = phrases.columns(phrases.WEEKLY_COLUMNS if all(whole) else (*phrases.WEEKLY_COLUMNS, phrases.NOTE))
    rows = tuple(
        (*_cells(day, a, b), *(() if all(whole) else ("" if sure else _(phrases.DAYS_MISSING),)))
        for day, a, b, sure in zip(days, ego, alter, whole, strict=True)
    )
    if len(days) < MIN_WEEKS:
        return Chart("", phrases.too_little_weeks(len(days), MIN_WEEKS), columns, rows)
    sentence = phrases.weekly_sentence(len(days), (sum(ego), sum(alter)), _middle(weeks.ego), _middle(weeks.alter))
    if changes is not None:
        sentence = f"{change_words.volume_sentence(changes)} {sentence}"
    parts = [*_draw(weeks), *_end(weeks, ended), *_changes(weeks, changes)]
    svg = picture(prefix, HEIGHT, title=_(phrases.WEEKLY_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _cells(day: int, ego: int, alter: int) -> tuple[str, str, str]:
    return phrases.date_label(day), phrases.count_label(ego), phrases.count_label(alter)


def _middle(counts: NDArray[np.int64]) -> tuple[int, int]:
    low, high = np.percentile(counts, (25, 75))
    return round(float(low)), round(float(high))


def _draw(weeks: WeeklyCounts) -> list[str]:
    most = max(int(weeks.ego.max()), int(weeks.alter.max()))
    tick = round_tick(most)
    offset = REACH * tick / most
    first, last = int(weeks.monday[0]), int(weeks.monday[-1])
    parts = date_axis(first, last, right=RIGHT, y=BOTTOM, words_y=HEIGHT - 4, top=TOP)
    for y in (LINE - offset, LINE + offset):
        parts.append(line("grid", (0, y), (RIGHT, y)))
        parts.append(label(RIGHT + 6, y + 4, phrases.count_label(tick)))
    for begin, end in _stretches(weeks.whole):
        parts.append(area("ego", _mirrored(weeks.ego, begin, end, unit=-REACH / most)))
        parts.append(area("alter", _mirrored(weeks.alter, begin, end, unit=REACH / most)))
    return [
        *parts,
        label(0, TOP - 7, _(phrases.YOU)),
        label(0, BOTTOM + 16, _(phrases.THEM)),
        line("axis", (0, LINE), (RIGHT, LINE), dash="" if bool(weeks.whole.all()) else "2 3"),
    ]


def _stretches(whole: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last of each run of whole weeks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], whole, [False])).astype(np.int8)))
    for begin, end in edges.reshape(-1, 2).tolist():
        yield begin, end - 1


def _mirrored(counts: NDArray[np.int64], begin: int, end: int, *, unit: float) -> str:
    """The outline of some weeks; one alone is half a week wide to either side."""
    step = RIGHT / (len(counts) - 1)
    xs = [i * step for i in range(begin, end + 1)]
    ys = [LINE + c * unit for c in counts[begin : end + 1].tolist()]
    if begin == end:
        xs, ys = [max(xs[0] - step / 2, 0), min(xs[0] + step / 2, RIGHT)], ys * 2
    points = "".join(f"L{number(x)},{number(y)}" for x, y in zip(xs, ys, strict=True))
    return f"M{number(xs[0])},{LINE}{points}L{number(xs[-1])},{LINE}Z"


def _x(weeks: WeeklyCounts, day: float) -> float:
    """Where a day lies; a week's number stands at its middle."""
    first, last = int(weeks.monday[0]), int(weeks.monday[-1])
    return min(max(RIGHT * (day - first - 3.5) / (last - first), 0), RIGHT)


def _end(weeks: WeeklyCounts, ended: int | None) -> list[str]:
    """A line through both sides on the day it ended, where the record has that day."""
    if ended is None or not int(weeks.monday[0]) <= ended < int(weeks.monday[-1]) + 7:
        return []
    x = _x(weeks, ended)
    anchor: Anchor = "end" if x > RIGHT / 2 else "start"
    words = label(x + (4 if anchor == "start" else -4), 12, _(phrases.END), anchor)
    return [line("mark", (x, 16), (x, BOTTOM)), words]


def _changes(weeks: WeeklyCounts, changes: ChangeReading | None) -> list[str]:
    if changes is None:
        return []
    parts = []
    for one in changes.series:
        if one.series == "volume" and one.change is not None:
            parts += _change(weeks, one.change, outer=TOP if one.side == EGO else BOTTOM)
    return parts


def _change(weeks: WeeklyCounts, change: Change, *, outer: int) -> list[str]:
    """A dashed line on one side where it is half way, and a band between the limits of that day."""
    x, low, high = (_x(weeks, day) for day in (change.middle, change.earliest, change.latest))
    said = change_words.marker_label(change)
    long = width_of(said)
    clear = max(CLEAR_OF_NAME, *(width_of(_(name)) + 12 for name in (phrases.YOU, phrases.THEM)))
    at_end = x - long >= clear
    left = x if at_end else max(min(x, WIDTH - long), clear)
    words_y = outer - 7 if outer < LINE else outer + 16
    return [
        area(
            "mark",
            f"M{number(low)},{LINE}L{number(low)},{outer}L{number(high)},{outer}L{number(high)},{LINE}Z",
            opacity=0.14,
        ),
        line("mark", (x, LINE), (x, outer), width=1.5, dash="3 3"),
        label(left, words_y, said, "end" if at_end else "start"),
    ]
