from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost import sorts
from dyad.tables import DAY_US, tables
from fallow.dyad import Bouts, Change, ChangeReading, SeriesReading, find_bouts, read_changes, wilson_interval
from fallow.dyad.ramps import all_ramps, find_ramps, place_of
from fallow.dyad.weekly import LOOK_BACK_WEEKS, Weeks, read_weeks
from fallow.errors import NotEnoughData
from fallow.messages import ALTER, COLUMNS, EGO, NOT_KNOWN, Kind, MessageTable
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad

HOUR_US = 3_600_000_000
ORDER = [(name, side) for name in ("volume", "openings", "latency", "words") for side in (EGO, ALTER)]


def _dyad(
    *, alter: dict[str, float] | None = None, both: dict[str, float] | None = None, **more: object
) -> DyadParameters:
    """About 10 messages a day in bouts of about four; a change of 13 weeks begins on day 270 of 450."""
    side = SideParameters(opens_per_day=1.35, messages_per_turn=1.5, reply_spread=1.0, **(both or {}))
    plain = DyadParameters(
        ego=side,
        alter=replace(side, reply_minutes=6.0, **(alter or {})),
        days=450,
        turns_per_bout=2.5,
        least_pause_hours=1.0,
        decline_start=0.6,
        decline_days=91.0,
        silences_per_day=0.0,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _record(parameters: DyadParameters, seed: int) -> tuple[MessageTable, Bouts, int]:
    table = simulate_dyad(parameters, np.random.default_rng((seed, 1)))
    before = (parameters.start - dt.date(1970, 1, 1)).days + parameters.days
    return table, find_bouts(table.written(), HOUR_US), before


def _read(parameters: DyadParameters, seed: int) -> ChangeReading:
    table, bouts, before = _record(parameters, seed)
    return read_changes(table, bouts, before=before, rng=np.random.default_rng((seed, 2)))


def _moved(reading: ChangeReading) -> set[tuple[str, int]]:
    return {(one.series, one.side) for one in reading.moved}


def _chosen(table: MessageTable, rows: np.ndarray) -> MessageTable:  # type: ignore[type-arg]
    return replace(table, **{name: getattr(table, name)[rows] for name in COLUMNS})


def _one(reading: ChangeReading, series: str, side: int) -> SeriesReading:
    return next(one for one in reading.series if (one.series, one.side) == (series, side))


def _change(reading: ChangeReading, series: str, side: int) -> Change:
    change = _one(reading, series, side).change
    assert change is not None
    return change


QUIET = _dyad()
HALVING = _dyad(both={"decline": 0.47})
BEGINS = (QUIET.start - dt.date(1970, 1, 1)).days + 270


def test_a_dyad_in_which_nothing_changes_shows_no_clear_change() -> None:
    """Eight series in their order, each tested, none moved, no time given: an ordinary answer."""
    reading = _read(QUIET, 1)
    assert ORDER == [(one.series, one.side) for one in reading.series]
    assert 64 == reading.weeks
    assert () == reading.moved
    assert reading.together is None
    assert all(one.p is not None and one.p > 0.05 and not one.too_little for one in reading.series)


def test_what_moved_is_found_and_what_did_not_is_left_alone() -> None:
    """Alter's words halve over 13 weeks: that series and no other, within three weeks, and by as much as they did."""
    reading = _read(_dyad(alter={"words_decline": 0.5}), 3)
    assert {("words", ALTER)} == _moved(reading)
    change = _change(reading, "words", ALTER)
    assert abs(change.middle - (BEGINS + 45)) <= 21
    assert change.begins <= change.middle
    assert change.earliest <= BEGINS + 45 <= change.latest
    assert change.lower <= 0.5 <= change.upper
    assert change.ratio == pytest.approx(0.5, abs=0.08)
    assert reading.together is not None
    assert change.middle == reading.together.middle


def test_slower_answers_are_a_factor_of_the_wait() -> None:
    """Three times as long on one side, two in five turns unanswered: nothing else moved, and three in the mean."""
    readings = [_read(_dyad(alter={"slowing": 3.0}), seed) for seed in range(8)]
    assert [{("latency", ALTER)}] * 8 == [_moved(reading) for reading in readings]
    changes = [_change(reading, "latency", ALTER) for reading in readings]
    assert float(np.exp(np.mean([np.log(c.ratio) for c in changes]))) == pytest.approx(3.0, rel=0.1)
    assert sum(c.lower <= 3.0 <= c.upper for c in changes) >= 7


def test_a_halving_moves_openings_and_volume_of_both() -> None:
    """All four, with the truth within the limits of each, and one time for all of them."""
    reading = _read(HALVING, 5)
    assert {(name, side) for name in ("volume", "openings") for side in (EGO, ALTER)} == _moved(reading)
    for one in reading.moved:
        side = "alter" if one.side == ALTER else "ego"
        rate = HALVING.messages_per_day if one.series == "volume" else HALVING.openings_per_day
        assert one.change is not None
        assert one.change.lower <= rate(side, 1.0) / rate(side) <= one.change.upper  # type: ignore[arg-type]
    assert reading.together is not None
    assert reading.together.earliest <= BEGINS + 45 <= reading.together.latest


def _mirrored(reading: ChangeReading) -> ChangeReading:
    swapped = [replace(one, side=1 - one.side) for one in reading.series]
    return replace(reading, series=tuple(swapped[i ^ 1] for i in range(8)))


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_swapping_the_sides_mirrors_the_reading_to_the_last_bit(seed: int) -> None:
    """Also where several series moved and are read together."""
    table, bouts, before = _record(HALVING, seed)
    other = table.mirrored()
    there = read_changes(other, find_bouts(other, HOUR_US), before=before, rng=np.random.default_rng(seed))
    assert _mirrored(read_changes(table, bouts, before=before, rng=np.random.default_rng(seed))) == there


def _shifted(reading: ChangeReading, days: int) -> ChangeReading:
    def change(c: Change) -> Change:
        moved = {name: getattr(c, name) + days for name in ("begins", "middle", "earliest", "latest")}
        return replace(c, **moved)

    series = tuple(one if one.change is None else replace(one, change=change(one.change)) for one in reading.series)
    when = reading.together
    assert when is not None
    together = type(when)(when.begins + days, when.middle + days, when.earliest + days, when.latest + days)
    return ChangeReading(reading.before + days, reading.weeks, series, together)


@pytest.mark.parametrize("days", [-1000, 3, 364])
def test_shifting_time_by_days_moves_nothing_but_dates(days: int) -> None:
    """Weeks are counted back from the day itself, so not only whole weeks."""
    table, bouts, before = _record(HALVING, 5)
    later = replace(table, at=table.at + days * DAY_US)
    there = read_changes(later, bouts, before=before + days, rng=np.random.default_rng(5))
    assert _shifted(read_changes(table, bouts, before=before, rng=np.random.default_rng(5)), days) == there


def test_one_state_of_chance_gives_one_reading() -> None:
    """The draws come from the generator that is given, and from nothing else."""
    assert _read(HALVING, 5) == _read(HALVING, 5)


def test_nothing_from_the_day_on_is_looked_at() -> None:
    """Cut off on the day or going on for months, the reading is one; an answer that came later is not yet there."""
    table, _, end = _record(_dyad(both={"decline": 0.47}, days=600, decline_start=0.45), 8)
    before = end - 150
    day = table.local // DAY_US
    kept = day < before
    cut = _chosen(table, kept)
    long, short = (
        read_changes(t, find_bouts(t, HOUR_US), before=before, rng=np.random.default_rng(1)) for t in (table, cut)
    )
    assert long.moved
    assert [(one.n, one.p is None) for one in long.series] == [(one.n, one.p is None) for one in short.series]
    assert _moved(long) == _moved(short)


def test_weeks_that_touch_an_unseen_period_are_left_out() -> None:
    """Seven weeks of nothing, known to be missing, are no change; taken for silence they would be a wide gap."""
    holed = _dyad(unseen=((300.0, 348.0),))
    reading = _read(holed, 1)
    assert 64 - 8 <= reading.weeks <= 64 - 7
    assert () == reading.moved
    table, bouts, before = _record(_dyad(unseen=((380.0, 450.0),)), 1)
    hidden = replace(table, unseen=np.empty((0, 2), np.int64))
    late = _chosen(hidden, np.append(np.arange(len(hidden)), -1))
    late.at[-1] += 80 * DAY_US
    assert not read_changes(table, bouts, before=before, rng=np.random.default_rng(1)).moved
    silent = read_changes(late, find_bouts(late, HOUR_US), before=before, rng=np.random.default_rng(1))
    assert {("volume", EGO), ("volume", ALTER)} <= _moved(silent)


def test_weeks_after_the_last_message_of_all_are_not_taken_for_silence() -> None:
    """A file that ends ten weeks before the day says nothing about these weeks."""
    table, bouts, before = _record(QUIET, 1)
    reading = read_changes(table, bouts, before=before + 70, rng=np.random.default_rng(1))
    assert 64 <= reading.weeks <= 65
    assert () == reading.moved


def test_reactions_are_no_messages() -> None:
    """The reading with their rows is the one without."""
    side = {"reacts": 0.5}
    table, bouts, before = _record(_dyad(both=side | {"decline": 0.47}), 5)
    assert int(np.sum(table.kind == Kind.REACTION)) > 500
    with_them = read_changes(table, bouts, before=before, rng=np.random.default_rng(5))
    assert with_them == read_changes(table.written(), bouts, before=before, rng=np.random.default_rng(5))


def test_under_half_a_year_is_too_little() -> None:
    """25 whole weeks are refused, with their number; 26 are read."""
    table, bouts, _ = _record(QUIET, 1)
    first = int(table.local[0]) // DAY_US
    with pytest.raises(NotEnoughData):
        read_changes(table, bouts, before=first + 26 * 7 - 1, rng=np.random.default_rng(1))
    assert 26 == read_changes(table, bouts, before=first + 26 * 7, rng=np.random.default_rng(1)).weeks
    with pytest.raises(NotEnoughData):
        read_changes(table, bouts, before=0, rng=np.random.default_rng(1))


def test_a_side_that_hardly_writes_is_too_little_and_the_other_is_read() -> None:
    """No p, no change, and said so; the rest of the family is tested without it."""
    table, _, before = _record(QUIET, 1)
    rare = (table.sender == EGO) | (np.cumsum(table.sender == ALTER) % 60 == 0)
    few = _chosen(table, rare)
    reading = read_changes(few, find_bouts(few, HOUR_US), before=before, rng=np.random.default_rng(1))
    assert [one.too_little for one in reading.series if one.side == ALTER] == [True] * 4
    assert all(one.p is None and one.change is None for one in reading.series if one.too_little)
    assert _one(reading, "volume", EGO).p is not None


def test_a_series_that_never_varies_has_not_changed() -> None:
    """One message of one word a day, at noon, by turns: nothing is divided by nothing."""
    days = np.arange(400, dtype=np.int64)
    plain = np.zeros(400, np.int64)
    table = MessageTable(
        at=(days + 19_000) * DAY_US + 12 * HOUR_US,
        offset=plain.astype(np.int32),
        sender=(days % 2).astype(np.int8),
        kind=plain.astype(np.uint8),
        words=(plain + 1).astype(np.int32),
        size=(plain + 5).astype(np.int32),
        asks=plain.astype(np.int8),
        read_at=np.full(400, NOT_KNOWN),
        unseen=np.empty((0, 2), np.int64),
        resolution=1_000_000,
        zoned=True,
    )
    reading = read_changes(table, find_bouts(table, HOUR_US), before=19_400, rng=np.random.default_rng(1))
    assert () == reading.moved
    assert {1.0} == {one.p for one in reading.series if one.series == "words" and not one.too_little}


def _weeks(table: MessageTable, before: int) -> Weeks:
    return read_weeks(table, find_bouts(table, 6 * HOUR_US), before)


@given(tables(least=1), st.integers(0, 2000))
def test_every_message_before_the_day_is_in_one_week(table: MessageTable, later: int) -> None:
    """What the weeks that are read hold adds up, on any table; only unseen weeks, and a part of one, are not read."""
    table = table.written()
    if len(table) == 0:
        return
    before = int(table.local[0]) // DAY_US + later
    weeks = _weeks(table, before)
    day = table.local // DAY_US
    read = (day < before) & np.isin((day - weeks.first) // 7, weeks.place)
    if len(table.unseen) == 0:
        assert bool((read == ((day >= weeks.first) & (day < before))).all())
    assert len(weeks.place) <= LOOK_BACK_WEEKS
    assert weeks.first == max(before - (later // 7) * 7, before - 7 * LOOK_BACK_WEEKS)
    if weeks.series:
        volume, openings = weeks.series[:2], weeks.series[2:4]
        assert int(np.sum(read)) == sum(one.n for one in volume) == int(sum(one.count.sum() for one in volume))
        opened = find_bouts(table, 6 * HOUR_US).start
        assert int(np.sum(read[opened])) == sum(one.n for one in openings)


def test_a_wait_that_outlasts_its_bout_stands_above_every_answer_within_one() -> None:
    """Answers after one, two and three minutes, then none: places as Prentice's scores have them."""
    minute, at, sender = 60_000_000, [], []
    for week in range(31):
        start = (19_000 + 7 * week) * DAY_US
        for pair, wait in enumerate((1, 2, 3)):
            at += [start + pair * 10 * minute, start + (pair * 10 + wait) * minute]
            sender += [EGO, ALTER]
        at.append(start + 40 * minute)
        sender.append(EGO)
    n = len(at)
    nothing = np.zeros(n, np.int64)
    table = MessageTable(
        at=np.array(at), offset=nothing.astype(np.int32), sender=np.array(sender, np.int8),
        kind=nothing.astype(np.uint8), words=nothing.astype(np.int32), size=nothing.astype(np.int32),
        asks=nothing.astype(np.int8), read_at=np.full(n, NOT_KNOWN), unseen=np.empty((0, 2), np.int64),
        resolution=minute, zoned=True,
    )  # fmt: skip
    waits = _weeks(table, 19_000 + 7 * 30).series[5]
    assert 30 * 4 == waits.n
    assert waits.waits is not None
    # Quarters of the waits end at 1, 2 and 3 minutes, at places 1/8, 3/8 and 5/8; the last is above 3/4.
    assert waits.value == pytest.approx(np.full(30, (1 / 8 + 3 / 8 + 5 / 8 + 7 / 8) / 4))


def _alone(statistic: np.ndarray, null: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """The fault switched on: each series judged as if it were the only one."""
    return (1 + (null >= statistic[:, None]).sum(axis=1)) / (1 + null.shape[1])


def _alarms(seeds: range) -> int:
    ramps, alarms = all_ramps(np.arange(40)), 0
    for seed in seeds:
        rng = np.random.default_rng((12, seed))
        alarms += bool((find_ramps(rng.standard_normal((8, 40)), np.ones((8, 40)), ramps, rng).p <= 0.05).any())
    return alarms


def test_of_families_of_noise_one_in_twenty_alarms_and_without_the_guard_far_more() -> None:
    """Eight series that know nothing of each other, 40 times."""
    assert wilson_interval(_alarms(range(40)), 40).lower <= 0.05
    with pytest.MonkeyPatch.context() as fault:
        fault.setattr("fallow.dyad.ramps._step_down", _alone)
        assert wilson_interval(_alarms(range(40)), 40).lower > 0.10


def test_a_slow_wander_is_seldom_taken_for_a_change_and_without_memory_often() -> None:
    """Weeks that resemble their neighbours, and no change: 20 dyads, then the same with weeks taken as independent."""
    swaying = _dyad(sway=0.3)
    assert wilson_interval(sum(bool(_read(swaying, seed).moved) for seed in range(20)), 20).lower <= 0.05
    with pytest.MonkeyPatch.context() as fault:
        fault.setattr("fallow.dyad.ramps.MOST_MEMORY", 0.0)
        assert wilson_interval(sum(bool(_read(swaying, seed).moved) for seed in range(20)), 20).lower > 0.15


def test_dyads_in_which_nothing_changes_alarm_seldom() -> None:
    """30 of 10 messages a day, long silences among them; the 400 of each kind are in the benchmark."""
    silent = _dyad(silences_per_day=0.02)
    alarms = sum(bool(_read(silent, seed).moved) for seed in range(30))
    assert wilson_interval(alarms, 30).lower <= 0.05


def test_a_halving_in_three_months_is_found_and_its_middle_within_three_weeks() -> None:
    """20 dyads of 20 messages a day: nearly all found, at least four of five in time, limits that hold the truth."""
    busy = replace(HALVING.ego, opens_per_day=2.7)
    parameters = replace(HALVING, ego=busy, alter=replace(busy, reply_minutes=6.0))
    readings = [_read(parameters, seed) for seed in range(20)]
    found = [one.together for one in readings if one.together is not None]
    assert len(found) >= 19
    assert sum(abs(one.middle - (BEGINS + 45)) <= 21 for one in found) >= 16
    changes = [one.change for reading in readings for one in reading.moved if one.series in ("volume", "openings")]
    held = [c.earliest <= BEGINS + 45 <= c.latest for c in changes if c is not None]
    assert len(held) >= 60
    assert float(np.mean(held)) >= 0.88


def test_the_place_of_a_ramp_is_a_median_of_what_weighs() -> None:
    """Three places of equal weight and one of none: half of it lies at or below the second."""
    log_weight = np.array([0.0, -800.0, 0.0, 0.0])
    at = np.array([3.0, 9.0, 1.0, 2.0])
    assert [1.0, 2.0, 3.0] == [place_of(log_weight, at, share) for share in (0.1, 0.5, 0.95)]


def test_reading_a_million_messages_costs_a_few_sorts() -> None:
    """Only two years of them are read, so it is about 0.1 seconds where that sort takes 0.06."""
    busy = SideParameters(opens_per_day=2.5, decline=0.5)
    parameters = DyadParameters(ego=busy, alter=busy, days=15_600, decline_start=0.98, decline_days=91.0)
    table, _, before = _record(parameters, 1)
    bouts = find_bouts(table, 2 * HOUR_US)
    assert len(table) > 900_000
    assert sorts(lambda: read_changes(table, bouts, before=before, rng=np.random.default_rng(1)), runs=2) <= 8
