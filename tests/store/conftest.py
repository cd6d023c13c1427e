"""
A store in an empty folder, and what can be collected where.

The tests that trace system calls need strace, which exists on Linux alone: there they fail without it; elsewhere they
are not collected.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fallow.store import Cost
from fallow.store.sqlite import SqliteStore, open_sqlite

TRACING_TESTS = ("test_kill.py", "test_power_cut.py", "test_traced_writes.py")
collect_ignore = [] if sys.platform == "linux" else list(TRACING_TESTS)

PASSPHRASE = "seven quiet rivers"


@pytest.fixture
def cheap() -> Cost:
    """argon2id, real but quick: for tests in which its price is not the question."""
    return Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def store(folder: Path, key: bytes) -> Iterator[SqliteStore]:
    opened = open_sqlite(folder, key)
    yield opened
    opened.close()
