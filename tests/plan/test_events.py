"""Events: what is written down reads back as it was."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from fallow.plan import (
    Correction,
    DraftSealed,
    Event,
    PlannedMessage,
    Replied,
    Urge,
    clean_text,
    decode_event,
    encode_event,
)
from plan.diary import moment

THEN, NOW = moment("2026-10-31 23:30"), moment("2026-11-01 08:00")


def test_an_event_reads_back_as_it_was() -> None:
    """Through bytes and back, with all its parts."""
    event = Event(THEN, THEN.day, NOW, Correction("a" * 32, Replied(necessary=True, note="ü 🌾")), NOW.day)
    assert event == decode_event(encode_event(event))


def test_the_wire_form_stays() -> None:
    """Events are kept for good, so these bytes must always read."""
    body = (
        b'{"happened":{"at":"2026-10-31T22:30:00Z","zone":"Europe/Berlin"},"day":"2026-10-31",'
        b'"recorded":{"at":"2026-11-01T07:00:00Z","zone":"Europe/Berlin"},'
        b'"what":{"kind":"urge","intensity":5,"cue":"a song"},"recorded_day":"2026-11-01"}'
    )
    event = Event(THEN, THEN.day, NOW, Urge(5, "a song"), NOW.day)
    assert body == encode_event(event)
    assert event == decode_event(body)


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "nothing"},
        {"kind": "urge", "intensity": 11},
        {"kind": "urge", "cue": "x" * 2001},
        {"kind": "wrote", "more": 1},
        {"kind": "correction", "target": "a", "to": {"kind": "mode_chosen", "mode": "no_contact"}},
        {"kind": "draft_sealed", "draft": "a", "opens_at": "2026-11-01T10:00:00"},
    ],
)
def test_what_is_out_of_bounds_does_not_decode(what: dict[str, object]) -> None:
    """Unknown kinds and fields, long texts, naive times and corrections into decisions are refused."""
    event = msgspec.to_builtins(Event(THEN, THEN.day, NOW, PlannedMessage()))
    with pytest.raises(msgspec.ValidationError):
        decode_event(msgspec.json.encode({**event, "what": what}))


def test_a_sealed_draft_keeps_its_hour() -> None:
    """The time it opens is an instant."""
    what = DraftSealed("d1", dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC))
    assert what == decode_event(encode_event(Event(NOW, NOW.day, NOW, what))).what


def test_clean_text_replaces_what_no_store_keeps() -> None:
    """NUL and lone surrogates go; all else stays."""
    assert "a\ufffdb\ufffd ü🌾\n" == clean_text("a\x00b\udfff ü🌾\n")
