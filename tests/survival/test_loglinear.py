from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from cost import sorts
from fallow.errors import NotEnoughData
from fallow.survival import (
    LogLinearParameters,
    aalen_johansen,
    fit_log_linear,
    hazard_passed,
    hazards,
    incidence_ahead,
    incidence_of_hazards,
    log_likelihood,
    net_ahead,
    net_of_hazards,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

I = np.arange(600)  # noqa: E741 - the index of the formulas below
ROWS = np.stack(((I * I * 7 % 101) / 50 - 1, (I * 31 % 17 > 8) * 1.0), axis=1)
ENTRY = 3.0 + (I * 13 % 5) * (I % 3 == 0)
DURATION = ENTRY + (I * I * 37 % 307) / 8 + 0.25
CAUSE = np.where(I % 5 == 0, 0, np.where((I * I + I) % 3 == 0, 1, 2))
WEIGHT = 1 + (I % 4) / 2
EDGES, TREND = np.array([3.0, 7.0, 12.0, 20.0, 45.0]), np.array([-1.5, -0.5, 0.5, 1.5])
HORIZON = np.array([0.0, 7.0, 14.0, 30.0, 60.0, 90.0])


def _fit(ridge: float = 0.0, smooth: float = 0.0, cause: Ints = CAUSE, rows: Floats = ROWS) -> LogLinearParameters:
    return fit_log_linear(
        rows, DURATION, cause, entry=ENTRY, edges=EDGES, trend=TREND, ridge=ridge, smooth=smooth, weight=WEIGHT
    )


def test_the_fit_agrees_with_r_glm() -> None:
    """600 weighted waits in four bins (1,916 lines): R 4.2.2, glm(y ~ 0 + factor(b) + x1 + x2 + x1:g + x2:g,
    offset = log(E), family = poisson, weights = w, epsilon = 1e-14) for each cause."""
    found = _fit()
    baseline = [[-4.815866585551922, -4.337356233769992, -3.745829219364483, -2.974548091066492]]
    baseline += [[-4.758643962334499, -4.559438505788642, -4.580681814652025, -3.806407990922104]]
    effect = [[-0.036976987820827, 0.145330648844333], [-0.195330219723876, -0.029307742161368]]
    interaction = [[-0.119348940738030, -0.155298695080432], [0.230907644827525, 0.009610783402534]]
    assert np.allclose(baseline, found.baseline, rtol=0, atol=1e-10)
    assert np.allclose(effect, found.effect, rtol=0, atol=1e-10)
    assert np.allclose(interaction, found.interaction, rtol=0, atol=1e-10)


def test_bins_between_all_ends_make_it_coxs_model() -> None:
    """Whole days, a bin for each: the effects and the cumulative baselines of coxph(Surv(e, d, cause == k) ~ x1 + x2,
    ties = "breslow") and its basehaz, late entry included. R 4.2.2 with survival 3.5.3."""
    duration = 1.0 + I * I * 37 % 307 % 8
    entry = np.minimum(duration - 1, (I * 13 % 5) * (I % 3 == 0))
    found = fit_log_linear(ROWS, duration, CAUSE, entry=entry, edges=np.arange(9.0), trend=np.zeros(8), ridge=0.0)
    effect = [[-0.1083877041239799, -0.0223332831583296], [-0.0401978057519930, -0.0251162862615878]]
    first = [0.0980682195992241, 0.2266612611395490, 0.2875745093360381, 0.3927120655030623]
    second = [0.0458781489871909, 0.1208368025372804, 0.1679830783790449, 0.2177379048585028]
    assert np.allclose(effect, found.effect, rtol=0, atol=1e-10)
    assert np.allclose([first, second], np.cumsum(np.exp(found.baseline), axis=1)[:, :4], rtol=0, atol=1e-10)
    assert not found.interaction.any()


@pytest.mark.parametrize("ridge", [0.0, 5.0])
def test_far_columns_move_the_baseline_alone(ridge: float) -> None:
    """A covariate of thousands, not centred: effects stay, and so does what is forecast."""
    near, far = _fit(ridge), _fit(ridge, rows=ROWS + np.array([5000.0, 0.0]))
    assert np.allclose(near.effect, far.effect, rtol=0, atol=1e-8)
    ahead = (
        incidence_ahead(each, ROWS + by, age=ENTRY, horizon=HORIZON)
        for each, by in ((near, np.zeros(2)), (far, np.array([5000.0, 0.0])))
    )
    assert np.allclose(*ahead, rtol=0, atol=1e-8)


def test_without_covariates_the_hazard_is_ends_by_days_at_risk() -> None:
    """Each bin's hazard is its weighted ends over its weighted days."""
    found = _fit(rows=np.zeros((600, 0)))
    for k in (1, 2):
        for j, (begin, end) in enumerate(pairwise(EDGES)):
            days = np.maximum(np.minimum(DURATION, end) - np.maximum(ENTRY, begin), 0) @ WEIGHT
            ends = WEIGHT[(k == CAUSE) & (DURATION > begin) & (DURATION <= end)].sum()
            assert found.baseline[k - 1, j] == pytest.approx(np.log(ends / days), abs=1e-9)


def test_the_ridge_sits_where_its_slope_is_nothing() -> None:
    """At the penalised optimum what the data pull is ridge times the coefficient, by the formula row for row."""
    found, ridge = _fit(ridge=20.0), 20.0
    days = np.maximum(np.minimum(DURATION[:, None], EDGES[1:]) - np.maximum(ENTRY[:, None], EDGES[:-1]), 0)
    ended = (DURATION[:, None] > EDGES[:-1]) & (DURATION[:, None] <= EDGES[1:])
    for k in (0, 1):
        level, slope = ROWS @ found.effect[k], ROWS @ found.interaction[k]
        expected = days * np.exp(found.baseline[k] + level[:, None] + np.outer(slope, TREND))
        miss = WEIGHT[:, None] * (ended * (k + 1 == CAUSE)[:, None] - expected)
        assert np.allclose(0, miss.sum(0), atol=1e-6)
        assert np.allclose(ridge * found.effect[k], ROWS.T @ miss.sum(1), atol=1e-6)
        assert np.allclose(ridge * found.interaction[k], ROWS.T @ (miss @ TREND), atol=1e-6)


def test_a_ridge_draws_effects_towards_nothing() -> None:
    """A stronger penalty gives smaller coefficients, a boundless one gives none and leaves the baseline."""
    sizes = [float(np.square(_fit(ridge).effect).sum()) for ridge in (0.0, 10.0, 100.0, 1e9)]
    assert sorted(sizes, reverse=True) == sizes
    assert np.allclose(_fit(1e9).baseline, _fit(rows=np.zeros((600, 0))).baseline, atol=1e-6)


def test_the_causes_are_each_others_mirror() -> None:
    """Names of the causes swapped: every row of the parameters changes its place."""
    one, other = _fit(1.0), _fit(1.0, cause=(3 - CAUSE) % 3)
    for name in ("baseline", "effect", "interaction"):
        assert np.allclose(getattr(one, name), getattr(other, name)[::-1], rtol=0, atol=1e-12)


def test_a_weight_is_a_number_of_rows() -> None:
    """Rows that count twice are rows written twice."""
    twice = np.repeat(np.arange(600), 1 + I % 2)
    common = {"edges": EDGES, "trend": TREND, "ridge": 1.0}
    one = fit_log_linear(ROWS, DURATION, CAUSE, entry=ENTRY, weight=1.0 + I % 2, **common)
    other = fit_log_linear(ROWS[twice], DURATION[twice], CAUSE[twice], entry=ENTRY[twice], **common)
    assert np.allclose(one.effect, other.effect, rtol=0, atol=1e-9)
    assert np.allclose(one.baseline, other.baseline, rtol=0, atol=1e-9)


def _simulated(n: int, truth: LogLinearParameters, rows: Floats) -> tuple[Floats, Ints]:
    """Waits from age 3 under the parameters, bin by bin, cut off at 45 days."""
    rng = np.random.default_rng(11)
    duration, cause, waiting = np.full(n, 45.0), np.zeros(n, np.int64), np.ones(n, np.bool_)
    for j, (begin, end) in enumerate(pairwise(EDGES)):
        hazard = np.exp(truth.baseline[:, j] + rows @ (truth.effect + TREND[j] * truth.interaction).T)
        at = begin + rng.exponential(1 / hazard.sum(1))
        which = np.where(rng.random(n) < hazard[:, 0] / hazard.sum(1), 1, 2)
        ended = waiting & (at <= end)
        duration[ended], cause[ended] = at[ended], which[ended]
        waiting &= ~ended
    return duration, cause


TRUTH = LogLinearParameters(
    edges=EDGES,
    trend=TREND,
    baseline=np.log(np.array([[0.04, 0.03, 0.02, 0.01], [0.02, 0.02, 0.015, 0.01]])),
    effect=np.array([[0.5, -0.3], [-0.2, 0.4]]),
    interaction=np.array([[-0.1, 0.05], [0.1, 0.0]]),
)


def test_the_hazards_that_were_simulated_are_recovered() -> None:
    """40,000 waits: every coefficient within 0.06, which is three standard errors and a half."""
    rows = np.random.default_rng(10).standard_normal((40_000, 2))
    duration, cause = _simulated(40_000, TRUTH, rows)
    found = fit_log_linear(rows, duration, cause, entry=np.full(40_000, 3.0), edges=EDGES, trend=TREND, ridge=0.0)
    for name in ("baseline", "effect", "interaction"):
        assert np.allclose(getattr(TRUTH, name), getattr(found, name), rtol=0, atol=0.06), name
    assert not np.allclose(TRUTH.effect[::-1], found.effect, rtol=0, atol=0.06)


def test_incidence_ahead_is_what_happens() -> None:
    """40,000 waits alike, still waiting at seven days: both incidences within 0.01 of Aalen-Johansen's."""
    rows = np.tile([0.7, -0.4], (40_000, 1))
    duration, cause = _simulated(40_000, TRUTH, rows)
    late = duration > 7
    curves = aalen_johansen(duration[late] - 7, cause[late])
    ahead = incidence_ahead(TRUTH, rows[:1], age=np.array([7.0]), horizon=np.array([5.0, 20.0, 37.0]))
    for j, days in enumerate((5.0, 20.0, 37.0)):
        step = np.searchsorted(curves.time, days, side="right") - 1
        assert np.allclose(curves.cumulative_incidence[:, step], ahead[:, 0, j], rtol=0, atol=0.01)


def test_one_hazard_without_bins_has_a_closed_form() -> None:
    """Hazards 0.03 and 0.02: F_1 = 0.6 (1 - exp(-0.05 h)), net 1 - exp(-0.03 h), at every age and past the last bin."""
    flat = LogLinearParameters(
        EDGES, TREND, np.log(np.repeat([[0.03], [0.02]], 4, axis=1)), np.zeros((2, 1)), np.zeros((2, 1))
    )
    age = np.array([3.0, 7.0, 19.5, 45.0, 400.0])
    ahead = incidence_ahead(flat, np.zeros((5, 1)), age=age, horizon=HORIZON)
    closed = (1 - np.exp(-0.05 * HORIZON)) * np.array([[0.6], [0.4]])
    assert np.allclose(closed[:, None, :], ahead, rtol=0, atol=1e-12)
    net = net_ahead(flat, np.zeros((5, 1)), age=age, horizon=HORIZON)
    assert np.allclose(1 - np.exp(-0.03 * HORIZON), net, rtol=0, atol=1e-12)


def test_what_comes_ahead_grows_and_keeps_inside_one() -> None:
    """From 0 it never falls, both causes together stay under 1, and the net probability is at least the competing."""
    found = _fit(1.0)
    ahead = incidence_ahead(found, ROWS, age=ENTRY, horizon=HORIZON)
    net = net_ahead(found, ROWS, age=ENTRY, horizon=HORIZON)
    assert not ahead[:, :, 0].any()
    assert bool((np.diff(ahead, axis=2) > 0).all())
    assert bool((ahead.sum(0) < 1).all())
    assert bool((net[:, 1:] > ahead[0, :, 1:]).all())


def test_waiting_in_two_stretches_is_waiting_in_one() -> None:
    """F(30) = F(12) + S(12) F(18 | 12 days older), for every row."""
    found = _fit(1.0)
    whole = incidence_ahead(found, ROWS, age=ENTRY, horizon=np.array([12.0, 30.0]))
    later = incidence_ahead(found, ROWS, age=ENTRY + 12, horizon=np.array([18.0]))
    left = 1 - whole[:, :, 0].sum(0)
    assert np.allclose(whole[:, :, 1], whole[:, :, 0] + left * later[:, :, 0], rtol=0, atol=1e-12)


def test_an_empty_bin_is_too_little_unless_neighbours_lend() -> None:
    """No end by cause 1 in the second bin: refused, or between its neighbours."""
    cause = np.where((DURATION > 7) & (DURATION <= 12) & (CAUSE == 1), 2, CAUSE)
    with pytest.raises(NotEnoughData):
        _fit(cause=cause)
    lent = _fit(cause=cause, smooth=30.0).baseline[0]
    assert lent[0] - 2 < lent[1] < lent[2]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"entry": DURATION}, "before its end"),
        ({"entry": ENTRY - 1}, "lies in the bins"),
        ({"trend": TREND[:3]}, "between two"),
        ({"edges": EDGES[::-1]}, "edges rise"),
        ({"weight": -WEIGHT}, "not negative"),
        ({"weight": WEIGHT[1:]}, "a weight"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, Floats], why: str) -> None:
    """A caller's mistake is a ValueError that says which."""
    given = {"entry": ENTRY, "trend": TREND, "edges": EDGES, "weight": WEIGHT} | change
    with pytest.raises(ValueError, match=why):
        fit_log_linear(
            ROWS,
            DURATION,
            CAUSE,
            entry=given["entry"],
            edges=given["edges"],
            trend=given["trend"],
            ridge=1.0,
            weight=given["weight"],
        )


