"""A share of both sides over the quarters of a record: one dot with its interval, all of ego's above, alter's below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import dot, label, line, right_edge
from fallow.charts.timeline import date_axis
from fallow.dyad import SideShares
from fallow.language import gettext as _

RIGHT: Final = 284
TOP: Final = 12
BOTTOM: Final = 132
HEIGHT: Final = 160
LARGEST: Final = 3.5


@dataclass(frozen=True, slots=True)
class Quarter:
    """Some local weeks from a Monday (days since 1970-01-01); `shares` is None where there is too little."""

    monday: int
    weeks: int
    shares: SideShares | None


def quarter_shares(quarters: Sequence[Quarter]) -> list[str]:
    """Draw at least one quarter, oldest first, HEIGHT units high; those with too little have no dot."""
    first = quarters[0].monday
    last = quarters[-1].monday + 7 * quarters[-1].weeks - 1
    right = scale_right()
    parts = date_axis(first, last - 6, right=right, y=BOTTOM, words_y=HEIGHT - 4, top=TOP) + scale()
    radius = min(LARGEST, right / len(quarters) / 2.4)
    for quarter in quarters:
        if quarter.shares is None:
            continue
        share = quarter.shares.ego
        x = right * (quarter.monday + 3.5 * quarter.weeks - first) / (last + 1 - first)
        parts.append(line("interval", (x, share_y(share.lower)), (x, share_y(share.upper)), width=2))
        parts.append(dot("mark", x, share_y(share.value), radius))
    return parts


def scale_right() -> float:
    """Where the lines end: before their names."""
    return right_edge(map(_, (phrases.ALL_YOU, phrases.HALF, phrases.ALL_THEM)), RIGHT)


def scale() -> list[str]:
    """Lines for all of ego's, half, and all of alter's, named."""
    middle, right = (TOP + BOTTOM) / 2, scale_right()
    return [
        line("grid", (0, TOP), (right, TOP)),
        line("axis", (0, middle), (right, middle), dash="2 4"),
        line("grid", (0, BOTTOM), (right, BOTTOM)),
        label(right + 8, TOP + 4, _(phrases.ALL_YOU)),
        label(right + 8, middle + 4, _(phrases.HALF)),
        label(right + 8, BOTTOM + 4, _(phrases.ALL_THEM)),
    ]


def share_y(share: float) -> float:
    """The height of ego's share."""
    return BOTTOM - (BOTTOM - TOP) * share
