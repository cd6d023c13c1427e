"""The message table: its invariants, local clocks, twins and overlapping records."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallow.messages import (
    ALTER,
    EGO,
    NOT_KNOWN,
    Kind,
    MessageTable,
    join_periods,
    local_to_utc,
    merge_tables,
    occurrences,
)

MINUTE = 60_000_000
BERLIN = ZoneInfo("Europe/Berlin")


def a_table(*rows: tuple[int, int, int], zoned: bool = True) -> MessageTable:
    """Rows of (minute, sender, words)."""
    minutes, senders, words = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0),) * 3
    n = len(rows)
    return MessageTable(
        at=minutes.astype(np.int64) * MINUTE,
        offset=np.zeros(n, np.int32),
        sender=senders.astype(np.int8),
        kind=np.zeros(n, np.uint8),
        words=words.astype(np.int32),
        size=(words * 5).astype(np.int32),
        asks=np.zeros(n, np.int8),
        read_at=np.full(n, NOT_KNOWN, np.int64),
        unseen=np.empty((0, 2), np.int64),
        resolution=MINUTE,
        zoned=zoned,
    )


def wall(*text: str) -> np.ndarray:
    """Wall clocks as microseconds since 1970 on that wall."""
    epoch = dt.datetime(1970, 1, 1)
    return np.array([(dt.datetime.fromisoformat(each) - epoch) // dt.timedelta(microseconds=1) for each in text])


rows = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([EGO, ALTER]), st.integers(0, 2)), max_size=12)


def test_a_table_out_of_order_is_refused() -> None:
    """Whoever makes a table sorts it first."""
    with pytest.raises(ValueError, match="time order"):
        a_table((2, EGO, 1), (1, EGO, 1))


def test_a_third_sender_is_refused() -> None:
    """A table holds one dyad."""
    with pytest.raises(ValueError, match="ego or alter"):
        a_table((1, 2, 1))


def test_columns_of_two_lengths_are_refused() -> None:
    """Each message has every column."""
    table = a_table((1, EGO, 1))
    with pytest.raises(ValueError, match="one length"):
        replace(table, size=np.empty(0, np.int32))


def test_an_hour_that_comes_twice_is_read_as_its_first_pass() -> None:
    """Berlin, 26 October 2025: 02:30 is still summer time, as PEP 495 reads it."""
    at, offset = local_to_utc(wall("2025-10-26T01:30", "2025-10-26T02:30", "2025-10-26T03:30"), BERLIN)
    assert [7200, 7200, 3600] == offset.tolist()
    assert [60, 120] == (np.diff(at) // MINUTE).tolist()


def test_an_hour_that_never_was_is_read_with_the_offset_before() -> None:
    """Berlin, 30 March 2025: 02:30 does not exist; it is read as winter time."""
    _, offset = local_to_utc(wall("2025-03-30T01:59", "2025-03-30T02:30", "2025-03-30T03:00"), BERLIN)
    assert [3600, 3600, 7200] == offset.tolist()


def test_a_quarter_hour_zone_is_read_to_the_minute() -> None:
    """Kathmandu is 5 h 45 min ahead."""
    at, offset = local_to_utc(wall("2025-01-01T00:00"), ZoneInfo("Asia/Kathmandu"))
    assert [20_700] == offset.tolist()
    assert wall("2024-12-31T18:15").tolist() == at.tolist()


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.integers(0, 40 * 365 * 24 * 60), max_size=20),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]),
)
def test_a_local_clock_is_read_as_the_standard_library_reads_it(minutes: list[int], zone: str) -> None:
    """Every minute of forty years, in zones with odd rules."""
    local = np.array(minutes, np.int64) * MINUTE
    _, offset = local_to_utc(local, ZoneInfo(zone))
    epoch = dt.datetime(1970, 1, 1, tzinfo=ZoneInfo(zone))
    expected = [(epoch + dt.timedelta(minutes=minute)).utcoffset() for minute in minutes]
    assert [each.total_seconds() for each in expected if each is not None] == offset.tolist()


def test_twins_in_one_minute_are_numbered() -> None:
    """The first is 0, whoever else wrote between them."""
    table = a_table((1, EGO, 1), (1, ALTER, 1), (1, EGO, 1), (1, EGO, 2), (2, EGO, 1))
    assert [0, 0, 1, 0, 0] == occurrences(table).tolist()


@settings(max_examples=150, derandomize=True, deadline=None)
@given(rows.map(sorted))
def test_counting_twins_agrees_with_counting_by_hand(drawn: list[tuple[int, int, int]]) -> None:
    """For any table, one row after another."""
    seen: Counter[tuple[int, int, int]] = Counter()
    expected = []
    for row in drawn:
        expected.append(seen[row])
        seen[row] += 1
    assert expected == occurrences(a_table(*drawn)).tolist()


def test_an_overlap_is_there_once_and_twins_stay_twins() -> None:
    """Two exports of one chat that share a day."""
    first = a_table((1, EGO, 1), (2, ALTER, 3), (2, ALTER, 3))
    second = a_table((2, ALTER, 3), (2, ALTER, 3), (9, EGO, 2))
    merged = merge_tables([first, second])
    assert [1, 2, 2, 9] == (merged.at // MINUTE).tolist()
    assert [EGO, ALTER, ALTER, EGO] == merged.sender.tolist()


@settings(max_examples=150, derandomize=True, deadline=None)
@given(rows, rows)
def test_merging_with_itself_or_in_another_order_changes_nothing(one: list, other: list) -> None:
    """Bringing a file twice is bringing it once."""
    first, second = a_table(*sorted(one)), a_table(*sorted(other))
    once, twice = merge_tables([first, second]), merge_tables([second, first, first])
    assert len(once) == len(twice)
    assert len(merge_tables([first, first])) == len(first)


def test_an_instant_tells_its_offset_only_when_known() -> None:
    """A wall clock without a zone stays naive."""
    assert a_table((0, EGO, 1), zoned=False).instant(0) == dt.datetime(1970, 1, 1)
    assert a_table((0, EGO, 1)).instant(0) == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def test_mirroring_twice_is_the_table() -> None:
    """What the other side would hold of what the other side would hold."""
    table = a_table((1, EGO, 1), (2, ALTER, 1))
    assert [ALTER, EGO] == table.mirrored().sender.tolist()
    assert table.sender.tolist() == table.mirrored().mirrored().sender.tolist()


def a_known_table(read_at: int, asks: int, *unseen: tuple[int, int]) -> MessageTable:
    """One message of which something is known, in a record with periods missing."""
    table = a_table((1, EGO, 1))
    periods = np.array(unseen, np.int64).reshape(-1, 2)
    return replace(table, read_at=np.array([read_at]), asks=np.array([asks], np.int8), unseen=periods)


def test_what_one_record_knows_of_a_message_is_known_after_joining() -> None:
    """Whichever comes first: one knows when it was read, the other that it asks."""
    knows, asks = a_known_table(70, -1), a_known_table(NOT_KNOWN, 1)
    for pair in ((knows, asks), (asks, knows)):
        joined = merge_tables(pair)
        assert ([70], [1]) == (joined.read_at.tolist(), joined.asks.tolist())


def test_missing_periods_of_every_record_stay_missing() -> None:
    """Those that overlap or touch become one."""
    joined = merge_tables((a_known_table(0, 0, (5, 9), (20, 30)), a_known_table(0, 0, (1, 5), (25, 40))))
    assert [[1, 9], [20, 40]] == joined.unseen.tolist()


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=8))
def test_joined_periods_cover_the_same_instants(spans: list[tuple[int, int]]) -> None:
    """Nothing is added, nothing lost, and they lie apart and in order."""
    periods = np.array([(begin, begin + length) for begin, length in spans], np.int64).reshape(-1, 2)
    joined = join_periods(periods)
    covered = {i for begin, end in periods.tolist() for i in range(begin, end)}
    assert covered == {i for begin, end in joined.tolist() for i in range(begin, end)}
    assert bool((np.diff(joined.reshape(-1)) > 0).all())


@pytest.mark.parametrize("unseen", [[[3, 3]], [[5, 9], [9, 12]], [[5, 9], [1, 2]]])
def test_periods_out_of_order_are_refused(unseen: list[list[int]]) -> None:
    """Empty, touching and swapped ones."""
    with pytest.raises(ValueError, match="apart and in order"):
        replace(a_table((1, EGO, 1)), unseen=np.array(unseen, np.int64))


def test_reactions_are_rows_and_not_messages() -> None:
    """`written` leaves them out of every column; a table without any is given back as it is."""
    table = a_table((1, EGO, 3), (2, ALTER, 0), (3, EGO, 4))
    assert table is table.written()
    reacted = replace(table, kind=np.array([0, Kind.REACTION, 0], np.uint8))
    assert ([3, 4], [EGO, EGO]) == (reacted.written().words.tolist(), reacted.written().sender.tolist())
