"""A share of both sides over the quarters of a record: one dot with its interval, all of ego's above, alter's below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fallow.charts import phrases
from fallow.charts.drawing import dot, label, line
from fallow.charts.timeline import date_axis
from fallow.dyad import SideShares

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
    parts = date_axis(first, last - 6, right=RIGHT, y=BOTTOM, words_y=HEIGHT - 4, top=TOP) + scale()
    radius = min(LARGEST, RIGHT / len(quarters) / 2.4)
    for quarter in quarters:
        if quarter.shares is None:
            continue
        share = quarter.shares.ego
        x = RIGHT * (quarter.monday + 3.5 * quarter.weeks - first) / (last + 1 - first)
        parts.append(line("interval", (x, share_y(share.lower)), (x, share_y(share.upper)), width=2))
        parts.append(dot("mark", x, share_y(share.value), radius))
    return parts


def scale() -> list[str]:
    """Lines for all of ego's, half, and all of alter's, named."""
    middle = (TOP + BOTTOM) / 2
    return [
        line("grid", (0, TOP), (RIGHT, TOP)),
        line("axis", (0, middle), (RIGHT, middle), dash="2 4"),
        line("grid", (0, BOTTOM), (RIGHT, BOTTOM)),
        label(RIGHT + 8, TOP + 4, phrases.ALL_YOU),
        label(RIGHT + 8, middle + 4, phrases.HALF),
        label(RIGHT + 8, BOTTOM + 4, phrases.ALL_THEM),
    ]


def share_y(share: float) -> float:
    """The height of ego's share."""
    return BOTTOM - (BOTTOM - TOP) * share
