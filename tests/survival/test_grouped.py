from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.survival import Estimate, grouped_medians, kaplan_meier, median_with_interval

waits = st.lists(
    st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=60
)


def _close(one: Estimate, other: Estimate) -> bool:
    return (one.n, one.censored) == (other.n, other.censored) and all(
        a == pytest.approx(b, abs=1e-6) for a, b in zip(_values(one), _values(other), strict=True)
    )


def _values(found: Estimate) -> tuple[float | None, ...]:
    return found.value, found.lower, found.upper


@given(waits, st.sampled_from((0.0, 1.0)))
def test_each_group_has_the_median_of_its_own_curve(rows: list[tuple[int, bool, int, int]], tick: float) -> None:
    """One pass over all groups gives what a curve for each gives, limits by clusters included; group 3 is empty."""
    duration = np.array([row[0] for row in rows], np.float64)
    observed = np.array([row[1] for row in rows], np.bool_)
    cluster, group = (np.array([row[i] for row in rows], np.int64) for i in (2, 3))
    found = grouped_medians(duration, observed, cluster=cluster, group=group, widen=np.ones(4), tick=tick)
    for each in range(3):
        mine = group == each
        if mine.any():
            curve = kaplan_meier(duration[mine], observed[mine], cluster=cluster[mine])
            assert _close(median_with_interval(curve, tick), found[each])
    assert found[3] == Estimate(None, None, None, 0, 0)


def test_many_groups_have_the_medians_of_their_curves() -> None:
    """Forty months of a lively chat, uneven clusters, a tenth cut off."""
    rng = np.random.default_rng(4)
    n = 20_000
    cluster = np.sort(rng.integers(0, 2000, n))
    group = cluster // 50
    duration = np.round(np.exp(rng.standard_normal(2000)[cluster] + rng.standard_normal(n)), 1)
    observed = rng.random(n) < 0.9
    found = grouped_medians(duration, observed, cluster=cluster, group=group, widen=np.ones(40))
    for each in range(40):
        mine = group == each
        assert _close(
            median_with_interval(kaplan_meier(duration[mine], observed[mine], cluster=cluster[mine])), found[each]
        )


def test_no_duration_has_no_median() -> None:
    """Two empty groups."""
    none = np.empty(0, np.int64)
    found = grouped_medians(np.empty(0), np.empty(0, np.bool_), cluster=none, group=none, widen=np.ones(2))
    assert found == (Estimate(None, None, None, 0, 0),) * 2


def test_a_wider_group_has_the_same_median_and_wider_limits() -> None:
    """Twice the standard error for the second group alone."""
    rng = np.random.default_rng(5)
    duration, cluster = np.tile(np.round(rng.lognormal(size=200), 2), 2), np.tile(np.arange(200) // 5, 2)
    group = np.repeat([0, 1], 200)
    seen = np.ones(400, np.bool_)
    plain, wide = grouped_medians(duration, seen, cluster=cluster, group=group, widen=np.array([1.0, 2.0]))
    assert plain.value == wide.value
    assert (wide.lower or 0) < (plain.lower or 0) < (plain.upper or 0) < (wide.upper or 0)
