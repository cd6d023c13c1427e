from __future__ import annotations

from hypothesis import given

from dyad.tables import HOUR_US, chat, tables
from fallow.dyad import FollowUps, count_follow_ups, find_bouts, find_turns, reply_latencies
from fallow.messages import MessageTable


def _counted(table: MessageTable) -> FollowUps:
    return count_follow_ups(reply_latencies(table, find_bouts(table, 6 * HOUR_US)))


def test_writing_again_after_a_silence_is_a_follow_up() -> None:
    """I write, wait a day, write again, and they answer: of my two waits I followed one up."""
    counted = _counted(
        chat("""
        0 09:00 me   hello
        1 09:00 me   are you there
        1 09:05 them yes
    """)
    )
    assert (2, 1) == (counted.ego.waits, counted.ego.count)
    assert (0, 0) == (counted.alter.waits, counted.alter.count)


def test_a_second_message_within_the_bout_is_none() -> None:
    """It belongs to the same turn."""
    counted = _counted(
        chat("""
        0 09:00 me   hello
        0 12:00 me   are you there
        0 12:05 them yes
    """)
    )
    assert (1, 0) == (counted.ego.waits, counted.ego.count)


def test_opening_a_bout_after_an_answer_is_none() -> None:
    """A new bout is not a follow-up where the other one had the last word."""
    counted = _counted(
        chat("""
        0 09:00 me   hello
        0 09:05 them hi
        1 09:00 me   good morning
        1 09:05 them morning
    """)
    )
    assert (2, 0) == (counted.ego.waits, counted.ego.count)


def test_20_waits_have_a_share() -> None:
    """Every second day I write again before they answer; nineteen waits are counted without a share."""
    lines = [f"{i} 09:00 {'me' if i % 3 < 2 else 'them'} hello" for i in range(45)]
    share = _counted(chat("\n".join(lines))).ego.share
    assert share is not None
    assert (15, 30) == (share.count, share.n)
    assert _counted(chat("\n".join(lines[:28]))).ego.share is None


@given(tables())
def test_follow_ups_are_the_turns_that_repeat_their_sender(table: MessageTable) -> None:
    """In a record with nothing missing; never more than the waits."""
    bouts = find_bouts(table, 6 * HOUR_US)
    turns, counted = find_turns(table, bouts), _counted(table)
    repeats = int((turns.sender[1:] == turns.sender[:-1]).sum())
    assert counted.ego.count + counted.alter.count <= repeats
    if len(table.unseen) == 0:
        assert counted.ego.count + counted.alter.count == repeats
    assert counted.ego.count <= counted.ego.waits
