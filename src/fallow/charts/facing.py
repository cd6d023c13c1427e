"""Bars that face each other: ego's to the left of a middle line, alter's to the right, one row for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import WIDTH, Anchor, area, label, line, number
from fallow.language import gettext as _

MIDDLE: Final = WIDTH / 2
GAP: Final = 1.5
"""From the middle line to a bar."""
REACH: Final = 168
TOP: Final = 14
ROW: Final = 52
BAR: Final = 12
TICK: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A number >= 0 with its 95 % limits, or without (None), and how it is said."""

    value: float
    words: str
    limits: tuple[float, float] | None = None

    @property
    def most(self) -> float:
        return max(self.value, self.limits[1] if self.limits else 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of both sides; None where there is too little to say."""

    name: str
    ego: Bar | None
    alter: Bar | None


def facing_height(rows: int) -> int:
    """Units that so many rows need."""
    return TOP + ROW * rows + 4


def facing_bars(rows: Sequence[Row], *, shared: bool = False) -> list[str]:
    """
    Draw rows of bars that face each other.

    Args:
        rows: At least one.
        shared: Whether all rows are on one scale; else each is on its own, so that only its two bars compare.
    Returns:
        Parts, `facing_height` units high, with the names of the sides above and each number beside its row's name.
    """
    bars = [bar for row in rows for bar in (row.ego, row.alter) if bar is not None]
    most = max((bar.most for bar in bars), default=0)
    parts = [label(0, TOP - 2, _(phrases.YOU)), label(WIDTH, TOP - 2, _(phrases.THEM), "end")]
    for place, row in enumerate(rows):
        own = max((bar.most for bar in (row.ego, row.alter) if bar is not None), default=0)
        parts += _row(row, TOP + ROW * place, (most if shared else own) or 1)
    return parts


def _row(row: Row, top: int, most: float) -> list[str]:
    base = top + 28
    return [
        _number(row.ego, 0, top + 22, "start"),
        label(MIDDLE, top + 22, row.name, "middle"),
        _number(row.alter, WIDTH, top + 22, "end"),
        *_bar("ego", row.ego, base, -REACH / most),
        *_bar("alter", row.alter, base, REACH / most),
        line("axis", (MIDDLE, base - 1), (MIDDLE, base + BAR + 1)),
    ]


def _number(bar: Bar | None, x: float, y: float, anchor: Anchor) -> str:
    return label(x, y, _(phrases.FEW), anchor) if bar is None else label(x, y, bar.words, anchor, kind="value")


def _bar(kind: str, bar: Bar | None, top: int, unit: float) -> list[str]:
    if bar is None:
        return []
    start = MIDDLE + (GAP if unit > 0 else -GAP)
    long = bar.value * unit
    parts = [area(kind, f"M{number(start)},{top}h{number(long)}v{BAR}h{number(-long)}Z", opacity=0.7)]
    if bar.limits is not None:
        low, high = (start + limit * unit for limit in bar.limits)
        y = top + BAR / 2
        parts.append(line("mark", (low, y), (high, y), width=1.5))
        parts += [line("mark", (x, y - TICK), (x, y + TICK), width=1.5) for x in (low, high)]
    return parts
