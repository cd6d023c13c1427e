"""What an error means as an exit status: one table, kept whole by a test."""

from __future__ import annotations

from typing import Final

from fallow import errors

DONE: Final = 0
FAILED: Final = 1
REFUSED: Final = 2
LOCKED: Final = 3

STATUS: Final[dict[type[errors.FallowError], int]] = {
    errors.NoStore: LOCKED,
    errors.WrongPassphrase: LOCKED,
    errors.TooManyTries: LOCKED,
    errors.KeyFileDamaged: FAILED,
    errors.StoreError: FAILED,
    errors.FileNotWritten: FAILED,
    errors.StoreExists: REFUSED,
    errors.PassphraseTooShort: REFUSED,
    errors.PassphraseTooLong: REFUSED,
    errors.PassphrasesDiffer: REFUSED,
    errors.ArchiveDamaged: REFUSED,
    errors.FileIsThere: REFUSED,
    errors.NotSure: REFUSED,
    errors.ParcelRefused: REFUSED,
    errors.WrongParcelPassphrase: LOCKED,
    errors.AlreadyServing: REFUSED,
    errors.ServerGaveUp: FAILED,
    errors.FallowError: REFUSED,
}


def exit_status(error: errors.FallowError) -> int:
    """The status of the nearest class in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
