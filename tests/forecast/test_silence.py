"""The silence forecast: whole probabilities, the same for both sides, and moved by what the logs say moves it."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from fallow.dyad import COVARIATES
from fallow.forecast import HORIZONS, Forecast, forecast_silences, load_population, present_silences, read_population
from forecast.silences import DAY_US, dyad_of, rows_of

SOME = "omomomommo"
MONTH = HORIZONS.index(30.0)


def forecast(returns: str = SOME, *, age_days: float = 7.0, shift: int = 0, limits: bool = False) -> Forecast:
    return forecast_silences(dyad_of(returns, age_days=age_days, shift=shift), load_population(), limits=limits)


def test_the_population_names_its_logs() -> None:
    """Five public logs, each with its size, hash and citation, in well under a megabyte."""
    population = load_population()
    assert ["collegemsg", "fbwall", "emaileu", "manufacturing", "enron"] == [log.name for log in population.logs]
    assert all(len(log.sha256) == 64 and log.cite and log.dyads > 300 and log.again for log in population.logs)
    assert len(msgspec.json.encode(population)) < 300_000


def test_a_population_of_other_covariates_is_refused() -> None:
    """Numbers that belong to other columns would be read as nonsense."""
    other = msgspec.structs.replace(load_population(), covariates=(*COVARIATES[:-1], "something_else"))
    with pytest.raises(ValueError, match="other covariates"):
        read_population(msgspec.json.encode(other))


@pytest.mark.parametrize("age_days", [1.0, 7.0, 45.0, 400.0])
def test_chances_are_whole(age_days: float) -> None:
    """They add up to 1, grow with the horizon, and the net chance is never less than the one with two ways to end."""
    found = forecast(age_days=age_days, limits=True)
    np.testing.assert_allclose(1.0, found.other + found.self + found.neither, atol=1e-12)
    for rising in (found.other, found.self, found.net, -found.neither):
        assert bool((np.diff(rising, axis=1) >= 0).all())
    assert bool((found.net >= found.other).all())
    assert found.limits is not None
    assert bool((found.limits >= 0).all() and (found.limits <= 1).all())
    assert bool((found.limits[:, 0] <= found.limits[:, 1]).all())


def test_swapping_the_sides_swaps_the_chances() -> None:
    """Both views of every dyad were learned from, so what holds for one side holds for the other."""
    one = forecast("ommomomoomm")
    mirror = dyad_of("ommomomoomm", age_days=7.0, mirror=True)
    two = forecast_silences(mirror, load_population(), limits=False)
    np.testing.assert_allclose(one.other, two.self, atol=2e-3)
    np.testing.assert_allclose(one.self, two.other, atol=2e-3)


def test_when_it_was_does_not_matter() -> None:
    """Ten years later the same past gives the same forecast."""
    one, two = forecast(), forecast(shift=3_650 * DAY_US)
    np.testing.assert_array_equal(one.other, two.other)


def test_who_came_back_before_moves_it_most() -> None:
    """Where they ended every silence their chance is higher than where ego did, and ego's lower."""
    theirs, mine = forecast("oooooooooo"), forecast("mmmmmmmmmm")
    assert theirs.other[0, MONTH] > 1.5 * mine.other[0, MONTH]
    assert theirs.self[0, MONTH] < mine.self[0, MONTH]


def test_the_longer_it_lasts_the_less_likely_it_ends() -> None:
    """Within the next month, from a week of silence to four months: down at every step."""
    chances = [float(forecast(age_days=age).other[0, MONTH]) for age in (7, 14, 30, 60, 120)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < chances[0] / 2


def test_many_dyads_are_forecast_as_each_alone() -> None:
    """A batch changes nothing: every dyad has its own past and its own weights."""
    each = [rows_of(returns, age_days=9.0) for returns in ("oommo", "mmmmmm", "ooooooo")]
    dyad = np.concatenate([np.full(len(at), i) for i, (at, _, _) in enumerate(each)])
    at, sender, now = (np.concatenate([rows[part] for rows in each]) for part in range(3))
    together = forecast_silences(present_silences(dyad, at, sender, now), load_population(), limits=False)
    alone = [forecast(returns, age_days=9.0).other for returns in ("oommo", "mmmmmm", "ooooooo")]
    np.testing.assert_allclose(np.concatenate(alone), together.other, rtol=1e-12)


def test_a_dyad_that_wrote_today_has_no_silence() -> None:
    """Under a day there is nothing to look at, and neither is there after nine messages."""
    assert 0 == len(dyad_of(SOME, age_days=0.9).days)
    assert 0 == len(dyad_of("", age_days=30.0).days)
