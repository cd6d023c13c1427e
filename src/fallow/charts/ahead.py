"""
What may come of a silence: their next contact if ego keeps quiet, with its band; dashed, with ego free to write.

Only the horizons are computed, so only they carry a mark; between them the lines are drawn straight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fallow.charts import ahead_words as words
from fallow.charts.ahead_words import Limited
from fallow.charts.drawing import Anchor, Chart, area, diamond, label, line, number, picture, stroke
from fallow.charts.phrases import columns, percent
from fallow.language import gettext as _

RIGHT: Final = 316
TOP: Final = 22
BOTTOM: Final = 172
TICKS: Final = BOTTOM + 20
KEY: Final = TICKS + 26
HEIGHT: Final = KEY + 26
DASH: Final = "6 4"
BAND: Final = 0.16
SAID_AT: Final = 30
"""Days: the horizon that the sentence tells; a month can be pictured, and most silences that end have ended."""

Point = tuple[float, float]


def forecast_chart(
    horizons: Sequence[int],
    *,
    silent: Sequence[Limited],
    other: Sequence[Limited],
    own: Sequence[Limited],
    neither: Sequence[Limited],
    prefix: str = "ahead",
) -> Chart:
    """
    Show the forecast of one silence.

    Args:
        horizons: h days from now, rising, with SAID_AT among them.
        silent: [h] alter writes, if ego keeps quiet throughout; each with lower and upper limit, all in [0, 1].
        other, own, neither: [h] alter writes first, ego does, nobody does.
        prefix: Begins the ids of the picture.
    Raises:
        ValueError: If SAID_AT is not among them.
    """
    if SAID_AT not in horizons:
        raise ValueError(f"the sentence tells {SAID_AT} days")
    at = horizons.index(SAID_AT)
    sentence = words.ahead_sentence(SAID_AT, silent[at], other[at], own[at], neither[at])
    each = tuple(zip(horizons, silent, other, own, neither, strict=True))
    rows = tuple((words.within_label(days), *map(words.of_100, chances)) for days, *chances in each)
    parts = [*_scale(horizons), *_curves(horizons, silent, other), *_key()]
    svg = picture(prefix, HEIGHT, title=_(words.AHEAD_TITLE), description=sentence, parts=parts)
    return Chart(svg, sentence, columns(words.AHEAD_COLUMNS), rows)


def _scale(horizons: Sequence[int]) -> list[str]:
    parts = [line("grid", (0, _y(share)), (RIGHT, _y(share))) for share in (1, 0.5)]
    parts += [label(RIGHT + 8, _y(share) + 4, percent(share)) for share in (1, 0.5)]
    parts.append(line("axis", (0, BOTTOM), (RIGHT, BOTTOM)))
    for days in horizons:
        x, last = _x(days, horizons), days == horizons[-1]
        anchor: Anchor = "end" if last else "middle"
        parts.append(line("axis", (x, BOTTOM), (x, BOTTOM + 4)))
        parts.append(label(x, TICKS, words.within_label(days) if last else str(days), anchor))
    return parts


def _curves(horizons: Sequence[int], silent: Sequence[Limited], other: Sequence[Limited]) -> list[str]:
    marks = _points(horizons, [p for p, _lower, _upper in silent])
    upper, lower = (_points(horizons, [chance[side] for chance in silent]) for side in (2, 1))
    x, y = marks[1 + horizons.index(SAID_AT)]
    said = words.count_of_100(silent[horizons.index(SAID_AT)][0])
    return [
        area("alter", f"{_path(upper)}L{_path(lower[::-1])[1:]}Z", opacity=BAND),
        stroke("alter", _path(_points(horizons, [p for p, _lower, _upper in other])), dash=DASH),
        stroke("alter", _path(marks)),
        *(diamond("alter", *mark) for mark in marks[1:]),
        label(x, y - 9, said, "middle", kind="value"),
    ]


def _points(horizons: Sequence[int], shares: Sequence[float]) -> list[Point]:
    """From now, when nothing has come yet, to the last horizon."""
    return [(0.0, _y(0.0)), *((_x(days, horizons), _y(p)) for days, p in zip(horizons, shares, strict=True))]


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points)


def _key() -> list[str]:
    """Samples of both lines with their names, under the scale, where no line can run through them."""
    parts = []
    for y, name, dash in ((KEY, words.IF_SILENT, ""), (KEY + 20, words.EITHER, DASH)):
        parts += [line("alter", (0, y - 4), (28, y - 4), width=2, dash=dash), label(36, y, _(name))]
    return [*parts, diamond("alter", 14, KEY - 4)]


def _x(days: float, horizons: Sequence[int]) -> float:
    return RIGHT * days / horizons[-1]


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share
