"""
The key file: the data key, wrapped once under the passphrase and once under the recovery code.

`key.json`, version 1. Each slot holds its own argon2id salt and parameters and the 256-bit key sealed by AES-256-GCM;
the version, the store's id, the slot's name and the parameters are the associated data, so no part can be exchanged
without the seal breaking. `check` is a SHA-256 over the rest: it tells a damaged file from a wrong passphrase, which
the seal alone cannot, and says nothing about either secret.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fallow.errors import KeyFileDamaged, StoreNewer, StoreUnsafe
from fallow.language import N_

KEY_FILE_VERSION: Final = 1
KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12

SlotName = Literal["passphrase", "recovery"]


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a secret becomes a key-encryption key. The upper bounds keep a foreign file from hanging the machine."""

    name: Literal["argon2id"]
    salt: Annotated[bytes, msgspec.Meta(min_length=_SALT_BYTES)]
    memory_kib: Annotated[int, msgspec.Meta(ge=8, le=4 * 1024 * 1024)]
    passes: Annotated[int, msgspec.Meta(ge=1, le=1_000)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)]


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data key under one secret."""

    kdf: Kdf
    nonce: Annotated[bytes, msgspec.Meta(min_length=_NONCE_BYTES, max_length=_NONCE_BYTES)]
    wrapped: bytes


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; `key` is the fingerprint of the one inside."""

    version: int
    id: str
    key: str
    passphrase: Slot
    recovery: Slot
    check: str = ""

    def slot(self, name: SlotName) -> Slot:
        return self.passphrase if name == "passphrase" else self.recovery


class _Versioned(msgspec.Struct):
    version: int


@dataclass(frozen=True, slots=True)
class Cost:
    """argon2id parameters: KiB of memory, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


LEAST_COST: Final = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""More than three times OWASP's minimum of 19 MiB and 2 passes."""
UNLOCK_SECONDS: Final = 0.5
"""What one unlock may take on the machine it is set up on; the passes are raised towards it."""


def measured_cost() -> Cost:
    """The least cost, with passes raised until one unlock takes about half a second here."""
    probe = Kdf("argon2id", bytes(16), LEAST_COST.memory_kib, LEAST_COST.passes, LEAST_COST.lanes)
    # The quickest of three: another program at work would make this machine look slow, and its lock cheap for ever.
    seconds = min(_seconds(lambda: derive(b"measured", probe)) for _ in range(3))
    passes = round(LEAST_COST.passes * UNLOCK_SECONDS / seconds)
    return Cost(LEAST_COST.memory_kib, min(max(passes, LEAST_COST.passes), 64), LEAST_COST.lanes)


def seal_slot(key: bytes, secret: bytes, cost: Cost, *, name: SlotName, id: str) -> Slot:
    """Wrap the data key under a secret, with a salt and a nonce of its own."""
    salt = secrets.token_bytes(_SALT_BYTES)
    kdf = Kdf("argon2id", salt, cost.memory_kib, cost.passes, cost.lanes)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(derive(secret, kdf)).encrypt(nonce, key, _header(kdf, name, id))
    return Slot(kdf, nonce, wrapped)


def open_slot(file: KeyFile, secret: bytes, name: SlotName) -> bytes | None:
    """The data key, 32 bytes, or None when the secret is not the one."""
    slot = file.slot(name)
    try:
        return AESGCM(derive(secret, slot.kdf)).decrypt(slot.nonce, slot.wrapped, _header(slot.kdf, name, file.id))
    except InvalidTag:
        return None


def derive(secret: bytes, kdf: Kdf) -> bytes:
    """The key-encryption key, 32 bytes."""
    try:
        return hash_secret_raw(secret, kdf.salt, kdf.passes, kdf.memory_kib, kdf.lanes, KEY_BYTES, Type.ID)
    except HashingError as error:
        raise StoreUnsafe(what=N_("there is too little free memory to derive the key")) from error


def fingerprint(key: bytes) -> str:
    """Which key it is, saying nothing about it."""
    return hashlib.blake2b(key, digest_size=16, person=b"fallow key").hexdigest()


def encode_key_file(file: KeyFile) -> bytes:
    """The file as bytes, with its check."""
    checked = msgspec.structs.replace(file, check=_checksum(file))
    return msgspec.json.format(msgspec.json.encode(checked), indent=1) + b"\n"


def decode_key_file(data: bytes) -> KeyFile:
    """
    Read a key file.

    Raises:
        StoreNewer: If a newer Fallow wrote it.
        KeyFileDamaged: If it is not whole.
    """
    try:
        if msgspec.json.decode(data, type=_Versioned).version > KEY_FILE_VERSION:
            raise StoreNewer
        file = msgspec.json.decode(data, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeyFileDamaged from error
    if not secrets.compare_digest(file.check.encode(), _checksum(file).encode()):
        raise KeyFileDamaged
    return file


def _header(kdf: Kdf, name: SlotName, id: str) -> bytes:
    return msgspec.json.encode(("fallow key", KEY_FILE_VERSION, id, name, kdf))


def _checksum(file: KeyFile) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(file, check=""))).hexdigest()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