def test_an_age_before_the_first_bin_is_refused() -> None:
    """Nothing is known of a wait of two days where the bins begin at three."""
    with pytest.raises(ValueError, match="before the first bin"):
        incidence_ahead(TRUTH, ROWS[:1], age=np.array([2.0]), horizon=HORIZON)


def test_rows_of_a_wild_scale_give_the_same_model() -> None:
    """Covariates in the hundreds: the halved steps find the same model as on a scale of one."""
    small = _fit()
    large = _fit(rows=ROWS * 300)
    assert np.allclose(small.effect, large.effect * 300, rtol=0, atol=1e-6)


def test_fifty_thousand_rows_of_thirty_cost_few_sorts() -> None:
    """50,000 rows, 30 covariates, ten bins, both causes: half a second where 200,000 numbers sort in 33 ms."""
    rng = np.random.default_rng(1)
    rows = rng.standard_normal((50_000, 30))
    wait, cut = rng.exponential(25.0 * np.exp(0.2 * rows[:, 0])), rng.uniform(20, 120, 50_000)
    cause = np.where(wait <= cut, rng.integers(1, 3, 50_000), 0)
    edges = np.array([7.0, 10, 14, 20, 27, 35, 45, 55, 70, 90, 130])
    trend = np.log(edges[:-1] / 30)

    def work() -> LogLinearParameters:
        return fit_log_linear(
            rows, 7 + np.minimum(wait, cut), cause, entry=np.full(50_000, 7.0), edges=edges, trend=trend, ridge=1.0
        )

    assert sorts(work, runs=3) <= 40


