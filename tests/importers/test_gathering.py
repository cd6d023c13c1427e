"""Messages one by one become columns; what cannot be kept as it is, is counted."""

from __future__ import annotations

import pytest

from fallow.errors import NoMessages, NotTwoPeople, TooManyMessages
from fallow.importers import FORMATS, gathering, take_sides
from fallow.importers.gathering import Gathering
from fallow.importers.source import Source
from fallow.messages import NOT_KNOWN, Kind
from importers.chats import bodies, kinds

AT = 1_700_000_000_000_000
NOWHERE = Source("x", archive=False, format=FORMATS[0], parts=())


def test_rows_keep_their_order_their_words_and_when_they_were_read() -> None:
    """Only texts have words; the other side's reading is kept beside the message."""
    gathered = Gathering()
    gathered.add(AT, "Sam", Kind.TEXT, "are you\nthere?", read_at=AT + 5, line=3)
    gathered.add(AT + 1, "Alex", Kind.MEDIA, "a picture of it", line=4)
    gathered.add(AT + 9, "Sam", Kind.TEXT, "so", line=9)
    export = gathered.export(NOWHERE, "f", "l", sides=("Sam", "Alex"))
    assert (["are you\nthere?", "a picture of it", "so"], ["TEXT", "MEDIA", "TEXT"]) == (bodies(export), kinds(export))
    assert ([3, 0, 1], [1, 0, 0], [14, 0, 2]) == (export.words.tolist(), export.asks.tolist(), export.size.tolist())
    table = take_sides(export, me="Sam").table
    assert ([AT + 5, NOT_KNOWN, NOT_KNOWN], True) == (table.read_at.tolist(), table.zoned)
    assert export.line is not None
    assert [3, 4, 9] == export.line.tolist()


def test_what_has_instants_comes_in_time_order_and_twins_keep_theirs() -> None:
    """A wall clock may step back for its own reasons, so it is left alone."""
    orders = []
    for offset in (0, None):
        gathered = Gathering()
        for late, text in ((2, "c"), (1, "a"), (1, "b")):
            gathered.add(AT + late, "Sam", Kind.TEXT, text, offset=offset)
        orders.append(bodies(gathered.export(NOWHERE, "f", "l")))
    assert [["a", "b", "c"], ["c", "a", "b"]] == orders


def test_what_is_no_character_shows_as_a_replacement_and_is_counted() -> None:
    """Halves of characters, and empty ones."""
    gathered = Gathering()
    gathered.add(AT, "Sam", Kind.TEXT, "a\0b\ud83d", line=7)
    export = gathered.export(NOWHERE, "f", "l")
    assert ["a\ufffdb\ufffd"] == bodies(export)
    assert [(7, "nul_bytes", 1), (7, "undecodable_bytes", 1)] == [(p.line, p.kind, p.count) for p in export.problems]


def test_what_has_no_time_is_left_out_and_a_wall_clock_stays_one() -> None:
    """Nothing is dated by guessing."""
    gathered = Gathering()
    gathered.add(0, "Sam", Kind.TEXT, "when?")
    with pytest.raises(NoMessages):
        gathered.export(NOWHERE, "f", "l")
    gathered.add(AT, "Sam", Kind.TEXT, "then", offset=None)
    export = gathered.export(NOWHERE, "f", "l")
    assert (None, ["entries_without_time"]) == (export.offset, [one.kind for one in export.problems])


@pytest.mark.parametrize(("limit", "error"), [("MESSAGES", TooManyMessages), ("MOST_PEOPLE", NotTwoPeople)])
def test_a_chat_larger_than_any_is_refused(limit: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as that is clear."""
    monkeypatch.setattr(gathering, limit, 2)
    gathered = Gathering()
    for who in ("Sam", "Alex"):
        gathered.add(AT, who, Kind.TEXT, "x")
    with pytest.raises(error):
        gathered.add(AT, "Kim", Kind.TEXT, "x")
