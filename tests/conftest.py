"""What several rooms' tests need: a real data folder, a real server, a real browser. A missing browser is a failure."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from ready import Ready, Started

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
# The same cases at every run, and none judged by the clock: a busy machine and a lucky draw prove nothing.

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Hundreds of processes are started: each would compile every file again.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Read when numpy is; a thread per processor waits at full speed for its turn while other tests run.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("FALLOW_LANGUAGE", None)
# Whatever is spoken where the tests run: they read English, and say so where they mean another language.

PATIENCE = 60
"""Seconds after which nothing is waited for any longer; a busy machine is no failure."""
TESTS = Path(__file__).parent
LONG = ("importers/test_limits.py", "store/test_kill.py", "journeys/", "web/")
"""Files that take minutes, and folders whose tests start servers and browsers; they take most of the time."""

PASSPHRASE = "a slow green field at dusk"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, so that no process sits over one of them at the end while the others are done."""

    def turn(item: pytest.Item) -> int:
        path = item.path.relative_to(TESTS).as_posix()
        return next((i for i, long in enumerate(LONG) if path.startswith(long)), len(LONG))

    items.sort(key=turn)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test hides a missing part, so it turns the run red."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped; a skip hides a missing part.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chromium_path() -> str:
    named = os.environ.get("FALLOW_CHROMIUM")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    found = found or next((path for path in MAC_BROWSERS if Path(path).exists()), None)
    if found is None or not Path(found).exists():
        pytest.fail("No Chromium was found. Run make test, or set FALLOW_CHROMIUM to one.")
    return found


@dataclass(slots=True)
class Home:
    """A data folder with its passphrase file, and the command on it."""

    folder: Path
    passphrase_file: Path
    extra: dict[str, str] = field(default_factory=dict)
    warm: bool = True
    """Whether its commands and servers may be forks of a process that has read the code: see `ready`."""

    def environment(self, *, passphrase: bool = True) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("FALLOW_HOME", "FALLOW_PASSPHRASE_FILE", "DISPLAY")}
        kept |= {"FALLOW_HOME": str(self.folder), "TZ": "Europe/Berlin", "PYTHONWARNINGS": "error", **self.extra}
        return kept | ({"FALLOW_PASSPHRASE_FILE": str(self.passphrase_file)} if passphrase else {})

    def run(
        self, *arguments: str, stdin: str | bytes = b"", passphrase: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        """A command in a process of its own, started warm wherever that makes no difference."""
        environment = self.environment(passphrase=passphrase)
        if not self.starts_warm(environment):
            return self.run_cold(*arguments, stdin=stdin, passphrase=passphrase)
        return ready().run(arguments, environment, stdin.encode() if isinstance(stdin, str) else stdin)

    def starts_warm(self, environment: dict[str, str]) -> bool:
        return self.warm and ready().fits(environment)

    def run_cold(
        self, *arguments: str, stdin: str | bytes = b"", passphrase: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        """The same, from the start of Python."""
        return subprocess.run(
            [sys.executable, "-m", "fallow", *arguments],
            env=self.environment(passphrase=passphrase),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def json(self, *arguments: str, stdin: str | bytes = b"") -> Any:
        """The JSON answer of a command that must succeed."""
        done = self.run(*arguments, "--json", stdin=stdin)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)


@cache
def ready() -> Ready:
    """The process that becomes the commands of this session."""
    started = Ready(Home(Path(), Path()).environment(passphrase=False))
    atexit.register(started.close)
    return started


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A folder with nothing set up."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    secret.chmod(0o600)
    return Home(tmp_path / "data", secret)


@pytest.fixture
def set_up(home: Home) -> Home:
    """A folder set up and empty."""
    assert home.run("init").returncode == 0
    return home


@dataclass(slots=True)
class Running:
    """A server as a person starts it, with the links it printed."""

    home: Home
    process: subprocess.Popen[bytes] | Started
    link: str
    host: str
    port: int
    phone: str = ""
    """Where a paired phone finds it, as `https://192.168.1.5:8738`; empty where it does not."""
    fingerprint: str = ""

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def next_link(self) -> str:
        """The fresh link that is printed when a locked worker was replaced."""
        assert self.process.stdout is not None
        link: str = json.loads(self.process.stdout.readline())["link"]
        return link

    def workers(self) -> list[int]:
        """The processes started by the server."""
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in listed.stdout.split()]


def start_server(home: Home, *more: str, passphrase: bool = True) -> Running:
    """Wait for the link; the server is a fork that has read the code wherever that makes no difference."""
    arguments = ("serve", "--port", "0", "--no-browser", "--json", *more)
    environment = home.environment(passphrase=passphrase)
    process: subprocess.Popen[bytes] | Started
    if home.starts_warm(environment):
        process = ready().start(arguments, environment)
    else:
        process = subprocess.Popen(
            [sys.executable, "-m", "fallow", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        assert process.stderr is not None
        pytest.fail(process.stderr.read().decode())
    told = json.loads(line)
    phone = told.get("phone", {})
    return Running(
        home, process, told["link"], told["host"], told["port"], phone.get("address", ""), phone.get("fingerprint", "")
    )


def stop_server(running: Running) -> None:
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(PATIENCE)
    for pipe in (running.process.stdout, running.process.stderr):
        if pipe is not None:
            pipe.close()


@pytest.fixture
def locked_server(set_up: Home) -> Iterator[Running]:
    """A server on a folder that is set up, locked."""
    running = start_server(set_up, passphrase=False)
    yield running
    stop_server(running)


@pytest.fixture
def open_server(set_up: Home) -> Iterator[Running]:
    """A server unlocked at its start by the passphrase file."""
    running = start_server(set_up)
    yield running
    stop_server(running)


@pytest.fixture
def fresh_server(home: Home) -> Iterator[Running]:
    """A server on a folder where nothing is set up."""
    running = start_server(home, passphrase=False)
    yield running
    stop_server(running)
