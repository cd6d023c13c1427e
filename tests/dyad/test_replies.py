from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from dyad.tables import DAY_US, HOUR_US, chat, tables
from fallow.dyad import find_bouts, find_turns, reply_latencies
from fallow.messages import ALTER, MessageTable

SIX_HOURS = 6 * HOUR_US
MINUTES = 24 * 60


def test_a_wait_runs_from_the_end_of_a_turn_to_the_others_first_message() -> None:
    """They write twice and wait from the second; an answer that comes twice counts once."""
    table = chat("""
        0 09:00 them are you up
        0 09:04 them hello
        0 09:10 me   yes
        0 09:11 me   now I am
        0 09:14 them good
    """)
    replies = reply_latencies(table, find_bouts(table, SIX_HOURS))
    assert (replies.ego.duration[:1] * MINUTES).round(9).tolist() == [6.0]
    assert (replies.alter.duration * MINUTES).round(9).tolist() == [3.0]


def test_an_unanswered_turn_is_censored() -> None:
    """They write, wait a day, and write again: a wait of a day whose end was not seen."""
    table = chat("""
        0 09:00 them hello
        1 09:00 them hello again
        1 09:05 me   hi
    """)
    waits = reply_latencies(table, find_bouts(table, SIX_HOURS)).ego
    assert (waits.duration.tolist(), waits.observed.tolist()) == ([1.0, 5 / MINUTES], [False, True])


def test_an_answer_in_a_new_bout_is_still_the_answer() -> None:
    """Two days later is late, not never."""
    table = chat("""
        0 09:00 me   hello
        2 09:00 them hi
    """)
    waits = reply_latencies(table, find_bouts(table, SIX_HOURS)).alter
    assert (waits.duration.tolist(), waits.observed.tolist()) == ([2.0], [True])


def test_the_last_wait_lasts_until_the_record_ends() -> None:
    """With an end given, the last turn waits until then; without one, for no time at all."""
    table = chat("0 09:00 me hello")
    bouts = find_bouts(table, SIX_HOURS)
    until = int(table.at[-1]) + 3 * DAY_US
    assert reply_latencies(table, bouts).alter.duration.tolist() == [0.0]
    later = reply_latencies(table, bouts, until=until).alter
    assert (later.duration.tolist(), later.observed.tolist()) == ([3.0], [False])


@given(tables())
def test_no_turn_is_dropped(table: MessageTable) -> None:
    """There is one wait for each turn, and each side is asked as often as the other took a turn; in a record with
    nothing missing every wait but the last ends in an answer or in a follow-up."""
    table = replace(table, unseen=np.empty((0, 2), np.int64))
    bouts = find_bouts(table, SIX_HOURS)
    turns, replies = find_turns(table, bouts), reply_latencies(table, bouts)
    assert len(turns) == len(replies.ego) + len(replies.alter)
    assert int(np.count_nonzero(turns.sender == ALTER)) == len(replies.ego)
    unanswered = int(np.count_nonzero(turns.sender[1:] == turns.sender[:-1])) + min(len(turns), 1)
    seen = int(np.count_nonzero(replies.ego.observed)) + int(np.count_nonzero(replies.alter.observed))
    assert len(turns) - unanswered == seen
    followed = int(np.count_nonzero(replies.ego.followed)) + int(np.count_nonzero(replies.alter.followed))
    assert max(len(turns) - 1, 0) == seen + followed


def test_a_record_cannot_end_before_its_last_message() -> None:
    """An end in the past would make a wait negative."""
    table = chat("0 09:00 me hello")
    with pytest.raises(ValueError, match="does not end before"):
        reply_latencies(table, find_bouts(table, SIX_HOURS), until=0)


def test_under_20_answers_are_too_little_for_a_median() -> None:
    """The waits are all given; the mark says not to make a number of them."""
    table = chat("\n".join(f"0 {i // 60:02d}:{i % 60:02d} {'me' if i % 2 else 'them'} x" for i in range(40)))
    replies = reply_latencies(table, find_bouts(table, SIX_HOURS))
    assert (replies.ego.too_little, replies.alter.too_little) == (False, True)


MISSING_NOON_TO_EVENING = (12 * HOUR_US, 20 * HOUR_US)


def _missing(table: MessageTable, begin: int, end: int) -> MessageTable:
    """The same record with a period of its first day, microseconds from midnight, known to be missing."""
    midnight = int(table.at[0]) // DAY_US * DAY_US
    return replace(table, unseen=np.array([[midnight + begin, midnight + end]], np.int64))


def test_a_wait_is_censored_where_the_record_stops_being_whole() -> None:
    """They answer in the evening, but the afternoon is missing: three hours, end not seen. Without it: twelve."""
    table = chat("""
        0 09:00 me   hello
        0 21:00 them hi
    """)
    bouts = find_bouts(table, SIX_HOURS)
    missing = reply_latencies(_missing(table, *MISSING_NOON_TO_EVENING), bouts).alter
    whole = reply_latencies(table, bouts).alter
    assert ([3 / 24], [False], [False]) == (
        missing.duration.tolist(),
        missing.observed.tolist(),
        missing.followed.tolist(),
    )
    assert ([0.5], [True]) == (whole.duration.tolist(), whole.observed.tolist())


def test_a_wait_that_begins_in_a_missing_period_lasts_no_time() -> None:
    """Whether it was answered at once is not known."""
    table = chat("""
        0 13:00 me   hello
        0 21:00 them hi
    """)
    waits = reply_latencies(_missing(table, *MISSING_NOON_TO_EVENING), find_bouts(table, SIX_HOURS)).alter
    assert ([0.0], [False]) == (waits.duration.tolist(), waits.observed.tolist())


def test_a_message_across_a_missing_period_is_no_follow_up() -> None:
    """They may have answered in what is missing."""
    table = chat("""
        0 09:00 me   hello
        0 21:00 me   are you there
    """)
    bouts = find_bouts(table, SIX_HOURS)
    assert [False] == reply_latencies(_missing(table, *MISSING_NOON_TO_EVENING), bouts).alter.followed[:1].tolist()
    assert [True] == reply_latencies(table, bouts).alter.followed[:1].tolist()
