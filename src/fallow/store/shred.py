"""
Removing everything, the key first.

The key file is overwritten in place and removed; from that moment the rest is noise, so it is unlinked and not
overwritten, which takes no longer for a large record than for a small one. Nothing here needs room on the disk. Killed
before the key file was touched, everything still opens; killed after it, nothing does, and doing it again ends the
work. What a flash disk, a backup or a copy keeps of the key file cannot be reached from here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from fallow.errors import KeyFileDamaged, NoStore
from fallow.store.archive import COPY_FILE
from fallow.store.cipher import destroy_key, unlock
from fallow.store.durable import remove_file, sync_folder
from fallow.store.faults import plain_errors
from fallow.store.lockfile import LOCK_FILE
from fallow.store.place import UNFINISHED_FILE, database_files
from fallow.store.tries import TRIES_FILE

_BESIDE = (COPY_FILE, TRIES_FILE, UNFINISHED_FILE, LOCK_FILE)


def allow_shred(
    folder: Path, passphrase: str, *, others: Iterable[str] = (), clock: Callable[[], float] = time.time
) -> None:
    """
    Ask for the passphrase once more; where no key file can be opened any more, there is nothing left to protect.

    Raises:
        NoStore: Nothing of ours is here.
        WrongPassphrase, TooManyTries, StoreNewer: Nothing is to be removed.
    """
    try:
        unlock(folder, passphrase, clock=clock)
    except KeyFileDamaged:
        return
    except NoStore:
        # A removal that was cut off at its very end leaves small files, which can go without asking.
        if not any((folder / name).exists() for name in (*_BESIDE, *others)):
            raise


def shred(folder: Path, *, others: Iterable[str] = (), meanwhile: Callable[[], None] = lambda: None) -> tuple[str, ...]:
    """
    Remove everything that Fallow put into a folder, and the folder where nothing else is in it.

    Args:
        others: Names of further files that are ours.
        meanwhile: Done once the key is gone and before the database goes: to close it, wherever it is open.
    Returns:
        The names of what is left, which is not ours.
    """
    with plain_errors():
        destroy_key(folder)
        try:
            meanwhile()
        finally:
            for path in database_files(folder):
                path.unlink(missing_ok=True)
            for name in (*_BESIDE, *others):
                remove_file(folder / name)
            sync_folder(folder)
        left = tuple(sorted(path.name for path in folder.iterdir()))
        if not left:
            with suppress(OSError):  # a folder that is a disk of its own cannot be removed
                folder.rmdir()
        return left
