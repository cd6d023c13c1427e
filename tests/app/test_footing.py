"""What was arranged beforehand: plans in their hours, a gate that is only ever longer, a line in the morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.desks import NOON, a_desk, later
from fallow.app import (
    Desk,
    begin_draft,
    choose_wait,
    clear_if_then,
    footing,
    list_distractions,
    next_noon,
    plan_if_then,
    plan_of,
    read_draft,
    record,
    save_draft,
    seal_draft,
    set_gate,
    set_morning_line,
    today,
    wait_minutes,
)
from fallow.app.footing import in_hours
from fallow.errors import GateOnlyLonger, HourHasPassed, NotUnderstood, SettingRefused, SoberGateHolds
from fallow.guidance import morning_line
from fallow.plan import Ask, HardStopSet, IfThenPlanned, Moment, Urge


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def at(desk: Desk, clock: str) -> Desk:
    """The same store on 3 March 2026 in Berlin, or another day, at a wall clock."""
    day, _, hour = clock.rpartition(" ")
    told = dt.datetime.fromisoformat(f"{day or '2026-03-03'}T{hour}:00+01:00")
    return replace(desk, clock=lambda: Moment(told, "Europe/Berlin"))


@pytest.mark.parametrize(
    ("first", "until", "seen"),
    [(22, 2, {22, 23, 0, 1}), (7, 9, {7, 8}), (0, 24, set(range(24))), (23, 24, {23}), (18, 0, set(range(18, 24)))],
)
def test_a_plan_is_seen_in_its_hours(first: int, until: int, seen: set[int]) -> None:
    """From the first until before the second, over midnight where the first is later."""
    assert seen == {hour for hour in range(24) if in_hours(IfThenPlanned(1, "m", "a", first, until), hour)}


def test_a_plan_without_hours_is_never_on_today(desk: Desk) -> None:
    """It is on the urge page alone, and another one takes its place."""
    plan_if_then(desk, 2, "that song", "out of the room")
    assert () == today(desk).footing.plans
    plan_if_then(desk, 2, " that \n song ", "out of the room", (12, 13))
    assert (IfThenPlanned(2, "that song", "out of the room", 12, 13),) == today(desk).footing.plans
    assert () == today(at(desk, "13:00")).footing.plans
    clear_if_then(desk, 2)
    assert () == plan_of(desk).terms.if_then


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: plan_if_then(desk, 4, "m", "a"),
        lambda desk: plan_if_then(desk, 1, " ", "a"),
        lambda desk: plan_if_then(desk, 1, "m", ""),
        lambda desk: plan_if_then(desk, 1, "m", "x" * 201),
        lambda desk: plan_if_then(desk, 1, "m", "a", (7, 7)),
        lambda desk: plan_if_then(desk, 1, "m", "a", (24, 2)),
        lambda desk: plan_if_then(desk, 1, "m", "a", (2, 25)),
        lambda desk: clear_if_then(desk, 0),
        lambda desk: set_morning_line(desk, "\n"),
        lambda desk: list_distractions(desk, [str(n) for n in range(21)]),
        lambda desk: list_distractions(desk, ["x" * 201]),
    ],
)
def test_what_is_no_plan_is_refused_and_nothing_is_kept(desk: Desk, act: Callable[[Desk], Any]) -> None:
    """The sentence names what was wrong; the record stays as it was."""
    with pytest.raises(NotUnderstood):
        act(desk)
    assert () == desk.store.events()


def test_the_morning_has_its_hours(desk: Desk) -> None:
    """From four until before eleven; in own words once there are some, and one of Fallow's again when taken back."""
    seen = [hour for hour in range(24) if today(at(desk, f"{hour:02}:00")).footing.morning is not None]
    assert [4, 5, 6, 7, 8, 9, 10] == seen
    waking = at(desk, "06:30")
    ours = today(waking).footing.morning
    assert ours is not None
    assert (morning_line(dt.date(2026, 3, 3)).text, False) == (ours.line, ours.own)
    set_morning_line(desk, "Coffee first.")
    own = today(waking).footing.morning
    assert own is not None
    assert ("Coffee first.", True, ours.instead) == (own.line, own.own, own.instead)
    set_morning_line(desk, None)
    assert ours == today(waking).footing.morning


