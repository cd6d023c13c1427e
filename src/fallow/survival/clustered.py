"""How unsure a survival curve is when durations come in clusters that resemble each other inside."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING_OF_VARIANCE: Final = 1e-14
"""Clusters that are all alike have no variance; what rounding leaves of it lies far under that of any real record."""


def clustered_variance(
    duration: Floats, observed: NDArray[np.bool_], cluster: Ints, *, time: Floats, at_risk: Ints, events: Ints
) -> Floats:
    """
    Estimate the variance of log S(t) from whole clusters; with clusters of one it is Greenwood's.

    Args:
        duration: n durations, days.
        observed: n, whether the end was seen.
        cluster: n, number of the cluster of each, >= 0; durations of two clusters are taken as independent.
        time: k distinct event times, rising.
        at_risk: k, durations that reach just before each time.
        events: k, observed ends at each time, > 0.
    Returns:
        k variances at and after each time; where S(t) is 0 the value has no meaning. O(n log n).
    Source:
        Infinitesimal jackknife, grouped (Efron 1982; Therneau 2020, vignette "Robust variance" of R survival). The
        sum over clusters of the squared sums of influences; differs from R survfit(cluster =) in: nothing.
    """
    left = (at_risk - events).astype(np.float64)
    inverse = np.divide(1.0, left, out=np.zeros(len(left)), where=left > 0)
    hazard = np.cumsum(events / at_risk * inverse)
    # The step at which each duration leaves; those cut off before the first event never count.
    exit_at = np.searchsorted(time, duration, side="right") - 1
    counted = exit_at >= 0
    step, ended = exit_at[counted], observed[counted]
    influence = hazard[step] - np.where(ended, inverse[step], 0.0)
    member = cluster[counted]
    size = np.bincount(member)
    order = np.argsort(member * np.int64(len(time)) + step, kind="stable")
    step, influence, member = step[order], influence[order], member[order]
    # Of each cluster after each leaving: how many are left, and the sum of the influences of those gone.
    begin = np.cumsum(size) - size
    remain = (size[member] - (np.arange(len(member)) - begin[member]) - 1).astype(np.float64)
    running = np.cumsum(influence)
    gone = running - np.append(0.0, running)[begin][member]

    def summed(after: Floats, before: Floats) -> Floats:
        return np.cumsum(np.bincount(step, weights=after - before, minlength=len(time)))

    earlier = gone - influence
    squares = summed(gone**2, earlier**2)
    crossed = summed(gone * remain, earlier * (remain + 1))
    sizes = float((size.astype(np.float64) ** 2).sum()) + summed(remain**2, (remain + 1) ** 2)
    variance: Floats = squares + 2 * hazard * crossed + hazard**2 * sizes
    return np.where(variance > ROUNDING_OF_VARIANCE, variance, 0.0)
