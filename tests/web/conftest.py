"""A folder with five marked things in it, made once and copied, for it takes a lock of argon2id to make."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Home, Running, start_server, stop_server
from web.samples import Stored, fill


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return fill(tmp_path_factory.mktemp("template") / "data")


@pytest.fixture
def stored(template: Stored, home: Home) -> Stored:
    """The marked things in the data folder of this test."""
    shutil.copytree(template.folder, home.folder)
    home.folder.chmod(0o700)
    return replace(template, folder=Path(home.folder))


@pytest.fixture
def set_up(stored: Stored, home: Home) -> Home:
    """What the other rooms call set up, without waiting for a new lock each time."""
    assert stored.folder == home.folder
    return home


@pytest.fixture
def locked(stored: Stored, home: Home) -> Iterator[Running]:
    """A locked server on the marked things."""
    running = start_server(home, passphrase=False)
    yield running
    stop_server(running)
