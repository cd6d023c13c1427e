"""Who began a conversation: one dot a quarter with its interval, from all of alter's below to all of ego's above."""

from __future__ import annotations

from fallow.charts import phrases
from fallow.charts.drawing import Chart, picture
from fallow.charts.quarters import HEIGHT, Quarter, quarter_shares
from fallow.dyad import MIN_BOUTS, BoutCriterion, Openings, Period
from fallow.language import gettext as _


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
    columns = phrases.columns(phrases.OPENINGS_COLUMNS)
    if openings.too_little:
        sentence = phrases.too_little_conversations(openings.overall.ego.n, MIN_BOUTS)
        return Chart("", sentence, columns, rows)
    several = len(openings.periods) > 1
    lately = phrases.last_quarter_sentence(openings.periods[-1].shares) if several else ""
    sentence = phrases.openings_sentence(openings.overall, lately, criterion)
    parts = quarter_shares([Quarter(each.monday, each.weeks, each.shares) for each in openings.periods])
    svg = picture(prefix, HEIGHT, title=_(phrases.OPENINGS_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _row(period: Period) -> tuple[str, ...]:
    share = _(phrases.TOO_FEW) if period.shares is None else phrases.share_label(period.shares.ego)
    return phrases.date_label(period.monday), str(period.weeks), phrases.count_label(period.bouts), share


def _overall(openings: Openings) -> tuple[str, ...]:
    weeks = sum(period.weeks for period in openings.periods)
    you = openings.overall.ego
    return _(phrases.OVERALL), str(weeks), phrases.count_label(you.n), phrases.share_label(you)
