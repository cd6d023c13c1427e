"""
The process that is started: it owns the listening socket and never holds a key or a word.

    fallow serve ──► this process: folder lock, socket, one-time link
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
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

import msgspec

from fallow.errors import AddressRefused, PortTaken
from fallow.settings import DEFAULT_PORT, Settings

LOCKED: Final = 75
"""Exit status of a worker that locked itself; any other end is an accident."""
LOOPBACK: Final = "127.0.0.1"


class Orders(msgspec.Struct, frozen=True):
    """What a worker is told at its start."""

    folder: str
    socket: int
    port: int
    link: str
    may_unlock: bool
    """Whether `FALLOW_PASSPHRASE_FILE` may open it: only at the first start, never after a lock."""
    demo: bool = False


@dataclass(slots=True)
class Server:
    """A listening socket and the worker that answers on it."""

    folder: Path
    settings: Settings
    sock: socket.socket
    demo: bool = False
    _worker: subprocess.Popen[bytes] | None = None
    _stopping: bool = False

    @property
    def port(self) -> int:
        return int(self.sock.getsockname()[1])

    def run(self, announce: Callable[[str], None]) -> None:
        """Serve until told to stop; `announce` is given each fresh one-time link."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGUSR1, self._lock_now)
        first, quick_ends = True, 0
        while not self._stopping:
            link = secrets.token_urlsafe(24)
            started = time.monotonic()
            self._worker = self._start_worker(link, may_unlock=first)
            announce(f"http://{self.settings.host}:{self.port}/open/{link}")
            status = self._worker.wait()
            first = False
            quick_ends = quick_ends + 1 if status != LOCKED and time.monotonic() - started < 5 else 0
            if quick_ends >= 3:
                raise SystemExit(1)

    def _start_worker(self, link: str, *, may_unlock: bool) -> subprocess.Popen[bytes]:
        orders = Orders(str(self.folder), self.sock.fileno(), self.port, link, may_unlock, self.demo)
        worker = subprocess.Popen(
            [sys.executable, "-m", "fallow.web.worker"], stdin=subprocess.PIPE, pass_fds=[self.sock.fileno()]
        )
        assert worker.stdin is not None
        worker.stdin.write(msgspec.json.encode(orders) + b"\n")
        worker.stdin.flush()  # and left open: its end tells the worker that we are gone
        return worker

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True
        self._end_worker()

    def _lock_now(self, _signal: int, _frame: FrameType | None) -> None:
        self._end_worker()

    def _end_worker(self) -> None:
        if self._worker is not None:
            with contextlib.suppress(ProcessLookupError):
                self._worker.kill()


def listen(host: str, port: int | None) -> socket.socket:
    """
    A listening socket on this computer only.

    Args:
        host: Must be loopback.
        port: The port asked for, 0 for any, None for the usual one or, where that is taken, any.
    Raises:
        AddressRefused: If the address could be reached from elsewhere.
        PortTaken: If the port asked for is in use.
    """
    if host not in (LOOPBACK, "localhost"):
        raise AddressRefused
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((LOOPBACK, DEFAULT_PORT if port is None else port))
    except OSError as problem:
        if port is not None:
            sock.close()
            raise PortTaken(port=port) from problem
        sock.bind((LOOPBACK, 0))
    sock.listen(128)
    sock.set_inheritable(True)
    return sock


def lock_running(pid: int) -> None:
    """Tell a running server to end its worker at once."""
    os.kill(pid, signal.SIGUSR1)
