"""The time by which half have ended, with the limits that follow from the curve's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fallow.survival.curve import SurvivalCurve

HALF: Final = 0.5
# A product of many fractions that is one half in exact arithmetic may miss it by rounding.
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the data say about one number; None where they do not reach far enough to say it. Days."""

    value: float | None
    lower: float | None
    upper: float | None
    n: int
    censored: int


def median_with_interval(curve: SurvivalCurve, tick: float = 0.0) -> Estimate:
    """
    Read the median and its limits off a curve: the first time at which S, or a limit of it, is at most one half.

    Args:
        curve: A survival curve with log-log limits; its level is the level of the interval.
        tick: What both ends of each duration were cut to, days, >= 0. A duration then lies within one tick of what was
            written, in the mean on it: the limits take it as spread over half a tick on either side, not below 0.
    Returns:
        Median and limits in days. The upper one is None when too many were cut off to give it. O(k).
    Source:
        Brookmeyer & Crowley (1982), Biometrics 38:29, with the log-log transformation. Differs from R survfit in:
        where the curve is level at exactly one half, R takes the middle of that stretch, this its beginning.
    """
    value = _first_at_most_half(curve.time, curve.survival)
    lower, upper = (_limit(curve.time, height, tick) for height in (curve.lower, curve.upper))
    return Estimate(
        value=value,
        lower=lower if lower is None or value is None else min(lower, value),
        upper=upper if upper is None or value is None else max(upper, value),
        n=curve.n,
        censored=curve.censored,
    )


def _limit(time: NDArray[np.float64], height: NDArray[np.float64], tick: float) -> float | None:
    reached = np.flatnonzero(height <= HALF * (1 + ROUNDING))
    if len(reached) == 0:
        return None
    i = int(reached[0])
    return float(within_tick(time[i], height[i - 1] if i else 1.0, height[i], tick=tick))


def within_tick(time: Any, before: Any, after: Any, *, tick: float) -> Any:
    """Where, of the tick around a written time, a height that falls evenly from `before` to `after` is one half."""
    begin = np.maximum(time - tick / 2, 0.0)
    part = np.clip((before - HALF) / np.maximum(before - after, ROUNDING), 0.0, 1.0)
    return np.where(tick > 0, begin + (time + tick / 2 - begin) * part, time)


def _first_at_most_half(time: NDArray[np.float64], height: NDArray[np.float64]) -> float | None:
    reached = np.flatnonzero(height <= HALF * (1 + ROUNDING))
    return float(time[reached[0]]) if len(reached) else None
