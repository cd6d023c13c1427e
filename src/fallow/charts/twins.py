"""Two rows of readings over one axis: ego's as dots on a line, alter's as diamonds on a dashed one, with limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import diamond, dot, label, line, number, stroke, width_of
from fallow.language import gettext as _

APART: Final = 5.0
"""Units between the two readings of one place, at most."""
LARGEST: Final = 3.5
DASH: Final = "3 3"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its 95 % limits; `upper` is None where there is no upper limit."""

    value: float
    lower: float
    upper: float | None


def twin_readings(
    places: Sequence[float],
    ego: Sequence[Reading | None],
    alter: Sequence[Reading | None],
    *,
    height: Callable[[float], float],
    top: float,
) -> list[str]:
    """
    Draw the readings of both sides.

    Args:
        places: x of each reading, units, rising.
        ego, alter: As many readings; None where there is too little to say, which breaks the line.
        height: From a value to its y, units.
        top: y up to which limits without an upper end are drawn, and where those that lie higher are cut.
    Returns:
        Alter's parts, then ego's, so that ego's lie on top.
    """
    near = min((b - a for a, b in pairwise(places)), default=40.0)
    shift, radius = min(APART, near / 3) / 2, min(LARGEST, near / 4)
    return [
        *_side("alter", [x + shift for x in places], alter, height, (top, radius)),
        *_side("ego", [x - shift for x in places], ego, height, (top, radius)),
    ]


def _side(
    kind: str,
    places: Sequence[float],
    readings: Sequence[Reading | None],
    height: Callable[[float], float],
    limits: tuple[float, float],
) -> list[str]:
    top, radius = limits
    dash = DASH if kind == "alter" else ""
    mark = diamond if kind == "alter" else dot
    lines, marks, path, pen = [], [], "", "M"
    for x, reading in zip(places, readings, strict=True):
        if reading is None:
            pen = "M"
            continue
        y = max(height(reading.value), top)
        path += f"{pen}{number(x)},{number(y)}"
        pen = "L"
        high = top if reading.upper is None else max(height(reading.upper), top)
        lines.append(line(kind, (x, height(reading.lower)), (x, high), width=1.2))
        marks.append(mark(kind, x, y, radius * (1.25 if kind == "alter" else 1)))
    drawn = [stroke(kind, path, width=1, dash=dash)] if "L" in path else []
    return [*drawn, *lines, *marks]


def key(y: float = 12) -> list[str]:
    """What a dot and a diamond stand for, on one line."""
    you = _(phrases.YOU)
    x = max(62.0, 38 + width_of(you))
    return [
        line("ego", (0, y - 4), (18, y - 4), width=1),
        dot("ego", 9, y - 4),
        label(24, y, you),
        line("alter", (x, y - 4), (x + 18, y - 4), width=1, dash=DASH),
        diamond("alter", x + 9, y - 4),
        label(x + 24, y, _(phrases.THEM)),
    ]
