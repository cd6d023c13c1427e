"""
The worker: the one process that holds key and plaintext, from unlocking to locking; locking is its end.

It refuses core dumps and other processes' looks, ends itself after idle minutes and when the computer slept, and ends
when the process that started it is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import socket
import sys
import threading
import time
from typing import Final

import msgspec
import uvicorn

from fallow.web.application import Office, build
from fallow.web.serve import LOCKED, Orders

SLEPT_SECONDS: Final = 30.0
PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
SIGKILL: Final = 9


def main() -> None:
    os.umask(0o077)
    _close_the_shutters()
    orders = msgspec.json.decode(sys.stdin.buffer.readline(), type=Orders)
    office = Office.open(orders, end=_end)
    threading.Thread(target=_watch, args=(office,), daemon=True).start()
    threading.Thread(target=_end_with_starter, daemon=True).start()
    config = uvicorn.Config(
        build(office), access_log=False, server_header=False, date_header=False, log_level="warning",
        lifespan="off", ws="none", http="h11", proxy_headers=False, timeout_keep_alive=5,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=orders.socket)])


def _close_the_shutters() -> None:
    """No core file, and on Linux no reading of this memory by other processes of the same person."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)


def _end() -> None:
    """Lock: nothing is tidied away, because what matters is that the memory goes back to the system now."""
    os._exit(LOCKED)


def _watch(office: Office) -> None:
    """End after the idle time, or when the clocks show that the computer slept."""
    slept = _asleep_seconds()
    while True:
        time.sleep(0.5)
        if office.idle_seconds > office.settings.idle_minutes * 60 and office.unlocked:
            _end()
        if _asleep_seconds() - slept > SLEPT_SECONDS and office.unlocked:
            _end()


def _asleep_seconds() -> float:
    """Seconds this computer slept since it started; 0 where the system does not tell."""
    with contextlib.suppress(AttributeError, OSError):
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    return 0.0


def _end_with_starter() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
