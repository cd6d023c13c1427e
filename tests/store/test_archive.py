"""P14: an archive gives everything back, says when it is not whole, and never touches what is there."""

from __future__ import annotations

import fcntl
import hashlib
import io
import secrets
import stat
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fallow.errors import (
    ArchiveDamaged,
    DiskFull,
    FileIsThere,
    StoreBusy,
    StoreExists,
    StoreNewer,
    WrongPassphrase,
)
from fallow.store import (
    Cost,
    Draft,
    change_passphrase,
    create_key,
    restore_archive,
    save_archive,
    store_exists,
    unlock,
    write_archive,
)
from fallow.store.archive import COPY_FILE, check_archive
from fallow.store.pragmas import connect
from fallow.store.sqlite import SqliteStore, open_sqlite
from store.former import everything, make_version_1
from store.samples import START, a_long_table, a_source, an_event

WORDS = "the letter that nobody reads"


@pytest.fixture
def key(folder: Path, passphrase: str, cheap: Cost) -> bytes:
    """The folder is set up for real, with a key file to take along."""
    return create_key(folder, passphrase, cost=cheap)[0]


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    """Something in every table."""
    table = a_long_table(300)
    with store.transaction():
        store.append([an_event(f"cue {i}", minute=i) for i in range(40)])
        store.set_preference("zone", "Europe/Berlin")
        store.put_draft(Draft("a", START, START, WORDS * 50, sealed=True, opens_at=START, kind="letter"))
        store.put_messages(a_source(table), table, [f"{WORDS} {i}" for i in range(300)])
        store.put_derived("picture", b"drawn")
    return store


@pytest.fixture
def archive(filled: SqliteStore, folder: Path) -> bytes:
    return b"".join(write_archive(filled, folder))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "data"


def restore(folder: Path, archive: bytes, passphrase: str) -> bytes:
    return restore_archive(folder, io.BytesIO(archive), passphrase)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with what is in it; only for folders nobody has open."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_everything_comes_back(
    filled: SqliteStore, folder: Path, key: bytes, archive: bytes, elsewhere: Path, passphrase: str
) -> None:
    """T10: every row of every table, under the same key, in a folder made for it; and it is used like any other."""
    assert key == restore(elsewhere, archive, passphrase) == unlock(elsewhere, passphrase)
    filled.close()
    assert everything(folder, key) == everything(elsewhere, key)
    store = open_sqlite(elsewhere, key)
    assert (40, 300) == (len(store.events()), store.message_count())
    assert () == store.check()
    with store.transaction():
        store.append([an_event("after")])
    store.close()
    assert 41 == len(everything(elsewhere, key)["event"])


def test_files_that_come_back_are_their_owners_alone(archive: bytes, elsewhere: Path, passphrase: str) -> None:
    """Whatever the archive says about itself."""
    restore(elsewhere, archive, passphrase)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in elsewhere.iterdir()}
    assert ({0o600}, 0o700) == (modes, stat.S_IMODE(elsewhere.stat().st_mode))


