"""What is put away under a passphrase of its own: here, and as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fallow.app import Desk, find_parcel, give_parcel, put_away, require_parcel_day
from fallow.errors import NotThatFile, ParcelElsewhere, SamePassphrase
from fallow.store import Label as Label
from fallow.store import Line as Line
from fallow.store import ParcelRecord as ParcelRecord
from fallow.store import Taken as Taken
from fallow.store import check_parcel, is_passphrase_of, read_parcel, save_new


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
