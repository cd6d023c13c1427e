"""What was said about channels: the last stands, what was taken back is gone, and the old side doors are among them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fallow.errors import NotUnderstood
from fallow.plan import (
    Ask,
    ChannelMark,
    ChannelMarked,
    HardStopSet,
    LimitsSet,
    ModeChosen,
    QuietTimeChosen,
    channel_history,
    decode_event,
    encode_event,
    limits_since,
    read_channels,
)
from plan.diary import Diary

OLD_MARK = (
    b'{"happened":{"at":"2026-03-03T11:00:00Z","zone":"Europe/Berlin"},"day":"2026-03-03",'
    b'"recorded":{"at":"2026-03-03T11:00:00Z","zone":"Europe/Berlin"},'
    b'"what":{"kind":"door_marked","door":"music","mark":"not_now"},"recorded_day":"2026-03-03"}'
)
"""As a version before the map kept the mark of a side door."""


@pytest.fixture
def diary() -> Diary:
    made = Diary()
    made.at("2026-11-01 12:00", QuietTimeChosen(days=30))
    return made


def marks(diary: Diary) -> dict[str, ChannelMark | None]:
    return {channel: said.mark for channel, (_, said) in read_channels(diary.plan).items()}


def test_the_last_mark_of_a_channel_stands(diary: Diary) -> None:
    """Marked again, the former mark is history; other channels keep theirs."""
    diary.at("2026-11-02 12:00", ChannelMarked("music", "not_now"))
    diary.at("2026-11-02 12:01", ChannelMarked("routes", "cannot", "work"))
    diary.at("2026-11-03 12:00", ChannelMarked("music", "do"))
    assert {"music": "do", "routes": "cannot"} == marks(diary)
    assert 3 == len(channel_history(diary.plan))


def test_a_mark_can_be_taken_back(diary: Diary) -> None:
    """The channel is then as if nothing had been said; both events are kept."""
    diary.at("2026-11-02 12:00", ChannelMarked("music", "do"))
    diary.at("2026-11-02 12:01", ChannelMarked("music"))
    assert {} == marks(diary)
    assert ["do", None] == [said.mark for _, said in channel_history(diary.plan)]


def test_a_mark_moves_no_counter(diary: Diary) -> None:
    """Quiet days and looks are as they were."""
    before = diary.counts("2026-11-05 12:00")
    diary.at("2026-11-04 12:00", ChannelMarked("last_seen", "do"))
    assert before == diary.counts("2026-11-05 12:00")


def test_a_channel_is_marked_while_a_stop_holds(diary: Diary) -> None:
    """Closing one needs nobody's leave, least of all then."""
    diary.at("2026-11-02 12:00", HardStopSet("order"))
    diary.at("2026-11-02 12:01", ChannelMarked("music", "do"))
    assert {"music": "do"} == marks(diary)


def test_a_side_door_of_before_is_a_channel_now() -> None:
    """Its event reads as it was written, so nothing a person marked is lost."""
    assert ChannelMarked("music", "not_now") == decode_event(OLD_MARK).what


def test_the_wire_form_of_a_mark_stays(diary: Diary) -> None:
    """Events are kept for good, so the names must always read."""
    diary.at("2026-11-02 12:00", ChannelMarked("music", "cannot", "children", dt.date(2026, 12, 1)))
    body = encode_event(diary.records[-1].event)
    assert b'"kind":"door_marked","door":"music","mark":"cannot","because":"children","again_on":"2026-12-01"' in body
    assert diary.records[-1].event == decode_event(body)


@pytest.mark.parametrize(
    "said",
    [
        {"mark": "do", "because": "work"},
        {"mark": "not_now", "because": "other"},
        {"mark": None, "because": "children"},
        {"mark": "do", "again_on": dt.date(2026, 11, 2)},
        {"mark": "do", "again_on": dt.date(2026, 11, 1)},
        {"mark": "do", "again_on": dt.date(2036, 12, 1)},
        {"mark": None, "again_on": dt.date(2026, 12, 1)},
        {"mark": "absent", "again_on": dt.date(2026, 12, 1)},
    ],
)
def test_what_does_not_go_together_is_refused(diary: Diary, said: dict[str, Any]) -> None:
    """A reason goes with what cannot be; a day to look again lies ahead, and goes with what is there."""
    before = diary.plan
    with pytest.raises(NotUnderstood):
        diary.at("2026-11-02 12:00", ChannelMarked("music", **said))
    assert before == diary.plan


def test_a_mark_that_is_none_of_those_is_refused() -> None:
    """Whatever a form may send."""
    with pytest.raises(NotUnderstood):
        Ask(ChannelMarked("music", "perhaps"))  # type: ignore[arg-type]


def test_the_one_channel_is_named_since_it_has_its_name(diary: Diary) -> None:
    """Other hours or topics do not name it anew; another channel does."""
    assert limits_since(diary.plan) is None
    diary.at("2026-11-03 12:00", ModeChosen("limited_contact"))
    diary.at("2026-11-03 12:01", LimitsSet("phone"))
    diary.at("2026-11-05 12:00", LimitsSet("e-mail"))
    diary.at("2026-11-07 12:00", LimitsSet("e-mail", ("handover",), 9, 18))
    assert dt.date(2026, 11, 5) == limits_since(diary.plan)
