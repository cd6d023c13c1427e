"""Three minutes with an urge: kept with how strong it was before and after, and what that came to so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fallow.app.desk import Desk, plan_of, record
from fallow.dyad import MIN_MEAN as MIN_RATED
from fallow.dyad import Mean, mean_interval
from fallow.errors import NotEnoughData
from fallow.plan import Ask, Record, UrgeSurfed, read_surfs

__all__ = ["MIN_RATED", "Surfing", "describe_surfing", "read_surfing", "surf"]


@dataclass(frozen=True, slots=True)
class Surfing:
    """
    The person's own three minutes so far.

    Args:
        times: How often.
        rated: How often with a number before and one after.
        change: Mean of after minus before, -10 to 10, with its interval; None under five.
    """

    times: int
    rated: int
    change: Mean | None


def surf(desk: Desk, before: int | None, after: int | None) -> tuple[Record, ...]:
    """
    Keep that three minutes were spent with an urge. For oneself, so open whatever else holds.

    Args:
        before, after: How strong it was, 0 to 10; either may be left out.
    Raises:
        NotUnderstood: A number is none of these.
    """
    return record(desk, Ask(UrgeSurfed(before, after)))


def read_surfing(desk: Desk) -> Surfing:
    """
    What the ratings came to. A number that was high would have fallen a little anyway, so a mean below 0 does not show
    that the three minutes did it.
    """
    surfs = read_surfs(plan_of(desk))
    changes = [float(each.after - each.before) for each in surfs if each.before is not None and each.after is not None]
    try:
        change = mean_interval(changes, step=1)
    except NotEnoughData:
        change = None
    return Surfing(len(surfs), len(changes), change)


def describe_surfing(surfing: Surfing) -> dict[str, Any]:
    """The same as plain values; `change` is None where there is too little data."""
    change = surfing.change
    return {
        "times": surfing.times,
        "rated": surfing.rated,
        "change": None
        if change is None
        else {"n": change.n, "mean": change.value, "lower": change.lower, "upper": change.upper},
    }
