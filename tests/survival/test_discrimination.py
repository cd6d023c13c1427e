from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost import sorts
from fallow.errors import NotEnoughData
from fallow.survival import area_under_curve, censoring_survival, concordance

I = np.arange(500)  # noqa: E741 - the index of the formulas below
DURATION = (I * 197 % 500) / 8 + 0.5
CAUSE = np.where(I % 4 == 0, 0, np.where((I * I + I) % 3 == 0, 1, 2))
MARK = np.round(1 / (1 + np.exp((DURATION - 20) / 25 + (I * I * 7 % 101) / 25 - 2)), 2)
HORIZON = np.array([3.3, 7.3, 14.3, 30.3, 40.3])

Rows = list[tuple[int, int, int, int]]
rows_of = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 2), st.integers(0, 4), st.integers(1, 3)), min_size=2, max_size=25
)


def test_areas_agree_with_scikit_survival() -> None:
    """500 waits without ties in time, with ties in the mark, both causes as one: cumulative_dynamic_auc of
    scikit-survival 0.28.0."""
    expected = [0.7079710992718252, 0.7534085987061105, 0.7363862763314236, 0.7462227126277359, 0.7529650666409801]
    areas = area_under_curve(np.tile(MARK[:, None], 5), DURATION, np.minimum(CAUSE, 1), horizon=HORIZON)
    assert np.allclose(expected, areas, rtol=0, atol=1e-12)


def test_concordance_agrees_with_scikit_survival_and_r() -> None:
    """The same waits, up to 30 days: concordance_index_ipcw(tau = 30) of scikit-survival 0.28.0, and 1 minus
    concordance(Surv(d, cause > 0) ~ mark, timewt = "n/G2", ymax = 30) of R 4.2.2 with survival 3.5.3. Nothing
    censored: concordance_index_censored, and R's 1 - 0.31961122244489."""
    found = concordance(MARK, DURATION, np.minimum(CAUSE, 1), until=30.0)
    assert found == pytest.approx(0.6915546366647377, abs=1e-12)
    assert 1 - 0.308445363335263 == pytest.approx(found, abs=1e-12)
    assert concordance(MARK, DURATION, np.ones(500, np.int64)) == pytest.approx(0.6803887775551102, abs=1e-12)


def test_concordance_of_two_causes_agrees_with_r() -> None:
    """The 375 waits that were seen to end; whoever cause 2 ended never comes to cause 1: 1 minus
    concordance(Surv(ifelse(cause == 2, 1000, d), cause == 1) ~ mark), R 4.2.2 with survival 3.5.3."""
    seen = CAUSE > 0
    assert concordance(MARK[seen], DURATION[seen], CAUSE[seen]) == pytest.approx(1 - 0.412288577154309, abs=1e-12)


def _pairs(rows: Rows, *, until: float) -> tuple[float, float]:
    """The sums over all pairs, by the formula."""
    duration, cause, mark, weight = np.array(rows, np.float64).T
    before, after = (
        censoring_survival(duration, cause.astype(np.int64), at=duration, before=side, weight=weight)
        for side in (True, False)
    )
    right = total = 0.0
    for i in np.flatnonzero((cause == 1) & (duration <= until)):
        for j in range(len(rows)):
            longer = duration[j] > duration[i] or (duration[j] == duration[i] and cause[j] == 0)
            each = 0.0
            if longer and after[i] > 0:
                each += 1 / after[i]
            if cause[j] == 2 and duration[j] <= duration[i]:
                each += 1 / before[j]
            each *= weight[i] * weight[j] / before[i]
            total += each
            right += each * ((mark[j] < mark[i]) + 0.5 * (mark[j] == mark[i]))
    return right, total


@given(rows_of, st.integers(3, 9))
def test_concordance_is_the_sum_over_all_pairs(rows: Rows, until: int) -> None:
    """The fast count gives what a loop over pairs gives, ties and weights included."""
    duration, cause, mark, weight = np.array(rows, np.float64).T
    right, total = _pairs(rows, until=until)
    if total == 0:
        with pytest.raises(NotEnoughData):
            concordance(mark, duration, cause.astype(np.int64), until=until, weight=weight)
    else:
        found = concordance(mark, duration, cause.astype(np.int64), until=until, weight=weight)
        assert found == pytest.approx(right / total, abs=1e-9)


