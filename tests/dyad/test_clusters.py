from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fallow.dyad import MIN_CLUSTERS, clustered_ratio, clustered_share, wilson_interval
from fallow.errors import NotEnoughData

some_of = st.integers(0, 6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
clusters = st.lists(some_of, min_size=0, max_size=60)


@given(clusters)
def test_the_limits_of_a_share_hold_it_and_are_no_narrower_than_wilsons(rows: list[tuple[int, int]]) -> None:
    """Clusters can only take certainty away; none and all stay in range."""
    counts, totals = np.array(rows, np.int64).reshape(-1, 2).T
    if np.count_nonzero(totals) < MIN_CLUSTERS:
        with pytest.raises(NotEnoughData):
            clustered_share(counts, totals)
        return
    share, plain = clustered_share(counts, totals), wilson_interval(int(counts.sum()), int(totals.sum()))
    assert 0 <= share.lower <= share.value <= share.upper <= 1
    assert share.upper - share.lower >= plain.upper - plain.lower - 1e-12
    assert (plain.count, plain.n) == (share.count, share.n)


@given(clusters)
def test_the_share_of_the_others_mirrors(rows: list[tuple[int, int]]) -> None:
    """What is not counted has one minus the limits."""
    counts, totals = np.array(rows, np.int64).reshape(-1, 2).T
    if np.count_nonzero(totals) >= MIN_CLUSTERS:
        share, rest = clustered_share(counts, totals), clustered_share(totals - counts, totals)
        assert (share.lower, share.upper) == (pytest.approx(1 - rest.upper), pytest.approx(1 - rest.lower))


def test_a_ratio_agrees_with_r() -> None:
    """Words of 24 bouts, R 4.2.2: sum(y) / sum(x), and limits r -+ qt(.975, 23) * sqrt(23 / 24 * sum((l - mean(l))^2))
    with l <- sapply(1:24, function(k) sum(y[-k]) / sum(x[-k])); Student's point here is right to 0.001."""
    i = np.arange(24)
    found = clustered_ratio((i * 7 % 11 + 3) * (i % 4 + 1), i % 4 + 1)
    assert (60, 7.983333333333) == (found.n, pytest.approx(found.value, abs=1e-9))
    assert (6.377955841712, 9.588710824954) == pytest.approx((found.lower, found.upper), abs=1e-3)


def _moody(rng: np.random.Generator, bouts: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Messages, questions and words of bouts whose mood moves how often they ask (0.3) and how long they are (7)."""
    totals = rng.geometric(1 / 6, bouts)
    asked = rng.binomial(totals, rng.beta(1.5, 3.5, bouts))
    words = 7 * totals * rng.gamma(4, 1 / 4, bouts) + rng.standard_normal(bouts) * 3 * np.sqrt(totals)
    return totals, asked, words


def test_the_limits_cover_where_messages_of_a_bout_resemble_each_other() -> None:
    """2,000 records of 80 bouts: both intervals cover 93 to 97 in 100 (two standard errors of that count are 1.0);
    Wilson's, which takes each message as a witness of its own, under 85."""
    rng = np.random.default_rng(9)
    held = np.zeros(3)
    for _ in range(2000):
        totals, asked, words = _moody(rng, 80)
        share, mean = clustered_share(asked, totals), clustered_ratio(words, totals)
        plain = wilson_interval(int(asked.sum()), int(totals.sum()))
        held += (
            share.lower <= 0.3 <= share.upper,
            mean.lower <= 7 <= mean.upper,
            plain.lower <= 0.3 <= plain.upper,
        )
    assert 0.93 <= held[0] / 2000 <= 0.97
    assert 0.93 <= held[1] / 2000 <= 0.97
    assert held[2] / 2000 < 0.85


def test_under_ten_clusters_nothing_is_said() -> None:
    """However many messages they hold."""
    nine = np.full(9, 1000)
    with pytest.raises(NotEnoughData):
        clustered_ratio(nine, nine)
