"""What an error of the database or of the disk means to a person."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlcipher3 import dbapi2

from fallow.errors import DiskFailed, DiskFull, StoreBusy, StoreDamaged, StoreError

# Primary result codes, https://www.sqlite.org/rescode.html; the low byte of an extended code.
_BUSY, _LOCKED, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 10, 11, 13, 14, 26
_MEANING: Final[dict[int, type[StoreError]]] = {
    _BUSY: StoreBusy,
    _LOCKED: StoreBusy,
    _IOERR: DiskFailed,
    _CANTOPEN: DiskFailed,
    _CORRUPT: StoreDamaged,
    _NOTADB: StoreDamaged,
    _FULL: DiskFull,
}


_DISK_MEANING: Final[dict[int | None, type[StoreError]]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EIO: DiskFailed,
    errno.EROFS: DiskFailed,
}


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what SQLite or the system says into what a person can use; a mistake of our own stays what it is."""
    try:
        yield
    except dbapi2.Error as error:
        meaning = _MEANING.get(_primary_code(error))
        if meaning is None:
            raise
        raise meaning from error
    except OSError as error:
        meaning = _DISK_MEANING.get(error.errno)
        if meaning is None:
            raise
        raise meaning from error


def _primary_code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
