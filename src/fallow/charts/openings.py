"""Who began a conversation: one dot a quarter with its interval, from all of alter's below to all of ego's above."""

from __future__ import annotations

from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import Chart, dot, label, line, picture
from fallow.charts.timeline import date_axis
from fallow.dyad import MIN_BOUTS, BoutCriterion, Openings, Period

RIGHT: Final = 284
TOP: Final = 12
BOTTOM: Final = 132
HEIGHT: Final = 160


def openings_chart(openings: Openings, criterion: BoutCriterion, *, prefix: str = "openings") -> Chart:
    """
    Show who opened the bouts, over the record.

    Args:
        openings: Shares overall and by quarter.
        criterion: What parted two bouts; the sentence names it.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture under MIN_BOUTS. Quarters with too few have no dot.
    """
    rows = (*(_row(period) for period in openings.periods), _overall(openings))
    if openings.too_little:
        sentence = phrases.too_little_conversations(openings.overall.ego.n, MIN_BOUTS)
        return Chart("", sentence, phrases.OPENINGS_COLUMNS, rows)
    several = len(openings.periods) > 1
    lately = phrases.last_quarter_sentence(openings.periods[-1].shares) if several else ""
    sentence = phrases.openings_sentence(openings.overall, lately, criterion)
    parts = _draw(openings.periods)
    svg = picture(prefix, HEIGHT, title=phrases.OPENINGS_TITLE, description=sentence, parts=parts)
    return Chart(svg, sentence, phrases.OPENINGS_COLUMNS, rows)


def _row(period: Period) -> tuple[str, ...]:
    share = phrases.TOO_FEW if period.shares is None else phrases.share_label(period.shares.ego)
    return phrases.date_label(period.monday), str(period.weeks), phrases.count_label(period.bouts), share


def _overall(openings: Openings) -> tuple[str, ...]:
    weeks = sum(period.weeks for period in openings.periods)
    you = openings.overall.ego
    return phrases.OVERALL, str(weeks), phrases.count_label(you.n), phrases.share_label(you)


def _draw(periods: tuple[Period, ...]) -> list[str]:
    first = periods[0].monday
    last = periods[-1].monday + 7 * periods[-1].weeks - 1
    middle = (TOP + BOTTOM) / 2
    parts = [
        line("grid", (0, TOP), (RIGHT, TOP)),
        line("axis", (0, middle), (RIGHT, middle), dash="2 4"),
        line("grid", (0, BOTTOM), (RIGHT, BOTTOM)),
        label(RIGHT + 8, TOP + 4, phrases.ALL_YOU),
        label(RIGHT + 8, middle + 4, phrases.HALF),
        label(RIGHT + 8, BOTTOM + 4, phrases.ALL_THEM),
    ]
    for period in periods:
        if period.shares is None:
            continue
        share = period.shares.ego
        x = RIGHT * (period.monday + 3.5 * period.weeks - first) / (last + 1 - first)
        parts.append(line("interval", (x, _y(share.lower)), (x, _y(share.upper)), width=2))
        parts.append(dot("mark", x, _y(share.value)))
    return parts + date_axis(first, last - 6, right=RIGHT, y=BOTTOM, words_y=HEIGHT - 4)


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share
