"""The encrypted file: what is deleted is gone, what is full is said, what is newer is left alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import fallow
from fallow.errors import DiskFull, NoStore, StoreBusy, StoreDamaged, StoreNewer
from fallow.store import Deletion, Draft
from fallow.store.pragmas import connect
from fallow.store.sqlite import SqliteStore, open_sqlite
from store.pages import decrypted_pages
from store.samples import a_long_table, a_source, a_table, an_event

WORDS = b"the letter that nobody reads"


def connection_of(store: SqliteStore) -> Any:
    return store._connections.mine()


def a_draft(text: str = WORDS.decode() * 300) -> Draft:
    return Draft("x", 1, 1, text, sealed=False, opens_at=None)


def hashes(folder: Path) -> dict[str, bytes]:
    """The database and its log. Only for stores this process does not have open."""
    return {name: (folder / name).read_bytes() for name in ("notes.db", "notes.db-wal") if (folder / name).exists()}


def a_copy(folder: Path, to: Path) -> Path:
    """The folder as a killed program leaves it: files copied by another process, so no lock of ours is dropped."""
    subprocess.run(["cp", "-r", str(folder), str(to)], check=True)
    return to


def killed_while_open(folder: Path, key: bytes, statement: str) -> None:
    """A program that runs one more statement and is killed before it can close."""
    program = (
        "import os, pathlib, signal, sys\nfrom fallow.store.pragmas import connect\n"
        "connection = connect(pathlib.Path(sys.argv[1]), bytes.fromhex(sys.stdin.read()))\n"
        "connection.execute(sys.argv[2])\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(fallow.__file__).parent.parent)}
    command = [sys.executable, "-c", program, str(folder / "notes.db"), statement]
    done = subprocess.run(command, env=environment, input=key.hex(), text=True, check=False)
    assert -signal.SIGKILL == done.returncode


def test_a_deleted_draft_is_gone_from_the_decrypted_pages(folder: Path, key: bytes, tmp_path: Path) -> None:
    """T15: neither in the file nor in its log, at once, while the store is still open."""
    store = open_sqlite(folder, key)
    with store.transaction():
        store.put_draft(a_draft())
    before = a_copy(folder, tmp_path / "before")
    with store.transaction():
        store.put_draft(a_draft("short"))
        store.delete_draft("x")
    after = a_copy(folder, tmp_path / "after")
    store.close()
    assert WORDS in decrypted_pages(before, key)
    assert WORDS not in decrypted_pages(after, key)


def test_without_secure_delete_the_words_would_stay(folder: Path, key: bytes, tmp_path: Path) -> None:
    """The control of the test before: the same deletion with that pragma off."""
    store = open_sqlite(folder, key)
    connection_of(store).execute("PRAGMA secure_delete = OFF").fetchall()
    with store.transaction():
        store.put_draft(a_draft())
    with store.transaction():
        store.delete_draft("x")
    assert Deletion(row_gone=True, overwritten=False, log_empty=True) == store.confirm_deleted("x")
    store.close()
    assert WORDS in decrypted_pages(folder, key)


def test_a_removed_source_is_gone_from_the_decrypted_pages(folder: Path, key: bytes) -> None:
    """Its words and the names it gave."""
    store = open_sqlite(folder, key)
    table = a_long_table(200)
    with store.transaction():
        store.put_messages(a_source(table), table, [WORDS.decode()] * 200)
    with store.transaction():
        store.remove_source("first")
    store.close()
    pages = decrypted_pages(folder, key)
    assert (False, False) == (WORDS in pages, b"Robin" in pages)


def test_a_reader_at_work_delays_the_emptying_only(folder: Path, key: bytes) -> None:
    """The deletion is stored at once; the log is emptied by whoever comes next."""
    store = open_sqlite(folder, key)
    with store.transaction():
        store.put_draft(a_draft())
    reader = connect(folder / "notes.db", key)
    reader.execute("PRAGMA busy_timeout = 0").fetchall()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM draft").fetchone()
    connection_of(store).execute("PRAGMA busy_timeout = 50").fetchall()
    with store.transaction():
        store.delete_draft("x")
    assert store.draft("x") is None
    assert Deletion(row_gone=True, overwritten=True, log_empty=False) == store.confirm_deleted("x")
    reader.execute("COMMIT")
    assert store.confirm_deleted("x").complete
    reader.close()
    store.close()
    assert WORDS not in decrypted_pages(folder, key)


def test_a_full_disk_is_said_and_nothing_is_lost(store: SqliteStore) -> None:
    """What was stored stays and is read; when there is room again, writing goes on (T04, by SQLite's own limit)."""
    with store.transaction():
        stored = store.append([an_event()])
    connection = connection_of(store)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()
    with pytest.raises(DiskFull), store.transaction():
        store.put_draft(a_draft("x" * 100_000))
    assert (stored, (), ()) == (store.events(), store.drafts(), store.check())
    connection.execute("PRAGMA max_page_count = 1000000").fetchall()
    with store.transaction():
        store.put_draft(a_draft())
    assert 1 == len(store.drafts())


def test_a_long_wait_for_another_writer_is_said(folder: Path, key: bytes, store: SqliteStore) -> None:
    """And nothing of what was to be written is left."""
    other = connect(folder / "notes.db", key)
    other.execute("BEGIN IMMEDIATE")
    connection_of(store).execute("PRAGMA busy_timeout = 50").fetchall()
    with pytest.raises(StoreBusy), store.transaction():
        store.append([an_event()])
    other.execute("ROLLBACK")
    other.close()
    with store.transaction():
        store.append([an_event()])
    assert 1 == len(store.events())


def test_a_newer_store_is_left_alone(folder: Path, key: bytes) -> None:
    """Not a byte of the database or of its log is written, even where the log waits to be copied (T09)."""
    open_sqlite(folder, key).close()
    killed_while_open(folder, key, "PRAGMA user_version = 99")
    before = hashes(folder)
    assert len(before["notes.db-wal"]) > 0
    with pytest.raises(StoreNewer):
        open_sqlite(folder, key)
    assert before == hashes(folder)


def test_a_newer_store_without_a_log_is_left_alone(folder: Path, key: bytes) -> None:
    """Not even a file is added."""
    open_sqlite(folder, key).close()
    newer = connect(folder / "notes.db", key)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(StoreNewer):
        open_sqlite(folder, key)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_event_of_a_kind_not_known_yet_is_newer(store: SqliteStore) -> None:
    """Authenticated pages cannot be damaged that way."""
    body = b'{"kind": "from the future"}'
    connection_of(store).execute("INSERT INTO event (id, body) VALUES ('a', ?)", (body,))
    with pytest.raises(StoreNewer):
        store.events()
    assert ("event 1 cannot be read",) == store.check()


def test_another_key_is_damage_and_writes_nothing(folder: Path, key: bytes) -> None:
    """The key file has answered for the key, so it is the file that does not fit."""
    store = open_sqlite(folder, key)
    with store.transaction():
        store.append([an_event()])
    store.close()
    before = hashes(folder)
    with pytest.raises(StoreDamaged):
        open_sqlite(folder, bytes(32))
    assert before == hashes(folder)


def test_a_flipped_bit_is_found(folder: Path, key: bytes) -> None:
    """In any page: when it is opened, or by the check."""
    store = open_sqlite(folder, key)
    with store.transaction():
        store.append([an_event(str(i)) for i in range(5)])
    store.close()
    whole = (folder / "notes.db").read_bytes()
    pages = len(whole) // 4_096
    assert {"found"} == {flip_and_open(folder, key, whole, page * 4_096 + 2_000) for page in range(pages)}


def flip_and_open(folder: Path, key: bytes, whole: bytes, place: int) -> str:
    (folder / "notes.db").write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    try:
        damaged = open_sqlite(folder, key)
    except StoreDamaged:
        return "found"
    problems = damaged.check()
    damaged.close()
    return "found" if any("cipher_integrity_check" in problem for problem in problems) else "missed"


def test_reading_a_damaged_page_is_said(folder: Path, key: bytes) -> None:
    """Where the page is met, nothing half read is handed out."""
    store = open_sqlite(folder, key)
    with store.transaction():
        store.append([an_event("x" * 2_000) for _ in range(50)])
    store.close()
    whole = (folder / "notes.db").read_bytes()
    place = len(whole) - 2_000
    (folder / "notes.db").write_bytes(whole[:place] + bytes(100) + whole[place + 100 :])
    damaged = open_sqlite(folder, key)
    with pytest.raises(StoreDamaged):
        damaged.events()
    damaged.close()


@pytest.mark.parametrize("size", [1, 100, 4_095, 4_096, 10_000])
def test_a_file_cut_short_is_not_opened_as_sound(folder: Path, key: bytes, size: int) -> None:
    """Whatever is left of it."""
    open_sqlite(folder, key).close()
    (folder / "key.json").touch()
    os.truncate(folder / "notes.db", size)
    try:
        cut = open_sqlite(folder, key)
    except StoreDamaged:
        return
    problems = cut.check()
    cut.close()
    assert () != problems


def test_something_else_is_not_opened(folder: Path, key: bytes) -> None:
    """A plain file of that name."""
    (folder / "notes.db").write_bytes(b"SQLite format 3\0" + bytes(5_000))
    with pytest.raises(StoreDamaged):
        open_sqlite(folder, key)


def test_no_folder_is_no_store(tmp_path: Path, key: bytes) -> None:
    """Nothing is made by asking."""
    with pytest.raises(NoStore):
        open_sqlite(tmp_path / "none", key)
    assert not (tmp_path / "none").exists()


def test_opening_a_store_twice_over_its_life_changes_nothing(folder: Path, key: bytes) -> None:
    """Migrations are applied once."""
    open_sqlite(folder, key).close()
    before = hashes(folder)
    open_sqlite(folder, key).close()
    assert before == hashes(folder)


def test_two_programs_may_set_up_at_once(folder: Path, key: bytes) -> None:
    """The second finds the tables there."""
    opened: list[SqliteStore] = []
    threads = [threading.Thread(target=lambda: opened.append(open_sqlite(folder, key))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 4 == len(opened)
    with opened[0].transaction():
        opened[0].append([an_event()])
    assert [1] * 4 == [len(store.events()) for store in opened]
    for store in opened:
        store.close()


def test_a_closed_store_is_closed_for_every_thread(store: SqliteStore) -> None:
    """Nobody opens a connection with the key after that."""
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.events()
    store.close()


def test_closing_leaves_one_file(folder: Path, key: bytes) -> None:
    """The log is copied and removed, also when threads that are gone had connections."""
    store = open_sqlite(folder, key)

    def write() -> None:
        with store.transaction():
            store.append([an_event()])

    for _ in range(3):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    store.close()
    assert ["notes.db"] == [path.name for path in folder.iterdir()]


def test_a_store_is_not_taken_through_a_fork(store: SqliteStore) -> None:
    """SQLite's locks would not hold there."""
    child = os.fork()
    if child == 0:
        try:
            store.events()
        except ValueError:
            os._exit(7)
        os._exit(0)
    assert 7 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_snapshot_of_the_files_opens(folder: Path, key: bytes, tmp_path: Path, store: SqliteStore) -> None:
    """With a log that was never copied, as after a kill; the index of the log is made anew."""
    with store.transaction():
        stored = store.append([an_event()])
    copy = a_copy(folder, tmp_path / "copy")
    (copy / "notes.db-shm").unlink()
    again = open_sqlite(copy, key)
    assert (stored, ()) == (again.events(), again.check())
    again.close()
    shutil.rmtree(copy)


def test_columns_that_differ_from_the_rows_are_found(store: SqliteStore) -> None:
    """The rows are the truth."""
    table = a_table((0, 0, 1), (1, 1, 1))
    with store.transaction():
        store.put_messages(a_source(table), table, None)
    assert () == store.check()
    connection_of(store).execute("DELETE FROM message WHERE sender = 1")
    assert ("the kept columns are not those of the messages",) == store.check()


def test_the_columns_kept_are_those_of_the_rows_after_the_first_import_and_the_next(store: SqliteStore) -> None:
    """Those of the first are not read back; equal messages in one instant, kinds and unknown readings among them."""
    first, second, new = a_long_table(500), a_long_table(300, seed=2), []
    for id, table in (("first", first), ("second", second), ("again", first)):
        with store.transaction():
            new.append(store.put_messages(a_source(table, id), table, ["word"] * len(table)))
        assert () == store.check()
        assert sum(new) == len(store.messages())
    assert (500, 0) == (new[0], new[2])
