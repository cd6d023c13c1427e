"""Removing everything: the passphrase again, the key first, nothing of ours left, nothing of others touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fallow.errors import NoStore, TooManyTries, WrongPassphrase
from fallow.store import Cost, Draft, allow_shred, change_passphrase, create_key, shred, store_exists
from fallow.store.cipher import FORMER_KEY_FILE
from fallow.store.sqlite import SqliteStore, open_sqlite
from store.pages import decrypted_pages
from store.samples import START, an_event

WORDS = "the letter that nobody reads"


@pytest.fixture
def key(folder: Path, passphrase: str, cheap: Cost) -> bytes:
    return create_key(folder, passphrase, cost=cheap)[0]


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.transaction():
        store.append([an_event(WORDS)])
        store.put_draft(Draft("a", START, START, WORDS * 50, sealed=False, opens_at=None))
    return store


def test_nothing_is_left(filled: SqliteStore, folder: Path, passphrase: str, tmp_path: Path) -> None:
    """Neither file nor folder, and no byte of the key file under another name."""
    key_file = (folder / "key.json").read_bytes()
    allow_shred(folder, passphrase)
    assert () == shred(folder, meanwhile=filled.close)
    assert not folder.exists()
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file() and key_file[:64] in path.read_bytes()]


def test_files_of_others_stay(filled: SqliteStore, folder: Path, passphrase: str) -> None:
    """What was named goes along; what is not ours is told and left, with its folder."""
    (folder / "settings.json").write_text("{}")
    (folder / "holiday.jpg").write_bytes(b"jpg")
    allow_shred(folder, passphrase)
    assert ("holiday.jpg",) == shred(folder, others=["settings.json"], meanwhile=filled.close)
    assert ["holiday.jpg"] == [path.name for path in folder.iterdir()]
    assert not store_exists(folder)


def test_the_key_goes_first(filled: SqliteStore, folder: Path) -> None:
    """When the database is closed and goes, its key is gone already; every copy of it, in every state of a change."""
    (folder / FORMER_KEY_FILE).write_bytes((folder / "key.json").read_bytes())
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(sorted(path.name for path in folder.iterdir()))
        filled.close()

    shred(folder, meanwhile=look)
    assert [["notes.db", "notes.db-shm", "notes.db-wal", "tries.json"]] == seen


def test_the_rest_goes_even_where_closing_fails(filled: SqliteStore, folder: Path) -> None:
    """A disk that does not take the last of the log must not keep the files."""

    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        shred(folder, meanwhile=fail)
    assert [] == list(folder.iterdir())
    filled.close()


def test_what_is_overwritten_is_the_very_place(filled: SqliteStore, folder: Path) -> None:
    """Seen through another name of the same file: zeros, not the old bytes under a name that is gone."""
    other = folder.parent / "the same file"
    other.hardlink_to(folder / "key.json")
    size = other.stat().st_size
    shred(folder, meanwhile=filled.close)
    assert bytes(size) == other.read_bytes()


@pytest.mark.parametrize("given", ["not the passphrase", "", "x" * 1_000])
def test_without_the_passphrase_nothing_goes(filled: SqliteStore, folder: Path, key: bytes, given: str) -> None:
    """Tries are counted as at the door."""
    for refusal in [WrongPassphrase] * 5 + [TooManyTries]:
        with pytest.raises(refusal):
            allow_shred(folder, given)
    filled.close()
    assert WORDS.encode() in decrypted_pages(folder, key)


def zeros(folder: Path) -> None:
    path = folder / "key.json"
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("cut_off", [zeros, lambda folder: (folder / "key.json").unlink()], ids=["zeros", "gone"])
def test_one_that_was_cut_off_can_be_ended(
    filled: SqliteStore, folder: Path, cut_off: Callable[[Path], object]
) -> None:
    """Without a key that opens, no passphrase can be asked for, and there is nothing left to protect."""
    filled.close()
    cut_off(folder)
    allow_shred(folder, "whatever")
    shred(folder)
    assert not folder.exists()


def test_where_nothing_is_there_is_nothing_to_remove(folder: Path, passphrase: str) -> None:
    """Small files that a removal cut off at its end had left can still go."""
    with pytest.raises(NoStore):
        allow_shred(folder, passphrase)
    (folder / "settings.json").write_text("{}")
    allow_shred(folder, passphrase, others=["settings.json"])


def test_a_former_passphrase_does_not_remove(filled: SqliteStore, folder: Path, passphrase: str, cheap: Cost) -> None:
    """Only what opens it today."""
    change_passphrase(folder, passphrase, "a new and better one", cost=cheap)
    with pytest.raises(WrongPassphrase):
        allow_shred(folder, passphrase)
    allow_shred(folder, "a new and better one")
    filled.close()
    assert open_sqlite(folder, filled._connections._key).events()
