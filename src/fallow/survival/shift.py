"""How the ends seen at each age differ from those expected: one smooth factor over age."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS: Final = 50
SETTLED: Final = 1e-9
FURTHEST: Final = 1.0
"""Of one step."""


def shift_by_age(seen: Floats, expected: Floats, *, drawn: float, smooth: float) -> Floats:
    """
    Estimate what to add to the log hazards.

    Args:
        seen: b, ends in each bin of age, >= 0.
        expected: b, ends that were to be expected there, >= 0.
        drawn: Penalty on the mean square of the shifts, > 0.
        smooth: Penalty on the squared steps between neighbours, >= 0.
    Returns:
        [b]; log(seen / expected) where there is much of both, nearer to 0 and to its neighbours where there is little.
    Source:
        Poisson likelihood with the expected ends as exposure, as in indirect standardisation (Breslow & Day 1987,
        Statistical Methods in Cancer Research II, chapter 4), with differences penalised as by Eilers & Marx (1996),
        Statistical Science 11:89. The height is concave; Newton's method.
    """
    b = len(seen)
    between = np.diff(np.eye(b), axis=0)
    penalty = drawn / b * np.eye(b) + smooth * between.T @ between
    shift = np.zeros(b)
    for _ in range(STEPS):
        now = expected * np.exp(shift)
        step = np.linalg.solve(np.diag(now) + penalty, seen - now - penalty @ shift)
        shift += np.clip(step, -FURTHEST, FURTHEST)
        if float(np.abs(step).max()) < SETTLED:
            break
    return shift
