from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cost import sorts
from fallow.errors import NotEnoughData
from fallow.survival import aalen_johansen, incidence_at, kaplan_meier

I = np.arange(400)  # noqa: E741 - the index of the formulas below
DURATION = (I * I * 37 % 307) / 8 + I % 11 + 0.5
CAUSE = np.where(I % 5 == 0, 0, np.where(I % 3 == 0, 1, 2))
ENTRY = DURATION * (I * 13 % 10) / 12
TIMES = np.array([2.0, 10.0, 30.0, 42.0])

waits = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(-1, 6)), min_size=1, max_size=40)


def _columns(rows: list[tuple[int, int, int]]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    duration = np.array([d for d, _, _ in rows], np.float64)
    return duration, np.array([c for _, c, _ in rows], np.int64), np.minimum([e for _, _, e in rows], duration - 1.0)


def test_incidence_and_its_limits_agree_with_r_survival_and_cmprsk() -> None:
    """400 waits with ties: survfit(Surv(d, factor(cause)) ~ 1, conf.type = "log-log") of R 4.2.2 with survival 3.5.3,
    at four times: F of both causes, standard errors, limits; estimates the same from cuminc of cmprsk 2.2.11."""
    curves = aalen_johansen(DURATION, CAUSE)
    step = np.searchsorted(curves.time, TIMES, side="right") - 1
    incidence = [[0.0, 0.0025062656641604], [0.033000006596477, 0.0734399109022368]]
    incidence += [[0.194568509992540, 0.3824852775421418], [0.304134810269022, 0.5927799949589510]]
    error = [[0.0, 0.0025031230100539], [0.0090014539150567, 0.0131300538479584]]
    error += [[0.0207964953430283, 0.0256047234070619], [0.0253337656428175, 0.0276615867337394]]
    lower = [[0.0, 0.00024745677210384], [0.018498968030681, 0.05047374449497612]]
    lower += [[0.155601426726712, 0.33232259128237451], [0.255311372934961, 0.53639868504729038]]
    upper = [[0.0, 0.013310790917546], [0.054127438717086, 0.101940385423810]]
    upper += [[0.236849443469878, 0.432392575701049], [0.354259640668852, 0.644665700304312]]
    for expected, actual in zip(
        (incidence, error, lower, upper),
        (curves.cumulative_incidence, np.sqrt(curves.variance), curves.lower, curves.upper),
        strict=True,
    ):
        assert np.allclose(expected, actual[:, step].T, rtol=0, atol=1e-12)


def test_hazards_agree_with_r_survival() -> None:
    """Nelson-Aalen of both causes (cumhaz of the survfit above) and the standard error of cause 1 (std.chaz of
    survfit(Surv(d, cause == 1) ~ 1)), R 4.2.2 with survival 3.5.3."""
    curves = aalen_johansen(DURATION, CAUSE)
    step = np.searchsorted(curves.time, TIMES, side="right") - 1
    expected = [[0.0, 0.0025062656641604], [0.035064152157277, 0.0772223473563932]]
    expected += [[0.289995982110076, 0.5667571832966815], [0.728974271902837, 1.5118662867970267]]
    assert np.allclose(expected, curves.cumulative_hazard[:, step].T, rtol=0, atol=1e-12)
    errors = [0.0, 0.0097333295795825, 0.03583145120484, 0.0914989194182503]
    assert np.allclose(errors, np.sqrt(curves.hazard_variance[0, step]), rtol=0, atol=1e-12)


def test_waits_that_came_late_agree_with_r_survival() -> None:
    """The same waits seen from an entry on: survfit(Surv(e, d, factor(cause)) ~ 1) for F and the hazards; with both
    causes as one, survfit(Surv(e, d, cause > 0) ~ 1) for the standard error. R 4.2.2 with survival 3.5.3."""
    curves = aalen_johansen(DURATION, CAUSE, entry=ENTRY)
    step = np.searchsorted(curves.time, TIMES, side="right") - 1
    incidence = [[0.0, 0.019230769230769], [0.073169096540562, 0.181862727989347]]
    incidence += [[0.224516412015381, 0.474768545109107], [0.302494034009384, 0.624746507346620]]
    hazards = [[0.0, 0.019230769230769], [0.085835352592943, 0.206848796157689]]
    hazards += [[0.393892005551386, 0.801099514720298], [0.834987075647307, 1.751272851681193]]
    assert np.allclose(incidence, incidence_at(curves, TIMES).T, rtol=0, atol=1e-12)
    assert np.allclose(hazards, curves.cumulative_hazard[:, step].T, rtol=0, atol=1e-12)
    one = aalen_johansen(DURATION, (CAUSE > 0).astype(np.int64), entry=ENTRY)
    expected = [0.019044960339621, 0.036338587028503, 0.025786255507012, 0.013893826465975]
    assert np.allclose(expected, np.sqrt(one.variance[0, step]), rtol=0, atol=1e-12)


@given(waits)
def test_all_that_can_happen_sums_to_one(rows: list[tuple[int, int, int]]) -> None:
    """S + F_1 + F_2 = 1 at every step, S falls from 1, F never falls and lies between its limits."""
    duration, cause, entry = _columns(rows)
    for late in (None, entry):
        curves = aalen_johansen(duration, cause, entry=late)
        assert np.allclose(1.0, curves.survival + curves.cumulative_incidence.sum(0), rtol=0, atol=1e-12)
        assert bool((np.diff(np.append(1.0, curves.survival)) <= 0).all())
        assert bool((np.diff(curves.cumulative_incidence, axis=1) >= 0).all())
        assert bool((curves.lower <= curves.cumulative_incidence + 1e-12).all())
        assert bool((curves.cumulative_incidence <= curves.upper + 1e-12).all())


@given(waits)
def test_the_causes_are_each_others_mirror(rows: list[tuple[int, int, int]]) -> None:
    """Names of the causes swapped: the two rows change places."""
    duration, cause, entry = _columns(rows)
    one, other = (aalen_johansen(duration, each, entry=entry) for each in (cause, (3 - cause) % 3))
    for name in ("cumulative_incidence", "variance", "cumulative_hazard", "lower", "upper"):
        assert np.allclose(getattr(one, name), getattr(other, name)[::-1], rtol=0, atol=1e-12)


@given(waits)
def test_incidence_is_the_sum_of_its_fractions(rows: list[tuple[int, int, int]]) -> None:
    """Equal to the sum of S(t-) d / Y in exact fractions; at risk is whoever entered before t and reaches it."""
    duration, cause, entry = _columns(rows)
    alive, total = Fraction(1), [Fraction(0), Fraction(0)]
    for t in sorted({d for d, c in zip(duration.tolist(), cause.tolist(), strict=True) if c}):
        at_risk = int(((entry < t) & (duration >= t)).sum())
        ends = [int(((duration == t) & (cause == k)).sum()) for k in (1, 2)]
        total = [total[k] + alive * Fraction(ends[k], at_risk) for k in (0, 1)]
        alive *= Fraction(at_risk - sum(ends), at_risk)
    found = incidence_at(aalen_johansen(duration, cause, entry=entry), np.array([0.0, 99.0]))
    assert np.allclose([[0.0, float(each)] for each in total], found, rtol=0, atol=1e-12)


@given(waits)
def test_one_cause_alone_is_kaplan_meier(rows: list[tuple[int, int, int]]) -> None:
    """Without the second cause F_1 is 1 - S, and its variance is Greenwood's: the limits of S mirrored."""
    duration, cause, _ = _columns(rows)
    curves, curve = aalen_johansen(duration, np.minimum(cause, 1)), kaplan_meier(duration, cause > 0)
    assert np.allclose(1 - curve.survival, curves.cumulative_incidence[0], rtol=0, atol=1e-12)
    inside = curve.survival > 0
    log = np.log(curve.survival[inside])
    width = np.log(np.log(curve.lower[inside]) / log) / 1.959963984540054
    greenwood = (width * -log * curve.survival[inside]) ** 2
    assert np.allclose(greenwood, curves.variance[0, inside], rtol=0, atol=1e-9)


def test_taking_the_other_cause_for_censoring_says_too_much() -> None:
    """Ten waits, alternately ended by either: half end by cause 1, though Kaplan-Meier of cause 1 alone says more."""
    duration, cause = np.arange(1.0, 11.0), np.tile([1, 2], 5)
    assert incidence_at(aalen_johansen(duration, cause), np.array([10.0]))[0, 0] == pytest.approx(0.5)
    assert 1 - kaplan_meier(duration, cause == 1).survival[-1] > 0.6


def test_the_limits_cover_what_was_simulated() -> None:
    """1,000 samples of 150 waits, hazards 0.03 and 0.02, entered late: F_1(20) lies inside in 93 to 97 of 100."""
    rng = np.random.default_rng(6)
    truth, inside = 0.6 * (1 - np.exp(-0.05 * 20)), 0
    for _ in range(1000):
        entry = rng.uniform(0, 5, 150)
        wait, cut = entry + rng.exponential(20, 150), entry + rng.exponential(60, 150)
        cause = np.where(wait <= cut, np.where(rng.random(150) < 0.6, 1, 2), 0)
        curves = aalen_johansen(np.minimum(wait, cut), cause, entry=entry)
        if curves.time[0] > 20 or bool((curves.at_risk[:5] < 2).any()):
            inside += 1  # nobody there yet at the very beginning: says nothing about the limits
            continue
        step = np.searchsorted(curves.time, 20.0, side="right") - 1
        inside += int(curves.lower[0, step] <= truth <= curves.upper[0, step])
    assert 930 <= inside <= 975


def test_no_wait_at_all_is_too_little() -> None:
    """An empty column raises, it does not give a flat curve."""
    with pytest.raises(NotEnoughData):
        aalen_johansen(np.empty(0), np.empty(0, np.int64))


@pytest.mark.parametrize(
    ("duration", "cause", "entry", "why"),
    [
        ([1.0], [1, 2], None, "needs one cause"),
        ([np.nan], [1], None, "finite and not negative"),
        ([1.0], [3], None, "a cause is 1, 2"),
        ([1.0], [1], [1.0], "before its end"),
    ],
)
def test_what_cannot_be_is_refused(
    duration: list[float], cause: list[int], entry: list[float] | None, why: str
) -> None:
    """A caller's mistake is a ValueError that says which."""
    late = None if entry is None else np.array(entry)
    with pytest.raises(ValueError, match=why):
        aalen_johansen(np.array(duration), np.array(cause), entry=late)


def test_half_a_million_waits_cost_a_few_sorts() -> None:
    """All distinct, entered late: sorting is what it costs."""
    rng = np.random.default_rng(1)
    entry = rng.uniform(0, 1, 500_000)
    duration, cause = entry + rng.lognormal(size=500_000), rng.integers(0, 3, 500_000)
    assert sorts(lambda: aalen_johansen(duration, cause, entry=entry), runs=2) <= 16
