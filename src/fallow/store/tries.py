"""
How often a passphrase was wrong, kept in a small file so that a restart does not forget it.

Five tries are free; then each wrong one doubles the wait before the next, up to five minutes. This slows somebody at
the keyboard. Somebody who took the folder away is slowed by argon2id alone.
"""

from __future__ import annotations

import fcntl
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from fallow.errors import TooManyTries
from fallow.store.durable import PRIVATE_FILE, wait_for_disk, write_new
from fallow.store.faults import plain_errors

TRIES_FILE: Final = "tries.json"
FREE_TRIES: Final = 5
FIRST_WAIT: Final = 5.0
"""Seconds before the sixth try; each later wait is twice as long."""
LONGEST_WAIT: Final = 300.0
_SIZE: Final = 128
"""Bytes of the file, always: less than a sector, so it is written whole, and in place."""


class Tries(msgspec.Struct, frozen=True):
    """Wrong tries since the last right one, and when the latest was, seconds since the epoch."""

    wrong: int = 0
    latest: float = 0.0


@contextmanager
def counted_try(folder: Path, clock: Callable[[], float]) -> Iterator[None]:
    """
    Allow one try; leaving the block without an exception clears the count.

    The try is counted before it is looked at, so ending the program half-way gains nothing. Only one try runs at a
    time, in any process.

    Raises:
        TooManyTries: If it is too early for another one.
    """
    with plain_errors():
        descriptor = os.open(folder / TRIES_FILE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        os.fchmod(descriptor, PRIVATE_FILE)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        tries, now = _read(descriptor), clock()
        left = seconds_to_wait(tries, now)
        if left > 0:
            raise TooManyTries(seconds=math.ceil(left))
        _write(descriptor, Tries(tries.wrong + 1, now))
        yield
        _write(descriptor, Tries())
    finally:
        os.close(descriptor)


def forget_tries(folder: Path) -> None:
    """Begin at none, with the room on the disk that counting needs: unlocking must work on a full one."""
    write_new(folder / TRIES_FILE, _encode(Tries()))


def seconds_to_wait(tries: Tries, now: float) -> float:
    """Seconds until the next try, 0 when it is free; a clock set back never makes the wait longer than it was."""
    if tries.wrong < FREE_TRIES:
        return 0.0
    # The exponent is capped, or a file somebody wrote by hand could overflow the power.
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries.wrong - FREE_TRIES, 32))
    return min(wait, max(0.0, tries.latest + wait - now))


def _read(descriptor: int) -> Tries:
    data = os.pread(descriptor, _SIZE, 0).strip(b"\0 ")
    try:
        return msgspec.json.decode(data, type=Tries) if data else Tries()
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Cut off by a power failure: the count is not worth locking somebody out of their own notes.
        return Tries()


def _write(descriptor: int, tries: Tries) -> None:
    with plain_errors():
        os.pwrite(descriptor, _encode(tries), 0)
        wait_for_disk(descriptor)


def _encode(tries: Tries) -> bytes:
    return msgspec.json.encode(tries).ljust(_SIZE)
