"""
A parcel: a chat with its words, under a passphrase of its own, as bytes that can lie anywhere.

Version 1, all numbers big-endian. `PARCEL\\n`; the length of the header, 4 bytes; the header, JSON (`version`, `id`,
`kdf`, `nonce`); then frames, each its length, 4 bytes, and AES-256-GCM of a zlib stream of MessagePack: first the
label (`Label`), then lists of messages (`Line`), in the order they were kept. The key is argon2id of the passphrase
(NFC, UTF-8) with the salt and cost of `kdf`. The nonce of the k-th frame is `nonce` (7 bytes), k (4 bytes) and 1 for
the last frame or 0; everything before the first frame is the associated data of each. So no frame can be left out,
repeated, moved or exchanged. At the end the SHA-256 of all bytes before it: it tells a damaged file from a wrong
passphrase, which the frames cannot. Without the passphrase the size can be seen, and that it is such a file.

The day on which it may be opened again is inside, on the label. It is a promise to oneself: the key does not know
what day it is, and whoever sets a clock forward, or writes a program of ten lines, opens it before.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated, Any, BinaryIO, Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fallow.errors import NotAParcel, ParcelDamaged, ParcelNewer, WrongParcelPassphrase
from fallow.store.cipher import new_secret, read_secret
from fallow.store.interface import Label, Line
from fallow.store.keyfile import Cost, Kdf, derive, measured_cost

PARCEL_VERSION: Final = 1
MAGIC: Final = b"PARCEL\n"
CHUNK: Final = 1024 * 1024
_LINES_IN_FRAME: Final = 2_000
_WORDS_IN_FRAME: Final = 256 * 1024
_LARGEST_HEADER: Final = 4 * 1024
_LARGEST_FRAME: Final = 128 * 1024 * 1024
"""Bytes of one frame, as it lies there and unpacked; far above what a message can be."""
_DIGEST_BYTES: Final = 32
_NUMBER_BYTES: Final = 4
_SALT_BYTES: Final = 16
_PREFIX_BYTES: Final = 7

T = TypeVar("T")


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is needed to try a passphrase."""

    version: int
    id: str
    kdf: Kdf
    nonce: Annotated[bytes, msgspec.Meta(min_length=_PREFIX_BYTES, max_length=_PREFIX_BYTES)]


class _Versioned(msgspec.Struct):
    version: int


def write_parcel(label: Label, lines: Iterable[Line], passphrase: str, *, cost: Cost | None = None) -> Iterator[bytes]:
    """
    The bytes of a parcel, as they are made.

    Args:
        lines: Every message, in the order it is to be kept.
        passphrase: At least 10 and at most 1,024 characters.
        cost: argon2id parameters; None measures this machine.
    Raises:
        PassphraseTooShort, PassphraseTooLong: Before the first byte.
    """
    secret, cost = new_secret(passphrase), cost or measured_cost()
    kdf = Kdf("argon2id", secrets.token_bytes(_SALT_BYTES), cost.memory_kib, cost.passes, cost.lanes)
    header = Header(PARCEL_VERSION, label.id, kdf, secrets.token_bytes(_PREFIX_BYTES))
    return _counted(_bytes_of(header, AESGCM(derive(secret, kdf)), label, lines))


