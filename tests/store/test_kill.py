"""
T01: a program that stores events is killed at every call that writes, and nothing it confirmed is lost.

Killing at random times finds little (1 loss in 48 kills of a faulty program); killing at each call in turn finds all.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from fallow.errors import KeyFileDamaged, NoStore, WrongPassphrase
from fallow.store import (
    Cost,
    create_key,
    read_parcel,
    restore_archive,
    save_archive,
    store_exists,
    unlock,
    write_archive,
)
from fallow.store.schema import migrations
from fallow.store.sqlite import open_sqlite
from store.former import everything, make_version_1, version
from store.samples import a_long_table, a_source, an_event
from store.tracing import PROGRAM, WRITING_CALLS, kill_at, run_program, strace

KILLED = (-9, 137)
AT_MOST = 60
"""Calls of one name; the programs here make far fewer, and a test that reached it would fail."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one killed run had confirmed, and what was there afterwards."""

    confirmed: frozenset[str]
    stored: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def lost(self) -> frozenset[str]:
        return self.confirmed - set(self.stored)


@pytest.fixture
def prepared(tmp_path: Path, key: bytes) -> Path:
    """A folder with a store in `data`, its key beside it, ready to be copied."""
    place = tmp_path / "prepared"
    (place / "data").mkdir(parents=True, mode=0o700)
    (place / "key").write_text(key.hex())
    open_sqlite(place / "data", key).close()
    return place


def kill_everywhere(prepared: Path, *arguments: str, calls: tuple[str, ...] = WRITING_CALLS) -> list[Outcome]:
    """One outcome for each such call the program makes; two runs at a time."""

    def kill_at_each(call: str) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for nth in itertools.count(1):
            assert nth < AT_MOST
            outcome = kill_once(prepared, call, nth, *arguments)
            if outcome is None:
                return outcomes
            outcomes.append(outcome)
        raise AssertionError

    with ThreadPoolExecutor(2) as pool:
        return [outcome for outcomes in pool.map(kill_at_each, calls) for outcome in outcomes]


def kill_once(prepared: Path, call: str, nth: int, *arguments: str) -> Outcome | None:
    """None when the program came to its end before the n-th such call."""
    place = prepared.with_name(f"{call}-{nth}")
    shutil.copytree(prepared, place)
    status, said = run_program(place / "data", place / "key", *arguments, under=kill_at(call, nth))
    assert status in (0, *KILLED)
    store = open_sqlite(place / "data", bytes.fromhex((place / "key").read_text()))
    stored = tuple(record.id for record in store.events())
    outcome = Outcome(frozenset(line.removeprefix("event ") for line in said.splitlines()), stored, store.check())
    store.close()
    return None if status == 0 else outcome


def test_no_confirmed_event_is_lost_at_any_call(prepared: Path) -> None:
    """Each is there once, the store opens, and both integrity checks find nothing."""
    outcomes = kill_everywhere(prepared, "--events", "2")
    assert len(outcomes) >= 12
    assert {frozenset()} == {outcome.lost for outcome in outcomes}
    assert {()} == {outcome.problems for outcome in outcomes}
    assert all(len(set(outcome.stored)) == len(outcome.stored) <= 2 for outcome in outcomes)
    assert any(outcome.confirmed for outcome in outcomes)


def test_a_program_that_confirms_too_early_is_caught(prepared: Path) -> None:
    """The control: the same kills, with each event confirmed inside its transaction."""
    outcomes = kill_everywhere(prepared, "--events", "1", "--early", calls=("write", "fsync"))
    assert any(outcome.lost for outcome in outcomes)


def test_a_killed_change_of_passphrase_leaves_exactly_one(tmp_path: Path, passphrase: str, cheap: Cost) -> None:
    """T25: the former or the new one opens it, never both, never neither; once confirmed, the new one alone."""
    prepared, new = tmp_path / "prepared", "a new and better one"
    key, _ = create_key(prepared / "data", passphrase, cost=cheap)
    (prepared / "key").write_text(key.hex())
    open_sqlite(prepared / "data", key).close()

    def kill_at_each(call: str) -> list[tuple[bool, list[str]]]:
        found = []
        for nth in range(1, AT_MOST):
            place = tmp_path / f"{call}-{nth}"
            shutil.copytree(prepared, place)
            arguments = ("--new-passphrase", new)
            status, said = run_program(place / "data", place / "key", *arguments, under=kill_at(call, nth))
            found.append((said == "changed\n", [word for word in (passphrase, new) if opens(place / "data", word)]))
            if status == 0:
                return found
        raise AssertionError

    with ThreadPoolExecutor(2) as pool:
        found = [one for each in pool.map(kill_at_each, WRITING_CALLS) for one in each]
    assert len(found) >= 20
    assert all(opening in ([passphrase], [new]) for _, opening in found)
    assert all(opening == [new] for changed, opening in found if changed)
    assert any(opening == [passphrase] for _, opening in found)


