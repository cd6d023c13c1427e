"""A folder with five marked things in it, made once and copied, for it takes a lock of argon2id to make."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Home, Running, start_server, stop_server
from web.samples import Stored, fill

# Memory, sockets and open files of other processes are looked up in /proc, which Linux alone has.
collect_ignore = [] if sys.platform == "linux" else ["test_locking.py", "test_serve.py"]

QUICK = """if True:
    import json, sys
    from pathlib import Path
    from fallow.settings import read_settings
    from fallow.web.addresses import listen
    from fallow.web.serve import Server
    folder = Path(sys.argv[1])
    server = Server(folder, read_settings(folder), listen("127.0.0.1", 0), idle_limit=float(sys.argv[2]))
    told = {"port": server.port, "host": server.settings.host}
    server.run(lambda link: print(json.dumps({"link": link, **told}), flush=True))
"""
"""`fallow serve`, but for a moment of idleness in place of minutes."""
LIMIT = 4.0
"""Seconds of idleness after which `impatient` locks."""


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


@pytest.fixture
def impatient(stored: Stored, home: Home) -> Iterator[Running]:
    """A locked server on the marked things, whose idle time is `LIMIT`."""
    assert stored.folder == home.folder
    process = subprocess.Popen(
        [sys.executable, "-c", QUICK, str(home.folder), str(LIMIT)],
        env=home.environment(passphrase=False), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    running = Running(home, process, told["link"], told["host"], told["port"])
    yield running
    stop_server(running)
