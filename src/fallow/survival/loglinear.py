"""
A log-linear model of what ends a wait, with two causes: hazards constant inside age bins, moved by covariates.

log h_k(age, x) = a_k(bin) + x·beta_k + g(bin) x·gamma_k for cause k = 1, 2; x is what was known when one began to look
at the wait. g lets an effect grow or fade with age. Each cause is fitted apart, as a Poisson model of its ends with the
time at risk as exposure: the likelihood of the two factorises. `ridge` draws beta and gamma towards 0 on the scale of
the columns as given, so give columns of like spread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BLOCK: Final = 256
"""Rows worked on at once: they stay in the cache, and products so small stay on one core. Waiting for a second one
took six times the processor time on a busy computer (50,000 rows of 30, ten bins, both causes: 0.6 s)."""
STEPS: Final = 50
"""Newton steps at most; about seven are usual."""
HIGHEST: Final = 300.0
"""Of a log hazard, per day: a step too far gives a bad height, not an overflow."""
SETTLED: Final = 1e-12
"""The promised gain of a step, relative to the log likelihood, below which nothing more is to be found."""


@dataclass(frozen=True, slots=True)
class LogLinearParameters:
    """
    A fitted model: plain arrays, row 0 for cause 1.

    Args:
        edges: float64 [b + 1], days, rising: bin j holds ages in (edges[j], edges[j + 1]].
        trend: float64 [b], g of each bin.
        baseline: float64 [2, b], log hazard per day of a row of zeros.
        effect: float64 [2, p], beta.
        interaction: float64 [2, p], gamma.
    """

    edges: Floats
    trend: Floats
    baseline: Floats
    effect: Floats
    interaction: Floats


@dataclass(frozen=True, slots=True)
class _Exposed:
    """What is needed of the waits: days at risk in each bin, times the row's weight, and the weighted sums of ends."""

    rows: Floats  # [n, p]
    days: Floats  # [n, b]
    count: Floats  # [b], ends in each bin
    sums: Floats  # [b, p], of the rows that ended in it


def fit_log_linear(
    rows: Floats,
    duration: Floats,
    cause: Ints,
    *,
    entry: Floats,
    edges: Floats,
    trend: Floats,
    ridge: float,
    smooth: float = 0.0,
    weight: Floats | None = None,
) -> LogLinearParameters:
    """
    Fit both causes by penalised maximum likelihood.

    Args:
        rows: [n, p], covariates.
        duration: n, age at the end or at the end of observation, days, > entry.
        cause: n, 1, 2, or 0 where the end was not seen.
        entry: n, age from which each is under observation, days, >= edges[0].
        edges: b + 1 ages, rising, days; what comes after the last is left out as not seen.
        trend: b, the value of g in each bin; zeros for effects that do not change with age.
        ridge: Penalty, >= 0: ridge / 2 times the sum of squares of beta and of gamma.
        smooth: The same on steps between neighbouring baselines of the mean row; over 0 it lends to a bin without ends.
        weight: n, >= 0; None is 1 each.
    Returns:
        The parameters. O(n (b + p) p) a step; the matrix of n * b rows is never made.
    Raises:
        NotEnoughData: If a cause ends nothing at all, or, where smooth is 0, nothing in some bin.
        ValueError: If shapes differ, or an age or a cause cannot be.
    Source:
        Holford (1980), Biometrics 36:299, and Laird & Olivier (1981), JASA 76:231: the likelihood is a Poisson one with
        log exposure as offset. Differs from R glm(family = poisson) in: the penalty; where it is 0, nothing.
    """
    weight = np.ones(len(rows)) if weight is None else weight
    _check(rows, duration, cause, entry=entry, edges=edges, trend=trend, weight=weight)
    if not weight.any():
        raise NotEnoughData(have=0, need=1)
    # Columns far from 0 would be told by the baseline almost alone; about their means the numbers stay exact.
    middle = np.average(rows, axis=0, weights=weight)
    fits = []
    for each in (1, 2):
        exposed = _expose(rows - middle, duration, cause == each, entry=entry, edges=edges, weight=weight)
        count = exposed.count
        if not (count.any() if smooth > 0 else count.all()):
            raise NotEnoughData(have=int(np.count_nonzero(count)), need=1 if smooth > 0 else len(count))
        fits.append(_newton(exposed, trend, _penalty(len(trend), rows.shape[1], ridge=ridge, smooth=smooth)))
    b, p = len(trend), rows.shape[1]
    baseline, effect, interaction = np.split(np.stack(fits), (b, b + p), axis=1)
    of_middle = (effect @ middle)[:, None] + np.outer(interaction @ middle, trend)
    return LogLinearParameters(edges, trend, baseline - of_middle, effect, interaction)


