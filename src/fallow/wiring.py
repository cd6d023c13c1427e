"""Where choices meet: which store, which clock, which key."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo, available_timezones

from fallow.app import Desk, fill_demo, find_parcel, give_parcel, put_away, require_parcel_day
from fallow.errors import NoStore, NotOpenToPhones, NotThatFile, ParcelElsewhere, SamePassphrase, SettingRefused
from fallow.language import N_
from fallow.plan import Moment
from fallow.settings import FILE, Settings
from fallow.store import (
    CERTIFICATE_FILE,
    PHONES_FILE,
    Archive,
    Certificate,
    Label,
    Line,
    ParcelRecord,
    Phone,
    Phones,
    Store,
    Taken,
    allow_shred,
    change_passphrase,
    check_parcel,
    create_key,
    find_phone,
    folder_lock,
    is_passphrase_of,
    keep_address,
    open_code,
    pair_phone,
    read_certificate,
    read_parcel,
    read_phones,
    ready_certificate,
    remove_phone,
    renew_recovery_code,
    restore_archive,
    save_archive,
    save_new,
    serving_pid,
    shred,
    store_exists,
    unlock,
    write_archive,
)
from fallow.store.sqlite import open_sqlite

PASSPHRASE_FILE: Final = "FALLOW_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
ZONE: Final = "zone"
OPEN_PAGE: Final = "open.html"
"""Leads a browser to the link; made anew each time."""
_BESIDE: Final = (
    *(FILE, f".{FILE}.new", OPEN_PAGE),
    *(CERTIFICATE_FILE, f"{CERTIFICATE_FILE}.new", PHONES_FILE, f"{PHONES_FILE}.new"),
)
"""What lies in the folder beside the store."""


__all__ = [
    "OPEN_PAGE",
    "Certificate",
    "Label",
    "Line",
    "ParcelRecord",
    "Phone",
    "Phones",
    "Taken",
    "archive_of",
    "change_passphrase",
    "choose_zone",
    "create_desk",
    "desk_of",
    "find_phone",
    "folder_lock",
    "is_set_up",
    "keep_address",
    "let_go_of_parcel",
    "make_code",
    "make_demo",
    "mark_of",
    "moment_in",
    "open_desk",
    "open_kept_parcel",
    "open_parcel",
    "pair",
    "parcel_file",
    "passphrase_from_file",
    "phone_certificate",
    "put_chat_away",
    "read_certificate",
    "read_phones",
    "remove_everything",
    "remove_phone",
    "renew_recovery_code",
    "restore_desk",
    "save_archive",
    "save_parcel",
    "save_text",
    "serving_pid",
    "system_zone",
    "system_zone_info",
    "today_in",
    "zone_of",
]


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


def choose_zone(desk: Desk, zone: str) -> None:
    """The zone by which days are counted from now on; earlier entries keep theirs."""
    if zone not in available_timezones():
        raise SettingRefused(setting=N_("zone"))
    with desk.store.transaction():
        desk.store.set_preference(ZONE, zone)


def moment_in(zone: str) -> Moment:
    """The present, on the clock of a zone."""
    return Moment(dt.datetime.now(dt.UTC), zone)


def today_in(zone: ZoneInfo | None) -> dt.date:
    """The local day now, in a zone or else the computer's; for what is done without a desk."""
    return Moment(dt.datetime.now(dt.UTC), system_zone() if zone is None else zone.key).day


def zone_of(desk: Desk) -> ZoneInfo:
    return ZoneInfo(desk.clock().zone)


def system_zone(environ: Mapping[str, str] = os.environ) -> str:
    """The IANA name of this computer's zone, or UTC where it does not tell."""
    candidates = [environ.get("TZ", "").lstrip(":")]
    local = Path("/etc/localtime")
    if local.is_symlink():
        candidates.append(str(local.resolve()).rpartition("zoneinfo/")[2])
    known = available_timezones()
    return next((name for name in candidates if name in known), "UTC")


