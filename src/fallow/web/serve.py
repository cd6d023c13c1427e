"""
The process that is started: it owns the listening socket and never holds a key or a word.

    fallow serve ──► this process: folder lock, sockets, one-time link
                        └──► worker (`fallow.web.worker`): unlocks, answers; holds key and plaintext
    lock = the worker ends (or is killed) and a new, empty one takes its place on the same socket

Closing a connection leaves plaintext in memory; only the end of a process removes it, hence the two. The worker learns
what it needs over a pipe, not from its arguments, which other people of the machine can read; when this process dies,
the pipe closes and the worker ends with it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

import msgspec

from fallow import errors
from fallow.errors import FallowError, ServerGaveUp
from fallow.settings import Settings

LOCKED: Final = 75
"""Exit status of a worker that locked itself; any other end is an accident."""
REMOVED: Final = 76
"""Exit status of a worker that removed everything: there is nothing left to serve."""
QUICK_SECONDS: Final = 5.0
MOST_QUICK_ENDS: Final = 3
"""Accidents in a row, each within `QUICK_SECONDS` of a start, after which it is not tried again."""


class Orders(msgspec.Struct, frozen=True):
    """What a worker is told at its start."""

    folder: str
    socket: int
    port: int
    link: str
    mark: bytes
    """Tells pages of this server from any others, also across a lock; opens nothing."""
    may_unlock: bool
    """Whether `FALLOW_PASSPHRASE_FILE` may open it: only at the first start, never after a lock."""
    demo: bool = False
    idle_limit: float | None = None
    phone_socket: int | None = None
    phone_address: str = ""
    """Address and port of that socket."""


class Report(msgspec.Struct, frozen=True):
    """What a worker answers to its orders: that it serves (no kind), or the error of a person that keeps it from it."""

    kind: str = ""
    details: dict[str, int | str] = {}


@dataclass(slots=True)
class Server:
    """A listening socket, where phones are let in a second one, and the worker that answers on them."""

    folder: Path
    settings: Settings
    sock: socket.socket
    phone: socket.socket | None = None
    demo: bool = False
    idle_limit: float | None = None
    removed: bool = False
    """It ended because everything was removed."""
    _mark: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _worker: subprocess.Popen[bytes] | None = None
    _locking: bool = False
    _stopping: bool = False

    @property
    def port(self) -> int:
        return int(self.sock.getsockname()[1])

    @property
    def phone_address(self) -> str:
        """Where a phone finds it, as `192.168.1.5:8738`; empty where it does not."""
        return "" if self.phone is None else "{}:{}".format(*self.phone.getsockname())

    def run(self, announce: Callable[[str], None]) -> None:
        """
        Serve until told to stop; `announce` is given each fresh one-time link.

        Raises:
            FallowError: What kept the first worker from its work, such as a wrong passphrase in the file.
            ServerGaveUp: If one worker after the other ended by accident.
        """
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGUSR1, self._lock_now)
        first, quick_ends = True, 0
        with self.sock, self.phone or contextlib.nullcontext(), _bell() as bell:
            while not self._stopping:
                started = time.monotonic()
                was_meant = self._serve_once(announce, bell, may_unlock=first)
                first = False
                quick_ends = 0 if was_meant or time.monotonic() - started > QUICK_SECONDS else quick_ends + 1
                if quick_ends >= MOST_QUICK_ENDS:
                    raise ServerGaveUp

    def _serve_once(self, announce: Callable[[str], None], bell: int, *, may_unlock: bool) -> bool:
        """One worker from its start to its end. Returns whether its end was meant."""
        link = secrets.token_urlsafe(24)
        self._locking = False
        with self._start_worker() as worker:
            self._worker = worker
            if self._locking or self._stopping:  # told so before there was a worker to end
                self._end_worker()
            report = self._instruct(worker, link, may_unlock=may_unlock)
            if report is not None:
                _raise_for(report)
                announce(f"http://{self.settings.host}:{self.port}/open/{link}")
            status = _wait_for(worker, bell)
        if status == REMOVED:
            self.removed = self._stopping = True
        return status == LOCKED or self._locking or self._stopping

    def _start_worker(self) -> subprocess.Popen[bytes]:
        """In a session of its own, so that a Ctrl-C reaches this process alone."""
        return subprocess.Popen(
            [sys.executable, "-m", "fallow.web.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[each.fileno() for each in (self.sock, self.phone) if each is not None],
            start_new_session=True,
        )

    def _instruct(self, worker: subprocess.Popen[bytes], link: str, *, may_unlock: bool) -> Report | None:
        """Give the orders and wait for the report; None where the worker ended without one."""
        assert worker.stdin is not None
        assert worker.stdout is not None
        orders = Orders(
            str(self.folder), self.sock.fileno(), self.port, link, self._mark, may_unlock, self.demo, self.idle_limit,
            None if self.phone is None else self.phone.fileno(), self.phone_address,
        )  # fmt: skip
        with contextlib.suppress(BrokenPipeError):
            worker.stdin.write(msgspec.json.encode(orders) + b"\n")
            worker.stdin.flush()  # and left open: its end tells the worker that we are gone
        line = worker.stdout.readline()
        return msgspec.json.decode(line, type=Report) if line else None

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True
        self._end_worker()

    def _lock_now(self, _signal: int, _frame: FrameType | None) -> None:
        self._locking = True
        self._end_worker()

    def _end_worker(self) -> None:
        if self._worker is not None:
            with contextlib.suppress(ProcessLookupError):
                self._worker.kill()


@contextlib.contextmanager
def _bell() -> Iterator[int]:
    """A descriptor that can be read from after every signal."""
    heard, rung = os.pipe()
    os.set_blocking(rung, False)
    former = signal.set_wakeup_fd(rung, warn_on_full_buffer=False)
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(former)
        os.close(heard)
        os.close(rung)


def _wait_for(worker: subprocess.Popen[bytes], bell: int) -> int:
    """
    The exit status of a worker, once its end has closed its pipe.

    Waiting for its end alone would miss a signal to lock that comes just before the wait begins: Python runs the
    handler only when the wait is over.
    """
    assert worker.stdout is not None
    pipe = worker.stdout.fileno()
    while True:
        ready, _, _ = select.select([pipe, bell], [], [])
        if bell in ready:
            os.read(bell, 512)  # its handler has run by now
        if pipe in ready and not os.read(pipe, 512):
            return worker.wait()


def _raise_for(report: Report) -> None:
    if report.kind:
        error: type[FallowError] = getattr(errors, report.kind, FallowError)
        raise error(**report.details)


def stop_running(pid: int) -> None:
    """Tell a running server to end, and its worker with it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGCONT)


def lock_running(pid: int) -> None:
    """Tell a running server to end its worker at once, also one that was put to sleep with Ctrl-Z."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGUSR1)
        os.kill(pid, signal.SIGCONT)