def incidence_ahead(parameters: LogLinearParameters, rows: Floats, *, age: Floats, horizon: Floats) -> Floats:
    """
    The cumulative incidences of both causes ahead of a wait that has lasted so long.

    Args:
        parameters: b bins, p covariates.
        rows: [n, p], covariates.
        age: n, days the wait has lasted, >= edges[0]; the last bin's hazard is carried on past its end.
        horizon: h, days from now, >= 0.
    Returns:
        F_k(horizon | not ended at age), [2, n, h]; their sum over k is at most 1. O(n (b + h log b)).
    Raises:
        ValueError: If an age lies before the first bin.
    Source:
        Sum over bins of (h_k / h) S(begin) (1 - exp(-h · days)), exact for hazards constant inside bins.
    """
    return incidence_of_hazards(hazards(parameters, rows), parameters.edges, age=age, horizon=horizon)


def incidence_of_hazards(hazard: Floats, edges: Floats, *, age: Floats, horizon: Floats) -> Floats:
    """
    The cumulative incidences of both causes, from hazards that may be of many models.

    Args:
        hazard: [2, n, b], per day in each bin, > 0.
        edges: b + 1 ages, rising, days.
        age: n, days each wait has lasted, >= edges[0]; the last bin's hazard is carried on past its end.
        horizon: h, days from now, >= 0.
    Returns:
        [2, n, h], as `incidence_ahead` gives them. O(n (b + h log b)).
    Raises:
        ValueError: If an age lies before the first bin.
    Source:
        As `incidence_ahead`.
    """
    total, way = hazard.sum(0), _way_ahead(edges, age, horizon)
    passed = total[:, :-1] * way.whole
    begun = np.exp(-_from_zero(passed))
    ended = begun[:, :-1] * -np.expm1(-passed)
    share = hazard / total
    last = -np.expm1(-total.take(way.bins) * way.rest)
    ahead = np.empty((2, len(age), len(horizon)))
    for each, found in zip(share, ahead, strict=True):
        np.multiply((each * begun).take(way.bins), last, out=found)
        found += _from_zero(each[:, :-1] * ended).take(way.bins)
    return ahead


def net_ahead(parameters: LogLinearParameters, rows: Floats, *, age: Floats, horizon: Floats) -> Floats:
    """
    The net probability of cause 1 ahead: what would come if cause 2 never ended a wait.

    Args:
        parameters: b bins, p covariates.
        rows: [n, p], covariates.
        age: n, days the wait has lasted, >= edges[0].
        horizon: h, days from now, >= 0.
    Returns:
        1 - exp(-H_1) from age to age + horizon, [n, h]; never less than the cumulative incidence. O(n (b + h log b)).
    Raises:
        ValueError: If an age lies before the first bin.
    Source:
        Tsiatis (1975), PNAS 72:20: it holds only if the hazard of cause 1 would stay the same without cause 2, which no
        data can show.
    """
    return net_of_hazards(hazards(parameters, rows), parameters.edges, age=age, horizon=horizon)


def net_of_hazards(hazard: Floats, edges: Floats, *, age: Floats, horizon: Floats) -> Floats:
    """
    The net probability of cause 1, from hazards that may be of many models.

    Args:
        hazard, edges, age, horizon: As `incidence_of_hazards` takes them.
    Returns:
        [n, h], as `net_ahead` gives it. O(n (b + h log b)).
    Raises:
        ValueError: If an age lies before the first bin.
    Source:
        As `net_ahead`.
    """
    way = _way_ahead(edges, age, horizon)
    until = _from_zero(hazard[0, :, :-1] * way.whole)
    net: Floats = -np.expm1(-until.take(way.bins) - hazard[0].take(way.bins) * way.rest)
    return net


def hazard_passed(parameters: LogLinearParameters, rows: Floats, *, entry: Floats, duration: Floats) -> Floats:
    """
    The ends by each cause that were to be expected between two ages.

    Args:
        parameters: b bins, p covariates.
        rows: [n, p], covariates.
        entry: n, age at the beginning, days, >= edges[0].
        duration: n, age at the end, days, >= entry; the last bin's hazard is carried on past its end.
    Returns:
        H_k(duration) - H_k(entry), [2, n]. O(n b).
    Source:
        Sum over bins of h_k times the days spent in each.
    """
    passed: Floats = hazard_by_age(parameters, rows, entry=entry, duration=duration).sum(2)
    return passed


