"""One's own world: other dyads move the forecast towards what they show, and no further than they are many."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from fallow.dyad import ALTER_BROKE, EGO_BROKE, OPEN, Episodes, find_episodes
from fallow.errors import NotEnoughData
from fallow.forecast import HORIZONS, Recalibration, forecast_silences, load_population, recalibrate, recalibrated
from fallow.messages import ALTER, EGO
from forecast.silences import DAY_US, HOUR_US, dyad_of

DAYS = 200.0
MONTH = HORIZONS.index(30.0)


def world(dyads: int, rng: np.random.Generator, *, rate: float, theirs: float) -> Episodes:
    """Dyads whose silences end at one rate a day, `theirs` of them by alter."""
    dyad: list[int] = []
    at: list[int] = []
    sender: list[int] = []
    for number in range(dyads):
        clock = 0.0
        while clock < DAYS:
            first = ALTER if rng.random() < theirs else EGO
            for i in range(6):
                dyad.append(number)
                at.append(round(clock * DAY_US) + i * HOUR_US)
                sender.append(first if i % 2 == 0 else 1 - first)
            clock += 1.3 + float(rng.exponential(1 / rate))
    until = np.full(len(at), round(DAYS * DAY_US))
    instants = np.minimum(np.array(at, np.int64), until)
    return find_episodes(np.array(dyad, np.int64), instants, np.array(sender, np.int8), until)


def chance(recalibration: Recalibration | None) -> float:
    """That they write within a month, a week into a silence of a dyad that has hardly any of its own."""
    population = load_population()
    moved = population if recalibration is None else recalibrated(population, recalibration)
    return float(forecast_silences(dyad_of("om", age_days=7.0), moved, limits=False).other[0, MONTH])


def learned(found: Episodes) -> Recalibration:
    return recalibrate(load_population(), found, np.random.default_rng(1))


def test_a_world_where_silences_end_soon_raises_it_and_one_where_they_last_lowers_it() -> None:
    """Thirty dyads with a return every four days, or every two months."""
    soon = learned(world(30, np.random.default_rng(1), rate=1 / 4, theirs=0.5))
    late = learned(world(30, np.random.default_rng(2), rate=1 / 60, theirs=0.5))
    assert chance(late) < 0.95 * chance(None) < chance(None) < chance(soon)


def test_who_comes_back_in_that_world_counts() -> None:
    """Where the others always end it, they do it sooner here than where ego always does."""
    theirs = learned(world(30, np.random.default_rng(3), rate=1 / 8, theirs=0.9))
    own = learned(world(30, np.random.default_rng(3), rate=1 / 8, theirs=0.1))
    assert chance(own) < chance(theirs)


def test_few_dyads_move_it_less_than_many() -> None:
    """A dozen against a hundred."""
    few = learned(world(12, np.random.default_rng(4), rate=1 / 60, theirs=0.5))
    many = learned(world(100, np.random.default_rng(4), rate=1 / 60, theirs=0.5))
    assert chance(many) < chance(few) < chance(None)


def test_fewer_than_ten_say_too_little() -> None:
    """The logs know better."""
    with pytest.raises(NotEnoughData) as refused:
        learned(world(9, np.random.default_rng(5), rate=1 / 8, theirs=0.5))
    assert refused.value.details == {"have": 9, "need": 10}


def test_what_is_kept_holds_fitted_numbers_alone() -> None:
    """No time and no count of a single dyad: as many numbers from forty as from a dozen, and small."""
    sizes = []
    for dyads in (12, 40):
        kept = learned(world(dyads, np.random.default_rng(6), rate=1 / 8, theirs=0.5))
        assert dyads == kept.dyads
        body = msgspec.json.encode(kept)
        assert msgspec.json.decode(body, type=Recalibration) == kept
        fields = {each for log in kept.logs for moved in log for each in moved.__struct_fields__}
        assert fields == {"shift", "returns"}
        sizes.append(sum(np.size(moved.shift) + len(moved.returns) for log in kept.logs for moved in log))
        assert len(body) < 60_000
    assert sizes[0] == sizes[1]


def test_it_belongs_to_one_population() -> None:
    """Numbers moved from other numbers would be nonsense."""
    kept = learned(world(12, np.random.default_rng(7), rate=1 / 8, theirs=0.5))
    with pytest.raises(ValueError, match="another population"):
        recalibrated(msgspec.structs.replace(load_population(), made="2000-01-01"), kept)


def test_the_world_written_here_holds_silences_of_every_end() -> None:
    """So that the tests above stand on something."""
    found = world(30, np.random.default_rng(8), rate=1 / 8, theirs=0.5)
    assert len(found) > 300
    assert all(np.count_nonzero(found.cause == cause) > 10 for cause in (ALTER_BROKE, EGO_BROKE, OPEN))
