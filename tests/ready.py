"""
A process that has read Python and Fallow already, and becomes one command after the other.

Nine tenths of a short command's time is reading the code it is made of. Here that is read once; every command is then
a fork of this process, with arguments, environment, folder and pipes of its own, which goes the way of
`python -m fallow` and ends by itself. `tests/journeys/test_ready.py` holds both ways of starting to the same answers.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader, BufferedWriter
from pathlib import Path

import fallow

SECONDS = 120
"""After which a command is killed."""
READ_AT_THE_START = ("PYTHON", "LD_", "DYLD_", "LC_", "LANG", "OPENBLAS_", "OMP_")
"""Variables that are looked at before the first line of our own; where they differ, a command must start cold."""
NUMBER = 8
"""Bytes of a number on the wire."""


class Ready:
    """The near end: asks for one command at a time. The far end goes when this is closed or gone."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._before = _read_at_the_start(environment)
        self._turn = threading.Lock()
        self._wire, far = socket.socketpair()
        with far:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(far.fileno())],
                env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[far.fileno()],
            )  # fmt: skip

    def close(self) -> None:
        self._wire.close()
        self._process.wait(10)

    def fits(self, environment: Mapping[str, str]) -> bool:
        """Whether the code has been read as it would be in this environment."""
        return self._before == _read_at_the_start(environment)

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], given: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        """What `subprocess.run` answers for `python -m fallow` with these arguments and standard input."""
        asked = json.dumps([[os.fspath(each) for each in arguments], dict(environment), str(Path.cwd())]).encode()
        (their_in, our_in), (our_out, their_out), (our_err, their_err), (their_orders, our_orders) = (
            _pipe() for _ in range(4)
        )
        with self._turn, our_in, our_out, our_err, our_orders:
            theirs = (their_in, their_out, their_err, their_orders)
            socket.send_fds(self._wire, [b"."], [end.fileno() for end in theirs])
            for end in theirs:
                end.close()
            pid = _number(self._wire)
            late = threading.Timer(SECONDS, os.kill, (pid, signal.SIGKILL))
            late.start()
            with ThreadPoolExecutor(2) as pool:
                pool.submit(_give, {our_orders: asked, our_in: given})
                said_aloud = pool.submit(our_err.read)
                said = our_out.read()
            status = _number(self._wire)
            late.cancel()
        return subprocess.CompletedProcess(arguments, os.waitstatus_to_exitcode(status), said, said_aloud.result())


def _read_at_the_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(READ_AT_THE_START)}


def _pipe() -> tuple[BufferedReader, BufferedWriter]:
    reading, writing = os.pipe()
    return open(reading, "rb"), open(writing, "wb")  # noqa: PTH123


def _give(given: Mapping[BufferedWriter, bytes]) -> None:
    """A command may end without having read what it is given."""
    for pipe, data in given.items():
        with contextlib.suppress(BrokenPipeError), pipe:
            pipe.write(data)


def _number(wire: socket.socket) -> int:
    told = wire.recv(NUMBER, socket.MSG_WAITALL)
    assert NUMBER == len(told), "the process that becomes commands is gone"
    return int.from_bytes(told, "big")


def read_all_code() -> None:
    """Every file of Fallow, as commands need it one by one; but for the engines, and for the command itself."""
    for each in pkgutil.walk_packages(fallow.__path__, "fallow."):
        if not each.name.startswith(("fallow.__main__", "fallow.study.")):
            importlib.import_module(each.name)


def _stand_ready(wire: socket.socket) -> None:
    """The far end: read the code, then fork for every command, until nobody can ask any more."""
    read_all_code()
    while True:
        _, theirs, _, _ = socket.recv_fds(wire, 1, 4)
        if not theirs:
            return
        pid = os.fork()
        if pid == 0:
            wire.close()
            _become(theirs)
        for end in theirs:
            os.close(end)
        wire.sendall(pid.to_bytes(NUMBER, "big"))
        _, status = os.waitpid(pid, 0)
        wire.sendall(status.to_bytes(NUMBER, "big"))


def _become(ends: Sequence[int]) -> None:
    """This process is the command from here on; it ends with the command's own status."""
    with open(ends[3], "rb") as orders:  # noqa: PTH123
        arguments, environment, folder = json.load(orders)
    for number, end in enumerate(ends[:3]):
        os.dup2(end, number)
        os.close(end)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["fallow", *arguments]
    runpy.run_module("fallow", run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _stand_ready(socket.socket(fileno=int(sys.argv[1])))
