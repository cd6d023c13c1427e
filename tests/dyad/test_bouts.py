from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dyad.tables import HOUR_US, MINUTE_US, chat, tables
from fallow.dyad import find_bouts, find_turns
from fallow.messages import ALTER, EGO, MessageTable

criteria = st.sampled_from((MINUTE_US, HOUR_US, 6 * HOUR_US))


@given(tables(), criteria)
def test_bouts_tile_the_table(table: MessageTable, criterion: int) -> None:
    """Every message lies in exactly one bout; no gap inside is over the criterion, every gap between is."""
    bouts = find_bouts(table, criterion)
    inside = [i for a, b in zip(bouts.start, bouts.end, strict=True) for i in range(a, b)]
    assert list(range(len(table))) == inside
    between = set((bouts.start[1:] - 1).tolist())
    assert [gap > criterion for gap in np.diff(table.at)] == [i in between for i in range(len(table) - 1)]


@given(tables(), criteria)
def test_turns_tile_every_bout(table: MessageTable, criterion: int) -> None:
    """Each turn has one sender and lies in one bout, and neighbours differ in one of the two."""
    bouts = find_bouts(table, criterion)
    turns = find_turns(table, bouts)
    assert list(range(len(table))) == [i for a, b in zip(turns.start, turns.end, strict=True) for i in range(a, b)]
    assert all(len(set(table.sender[a:b].tolist())) == 1 for a, b in zip(turns.start, turns.end, strict=True))
    assert set(bouts.start.tolist()) <= set(turns.start.tolist())
    same = np.flatnonzero(turns.sender[1:] == turns.sender[:-1]) + 1
    assert set(turns.start[same].tolist()) <= set(bouts.start.tolist())


def test_a_gap_of_exactly_the_criterion_is_inside() -> None:
    """A bout ends where a silence exceeds the criterion, not where it meets it."""
    table = chat("""
        0 09:00 me   good morning
        0 10:00 them morning
        0 11:01 me   still there
    """)
    bouts = find_bouts(table, HOUR_US)
    assert (bouts.start.tolist(), bouts.end.tolist(), bouts.opener.tolist()) == ([0, 2], [2, 3], [EGO, EGO])


def test_a_run_that_spans_a_pause_is_two_turns() -> None:
    """The same sender after a bout boundary begins a new turn."""
    table = chat("""
        0 09:00 them one
        0 09:01 them two
        1 09:00 them three
        1 09:05 me   four
    """)
    turns = find_turns(table, find_bouts(table, 6 * HOUR_US))
    assert (turns.start.tolist(), turns.sender.tolist()) == ([0, 2, 3], [ALTER, ALTER, EGO])


def test_a_criterion_that_is_not_positive_is_refused() -> None:
    """Zero would part messages of one minute."""
    with pytest.raises(ValueError, match="positive"):
        find_bouts(chat("0 09:00 me hello"), 0)
