from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cost import sorts
from fallow.dyad import count_openings, find_bouts, participants, reply_latencies, silences
from fallow.messages import ALTER, COLUMNS, EGO, NOT_KNOWN, Kind
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
    assert all(np.array_equal(getattr(first, column), getattr(again, column)) for column in COLUMNS)
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


RAMP = DyadParameters(
    ego=SideParameters(opens_per_day=0.6, decline=0.6, slowing=3.0, words_decline=0.4, reply_spread=0.8),
    alter=SideParameters(opens_per_day=0.9, decline=0.3, slowing=0.5, reply_spread=0.8),
    days=27_000,
    day_rhythm=(1.0,) * 24,
    turns_per_bout=5.0,
    decline_start=0.3,
    decline_days=10_800.0,
    silences_per_day=0.0,
    resolution=1_000_000,
)


@pytest.mark.parametrize(("begins", "ends", "progress"), [(0, 8000, 0.0), (12_000, 15_000, 0.5), (19_000, 27_000, 1.0)])
def test_before_in_and_after_the_ramp_all_is_as_the_closed_forms_say(begins: int, ends: int, progress: float) -> None:
    """Openings, messages, waits and words of each side; nothing more moves once the ramp of 10,800 days is over."""
    table = simulate_dyad(RAMP, np.random.default_rng(8))
    day = (table.local - table.local[0]) // 86_400_000_000
    chosen = (day >= begins) & (day < ends)
    bouts = find_bouts(table, 2 * HOUR_US - 1)
    opened = bouts.opener[chosen[bouts.start]]
    replies = reply_latencies(table, bouts)
    for code, side, waits in ((EGO, "ego", replies.ego), (ALTER, "alter", replies.alter)):
        days, mine = ends - begins, chosen & (table.sender == code)
        words = table.words[mine & (table.kind == Kind.TEXT)]
        began = (waits.at + 3_600_000_000 - table.local[0]) // 86_400_000_000
        waited = waits.duration[(began >= begins) & (began < ends)]
        assert int(np.sum(opened == code)) / days == pytest.approx(RAMP.openings_per_day(side, progress), rel=0.06)
        assert int(mine.sum()) / days == pytest.approx(RAMP.messages_per_day(side, progress), rel=0.05)
        assert float(np.mean(waited <= RAMP.reply_median_days(side, progress))) == pytest.approx(0.5, abs=0.03)
        assert float(np.mean(words)) == pytest.approx(RAMP.words_median(side, progress) * np.exp(0.7**2 / 2), rel=0.04)