def rows_in(folder: Path, key: bytes) -> dict[str, int]:
    """How many rows each table has that has any, without what can be computed anew."""
    return {name: len(found) for name, found in everything(folder, key).items() if found and name != "derived"}


def test_a_killed_migration_leaves_the_former_or_the_new_store(tmp_path: Path, key: bytes) -> None:
    """T08: every row is there at either version, whatever the moment, and opening it again ends the work."""
    prepared = tmp_path / "prepared"
    (prepared / "data").mkdir(parents=True, mode=0o700)
    (prepared / "key").write_text(key.hex())
    make_version_1(prepared / "data", key)
    rows = rows_in(prepared / "data", key)
    versions = set()
    for call in WRITING_CALLS:
        for nth in range(1, AT_MOST):
            place = tmp_path / f"{call}-{nth}"
            shutil.copytree(prepared, place)
            status, _ = run_program(place / "data", place / "key", under=kill_at(call, nth))
            versions.add(version(place / "data", key))
            assert rows == rows_in(place / "data", key)
            store = open_sqlite(place / "data", key)
            assert ((), ["draft", "draft"]) == (store.check(), [draft.kind for draft in store.drafts()])
            store.close()
            if status == 0:
                break
        else:
            raise AssertionError
    assert {1, len(migrations())} == versions


@pytest.fixture
def set_up_place(tmp_path: Path, passphrase: str, cheap: Cost) -> Path:
    """A folder `data` with a key file and a store with some events, and its key beside it, ready to be copied."""
    place = tmp_path / "prepared"
    key, _ = create_key(place / "data", passphrase, cost=cheap)
    (place / "key").write_text(key.hex())
    store = open_sqlite(place / "data", key)
    with store.transaction():
        store.append([an_event(str(number), minute=number) for number in range(5)])
    store.close()
    return place


def state(folder: Path, passphrase: str) -> str:
    """Whether everything opens, or nothing does and nothing can be."""
    try:
        key = unlock(folder, passphrase)
    except (NoStore, KeyFileDamaged):
        return "nothing"
    store = open_sqlite(folder, key)
    whole = (5, ()) == (len(store.events()), store.check())
    store.close()
    return "everything" if whole else "something else"


def kill_at_each(prepared: Path, calls: tuple[str, ...], *arguments: str, then: Callable[[Path, str], str]) -> set[str]:
    """What `then` tells of each run that was killed at one of its calls, told what it had said; and of whole ones."""

    def of(call: str) -> set[str]:
        told = set()
        for nth in range(1, AT_MOST):
            place = prepared.with_name(f"{call}-{nth}")
            shutil.copytree(prepared, place)
            status, said = run_program(place / "data", place / "key", *arguments, under=kill_at(call, nth))
            assert status in (0, *KILLED)
            told.add(then(place, said))
            shutil.rmtree(place)
            if status == 0:
                return told
        raise AssertionError

    with ThreadPoolExecutor(2) as pool:
        return {one for each in pool.map(of, calls) for one in each}


STORING_CALLS = ("pwrite64", "fdatasync", "ftruncate")
"""What SQLite alone does; nothing else writes when a chat is put away."""
GIVING_CALLS = ("write", "fsync", "fdatasync")
REMOVING_CALLS = (*WRITING_CALLS, "rmdir")


def test_a_killed_removal_leaves_everything_or_nothing(set_up_place: Path, passphrase: str) -> None:
    """Killed at every call: all of it opens, or nothing does; done again, nothing is left."""

    def then(place: Path, said: str) -> str:
        found = state(place / "data", passphrase)
        assert found == "nothing" or said == ""
        if (place / "data").exists() and any((place / "data").iterdir()):
            status, _ = run_program(place / "data", place / "key", "--shred")
            assert 0 == status
        assert [] == list(place.glob("data/*"))
        return found

    assert {"everything", "nothing"} == kill_at_each(set_up_place, REMOVING_CALLS, "--shred", then=then)


def test_a_killed_restoring_leaves_nothing_or_everything(set_up_place: Path, tmp_path: Path, passphrase: str) -> None:
    """T13: as good as empty, or whole, and confirmed only when whole; where it is empty, it can be done again."""
    store = open_sqlite(set_up_place / "data", bytes.fromhex((set_up_place / "key").read_text()))
    away = tmp_path / "away.zip"
    save_archive(write_archive(store, set_up_place / "data"), away)
    store.close()
    shutil.rmtree(set_up_place / "data")
    (set_up_place / "data").mkdir(mode=0o700)

    def then(place: Path, said: str) -> str:
        found = state(place / "data", passphrase)
        if said == "restored\n":
            assert "everything" == found
        if found == "nothing":
            assert not store_exists(place / "data")
            with away.open("rb") as file:
                restore_archive(place / "data", file, passphrase)
            assert "everything" == state(place / "data", passphrase)
        return found

    told = kill_at_each(set_up_place, WRITING_CALLS, "--restore", str(away), then=then)
    assert {"everything", "nothing"} == told


