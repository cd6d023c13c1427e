"""Scores of the forecast: each silence on its own past, dyads and logs really left out, the same again by seed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from fallow.forecast import present_silences, read_population
from fallow.study import (
    EventLog,
    fit_population,
    sample_silences,
    score_dyads_left_out,
    score_logs_left_out,
    with_scores,
)
from study.many import DAY, clean, keen_and_shy, read, untidy_lines, write_csv

DAY_US = DAY * 1_000_000


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> list[EventLog]:
    folder = tmp_path_factory.mktemp("logs")
    return [read(write_csv(folder / f"{name}.csv", keen_and_shy(60, i))) for i, name in enumerate(("one", "two"))]


def test_a_silence_is_forecast_from_its_own_past_alone(tmp_path: Path) -> None:
    """What a sample holds is what the messages up to that day alone give, message by message."""
    lines = untidy_lines(2_000)
    log = read(write_csv(tmp_path / "untidy.csv", lines))
    sample = sample_silences(log, 7, np.random.default_rng(1), most=60)
    found, by_hand = sample.silences(), clean(lines)
    dyads = np.unique(by_hand.silences(0).dyad)
    for i, row in enumerate(sample.row.tolist()):
        begin, now = int(log.begin[row]), int(log.begin[row]) + 7 * DAY_US
        known = (by_hand.dyad == dyads[found.dyad[i]]) & (by_hand.at <= begin)
        side = by_hand.sender[known] if log.view[row] == 0 else 1 - by_hand.sender[known]
        count = int(known.sum())
        alone = present_silences(
            np.zeros(count, np.int64), by_hand.at[known], side.astype(np.int8), np.full(count, now, np.int64)
        )
        mine = found.of == i
        np.testing.assert_allclose(alone.covariates[0], found.covariates[i], rtol=0, atol=1e-9)
        np.testing.assert_array_equal(alone.earlier.days, found.earlier.days[mine])
        np.testing.assert_array_equal(alone.earlier.cause, found.earlier.cause[mine])
        assert log.silences.days[row] - 7 == sample.left[i]


def test_what_came_later_in_a_dyad_is_no_part_of_its_past(logs: list[EventLog]) -> None:
    """Each earlier silence is of the same dyad and began before."""
    sample = sample_silences(logs[0], 14, np.random.default_rng(2))
    found = sample.silences()
    assert len(found.of) > len(sample.row) > 100
    np.testing.assert_array_equal(found.dyad[found.of], found.earlier.dyad)
    assert bool((found.earlier.row < logs[0].silences.row[sample.row][found.of]).all())


def test_a_forecast_of_dyads_left_out_is_better_than_one_curve(logs: list[EventLog]) -> None:
    """Where the keen come back and the shy do not, the past tells; all is there for each age and model."""
    scores = score_dyads_left_out(logs[0], seed=1, folds=3)
    assert [(age, model) for age in (7, 14, 30) for model in ("forecast", "aalen_johansen", "personal_rate")] == [
        (row.age_days, row.model) for row in scores
    ]
    week = {row.model: row for row in scores if row.age_days == 7}
    forecast, curve, rate = week["forecast"], week["aalen_johansen"], week["personal_rate"]
    assert forecast.ibs_ratio is not None
    assert curve.ibs_ratio is not None
    assert rate.ibs_ratio is not None
    assert forecast.ibs_ratio < 0.9 < 0.99 < curve.ibs_ratio < 1.05
    assert rate.ibs_ratio < 0.95
    assert forecast.ibs_ratio_lower is not None
    assert forecast.ibs_ratio_upper is not None
    assert forecast.ibs_ratio_lower < forecast.ibs_ratio < forecast.ibs_ratio_upper
    assert forecast.concordance is not None
    assert forecast.auc is not None
    assert min(forecast.concordance, forecast.auc) > 0.65
    assert forecast.largest_gap is not None
    assert forecast.ici is not None
    assert forecast.ici < forecast.largest_gap


def test_a_log_left_out_is_scored_by_the_other(logs: list[EventLog]) -> None:
    """Two logs of one kind carry over; the same seed gives the same rows."""
    told: list[str] = []
    scores = score_logs_left_out(logs, seed=1, most=500, told=lambda row: told.append(row.log))
    assert ["one"] * 9 + ["two"] * 9 == told == [row.log for row in scores]
    assert scores == score_logs_left_out(logs, seed=1, most=500)
    assert {"log"} == {row.left_out for row in scores}
    for row in scores:
        if row.model == "forecast" and row.age_days == 7:
            assert row.ibs_ratio is not None
            assert row.ibs_ratio < 0.95
            assert row.in_the_large is not None
            assert abs(row.in_the_large) < 0.06


def test_a_population_says_how_well_it_did(logs: list[EventLog]) -> None:
    """Each log with the rows of its dyads left out; a log too small for that has none."""
    population = fit_population(logs, seed=1, made="2026-11-26", cites={}, samples=1)
    scored = with_scores(population, logs, seed=1)
    assert population.logs[0].fit == scored.logs[0].fit
    rows = [row for row in score_dyads_left_out(logs[0], seed=1) if row.model == "forecast"]
    kept = scored.logs[0].scores
    assert [(row.age_days, row.silences, row.ibs_ratio, row.slope) for row in rows] == [
        (each.age_days, each.silences, each.ibs_ratio, each.slope) for each in kept
    ]
    assert scored == read_population(msgspec.json.encode(scored))
    small = logs[0].part(logs[0].silences.dyad == 0)
    alone = fit_population([small], seed=1, made="2026-11-26", cites={}, samples=1)
    assert () == with_scores(alone, [small], seed=1).logs[0].scores


def test_what_too_few_silences_leave_open_is_left_open(logs: list[EventLog]) -> None:
    """Calibration asks for a hundred; the rest is told."""
    (row, *_) = score_logs_left_out(logs, seed=1, most=60)
    assert row.ici is row.slope is row.largest_gap is None
    assert row.ibs_ratio is not None


def test_silences_that_nobody_ended_have_no_score(tmp_path: Path) -> None:
    """There is nothing to compare with; the rows are there and say so."""
    lines = [(f"{i}{'ab'[k % 2]}", f"{i}{'ba'[k % 2]}", float(k * DAY * 1.5)) for i in range(40) for k in range(14)]
    log = read(write_csv(tmp_path / "log.csv", lines), until=60.0 * DAY)
    scores = score_dyads_left_out(log, seed=1, folds=2)
    assert {None} == {row.ibs_ratio for row in scores}
    assert {80} == {row.silences for row in scores}
