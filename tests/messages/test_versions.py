"""Several exports of one chat: the latest words and the finest time are kept, and nothing else is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from fallow.messages import Kind, MessageTable, best_known, chat_of, outdated

SECOND, MINUTE = 1_000_000, 60_000_000
Row = tuple[int, int, int]
"""Seconds, who, how many words."""


def table(*rows: Row, resolution: int = SECOND, kind: Kind = Kind.TEXT) -> MessageTable:
    at, sender, words = (np.array([row[i] for row in rows], np.int64) for i in range(3))
    n = len(rows)
    return MessageTable(
        at=at * SECOND // resolution * resolution,
        offset=np.zeros(n, np.int32),
        sender=sender.astype(np.int8),
        kind=np.full(n, kind, np.uint8),
        words=words.astype(np.int32),
        size=words.astype(np.int32),
        asks=np.zeros(n, np.int8),
        read_at=np.zeros(n, np.int64),
        unseen=np.empty((0, 2), np.int64),
        resolution=resolution,
        zoned=True,
    )


def test_what_was_changed_in_between_is_told_in_its_later_words() -> None:
    """As many by one side at one time in both exports are the same messages; twins stay as many as they are."""
    old = table((60, 0, 2), (60, 0, 2), (60, 1, 5), (90, 1, 7))
    new = table((60, 0, 2), (60, 0, 3), (60, 1, 5), (90, 1, 7), (95, 1, 1))
    assert [False, True, False, False] == outdated(old, new, later=True).tolist()
    assert [False] * 5 == outdated(new, old, later=False).tolist()
    assert [[True, False, True, True], [True] * 5] == [one.tolist() for one in best_known((old, new), ("a", "a"))]
    assert [[True] * 5, [True, False, True, True]] == [one.tolist() for one in best_known((new, old), ("a", "a"))]


def test_what_is_not_in_the_other_export_is_kept() -> None:
    """Where the two hold different numbers of messages they may be different ones; reactions are never reworded."""
    old, new = table((60, 0, 2), (60, 0, 4)), table((60, 0, 3), (99, 0, 1))
    assert not outdated(old, new, later=True).any()
    given, other = table((60, 0, 2), kind=Kind.REACTION), table((60, 0, 3), kind=Kind.REACTION)
    assert not outdated(given, other, later=True).any()
    assert all(one.all() for one in best_known((old, table((60, 0, 9), (60, 0, 8))), ("a", "b")))
    assert all(one.all() for one in best_known((old, table((60, 0, 9), (60, 0, 8))), ("", "")))


def test_what_was_told_apart_later_is_the_same() -> None:
    """A link was a text of one word, and a sticker media."""
    for old, new in ((Kind.TEXT, Kind.LINK), (Kind.MEDIA, Kind.STICKER)):
        before, after = table((60, 0, 1), kind=old), table((60, 0, 1), kind=new)
        assert not outdated(before, after, later=True).any()
        assert not outdated(after, before, later=True).any()


def test_the_tick_in_which_the_later_export_begins_may_hold_the_rest() -> None:
    """Of exports that were cut within a minute; where both begin there, the first message may have been changed."""
    old = table((10, 0, 1), (60, 0, 2), resolution=MINUTE)
    new = table((61, 0, 3), (200, 0, 1), resolution=MINUTE)
    assert not outdated(old, new, later=True).any()
    assert [True] == outdated(table((60, 0, 2)), table((60, 0, 3), (200, 0, 1)), later=True).tolist()


def test_of_two_clocks_the_finer_one_is_kept() -> None:
    """A minute that holds twins gives up as many as the other export has; one that it lacks stays."""
    coarse = table((61, 0, 2), (62, 0, 2), (63, 0, 2), (130, 1, 4), resolution=MINUTE)
    fine = table((61, 0, 2), (62, 0, 2), (131, 1, 4))
    assert [True, True, False, True] == outdated(coarse, fine, later=False).tolist()
    assert not outdated(fine, coarse, later=False).any()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("whatsapp_android_txt", "Kim"), ("whatsapp_ios_txt", "KIM"), True),
        (("google_chat_json", "Kim"), ("google_voice_html", "Kim"), False),
        (("telegram_json", "Kim"), ("telegram_json", "Robin"), False),
    ],
)
def test_a_chat_is_known_by_its_channel_and_the_other_one(
    one: tuple[str, str], other: tuple[str, str], *, same: bool
) -> None:
    assert same == (chat_of(*one) == chat_of(*other))
    assert "" == chat_of("table_csv", "Kim")
    assert "" == chat_of(one[0], None)


ROWS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 1), st.integers(1, 3)), max_size=12).map(sorted)


@seed(20261126)
@settings(max_examples=200, deadline=None, database=None)
@given(ROWS, ROWS, st.sampled_from([SECOND, MINUTE]))
def test_no_tick_loses_a_message(one: list[Row], other: list[Row], resolution: int) -> None:
    """Whatever two exports hold, of each side at least as many are left in each tick as the fuller one has."""
    tables = table(*one, resolution=resolution), table(*other)
    kept = [each.only(best) for each, best in zip(tables, best_known(tables, ("a", "a")), strict=True)]
    for who in (0, 1):
        for tick in range(6):
            before = [((each.at // MINUTE == tick) & (each.sender == who)).sum() for each in tables]
            after = [((each.at // MINUTE == tick) & (each.sender == who)).sum() for each in kept]
            assert sum(after) >= max(before)