@pytest.mark.parametrize("act", ["--put-away words", "--bring-back"])
def test_killed_while_a_chat_goes_or_comes_back_nothing_is_lost(prepared: Path, passphrase: str, act: str) -> None:
    """The former or the new state at any call, never half; all of the words are in one of the two, whole."""
    table, store = a_long_table(60), open_sqlite(prepared / "data", key_of(prepared))
    texts = [f"message {number}" for number in range(60)]
    with store.transaction():
        store.put_messages(a_source(table), table, texts)
    store.close()
    if act == "--bring-back":
        run_program(prepared / "data", prepared / "key", "--put-away", "words")

    def then(place: Path, said: str) -> str:
        store = open_sqlite(place / "data", key_of(place))
        here, file = list(store.texts()), store.parcel_file("b" * 32)
        away = [] if file is None else [line.body for line in read_parcel(file, passphrase)[1]]
        assert ((), []) == (store.check(), [each for each in here if each is not None and away])
        assert sorted(texts) == sorted(text for text in (away or here) if text is not None)
        store.close()
        assert not said or said.startswith("brought" if not away else "put")
        return "away" if away else "here"

    assert {"away", "here"} == kill_at_each(prepared, STORING_CALLS, *act.split(), then=then)


def test_killed_while_it_is_given_away_it_is_in_one_place_at_least(prepared: Path, passphrase: str) -> None:
    """Whole in the notes, or whole in the file, at any call; confirmed only when in the file."""
    table, store = a_long_table(60), open_sqlite(prepared / "data", key_of(prepared))
    with store.transaction():
        store.put_messages(a_source(table), table, [f"message {number}" for number in range(60)])
    store.close()
    run_program(prepared / "data", prepared / "key", "--put-away", "words")

    def then(place: Path, said: str) -> str:
        store = open_sqlite(place / "data", key_of(place))
        file = store.parcel_file("b" * 32)
        assert () == store.check()
        store.close()
        given = away(place)
        whole = file if file is not None else given.open("rb")
        assert 60 == sum(1 for _ in read_parcel(whole, passphrase)[1])
        whole.close()
        assert not said or file is None
        return "here" if file is not None else "away"

    told: set[str] = set()
    for call in GIVING_CALLS:
        for nth in range(1, AT_MOST):
            place = prepared.with_name(f"{call}-{nth}")
            shutil.copytree(prepared, place)
            status, said = run_program(
                place / "data", place / "key", "--give", str(away(place)), under=kill_at(call, nth)
            )
            assert status in (0, *KILLED)
            told.add(then(place, said))
            if status == 0:
                break
        else:
            raise AssertionError
    assert {"here", "away"} == told


def away(place: Path) -> Path:
    return place / "away"


def key_of(place: Path) -> bytes:
    return bytes.fromhex((place / "key").read_text())


def test_everything_can_be_removed_from_a_disk_that_takes_nothing(set_up_place: Path, passphrase: str) -> None:
    """Full to the last byte, so that not even overwriting is taken: nothing of it opens, and nothing is left."""
    data = set_up_place / "data"
    taken = ("write", "pwrite64", "ftruncate", "fallocate")
    assert passphrase
    refusing = [part for call in taken for part in ("-e", f"inject={call}:error=ENOSPC")]
    files = [part for name in ("key.json", "notes.db", "notes.db-wal") for part in ("-P", str(data / name))]
    under = (strace(), "-f", "-qqq", "-o", "/dev/null", "-e", "trace=" + ",".join(taken), *refusing, *files)
    status, said = run_program(data, set_up_place / "key", "--shred", under=under)
    assert (0, "removed\n", False) == (status, said, data.exists())


def test_the_same_disk_refuses_what_has_to_be_written(set_up_place: Path, passphrase: str) -> None:
    """The control: under the same refusals, changing the passphrase fails, and the former one still opens."""
    data = set_up_place / "data"
    under = (strace(), "-f", "-qqq", "-o", "/dev/null", "-e", "trace=write", "-e", "inject=write:error=ENOSPC",
             "-P", str(data / "key.json.former.new"))  # fmt: skip
    command = [*under, sys.executable, str(PROGRAM), str(data), str(set_up_place / "key"), "--new-passphrase", "x" * 12]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    assert (1, b"") == (done.returncode, done.stdout)
    assert "everything" == state(data, passphrase)


def opens(folder: Path, passphrase: str) -> bool:
    try:
        unlock(folder, passphrase)
    except WrongPassphrase:
        return False
    return True