@pytest.mark.parametrize(
    ("now", "noon"),
    [("00:30", "2026-03-03 12:00"), ("05:59", "2026-03-03 12:00"), ("06:00", "2026-03-04 12:00"),
     ("12:30", "2026-03-04 12:00"), ("23:59", "2026-03-04 12:00")],
)  # fmt: skip
def test_noon_is_that_of_the_coming_day(desk: Desk, now: str, noon: str) -> None:
    """In the small hours it is today's."""
    assert noon == f"{next_noon(at(desk, now).clock()):%Y-%m-%d %H:%M}"


def test_noon_is_noon_on_the_wall_when_the_clocks_change(desk: Desk) -> None:
    """On 28 March 2026 at eight in the evening, the night with one hour less before it."""
    before = Moment(dt.datetime(2026, 3, 28, 19, 0, tzinfo=dt.UTC), "Europe/Berlin")
    assert dt.datetime(2026, 3, 29, 10, 0, tzinfo=dt.UTC) == next_noon(before)


def test_a_gate_locks_what_is_written_until_its_hour(desk: Desk) -> None:
    """Set at eight in the evening: no draft begun, saved, sealed or read, none on Today; at noon all of it is back."""
    evening = at(desk, "20:00")
    id = begin_draft(evening, Urge())
    save_draft(evening, id, "dear you")
    set_gate(evening)
    night, after = at(desk, "23:30"), at(desk, "2026-03-04 12:00")
    for act in (
        lambda: begin_draft(night, Urge()),
        lambda: save_draft(night, id, "other words"),
        lambda: seal_draft(night, id, None, after.clock().at),
        lambda: read_draft(night, id),
    ):
        with pytest.raises(SoberGateHolds) as refused:
            act()
        assert {"until": "12:00"} == refused.value.details
    view = today(night)
    assert ((), (), None) == (view.writing, view.ready, view.rereading)
    assert view.footing.gate_until is not None
    assert "2026-03-04 12:00" == f"{view.footing.gate_until:%Y-%m-%d %H:%M}"
    assert ("dear you", None) == (read_draft(after, id).text, today(after).footing.gate_until)
    assert [id] == [draft.id for draft in today(after).writing]


def test_a_gate_is_only_made_longer(desk: Desk) -> None:
    """Within two days from now; not earlier, not in the past, not further."""
    set_gate(desk)
    now, noon = desk.clock().at, next_noon(desk.clock())
    for until, error in (
        (noon - dt.timedelta(minutes=1), GateOnlyLonger),
        (now, HourHasPassed),
        (now + dt.timedelta(hours=49), NotUnderstood),
    ):
        with pytest.raises(error):
            set_gate(desk, until)
    set_gate(desk, now + dt.timedelta(hours=48))
    assert now + dt.timedelta(hours=48) == plan_of(desk).terms.sober_until


def test_the_list_keeps_each_thing_once_in_order(desk: Desk) -> None:
    """Blank lines and doubles are left out; an empty list clears it."""
    list_distractions(desk, ["walk ", "", "wash  up", "walk"])
    assert ("walk", "wash up") == plan_of(desk).terms.distractions
    list_distractions(desk, [""])
    assert () == plan_of(desk).terms.distractions


def test_the_length_of_a_wait_is_remembered(desk: Desk) -> None:
    """Ten minutes until another was chosen; one that is not offered is refused."""
    assert 10 == wait_minutes(desk)
    choose_wait(desk, 30)
    with pytest.raises(SettingRefused):
        choose_wait(desk, 7)
    assert 30 == wait_minutes(later(desk, days=3))


def test_a_stop_closes_nothing_of_it(desk: Desk) -> None:
    """All of it is for oneself."""
    record(desk, Ask(HardStopSet("violence")))
    plan_if_then(desk, 1, "in bed", "up", (0, 24))
    set_gate(desk)
    set_morning_line(desk, "Coffee first.")
    list_distractions(desk, ["walk"])
    held = footing(plan_of(desk), at(desk, "07:00").clock())
    assert held.plans
    assert held.gate_until == NOON.astimezone(dt.UTC) + dt.timedelta(days=1)
    assert held.morning is not None
