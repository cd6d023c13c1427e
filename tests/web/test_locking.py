"""
T26: two seconds after locking, in whichever way, no process of ours holds a word, the passphrase or the key.

Reading the memory of another process takes root. Where the tests run as somebody else, the system refuses to show the
memory of the worker at all, which is the promise too, and the refusal is what is asserted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import PASSPHRASE, Home, Running
from fallow.store import unlock
from web.processes import copies_in_memory, family_of
from web.samples import CHAT, MARKERS, Stored
from web.test_serve import gone, wait_until
from web.wire import Visitor, unlocked

ROOT = os.geteuid() == 0
WAYS: dict[str, Callable[[Running, Visitor], object]] = {
    "button": lambda _server, owner: owner.post("/lock"),
    "leaving": lambda _server, owner: owner.post("/leave"),
    "command": lambda server, _owner: server.home.run("lock", passphrase=False),
    "idleness": lambda _server, _owner: None,
}


@pytest.fixture
def home(home: Home) -> Home:
    """Started as people start it, for the processes themselves are looked at."""
    return replace(home, warm=False)


@pytest.mark.parametrize("way", WAYS)
def test_two_seconds_after_locking_nothing_is_left(way: str, request: pytest.FixtureRequest, stored: Stored) -> None:
    """The old process is gone; the ones that are there have nothing in their memory, environment or arguments."""
    server: Running = request.getfixturevalue("impatient" if way == "idleness" else "locked")
    needles = [*forms([*MARKERS, PASSPHRASE]), unlock(stored.folder, PASSPHRASE)]
    owner, worker = unlocked(server, PASSPHRASE), server.workers()[0]
    look_around(owner, stored)
    WAYS[way](server, owner)
    wait_until(lambda: gone(worker), 6)
    time.sleep(2)
    processes = family_of(server.process.pid)
    assert len(processes) == 2
    for pid in processes:
        assert [0] * len(needles) == copies(pid, needles)
        shown = [Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ")] if ROOT else []
        assert not any(needle in each for each in shown for needle in needles)


def test_while_it_is_unlocked_all_of_it_would_be_found(locked: Running, stored: Stored) -> None:
    """The control: the same search in the worker before locking."""
    key = unlock(stored.folder, PASSPHRASE)
    owner = unlocked(locked, PASSPHRASE)
    look_around(owner, stored)
    worker = locked.workers()[0]
    if ROOT:
        assert min(copies_in_memory(worker, [*(marker.encode() for marker in MARKERS), key])) > 0
    else:
        with pytest.raises(PermissionError):
            copies_in_memory(worker, [key])


def test_the_worker_leaves_no_core_file(locked: Running) -> None:
    """Whatever kills it: the system is told to write none, before there is anything to write."""
    limits = Path(f"/proc/{locked.workers()[0]}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert ["0", "0"] == line.split()[4:6]


@pytest.mark.parametrize(("shutters", "seen"), [("close_the_shutters()", "refused"), ("pass", "open")])
def test_another_program_of_the_same_person_may_not_look(shutters: str, seen: str) -> None:
    """Its parent even, which may look into any other child; with the control, a child that did not close them."""
    program = f"""if True:
        import ctypes, os, sys, time
        from fallow.web.worker import close_the_shutters
        if os.geteuid() == 0:
            os.setgroups([]), os.setgid(65534), os.setuid(65534)
            ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
        ready, done = os.pipe()
        child = os.fork()
        if not child:
            {shutters}
            os.write(done, b"x")
            time.sleep(30)
            os._exit(0)
        os.read(ready, 1)
        try:
            open(f"/proc/{{child}}/mem", "rb").close()
            print("open")
        except PermissionError:
            print("refused")
        os.kill(child, 9)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert seen == done.stdout.strip()


def look_around(owner: Visitor, stored: Stored) -> None:
    """Read and write everywhere, so that every marked thing has been in memory."""
    for path in ("/", "/history", f"/d/{stored.draft}", "/now/call", "/picture", "/settings", "/import"):
        assert 200 == owner.get(path).status
    first = f'--x\r\nContent-Disposition: form-data; name="t"\r\n\r\n{owner.token}\r\n'
    file = f'--x\r\nContent-Disposition: form-data; name="file"; filename="c.txt"\r\n\r\n{CHAT}\r\n--x--\r\n'
    assert 303 == owner.post_as("multipart/form-data; boundary=x", "/import", (first + file).encode()).status


def forms(words: list[str]) -> list[bytes]:
    return [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]


def copies(pid: int, needles: list[bytes]) -> list[int]:
    """None where the system does not let us look into the worker."""
    try:
        return copies_in_memory(pid, needles)
    except PermissionError:
        assert not ROOT
        return [0] * len(needles)