def test_what_has_passed_is_what_survival_has_lost() -> None:
    """exp(-(H_1 + H_2)) from an entry on is 1 less both incidences ahead of it."""
    found = _fit()
    passed = hazard_passed(found, ROWS, entry=ENTRY, duration=ENTRY + 30.0)
    ahead = incidence_ahead(found, ROWS, age=ENTRY, horizon=np.array([30.0]))
    np.testing.assert_allclose(np.exp(-passed.sum(0)), 1 - ahead.sum(0)[:, 0], rtol=1e-12)
    np.testing.assert_allclose(-np.expm1(-passed[0]), net_ahead(found, ROWS, age=ENTRY, horizon=np.array([30.0]))[:, 0])


def test_the_likelihood_is_best_where_it_was_fitted() -> None:
    """Of waits that end within the bins; a step away from the fit, in any parameter, is worse."""
    within = DURATION <= EDGES[-1]
    rows, entry, duration, cause = ROWS[within], ENTRY[within], DURATION[within], CAUSE[within]
    found = fit_log_linear(rows, duration, cause, entry=entry, edges=EDGES, trend=TREND, ridge=0.0)
    best = log_likelihood(found, rows, duration, cause, entry=entry).sum()
    for name in ("baseline", "effect", "interaction"):
        values = getattr(found, name)
        for place in np.ndindex(values.shape):
            for step in (-0.02, 0.02):
                moved = values.copy()
                moved[place] += step
                there = replace(found, **{name: moved})
                assert log_likelihood(there, rows, duration, cause, entry=entry).sum() < best


