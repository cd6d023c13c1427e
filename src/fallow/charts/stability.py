"""Who began, were conversations cut at other silences: one dot for each criterion with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from fallow.charts import phrases, sentences
from fallow.charts.drawing import Anchor, Chart, axis_words, dot, line, picture
from fallow.charts.quarters import BOTTOM, HEIGHT, scale, scale_right, share_y
from fallow.dyad import AtCriterion
from fallow.language import gettext as _


def stability_chart(found: Sequence[AtCriterion], *, prefix: str = "criteria") -> Chart:
    """
    Show who opened the bouts at each of several criteria.

    Args:
        found: At least two, the shortest first.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where fewer than two hold enough.
    """
    rows = tuple(
        (
            phrases.hours_label(each.hours),
            phrases.count_label(each.bouts),
            _(phrases.TOO_FEW) if each.shares is None else phrases.share_label(each.shares.ego),
        )
        for each in found
    )
    told = [(each.hours, each.shares.ego) for each in found if each.shares is not None]
    columns = phrases.columns(sentences.STABILITY_COLUMNS)
    sentence = sentences.stability_sentence(told)
    if len(told) < 2:
        return Chart("", sentence, columns, rows)
    parts = scale()
    step = scale_right() / len(found)
    names: list[tuple[float, str, Anchor]] = []
    for place, each in enumerate(found):
        x = step * (place + 0.5)
        parts.append(line("axis", (x, BOTTOM), (x, BOTTOM + 4)))
        names.append((x, _("{n} h").format(n=each.hours), "middle"))
        if each.shares is not None:
            share = each.shares.ego
            parts.append(line("interval", (x, share_y(share.lower)), (x, share_y(share.upper)), width=2))
            parts.append(dot("mark", x, share_y(share.value)))
    parts += axis_words(names, HEIGHT - 4)
    svg = picture(prefix, HEIGHT, title=_(sentences.STABILITY_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)
