"""Shares of a count with the interval that belongs to them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from fallow.errors import NotEnoughData

Z_95: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n` with its 95 % limits; all three of value, lower and upper in [0, 1]."""

    count: int
    n: int
    lower: float
    upper: float

    @property
    def value(self) -> float:
        return self.count / self.n


@dataclass(frozen=True, slots=True)
class SideShares:
    """What each side has of the same n; the counts add up to n."""

    ego: Share
    alter: Share


def shares_of(ego: int, alter: int) -> SideShares:
    """Share out ego + alter > 0 things over the two sides, each with its 95 % limits."""
    return SideShares(ego=wilson_interval(ego, ego + alter), alter=wilson_interval(alter, ego + alter))


def wilson_interval(count: int, n: int) -> Share:
    """
    Give a share its 95 % limits.

    Args:
        count: How many of the n, 0 <= count <= n.
        n: Out of how many, > 0.
    Returns:
        The share; its limits stay in [0, 1] and hold it, also at none and at all of n.
    Raises:
        NotEnoughData: If n is 0.
        ValueError: If count is negative or above n.
    Source:
        Wilson (1927), JASA 22:209, without continuity correction. Differs from it in: nothing.
    """
    if n == 0:
        raise NotEnoughData(have=0, need=1)
    if not 0 <= count <= n:
        raise ValueError("a share counts some of n")
    return wilson_limits(count, n, float(n))


def wilson_limits(count: int, n: int, effective: float) -> Share:
    """Wilson's limits of `count` of `n` > 0 things that say no more than `effective` > 0 independent ones would."""
    share, z2 = count / n, Z_95**2
    middle = (share + z2 / (2 * effective)) / (1 + z2 / effective)
    half = Z_95 / (1 + z2 / effective) * math.sqrt(share * (1 - share) / effective + z2 / (4 * effective**2))
    lower = 0.0 if count == 0 else middle - half
    upper = 1.0 if count == n else middle + half
    return Share(count=count, n=n, lower=lower, upper=upper)