def test_an_archive_holds_nothing_to_read(archive: bytes) -> None:
    """Two neutral names and noise: no word of what was written, and nothing a packer could make smaller."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert ["key.json", "notes.db"] == opened.namelist()
        database = opened.read("notes.db")
    assert all(word not in archive for word in (WORDS.encode(), b"Robin", b"CREATE TABLE", b"SQLite format"))
    assert len(zlib.compress(database, 9)) > 0.999 * len(database)


def test_nothing_of_making_one_stays_behind(filled: SqliteStore, folder: Path) -> None:
    """Finished, given up half-way or never begun to be read: the folder has no further file."""
    before = {path.name for path in folder.iterdir()}
    assert COPY_FILE not in before
    b"".join(write_archive(filled, folder))
    half = write_archive(filled, folder)
    next(iter(half))
    half.close()
    write_archive(filled, folder)
    assert before == {path.name for path in folder.iterdir()}


def test_the_recovery_code_opens_one_too(folder: Path, passphrase: str, cheap: Cost, elsewhere: Path) -> None:
    """It is a key like the passphrase."""
    key, code = create_key(folder, passphrase, cost=cheap)
    store = open_sqlite(folder, key)
    archive = b"".join(write_archive(store, folder))
    store.close()
    assert key == restore(elsewhere, archive, code)


def test_an_archive_opens_with_the_passphrase_of_its_day(
    filled: SqliteStore, folder: Path, archive: bytes, elsewhere: Path, passphrase: str, cheap: Cost
) -> None:
    """A later one does not reach it, so both are true at once: this is said where one is taken."""
    change_passphrase(folder, passphrase, "a new and better one", cost=cheap)
    with pytest.raises(WrongPassphrase):
        restore(elsewhere, archive, "a new and better one")
    assert not elsewhere.exists()
    restore(elsewhere, archive, passphrase)
    later = b"".join(write_archive(filled, folder))
    with pytest.raises(WrongPassphrase):
        restore(elsewhere.with_name("later"), later, passphrase)


def test_what_is_there_is_never_written_over(
    filled: SqliteStore, folder: Path, archive: bytes, key: bytes, passphrase: str
) -> None:
    """Not even with the right passphrase."""
    filled.close()
    before = contents(folder)
    with pytest.raises(StoreExists):
        restore(folder, archive, passphrase)
    assert before == contents(folder)


def damaged(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """T12: 500 flipped bits anywhere, some in each part of the zip for certain, and 100 missing ends."""
    rng = np.random.default_rng(12)
    bits = rng.integers(0, len(archive) * 8, 380).tolist() + list(range(0, 60 * 8, 8))
    bits += [(len(archive) - 1 - i) * 8 + int(rng.integers(8)) for i in range(60)]
    for bit in bits:
        flipped = bytearray(archive)
        flipped[bit // 8] ^= 1 << bit % 8
        yield f"bit {bit}", bytes(flipped)
    for length in [*range(50), *(len(archive) - 1 - i for i in range(25)), *rng.integers(0, len(archive), 25).tolist()]:
        yield f"first {length} bytes", archive[:length]


def test_every_damage_is_found_before_anything_is_touched(archive: bytes, elsewhere: Path, passphrase: str) -> None:
    """T12: 600 of 600; the folder it was to go to is not even made."""
    unseen, count = [], 0
    for what, data in damaged(archive):
        count += 1
        try:
            restore(elsewhere, data, passphrase)
        except ArchiveDamaged:
            continue
        unseen.append(what)
    assert (600, []) == (count, unseen)
    assert not elsewhere.parent.exists()


def sealed(*members: tuple[str, bytes], compressed: bool = False) -> bytes:
    """A zip as anybody can make one, with a seal that fits."""
    made = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", kind) as archive:
        archive.comment = bytes(66)
        for name, data in members:
            archive.writestr(name, data)
    return with_seal(made.getvalue()[:-66])


def with_seal(body: bytes) -> bytes:
    return body + b"1:" + hashlib.sha256(body).hexdigest().encode()


def test_what_only_looks_like_one_is_refused(
    filled: SqliteStore, folder: Path, key: bytes, elsewhere: Path, passphrase: str
) -> None:
    """A seal says that a file is whole, not that it is ours: its inside is looked at, and the folder is as it was."""
    key_file = (folder / "key.json").read_bytes()
    filled.empty_log()
    filled.close()
    database = (folder / "notes.db").read_bytes()
    torn = bytearray(database)
    torn[5_000] ^= 1
    elsewhere.mkdir(parents=True)
    (elsewhere / "settings.json").write_text("{}")
    fakes = {
        "empty": b"", "text": b"hello " * 50, "no zip": with_seal(b"x" * 500),
        "other names": sealed(("key.json", key_file), ("../notes.db", database)),
        "one missing": sealed(("key.json", key_file)),
        "one more": sealed(("key.json", key_file), ("notes.db", database), ("more", b"")),
        "packed": sealed(("key.json", key_file), ("notes.db", database), compressed=True),
        "huge key file": sealed(("key.json", b" " * 100_000), ("notes.db", database)),
        "torn page": sealed(("key.json", key_file), ("notes.db", bytes(torn))),
        "no database": sealed(("key.json", key_file), ("notes.db", b"")),
        "cut database": sealed(("key.json", key_file), ("notes.db", database[:4_096 * 3])),
    }  # fmt: skip
    for name, data in fakes.items():
        with pytest.raises(ArchiveDamaged):
            restore(elsewhere, data, passphrase)
        assert {"settings.json": b"{}"} == contents(elsewhere), name
    assert key == restore(elsewhere, sealed(("key.json", key_file), ("notes.db", database)), passphrase)


def test_an_archive_of_an_earlier_version_comes_back_up_to_date(
    folder: Path, key: bytes, elsewhere: Path, passphrase: str
) -> None:
    """As it was taken; the first opening upgrades it, as it would have where it came from."""
    (folder / "unfinished").unlink()
    make_version_1(folder, key)
    files = (("key.json", (folder / "key.json").read_bytes()), ("notes.db", (folder / "notes.db").read_bytes()))
    restore(elsewhere, sealed(*files), passphrase)
    store = open_sqlite(elsewhere, key)
    assert (["draft", "draft"], ()) == ([draft.kind for draft in store.drafts()], store.check())
    store.close()


def test_an_archive_of_a_newer_version_is_left_alone(
    store: SqliteStore, folder: Path, key: bytes, elsewhere: Path, passphrase: str
) -> None:
    """It is whole, so the sentence is another."""
    store.close()
    newer = connect(folder / "notes.db", key)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    files = (("key.json", (folder / "key.json").read_bytes()), ("notes.db", (folder / "notes.db").read_bytes()))
    with pytest.raises(StoreNewer):
        restore(elsewhere, sealed(*files), passphrase)
    assert not store_exists(elsewhere)
    assert {} == contents(elsewhere)


def test_one_is_made_at_a_time(filled: SqliteStore, folder: Path) -> None:
    """The second is told to wait, and the first goes on; a file left by one that was killed is in nobody's way."""
    (folder / COPY_FILE).write_bytes(b"left by one that was killed")
    first = write_archive(filled, folder)
    assert not (folder / COPY_FILE).exists()
    second = write_archive(filled, folder)
    assert b"".join(first)[:2] == b"".join(second)[:2] == b"PK"
    held = (folder / COPY_FILE).open("wb")
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(StoreBusy):
        write_archive(filled, folder)
    held.close()


