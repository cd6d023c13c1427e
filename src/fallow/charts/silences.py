"""Silences on a timeline: a stem as high as the silence was long, up where ego ended it, down where alter did."""

from __future__ import annotations

from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import Chart, dot, label, line, picture, right_edge, round_tick
from fallow.charts.timeline import date_axis
from fallow.dyad import NOBODY, Silences
from fallow.language import gettext as _
from fallow.language import say_number
from fallow.messages import ALTER, EGO

RIGHT: Final = 288
TOP: Final = 26
LINE: Final = 90
REACH: Final = LINE - TOP
HEIGHT: Final = 206
DAY_US: Final = 86_400_000_000
WHO: Final = {EGO: phrases.YOU, ALTER: phrases.THEM, NOBODY: phrases.NOBODY_YET}


def silences_chart(silences: Silences, *, prefix: str = "silences") -> Chart:
    """
    Show how long the silences were, and who wrote first after each.

    Args:
        silences: k silences.
        prefix: Begins the ids of the picture.
    Returns:
        The chart; without a picture where there was no silence.
    """
    rows = tuple(
        (phrases.date_label(day), say_number(days), _(WHO[last]), _(WHO[by]))
        for day, days, last, by in zip(
            silences.start_day.tolist(),
            silences.days.tolist(),
            silences.last_sender.tolist(),
            silences.broken_by.tolist(),
            strict=True,
        )
    )
    sentence, columns = _sentence(silences), phrases.columns(phrases.SILENCES_COLUMNS)
    if len(silences) == 0:
        return Chart("", sentence, columns, rows)
    svg = picture(prefix, HEIGHT, title=_(phrases.SILENCES_TITLE), description=sentence, parts=_draw(silences))
    return Chart(svg, sentence, columns, rows)


def _sentence(silences: Silences) -> str:
    if len(silences) == 0:
        return phrases.no_silence(silences.at_least_days)
    ended = silences.broken_by != NOBODY
    said = []
    if bool(ended.any()):
        longest = float(silences.days[ended].max())
        said.append(phrases.silences_sentence(silences.broken, silences.at_least_days, longest, silences.broken_shares))
    if not bool(ended[-1]):
        said.append(phrases.open_silence_sentence(float(silences.days[-1])))
    return " ".join(said)


def _draw(silences: Silences) -> list[str]:
    most = float(silences.days.max())
    tick = round_tick(most)
    offset = REACH * tick / most
    name = phrases.days_label(tick)
    edge = right_edge((name,), RIGHT)
    parts = [label(0, TOP - 14, _(phrases.YOU_FIRST)), label(0, LINE + REACH + 20, _(phrases.THEY_FIRST))]
    for y in (LINE - offset, LINE + offset):
        parts.append(line("grid", (0, y), (edge, y)))
        parts.append(label(edge + 8, y + 4, name))
    parts.append(line("axis", (0, LINE), (edge, LINE)))
    span = max(silences.last_at - silences.first_at, 1)
    for start, end, days, by in zip(
        silences.start_at.tolist(),
        silences.end_at.tolist(),
        silences.days.tolist(),
        silences.broken_by.tolist(),
        strict=True,
    ):
        left, right = (edge * (at - silences.first_at) / span for at in (start, end))
        parts += _silence(left, right, REACH * days / most, by)
    first, last = silences.first_at // DAY_US, silences.last_at // DAY_US
    axis = date_axis(first, last, right=edge, y=LINE + REACH, words_y=HEIGHT - 4, top=LINE - REACH)
    return axis + parts


def _silence(left: float, right: float, height: float, broken_by: int) -> list[str]:
    """The days along the line, then a stem where it ended; one that had not ended is dashed and has no stem."""
    if broken_by == NOBODY:
        return [line("mark", (left, LINE), (right, LINE), width=3, dash="3 3")]
    kind = "ego" if broken_by == EGO else "alter"
    tip = LINE - height if broken_by == EGO else LINE + height
    return [
        line("mark", (left, LINE), (right, LINE), width=3),
        line(kind, (right, LINE), (right, tip), width=2),
        dot(kind, right, tip),
    ]
