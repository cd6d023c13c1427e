"""
Small files replaced whole: a crash or a power cut leaves the former one or the new one, never a mixture.

Files are made with mode 0600 whatever the umask says. Nothing here touches the database file: opening that one
with anything but SQLite drops SQLite's locks.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from fallow.errors import FileIsThere
from fallow.store.faults import plain_errors

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
BESIDE: Final = ".new"
"""What a file is called until it takes the place of another."""


def write_new(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it; one of that name is replaced, unsafely."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    try:
        os.fchmod(descriptor, PRIVATE_FILE)
        write_all(descriptor, data)
        wait_for_disk(descriptor)
    finally:
        os.close(descriptor)


def save_new(pieces: Iterable[bytes], path: Path, check: Callable[[BinaryIO], object]) -> int:
    """
    Write a file that is taken away, readable by its owner only, and read it back.

    Args:
        check: Reads the file that was written, and raises where it is not what it should be.
    Returns:
        How many bytes it has.
    Raises:
        FileIsThere: If there is a file of that name; it is left as it is.
        DiskFull, DiskFailed, and what `check` raises: Nothing of it stays.
    """
    with plain_errors():
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        except FileExistsError as error:
            raise FileIsThere from error
        with os.fdopen(descriptor, "r+b") as file:
            try:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                wait_for_disk(descriptor)
                check(file)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        sync_folder(path.parent)
        return path.stat().st_size


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte at the current place; one call of write may take fewer."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another: write beside it, wait for the disk, rename, wait for the folder."""
    beside = path.with_name(path.name + BESIDE)
    write_new(beside, data)
    beside.replace(path)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Overwrite a small file, then remove it for good; nothing happens when there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    # In place, so that on most disks the old bytes go, and no room is needed on a full one; a flash disk may keep
    # them, which the product says. A disk that does not take even this must not keep the name as well.
    with suppress(OSError):
        write_all(descriptor, bytes(os.fstat(descriptor).st_size))
        wait_for_disk(descriptor)
    os.close(descriptor)
    path.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        wait_for_disk(descriptor)
    finally:
        os.close(descriptor)


def wait_for_disk(descriptor: int) -> None:
    """Wait until the disk has what was written; macOS must be asked in its own way."""
    if hasattr(fcntl, "F_FULLFSYNC"):
        # Network and some foreign file systems do not know it.
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def make_private_folder(folder: Path) -> None:
    """Make a folder only its owner can enter, whatever the umask says."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER)
    # A parent that may be entered and not listed cannot be waited for.
    with suppress(PermissionError):
        sync_folder(folder.parent)
