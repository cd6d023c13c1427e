"""A chat put away: its words are gone from the file, all of it comes back, and nothing happens half."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import numpy as np
import pytest

from fallow.errors import ParcelDamaged
from fallow.messages import MessageTable
from fallow.store import Cost, Label, Line, ParcelRecord, Taken, read_parcel, write_parcel
from fallow.store import parcel as parcel_file
from fallow.store.interface import PackedSource
from fallow.store.sqlite import SqliteStore, open_sqlite
from store.pages import decrypted_pages
from store.samples import a_long_table, a_source, a_table

WORD = "under another stone"
MARK = "lighthouse keeper 4711"
DAY = dt.date(2027, 2, 1)
N = 3_000


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id, real but quick: what it costs is not the question here."""
    monkeypatch.setattr(parcel_file, "measured_cost", lambda: Cost(memory_kib=64, passes=1, lanes=1))


def texts(table: MessageTable) -> list[str]:
    return [f"{MARK} {number} " + "word " * (number % 40) for number in range(len(table))]


def filled(store: SqliteStore) -> MessageTable:
    """Two imports: the first without words, the second with them, some of them for messages of the first."""
    table = a_long_table(N)
    with store.transaction():
        store.put_messages(a_source(table, "bare", with_text=False), table, None)
    with store.transaction():
        store.put_messages(a_source(table, "full"), table, texts(table))
    more = a_table(*((minute, 0, 3) for minute in range(N, N + 50)))
    with store.transaction():
        store.put_messages(a_source(more, "more"), more, texts(more))
    return table


def put_away(store: SqliteStore, taken: Taken = "words", id: str = "b" * 32) -> ParcelRecord:
    with store.transaction():
        return store.put_away(id, WORD, taken=taken, made_at=1, opens_on=DAY)


def contents(store: SqliteStore) -> tuple[object, ...]:
    """Everything a chat is, as a value."""
    table = store.messages()
    columns = [getattr(table, name).tolist() for name in ("at", "offset", "sender", "kind", "words", "size", "asks")]
    return (*columns, table.read_at.tolist(), table.unseen.tolist(), list(store.texts()), store.sources())


def back(store: SqliteStore, file: io.BufferedIOBase | None = None) -> int:
    found = file or store.parcel_file("b" * 32)
    assert found is not None
    label, lines = read_parcel(found, WORD)  # type: ignore[arg-type]
    with store.transaction():
        new = store.bring_back(label, lines)
        store.delete_parcel(label.id)
    return new


def test_words_are_gone_from_the_decrypted_pages(folder: Path, key: bytes) -> None:
    """Not one is left in the file or its log, in any page's free room either; counts and times stay as they were."""
    store = open_sqlite(folder, key)
    filled(store)
    store.close()
    assert MARK.encode() in decrypted_pages(folder, key)
    store = open_sqlite(folder, key)
    before = store.messages()
    record = put_away(store)
    assert (N + 50, {None}, False) == (record.messages, set(store.texts()), store.has_words())
    after = store.messages()
    assert all(
        np.array_equal(getattr(before, name), getattr(after, name)) for name in ("at", "sender", "words", "asks")
    )
    assert [False, False, False] == [source.with_text for source in store.sources()]
    assert () == store.check()
    store.close()
    pages = decrypted_pages(folder, key)
    assert (0, 0) == (pages.count(b"lighthouse"), pages.count(b"keeper 47"))


def test_setting_words_to_nothing_would_not_be_enough(folder: Path, key: bytes) -> None:
    """The control: the same words taken by an UPDATE, with secure_delete on, stay in pages whose rows only moved."""
    store = open_sqlite(folder, key)
    filled(store)
    with store.transaction():
        store._connections.mine().execute("UPDATE message SET body = NULL")
    store.empty_log()
    store.close()
    assert b"lighthouse" in decrypted_pages(folder, key)


def test_messages_are_gone_from_the_decrypted_pages(folder: Path, key: bytes) -> None:
    """With the imports, their names, and what was computed."""
    store = open_sqlite(folder, key)
    filled(store)
    with store.transaction():
        store.put_derived("picture", b"computed from them")
    put_away(store, "messages")
    assert (0, (), None) == (store.message_count(), store.sources(), store.derived("picture"))
    store.close()
    pages = decrypted_pages(folder, key)
    assert (False, False, False) == (b"lighthouse" in pages, b"Robin" in pages, b"computed from them" in pages)


