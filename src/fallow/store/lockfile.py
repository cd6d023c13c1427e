"""
Who serves a data folder: one lock file, held for as long as the server lives.

The operating system drops the lock when the process ends, however it ends, so a number left in the file means nothing
by itself.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fallow.errors import AlreadyServing
from fallow.store.durable import PRIVATE_FILE, write_all

LOCK_FILE: Final = "lock"
_PATIENCE: Final = 0.2
"""Seconds."""


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """
    Hold the folder for this process; the file tells its number.

    Raises:
        AlreadyServing: If another process holds it.
    """
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        _take_soon(descriptor)
        os.ftruncate(descriptor, 0)
        write_all(descriptor, b"%d\n" % os.getpid())
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def serving_pid(folder: Path) -> int | None:
    """The process that holds the folder now, or None."""
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        if _take(descriptor, shared=True):
            return None
        number = os.read(descriptor, 32).strip()
        return int(number) if number.isdigit() else None
    finally:
        os.close(descriptor)


def _take_soon(descriptor: int) -> None:
    """Take the lock; somebody asking for the number holds it for an instant, so one refusal is not enough."""
    until = time.monotonic() + _PATIENCE
    while not _take(descriptor):
        if time.monotonic() > until:
            raise AlreadyServing
        time.sleep(_PATIENCE / 10)


def _take(descriptor: int, *, shared: bool = False) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
