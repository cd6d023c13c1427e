"""The time by which half have ended, with the limits that follow from the curve's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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


def median_with_interval(curve: SurvivalCurve) -> Estimate:
    """
    Read the median and its limits off a curve: the first time at which S, or a limit of it, is at most one half.

    Args:
        curve: A survival curve with log-log limits; its level is the level of the interval.
    Returns:
        Median and limits in days. The upper one is None when too many were cut off to give it. O(k).
    Source:
        Brookmeyer & Crowley (1982), Biometrics 38:29, with the log-log transformation. Differs from R survfit in:
        where the curve is level at exactly one half, R takes the middle of that stretch, this its beginning.
    """
    return Estimate(
        value=_first_at_most_half(curve.time, curve.survival),
        lower=_first_at_most_half(curve.time, curve.lower),
        upper=_first_at_most_half(curve.time, curve.upper),
        n=curve.n,
        censored=curve.censored,
    )


def _first_at_most_half(time: NDArray[np.float64], height: NDArray[np.float64]) -> float | None:
    reached = np.flatnonzero(height <= HALF * (1 + ROUNDING))
    return float(time[reached[0]]) if len(reached) else None
