"""How soon each side had answered: two rising step lines on a log axis of time, ego solid, alter dashed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.charts import phrases
from fallow.charts.drawing import (
    WIDTH,
    Anchor,
    Chart,
    area,
    axis_words,
    label,
    line,
    number,
    picture,
    stroke,
    width_of,
)
from fallow.dyad import MIN_CLUSTERS, MIN_REPLIES, Latency, Waited
from fallow.language import gettext as _
from fallow.survival import Estimate, SurvivalCurve

RIGHT: Final = 316
TOP: Final = 10
BOTTOM: Final = 160
HEIGHT: Final = 186
FIRST: Final = phrases.TICKS[0][1]
LAST: Final = phrases.TICKS[-1][1]
DASH: Final = "6 4"
LABEL_LEVELS: Final = (0.5, 0.6, 0.7, 0.8, 0.4, 0.3, 0.9)
"""Heights tried, in this order, for the words beside the curves."""
ROOM_FOR_WORD: Final = 38


@dataclass(frozen=True, slots=True)
class ReplyCurve:
    """How long one side takes to answer: the curve of waits for it, their median, the source's tick in days."""

    curve: SurvivalCurve
    median: Estimate
    resolution: float


def reply_chart(ego: Latency, alter: Latency, resolution: float, *, prefix: str = "replies") -> Chart:
    """
    Show how soon each side answers.

    Args:
        ego: Waits for ego's answers.
        alter: Waits for alter's answers.
        resolution: Tick of the source, days.
        prefix: Begins the ids of the picture.
    Returns:
        The chart. A side without a median has no line; with no line there is no picture.
    """
    sides = tuple(_curve(latency, resolution) for latency in (ego, alter))
    sentence = " ".join(
        _too_little(whose, latency.overall)
        if side is None
        else phrases.reply_sentence(whose, side.median, side.resolution)
        for whose, side, latency in zip((phrases.YOU, phrases.THEM), sides, (ego, alter), strict=True)
    )
    rows = tuple((_(name), _cell(sides[0], days), _cell(sides[1], days)) for name, days in phrases.TICKS)
    columns = phrases.columns(phrases.REPLIES_COLUMNS)
    if sides == (None, None):
        return Chart("", sentence, columns, rows)
    parts = _draw(sides[0], sides[1])
    svg = picture(prefix, HEIGHT, title=_(phrases.REPLIES_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns, rows)


def _curve(latency: Latency, resolution: float) -> ReplyCurve | None:
    if latency.curve is None or latency.overall.median is None:
        return None
    return ReplyCurve(latency.curve, latency.overall.median, resolution)


def _too_little(whose: str, waited: Waited) -> str:
    """Answers where they are under the number, else the conversations they lie in."""
    if waited.answered < MIN_REPLIES:
        return phrases.too_little_answers(whose, waited.answered, MIN_REPLIES)
    return phrases.too_few_bouts_answered(whose, MIN_CLUSTERS)


def _cell(side: ReplyCurve | None, days: float) -> str:
    if side is None:
        return _(phrases.TOO_FEW)
    if days > side.curve.longest:
        return _(phrases.BEYOND)
    step = int(np.searchsorted(side.curve.time, days, side="right")) - 1
    if step < 0:
        # Before the first answer the curve has no variance: an interval of 0 to 0 would claim certainty.
        return _(phrases.NONE_SO_SOON)
    curve = side.curve
    return phrases.in_100(float(1 - curve.survival[step]), float(1 - curve.upper[step]), float(1 - curve.lower[step]))


def _draw(ego: ReplyCurve | None, alter: ReplyCurve | None) -> list[str]:
    parts = [line("grid", (0, y), (RIGHT, y)) for y in (_y(1), _y(0.5))]
    for share, name in ((1, _(phrases.ALL)), (0.5, _(phrases.HALF))):
        # A longer word stands over its line, not behind it, so that the lines keep their width.
        behind = RIGHT + 6 + width_of(name) <= WIDTH
        parts.append(label(RIGHT + 6, _y(share) + 4, name) if behind else label(WIDTH, _y(share) - 5, name, "end"))
    parts.append(line("axis", (0, BOTTOM), (RIGHT, BOTTOM)))
    parts += [line("axis", (_x(days), BOTTOM), (_x(days), BOTTOM + 4)) for _name, days in phrases.TICKS]
    parts += axis_words([(_x(days), _(name), _anchor(days)) for name, days in phrases.TICKS], HEIGHT - 6)
    for kind, side, dash in (("alter", alter, DASH), ("ego", ego, "")):
        if side is not None:
            parts += _side(kind, side.curve, dash)
    return parts + _names(ego, alter)


def _anchor(days: float) -> Anchor:
    return "start" if days == FIRST else "end" if days == LAST else "middle"


def _x(days: float) -> float:
    return RIGHT * math.log(days / FIRST) / math.log(LAST / FIRST)


def _y(answered: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * answered


def _side(kind: str, curve: SurvivalCurve, dash: str) -> list[str]:
    middle, lower, upper = (_heights(curve, column) for column in (curve.survival, curve.upper, curve.lower))
    band = _steps(upper) + "L" + _steps(lower, backwards=True)[1:] + "Z"
    return [area(kind, band, opacity=0.16), stroke(kind, _steps(middle), dash=dash)]


def _heights(curve: SurvivalCurve, column: NDArray[np.float64]) -> list[float]:
    """The share answered at each unit of width, up to the longest wait; a curve of any size has at most 317."""
    days = FIRST * np.exp(np.arange(RIGHT + 1) / RIGHT * math.log(LAST / FIRST))
    days = days[days <= max(curve.longest, FIRST)]
    # A wait of ten minutes lies at its own tick, not a rounding error past it.
    step = np.searchsorted(curve.time, days * (1 + 1e-9), side="right")
    answered: list[float] = (1 - np.append(1.0, column)[step]).tolist()
    return answered


def _steps(answered: list[float], *, backwards: bool = False) -> str:
    points = [(0.0, _y(answered[0]))]
    for x in range(1, len(answered)):
        if number(_y(answered[x])) != number(points[-1][1]):
            points += [(x, points[-1][1]), (x, _y(answered[x]))]
    points.append((len(answered) - 1, points[-1][1]))
    ordered = reversed(points) if backwards else points
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in ordered)


def _names(ego: ReplyCurve | None, alter: ReplyCurve | None) -> list[str]:
    """Each line's name beside it: rising lines leave free what is above left of the first, below right of the last."""
    named = [(side, name) for side, name in ((ego, phrases.YOU), (alter, phrases.THEM)) if side is not None]
    room = max(ROOM_FOR_WORD, *(width_of(_(name)) + 6 for name in (phrases.YOU, phrases.THEM)))
    for level in LABEL_LEVELS:
        crossed = sorted((_crossing(side.curve, level), name) for side, name in named)
        (left, left_name), (right, right_name) = crossed[0], crossed[-1]
        if left < room or right > RIGHT - room:
            continue
        first = label(left - 4, _y(level) - 5, _(left_name), "end")
        return [first] if len(crossed) == 1 else [first, label(right + 4, _y(level) + 14, _(right_name))]
    return _key([name for _side, name in named])


def _crossing(curve: SurvivalCurve, level: float) -> float:
    """Where a line first reaches a height, in units; beyond the right edge where it does not."""
    reached = np.flatnonzero(1 - curve.survival >= level)
    return _x(max(float(curve.time[reached[0]]), FIRST)) if len(reached) else RIGHT + 1.0


def _key(names: list[str]) -> list[str]:
    """Samples of the lines in the corner under them, where no height has room on both sides."""
    parts, x = [], min(282.0, RIGHT - max(width_of(_(name)) for name in names))
    for i, name in enumerate(reversed(names)):
        y = BOTTOM - 10 - 18 * i
        kind, dash = ("ego", "") if name == phrases.YOU else ("alter", DASH)
        parts += [line(kind, (x - 32, y - 4), (x - 6, y - 4), width=2, dash=dash), label(x, y, _(name))]
    return parts
