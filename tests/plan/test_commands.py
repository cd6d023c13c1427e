"""Commands: one line of JSON, read or refused without repeating it."""

from __future__ import annotations

import json

import pytest

from fallow.errors import NotUnderstood
from fallow.plan import Accident, Ask, Looked, Replied, TheyWrote, Urge, Wrote, read_ask
from plan.diary import moment

NOW = moment("2026-11-23 09:00")


@pytest.mark.parametrize(
    ("line", "ask"),
    [
        ('{"kind": "urge", "intensity": 5, "cue": "a song"}', Ask(Urge(5, "a song"))),
        (
            '{"kind":"looked","at":"2026-11-22T23:10:00+01:00","note":"…"}',
            Ask(Looked("…"), moment("2026-11-22 23:10")),
        ),
        ('{"kind":"wrote","at":"2026-11-22T23:10"}', Ask(Wrote(), moment("2026-11-22 23:10"))),
        (
            '{"kind":"wrote","at":"2026-11-22 23:10","zone":"Asia/Kathmandu"}',
            Ask(Wrote(), moment("2026-11-22 23:10", "Asia/Kathmandu")),
        ),
        ('{"kind":"they-wrote"}', Ask(TheyWrote())),
        ('\ufeff{"kind":"replied","necessary":true}', Ask(Replied(necessary=True))),
        ('{"kind":"accident","note":"a\\u0000b\\ud800"}', Ask(Accident("a\ufffdb\ufffd"))),
    ],
)
def test_a_line_is_read(line: str, ask: Ask) -> None:
    """Kinds, hyphens, times with and without an offset, and text no store would keep."""
    assert ask == read_ask(line.encode(), NOW)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({}, "kind"),
        ({"kind": 7}, "kind"),
        ({"kind": "marker"}, "kind"),
        ({"kind": "hard_stop_left"}, "kind"),
        ({"kind": "quiet-time-chosen", "days": 30}, "kind"),
        ({"kind": "marker\n"}, "kind"),
        ({"kind": "urge", "intensity": 11}, "intensity"),
        ({"kind": "urge", "intensity": "marker"}, "intensity"),
        ({"kind": "urge", "cue": ["marker"]}, "cue"),
        ({"kind": "wrote", "note": "marker" * 400}, "note"),
        ({"kind": "wrote", "marker": 1}, "a field that is not known here"),
        ({"kind": "wrote", "at": "marker"}, "at"),
        ({"kind": "wrote", "at": 5}, "at"),
        ({"kind": "wrote", "at": "2026-11-22", "zone": 5}, "zone"),
        ({"kind": "wrote", "at": "2026-11-22", "zone": "marker"}, "the time zone"),
        ({"kind": "wrote", "at": "0001-01-01T00:00+14:00"}, "the time"),
    ],
)
def test_what_is_wrong_is_named_and_never_repeated(fields: dict[str, object], what: str) -> None:
    """The answer holds the field's name, not what was in it."""
    with pytest.raises(NotUnderstood) as refused:
        read_ask(json.dumps(fields).encode(), NOW)
    assert what == refused.value.details["what"]
    assert "marker" not in str(refused.value)


@pytest.mark.parametrize(
    "raw", [b"", b"\xff", b"[]", b"5", b"[" * 60_000, b'{"kind":"urge","intensity":' + b"9" * 9_000]
)
def test_what_is_no_object_is_refused(raw: bytes) -> None:
    """Broken, deep and huge input alike."""
    with pytest.raises(NotUnderstood):
        read_ask(raw, NOW)


def test_a_line_that_is_too_long_is_not_read() -> None:
    """A cap before parsing."""
    with pytest.raises(NotUnderstood) as refused:
        read_ask(b" " * 70_000, NOW)
    assert "the line is too long" == refused.value.details["what"]


def test_an_ask_that_exists_can_be_recorded() -> None:
    """Made in code as well: text is cleaned, ranges are held."""
    assert Urge(3, "a\ufffd") == Ask(Urge(3, "a\x00")).what
    with pytest.raises(NotUnderstood):
        Ask(Urge(11))
