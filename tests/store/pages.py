"""
The decrypted pages of a database file and its log, without SQLCipher.

SQLCipher 4 with a raw key: pages of 4,096 bytes, AES-256-CBC, the last 80 bytes hold a 16-byte IV and an HMAC-SHA512;
the first 16 bytes of the file are the salt. A frame of the log is a 24-byte header and one such page.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4_096
RESERVE = 80
_LOG_HEADER, _FRAME_HEADER = 32, 24


def decrypted_pages(folder: Path, key: bytes) -> bytes:
    """Every page of `notes.db` and of every frame of its log, one after another. Only for stores nobody has open."""
    database = (folder / "notes.db").read_bytes()
    log_file = folder / "notes.db-wal"
    log = log_file.read_bytes()[_LOG_HEADER:] if log_file.exists() else b""
    frame = _FRAME_HEADER + PAGE
    pages = [database[i : i + PAGE] for i in range(0, len(database), PAGE)]
    frames = [log[i + _FRAME_HEADER : i + frame] for i in range(0, len(log) - frame + 1, frame)]
    numbers = [int.from_bytes(log[i : i + 4]) for i in range(0, len(log) - frame + 1, frame)]
    plain = [_decrypt(page, key, first=i == 0) for i, page in enumerate(pages)]
    plain += [_decrypt(page, key, first=number == 1) for page, number in zip(frames, numbers, strict=True)]
    return b"".join(plain)


def _decrypt(page: bytes, key: bytes, *, first: bool) -> bytes:
    body = page[16 if first else 0 : PAGE - RESERVE]
    iv = page[PAGE - RESERVE : PAGE - RESERVE + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