@pytest.mark.parametrize("taken", ["words", "messages"])
def test_all_of_it_comes_back(folder: Path, key: bytes, taken: Taken) -> None:
    """Rows, order, words, imports, twins and gaps, as they were; opened anew in between."""
    store = open_sqlite(folder, key)
    filled(store)
    before = contents(store)
    put_away(store, taken)
    store.close()
    store = open_sqlite(folder, key)
    assert [DAY] == [each.opens_on for each in store.parcels()]
    assert (0 if taken == "words" else N + 50) == back(store)
    assert (before, (), ()) == (contents(store), store.parcels(), store.check())
    store.close()


def test_it_comes_back_into_another_store(store: SqliteStore, tmp_path: Path, key: bytes) -> None:
    """On another machine, where nothing of it ever was."""
    filled(store)
    before = contents(store)
    put_away(store)
    file = store.parcel_file("b" * 32)
    assert file is not None
    (tmp_path / "other").mkdir(mode=0o700)
    other = open_sqlite(tmp_path / "other", bytes(32))
    assert N + 50 == back(other, io.BytesIO(file.read()))
    assert before == contents(other)
    other.close()


def test_it_comes_back_beside_what_was_brought_since(store: SqliteStore) -> None:
    """A later export brought meanwhile keeps its words; the older ones are added, none twice."""
    table = a_table((1, 0, 2), (2, 1, 3))
    with store.transaction():
        store.put_messages(a_source(table), table, ["one two", "three four five"])
    put_away(store)
    later = a_table((1, 0, 2), (2, 1, 3), (3, 0, 1))
    with store.transaction():
        store.put_messages(a_source(later, "later"), later, ["ONE TWO", "three four five", "six"])
    assert 0 == back(store)
    assert (["ONE TWO", "three four five", "six"], 3) == (list(store.texts()), store.message_count())


def test_a_parcel_that_was_given_leaves_no_byte(folder: Path, key: bytes) -> None:
    """The list still says that there is one; its bytes are gone, encrypted as they were."""
    store = open_sqlite(folder, key)
    filled(store)
    put_away(store)
    file = store.parcel_file("b" * 32)
    assert file is not None
    piece = file.read()[5_000:5_064]
    with store.transaction():
        store.give_parcel("b" * 32, 77)
    assert (None, [77]) == (store.parcel_file("b" * 32), [each.given_at for each in store.parcels()])
    store.close()
    assert piece not in decrypted_pages(folder, key)


def test_two_parcels_do_not_mix(store: SqliteStore) -> None:
    """Each keeps what it took; removing one leaves the other."""
    filled(store)
    first = put_away(store)
    with store.transaction():
        table = a_long_table(N)
        store.put_messages(a_source(table, "again"), table, ["new words"] * N)
    second = put_away(store, id="c" * 32)
    assert [first, second] == list(store.parcels())
    with store.transaction():
        store.delete_parcel(first.id)
    assert (None, [second]) == (store.parcel_file(first.id), list(store.parcels()))
    found = store.parcel_file(second.id)
    assert found is not None
    assert {None, "new words"} <= {line.body for line in read_parcel(found, WORD)[1]}


def test_a_parcel_that_tells_of_another_import_is_refused_whole(store: SqliteStore) -> None:
    """Made by hand, with the right passphrase: nothing of it stays, the good lines neither."""
    label = Label("d" * 32, 1, DAY, 2, 1, 2, (PackedSource(a_source(a_table((1, 0, 1))), b"odd"),))
    lines = [Line(1, 0, 0, 1, 5, 0, 0, 0, None, None, place, "x") for place in (0, 1)]
    data = b"".join(write_parcel(label, lines, WORD, cost=Cost(64, 1, 1)))
    told, read = read_parcel(io.BytesIO(data), WORD)
    with pytest.raises(ParcelDamaged), store.transaction():
        store.bring_back(told, read)
    assert (0, ()) == (store.message_count(), store.sources())


def test_what_cannot_be_put_away_stays(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were what was written not to open again, nothing would be taken."""
    filled(store)
    before = contents(store)
    monkeypatch.setattr(parcel_file, "_LARGEST_FRAME", 1_000)
    with pytest.raises(ParcelDamaged):
        put_away(store)
    assert (before, ()) == (contents(store), store.parcels())
