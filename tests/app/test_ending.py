"""The end: two endings of one rank, reopened with nothing lost, and use counted by the day something was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desks import NOON, a_desk, later
from fallow.app import Desk, close_plan, describe_end, end, record, reopen_plan, today, weekly_use
from fallow.errors import HardStopHolds, NotInThisPhase, NotUnderstood
from fallow.plan import Ask, Event, HardStopSet, Looked, Moment, QuietTimeChosen, Record, Urge


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    record(opened, Ask(QuietTimeChosen(days=60)))
    yield opened
    opened.store.close()


def entered_on(*days: dt.date) -> tuple[Record, ...]:
    """One entry on each day, at noon UTC; what it tells of happened long before."""
    told = []
    for seq, day in enumerate(sorted(days)):
        at = Moment(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC), "Europe/Berlin")
        before = Moment(at.at - dt.timedelta(days=90), at.zone)
        event = Event(happened=before, day=before.day, recorded=at, what=Looked(), recorded_day=day)
        told.append(Record(seq, f"{seq:032x}", event))
    return tuple(told)


MONDAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize("ending", ["we_talk_again", "done_waiting", "other"])
def test_each_ending_closes_and_is_opened_again(desk: Desk, ending: str) -> None:
    """The same for each: offered, kept with its words and day, undone with nothing lost."""
    assert ending in end(desk).endings
    close_plan(desk, ending, "The garden is enough.")  # type: ignore[arg-type]
    closed = end(desk)
    assert (desk.clock().day, ending, "The garden is enough.", ()) == (
        closed.closed_on,
        closed.ending,
        closed.words,
        closed.endings,
    )
    assert ending == today(desk).ending
    assert "garden" not in repr(describe_end(closed))
    with pytest.raises(NotInThisPhase):
        close_plan(desk, "other")
    reopen_plan(desk)
    assert (None, None, None) == (end(desk).closed_on, end(desk).ending, today(desk).ending)
    with pytest.raises(NotInThisPhase):
        reopen_plan(desk)


def test_words_are_no_condition_and_have_a_limit(desk: Desk) -> None:
    """Empty is none; too many are refused, and nothing is closed."""
    with pytest.raises(NotUnderstood):
        close_plan(desk, "other", "x" * 2_001)
    assert end(desk).closed_on is None
    close_plan(desk, "other", "")
    assert end(desk).words is None


def test_what_was_never_begun_has_no_end(tmp_path: Path) -> None:
    """Nothing is offered, and asking for it is refused."""
    desk = a_desk(tmp_path / "data")
    assert () == end(desk).endings
    with pytest.raises(NotInThisPhase):
        close_plan(desk, "done_waiting")
    desk.store.close()


def test_to_talk_again_is_no_ending_while_a_stop_holds(desk: Desk) -> None:
    """The other two are."""
    record(desk, Ask(HardStopSet(because="asked")))
    assert ("done_waiting", "other") == end(desk).endings
    with pytest.raises(HardStopHolds):
        close_plan(desk, "we_talk_again")
    close_plan(desk, "done_waiting")
    assert "done_waiting" == end(desk).ending


def test_days_are_counted_by_when_something_was_entered(desk: Desk) -> None:
    """Two entries on a day are one day; a week without any is there as none."""
    days = [MONDAY, MONDAY, MONDAY + dt.timedelta(6), MONDAY + dt.timedelta(21)]
    use = weekly_use(entered_on(*days), MONDAY + dt.timedelta(22))
    assert [(MONDAY + dt.timedelta(weeks=i), n) for i, n in enumerate([2, 0, 0, 1])] == [
        (week.monday, week.days) for week in use.weeks
    ]
    assert (3, True, None, None) == (use.days, use.enough, use.before, use.lately)


def test_eight_weeks_are_held_against_each_other(desk: Desk) -> None:
    """The former four and the latter four; what lies further back is left out."""
    days = [MONDAY + dt.timedelta(weeks=week, days=day) for week in range(10) for day in range(max(0, 6 - week))]
    use = weekly_use(entered_on(*days), MONDAY + dt.timedelta(weeks=9))
    assert [4, 3, 2, 1, 0, 0, 0, 0] == [week.days for week in use.weeks]
    assert (10, 10, 0) == (use.days, use.before, use.lately)


@pytest.mark.parametrize(("weeks", "enough"), [(1, False), (3, False), (4, True), (8, True)])
def test_too_few_weeks_say_nothing(weeks: int, enough: bool) -> None:
    """Four of them at least, with this one."""
    use = weekly_use(entered_on(MONDAY), MONDAY + dt.timedelta(weeks=weeks - 1))
    assert (weeks, enough) == (len(use.weeks), enough) == (len(use.weeks), use.enough)


@given(
    st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)), max_size=60),
    st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)),
)
def test_use_is_what_a_slow_count_says(days: list[dt.date], day: dt.date) -> None:
    """Whatever days, the clock behind the last entry too: each week holds its days, and they come one after another."""
    use = weekly_use(entered_on(*days), day)
    for week in use.weeks:
        span = {week.monday + dt.timedelta(days=ahead) for ahead in range(7)}
        assert week.monday.weekday() == 0
        assert len(span & set(days)) == week.days
    mondays = [week.monday for week in use.weeks]
    assert mondays == [mondays[0] + dt.timedelta(weeks=i) for i in range(len(mondays))] if mondays else not days
    assert len(mondays) <= 8
    assert not days or mondays[-1] <= max(day, *days) < mondays[-1] + dt.timedelta(days=7)


def test_what_is_kept_is_counted(desk: Desk) -> None:
    """Entries, things written, chats, messages."""
    record(desk, Ask(Urge()))
    kept = end(later(desk, days=1)).kept
    assert (2, 0, 0, 0) == (kept.entries, kept.written, kept.chats, kept.messages)
    assert NOON == desk.clock().at
