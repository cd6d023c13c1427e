"""What an error means as an HTTP status: one table, kept whole by a test."""

from __future__ import annotations

from typing import Final

from fallow import errors

STATUS: Final[dict[type[errors.FallowError], int]] = {
    errors.ImportRefused: 422,
    errors.PlanRefused: 409,
    errors.NoSuchEntry: 404,
    errors.NoSuchClaim: 404,
    errors.NoSuchChannel: 404,
    errors.NoSuchList: 404,
    errors.ListIsEmpty: 422,
    errors.HardStopHolds: 403,
    errors.NotUnderstood: 422,
    errors.NothingChosen: 422,
    errors.NothingToKeep: 422,
    errors.StoreError: 500,
    errors.NoStore: 409,
    errors.StoreExists: 409,
    errors.WrongPassphrase: 403,
    errors.TooManyTries: 429,
    errors.PassphraseTooShort: 422,
    errors.PassphraseTooLong: 422,
    errors.PassphrasesDiffer: 422,
    errors.ArchiveDamaged: 422,
    errors.NotSure: 422,
    errors.ParcelRefused: 422,
    errors.NoSuchParcel: 404,
    errors.WrongParcelPassphrase: 403,
    errors.StoreBusy: 503,
    errors.DiskFull: 507,
    errors.NotEnoughData: 409,
    errors.SettingRefused: 422,
    errors.FormExpired: 403,
    errors.NoSuchPage: 404,
    errors.AddressRefused: 422,
    errors.PortTaken: 409,
    errors.NoPhoneAddress: 422,
    errors.WhichAddress: 422,
    errors.NotOpenToPhones: 409,
    errors.PairingRefused: 403,
    errors.PairingRests: 429,
    errors.NoSuchPhone: 404,
    errors.FallowError: 500,
}


def status_of(error: errors.FallowError) -> int:
    """The status of the nearest class in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
