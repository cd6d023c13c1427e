"""A mean with the interval that belongs to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance
from typing import Final

from fallow.dyad.shares import Z_95
from fallow.errors import NotEnoughData

MIN_MEAN: Final = 5
"""Values from which on a mean is said; below it the interval is wider than anything it could tell."""


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of `n` values with its 95 % limits, lower <= value <= upper."""

    n: int
    value: float
    lower: float
    upper: float


def mean_interval(values: Sequence[float], step: float = 0.0) -> Mean:
    """
    Give a mean its 95 % limits.

    Args:
        values: n numbers, n >= MIN_MEAN, taken as independent, their mean as about normal.
        step: What they were rounded to, >= 0; a rounded number may be off by half of it.
    Returns:
        The mean, plus and minus Student's t with n - 1 degrees of freedom times the standard error. The variance of
        rounding, step²/12, is added, so that equal answers on a coarse scale do not look certain.
    Raises:
        NotEnoughData: If there are fewer.
    Source:
        Student (1908), Biometrika 6:1. Differs from it in: the variance of rounding.
    """
    n = len(values)
    if n < MIN_MEAN:
        raise NotEnoughData(have=n, need=MIN_MEAN)
    middle, spread = fmean(values), math.sqrt(variance(values) + step**2 / 12)
    half = t_975(n - 1) * spread / math.sqrt(n)
    return Mean(n, middle, middle - half, middle + half)


def t_975(freedom: int) -> float:
    """
    The 97.5 % point of Student's t.

    Args:
        freedom: Degrees of freedom, >= 4.
    Returns:
        Right to 0.001.
    Raises:
        ValueError: With fewer.
    Source:
        Abramowitz and Stegun (1964), 26.7.5, to the fourth power.
    """
    if freedom < MIN_MEAN - 1:
        raise ValueError("the expansion is too rough for so few degrees of freedom")
    z = Z_95
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
