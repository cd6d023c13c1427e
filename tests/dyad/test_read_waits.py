from __future__ import annotations

from dataclasses import replace

import numpy as np

from dyad.tables import HOUR_US, MINUTE_US, chat
from fallow.dyad import ReadReplies, find_bouts, measure_read, reply_latencies
from fallow.messages import NOT_KNOWN, MessageTable

MINUTES = 24 * 60


def _read(table: MessageTable, minutes: list[int | None]) -> MessageTable:
    """Each message read so many minutes after it was sent, or not known when."""
    sent = table.at.tolist()
    after = [NOT_KNOWN if m is None else at + m * MINUTE_US for at, m in zip(sent, minutes, strict=True)]
    return replace(table, read_at=np.array(after, np.int64))


def _measured(table: MessageTable) -> ReadReplies:
    bouts = find_bouts(table, 6 * HOUR_US)
    return measure_read(table, bouts, reply_latencies(table, bouts))


CHAT = chat("""
    0 09:00 me   hello
    0 09:30 them hi
    0 10:00 me   and you
    2 10:00 them fine
    3 10:00 me   good
    5 10:00 me   are you there
""")


def test_without_reading_times_nothing_is_said() -> None:
    """WhatsApp exports have none."""
    assert ReadReplies(None, None) == _measured(CHAT)


def test_the_wait_begins_when_the_message_was_read() -> None:
    """Read after 10 minutes, answered after 30: 20. Read and answered two days later: not in the bout. Read and
    never answered before I wrote again: not in the record, censored. My reading is not known at all."""
    found = _measured(_read(CHAT, [10, None, 60, None, 5, None]))
    assert found.ego is None
    assert found.alter is not None
    waits = found.alter.waits
    assert [20, 47 * 60, 48 * 60 - 5] == (waits.duration * MINUTES).round(6).tolist()
    assert [True, True, False] == waits.observed.tolist()
    assert (3, 2, 1) == (found.alter.read, found.alter.not_in_bout, found.alter.not_in_record)
    assert found.alter.waited.median is None


def test_an_answer_before_the_mark_of_reading_comes_at_once() -> None:
    """Answered from a notice after 30 minutes, marked as read after 40."""
    found = _measured(_read(CHAT, [40, None, None, None, None, None])).alter
    assert found is not None
    assert ([0.0], [True]) == (found.waits.duration.tolist(), found.waits.observed.tolist())


def test_what_was_read_after_the_wait_was_cut_off_never_waited() -> None:
    """I wrote again on day 5; they read the message of day 3 on day 6."""
    found = _measured(_read(CHAT, [None, None, None, None, 3 * 24 * 60, None])).alter
    assert found is not None
    assert 0 == found.read == len(found.waits)
    assert found.curve is None


def test_20_read_turns_in_ten_bouts_have_shares() -> None:
    """Each day I write, they read after a minute; every second day they answer after five, else the next morning."""
    lines = []
    for day in range(30):
        lines += [f"{day} 10:00 me hello", f"{day + day % 2} {'10:05' if day % 2 == 0 else '08:00'} them hi"]
    table = chat("\n".join(lines))
    found = _measured(_read(table, [1 if i % 2 == 0 else None for i in range(60)])).alter
    assert found is not None
    assert found.not_in_bout_share is not None
    assert (15, 30) == (found.not_in_bout_share.count, found.not_in_bout_share.n)
    assert found.not_in_record_share is not None
    assert 0 == found.not_in_record_share.count
    assert found.waited.median is not None
