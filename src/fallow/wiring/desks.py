"""The desk: which folder, which store, which key, and the clock it reads."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo, available_timezones

from fallow.app import Desk
from fallow.errors import NoStore, SettingRefused
from fallow.language import N_
from fallow.plan import Moment
from fallow.settings import Settings
from fallow.store import Store, create_key, restore_archive, store_exists, unlock
from fallow.store import change_passphrase as change_passphrase
from fallow.store import folder_lock as folder_lock
from fallow.store import renew_recovery_code as renew_recovery_code
from fallow.store import serving_pid as serving_pid
from fallow.store.sqlite import open_sqlite
from fallow.wiring.clocks import system_zone

PASSPHRASE_FILE: Final = "FALLOW_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
ZONE: Final = "zone"


def is_set_up(folder: Path) -> bool:
    """Whether there is anything to unlock in a folder."""
    return store_exists(folder)


def create_desk(folder: Path, passphrase: str, *, zone: str | None = None) -> tuple[Desk, str]:
    """Set up a new, empty store. Returns it unlocked, with the recovery code that is kept nowhere else."""
    key, code = create_key(folder, passphrase)
    store = open_sqlite(folder, key)
    with store.transaction():
        store.set_preference(ZONE, zone if zone in available_timezones() else system_zone())
    return desk_of(store), code


def open_desk(folder: Path, passphrase: str) -> Desk:
    """
    Unlock what is there.

    Raises:
        NoStore, WrongPassphrase, TooManyTries, StoreError: Nothing was changed.
    """
    if not store_exists(folder):
        raise NoStore
    return desk_of(open_sqlite(folder, unlock(folder, passphrase)))


def desk_of(store: Store) -> Desk:
    """A desk whose clock reads the system's time in the zone the person chose, at every look."""

    def clock() -> Moment:
        return Moment(dt.datetime.now(dt.UTC), store.preference(ZONE) or system_zone())

    return Desk(store, clock)


def restore_desk(folder: Path, file: BinaryIO, passphrase: str) -> Desk:
    """
    Put an archive into a folder where nothing is set up, and open it.

    Raises:
        StoreExists, ArchiveDamaged, WrongPassphrase, StoreError: Nothing was touched.
    """
    return desk_of(open_sqlite(folder, restore_archive(folder, file, passphrase)))


def choose_zone(desk: Desk, zone: str) -> None:
    """The zone by which days are counted from now on; earlier entries keep theirs."""
    if zone not in available_timezones():
        raise SettingRefused(setting=N_("zone"))
    with desk.store.transaction():
        desk.store.set_preference(ZONE, zone)


def zone_of(desk: Desk) -> ZoneInfo:
    return ZoneInfo(desk.clock().zone)


def mark_of(settings: Settings) -> str:
    """32 hex digits that stay the same for one installation and say nothing of it."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, settings.host).hex


def passphrase_from_file(environ: Mapping[str, str] = os.environ) -> str | None:
    """
    The passphrase from the file that `FALLOW_PASSPHRASE_FILE` names: its first line, without the line's end.

    Raises:
        SettingRefused: If the file cannot be read.
    """
    path = environ.get(PASSPHRASE_FILE)
    if not path:
        return None
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingRefused(setting=PASSPHRASE_FILE) from problem
    return lines[0] if lines else ""
