"""A connection is trusted only after it has been asked, and files only when they are closed to others."""

from __future__ import annotations

import math
import os
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fallow.errors import StoreUnsafe
from fallow.store import Cost, create_key
from fallow.store.pragmas import LEAST_SQLITE, connect, distrust, distrust_files
from fallow.store.sqlite import SqliteStore, open_sqlite
from store.samples import a_long_table, a_source, an_event

FALSIFIED = {
    "synchronous = NORMAL": "it does not wait for the disk",
    "synchronous = OFF": "it does not wait for the disk",
    "temp_store = FILE": "it could put temporary data on the disk unencrypted",
    "temp_store = DEFAULT": "it could put temporary data on the disk unencrypted",
    "secure_delete = OFF": "deleted words would stay in the file",
    "secure_delete = FAST": "deleted words would stay in the file",
    "journal_mode = DELETE": "its journal is not a write-ahead log",
    "journal_mode = TRUNCATE": "its journal is not a write-ahead log",
    "foreign_keys = OFF": "its cross-checks are off",
    "trusted_schema = ON": "it would run code found in a file",
}


@pytest.fixture
def strangers_umask() -> Iterator[None]:
    """A umask that closes nothing."""
    former = os.umask(0)
    yield
    os.umask(former)


def test_a_real_connection_is_trusted(folder: Path, key: bytes) -> None:
    """Nothing is wrong with what `connect` returns."""
    connection = connect(folder / "notes.db", key)
    assert () == distrust(connection)
    connection.close()


@pytest.mark.parametrize(("pragma", "reason"), FALSIFIED.items())
def test_each_falsified_setting_refuses_the_start(folder: Path, key: bytes, pragma: str, reason: str) -> None:
    """T06: the setting is really changed on the connection; it says why."""

    def connect_wrongly(path: Path, key: bytes) -> Any:
        connection = connect(path, key)
        connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    with pytest.raises(StoreUnsafe) as caught:
        open_sqlite(folder, key, connect=connect_wrongly)
    assert reason in caught.value.sentence


def test_a_library_without_encryption_refuses_the_start(folder: Path, key: bytes) -> None:
    """T06: the standard library's SQLite, which would silently write a plain file."""

    def connect_plainly(path: Path, key: bytes) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        return connection

    with pytest.raises(StoreUnsafe) as caught:
        open_sqlite(folder, key, connect=connect_plainly)
    assert "it does not encrypt" in caught.value.sentence
    assert b"" == (folder / "notes.db").read_bytes()


def test_an_old_sqlite_refuses_the_start(folder: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """T06: the least version is set beyond the one that is here; the standard library's own is older as it is."""
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        plain = sqlite3.connect(":memory:")
        assert any("is older than 3.51.3" in reason for reason in distrust(plain))
        plain.close()
    monkeypatch.setattr("fallow.store.pragmas.LEAST_SQLITE", (99, 0, 0))
    with pytest.raises(StoreUnsafe, match=r"is older than 99\.0\.0, which may lose data"):
        open_sqlite(folder, key)


def test_open_modes_are_closed_at_the_start(folder: Path, key: bytes) -> None:
    """T06: ours, so they are mended; what was open before is said nowhere, for nothing is wrong any more."""
    open_sqlite(folder, key).close()
    (folder / "notes.db").chmod(0o644)
    folder.chmod(0o755)
    store = open_sqlite(folder, key)
    assert (0o600, 0o700) == (mode_of(folder / "notes.db"), mode_of(folder))
    store.close()


def test_files_of_another_account_refuse_the_start(folder: Path) -> None:
    """T06: they could be changed or opened by somebody else. Root gives its own away."""
    reasons = distrust_files(folder, (folder / "notes.db",))
    assert () == reasons
    if os.getuid() == 0:
        os.chown(folder, 12_345, 12_345)
        assert ("its files belong to another account",) == distrust_files(folder, ())
    else:
        assert ("its files belong to another account",) == distrust_files(Path("/"), ())


def test_every_file_is_private_whatever_the_umask(
    tmp_path: Path, passphrase: str, cheap: Cost, strangers_umask: None
) -> None:
    """T23: 0600 each, 0700 the folder, while open and after closing."""
    folder = tmp_path / "fresh"
    key, _ = create_key(folder, passphrase, cost=cheap)
    store = open_sqlite(folder, key)
    with store.transaction():
        store.append([an_event()])
    open_modes = {path.name: mode_of(path) for path in folder.iterdir()}
    store.close()
    names = {"key.json", "tries.json", "notes.db", "notes.db-wal", "notes.db-shm"}
    assert dict.fromkeys(names, 0o600) == open_modes
    assert 0o700 == mode_of(folder)


def test_the_file_looks_like_noise(folder: Path, key: bytes) -> None:
    """T23: no header, no word of what is in it, more than 7.9 bits in a byte."""
    store = open_sqlite(folder, key)
    fill(store)
    store.close()
    data = (folder / "notes.db").read_bytes()
    assert len(data) > 200_000
    assert entropy(data) > 7.9
    assert (False, False) == (data.startswith(b"SQLite"), b"lighthouse" in data)


def test_the_log_looks_like_noise(folder: Path, key: bytes, tmp_path: Path) -> None:
    """T23: while it is full. It is copied by another process: reading it here would drop SQLite's locks."""
    store = open_sqlite(folder, key)
    with store.transaction():
        store.append([an_event("lighthouse " * 9, minute=i) for i in range(1_000)])
    copy = tmp_path / "log"
    os.system(f"cp {folder / 'notes.db-wal'} {copy}")
    store.close()
    log = copy.read_bytes()
    assert len(log) > 200_000
    # Frame headers are plain by design: page numbers and checksums.
    assert entropy(log) > 7.9
    assert b"lighthouse" not in log


def fill(store: SqliteStore) -> None:
    table = a_long_table(5_000)
    with store.transaction():
        store.put_messages(a_source(table), table, ["lighthouse " * 9] * 5_000)


def entropy(data: bytes) -> float:
    """Bits in a byte, from how often each value occurs."""
    counts = Counter(data).values()
    return -sum(count / len(data) * math.log2(count / len(data)) for count in counts)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
