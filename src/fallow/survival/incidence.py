"""
How often each of two causes ends a wait by a time, where either may come first and forestall the other.

1 - S of one cause alone would count a wait that the other cause ended as if it still could end by the first: too much.
Aalen-Johansen does not. A wait may come under observation late (`entry`): it is then at risk after its entry only,
and a time at which nobody is left brings S to 0 for good. Limits take rows as independent.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING: Final = 1e-12
"""An incidence this near to 1 is 1, but for the rounding of its sum."""


@dataclass(frozen=True, slots=True)
class IncidenceCurves:
    """
    Right-continuous steps at the k distinct times at which a wait ended by cause 1 or 2; row 0 is cause 1.

    Args:
        time: float64 [k], days, rising strictly.
        survival: float64 [k], S(t) at and after each time; survival + cumulative_incidence.sum(0) is 1.
        at_risk: int64 [k], waits under observation just before each time.
        events: int64 [2, k], ends by each cause at each time.
        cumulative_hazard: float64 [2, k], Nelson-Aalen of each cause.
        hazard_variance: float64 [2, k], its variance.
        cumulative_incidence: float64 [2, k], F_k(t), in [0, 1], never falling.
        variance: float64 [2, k], variance of F_k(t).
        lower: float64 [2, k], pointwise lower limit of F_k(t).
        upper: float64 [2, k], pointwise upper limit of F_k(t).
        n: Waits in all.
        censored: Those of them whose end was not seen.
        level: Coverage of the limits, in (0, 1).
    """

    time: Floats
    survival: Floats
    at_risk: Ints
    events: Ints
    cumulative_hazard: Floats
    hazard_variance: Floats
    cumulative_incidence: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    n: int
    censored: int
    level: float


def aalen_johansen(
    duration: Floats, cause: Ints, *, entry: Floats | None = None, level: float = 0.95
) -> IncidenceCurves:
    """
    Estimate cause-specific cumulative hazards and cumulative incidences of two causes.

    Args:
        duration: n, days, finite, >= 0; on one tick ends come before censorings.
        cause: n, what ended each: 1, 2, or 0 where the end was not seen.
        entry: n, days, < duration: at risk after it only. None: all from the beginning.
        level: Coverage of the pointwise limits, in (0, 1).
    Returns:
        k steps, 0 <= k <= number of ends. O(n log n).
    Raises:
        NotEnoughData: If there is no wait at all.
        ValueError: If lengths differ, a number is not finite, a cause is not 0, 1 or 2, or an entry not before its end.
    Source:
        Aalen & Johansen (1978), Scand. J. Statist. 5:141; Nelson-Aalen with variance sum d / Y^2 (Andersen, Borgan,
        Gill & Keiding 1993, section IV.1); variance of F of Greenwood's kind (ibid., IV.4; Marubini & Valsecchi 1995,
        chapter 10); limits of log(-log F). Differs from R survfit in: without entry nothing; with entry R's variance
        is the infinitesimal jackknife; and where F is 0 or 1 both limits are F.
    """
    _check(duration, cause, entry)
    time = np.unique(duration[cause > 0])
    at_risk = len(duration) - np.searchsorted(np.sort(duration), time, side="left")
    if entry is not None:
        at_risk = at_risk - (len(entry) - np.searchsorted(np.sort(entry), time, side="left"))
    events = np.stack([_count(duration[cause == each], time) for each in (1, 2)])
    share = events / at_risk
    survival = np.cumprod((at_risk - events.sum(0)) / at_risk)
    before = np.append(1.0, survival)[:-1]
    incidence = np.cumsum(before * share, axis=1)
    variance = _variance(before, incidence, at_risk=at_risk, events=events)
    lower, upper = _log_log_limits(incidence, variance, level)
    return IncidenceCurves(
        time=time,
        survival=survival,
        at_risk=at_risk.astype(np.int64),
        events=events,
        cumulative_hazard=np.cumsum(share, axis=1),
        hazard_variance=np.cumsum(share / at_risk, axis=1),
        cumulative_incidence=incidence,
        variance=variance,
        lower=lower,
        upper=upper,
        n=len(duration),
        censored=int(np.count_nonzero(cause == 0)),
        level=level,
    )


def incidence_at(curves: IncidenceCurves, horizon: Floats) -> Floats:
    """
    Read the cumulative incidences at some times.

    Args:
        curves: k steps.
        horizon: h times, days; after the last step the last value stands.
    Returns:
        F_k(horizon), [2, h]; 0 before the first step.
    """
    step = np.searchsorted(curves.time, horizon, side="right")
    heights: Floats = np.concatenate((np.zeros((2, 1)), curves.cumulative_incidence), axis=1)
    return heights[:, step]


def _check(duration: Floats, cause: Ints, entry: Floats | None) -> None:
    if len(duration) != len(cause) or (entry is not None and len(entry) != len(duration)):
        raise ValueError("each duration needs one cause and, where entries are given, one entry")
    if len(duration) == 0:
        raise NotEnoughData(have=0, need=1)
    if not bool(np.isfinite(duration).all()) or float(duration.min()) < 0:
        raise ValueError("durations are finite and not negative")
    if not bool(np.isin(cause, (0, 1, 2)).all()):
        raise ValueError("a cause is 1, 2 or, where the end was not seen, 0")
    if entry is not None and not bool((entry < duration).all()):
        raise ValueError("an entry comes before its end")


def _count(ends: Floats, time: Floats) -> Ints:
    return np.bincount(np.searchsorted(time, ends), minlength=len(time)).astype(np.int64)


def _variance(before: Floats, incidence: Floats, *, at_risk: Ints, events: Ints) -> Floats:
    """
    Sum over steps j <= t of (F(t) - F_j)^2 a_j - 2 (F(t) - F_j) b_j + c_j, with the squares multiplied out.

    Where a step leaves nobody, F(t) - F_j is 0 ever after, so its a_j, which has no value, is taken as 0.
    """
    left = (at_risk - events.sum(0)).astype(np.float64)
    both = np.divide(events.sum(0) / at_risk, left, out=np.zeros(len(left)), where=left > 0)
    crossed = before * events / at_risk.astype(np.float64) ** 2
    own = before**2 * events * (at_risk - events) / at_risk.astype(np.float64) ** 3
    squared = np.cumsum(both)
    linear = np.cumsum(incidence * both + crossed, axis=1)
    constant = np.cumsum(incidence**2 * both + 2 * incidence * crossed + own, axis=1)
    variance: Floats = np.maximum(incidence**2 * squared - 2 * incidence * linear + constant, 0.0)
    return variance


def _log_log_limits(incidence: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    """F ** exp(±z·se / (F·log F)); where F is 0 or 1 it stands for both limits."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    inside = (incidence > 0) & (incidence < 1 - ROUNDING)
    log = np.log(np.where(inside, incidence, 0.5))
    width = z * np.sqrt(variance) / (np.where(inside, incidence, 0.5) * -log)
    lower, upper = (np.where(inside, np.exp(log * np.exp(sign * width)), incidence) for sign in (1, -1))
    return lower, upper
