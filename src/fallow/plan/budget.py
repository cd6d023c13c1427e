"""
The weekly budget of pages that are opened on purpose, so that looking does not become waiting.

An opening lasts an hour: what is looked at again within it is the same opening. Three openings of the pictures and one
of the forecast in seven days are our own choice, untested; what they show hardly changes in that time.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from fallow.plan.arranged import Budgeted
from fallow.plan.moment import Moment

if TYPE_CHECKING:
    from fallow.plan.evolve import Plan

BUDGET: Final[dict[Budgeted, int]] = {"picture": 3, "forecast": 1}
"""Times a page is opened on purpose in `BUDGET_DAYS`."""
BUDGET_DAYS: Final = 7
OPENING: Final = dt.timedelta(hours=1)
"""How long a page stays open once it was opened."""


class Budget(Struct, frozen=True):
    """
    Args:
        open: It was opened within the last hour.
        used: Openings of the last seven days.
        of: How many there are.
        opens_on: Local day on which it can be opened again; None: now.
    """

    open: bool
    used: int
    of: int
    opens_on: dt.date | None


def read_budget(plan: Plan, page: Budgeted, now: Moment) -> Budget:
    """What is left of a page's week; openings that a clock set back has in the future are not counted."""
    week, times = now.at - dt.timedelta(days=BUDGET_DAYS), BUDGET[page]
    recent = [at for at in plan.opened.get(page, ()) if week < at <= now.at]
    spent = len(recent) >= times
    opens_at = recent[-times] + dt.timedelta(days=BUDGET_DAYS) if spent else None
    return Budget(
        open=bool(recent) and now.at - recent[-1] < OPENING,
        used=len(recent),
        of=times,
        opens_on=None if opens_at is None else Moment(opens_at, now.zone).day,
    )