def hazard_by_age(parameters: LogLinearParameters, rows: Floats, *, entry: Floats, duration: Floats) -> Floats:
    """The same, bin by bin: [2, n, b]."""
    ends = np.append(parameters.edges[1:-1], np.inf)
    days = np.minimum(duration[:, None], ends) - np.maximum(entry[:, None], parameters.edges[:-1])
    passed: Floats = hazards(parameters, rows) * np.maximum(days, 0.0)
    return passed


def log_likelihood(
    parameters: LogLinearParameters, rows: Floats, duration: Floats, cause: Ints, *, entry: Floats
) -> Floats:
    """
    How well each wait agrees with the model.

    Args:
        parameters: b bins, p covariates.
        rows: [n, p], covariates.
        duration: n, age at the end or at the end of observation, days, > entry.
        cause: n, 1, 2, or 0 where the end was not seen.
        entry: n, age from which each is under observation, days, >= edges[0].
    Returns:
        [n]: log h_cause(duration), where the end was seen, less all that had passed of both hazards. O(n b).
    Source:
        Prentice et al. (1978), Biometrics 34:541, eq. 4.
    """
    hazard = hazards(parameters, rows)
    bins = np.clip(np.searchsorted(parameters.edges, duration, side="left") - 1, 0, len(parameters.trend) - 1)
    at_end = np.log(hazard[np.maximum(cause, 1) - 1, np.arange(len(rows)), bins])
    passed = hazard_passed(parameters, rows, entry=entry, duration=duration).sum(0)
    explained: Floats = np.where(cause > 0, at_end, 0.0) - passed
    return explained


def hazards(parameters: LogLinearParameters, rows: Floats) -> Floats:
    """
    The hazards of each cause in each bin.

    Args:
        parameters: b bins, p covariates.
        rows: [n, p], covariates.
    Returns:
        [2, n, b], per day, > 0.
    """
    level, slope = (np.einsum("np,kp->kn", rows, each) for each in (parameters.effect, parameters.interaction))
    hazard: Floats = np.exp(parameters.baseline[:, None, :] + level[..., None] + slope[..., None] * parameters.trend)
    return hazard


@dataclass(frozen=True, slots=True)
class _Way:
    """From an age to each horizon: bins that are passed whole, and the one in which it is reached."""

    whole: Floats  # [n, b - 1], days from the age on in each bin but the last
    bins: Ints  # [n, h], the bin of each horizon, counted on from row to row
    rest: Floats  # [n, h], days in it until then


def _way_ahead(edges: Floats, age: Floats, horizon: Floats) -> _Way:
    if len(age) and not float(age.min()) >= edges[0]:
        raise ValueError("an age lies before the first bin")
    inner, now = edges[1:-1], age[:, None]
    until = now + horizon
    bins = np.searchsorted(inner, until)
    whole = np.maximum(inner - np.maximum(now, edges[:-2]), 0.0)
    rest = until - np.maximum(now, edges.take(bins))
    return _Way(whole, bins + (len(edges) - 1) * np.arange(len(age))[:, None], rest)


def _from_zero(steps: Floats) -> Floats:
    """Sums before each step and after the last, [n, steps + 1]."""
    return np.concatenate((np.zeros((len(steps), 1)), np.cumsum(steps, axis=1)), axis=1)


def _check(
    rows: Floats, duration: Floats, cause: Ints, *, entry: Floats, edges: Floats, trend: Floats, weight: Floats
) -> None:
    if rows.ndim != 2 or {len(rows)} != {len(duration), len(cause), len(entry), len(weight)}:
        raise ValueError("each row of covariates needs a duration, a cause, an entry and a weight")
    if len(edges) != len(trend) + 1 or not bool((np.diff(edges) > 0).all()):
        raise ValueError("edges rise, and there is one value of the trend between two of them")
    if not bool(np.isfinite(rows).all()) or not bool(np.isfinite(duration).all()):
        raise ValueError("covariates and durations are finite")
    if not bool(((entry < duration) & (entry >= edges[0])).all()):
        raise ValueError("an entry lies in the bins and comes before its end")
    if not bool(np.isin(cause, (0, 1, 2)).all()) or not bool((weight >= 0).all()):
        raise ValueError("a cause is 0, 1 or 2, and a weight is not negative")


