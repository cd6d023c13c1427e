from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.survival import Estimate, kaplan_meier, median_with_interval

I = np.arange(400)  # noqa: E741 - the index of the formulas below
DURATION, OBSERVED = (I * I * 37 % 307) / 8 + (I % 11), I % 5 != 0
REMISSION_WEEKS = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], np.float64)
REMISSION_SEEN = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], np.bool_)


def test_clustered_limits_agree_with_r() -> None:
    """400 durations with ties in 41 clusters: survfit(Surv(d, o) ~ 1, cluster =, conf.type = "log-log") of R 4.2.2
    with survival 3.5.3, at four times; the median 25.25 (23.625 to 26.5) from its quantile()."""
    curve = kaplan_meier(DURATION, OBSERVED, cluster=I * 7 % 41)
    expected = [
        (0.989974937343, 0.974712447203, 0.996044246313),
        (0.888357370543, 0.852896886020, 0.915692741118),
        (0.404423020679, 0.362088325401, 0.446303482538),
        (0.130492766398, 0.099436078871, 0.165855166561),
    ]
    step = np.searchsorted(curve.time, [2.0, 10.0, 30.0, 40.0], side="right") - 1
    actual = np.stack((curve.survival, curve.lower, curve.upper), axis=1)[step]
    assert np.allclose(expected, actual, rtol=0, atol=1e-9)
    assert Estimate(25.25, 23.625, 26.5, 400, 80) == median_with_interval(curve)


def test_few_clusters_agree_with_r() -> None:
    """Freireich's 21 remissions, neighbours three by three: survfit of R 4.2.2 with survival 3.5.3."""
    curve = kaplan_meier(REMISSION_WEEKS, REMISSION_SEEN, cluster=np.arange(21) // 3)
    expected = [
        (0.334053879292, 0.978561058526),
        (0.377433981655, 0.953760864178),
        (0.379999407465, 0.920146881918),
        (0.355098193953, 0.875655811700),
        (0.266369854373, 0.848556598182),
        (0.198155524037, 0.788472093595),
        (0.162300347748, 0.701710875914),
    ]
    assert np.allclose(expected, np.stack((curve.lower, curve.upper), axis=1), rtol=0, atol=1e-9)


waits = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


@given(waits)
def test_clusters_of_one_are_no_clusters(pairs: list[tuple[int, bool]]) -> None:
    """Every duration for itself gives Greenwood's limits."""
    duration = np.array([d for d, _ in pairs], np.float64)
    observed = np.array([o for _, o in pairs], np.bool_)
    alone = kaplan_meier(duration, observed, cluster=np.arange(len(pairs)))
    plain = kaplan_meier(duration, observed)
    assert np.allclose(plain.lower, alone.lower, rtol=0, atol=1e-9)
    assert np.allclose(plain.upper, alone.upper, rtol=0, atol=1e-9)


@given(waits)
def test_a_record_written_twice_is_no_surer(pairs: list[tuple[int, bool]]) -> None:
    """Every duration doubled inside its cluster: the limits stay where they were."""
    duration = np.array([d for d, _ in pairs], np.float64)
    observed = np.array([o for _, o in pairs], np.bool_)
    once = kaplan_meier(duration, observed, cluster=np.arange(len(pairs)))
    twice = kaplan_meier(np.repeat(duration, 2), np.repeat(observed, 2), cluster=np.repeat(np.arange(len(pairs)), 2))
    assert np.allclose(once.lower, twice.lower, rtol=0, atol=1e-9)
    assert np.allclose(once.upper, twice.upper, rtol=0, atol=1e-9)


def test_the_limits_cover_where_neighbours_resemble_each_other() -> None:
    """1,000 records of 60 bouts of five waits that share a mood: clustered limits of the median cover 93 to 97 in 100
    (two standard errors of that count are 1.4); taken as independent, the same waits cover under 85."""
    rng = np.random.default_rng(3)
    bout = np.repeat(np.arange(60), 5)
    held = np.zeros(2)
    for _ in range(1000):
        duration = np.exp(0.8 * rng.standard_normal(60)[bout] + 0.6 * rng.standard_normal(300))
        observed = np.ones(300, np.bool_)
        for which, cluster in enumerate((bout, None)):
            found = median_with_interval(kaplan_meier(duration, observed, cluster=cluster))
            assert found.lower is not None
            assert found.upper is not None
            held[which] += found.lower <= 1.0 <= found.upper
    assert 930 <= held[0] <= 970
    assert held[1] < 850


def test_a_cluster_for_each_duration_is_asked_for() -> None:
    """Columns of two lengths are the caller's mistake."""
    with pytest.raises(ValueError, match="belongs to one cluster"):
        kaplan_meier(DURATION, OBSERVED, cluster=I[:-1])


def test_a_wider_curve_is_the_same_curve_with_wider_limits() -> None:
    """Twice the standard error on the scale of log(-log S), where the limits lie even on both sides."""
    plain, wide = (kaplan_meier(DURATION, OBSERVED, cluster=I * 7 % 41, widen=widen) for widen in (1.0, 2.0))
    reach, further = (np.log(np.log(each.lower[:9]) / np.log(each.survival[:9])) for each in (plain, wide))
    assert np.allclose(2 * reach, further)
    assert plain.survival.tolist() == wide.survival.tolist()
