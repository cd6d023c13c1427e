"""
The worker: the one process that holds key and plaintext, from unlocking to locking; locking is its end.

It refuses core dumps and other processes' looks, ends itself after idle minutes and when the computer slept, and ends
when the process that started it is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import msgspec
import uvicorn

from fallow.errors import FallowError
from fallow.web.application import Office, build, build_for_phone
from fallow.web.door import Doors, GuardedProtocol, PhoneDoor
from fallow.web.guard import Guard
from fallow.web.serve import LOCKED, REMOVED, Orders, Report
from fallow.wiring import keep_address, phone_certificate

SLEPT_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.5
PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
SIGKILL: Final = 9


def main() -> None:
    os.umask(0o077)
    close_the_shutters()
    speak_plainly()
    orders = msgspec.json.decode(sys.stdin.buffer.readline(), type=Orders)
    threading.Thread(target=_end_with_starter, daemon=True).start()
    try:
        office = Office.open(orders, end=lambda: _end(office))
        phone = phone_door(orders, office)
    except FallowError as error:
        _report(Report(error.kind, error.details))
        return
    threading.Thread(target=_watch, args=(office,), daemon=True).start()
    _report(Report())
    server = Doors(serving(build(office)), phone)
    office.close_doors = server.close
    server.run(sockets=[socket.socket(fileno=orders.socket)])


def phone_door(orders: Orders, office: Office) -> PhoneDoor | None:
    """The second way in, where there is one, under the certificate of its address."""
    keep_address(office.folder, orders.phone_address)
    if orders.phone_socket is None:
        return None
    certificate = phone_certificate(office.folder, orders.phone_address.partition(":")[0])
    config = serving(build_for_phone(office))
    config.load()
    return PhoneDoor(socket.socket(fileno=orders.phone_socket), certificate.context(), config)


def serving(guard: Guard) -> uvicorn.Config:
    """How the guarded application is served: no request lines, no header that tells what this is."""
    return uvicorn.Config(
        guard, access_log=False, server_header=False, date_header=False, log_config=None, log_level="error",
        lifespan="off", ws="none", http=GuardedProtocol, proxy_headers=False, timeout_keep_alive=5,
    )  # fmt: skip


class KindOnly(logging.Formatter):
    """An accident tells its kind and no more: the words of an exception may be a person's."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith("fallow"):
            return record.getMessage()
        kind = record.exc_info[0] if record.exc_info else None
        return f"{record.name}: {kind.__name__ if kind else record.levelname.lower()}"


def speak_plainly() -> None:
    """Nothing that goes wrong in this process prints a traceback, an argument or a word that somebody wrote."""
    handler = logging.StreamHandler()
    handler.setFormatter(KindOnly())
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)

    def hook(kind: type[BaseException]) -> None:
        print(f"It ended by accident: {kind.__name__}", file=sys.stderr, flush=True)

    sys.excepthook = lambda kind, _error, _trace: hook(kind)
    threading.excepthook = lambda args: hook(args.exc_type)
    sys.unraisablehook = lambda args: hook(args.exc_type)


def _report(report: Report) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    sys.stdout.buffer.flush()


def close_the_shutters() -> None:
    """No core file, and on Linux no reading of this memory by other processes of the same person."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)


def _end(office: Office) -> None:
    """Lock: nothing is tidied away, because what matters is that the memory goes back to the system now."""
    os._exit(REMOVED if office.removed else LOCKED)


def _watch(office: Office) -> None:
    watch = Watch(office)
    while True:
        time.sleep(LOOK_SECONDS)
        if watch.is_over():
            _end(office)


def asleep_seconds() -> float:
    """Seconds this computer slept since it started; 0 where the system does not tell."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    with contextlib.suppress(AttributeError, OSError):
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    return 0.0


@dataclass(slots=True)
class Watch:
    """
    Decides when an unlocked worker must end: after the idle time, or when the computer slept since the last look.

    Only since the last look: a night that was slept through while it was locked must not end the first unlocking of the
    morning.
    """

    office: Office
    asleep: Callable[[], float] = asleep_seconds
    _slept: float = field(init=False)

    def __post_init__(self) -> None:
        self._slept = self.asleep()

    def is_over(self) -> bool:
        before, self._slept = self._slept, self.asleep()
        return self.office.unlocked and (self.office.idle_too_long or self._slept - before > SLEPT_SECONDS)


def _end_with_starter() -> None:
    while os.read(0, 512):  # unbuffered: a thread that waits inside sys.stdin would spoil an ordinary end
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
