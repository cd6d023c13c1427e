from __future__ import annotations

import pytest
from hypothesis import given

from dyad.tables import DAY_US, chat, tables
from fallow.dyad import NOBODY, THRESHOLDS, Silence, count_silences, longest_silence, silences
from fallow.messages import ALTER, EGO, MessageTable

CHAT = chat("""
    0  09:00 me   hello
    1  09:00 them hi
    4  09:00 me   how are you
    20 09:00 them sorry
    55 08:00 me   no worry
""")


def test_silences_are_counted_from_each_length_on() -> None:
    """A day, three days, sixteen and nearly thirty-five."""
    found = count_silences(silences(CHAT, 1.0))
    assert [(1, 4), (3, 3), (7, 2), (14, 2), (30, 1)] == [(each.at_least_days, each.count) for each in found]
    assert [(2, 2), (1, 2), (1, 1), (1, 1), (0, 1)] == [each.last_by for each in found]
    assert [(2, 2), (2, 1), (1, 1), (1, 1), (1, 0)] == [each.broken_by for each in found]


def test_one_that_has_not_ended_is_counted_and_ended_by_nobody() -> None:
    """With the end of the record forty days after the last message."""
    quiet = silences(CHAT, 1.0, until=int(CHAT.at[-1]) + 40 * DAY_US)
    assert (2, 1, (1, 1), (1, 0)) == (
        (last := count_silences(quiet)[-1]).count,
        last.ended,
        last.last_by,
        last.broken_by,
    )
    assert Silence(40.0, int(CHAT.at[-1]), EGO, NOBODY) == longest_silence(quiet)


def test_the_longest_says_who_wrote_last_and_who_came_back() -> None:
    """They wrote last, I came back; of equals the earliest; of none none."""
    longest = longest_silence(silences(CHAT, 1.0))
    assert longest is not None
    assert (ALTER, EGO, 35) == (longest.last_sender, longest.broken_by, round(longest.days))
    assert longest_silence(silences(CHAT, 100.0)) is None


def test_under_20_there_are_counts_and_no_share() -> None:
    """Nineteen silences of a day; twenty have both shares."""
    lines = [f"{2 * i} 09:00 {'me' if i % 4 else 'them'} hello" for i in range(21)]
    few, enough = (count_silences(silences(chat("\n".join(lines[:n])), 1.0))[0] for n in (20, 21))
    assert (few.count, few.last_shares, few.broken_shares) == (19, None, None)
    assert enough.last_shares is not None
    assert enough.broken_shares is not None
    assert (15, 20) == (enough.broken_shares.ego.count, enough.broken_shares.ego.n)


def test_shorter_ones_than_were_looked_for_cannot_be_counted() -> None:
    """A count of silences of a day among those of three would be too low."""
    with pytest.raises(ValueError, match="never looked for"):
        count_silences(silences(CHAT, 3.0))


@given(tables())
def test_counts_agree_with_looking_anew(table: MessageTable) -> None:
    """As many as `silences` finds from that length on, and fewer the longer it is."""
    found = count_silences(silences(table, min(THRESHOLDS)))
    assert [len(silences(table, least)) for least in THRESHOLDS] == [each.count for each in found]
    assert all(sum(each.last_by) == each.count and sum(each.broken_by) == each.ended for each in found)