def test_a_wander_has_the_spread_and_the_memory_it_was_given() -> None:
    """Weeks of openings vary and resemble their neighbours by as much as the wander says, and their mean stays."""
    side = SideParameters(opens_per_day=1.0)
    swaying = DyadParameters(
        ego=side, alter=side, days=56_000, turns_per_bout=3.0, silences_per_day=0.0, sway=0.4, sway_days=28.0
    )
    counts = {}
    for name, parameters in (("swaying", swaying), ("steady", replace(swaying, sway=0.0))):
        table = simulate_dyad(parameters, np.random.default_rng(9))
        bouts = find_bouts(table, 2 * HOUR_US - 1)
        mine = bouts.start[bouts.opener == EGO]
        weeks = np.bincount((table.local[mine] - table.local[0]) // (7 * 86_400_000_000))[:7900].astype(np.float64)
        counts[name] = weeks
        assert float(weeks.mean()) == pytest.approx(7.0, rel=0.08)
    variance = float(np.var(counts["swaying"]) - np.var(counts["steady"]))
    assert variance / 7.0**2 == pytest.approx(np.exp(0.4**2) - 1, rel=0.25)
    neighbours = float(np.mean((counts["swaying"][1:] - 7) * (counts["swaying"][:-1] - 7)))
    assert neighbours / variance == pytest.approx(np.exp(-7 / 28), abs=0.12)
    assert abs(float(np.corrcoef(counts["steady"][1:], counts["steady"][:-1])[0, 1])) < 0.06


def test_only_texts_have_words() -> None:
    """Media are about as many as stated; media and calls have no words, texts at least one."""
    table = simulate_dyad(DyadParameters(days=1000), np.random.default_rng(5))
    text = table.kind == Kind.TEXT
    sides = participants(table)
    assert bool((table.words[text] >= 1).all())
    assert int(table.words[~text].sum()) == 0
    assert (sides.ego.media + sides.alter.media) / len(table) == pytest.approx(0.06, abs=0.01)


TALKING = DyadParameters(
    ego=SideParameters(asks=0.3, reacts=0.05, reads=0.4, read_minutes=0.2),
    alter=SideParameters(asks=0.1, reacts=0.25, reads=0.9, read_minutes=5.0),
    days=900,
    turns_per_bout=5.0,
    silences_per_day=0.0,
    resolution=1_000_000,
)


def test_questions_are_asked_as_often_as_each_side_asks() -> None:
    """Three of ten texts against one of ten; what has no words asks nothing, and everything is known."""
    table = simulate_dyad(TALKING, np.random.default_rng(10))
    text = table.kind == Kind.TEXT
    assert {0, 1} == set(table.asks.tolist())
    assert 0 == int(table.asks[~text].sum())
    assert float(np.mean(table.asks[text & (table.sender == EGO)])) == pytest.approx(0.3, abs=0.02)
    assert float(np.mean(table.asks[text & (table.sender == ALTER)])) == pytest.approx(0.1, abs=0.02)


def test_reactions_are_set_by_the_other_side_and_leave_the_messages_alone() -> None:
    """Without their rows the record is the one without reactions; each side reacts as often as it was given."""
    table = simulate_dyad(TALKING, np.random.default_rng(10))
    silent = replace(TALKING, ego=replace(TALKING.ego, reacts=0.0), alter=replace(TALKING.alter, reacts=0.0))
    plain = simulate_dyad(silent, np.random.default_rng(10))
    assert all(np.array_equal(getattr(table.written(), name), getattr(plain, name)) for name in COLUMNS)
    reaction = table.kind == Kind.REACTION
    by_ego, by_alter = int(np.sum(reaction & (table.sender == EGO))), int(np.sum(reaction & (table.sender == ALTER)))
    assert by_ego / int(np.sum(plain.sender == ALTER)) == pytest.approx(0.05, abs=0.01)
    assert by_alter / int(np.sum(plain.sender == EGO)) == pytest.approx(0.25, abs=0.02)
    assert 0 == int(table.words[reaction].sum()) == int(table.asks[reaction].sum())


def test_who_reads_is_known_as_often_as_stated_answered_or_not() -> None:
    """Also of turns that were never answered, so the share of read and unanswered turns is the chance of reading."""
    table = simulate_dyad(TALKING, np.random.default_rng(10)).written()
    known = table.read_at != NOT_KNOWN
    bouts = find_bouts(table, 2 * HOUR_US - 1)
    ends = np.zeros(len(table), np.bool_)
    ends[bouts.end - 1] = True
    for sender, reader in ((EGO, TALKING.alter), (ALTER, TALKING.ego)):
        mine = table.sender == sender
        assert float(np.mean(known[mine])) == pytest.approx(reader.reads, abs=0.02)
        assert float(np.mean(known[mine & ends])) == pytest.approx(reader.reads, abs=0.06)


def test_nobody_reads_before_it_was_sent_or_after_having_answered() -> None:
    """Who writes has read; where nothing cuts the time short, half is read within the stated median."""
    table = simulate_dyad(TALKING, np.random.default_rng(10)).written()
    known = table.read_at != NOT_KNOWN
    assert bool((table.read_at[known] >= table.at[known]).all())
    changes = np.flatnonzero(np.diff(table.sender))
    answered = changes[known[changes]]
    assert bool((table.read_at[answered] <= table.at[answered + 1]).all())
    bouts = find_bouts(table, 2 * HOUR_US - 1)
    last = bouts.end[:-1] - 1
    last = last[known[last] & (table.sender[last] == EGO)]
    delay = (table.read_at[last] - table.at[last]) / 60_000_000
    assert float(np.mean(delay <= 5.0)) == pytest.approx(0.5, abs=0.07)


def test_a_stretch_that_is_unseen_holds_nothing_and_says_so() -> None:
    """The messages outside it are the same, those inside are gone, and the table names the stretch."""
    full = simulate_dyad(TALKING, np.random.default_rng(10))
    holed = simulate_dyad(replace(TALKING, unseen=((100.0, 130.5), (400.0, 407.0))), np.random.default_rng(10))
    day = (full.local - 19_786 * 86_400_000_000) / 86_400_000_000
    outside = ~(((day >= 100) & (day < 130.5)) | ((day >= 400) & (day < 407)))
    assert 0 < int(np.sum(~outside))
    assert all(np.array_equal(getattr(full, name)[outside], getattr(holed, name)) for name in COLUMNS)
    assert [[100.0, 130.5], [400.0, 407.0]] == ((holed.unseen + HOUR_US) / 86_400_000_000 - 19_786).tolist()


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
    "wrong",
    [
        {"turns_per_bout": 2.0},
        {"days": 0},
        {"day_rhythm": (1.0,)},
        {"decline_start": 1.0},
        {"decline_days": 0.0},
        {"sway": -0.1},
    ],
)
def test_a_dyad_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    """Parameters are checked where they are made."""
    with pytest.raises(ValueError):
        replace(DyadParameters(), **wrong)


@pytest.mark.parametrize(
    "wrong", [{"decline": 1.2}, {"slowing": 0.0}, {"words_decline": 1.0}, {"asks": 1.1}, {"read_minutes": 0.0}]
)
def test_a_side_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    """More than all cannot be lost, and a wait is never nothing."""
    with pytest.raises(ValueError, match=r"takes a part|a chance"):
        replace(SideParameters(), **wrong)


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
