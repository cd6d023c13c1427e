"""
Charts as SVG text: 350 units wide, so that on a phone a unit is a pixel and no letter is smaller than 12.

Colour comes from classes alone (`ego`, `alter`, `axis`, `grid`, `label`, `value`, `interval`, `mark`, `heat-0` to
`heat-5`); shape, dash and width are attributes, because a page under a strict CSP carries no `style`. A class may set
`fill`, `stroke` and, for heat, `fill-opacity`; it must leave widths, dashes and `opacity` alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

WIDTH: Final = 350
LETTER: Final = 6.9
"""Units of a letter, measured in Chromium: how wide words are is estimated, so that a longer language has room."""
APART: Final = 4
"""Units between two words on an axis."""
PREFIX: Final = re.compile(r"[a-z][a-z0-9-]*")

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Chart:
    """
    One result told three ways.

    Args:
        svg: Inline SVG; empty where there is too little to draw.
        sentence: The same in words, plain text, with its numbers.
        columns: Heads of the table, plain text.
        rows: Its rows, as many cells each as there are columns.
    """

    svg: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def picture(prefix: str, height: int, *, title: str, description: str, parts: Sequence[str]) -> str:
    """
    Put drawn parts together into one SVG element.

    Args:
        prefix: Begins every id, so that charts can share a page: a small letter, then small letters, digits, hyphens.
        height: Units.
        title: What the chart is, read out first.
        description: What it shows, read out next.
        parts: Elements, in drawing order.
    Raises:
        ValueError: If the prefix cannot begin an id.
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError("an id begins with a small letter and holds small letters, digits and hyphens")
    # Time runs from left to right in every language, so a picture stays as it is on a page that reads leftwards.
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" direction="ltr" role="img" aria-labelledby="{prefix}-title" '
        f'aria-describedby="{prefix}-desc"><title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def width_of(words: str) -> float:
    """About how many units words need."""
    return LETTER * len(words)


def right_edge(names: Iterable[str], most: float, *, gap: float = 8) -> float:
    """Where a drawing ends at the right so that the names of its scale fit behind it: `most`, or as far as they let."""
    return min(most, WIDTH - gap - max(map(width_of, names)))


def axis_words(words: Sequence[tuple[float, str, Anchor]], y: float) -> list[str]:
    """Words along an axis, from left to right: the last one, and of the others those that touch none that stand."""
    *others, last = words
    limit, latest, kept = _reach(*last)[0] - APART, 0.0, []
    for each in others:
        begins, ends = _reach(*each)
        if begins >= latest and ends <= limit:
            kept.append(each)
            latest = ends + APART
    return [label(x, y, said, anchor) for x, said, anchor in (*kept, last)]


def _reach(x: float, words: str, anchor: Anchor) -> tuple[float, float]:
    wide = width_of(words)
    begins = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return begins, begins + wide


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def label(x: float, y: float, words: str, anchor: Anchor = "start", *, kind: str = "label") -> str:
    """Words on a baseline; a number that was measured is of the kind "value"."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{kind}" x="{number(x)}" y="{number(y)}"{where}>{escape(words)}</text>'


def line(kind: str, start: tuple[float, float], end: tuple[float, float], *, width: float = 1, dash: str = "") -> str:
    """A straight line of one class."""
    (x1, y1), (x2, y2) = start, end
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line class="{kind}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'stroke-width="{number(width)}"{dashed}/>'
    )


def area(kind: str, path: str, *, opacity: float = 1) -> str:
    """A filled shape without an outline."""
    seen = "" if opacity == 1 else f' opacity="{opacity:.2g}"'
    return f'<path class="{kind}" d="{path}" stroke-width="0"{seen}/>'


def stroke(kind: str, path: str, *, width: float = 2, dash: str = "") -> str:
    """An outline without a filling."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="{kind}" d="{path}" fill-opacity="0" stroke-width="{number(width)}"{dashed}/>'


def dot(kind: str, x: float, y: float, radius: float = 3.5) -> str:
    """A filled circle without an outline."""
    return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" stroke-width="0"/>'


def diamond(kind: str, x: float, y: float, radius: float = 4.4) -> str:
    """A filled square standing on its corner: alter's, where ego's is a dot."""
    r = number(radius)
    return area(kind, f"M{number(x)},{number(y - radius)}l{r},{r}l-{r},{r}l-{r},-{r}Z")


def round_tick(largest: float) -> int:
    """The largest of 1, 2, 5, 10, 20, 50 and so on that a scale up to `largest` >= 1 can show."""
    ten = 10 ** math.floor(math.log10(largest))
    return int(max(step * ten for step in (1, 2, 5) if step * ten <= largest))
