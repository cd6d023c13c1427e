"""
Small files replaced whole: a crash or a power cut leaves the former one or the new one, never a mixture.

Files are made with mode 0600 whatever the umask says. Nothing here touches the database file: opening that one
with anything but SQLite drops SQLite's locks.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

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
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
    try:
        # In place, so that on most disks the old bytes go; a flash disk may keep them, which the product says.
        write_all(descriptor, bytes(os.fstat(descriptor).st_size))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    path.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """Make a folder only its owner can enter, whatever the umask says."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER)
    sync_folder(folder.parent)
