"""Marks of side doors: the last one stands, and one that was taken back is gone."""

from __future__ import annotations

import pytest

from fallow.errors import NotUnderstood
from fallow.plan import Ask, DoorMarked, HardStopSet, QuietTimeChosen, decode_event, encode_event, read_doors
from plan.diary import Diary


@pytest.fixture
def diary() -> Diary:
    made = Diary()
    made.at("2026-11-01 12:00", QuietTimeChosen(days=30))
    return made


def test_the_last_mark_of_a_door_stands(diary: Diary) -> None:
    """Marked again, the former mark is history; other doors keep theirs."""
    diary.at("2026-11-02 12:00", DoorMarked("music", "not_now"))
    diary.at("2026-11-02 12:01", DoorMarked("routes", "cannot"))
    diary.at("2026-11-03 12:00", DoorMarked("music", "do"))
    assert {"music": "do", "routes": "cannot"} == read_doors(diary.plan)


def test_a_mark_can_be_taken_back(diary: Diary) -> None:
    """The door is then as if it had never been marked; both events are kept."""
    diary.at("2026-11-02 12:00", DoorMarked("music", "do"))
    diary.at("2026-11-02 12:01", DoorMarked("music", None))
    assert {} == read_doors(diary.plan)
    assert 2 == sum(isinstance(record.event.what, DoorMarked) for record in diary.records)


def test_a_mark_moves_no_counter(diary: Diary) -> None:
    """Quiet days and looks are as they were."""
    before = diary.counts("2026-11-05 12:00")
    diary.at("2026-11-04 12:00", DoorMarked("last_seen", "do"))
    assert before == diary.counts("2026-11-05 12:00")


def test_a_door_is_marked_while_a_stop_holds(diary: Diary) -> None:
    """Closing a door needs nobody's leave, least of all then."""
    diary.at("2026-11-02 12:00", HardStopSet("order"))
    diary.at("2026-11-02 12:01", DoorMarked("music", "do"))
    assert {"music": "do"} == read_doors(diary.plan)


def test_the_wire_form_of_a_mark_stays(diary: Diary) -> None:
    """Events are kept for good, so the name and the values must always read."""
    diary.at("2026-11-02 12:00", DoorMarked("music", "not_now"))
    body = encode_event(diary.records[-1].event)
    assert b'"what":{"kind":"door_marked","door":"music","mark":"not_now"}' in body
    assert DoorMarked("music", "not_now") == decode_event(body).what


def test_a_mark_that_is_none_of_the_three_is_refused() -> None:
    """Whatever a form may send."""
    with pytest.raises(NotUnderstood):
        Ask(DoorMarked("music", "perhaps"))  # type: ignore[arg-type]
