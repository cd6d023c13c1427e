"""Letters: put away until a day, out of sight until then, closed with writing, burned at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desks import a_desk, later
from fallow.app import (
    Desk,
    begin_letter,
    burn_letter,
    describe_letters,
    holds_words,
    letters_shown,
    put_letter_away,
    read_letter,
    record,
    rest_day,
    save_letter,
    write_on,
)
from fallow.errors import (
    DayNotToCome,
    HardStopHolds,
    NoSuchEntry,
    NotInThisPhase,
    PlanRefused,
    SoberGateHolds,
    StillSealed,
)
from fallow.plan import Ask, HardStopSet, Moment, SafetyNoted, SoberGateSet, What

WORDS = "dear you, it rained"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


@pytest.fixture
def letter(desk: Desk) -> str:
    id = begin_letter(desk)
    save_letter(desk, id, WORDS)
    return id


def test_a_letter_rests_until_ten_on_its_day(desk: Desk, letter: str) -> None:
    """A minute before, no word of it; at ten, all of them; the hour is that of the person's own zone."""
    opens_at = put_letter_away(desk, letter, None, dt.date(2026, 4, 3))
    assert dt.datetime(2026, 4, 3, 8, tzinfo=dt.UTC) == opens_at
    minutes = (opens_at - desk.clock().at) / dt.timedelta(minutes=1)
    shut, open_ = later(desk, minutes=minutes - 1), later(desk, minutes=minutes)
    assert ("", WORDS) == (read_letter(shut, letter).text, read_letter(open_, letter).text)
    assert ["resting"] == [each["is"] for each in describe_letters(shut)]
    assert ["ready"] == [each["is"] for each in describe_letters(open_)]


def test_what_rests_is_not_written_on_nor_moved(desk: Desk, letter: str) -> None:
    """Neither sooner nor later; burning it is open."""
    put_letter_away(desk, letter, None, dt.date(2026, 4, 3))
    attempts: list[Callable[[], object]] = [
        lambda: save_letter(desk, letter, "more"),
        lambda: put_letter_away(desk, letter, None, dt.date(2026, 4, 2)),
        lambda: write_on(desk, letter),
    ]
    for attempt in attempts:
        with pytest.raises(StillSealed):
            attempt()
    assert burn_letter(desk, letter).complete
    assert ((), (), ()) == letters_shown(desk)


def test_once_its_day_has_come_it_can_be_put_away_again_or_written_on(desk: Desk, letter: str) -> None:
    """Any number of times; no word is changed by it."""
    put_letter_away(desk, letter, None, dt.date(2026, 3, 4))
    tomorrow = later(desk, days=1)
    put_letter_away(tomorrow, letter, None, dt.date(2026, 3, 6))
    assert "" == read_letter(tomorrow, letter).text
    in_a_week = later(desk, days=7)
    write_on(in_a_week, letter)
    save_letter(in_a_week, letter, WORDS + ", and it stopped")
    assert WORDS + ", and it stopped" == read_letter(in_a_week, letter).text


@pytest.mark.parametrize("day", [dt.date(2026, 3, 3), dt.date(2020, 1, 1), dt.date(2036, 3, 13), dt.date(9999, 12, 31)])
def test_only_a_day_to_come_is_taken(desk: Desk, letter: str, day: dt.date) -> None:
    """Today, a past day and one more than ten years away are refused; the letter stays open as it was."""
    with pytest.raises(DayNotToCome):
        put_letter_away(desk, letter, "other words", day)
    assert (False, WORDS) == (read_letter(desk, letter).sealed, read_letter(desk, letter).text)


@pytest.mark.parametrize(
    ("today", "month", "three"),
    [("2026-01-31", "2026-02-28", "2026-04-30"), ("2027-11-30", "2027-12-30", "2028-02-29"),
     ("2026-12-15", "2027-01-15", "2027-03-15")],
)  # fmt: skip
def test_a_month_is_the_same_day_of_another(today: str, month: str, three: str) -> None:
    """The last one of a shorter month; over the turn of a year."""
    now = Moment(dt.datetime.fromisoformat(f"{today}T12:00+00:00"), "Europe/Berlin")
    told = [rest_day(now, rest).isoformat() for rest in ("month", "three_months")]
    assert [month, three] == told
    assert now.day + dt.timedelta(days=7) == rest_day(now, "week")


CLOSED: dict[str, tuple[What, type[PlanRefused]]] = {
    "a clear stop": (HardStopSet(because="asked"), HardStopHolds),
    "help first": (SafetyNoted(concern="wish_to_die"), NotInThisPhase),
    "a gate set beforehand": (SoberGateSet(until=dt.datetime(2026, 3, 3, 18, tzinfo=dt.UTC)), SoberGateHolds),
}


@pytest.mark.parametrize("why", CLOSED)
def test_letters_close_as_drafts_do_but_for_burning(desk: Desk, letter: str, why: str) -> None:
    """Nothing is begun, kept, read, put away or taken out; they are listed without words, and can be burned."""
    what, refusal = CLOSED[why]
    record(desk, Ask(what))
    attempts: list[Callable[[], object]] = [
        lambda: begin_letter(desk),
        lambda: save_letter(desk, letter, "more"),
        lambda: read_letter(desk, letter),
        lambda: put_letter_away(desk, letter, None, dt.date(2026, 4, 3)),
        lambda: write_on(desk, letter),
    ]
    for attempt in attempts:
        with pytest.raises(refusal):
            attempt()
    assert [letter] == [each["id"] for each in describe_letters(desk)]
    assert WORDS not in repr(describe_letters(desk))
    assert (True, True) == (holds_words(desk, letter), burn_letter(desk, letter).complete)


def test_letters_leave_nothing_in_the_history(desk: Desk, letter: str) -> None:
    """A letter that was burned was never there, so no event tells of one."""
    put_letter_away(desk, letter, None, dt.date(2026, 4, 3))
    burn_letter(desk, letter)
    assert () == desk.store.events()
    with pytest.raises(NoSuchEntry):
        read_letter(desk, letter)
