"""
What every `Store` does, whichever engine it has.

A second store joins by one more entry in `STORES`; the claims stay the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallow.messages import COLUMNS, NOT_KNOWN, REFINED, Kind, MessageTable
from fallow.store import Deletion, Draft, DraftKind, Store
from fallow.store.sqlite import open_sqlite
from store.samples import START, a_long_table, a_source, a_table, an_event, rows_of

KEY = bytes(range(32))
STORES: dict[str, Callable[[Path], Store]] = {"sqlite": lambda folder: open_sqlite(folder, KEY)}


@pytest.fixture(params=STORES)
def reopen(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[[], Store]]:
    """Opens the store of one folder, closing the one opened before."""
    opened: list[Store] = []

    def again() -> Store:
        for former in opened:
            former.close()
        opened[:] = [STORES[request.param](folder)]
        return opened[0]

    yield again
    for last in opened:
        last.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()


def put(store: Store, table: MessageTable, id: str = "first", *, texts: list[str] | None = None) -> int:
    with store.transaction():
        return store.put_messages(a_source(table, id, with_text=texts is not None), table, texts)


def of_kinds(*rows: tuple[int, Kind, int]) -> MessageTable:
    """Messages of one side as (minute, kind, size): texts have one word each, the others none."""
    table = a_table(*((minute, 0, int(kind is Kind.TEXT)) for minute, kind, _ in rows))
    return replace(
        table,
        kind=np.array([kind for _, kind, _ in rows], np.uint8),
        size=np.array([size for *_, size in rows], np.int32),
    )


@pytest.mark.parametrize("texts", [None, ["a", "www.x.org", "b", "", "", "www.y.org"]])
def test_what_is_told_apart_later_is_not_there_twice(store: Store, texts: list[str] | None) -> None:
    """Links were texts and stickers were media once; brought in again they take their kind, and keep their words."""
    told = [(1, Kind.TEXT, 9), (1, Kind.LINK, 9), (1, Kind.MEDIA, 0), (1, Kind.STICKER, 0), (2, Kind.STICKER, 0),
            (3, Kind.LINK, 9)]  # fmt: skip
    former = [(minute, REFINED.get(kind, kind), size) for minute, kind, size in told]
    assert 6 == put(store, of_kinds(*former), texts=texts)
    assert 0 == put(store, of_kinds(*told), "again", texts=texts)
    assert 0 == put(store, of_kinds(*told), "and again", texts=texts)
    kept = store.messages()
    assert of_kinds(*told).kind.tolist() == kept.kind.tolist()
    assert [1, 0, 0, 0, 0, 0] == kept.words.tolist()
    assert (texts or [None] * 6) == list(store.texts())
    assert () == store.check()


def test_a_new_store_is_empty_and_sound(store: Store) -> None:
    """Every question has an answer at once."""
    assert ((), (), (), ()) == (store.events(), store.drafts(), store.sources(), store.check())
    assert (None, None, None) == (store.preference("zone"), store.draft("x"), store.derived("y"))
    assert (0, 0, []) == (store.message_count(), len(store.messages()), list(store.texts()))


def test_events_come_back_as_they_went_in(reopen: Callable[[], Store]) -> None:
    """In order, each with a number and an id of its own, also after reopening."""
    events = [an_event(f"cue {i} \u2028 🌧", minute=i) for i in range(20)]
    store = reopen()
    with store.transaction():
        stored = store.append(events[:12])
    with store.transaction():
        stored += store.append(events[12:])
    again = reopen().events()
    assert stored == again
    assert events == [record.event for record in again]
    assert list(range(1, 21)) == [record.seq for record in again]
    assert 20 == len({record.id for record in again})
    assert {32} == {len(record.id) for record in again}


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    """An exception inside leaves nothing of it."""
    table = a_table((0, 0, 3))

    def write_and_fail() -> None:
        with store.transaction():
            store.append([an_event()])
            store.set_preference("zone", "Europe/Berlin")
            store.put_draft(Draft("x", 1, 1, "text", sealed=False, opens_at=None))
            store.put_messages(a_source(table), table, None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert ((), None, (), 0, ()) == (
        store.events(),
        store.preference("zone"),
        store.drafts(),
        store.message_count(),
        store.sources(),
    )


def test_writing_needs_a_transaction(store: Store) -> None:
    """So nothing is ever half durable."""
    table = a_table((0, 0, 3))
    attempts: list[Callable[[], object]] = [
        lambda: store.append([an_event()]),
        lambda: store.set_preference("a", "b"),
        lambda: store.put_draft(Draft("x", 1, 1, "text", sealed=False, opens_at=None)),
        lambda: store.delete_draft("x"),
        lambda: store.put_messages(a_source(table), table, None),
        lambda: store.remove_source("first"),
        lambda: store.put_derived("a", b"b"),
    ]
    for attempt in attempts:
        with pytest.raises(ValueError, match="transaction"):
            attempt()


def test_transactions_do_not_nest(store: Store) -> None:
    """The inner one could not keep its promise."""
    with store.transaction(), pytest.raises(ValueError, match="open already"), store.transaction():
        pass
    with store.transaction():
        store.append([an_event()])
    assert 1 == len(store.events())


def test_a_preference_is_the_one_last_set(reopen: Callable[[], Store]) -> None:
    """Kept over a restart; one name does not touch another."""
    store = reopen()
    with store.transaction():
        store.set_preference("zone", "Europe/Berlin")
        store.set_preference("zone", "America/Lima")
        store.set_preference("name", "")
    store = reopen()
    assert ("America/Lima", "") == (store.preference("zone"), store.preference("name"))


def test_drafts_are_kept_changed_and_deleted(reopen: Callable[[], Store]) -> None:
    """Under their id; the oldest first."""
    late = Draft("b", 20, 21, "Dear Sam,\n…", sealed=True, opens_at=99)
    early = Draft("a", 10, 11, "", sealed=False, opens_at=None)
    store = reopen()
    with store.transaction():
        store.put_draft(late)
        store.put_draft(early)
        store.put_draft(replace(early, text="I miss you", saved_at=12))
    store = reopen()
    assert (replace(early, text="I miss you", saved_at=12), late) == store.drafts()
    assert late == store.draft("b")
    with store.transaction():
        store.delete_draft("b")
        store.delete_draft("not there")
    assert ["a"] == [draft.id for draft in reopen().drafts()]


@pytest.mark.parametrize("kind", get_args(DraftKind))
def test_what_is_written_keeps_its_kind(kind: DraftKind, reopen: Callable[[], Store]) -> None:
    """Also when it is saved again, and beside others; a draft unless it is said."""
    written = Draft("a", 10, 11, "words", sealed=False, opens_at=None, kind=kind)
    store = reopen()
    with store.transaction():
        store.put_draft(written)
        store.put_draft(Draft("b", 20, 21, "", sealed=False, opens_at=None))
        store.put_draft(replace(written, text="more words"))
    assert [kind, "draft"] == [draft.kind for draft in reopen().drafts()]


def test_a_deletion_can_be_confirmed(store: Store) -> None:
    """Nothing of it is left; and while it is still there, that is what is said."""
    with store.transaction():
        store.put_draft(Draft("x", 1, 1, "words", sealed=True, opens_at=9, kind="letter"))
    assert not store.confirm_deleted("x").complete
    with store.transaction():
        store.delete_draft("x")
    assert Deletion(row_gone=True, overwritten=True, log_empty=True) == store.confirm_deleted("x")
    with store.transaction(), pytest.raises(ValueError, match="has been left"):
        store.confirm_deleted("x")


def test_what_no_store_can_hold_is_replaced(store: Store) -> None:
    """NUL goes, half a surrogate pair becomes a question mark."""
    table = a_table((0, 0, 1))
    with store.transaction():
        store.put_draft(Draft("x", 1, 1, "a\0b\ud83dc", sealed=False, opens_at=None))
        store.set_preference("name", "\ude00")
    put(store, table, texts=["a\0b\ud83dc 🌧"])
    draft = store.draft("x")
    assert draft is not None
    assert ("ab?c", "?", ["ab?c 🌧"]) == (draft.text, store.preference("name"), list(store.texts()))


def test_messages_come_back_as_they_went_in(reopen: Callable[[], Store]) -> None:
    """Every column, the texts beside them, and where they came from."""
    table = a_long_table(500)
    texts = [f"text {i}" for i in range(500)]
    assert 500 == put(reopen(), table, texts=texts)
    store = reopen()
    back = store.messages()
    for column in COLUMNS:
        np.testing.assert_array_equal(getattr(table, column), getattr(back, column))
        assert getattr(table, column).dtype == getattr(back, column).dtype
    assert (table.resolution, table.zoned) == (back.resolution, back.zoned)
    assert texts == list(store.texts())
    assert (500, (a_source(table),), ()) == (store.message_count(), store.sources(), store.check())


def test_importing_three_times_is_importing_once(store: Store) -> None:
    """T17: no message is doubled, and the later imports are not listed."""
    table = a_long_table(300)
    assert [300, 0, 0] == [put(store, table, id) for id in ("first", "second", "third")]
    assert 300 == store.message_count() == len(store.messages())
    assert ["first"] == [source.id for source in store.sources()]


def test_twins_in_one_minute_stay_two(store: Store) -> None:
    """Two messages alike in all that is kept are two messages, however often they are imported."""
    twins = a_table((0, 0, 1), (0, 0, 1), (0, 1, 1), (0, 0, 1))
    assert [4, 0] == [put(store, twins), put(store, twins, "second")]
    assert rows_of(twins) == rows_of(store.messages())


def test_order_inside_a_minute_is_kept(store: Store) -> None:
    """Who spoke first in a minute is known from the source alone."""
    table = a_table((0, 1, 9), (0, 0, 2), (0, 1, 9), (0, 0, 1), (1, 1, 3))
    put(store, table, texts=["a", "b", "c", "d", "e"])
    assert rows_of(table) == rows_of(store.messages())
    assert ["a", "b", "c", "d", "e"] == list(store.texts())


def test_overlapping_exports_are_one_record(store: Store) -> None:
    """What both hold is there once."""
    whole = a_long_table(400)
    earlier, later = rows_of(whole)[:300], rows_of(whole)[150:]
    assert 300 == put(store, a_table(*earlier), "earlier")
    put(store, a_table(*later), "later")
    assert sorted(rows_of(whole)) == sorted(rows_of(store.messages()))


def test_a_message_that_was_changed_is_one_row_in_its_later_words(store: Store) -> None:
    """However often and in which order the two exports are brought; removing the later one takes its words along."""
    old, new = a_table((0, 0, 1), (3, 1, 2), (4, 0, 5)), a_table((0, 0, 1), (3, 1, 7), (4, 0, 5), (9, 1, 1))
    assert 3 == put(store, old, "old", texts=["a", "b", "c"])
    assert [1, 0, 0] == [put(store, new, "new", texts=["a", "d", "c", "e"]), put(store, old, "x"), put(store, new, "y")]
    assert (rows_of(new), ["a", "d", "c", "e"]) == (rows_of(store.messages()), list(store.texts()))
    assert () == store.check()
    with store.transaction():
        store.remove_source("new")
    put(store, old, "again", texts=["a", "b", "c"])
    assert (rows_of(old), ["a", "b", "c"]) == (rows_of(store.messages()), list(store.texts()))


def test_of_two_clocks_the_finer_one_is_kept(store: Store) -> None:
    """A chat from two phones is there once, in whichever order they are brought; what one lacks the other keeps."""
    coarse = a_table((0, 0, 1), (0, 0, 1), (3, 1, 2), (8, 0, 4))
    fine = replace(a_table((0, 0, 1), (0, 0, 1), (3, 1, 2)), resolution=1_000_000)
    fine = replace(fine, at=fine.at + np.array([7, 20, 5]) * 1_000_000)
    assert [4, 0, 0] == [put(store, coarse, "old"), put(store, fine, "new"), put(store, coarse, "again")]
    assert [*fine.at.tolist(), int(coarse.at[-1])] == store.messages().at.tolist()
    assert () == store.check()


def test_an_older_export_brings_back_no_older_words(store: Store) -> None:
    """What it alone holds is added."""
    old, new = a_table((0, 0, 1), (3, 1, 2), (4, 0, 5)), a_table((3, 1, 2), (4, 0, 6), (9, 1, 1))
    put(store, new, "new")
    assert 1 == put(store, old, "old")
    assert [(0, 0, 1), *rows_of(new)] == rows_of(store.messages())


def test_words_are_added_by_a_later_import(store: Store) -> None:
    """Counts first, words later: the words join, nothing is doubled; without words nothing is lost again."""
    table = a_table((0, 0, 1), (0, 0, 1), (3, 1, 2))
    assert [3, 0, 0] == [put(store, table), put(store, table, "b", texts=["x", "y", "z z"]), put(store, table, "c")]
    assert ["x", "y", "z z"] == list(store.texts())


def test_what_is_known_of_a_message_is_added_by_a_later_import(store: Store) -> None:
    """Whether it asks and when it was read; what is known already is not lost by one that does not know."""
    table = a_table((0, 0, 1), (3, 1, 2))
    unknown = replace(table, asks=np.full(2, -1, np.int8))
    knows = replace(table, asks=np.array([1, 0], np.int8), read_at=np.array([NOT_KNOWN, START]))
    assert [2, 0, 0] == [put(store, unknown), put(store, knows, "b"), put(store, unknown, "c")]
    back = store.messages()
    assert ([1, 0], [NOT_KNOWN, START]) == (back.asks.tolist(), back.read_at.tolist())
    assert () == store.check()


def test_missing_periods_are_kept_and_removed_with_their_source(store: Store) -> None:
    """Also where the import brought no new message; those of two sources that touch are one."""
    table = a_table((0, 0, 1), (3, 1, 2))
    one, other = (replace(table, unseen=np.array([span])) for span in ((5, 9), (9, 12)))
    assert [2, 0, 0] == [put(store, one), put(store, other, "b"), put(store, table, "c")]
    assert [[5, 12]] == store.messages().unseen.tolist()
    assert ["first", "b"] == [source.id for source in store.sources()]
    with store.transaction():
        store.remove_source("b")
    assert [[5, 9]] == store.messages().unseen.tolist()


def test_words_are_not_kept_unasked(store: Store) -> None:
    """Counts and times only."""
    put(store, a_table((0, 0, 1), (1, 1, 2)))
    assert [None, None] == list(store.texts())


def test_as_many_texts_as_messages_are_needed(store: Store) -> None:
    """One too few or too many, and nothing is stored."""
    table = a_table((0, 0, 1), (1, 1, 2))
    for texts in (["a"], ["a", "b", "c"]):
        with pytest.raises(ValueError):
            put(store, table, texts=texts)
    assert (0, ()) == (store.message_count(), store.sources())


def test_a_record_is_as_exact_as_its_least_exact_source(store: Store) -> None:
    """One wall clock without a zone makes the whole record one; the coarsest tick holds for all."""
    exact = replace(a_table((0, 0, 1)), resolution=1_000_000)
    put(store, exact, "exact")
    assert (1_000_000, True) == (store.messages().resolution, store.messages().zoned)
    put(store, a_table((5, 1, 1), zoned=False), "coarse")
    assert (60_000_000, False) == (store.messages().resolution, store.messages().zoned)


def test_derived_results_vanish_when_messages_change(store: Store) -> None:
    """And only then."""
    table = a_table((0, 0, 1))

    def derive() -> None:
        with store.transaction():
            store.put_derived("latencies", b"old")
            store.put_derived("latencies", b"result")

    put(store, table)
    derive()
    put(store, table, "again")
    with store.transaction():
        store.append([an_event()])
    assert b"result" == store.derived("latencies")
    put(store, a_table((9, 1, 1)), "more")
    assert store.derived("latencies") is None
    derive()
    put(store, table, "words", texts=["now"])
    assert store.derived("latencies") is None
    derive()
    with store.transaction():
        store.remove_source("more")
    assert store.derived("latencies") is None


def test_a_source_can_be_taken_out_again(store: Store) -> None:
    """With the messages it was the first to bring, and no others."""
    put(store, a_table((0, 0, 1), (1, 1, 1)), "one")
    put(store, a_table((1, 1, 1), (2, 0, 1)), "two")
    with store.transaction():
        assert (1, 0) == (store.remove_source("two"), store.remove_source("never"))
    assert [(0, 0, 1), (1, 1, 1)] == rows_of(store.messages())
    assert (2, ["one"]) == (store.message_count(), [source.id for source in store.sources()])
    assert () == store.check()


def test_threads_share_a_store(store: Store) -> None:
    """Eight threads write at once; every entry is there once, in one order."""
    failures: list[BaseException] = []

    def write(name: int) -> None:
        try:
            for i in range(20):
                with store.transaction():
                    store.append([an_event(f"{name}-{i}")])
                store.events()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == failures
    assert list(range(1, 161)) == [record.seq for record in store.events()]


small_rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 2)), max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(small_rows, max_size=3))
def test_a_record_is_what_its_sources_hold_at_most(
    tmp_path_factory: pytest.TempPathFactory, sources: list[list[tuple[int, int, int]]]
) -> None:
    """For any sources of different chats: each kind of row is there as often as in the source that has most of it."""
    store = open_sqlite(tmp_path_factory.mktemp("any"), KEY)
    for number, rows in enumerate(sources):
        table = a_table(*sorted(rows, key=lambda row: row[0]))
        with store.transaction():
            store.put_messages(replace(a_source(table, str(number), with_text=False), format="table_csv"), table, None)
    expected = sorted(
        row
        for row in {row for rows in sources for row in rows}
        for _ in range(max(rows.count(row) for rows in sources))
    )
    found = (sorted(rows_of(store.messages())), store.message_count(), store.check())
    store.close()
    assert (expected, len(expected), ()) == found
