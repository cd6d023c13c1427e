"""Who wrote again before an answer came: shares of both sides over the quarters of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fallow.charts import phrases, sentences
from fallow.charts.drawing import Chart, label, line, picture, right_edge
from fallow.charts.timeline import date_axis
from fallow.charts.twins import Reading, key, twin_readings
from fallow.dyad import FollowUps, QuarterBalance, SideFollowUps
from fallow.language import gettext as _

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
        (_(phrases.OVERALL), *_cells(overall)),
    )
    columns = phrases.columns(sentences.AGAIN_COLUMNS)
    sentence = sentences.again_sentence(overall.ego.share, overall.alter.share)
    you = [_reading(each.follow_ups.ego) for each in balance]
    them = [_reading(each.follow_ups.alter) for each in balance]
    told = [each for each in (*you, *them) if each is not None]
    if not told:
        return Chart("", sentence, columns, rows)
    first, last = balance[0].monday, balance[-1].monday + 7 * balance[-1].weeks
    most = next(step for step in STEPS if step >= max(each.upper or each.value for each in told) or step == 1)
    ticks = [(share, sentences.in_hundred(share)) for share in (0.0, most / 2, most)]
    right = right_edge((name for _share, name in ticks), RIGHT)
    places = [right * (each.monday + 3.5 * each.weeks - first) / (last - first) for each in balance]
    parts = date_axis(first, last - 7, right=right, y=BOTTOM, words_y=HEIGHT - 4, top=TOP)
    for share, name in ticks:
        y = _y(share, most)
        parts.append(line("grid" if share else "axis", (0, y), (right, y)))
        parts.append(label(right + 8, y + 4, name))
    parts += twin_readings(places, you, them, height=lambda share: _y(share, most), top=TOP) + key()
    svg = picture(prefix, HEIGHT, title=_(sentences.AGAIN_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _y(share: float, most: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share / most


def _reading(side: SideFollowUps) -> Reading | None:
    return None if side.share is None else Reading(side.share.value, side.share.lower, side.share.upper)


def _cells(both: FollowUps) -> tuple[str, ...]:
    cells: list[str] = []
    for side in (both.ego, both.alter):
        share = _(phrases.TOO_FEW) if side.share is None else phrases.share_label(side.share)
        cells += [share, phrases.count_label(side.waits)]
    return tuple(cells)
