"""
Fifty deaths of `fallow log --stdin` with events streaming in: what was acknowledged is there, whatever happened.

`tests/store/test_kill.py` kills at every call that writes; this is the same promise seen from outside, by the clock.
Each death takes a start with a real key, so two folders die side by side.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import PATIENCE, Home
from journeys.walking import problems, records

FOLDERS = 2
DEATHS = 25
"""In each folder."""
SEED = 20260301


@dataclass(slots=True)
class Life:
    """What came of one folder: ids acknowledged, acknowledgements missing afterwards, and what the store says."""

    acknowledged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    deaths: int = 0


def stream(process: subprocess.Popen[bytes]) -> None:
    """Events as fast as the pipe takes them, until nobody reads any more."""
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        for number in range(1_000_000):
            process.stdin.write(b'{"kind":"urge","intensity":%d,"cue":"number %d"}\n' % (number % 11, number))
            process.stdin.flush()


def die_once(home: Home, chance: random.Random) -> list[str]:
    """Start, stream, kill -9 at some moment; returns the ids that were acknowledged in whole lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", "fallow", "log", "--stdin"],
        env=home.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    feeder = threading.Thread(target=stream, args=(process,))
    feeder.start()
    assert process.stdout is not None
    told = b""
    for _ in range(chance.randrange(30)):
        told += process.stdout.readline()
    time.sleep(chance.random() * 0.02)
    process.kill()
    told += process.stdout.read()
    assert -9 == process.wait(PATIENCE)
    feeder.join(10)
    process.stdout.close()
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    answers = [json.loads(line) for line in told.splitlines(keepends=True) if line.endswith(b"\n")]
    assert all(answer["ok"] for answer in answers)
    return [answer["id"] for answer in answers]


def die_often(home: Home, seed: int) -> Life:
    chance, life = random.Random(seed), Life()
    for _ in range(DEATHS):
        life.acknowledged += die_once(home, chance)
        life.deaths += 1
        there = {record.id for record in records(home)}
        life.lost += [id for id in life.acknowledged if id not in there]
        life.unsound += problems(home)
    return life


@pytest.fixture
def homes(prepared: Home, tmp_path: Path) -> list[Home]:
    made = [Home(tmp_path / str(number), prepared.passphrase_file) for number in range(FOLDERS)]
    for each in made:
        shutil.copytree(prepared.folder, each.folder)
        records(each)
    return made


def test_no_acknowledged_event_is_lost_in_fifty_deaths(homes: list[Home]) -> None:
    """Every id that was told is stored, in order and once; the store is sound after each death, and says so itself."""
    with ThreadPoolExecutor(FOLDERS) as pool:
        lives = list(pool.map(die_often, homes, range(SEED, SEED + FOLDERS)))
    assert 50 == sum(life.deaths for life in lives)
    assert sum(len(life.acknowledged) for life in lives) > 300
    assert [[], []] == [life.lost for life in lives]
    assert [[], []] == [life.unsound for life in lives]
    for home, life in zip(homes, lives, strict=True):
        ids = [record.id for record in records(home)]
        assert len(set(ids)) == len(ids)
        assert life.acknowledged == [id for id in ids if id in set(life.acknowledged)]
        told = home.json("check")
        assert (True, len(ids)) == (told["ok"], told["events"])