def mark_of(settings: Settings) -> str:
    """32 hex digits that stay the same for one installation and say nothing of it."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, settings.host).hex


def system_zone_info() -> ZoneInfo:
    """The zone of this computer, for what is told without a desk."""
    return ZoneInfo(system_zone())


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


def archive_of(desk: Desk, folder: Path) -> Archive:
    """
    Everything in one file to take away, encrypted; its bytes as they are made.

    Raises:
        StoreBusy, DiskFull, DiskFailed, StoreDamaged: Before the first byte; nothing is left of it.
    """
    return write_archive(desk.store, folder)


def restore_desk(folder: Path, file: BinaryIO, passphrase: str) -> Desk:
    """
    Put an archive into a folder where nothing is set up, and open it.

    Raises:
        StoreExists, ArchiveDamaged, WrongPassphrase, StoreError: Nothing was touched.
    """
    return desk_of(open_sqlite(folder, restore_archive(folder, file, passphrase)))


def put_chat_away(desk: Desk, folder: Path, passphrase: str, *, taken: Taken, until: dt.date) -> ParcelRecord:
    """
    Put the chat out of sight under a passphrase of its own, which must not be the one of the notes.

    Raises:
        SamePassphrase, PassphraseTooShort, PassphraseTooLong, DayNotToCome, NothingToPutAway: Nothing was changed.
    """
    if is_passphrase_of(folder, passphrase):
        raise SamePassphrase
    return put_away(desk, passphrase, taken=taken, until=until)


def open_parcel(file: BinaryIO, passphrase: str, today: dt.date) -> tuple[Label, Iterator[Line]]:
    """
    What was put away, from a file; its day must have come.

    Raises:
        NotAParcel, ParcelDamaged, ParcelNewer, WrongParcelPassphrase, ParcelRests: Nothing of it is told.
    """
    label, lines = read_parcel(file, passphrase)
    require_parcel_day(label.opens_on, today)
    return label, lines


def open_kept_parcel(desk: Desk, id: str, passphrase: str) -> tuple[Label, Iterator[Line]]:
    """
    What was put away and lies here; its day must have come.

    Raises:
        NoSuchParcel, ParcelElsewhere, ParcelRests, WrongParcelPassphrase: Nothing of it is told.
    """
    today = desk.clock().day
    require_parcel_day(find_parcel(desk, id).opens_on, today)
    return open_parcel(parcel_file(desk, id), passphrase, today)


def parcel_file(desk: Desk, id: str) -> BinaryIO:
    """
    The bytes of what was put away and lies here, encrypted.

    Raises:
        NoSuchParcel, ParcelElsewhere: There are none.
    """
    find_parcel(desk, id)
    file = desk.store.parcel_file(id)
    if file is None:
        raise ParcelElsewhere
    return file


def save_parcel(desk: Desk, id: str, path: Path) -> int:
    """
    Write what was put away to a new file, read it back, and only then let go of it here; returns its bytes.

    Raises:
        NoSuchParcel, ParcelElsewhere, FileIsThere, DiskFull, DiskFailed: It still lies here.
    """
    file = parcel_file(desk, id)
    size = save_new(iter(lambda: file.read(1024 * 1024), b""), path, lambda written: _same(desk, id, written))
    give_parcel(desk, id, find_parcel(desk, id).digest)
    return size


def save_text(pieces: Iterable[str], path: Path) -> int:
    """
    Write words to a new file that only its owner may read; returns its bytes.

    Raises:
        FileIsThere, DiskFull, DiskFailed: Nothing of it stays.
    """
    return save_new((piece.encode("utf-8", "replace") for piece in pieces), path, lambda _: None)


def let_go_of_parcel(desk: Desk, id: str, file: BinaryIO) -> None:
    """
    Let go of what was put away here, once its file was shown to be somewhere else too.

    Raises:
        NoSuchParcel, ParcelElsewhere, NotAParcel, ParcelDamaged, NotThatFile: It still lies here.
    """
    give_parcel(desk, id, check_parcel(file))


def _same(desk: Desk, id: str, file: BinaryIO) -> None:
    if check_parcel(file) != find_parcel(desk, id).digest:
        raise NotThatFile


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


def phone_certificate(folder: Path, address: str) -> Certificate:
    """The certificate shown to phones at an address, made where there is none that will do."""
    return ready_certificate(folder, address, dt.datetime.now(dt.UTC))


def make_code(folder: Path) -> tuple[str, str]:
    """
    A code for one phone, good for ten minutes, and the address where it is brought.

    Raises:
        NotOpenToPhones: If no server that lets phones in is running.
    """
    address = read_phones(folder).address
    if not address or serving_pid(folder) is None:
        raise NotOpenToPhones
    return open_code(folder, time.time()), address


def pair(folder: Path, typed: str, kind: str) -> tuple[Phone, str]:
    """
    Let in the phone that brings the open code; returns what it has to bring from now on.

    Raises:
        PairingRefused: It gets nothing.
    """
    return pair_phone(folder, typed, kind, time.time())


def make_demo(folder: Path) -> str:
    """A store of a made-up person's months; returns its passphrase, made for this once."""
    passphrase = f"demo-{secrets.token_hex(6)}"
    desk, _code = create_desk(folder, passphrase)
    fill_demo(desk)
    desk.store.close()
    return passphrase