def test_every_archive_made_beside_writers_is_whole(
    filled: SqliteStore, folder: Path, tmp_path: Path, passphrase: str
) -> None:
    """T11, shorter: 20 archives while two others write; each opens, is sound and holds what was stored before it."""
    done, failed = threading.Event(), []

    def write() -> None:
        try:
            while not done.is_set():
                with filled.transaction():
                    filled.append([an_event(secrets.token_hex(8))])
        except BaseException as error:
            failed.append(error)
            raise

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        for number in range(20):
            before = {record.id for record in filled.events()}
            place = tmp_path / f"archive {number}"
            key = restore(place, b"".join(write_archive(filled, folder)), passphrase)
            store = open_sqlite(place, key)
            assert before <= {record.id for record in store.events()}
            assert () == store.check()
            store.close()
    finally:
        done.set()
        for writer in writers:
            writer.join()
    assert [] == failed


# --- as a file --------------------------------------------------------------------------------------------------------


def test_a_file_is_written_for_its_owner_and_read_back(filled: SqliteStore, folder: Path, tmp_path: Path) -> None:
    """Its length is told, its mode is private, and one that is there is left as it is."""
    path = tmp_path / "away.zip"
    assert save_archive(write_archive(filled, folder), path) == path.stat().st_size
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    before = path.read_bytes()
    with pytest.raises(FileIsThere):
        save_archive(write_archive(filled, folder), path)
    assert before == path.read_bytes()
    with path.open("rb") as file:
        check_archive(file)


def test_a_disk_that_keeps_something_else_is_seen(tmp_path: Path, archive: bytes) -> None:
    """What was written is read back before it is called an archive; if it is not that, nothing stays."""
    path = tmp_path / "away.zip"
    with pytest.raises(ArchiveDamaged):
        save_archive(iter([archive[:1000], b"?", archive[1001:]]), path)
    assert not path.exists()


def test_a_full_disk_leaves_no_half_of_one(tmp_path: Path) -> None:
    """The sentence is that of a full disk."""

    def pieces() -> Iterator[bytes]:
        yield b"PK"
        raise OSError(28, "No space left on device")

    with pytest.raises(DiskFull):
        save_archive(pieces(), tmp_path / "away.zip")
    assert [] == [path for path in tmp_path.iterdir() if path.suffix == ".zip"]
