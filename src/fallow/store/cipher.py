"""
The key to the store: made once at random, held only while unlocked, and on disk only wrapped.

The data key never changes and never depends on the passphrase, so a new passphrase rewrites one small file and not
the notes. Files in the folder, beside the database: `key.json`; `key.json.former`, for the moment of a change; a new
one is read back before the former goes; `unfinished`, from the first byte of setting up until the database exists.
A forgotten passphrase cannot be recovered by anyone, except with the recovery code.
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from fallow.errors import (
    KeyFileDamaged,
    NoStore,
    PassphraseTooLong,
    PassphraseTooShort,
    StoreError,
    StoreExists,
    WrongPassphrase,
)
from fallow.store.durable import BESIDE, make_private_folder, remove_file, replace_file
from fallow.store.faults import plain_errors
from fallow.store.keyfile import (
    KEY_BYTES,
    KEY_FILE_VERSION,
    LEAST_COST,
    Cost,
    Kdf,
    KeyFile,
    SlotName,
    decode_key_file,
    encode_key_file,
    fingerprint,
    measured_cost,
    open_slot,
    seal_slot,
)
from fallow.store.place import DATABASE_FILE, KEY_FILE, begin, is_unfinished, setting_up
from fallow.store.recovery import new_recovery_code, read_recovery_code
from fallow.store.tries import counted_try, forget_tries

FORMER_KEY_FILE: Final = KEY_FILE + ".former"
NEW_KEY_FILE: Final = KEY_FILE + BESIDE

SHORTEST_PASSPHRASE: Final = 10
LONGEST_PASSPHRASE: Final = 1_024
"""Characters; ASVS 5.0 6.2.9 asks for at least 64, accepted unchanged."""

Clock = Callable[[], float]


def create_key(folder: Path, passphrase: str, *, cost: Cost | None = None) -> tuple[bytes, str]:
    """
    Make a new key and its key file; a set-up that was cut off before the database existed is begun again.

    Args:
        folder: Made with mode 0700 when missing.
        passphrase: At least 10 and at most 1,024 characters.
        cost: argon2id parameters; None measures this machine, about a second.
    Returns:
        The data key, 32 bytes, and the recovery code, which is not kept anywhere else.
    Raises:
        StoreExists: If the folder holds a store already.
    """
    secret = new_secret(passphrase)
    _refuse_existing(folder)
    key, id, code = secrets.token_bytes(KEY_BYTES), secrets.token_hex(16), new_recovery_code()
    cost = cost or measured_cost()
    file = KeyFile(
        version=KEY_FILE_VERSION,
        id=id,
        key=fingerprint(key),
        passphrase=seal_slot(key, secret, cost, name="passphrase", id=id),
        recovery=seal_slot(key, _code_secret(code), cost, name="recovery", id=id),
    )
    with plain_errors():
        make_private_folder(folder)
        with setting_up(folder):
            _refuse_existing(folder)
            begin(folder)
            for name in (KEY_FILE, FORMER_KEY_FILE, NEW_KEY_FILE):
                (folder / name).unlink(missing_ok=True)
            forget_tries(folder)
            replace_file(folder / KEY_FILE, encode_key_file(file))
    return key, code


def _refuse_existing(folder: Path) -> None:
    if store_exists(folder) and not is_unfinished(folder):
        raise StoreExists


def store_exists(folder: Path) -> bool:
    """Whether something was set up here; of a set-up that was cut off, only one that has a key."""
    if is_unfinished(folder):
        return (folder / KEY_FILE).exists()
    return any((folder / name).exists() for name in (KEY_FILE, FORMER_KEY_FILE, DATABASE_FILE))


def is_key_of(folder: Path, key: bytes) -> bool:
    """Whether the key file holds this key; False where it was made for another one since, True without an answer."""
    try:
        return _read(folder / KEY_FILE).key == fingerprint(key)
    except StoreError:
        return True


def unlock(folder: Path, passphrase: str, *, clock: Clock = time.time) -> bytes:
    """
    The data key, 32 bytes, for the passphrase or the recovery code.

    Raises:
        NoStore, KeyFileDamaged, StoreNewer: Before anything is tried.
        WrongPassphrase: Counted; after five of them TooManyTries.
    """
    return _unlock(folder, passphrase, clock)[1]


def is_passphrase_of(folder: Path, passphrase: str) -> bool:
    """Whether the notes of a folder open with this; asked of one that is meant for something else, so not counted."""
    try:
        open_key_file((folder / KEY_FILE).read_bytes(), passphrase)
    except (StoreError, OSError):
        return False
    return True


def open_key_file(data: bytes, passphrase: str) -> bytes:
    """
    The data key, 32 bytes, out of a key file that lies elsewhere; tries are not counted.

    Raises:
        KeyFileDamaged, StoreNewer: Before anything is tried.
        WrongPassphrase: If neither slot opens.
    """
    key = _try_slots(decode_key_file(data), read_secret(passphrase), read_recovery_code(passphrase))
    if key is None:
        raise WrongPassphrase
    return key


def change_passphrase(
    folder: Path, passphrase: str, new: str, *, cost: Cost | None = None, clock: Clock = time.time
) -> None:
    """
    Give the store a new passphrase; the former one opens nothing from then on. The recovery code stays.

    Args:
        passphrase: The present one, or the recovery code.
        new: At least 10 and at most 1,024 characters.
        cost: argon2id parameters; None keeps those of the file where they are not below today's least.
    """
    secret = new_secret(new)
    file, key = _unlock(folder, passphrase, clock)
    _rewrap(folder, file, key, secret=secret, slot="passphrase", cost=cost)


def renew_recovery_code(folder: Path, passphrase: str, *, cost: Cost | None = None, clock: Clock = time.time) -> str:
    """A new recovery code; the former one opens nothing from then on."""
    file, key = _unlock(folder, passphrase, clock)
    code = new_recovery_code()
    _rewrap(folder, file, key, secret=_code_secret(code), slot="recovery", cost=cost)
    return code


def destroy_key(folder: Path) -> None:
    """
    Overwrite and remove every copy of the key file in the folder; from then on the store is noise for anyone.

    The one that is in use goes last: killed before it, everything still opens; at it or after it, nothing does.
    """
    for name in (FORMER_KEY_FILE, NEW_KEY_FILE, KEY_FILE):
        remove_file(folder / name)


def _unlock(folder: Path, passphrase: str, clock: Clock) -> tuple[KeyFile, bytes]:
    secret = read_secret(passphrase)
    file = _load(folder)
    with counted_try(folder, clock):
        key = _try_slots(file, secret, read_recovery_code(passphrase))
        if key is None:
            raise WrongPassphrase
    # Left behind by a change that was cut off: one would open with the former passphrase, the other with a new one
    # that was never confirmed.
    remove_file(folder / FORMER_KEY_FILE)
    remove_file(folder / NEW_KEY_FILE)
    return file, key


def _try_slots(file: KeyFile, secret: bytes, code: str | None) -> bytes | None:
    key = open_slot(file, code.encode(), "recovery") if code else None
    return key or open_slot(file, secret, "passphrase")


def _load(folder: Path) -> KeyFile:
    """The key file, or the former one where a change was cut off and the present one is not whole."""
    if not store_exists(folder):
        raise NoStore
    former = folder / FORMER_KEY_FILE
    try:
        return _read(folder / KEY_FILE)
    except KeyFileDamaged:
        if not former.exists():
            raise
        data = former.read_bytes()
        file = decode_key_file(data)
        replace_file(folder / KEY_FILE, data)
        return file


def _read(path: Path) -> KeyFile:
    try:
        return decode_key_file(path.read_bytes())
    except FileNotFoundError as error:
        raise KeyFileDamaged from error


def _rewrap(folder: Path, file: KeyFile, key: bytes, *, secret: bytes, slot: SlotName, cost: Cost | None) -> None:
    """Seal one slot anew and swap the file; the former stays until the new one has been read back and opened."""
    sealed = seal_slot(key, secret, cost or _at_least(file.slot(slot).kdf), name=slot, id=file.id)
    path, former = folder / KEY_FILE, folder / FORMER_KEY_FILE
    with plain_errors():
        replace_file(former, path.read_bytes())
        replace_file(path, encode_key_file(msgspec.structs.replace(file, **{slot: sealed})))
    if open_slot(_read(path), secret, slot) != key:
        raise KeyFileDamaged
    remove_file(former)


def _at_least(kdf: Kdf) -> Cost:
    passes = max(kdf.passes, LEAST_COST.passes)
    return Cost(max(kdf.memory_kib, LEAST_COST.memory_kib), passes, max(kdf.lanes, LEAST_COST.lanes))


def new_secret(passphrase: str) -> bytes:
    """
    A passphrase that was just chosen, as the bytes a key is derived from.

    Raises:
        PassphraseTooShort, PassphraseTooLong: It is not one to keep anything under.
    """
    secret = read_secret(passphrase)
    if len(unicodedata.normalize("NFC", passphrase)) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(least=SHORTEST_PASSPHRASE)
    return secret


def read_secret(passphrase: str) -> bytes:
    """Composed (NFC), so that one keyboard's é is another's e with an accent; otherwise unchanged."""
    composed = unicodedata.normalize("NFC", passphrase)
    if len(composed) > LONGEST_PASSPHRASE:
        raise PassphraseTooLong(most=LONGEST_PASSPHRASE)
    return composed.encode("utf-8", "surrogatepass")


def _code_secret(code: str) -> bytes:
    body = read_recovery_code(code)
    assert body is not None
    return body.encode()
