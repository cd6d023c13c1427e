from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dyad.tables import HOUR_US, chat, table_of
from fallow.dyad import Writing, find_bouts, find_turns, measure_writing, two_sides
from fallow.messages import ALTER, EGO, Kind, MessageTable


def _measured(table: MessageTable) -> Writing:
    bouts = find_bouts(table, 6 * HOUR_US)
    return measure_writing(table, bouts, find_turns(table, bouts), reactions=(0, 0))


def test_everything_is_counted_for_each_side() -> None:
    """Media and calls are messages without words; two messages of one side in a row are one turn."""
    table = chat("""
        0 09:00 me   good morning to you
        0 09:01 them <media>
        0 09:02 them nice
        0 09:03 me   <call>
    """)
    found = _measured(replace(table, asks=np.array([1, 0, -1, 0], np.int8)))
    ego, alter = found.ego, found.alter
    assert (2, 2, 1, 4, 1, 1) == (ego.turns, ego.messages, ego.texts, ego.words, ego.calls, ego.asked)
    assert (1, 2, 1, 1, 1, 0) == (alter.turns, alter.messages, alter.texts, alter.words, alter.media, alter.asked)
    assert (1, 0) == (ego.asked_known, alter.asked_known)
    assert ego.questions is None


def test_rates_are_given_from_50_on() -> None:
    """Fifty days, a turn of two texts a day, three words and one; each first one asks."""
    lines = [
        f"{day} 09:{minute:02d} me {words}" for day in range(50) for minute, words in ((0, "how are you"), (1, "hm"))
    ]
    table = chat("\n".join(lines))
    ego = _measured(replace(table, asks=np.tile(np.array([1, 0], np.int8), 50))).ego
    assert ego.questions is not None
    assert (50, 100) == (ego.questions.count, ego.questions.n)
    assert ego.words_a_text is not None
    assert ego.messages_a_turn is not None
    assert (2.0, 2.0) == (ego.words_a_text.value, ego.messages_a_turn.value)
    assert _measured(chat("\n".join(lines[:98]))).ego.messages_a_turn is None


def test_questions_are_a_share_of_the_texts_of_which_it_is_known() -> None:
    """Half of the texts were kept without their words by an earlier version."""
    lines = [f"{day} 09:0{minute} me hello there" for day in range(60) for minute in (0, 1)]
    table = chat("\n".join(lines))
    ego = _measured(replace(table, asks=np.tile(np.array([1, -1], np.int8), 60))).ego
    assert ego.questions is not None
    assert (60, 60) == (ego.questions.count, ego.questions.n)


def test_reactions_are_counted_and_are_nothing_else() -> None:
    """A heart two days after the last message neither ends a silence nor opens a bout nor answers."""
    heart = (2885, EGO, Kind.REACTION, 0)
    rows = [(0, EGO, Kind.TEXT, 2), (5, ALTER, Kind.TEXT, 2), heart, (7200, ALTER, Kind.TEXT, 1)]
    sides = two_sides(table_of(rows))
    plain = two_sides(table_of([row for row in rows if row != heart]))
    assert (1, 0) == (sides.writing.ego.reactions, sides.writing.alter.reactions)
    assert (1, 2) == (sides.writing.ego.messages, sides.writing.alter.messages)
    assert plain.silences.days.tolist() == sides.silences.days.tolist()
    assert len(plain.bouts) == len(sides.bouts)
    assert plain.follow_ups == sides.follow_ups


@pytest.mark.parametrize("side", ["ego", "alter"])
def test_a_side_that_wrote_nothing_has_no_rates(side: str) -> None:
    """All counts are 0."""
    table = table_of([(i * 600, ALTER if side == "ego" else EGO, Kind.TEXT, 1) for i in range(60)])
    found = getattr(_measured(table), side)
    assert 0 == found.messages == found.turns == found.words
    assert found.words_a_text is None
