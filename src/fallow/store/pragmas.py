"""
Opening a connection that can be trusted, and refusing any other.

`connect` sets everything; `distrust` reads everything back from the connection itself and says what is not so. Both
are needed: a build without SQLCipher silently writes a plain file, SQLite before 3.51.3 can lose a checkpointed page
(the WAL-reset bug), synchronous=NORMAL loses confirmed entries in a power cut, and temp_store=FILE puts plaintext on
the disk (79,324 places in a trial).
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from sqlcipher3 import dbapi2

from fallow.errors import StoreBusy, StoreDamaged, StoreError, StoreUnsafe
from fallow.language import N_
from fallow.language import gettext as _
from fallow.store.durable import PRIVATE_FILE, PRIVATE_FOLDER
from fallow.store.faults import plain_errors
from fallow.store.keyfile import KEY_BYTES

if TYPE_CHECKING:
    # sqlcipher3 has the interface of the standard module and no types of its own. Only the type is taken from there:
    # two SQLite libraries must never meet on one file.
    import sqlite3

    Connection: TypeAlias = sqlite3.Connection

LEAST_SQLITE: Final = (3, 51, 3)
BUSY_SECONDS: Final = 10.0
_EMPTYING_SECONDS: Final = 1.0
"""How long emptying the log waits for readers; somebody may be waiting for the page."""

_SETTINGS: Final = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    # On macOS fsync alone leaves data in the drive's own memory; elsewhere these do nothing.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
)
# What each must read as afterwards: pragma, value, what it means when it does not.
_EXPECTED: Final = (
    ("journal_mode", "wal", N_("its journal is not a write-ahead log")),
    ("synchronous", 2, N_("it does not wait for the disk")),
    ("temp_store", 2, N_("it could put temporary data on the disk unencrypted")),
    ("secure_delete", 1, N_("deleted words would stay in the file")),
    ("foreign_keys", 1, N_("its cross-checks are off")),
    ("trusted_schema", 0, N_("it would run code found in a file")),
)


def connect(path: Path, key: bytes) -> Connection:
    """
    Open the database for reading and writing with everything set; nothing is verified yet but the key.

    Raises:
        StoreDamaged: If it does not open with this key. SQLCipher cannot say whether the file or the key is wrong;
            a key that came out of the key file is the right one.
        StoreUnsafe: If this library does not encrypt.
    """
    connection = _open(f"file:{quote(str(path))}?mode=rwc", key)
    try:
        for setting in _SETTINGS:
            _set_patiently(connection, setting)
    except BaseException:
        connection.close()
        raise
    return connection


def peek_version(path: Path, key: bytes) -> int:
    """
    The schema version of an existing file, read so that not a byte of the database or its log is written.

    A connection that may write would copy the log into the database when it closes, even one left by a newer Fallow.
    """
    # Without a log nobody has the file open, and it can be read without the index file that WAL otherwise makes.
    alone = "immutable=1" if not path.with_name(path.name + "-wal").exists() else "mode=ro"
    connection = _open(f"file:{quote(str(path))}?{alone}", key)
    try:
        with plain_errors():
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def check_copy(path: Path, key: bytes) -> int:
    """
    Read every page and row of a copy that nobody has open; not a byte is written.

    Returns:
        Its schema version.
    Raises:
        StoreDamaged: If anything in it is wrong, or it is under another key.
    """
    connection = _open(f"file:{quote(str(path))}?immutable=1", key)
    try:
        with plain_errors():
            faults = find_faults(connection, has_log=False)
            if faults:
                raise StoreDamaged
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def empty_log(connection: Connection) -> None:
    """
    Copy the write-ahead log into the database and cut it to nothing.

    Raises:
        StoreBusy: If somebody is still reading from it.
    """
    with plain_errors():
        _wait_at_most(connection, _EMPTYING_SECONDS)
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            _wait_at_most(connection, BUSY_SECONDS)
    if busy:
        raise StoreBusy


def overwrites(connection: Connection) -> bool:
    """Whether what this connection deletes is overwritten in the file."""
    return _text(connection, "PRAGMA secure_delete") == "1"


def find_faults(connection: Connection, *, has_log: bool = True) -> list[str]:
    """Read every page and every row; what SQLite and SQLCipher find wrong with them."""
    checks = ["integrity_check", "foreign_key_check"]
    # SQLCipher's own check reads the database without its log: before the log has been copied, a page that a power
    # cut tore looks damaged there, although it is whole in the log.
    with suppress(StoreError):
        if has_log:
            empty_log(connection)
        checks.insert(0, "cipher_integrity_check")
    faults = []
    for check in checks:
        try:
            found = connection.execute(f"PRAGMA {check}").fetchall()
        except dbapi2.DatabaseError as error:
            found = [(f"stopped: {getattr(error, 'sqlite_errorname', 'unknown')}",)]
        faults += [f"{check}: {' '.join(map(str, row))}" for row in found if row[0] != "ok"]
    return faults


def distrust(connection: Connection) -> tuple[str, ...]:
    """Every reason not to use a connection, read back from itself; empty when there is none."""
    reasons = [] if _text(connection, "PRAGMA cipher_version") else [_("it does not encrypt")]
    version = _text(connection, "SELECT sqlite_version()")
    if tuple(int(part) for part in version.split(".")) < LEAST_SQLITE:
        least = ".".join(map(str, LEAST_SQLITE))
        older = _("SQLite {version} is older than {least}, which may lose data")
        reasons.append(older.format(version=version, least=least))
    for pragma, expected, meaning in _EXPECTED:
        if _text(connection, f"PRAGMA {pragma}") != str(expected):
            reasons.append(_(meaning))
    return tuple(reasons)


def distrust_files(folder: Path, files: tuple[Path, ...]) -> tuple[str, ...]:
    """Close folder and files to everyone else; what cannot be closed is returned as a reason."""
    wanted = [(folder, PRIVATE_FOLDER), *((file, PRIVATE_FILE) for file in files)]
    return tuple(reason for path, mode in wanted if (reason := _close_to_others(path, mode)))


def _set_patiently(connection: Connection, setting: str) -> None:
    """Set one pragma. SQLite does not wait by itself where two programs make the same new file a WAL one."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with plain_errors():
                connection.execute(setting).fetchall()
            return
        except StoreBusy:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _wait_at_most(connection: Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}").fetchall()


def _close_to_others(path: Path, mode: int) -> str | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if found.st_uid != os.getuid():
        return _("its files belong to another account")
    if stat.S_IMODE(found.st_mode) != mode:
        path.chmod(mode)
        if stat.S_IMODE(path.stat().st_mode) != mode:
            return _("this disk cannot keep its files private")
    return None


def _open(uri: str, key: bytes) -> Connection:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    with plain_errors():
        connection: Connection = dbapi2.connect(
            uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
    try:
        if not _text(connection, "PRAGMA cipher_version"):
            raise StoreUnsafe(what=N_("it does not encrypt"))
        # Before the key: SQLCipher otherwise writes to stderr when a key does not fit.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # PRAGMA takes no parameters; a raw key as hex is the one value that needs no quoting and no derivation.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _probe(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _probe(connection: Connection) -> None:
    """Read the first page: a wrong key or a damaged file shows here and no earlier."""
    with plain_errors():
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.OperationalError:
            raise
        except dbapi2.DatabaseError as error:
            raise StoreDamaged from error


def _text(connection: Connection, sql: str) -> str:
    row = connection.execute(sql).fetchone()
    return str(row[0]) if row else ""
