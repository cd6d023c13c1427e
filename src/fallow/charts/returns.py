"""Who came back after a silence: by its length as bars that face each other, and over the quarters of the record."""

from __future__ import annotations

from collections.abc import Sequence

from fallow.charts import phrases, sentences
from fallow.charts.drawing import Chart, picture
from fallow.charts.facing import Bar, Row, facing_bars, facing_height
from fallow.charts.quarters import HEIGHT, Quarter, quarter_shares
from fallow.dyad import MIN_RETURNS, QuarterBalance, SilencesFrom
from fallow.language import gettext as _


def lengths_chart(found: Sequence[SilencesFrom], *, prefix: str = "lengths") -> Chart:
    """
    Show how many silences of each length there were, and who wrote first after them.

    Args:
        found: From several lengths on, the shortest first.
        prefix: Begins the ids of the picture.
    Returns:
        The chart, a row for every length that any silence reached and that ended; without a picture where none did.
    """
    rows = tuple(_cells(each) for each in found)
    columns = phrases.columns(sentences.FROM_COLUMNS)
    sentence = sentences.silences_from_sentence(found)
    there = [each for each in found if each.ended]
    if not there:
        return Chart("", sentence, columns, rows)
    bars = [
        Row(sentences.at_least(each.at_least_days), *(Bar(by, phrases.count_label(by)) for by in each.broken_by))
        for each in there
    ]
    svg = picture(
        prefix,
        facing_height(len(bars)),
        title=_(sentences.FROM_TITLE),
        description=sentence,
        parts=facing_bars(bars, shared=True),
    )
    return Chart(svg, sentence, columns, rows)


def returns_chart(balance: Sequence[QuarterBalance], *, prefix: str = "returns") -> Chart:
    """
    Show who wrote first after silences of a day and more, quarter by quarter.

    Args:
        balance: The quarters of the record, oldest first.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where no quarter has MIN_RETURNS.
    """
    rows = tuple(
        (
            phrases.date_label(each.monday),
            phrases.count_label(sum(each.returned)),
            *map(phrases.count_label, each.returned),
            _(phrases.TOO_FEW) if each.returned_shares is None else phrases.share_label(each.returned_shares.ego),
        )
        for each in balance
    )
    told = [each for each in balance if each.returned_shares is not None]
    columns = phrases.columns(sentences.RETURNS_COLUMNS)
    sentence = sentences.returns_sentence(balance[-1], told, MIN_RETURNS)
    if not told:
        return Chart("", sentence, columns, rows)
    parts = quarter_shares([Quarter(each.monday, each.weeks, each.returned_shares) for each in balance])
    svg = picture(prefix, HEIGHT, title=_(sentences.RETURNS_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _cells(found: SilencesFrom) -> tuple[str, ...]:
    share = _(phrases.TOO_FEW) if found.broken_shares is None else phrases.share_label(found.broken_shares.ego)
    counts = (found.count, found.ended, found.last_by[0], *found.broken_by)
    return phrases.days_label(found.at_least_days), *map(phrases.count_label, counts), share
