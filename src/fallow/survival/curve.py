"""
The share that is still waiting after a time, read from durations of which some were cut off.

A censored duration says "at least this long"; it stays at risk up to and at its own time, so that an event and a
censoring on one tick count as event first. Intervals are pointwise. Without `cluster` they take the durations as
independent; those of one dyad are not (a slow evening makes all its answers slow), so give the bout each belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData
from fallow.survival.clustered import clustered_variance


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """
    A right-continuous step function: it is 1 before time[0] and falls at each of k distinct event times.

    Args:
        time: float64 [k], days, rising strictly.
        survival: float64 [k], S(t) at and after each time, in [0, 1), falling.
        at_risk: int64 [k], durations that reach just before each time.
        events: int64 [k], observed ends at each time, > 0.
        lower: float64 [k], pointwise lower limit of S(t).
        upper: float64 [k], pointwise upper limit of S(t); where S(t) is 0, the last limit known before it.
        n: Durations in all.
        censored: Those of them whose end was not seen.
        longest: The longest duration, days: beyond it the curve says nothing.
        level: Coverage of the limits, in (0, 1).
    """

    time: NDArray[np.float64]
    survival: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    n: int
    censored: int
    longest: float
    level: float


def kaplan_meier(
    duration: NDArray[np.float64],
    observed: NDArray[np.bool_],
    *,
    level: float = 0.95,
    cluster: NDArray[np.int64] | None = None,
    widen: float = 1.0,
) -> SurvivalCurve:
    """
    Estimate a survival curve with log-log limits.

    Args:
        duration: n durations, days, finite, >= 0; equal values are one tie.
        observed: n, whether the end was seen; False is censored.
        level: Coverage of the pointwise limits, in (0, 1).
        cluster: n, number of what each belongs to, >= 0; then only those of two clusters are taken as independent.
        widen: Factor on the standard error, >= 1; more than 1 is for few clusters.
    Returns:
        k steps, 0 <= k <= number of events. O(n log n).
    Raises:
        NotEnoughData: If there is no duration at all.
        ValueError: If lengths differ or a duration is negative or not finite.
    Source:
        Kaplan & Meier (1958), JASA 53:457, eq. 2b; variance of Greenwood (1926), or `clustered_variance`; limits of
        log(-log S) as in Kalbfleisch & Prentice (1980), p. 15. Differs from R survfit(conf.type="log-log") in:
        where S(t) is 0 the lower limit is 0 and the upper one is carried on instead of missing.
    """
    _check(duration, observed)
    if cluster is not None and len(cluster) != len(duration):
        raise ValueError("each duration belongs to one cluster")
    n = len(duration)
    time, events = np.unique(duration[observed], return_counts=True)
    at_risk = n - np.searchsorted(np.sort(duration), time, side="left")
    survival: NDArray[np.float64] = np.cumprod((at_risk - events) / at_risk, dtype=np.float64)
    if cluster is None:
        variance = _greenwood(at_risk, events)
    else:
        variance = clustered_variance(duration, observed, cluster, time=time, at_risk=at_risk, events=events)
    lower, upper = _log_log_limits(survival, variance * widen**2, level)
    return SurvivalCurve(
        time=time,
        survival=survival,
        at_risk=at_risk.astype(np.int64),
        events=events.astype(np.int64),
        lower=lower,
        upper=upper,
        n=n,
        censored=n - int(np.count_nonzero(observed)),
        longest=float(duration.max()),
        level=level,
    )


def _check(duration: NDArray[np.float64], observed: NDArray[np.bool_]) -> None:
    if len(duration) != len(observed):
        raise ValueError("each duration needs to be observed or censored")
    if len(duration) == 0:
        raise NotEnoughData(have=0, need=1)
    if not bool(np.isfinite(duration).all()) or float(duration.min()) < 0:
        raise ValueError("durations are finite and not negative")


def _greenwood(at_risk: NDArray[np.int64], events: NDArray[np.int64]) -> NDArray[np.float64]:
    """The variance of log S(t); only the last step can leave nobody, and there it has no value."""
    left = (at_risk - events).astype(np.float64)
    each = np.divide(events, at_risk * left, out=np.zeros(len(left)), where=left > 0)
    variance: NDArray[np.float64] = np.cumsum(each)
    return variance


def _log_log_limits(
    survival: NDArray[np.float64], variance: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """S(t) ** exp(±z·se / log S(t)); only the last step can reach 0, where the variance has no value."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    alive = survival > 0
    log_survival = np.log(survival[alive])
    width = z * np.sqrt(variance[alive]) / -log_survival
    lower, upper = np.zeros(len(survival)), np.ones(len(survival))
    lower[alive] = np.exp(log_survival * np.exp(width))
    upper[alive] = np.exp(log_survival * np.exp(-width))
    if len(survival) > 1 and not alive[-1]:
        upper[-1] = upper[-2]
    return lower, upper
