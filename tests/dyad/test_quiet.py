from __future__ import annotations

import pytest

from dyad.tables import DAY_US, chat
from fallow.dyad import NOBODY, silences
from fallow.messages import ALTER, EGO, MessageTable

THREE_SILENCES = chat("""
    0  09:00 me   hello
    0  09:01 them hi
    3  09:01 me   how are you
    5  09:00 me   busy?
    15 09:00 them sorry
    20 08:00 me   no worry
""")


def test_a_silence_of_three_days_counts_and_two_do_not() -> None:
    """Exactly three days is one; a shorter gap is not. Each says who wrote last and who wrote first."""
    found = silences(THREE_SILENCES)
    assert found.days.round(3).tolist() == [3.0, 10.0, 4.958]
    assert found.last_sender.tolist() == [ALTER, EGO, ALTER]
    assert found.broken_by.tolist() == [EGO, ALTER, EGO]
    assert found.broken == (2, 1)


def test_a_silence_that_goes_on_is_ended_by_nobody() -> None:
    """With the end of the record given, the last silence is there, censored."""
    until = int(THREE_SILENCES.at[-1]) + 4 * DAY_US
    found = silences(THREE_SILENCES, until=until)
    assert (found.days[-1], found.broken_by[-1]) == (4.0, NOBODY)
    assert found.broken == (2, 1)


def test_under_20_silences_there_is_no_share() -> None:
    """Three are given as counts alone."""
    assert silences(THREE_SILENCES).broken_shares is None


def test_20_silences_have_a_share() -> None:
    """The counts of both sides add up to n."""
    table = chat("\n".join(f"{4 * i} 09:00 {'me' if i % 4 else 'them'} hello" for i in range(21)))
    shares = silences(table).broken_shares
    assert shares is not None
    assert (shares.ego.count, shares.alter.count, shares.ego.n) == (15, 5, 20)


def test_an_empty_record_has_no_silence() -> None:
    """No message, no gap."""
    assert len(silences(chat(""))) == 0


@pytest.mark.parametrize("days", [0.0, -1.0])
def test_a_silence_has_a_length(days: float) -> None:
    """A threshold of nothing would make every gap a silence."""
    with pytest.raises(ValueError, match="length"):
        silences(THREE_SILENCES, days)


def test_the_record_does_not_end_before_its_last_message() -> None:
    """An end in the past is the caller's mistake."""
    table: MessageTable = THREE_SILENCES
    with pytest.raises(ValueError, match="does not end before"):
        silences(table, until=0)
