"""Learning from logs: what is read, that it can be done again, and that a planted hazard is found."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import numpy as np
import pytest

from fallow.dyad import ALTER_BROKE, COVARIATES, EGO_BROKE, Episodes
from fallow.errors import LogNotUnderstood, NotEnoughData
from fallow.forecast import Silences, forecast_silences
from fallow.study import fit_log, fit_population, read_log
from fallow.study.fitting import episodes_of

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


def test_a_log_is_read_as_pairs_in_time_order(tmp_path: Path) -> None:
    """Whichever of the two writes; a message to oneself, an exact twin and mass mail are left out."""
    rows = [("x", "y", 20.0), ("y", "x", 10.0), ("y", "x", 10.0), ("x", "x", 5.0)]
    rows += [("x", f"many{i}", 30.0) for i in range(6)]
    log = read_log(written(tmp_path / "small.csv", *rows))
    assert ("small", 2, 1) == (log.name, len(log), len(np.unique(log.dyad)))
    assert [10_000_000, 20_000_000] == log.at.tolist()
    assert log.sender[0] != log.sender[1]
    packed = tmp_path / "small.csv.gz"
    packed.write_bytes(gzip.compress((tmp_path / "small.csv").read_bytes()))
    np.testing.assert_array_equal(log.at, read_log(packed).at)


@pytest.mark.parametrize(("text", "line"), [("who,when\n", 1), (HEADER + "a,b,1\na,b,soon\n", 3)])
def test_a_line_that_is_no_message_is_named(tmp_path: Path, text: str, line: int) -> None:
    """By its number, without what it holds."""
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(LogNotUnderstood) as refused:
        read_log(tmp_path / "log.csv")
    assert line == refused.value.details["line"]


def test_each_silence_is_seen_from_both_sides(tmp_path: Path) -> None:
    """Two rows, of one dyad, with the causes swapped."""
    log = read_log(planted(tmp_path / "log.csv", 40, np.random.default_rng(1), theirs=0.7))
    found = episodes_of(log)
    one, other = (found.cause[: len(found) // 2], found.cause[len(found) // 2 :])
    assert np.count_nonzero(one == ALTER_BROKE) == np.count_nonzero(other == EGO_BROKE) > 100


def test_the_same_logs_and_seed_give_the_same_numbers(tmp_path: Path) -> None:
    """And another seed other samples, of the same fit."""
    log = read_log(planted(tmp_path / "log.csv", 60, np.random.default_rng(2), theirs=0.5))
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
    logs = [read_log(planted(tmp_path / f"{name}.csv", 400, rng, theirs=2 / 3)) for name in ("learned", "held_out")]
    population = fit_population(logs[:1], seed=1, made="2026-11-26", cites={}, samples=1)
    found = episodes_of(logs[1])
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
        fit_log(read_log(written(tmp_path / "log.csv", *rows)), np.random.default_rng(1))
