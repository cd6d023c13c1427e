from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cost import sorts
from fallow.dyad import count_openings, find_bouts, participants, reply_latencies, silences
from fallow.messages import ALTER, Kind
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad

HOUR_US = 3_600_000_000
PLAIN = DyadParameters(
    alter=SideParameters(opens_per_day=0.5, reply_minutes=9.0),
    days=1500,
    least_pause_hours=4.0,
    silences_per_day=0.0,
    resolution=1_000_000,
)


def test_one_seed_gives_one_dyad() -> None:
    """The same state of chance gives the same table, another state another one."""
    first, again, other = (simulate_dyad(DyadParameters(), np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert all(
        np.array_equal(getattr(first, column), getattr(again, column))
        for column in ("at", "offset", "sender", "kind", "words", "size")
    )
    assert not np.array_equal(first.at, other.at)


def test_each_side_opens_at_its_own_rate() -> None:
    """Half a bout against one a day: a third of the bouts is alter's, within the interval."""
    table = simulate_dyad(PLAIN, np.random.default_rng(1))
    bouts = find_bouts(table, 4 * HOUR_US - 1)
    share = count_openings(table, bouts).overall.alter
    assert len(bouts) == pytest.approx(1500 * 1.5, rel=0.05)
    assert share.lower <= 1 / 3 <= share.upper


def test_half_of_the_waits_are_over_at_the_stated_median() -> None:
    """The closed form of the parameters is what the generated waits do."""
    table = simulate_dyad(PLAIN, np.random.default_rng(2))
    replies = reply_latencies(table, find_bouts(table, 4 * HOUR_US - 1))
    over = [
        float(np.mean(replies.ego.duration <= PLAIN.reply_median_days("ego"))),
        float(np.mean(replies.alter.duration <= PLAIN.reply_median_days("alter"))),
    ]
    assert over == pytest.approx([0.5, 0.5], abs=0.02)


def test_long_silences_are_ended_in_proportion_to_the_hazards() -> None:
    """Hazards of 0.1 and 0.3 a day: alter ends three of four, and three days have passed before any ends."""
    ego, alter = SideParameters(breaks_per_day=0.1), SideParameters(breaks_per_day=0.3)
    table = simulate_dyad(DyadParameters(ego=ego, alter=alter, days=20_000), np.random.default_rng(3))
    found = silences(table)
    assert len(found) == pytest.approx(20_000 / (1 / 0.02 + 3 + 1 / 0.4), rel=0.15)
    assert float(np.mean(found.broken_by == ALTER)) == pytest.approx(0.75, abs=0.06)


def test_a_decline_shows_in_the_last_quarter() -> None:
    """Alter's messages fall after three quarters of the record, ego's by far less."""
    parameters = DyadParameters(days=2000, silences_per_day=0.0, alter=SideParameters(decline=0.9))
    table = simulate_dyad(parameters, np.random.default_rng(4))
    late = table.at >= np.quantile(table.at, 0.9)
    assert float(np.mean(table.sender[late] == ALTER)) < float(np.mean(table.sender[~late] == ALTER)) - 0.05


def test_only_texts_have_words() -> None:
    """Media are about as many as stated; media and calls have no words, texts at least one."""
    table = simulate_dyad(DyadParameters(days=1000), np.random.default_rng(5))
    text = table.kind == Kind.TEXT
    sides = participants(table)
    assert bool((table.words[text] >= 1).all())
    assert int(table.words[~text].sum()) == 0
    assert (sides.ego.media + sides.alter.media) / len(table) == pytest.approx(0.06, abs=0.01)


def test_the_clock_ticks_in_the_stated_resolution() -> None:
    """Whole minutes by default, as WhatsApp on Android writes them."""
    table = simulate_dyad(DyadParameters(), np.random.default_rng(6))
    assert int((table.at % 60_000_000).sum()) == 0


def test_nobody_who_opens_makes_an_empty_record() -> None:
    """Rates of zero give no message, not an error."""
    silent = SideParameters(opens_per_day=0.0)
    parameters = DyadParameters(ego=silent, alter=silent, silences_per_day=0.0)
    assert len(simulate_dyad(parameters, np.random.default_rng(7))) == 0


@pytest.mark.parametrize(
    "wrong", [{"turns_per_bout": 2.0}, {"days": 0}, {"day_rhythm": (1.0,)}, {"decline_start": 1.0}]
)
def test_a_dyad_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    """Parameters are checked where they are made."""
    with pytest.raises(ValueError):
        replace(DyadParameters(), **wrong)


def test_a_silence_nobody_ends_is_refused() -> None:
    """Long silences need a hazard of ending."""
    never = SideParameters(breaks_per_day=0.0)
    with pytest.raises(ValueError, match="nobody ends"):
        DyadParameters(ego=never, alter=never)


def test_a_million_messages_cost_a_few_dozen_sorts() -> None:
    """About 0.3 seconds where that sort takes 0.06."""
    busy = SideParameters(opens_per_day=2.5)
    parameters = DyadParameters(ego=busy, alter=busy, days=15_600)
    assert len(simulate_dyad(parameters, np.random.default_rng(1))) > 900_000
    assert sorts(lambda: simulate_dyad(parameters, np.random.default_rng(1)), runs=2) <= 40