def test_an_open_wait_tells_what_has_passed_alone() -> None:
    """Its end was not seen, so no hazard at it is taken."""
    found, none = _fit(), np.zeros(len(ROWS), np.int64)
    told = log_likelihood(found, ROWS, DURATION, none, entry=ENTRY)
    np.testing.assert_allclose(told, -hazard_passed(found, ROWS, entry=ENTRY, duration=DURATION).sum(0))


def test_hazards_of_many_models_are_read_at_once() -> None:
    """Two fits side by side give what each gives alone, to the last bit."""
    fits = [_fit(), _fit(ridge=30.0)]
    both = np.concatenate([hazards(each, ROWS) for each in fits], axis=1)
    age = np.tile(ENTRY, 2)
    incidence = incidence_of_hazards(both, EDGES, age=age, horizon=HORIZON)
    net = net_of_hazards(both, EDGES, age=age, horizon=HORIZON)
    for i, each in enumerate(fits):
        mine = slice(i * len(ROWS), (i + 1) * len(ROWS))
        np.testing.assert_array_equal(incidence_ahead(each, ROWS, age=ENTRY, horizon=HORIZON), incidence[:, mine])
        np.testing.assert_array_equal(net_ahead(each, ROWS, age=ENTRY, horizon=HORIZON), net[mine])
