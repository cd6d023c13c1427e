"""Wrong tries: five are free, then each doubles the wait."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import fallow
from fallow.errors import TooManyTries, WrongPassphrase
from fallow.store import Cost, create_key, unlock
from fallow.store.tries import TRIES_FILE, Tries, counted_try, seconds_to_wait


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def wrong(folder: Path, clock: Clock) -> None:
    with pytest.raises(WrongPassphrase), counted_try(folder, clock):
        raise WrongPassphrase


def refused(folder: Path, clock: Clock) -> int:
    with pytest.raises(TooManyTries) as caught, counted_try(folder, clock):
        raise AssertionError("a try that should not have been allowed")
    return int(caught.value.details["seconds"])


def test_five_tries_are_free_then_waits_double_to_five_minutes(folder: Path) -> None:
    """Twenty wrong tries, each made as soon as it may be (T27)."""
    clock, waits = Clock(), []
    for _ in range(5):
        wrong(folder, clock)
    for _ in range(15):
        waits.append(refused(folder, clock))
        clock.now += waits[-1]
        wrong(folder, clock)
    assert [5, 10, 20, 40, 80, 160] + [300] * 9 == waits


def test_a_refused_try_is_not_counted(folder: Path) -> None:
    """Asking again while resting makes the rest no longer."""
    clock = Clock()
    for _ in range(5):
        wrong(folder, clock)
    assert [5] * 10 == [refused(folder, clock) for _ in range(10)]


def test_success_forgets_the_wrong_ones(folder: Path) -> None:
    """Five more are free after it."""
    clock = Clock()
    for _ in range(2):
        for _ in range(4):
            wrong(folder, clock)
        with counted_try(folder, clock):
            pass
    assert b'"wrong":0' in (folder / TRIES_FILE).read_bytes()


def test_a_clock_set_back_makes_no_wait_longer() -> None:
    """Nor does one set forward by a year and back again lock anyone out."""
    tries = Tries(wrong=6, latest=1_000_000.0)
    assert [10.0, 10.0, 4.0, 0.0] == [seconds_to_wait(tries, now) for now in (0.0, 1e6, 1e6 + 6, 1e6 + 10)]


def test_the_count_survives_a_restart_and_is_private(folder: Path, passphrase: str, cheap: Cost) -> None:
    """Another process finds it; its mode is 0600."""
    create_key(folder, passphrase, cost=cheap)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock(folder, "quite another one")
    program = "import sys, pathlib, fallow.store as s\ns.unlock(pathlib.Path(sys.argv[1]), 'seven quiet rivers')"
    environment = {**os.environ, "PYTHONPATH": str(Path(fallow.__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], env=environment, capture_output=True, text=True, check=False
    )
    assert "TooManyTries" in done.stderr
    assert 0o600 == (folder / TRIES_FILE).stat().st_mode & 0o777


def test_a_try_counts_before_it_is_looked_at(folder: Path) -> None:
    """Ending the program while the passphrase is being tried gains nothing."""
    clock = Clock()
    with counted_try(folder, clock):
        assert b'"wrong":1' in (folder / TRIES_FILE).read_bytes()


def test_counting_takes_no_more_room_than_there_was(folder: Path, passphrase: str, cheap: Cost) -> None:
    """So that unlocking works on a full disk."""
    create_key(folder, passphrase, cost=cheap)
    before = (folder / TRIES_FILE).stat().st_size
    with pytest.raises(WrongPassphrase):
        unlock(folder, "quite another one")
    assert before == (folder / TRIES_FILE).stat().st_size > 0


def test_a_count_cut_off_by_a_power_failure_locks_nobody_out(folder: Path) -> None:
    """Half a file reads as none."""
    (folder / TRIES_FILE).write_bytes(b'{"wrong":9')
    with counted_try(folder, Clock()):
        pass
