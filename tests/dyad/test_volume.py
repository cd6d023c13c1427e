from __future__ import annotations

import datetime as dt

from dyad.tables import chat, table_of
from fallow.dyad import Participant, participants, weekly_counts
from fallow.messages import EGO, Kind


def _days(*dates: dt.date) -> list[int]:
    return [(date - dt.date(1970, 1, 1)).days for date in dates]


def test_each_side_has_its_messages_words_media_and_calls() -> None:
    """Media and calls are messages without words."""
    counted = participants(
        chat("""
        0 09:00 me   good morning to you
        0 09:01 them <media>
        0 09:02 them nice
        0 09:03 me   <call>
    """)
    )
    assert Participant(messages=2, words=4, media=0, calls=1) == counted.ego
    assert Participant(messages=2, words=1, media=1, calls=0) == counted.alter


def test_weeks_without_a_message_are_weeks() -> None:
    """Monday to Sunday; the two empty weeks between stand as zeros."""
    weeks = weekly_counts(
        chat("""
        0  00:00 me   Monday
        6  23:59 them Sunday
        27 23:59 them Sunday three weeks on
    """)
    )
    mondays = _days(dt.date(2024, 3, 4), dt.date(2024, 3, 11), dt.date(2024, 3, 18), dt.date(2024, 3, 25))
    assert (mondays, [1, 0, 0, 0], [1, 0, 0, 1]) == (weeks.monday.tolist(), weeks.ego.tolist(), weeks.alter.tolist())


def test_a_week_is_a_week_of_the_local_clock() -> None:
    """Half past eleven on Sunday night in UTC is Monday where the clock is an hour ahead."""
    sunday = (dt.date(2024, 3, 10) - dt.date(1970, 1, 1)).days * 24 * 60 + 23 * 60 + 30
    rows = [(sunday, EGO, Kind.TEXT, 1)]
    assert _days(dt.date(2024, 3, 4)) == weekly_counts(table_of(rows)).monday.tolist()
    assert _days(dt.date(2024, 3, 11)) == weekly_counts(table_of(rows, offset=3600)).monday.tolist()


def test_an_empty_record_has_no_weeks() -> None:
    """No message, no week."""
    assert len(weekly_counts(chat("")).monday) == 0