@given(rows_of, st.integers(1, 8))
def test_the_area_is_the_sum_over_all_pairs(rows: Rows, end: int) -> None:
    """Cases cause 1 ended by the horizon; controls still wait, or cause 2 ended them; ties and weights included."""
    duration, cause, mark, weight = np.array(rows, np.float64).T
    kind = cause.astype(np.int64)
    own = censoring_survival(duration, kind, at=duration, before=True, weight=weight)
    last = censoring_survival(duration, kind, at=np.array([float(end)]), before=True, weight=weight)[0]
    right = total = 0.0
    for i in np.flatnonzero((cause == 1) & (duration <= end)):
        for j in range(len(rows)):
            gone = cause[j] > 0 and duration[j] <= end
            each = (cause[j] == 2) / own[j] if gone else (1 / last if duration[j] >= end else 0.0)
            each *= weight[i] * weight[j] / own[i]
            total += each
            right += each * ((mark[j] < mark[i]) + 0.5 * (mark[j] == mark[i]))
    horizon = np.array([float(end)])
    if total == 0:
        with pytest.raises(NotEnoughData):
            area_under_curve(mark[:, None], duration, kind, horizon=horizon, weight=weight)
    else:
        found = area_under_curve(mark[:, None], duration, kind, horizon=horizon, weight=weight)
        assert found[0] == pytest.approx(right / total, abs=1e-9)


def test_a_perfect_mark_is_one_and_no_mark_a_half() -> None:
    """Soonest by cause 1 marked highest, cause 2 lowest; turned round it is 0; the same for all is a half."""
    duration, cause = np.arange(1.0, 13.0), np.tile([1, 2, 1], 4)
    mark = np.where(cause == 1, 100 - duration, 0.0)
    for each, expected in ((mark, 1.0), (-mark, 0.0), (np.zeros(12), 0.5)):
        assert expected == concordance(each, duration, cause)
        assert [expected] * 2 == area_under_curve(
            np.tile(each[:, None], 2), duration, cause, horizon=np.array([5.0, 9.0])
        ).tolist()


def test_only_the_order_of_marks_matters() -> None:
    """Squeezed or stretched, the marks say the same."""
    assert concordance(MARK, DURATION, CAUSE) == concordance(np.exp(5 * MARK), DURATION, CAUSE)


def test_cutting_waits_off_leaves_the_mean_where_it_was() -> None:
    """200 samples of 300 waits, two in five cut off before 20 days: the weighted C and AUC differ from those without
    censoring by under 0.01 in the mean; without weights the naive C (causes 2 as censored) is off by more."""
    rng = np.random.default_rng(4)
    drift = np.zeros(3)
    for _ in range(200):
        mark = rng.standard_normal(300)
        one, two = rng.exponential(20 * np.exp(-mark)), rng.exponential(20 * np.exp(-0.7 * mark))
        wait, cause = np.minimum(one, two), np.where(one < two, 1, 2)
        cut = rng.exponential(25, 300)
        seen, kind = np.minimum(wait, cut), np.where(wait <= cut, cause, 0)
        horizon = np.array([20.0])
        whole = concordance(mark, wait, cause, until=20.0)
        drift += (
            concordance(mark, seen, kind, until=20.0) - whole,
            area_under_curve(mark[:, None], seen, kind, horizon=horizon)[0]
            - area_under_curve(mark[:, None], wait, cause, horizon=horizon)[0],
            concordance(mark, wait, np.where(cause == 1, 1, 0), until=20.0) - whole,
        )
    assert np.abs(drift[:2] / 200).max() < 0.01
    assert abs(drift[2] / 200) > 0.02


def test_marks_of_another_length_are_refused() -> None:
    """Each row needs its own."""
    with pytest.raises(ValueError, match="each row needs"):
        concordance(MARK[1:], DURATION, CAUSE)
    with pytest.raises(ValueError, match="one forecast"):
        area_under_curve(MARK[:, None], DURATION, CAUSE, horizon=HORIZON)


def test_fifty_thousand_rows_cost_some_sorts_and_no_pairs() -> None:
    """2.5 thousand million pairs in about half a second."""
    rng = np.random.default_rng(1)
    mark, duration, cause = rng.random(50_000), rng.exponential(1, 50_000), rng.integers(0, 3, 50_000)
    assert sorts(lambda: concordance(mark, duration, cause), runs=2) <= 40
