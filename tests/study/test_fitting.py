"""Learning from logs: what is read, that it can be done again, and that a planted hazard is found."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from fallow.dyad import ALTER_BROKE, COVARIATES, EGO_BROKE, Episodes
from fallow.errors import NotEnoughData
from fallow.forecast import Silences, forecast_silences
from fallow.study import fit_log, fit_population
from study.many import read

HEADER = "sender,receiver,at\n"


def written(path: Path, *rows: tuple[str, str, float]) -> Path:
    path.write_text(HEADER + "".join(f"{a},{b},{at}\n" for a, b, at in rows))
    return path


def planted(path: Path, dyads: int, rng: np.random.Generator, *, theirs: float) -> Path:
    """Ninety days of dyads whose silences end at one constant rate, 1 in 6 days, `theirs` of them by the same one."""
    rows = []
    for i in range(dyads):
        at = float(rng.uniform(0, 10))
        while at < 90:
            first = int(rng.random() < theirs)
            for k in range(4):
                pair = (f"a{i}", f"b{i}") if (first + k) % 2 else (f"b{i}", f"a{i}")
                rows.append((*pair, round((at + k / 48) * 86_400)))
            at += 1 + float(rng.exponential(6))
    return written(path, *rows)


def test_a_log_is_read_as_pairs(tmp_path: Path) -> None:
    """Whichever of the two writes; a message to oneself, an exact twin and mass mail are left out."""
    rows = [("x" if i % 2 else "y", "y" if i % 2 else "x", float(i)) for i in range(10)]
    rows += [("y", "x", 4.0), ("x", "x", 5.0), ("x", "y", 90_000.0)]
    rows += [("x", f"many{i}", 30.0) for i in range(6)] + [("x", f"few{i}", 40.0) for i in range(5)]
    log = read(written(tmp_path / "small.csv", *rows))
    assert ("small", 16, 1) == (log.name, log.messages, log.dyads)
    assert [10, 10] == log.silences.row.tolist()
    assert [EGO_BROKE, ALTER_BROKE] == log.silences.cause.tolist()


def test_each_silence_is_seen_from_both_sides(tmp_path: Path) -> None:
    """Two rows, of one dyad, with the causes swapped."""
    log = read(planted(tmp_path / "log.csv", 40, np.random.default_rng(1), theirs=0.7))
    one, other = (log.silences.cause[log.view == view] for view in (0, 1))
    assert len(one) == len(other) == len(log.silences) / 2
    assert np.count_nonzero(one == ALTER_BROKE) == np.count_nonzero(other == EGO_BROKE) > 100


def test_the_same_logs_and_seed_give_the_same_numbers(tmp_path: Path) -> None:
    """And another seed other samples, of the same fit."""
    log = read(planted(tmp_path / "log.csv", 60, np.random.default_rng(2), theirs=0.5))
    once, again, otherwise = (
        fit_population([log], seed=seed, made="2026-11-26", cites={"log": "made up"}, samples=2) for seed in (1, 1, 2)
    )
    assert msgspec.json.encode(once) == msgspec.json.encode(again)
    assert once.logs[0].fit == otherwise.logs[0].fit
    assert once.logs[0].again != otherwise.logs[0].again
    assert ("log", "made up", 60) == (once.logs[0].name, once.logs[0].cite, once.logs[0].dyads)


def test_a_planted_rate_is_found_for_other_dyads(tmp_path: Path) -> None:
    """A constant hazard of 1 in 6 days, two thirds of it theirs: on average over silences of a week, a week on."""
    rng = np.random.default_rng(3)
    logs = [read(planted(tmp_path / f"{name}.csv", 400, rng, theirs=2 / 3)) for name in ("learned", "held_out")]
    population = fit_population(logs[:1], seed=1, made="2026-11-26", cites={}, samples=1)
    found = logs[1].silences
    week = np.flatnonzero(found.days >= 7)
    none = np.empty(0, np.int64)
    earlier = Episodes(none, none, np.empty(0), np.empty(0, np.int8), np.empty((0, len(COVARIATES))))
    now = Silences(found.dyad[week], np.full(len(week), 7.0), found.covariates[week], earlier, none)
    ahead = forecast_silences(now, population, limits=False)
    assert len(week) > 1_000
    assert abs(float(ahead.neither[:, 0].mean()) - np.exp(-7 / 6)) < 0.03
    assert abs(float(ahead.other[:, 0].mean()) - (1 - np.exp(-7 / 6)) / 2) < 0.03
    is_first = found.cause[week] == ALTER_BROKE
    assert float(ahead.other[is_first, 0].mean()) > 1.05 * float(ahead.other[~is_first, 0].mean())


def test_a_log_without_silences_is_too_little(tmp_path: Path) -> None:
    """There is nothing to learn of a pair that never stopped."""
    rows = [("x" if i % 2 else "y", "y" if i % 2 else "x", 60.0 * i) for i in range(40)]
    with pytest.raises(NotEnoughData):
        fit_log(read(written(tmp_path / "log.csv", *rows)), np.random.default_rng(1))