def check_parcel(file: BinaryIO) -> str:
    """
    Read a parcel to its end and see whether it is byte for byte what was written. O(bytes).

    Returns:
        The SHA-256 of all of it but its own, as hex: which parcel it is.
    Raises:
        NotAParcel, ParcelDamaged: It is something else, or not whole.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise NotAParcel
    digest, left = hashlib.sha256(MAGIC), size - len(MAGIC) - _DIGEST_BYTES
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    if left or file.read() != digest.digest():
        raise ParcelDamaged
    return digest.hexdigest()


def read_parcel(file: BinaryIO, passphrase: str) -> tuple[Label, Iterator[Line]]:
    """
    Open a parcel.

    Args:
        file: Can be sought in, and stays open while lines are taken; read as it is, never trusted.
    Returns:
        Its label, and its messages in the order they were kept. Reading them to the end is what proves them whole.
    Raises:
        NotAParcel, ParcelDamaged, ParcelNewer: Before the passphrase is tried.
        WrongParcelPassphrase: If it does not open with it.
    """
    check_parcel(file)
    preface, header = _preface(file)
    key = AESGCM(derive(read_secret(passphrase), header.kdf))
    frames = _opened(key, header, preface, _frames(file))
    try:
        label = _as(Label, next(frames))
    except InvalidTag as error:
        raise WrongParcelPassphrase from error
    except StopIteration as error:
        raise ParcelDamaged from error
    return label, _lines(frames)


def _bytes_of(header: Header, key: AESGCM, label: Label, lines: Iterable[Line]) -> Iterator[bytes]:
    told = msgspec.json.encode(header)
    preface = MAGIC + len(told).to_bytes(_NUMBER_BYTES) + told
    yield preface
    frames = chain([msgspec.msgpack.encode(label)], map(msgspec.msgpack.encode, _in_frames(lines)))
    for number, (frame, last) in enumerate(_and_last(frames)):
        sealed = key.encrypt(_nonce(header, number, last), zlib.compress(frame, level=6), preface)
        yield len(sealed).to_bytes(_NUMBER_BYTES) + sealed


def _counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    yield digest.digest()


def _in_frames(lines: Iterable[Line]) -> Iterator[list[Line]]:
    held: list[Line] = []
    words = 0
    for line in lines:
        held.append(line)
        words += len(line.body or "")
        if len(held) >= _LINES_IN_FRAME or words >= _WORDS_IN_FRAME:
            yield held
            held, words = [], 0
    if held:
        yield held


def _and_last(items: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Each item, and whether it is the last one."""
    held: list[T] = []
    for item in items:
        if held:
            yield held.pop(), False
        held.append(item)
    if held:
        yield held.pop(), True


def _nonce(header: Header, number: int, last: bool) -> bytes:
    return header.nonce + number.to_bytes(_NUMBER_BYTES) + bytes([last])


def _preface(file: BinaryIO) -> tuple[bytes, Header]:
    """Everything before the first frame, and the header in it; afterwards the file stands at the first frame."""
    file.seek(len(MAGIC))
    length = int.from_bytes(file.read(_NUMBER_BYTES))
    told = file.read(length) if length <= _LARGEST_HEADER else b""
    try:
        if msgspec.json.decode(told, type=_Versioned).version > PARCEL_VERSION:
            raise ParcelNewer
        header = msgspec.json.decode(told, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ParcelDamaged from error
    return MAGIC + len(told).to_bytes(_NUMBER_BYTES) + told, header


def _frames(file: BinaryIO) -> Iterator[bytes]:
    """Frames as they lie there, up to the digest."""
    at = file.tell()
    end = file.seek(0, os.SEEK_END) - _DIGEST_BYTES
    file.seek(at)
    while at < end:
        length = int.from_bytes(file.read(_NUMBER_BYTES))
        at += _NUMBER_BYTES + length
        if at > end or length > _LARGEST_FRAME:
            raise ParcelDamaged
        yield file.read(length)


def _opened(key: AESGCM, header: Header, preface: bytes, frames: Iterator[bytes]) -> Iterator[bytes]:
    """
    Every frame unpacked.

    Raises:
        InvalidTag: At the first frame that is not what was written there.
        ParcelDamaged: If one unpacks to more than any can hold.
    """
    try:
        for number, (frame, last) in enumerate(_and_last(frames)):
            plain = zlib.decompressobj()
            unpacked = plain.decompress(key.decrypt(_nonce(header, number, last), frame, preface), _LARGEST_FRAME)
            if not plain.eof:
                raise ParcelDamaged
            yield unpacked
    except zlib.error as error:
        raise ParcelDamaged from error


def _lines(frames: Iterator[bytes]) -> Iterator[Line]:
    try:
        for frame in frames:
            yield from _as(list[Line], frame)
    except InvalidTag as error:
        raise ParcelDamaged from error


def _as(type: Any, frame: bytes) -> Any:
    try:
        return msgspec.msgpack.decode(frame, type=type)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ParcelDamaged from error
