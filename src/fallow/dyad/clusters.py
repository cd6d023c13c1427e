"""
Shares and means of things that come in clusters: messages of one bout resemble each other more than those of two.

An interval that took every message as a witness of its own would be too narrow; here each bout is one.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.means import Mean, t_975
from fallow.dyad.shares import Z_95, Share, wilson_limits
from fallow.errors import NotEnoughData

MIN_CLUSTERS: Final = 10
"""Clusters that hold anything. Under ten their spread is itself too unsure to make an interval of."""


def clustered_share(counts: NDArray[np.int64], totals: NDArray[np.int64]) -> Share:
    """
    Give a share its 95 % limits when what was counted came in clusters.

    Args:
        counts: int64 [g], how many of each cluster, 0 <= counts <= totals.
        totals: int64 [g], out of how many; clusters of none are left out.
    Returns:
        The share of all; its limits stay in [0, 1] and hold it.
    Raises:
        NotEnoughData: If fewer than MIN_CLUSTERS clusters hold anything.
    Source:
        Wilson (1927) with the effective number of Korn & Graubard (1998), Survey Methodology 24:193, eq. 2.1:
        n over the design effect, scaled by the squared ratio of the normal and Student's point; the design effect
        from the delete-a-cluster jackknife of the ratio. Dean & Pagano (2015), J. Survey Stat. Methodol. 3:484,
        find it to cover. Differs from them in: the effective number is no more than n, and at none or all of n it
        is at most the number of clusters.
    """
    filled = totals > 0
    x, n = counts[filled].astype(np.float64), totals[filled].astype(np.float64)
    groups = len(n)
    if groups < MIN_CLUSTERS:
        raise NotEnoughData(have=groups, need=MIN_CLUSTERS)
    count, total = int(counts.sum()), int(totals.sum())
    share = count / total
    if count in (0, total):
        return wilson_limits(count, total, float(min(groups, total)))
    variance = _jackknife(x, n)
    plain = share * (1 - share) / total
    effective = total / max(variance / plain, 1.0) * (Z_95 / t_975(groups - 1)) ** 2
    return wilson_limits(count, total, effective)


def clustered_ratio(sums: NDArray[np.number], totals: NDArray[np.int64]) -> Mean:
    """
    Give a mean over all things of all clusters its 95 % limits.

    Args:
        sums: [g], what the things of each cluster add up to.
        totals: int64 [g], how many things each cluster holds, >= 0; clusters of none are left out.
    Returns:
        Sum over number, plus and minus Student's t with g - 1 degrees of freedom times the standard error.
    Raises:
        NotEnoughData: If fewer than MIN_CLUSTERS clusters hold anything.
    Source:
        Cochran (1977), Sampling Techniques, section 6.17: the ratio estimator with the jackknife's variance (Tukey
        1958; Miller 1974, Biometrika 61:1), without finite population correction.
    """
    filled = totals > 0
    groups = int(np.count_nonzero(filled))
    if groups < MIN_CLUSTERS:
        raise NotEnoughData(have=groups, need=MIN_CLUSTERS)
    total = int(totals.sum())
    value = float(sums[filled].sum()) / total
    half = t_975(groups - 1) * math.sqrt(_jackknife(sums[filled].astype(np.float64), totals[filled].astype(np.float64)))
    return Mean(total, value, value - half, value + half)


def _jackknife(sums: NDArray[np.float64], totals: NDArray[np.float64]) -> float:
    """
    The variance of sum over number by leaving out each of g clusters in turn.

    The linear variance (Cochran 1977, eq. 6.13) is too small where clusters differ much in size: a long bout pulls
    the ratio towards itself and so hides how far it lies from the rest.
    """
    g, total = len(sums), totals.sum()
    moved = (sums - sums.sum() / total * totals) / (total - totals)
    return float(((moved - moved.mean()) ** 2).sum()) * (g - 1) / g


def share_or_none(counts: NDArray[np.int64], totals: NDArray[np.int64], at_least: int) -> Share | None:
    """`clustered_share`, or None where it has under `at_least` things or too few clusters."""
    if int(totals.sum()) < at_least or int(np.count_nonzero(totals)) < MIN_CLUSTERS:
        return None
    return clustered_share(counts, totals)


def ratio_or_none(sums: NDArray[np.number], totals: NDArray[np.int64], at_least: int) -> Mean | None:
    """`clustered_ratio`, or None where it has under `at_least` things or too few clusters."""
    if int(totals.sum()) < at_least or int(np.count_nonzero(totals)) < MIN_CLUSTERS:
        return None
    return clustered_ratio(sums, totals)
