"""
A process that has read Python and Fallow already, and becomes one command after the other.

Nine tenths of a short command's time, and of a server's start, is reading the code it is made of. Here that is read
once; every command is then a fork of this process, with arguments, environment, folder and pipes of its own, which goes
the way of `python -m fallow` and ends by itself. A server stays as long as it is wanted, and each of its workers is a
fork as well. `tests/journeys/test_ready.py` holds both ways of starting to the same answers.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import dataclass
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Any, NoReturn

import fallow

SECONDS = 120
"""After which a command is killed."""
READ_AT_THE_START = ("PYTHON", "LD_", "DYLD_", "LC_", "LANG", "OPENBLAS_", "OMP_")
"""Variables that are looked at before the first line of our own; where they differ, a command must start cold."""
NUMBER = 8
"""Bytes of a number on the wire."""
WORKER = "fallow.web.worker"


@dataclass(slots=True)
class Started:
    """A command that stays, with the names `subprocess.Popen` has for what is asked of it."""

    args: tuple[str, ...]
    pid: int
    stdout: BufferedReader
    stderr: BufferedReader
    _end: BufferedReader
    """Holds its status once it ended."""
    returncode: int | None = None

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            with self._end:
                self.returncode = os.waitstatus_to_exitcode(int.from_bytes(self._end.read(NUMBER), "big"))
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[bytes, bytes]:
        with ThreadPoolExecutor(2) as pool, self.stdout, self.stderr:
            said, said_aloud = pool.submit(self.stdout.read), pool.submit(self.stderr.read)
            self.wait(timeout)
            return said.result(), said_aloud.result()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


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
        asked = _orders(arguments, environment)
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

    def start(self, arguments: Sequence[str], environment: Mapping[str, str]) -> Started:
        """What `subprocess.Popen` starts for `python -m fallow` with these arguments, and nothing to read."""
        (our_out, their_out), (our_err, their_err), (their_orders, our_orders), (our_end, their_end) = (
            _pipe() for _ in range(4)
        )
        with self._turn, open(os.devnull, "rb") as nothing:  # noqa: PTH123
            theirs = (nothing, their_out, their_err, their_orders, their_end)
            socket.send_fds(self._wire, [b"."], [end.fileno() for end in theirs])
            for end in theirs:
                end.close()
            pid = _number(self._wire)
        _give({our_orders: _orders(arguments, environment)})
        return Started(tuple(arguments), pid, our_out, our_err, our_end)


def _orders(arguments: Sequence[str], environment: Mapping[str, str]) -> bytes:
    return json.dumps([[os.fspath(each) for each in arguments], dict(environment), str(Path.cwd())]).encode()


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
    importlib.import_module(WORKER)
    del sys.modules[WORKER]  # it is run as a program, and by then must be no module
    gc.collect()
    gc.freeze()  # a fork that touched all of it when it looks for garbage would do little else
    keepers: set[int] = set()
    while True:
        _, theirs, _, _ = socket.recv_fds(wire, 1, 5)
        if not theirs:
            return
        keepers -= {each for each in keepers if os.waitpid(each, os.WNOHANG)[0]}
        if len(theirs) == 4:
            pid = _fork(_become, wire, theirs)
            wire.sendall(pid.to_bytes(NUMBER, "big"))
            _, status = os.waitpid(pid, 0)
            wire.sendall(status.to_bytes(NUMBER, "big"))
        else:
            keepers.add(_fork(_keep, wire, theirs))
        for end in theirs:
            os.close(end)


def _fork(task: Callable[..., object], *given: Any) -> int:
    pid = os.fork()
    if pid == 0:
        task(*given)
        sys.exit()
    return pid


def _keep(wire: socket.socket, theirs: Sequence[int]) -> NoReturn:
    """Be the parent of a server: tell its number, wait for its end, tell its status."""
    *ends, told = theirs
    pid = _fork(_serve, wire, told, ends)
    for end in ends:
        os.close(end)
    wire.sendall(pid.to_bytes(NUMBER, "big"))
    wire.close()
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(BrokenPipeError):  # nobody waits any more
        os.write(told, status.to_bytes(NUMBER, "big"))
    os._exit(0)


def _serve(wire: socket.socket, told: int, ends: Sequence[int]) -> None:
    os.close(told)
    served = importlib.import_module("fallow.web.serve")
    served.Server._start_worker = _start_worker
    _become(wire, ends)


def _become(wire: socket.socket, ends: Sequence[int]) -> None:
    """This process is the command from here on; it ends with the command's own status."""
    wire.close()
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


@dataclass(slots=True)
class Worker:
    """What a server needs of the process that it started."""

    pid: int
    stdin: BufferedWriter
    stdout: BufferedReader
    returncode: int | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stdout.close()
        self.stdin.close()
        self.wait()

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def kill(self) -> None:
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)


def _start_worker(server: Any) -> Worker:
    """What `Server._start_worker` does, with a fork that has read the code in place of a new Python."""
    (their_in, our_in), (our_out, their_out) = _pipe(), _pipe()
    sockets = [each.fileno() for each in (server.sock, server.phone) if each is not None]
    sys.stdout.flush()
    with their_in, their_out:
        pid = _fork(_work, their_in.fileno(), their_out.fileno(), sockets)
    return Worker(pid, our_in, our_out)


def _work(reads: int, writes: int, sockets: Sequence[int]) -> NoReturn:
    """This process is the worker: it has standard streams and those sockets, and no signal means anything to it yet."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in (signal.SIGTERM, signal.SIGUSR1):
        signal.signal(each, signal.SIG_DFL)
    os.dup2(reads, 0)
    os.dup2(writes, 1)
    before = 2
    for kept in (*sorted(sockets), os.sysconf("SC_OPEN_MAX")):
        os.closerange(before + 1, kept)
        before = kept
    status = 1
    try:
        Context().run(runpy.run_module, WORKER, run_name="__main__", alter_sys=True)
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as last:
        _stand_ready(last)
