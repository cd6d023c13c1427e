"""
Which phones may ask this computer, and the code by which one more may: a small file beside the store.

A code is made on this computer, is good for ten minutes and one phone, and bears five tries; ten wrong ones within ten
minutes end it for ten minutes, whatever code is open. The phone is then given 256 random bits, which it brings with
every request; here only their hash is kept, so that the file lets nobody in. Pairing opens no page but the lock page:
every browser unlocks for itself. The file is readable while locked, and holds nothing personal: kinds of devices and
when they were paired.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import math
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from fallow.errors import CodeOver, NoSuchPhone, PairingRests, WrongCode
from fallow.store.durable import replace_file
from fallow.store.faults import plain_errors
from fallow.store.recovery import ALPHABET

PHONES_FILE: Final = "phones.json"
CODE_SECONDS: Final = 600.0
CODE_TRIES: Final = 5
CODE_LENGTH: Final = 8
"""Characters of 32 kinds: five guesses at 40 bits."""
MOST_WRONG: Final = 10
"""Wrong codes within `CODE_SECONDS`, over all codes, after which none is looked at."""
_LOOK_ALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": "", "–": "", "\t": ""})


class Phone(msgspec.Struct, frozen=True):
    """One paired device: `paired_at` in seconds since the epoch, `kind` as its browser told, `secret` a SHA-256."""

    id: str
    kind: str
    paired_at: float
    secret: str


class OpenCode(msgspec.Struct, frozen=True):
    """A code that waits for its phone: its SHA-256, until when, and how many tries it bears."""

    code: str
    until: float
    tries: int = CODE_TRIES


class Phones(msgspec.Struct, frozen=True):
    """
    Everything of the file.

    Args:
        address: Where a phone finds this computer now, as `192.168.1.5:8738`; empty where it is not let in.
        wrong: When wrong codes came, seconds since the epoch, oldest first.
    """

    address: str = ""
    paired: tuple[Phone, ...] = ()
    open_code: OpenCode | None = None
    wrong: tuple[float, ...] = ()


def read_phones(folder: Path) -> Phones:
    """What is kept. A file that cannot be read lets nobody in."""
    try:
        return msgspec.json.decode((folder / PHONES_FILE).read_bytes(), type=Phones)
    except (OSError, msgspec.DecodeError):
        return Phones()


def keep_address(folder: Path, address: str) -> None:
    """Where a phone finds this computer from now on; empty where it does not. An open code is over."""
    if address or (folder / PHONES_FILE).exists():
        with _changing(folder) as phones:
            _keep(folder, msgspec.structs.replace(phones, address=address, open_code=None))


def open_code(folder: Path, now: float) -> str:
    """A fresh code, eight characters in two groups; the one before it is over."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with _changing(folder) as phones:
        _keep(folder, msgspec.structs.replace(phones, open_code=OpenCode(_hashed(code), now + CODE_SECONDS)))
    return f"{code[:4]}-{code[4:]}"


def pair_phone(folder: Path, typed: str, kind: str, now: float) -> tuple[Phone, str]:
    """
    Let in the phone that brings the open code, and spend the code.

    Args:
        typed: As it was typed; case, spaces and look-alike characters do not matter.
        kind: What sort of device, in our own words.
        now: Seconds since the epoch.
    Returns:
        The phone, and what it has to bring from now on; that is kept nowhere here.
    Raises:
        CodeOver: If no code is open: used, older than ten minutes, tried too often, or never made.
        PairingRests: If too many wrong ones came.
        WrongCode: Counted before it is said.
    """
    with _changing(folder) as phones:
        wrong = tuple(at for at in phones.wrong if now - CODE_SECONDS < at <= now)
        if len(wrong) >= MOST_WRONG:
            raise PairingRests(minutes=math.ceil((wrong[0] + CODE_SECONDS - now) / 60))
        waiting = phones.open_code
        if waiting is None or not waiting.until - CODE_SECONDS <= now < waiting.until:
            raise CodeOver
        code = typed.upper().translate(_LOOK_ALIKES)
        if not hmac.compare_digest(_hashed(code), waiting.code):
            left = waiting.tries - 1
            still = msgspec.structs.replace(waiting, tries=left) if left else None
            _keep(folder, msgspec.structs.replace(phones, open_code=still, wrong=(*wrong, now)))
            raise WrongCode(left=left)
        secret = secrets.token_urlsafe(32)
        phone = Phone(secrets.token_hex(8), kind, now, _hashed(secret))
        _keep(folder, Phones(phones.address, (*phones.paired, phone), None, wrong))
        return phone, secret


def find_phone(folder: Path, secret: str | None) -> Phone | None:
    """The paired phone that brings this; None for anybody else."""
    if not secret:
        return None
    hashed = _hashed(secret)
    found = [phone for phone in read_phones(folder).paired if hmac.compare_digest(phone.secret, hashed)]
    return found[0] if found else None


def remove_phone(folder: Path, id: str) -> None:
    """
    Let a phone in no longer, from its next request on.

    Raises:
        NoSuchPhone: If none has this id.
    """
    with _changing(folder) as phones:
        kept = tuple(phone for phone in phones.paired if phone.id != id)
        if len(kept) == len(phones.paired):
            raise NoSuchPhone
        _keep(folder, msgspec.structs.replace(phones, paired=kept))


@contextmanager
def _changing(folder: Path) -> Iterator[Phones]:
    """One change at a time, in any process: two phones with one code would otherwise both get in."""
    with plain_errors():
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield read_phones(folder)
    finally:
        os.close(descriptor)


def _keep(folder: Path, phones: Phones) -> None:
    with plain_errors():
        replace_file(folder / PHONES_FILE, msgspec.json.encode(phones))


def _hashed(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
