"""Days of the year: noted, decided on a calm day, said from a week before until the day, and no longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.desks import a_desk, later
from fallow.app import (
    Desk,
    dates,
    decide_date,
    drop_date,
    find_date_ahead,
    first_message_day,
    import_chat,
    note_date,
    note_first_message,
    note_holiday,
    parse_day,
    read_export,
    record,
    set_gate,
    today,
)
from fallow.errors import CalmDayNeeded, NoSuchEntry, NotEnoughData, NotUnderstood, SoberGateHolds
from fallow.plan import Ask, HardStopSet, Moment


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Noon in Berlin on 3 March 2026."""
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def on(desk: Desk, day: str, hour: int = 12) -> Desk:
    told = dt.datetime.fromisoformat(f"{day}T{hour:02}:00:00+01:00")
    return replace(desk, clock=lambda: Moment(told, "Europe/Berlin"))


def test_a_day_is_said_from_a_week_before_until_itself(desk: Desk) -> None:
    """Seven days before for the first time, on the day for the last, and again a year later."""
    note_date(desk, "Sam's birthday", 3, 20, what="birthday")
    said = {day: [each.days for each in today(on(desk, f"2026-03-{day:02}")).dates] for day in (12, 13, 17, 19, 20, 21)}
    assert {12: [], 13: [7], 17: [3], 19: [1], 20: [0], 21: []} == said
    assert [2] == [each.days for each in today(on(desk, "2027-03-18")).dates]


def test_what_was_decided_is_said_with_it(desk: Desk) -> None:
    """The last decision stands."""
    id = note_date(desk, "Sam's birthday", 3, 10)
    decide_date(desk, id, "I go to Mira's.")
    decide_date(desk, id, " I let it pass. ")
    assert [("Sam's birthday", "I let it pass.")] == [(each.name, each.decision) for each in today(desk).dates]


def test_it_is_decided_on_a_calm_day_alone(desk: Desk) -> None:
    """By daylight, two days or more beforehand, in no gate; nothing is kept of what was refused."""
    id = note_date(desk, "the day", 3, 10)
    for moment in (on(desk, "2026-03-03", 23), on(desk, "2026-03-09"), on(desk, "2026-03-10")):
        assert not find_date_ahead(moment, id).may_decide
        with pytest.raises(CalmDayNeeded):
            decide_date(moment, id, "I write.")
    assert find_date_ahead(on(desk, "2026-03-08"), id).may_decide
    set_gate(desk)
    assert not find_date_ahead(desk, id).may_decide
    with pytest.raises(SoberGateHolds):
        decide_date(desk, id, "I write.")
    assert find_date_ahead(desk, id).decision is None


def test_a_stop_keeps_the_day_and_does_not_repeat_what_was_decided(desk: Desk) -> None:
    """What somebody decided before it may have been a message; the day itself is for them."""
    id = note_date(desk, "the day", 3, 10)
    decide_date(desk, id, "I write two sentences.")
    record(desk, Ask(HardStopSet("asked")))
    assert [("the day", None)] == [(each.name, each.decision) for each in today(desk).dates]
    assert find_date_ahead(desk, id).decision is None
    assert note_holiday(desk, "christmas") in {each.id for each in dates(desk)}


def test_the_twenty_ninth_of_february_is_there_every_year(desk: Desk) -> None:
    """On the 28th where there is none."""
    note_date(desk, "leap day", 2, 29)
    found = [dates(on(desk, f"{year}-01-01"))[0].on.isoformat() for year in (2027, 2028, 2029)]
    assert ["2027-02-28", "2028-02-29", "2029-02-28"] == found


def test_the_next_one_comes_first_and_one_that_was_dropped_is_gone(desk: Desk) -> None:
    """The same day under the same name is noted once; what is not there cannot be dropped."""
    late, soon = note_date(desk, "autumn", 10, 1), note_date(desk, "spring", 3, 4)
    assert soon == note_date(desk, " spring ", 3, 4, what="other")
    assert [soon, late] == [each.id for each in dates(desk)]
    drop_date(desk, soon)
    assert [late] == [each.id for each in dates(desk)]
    assert () == today(desk).dates
    with pytest.raises(NoSuchEntry):
        drop_date(desk, soon)
    with pytest.raises(NoSuchEntry):
        find_date_ahead(desk, soon)
    with pytest.raises(NoSuchEntry):
        decide_date(desk, soon, "I let it pass.")


@pytest.mark.parametrize(
    ("name", "month", "day"), [("", 1, 1), (" ", 1, 1), ("x" * 201, 1, 1), ("x", 2, 30), ("x", 13, 1)]
)
def test_what_is_no_day_is_refused(desk: Desk, name: str, month: int, day: int) -> None:
    """Nothing is noted."""
    with pytest.raises(NotUnderstood):
        note_date(desk, name, month, day)
    assert () == dates(desk)


@pytest.mark.parametrize(("given", "read"), [("12-24", (12, 24)), ("2019-05-01", (5, 1)), (" 02-29 ", (2, 29))])
def test_a_day_is_read_with_or_without_its_year(given: str, read: tuple[int, int]) -> None:
    """The month first, as in ISO 8601."""
    assert read == parse_day(given)


@pytest.mark.parametrize("given", ["", "24.12.", "24-12", "13-01", "02-30", "soon", "2023-02-29"])
def test_what_is_no_date_is_said_so(given: str) -> None:
    """Never guessed."""
    with pytest.raises(NotUnderstood):
        parse_day(given)


def test_the_first_message_is_looked_up_when_asked(desk: Desk) -> None:
    """On the clock of the chat, the earliest of all; without a chat there is too little to say."""
    with pytest.raises(NotEnoughData):
        note_first_message(desk)
    assert () == dates(desk)
    chat = "01/03/2019, 00:10 - Ego: hello\n02/03/2019, 10:01 - Sam: hello\n"
    import_chat(desk, read_export("chat.txt", chat.encode(), date_order="dmy"), me="Ego", with_text=False)
    assert dt.date(2019, 3, 1) == first_message_day(desk)
    assert () == dates(desk)
    id = note_first_message(desk)
    found = find_date_ahead(later(desk, days=1), id)
    assert ("first_message", 3, 1, dt.date(2027, 3, 1)) == (found.what, found.month, found.day, found.on)