def _expose(
    rows: Floats, duration: Floats, ended: NDArray[np.bool_], *, entry: Floats, edges: Floats, weight: Floats
) -> _Exposed:
    b = len(edges) - 1
    inside = np.minimum(duration[:, None], edges[1:]) - np.maximum(entry[:, None], edges[:-1])
    days = np.maximum(inside, 0.0) * weight[:, None]
    seen = ended & (duration <= edges[-1])
    bins = np.searchsorted(edges, duration[seen], side="left") - 1
    count: Floats = np.bincount(bins, weights=weight[seen], minlength=b).astype(np.float64)
    columns = (np.bincount(bins, weights=column, minlength=b) for column in (rows * weight[:, None])[seen].T)
    return _Exposed(rows, days, count, np.stack(tuple(columns), axis=1) if rows.shape[1] else np.zeros((b, 0)))


def _penalty(b: int, p: int, *, ridge: float, smooth: float) -> Floats:
    """The matrix Q of the penalty 1/2 v'Qv on the parameters of one cause, [b + 2p, b + 2p]."""
    penalty = np.zeros((b + 2 * p, b + 2 * p))
    steps = np.diff(np.eye(b), axis=0)
    penalty[:b, :b] = smooth * steps.T @ steps
    penalty[range(b, b + 2 * p), range(b, b + 2 * p)] = ridge
    return penalty


def _newton(exposed: _Exposed, trend: Floats, penalty: Floats) -> Floats:
    """Newton's method from crude rates, each step halved until it gains."""
    b = len(trend)
    found = np.zeros(len(penalty))
    days = exposed.days.sum(0)
    rate = exposed.count.sum() / days.sum()
    found[:b] = np.log((exposed.count + rate) / (days + 1.0))
    height, slope, bend = _likelihood(exposed, trend, found, penalty)
    for _ in range(STEPS):
        # Without a penalty a column, or the trend of all bins at once, may be told by the others: the least step.
        scale = 1 / np.sqrt(np.where(np.diag(bend) > 0, np.diag(bend), 1.0))
        step = scale * np.linalg.lstsq(bend * np.outer(scale, scale), scale * slope, rcond=1e-12)[0]
        if float(slope @ step) <= SETTLED * max(1.0, abs(height)):
            return found + step
        reach = 1.0
        while True:
            higher, slope_there, bend_there = _likelihood(exposed, trend, found + reach * step, penalty)
            if higher >= height or reach < 1e-6:
                break
            reach /= 2
        found, height, slope, bend = found + reach * step, higher, slope_there, bend_there
    raise ValueError("the fit does not settle: columns nearly repeat each other, or a covariate tells every end")


def _likelihood(exposed: _Exposed, trend: Floats, at: Floats, penalty: Floats) -> tuple[float, Floats, Floats]:
    """
    The penalised log likelihood of one cause, its slope and its bend (minus the second derivative).

    A row has the same covariates in every bin, so the bins are summed before the products: three of n rows, not b.
    """
    b, p = len(trend), exposed.rows.shape[1]
    baseline, effect, interaction = at[:b], at[b : b + p], at[b + p :]
    powers = np.stack((np.ones(b), trend, trend**2), axis=1)
    total, cross, grams = np.zeros(b), np.zeros((b, p)), np.zeros((3, p, p))
    for begin in range(0, len(exposed.rows), BLOCK):
        rows, days = exposed.rows[begin : begin + BLOCK], exposed.days[begin : begin + BLOCK]
        log = baseline + (rows @ effect)[:, None] + np.outer(rows @ interaction, trend)
        expected = days * np.exp(np.minimum(log, HIGHEST))
        total += expected.sum(0)
        cross += expected.T @ rows
        for gram, scale in zip(grams, (expected @ powers).T, strict=True):
            gram += rows.T @ (rows * scale[:, None])
    miss = exposed.sums - cross
    slope = np.concatenate((exposed.count - total, miss.sum(0), trend @ miss)) - penalty @ at
    told = exposed.count @ baseline + exposed.sums.sum(0) @ effect + trend @ exposed.sums @ interaction
    height = float(told - total.sum() - at @ penalty @ at / 2)
    edge = np.concatenate((cross, trend[:, None] * cross), axis=1)
    inner = np.block([[grams[0], grams[1]], [grams[1], grams[2]]])
    bend = np.block([[np.diag(total), edge], [edge.T, inner]]) + penalty
    return height, slope, bend
