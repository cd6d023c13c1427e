"""Who wrote again before an answer came: shares of both sides over the quarters of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fallow.charts import phrases, sentences
from fallow.charts.drawing import Chart, label, line, picture
from fallow.charts.timeline import date_axis
from fallow.charts.twins import Reading, key, twin_readings
from fallow.dyad import FollowUps, QuarterBalance, SideFollowUps

RIGHT: Final = 278
TOP: Final = 34
BOTTOM: Final = 140
HEIGHT: Final = 166
STEPS: Final = (0.1, 0.2, 0.4, 1.0)
"""Ends of the scale that are tried."""


def again_chart(overall: FollowUps, balance: Sequence[QuarterBalance], *, prefix: str = "again") -> Chart:
    """
    Show how often each side, waiting, wrote again itself.

    Args:
        overall: Over the whole record.
        balance: Its quarters, oldest first.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where no quarter of either side holds enough.
    """
    rows = (
        *((phrases.date_label(each.monday), *_cells(each.follow_ups)) for each in balance),
        (phrases.OVERALL, *_cells(overall)),
    )
    sentence = sentences.again_sentence(overall.ego.share, overall.alter.share)
    you = [_reading(each.follow_ups.ego) for each in balance]
    them = [_reading(each.follow_ups.alter) for each in balance]
    told = [each for each in (*you, *them) if each is not None]
    if not told:
        return Chart("", sentence, sentences.AGAIN_COLUMNS, rows)
    first, last = balance[0].monday, balance[-1].monday + 7 * balance[-1].weeks
    places = [RIGHT * (each.monday + 3.5 * each.weeks - first) / (last - first) for each in balance]
    most = next(step for step in STEPS if step >= max(each.upper or each.value for each in told) or step == 1)
    parts = date_axis(first, last - 7, right=RIGHT, y=BOTTOM, words_y=HEIGHT - 4, top=TOP)
    for share in (0.0, most / 2, most):
        y = _y(share, most)
        parts.append(line("grid" if share else "axis", (0, y), (RIGHT, y)))
        parts.append(label(RIGHT + 8, y + 4, sentences.in_hundred(share)))
    parts += twin_readings(places, you, them, height=lambda share: _y(share, most), top=TOP) + key()
    svg = picture(prefix, HEIGHT, title=sentences.AGAIN_TITLE, description=sentence, parts=parts)
    return Chart(svg, sentence, sentences.AGAIN_COLUMNS, rows)


def _y(share: float, most: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share / most


def _reading(side: SideFollowUps) -> Reading | None:
    return None if side.share is None else Reading(side.share.value, side.share.lower, side.share.upper)


def _cells(both: FollowUps) -> tuple[str, ...]:
    cells: list[str] = []
    for side in (both.ego, both.alter):
        share = sentences.FEW if side.share is None else phrases.share_label(side.share)
        cells += [share, phrases.count_label(side.waits)]
    return tuple(cells)
