"""Taking everything along, and removing everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from fallow.app import Desk
from fallow.settings import FILE
from fallow.store import CERTIFICATE_FILE, PHONES_FILE, Archive, allow_shred, save_new, shred, write_archive
from fallow.store import save_archive as save_archive

OPEN_PAGE: Final = "open.html"
"""Leads a browser to the link; made anew each time."""
_BESIDE: Final = (
    *(FILE, f".{FILE}.new", OPEN_PAGE),
    *(CERTIFICATE_FILE, f"{CERTIFICATE_FILE}.new", PHONES_FILE, f"{PHONES_FILE}.new"),
)
"""What lies in the folder beside the store."""


def archive_of(desk: Desk, folder: Path) -> Archive:
    """
    Everything in one file to take away, encrypted; its bytes as they are made.

    Raises:
        StoreBusy, DiskFull, DiskFailed, StoreDamaged: Before the first byte; nothing is left of it.
    """
    return write_archive(desk.store, folder)


def save_text(pieces: Iterable[str], path: Path) -> int:
    """
    Write words to a new file that only its owner may read; returns its bytes.

    Raises:
        FileIsThere, DiskFull, DiskFailed: Nothing of it stays.
    """
    return save_new((piece.encode("utf-8", "replace") for piece in pieces), path, lambda _: None)


def remove_everything(folder: Path, passphrase: str, *, meanwhile: Callable[[], None]) -> tuple[str, ...]:
    """
    Remove everything, the key first; the passphrase is asked for once more.

    Args:
        meanwhile: Closes the store wherever it is open, once the key is gone.
    Returns:
        The names of files in the folder that are not ours, and stay.
    Raises:
        NoStore, WrongPassphrase, TooManyTries: Nothing was removed.
    """
    allow_shred(folder, passphrase, others=_BESIDE)
    return shred(folder, others=_BESIDE, meanwhile=meanwhile)
