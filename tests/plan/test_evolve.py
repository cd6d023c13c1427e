"""The fold: one way in two speeds, and quick."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from cost import sorts
from fallow.plan import (
    Correction,
    Looked,
    Plan,
    QuietTimeChosen,
    Record,
    Urge,
    What,
    Wrote,
    decode_event,
    encode_event,
    evolve,
    replay,
)
from plan.diary import Diary

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def history() -> list[Record]:
    """Five thousand entries over seven years, some of them lapses and corrections."""
    diary = Diary()
    diary.at("2026-01-01 12:00", QuietTimeChosen())
    for number in range(1, 5_000):
        wall = str(dt.datetime(2026, 1, 1, 12) + number * DAY / 2)
        last = f"{max(number - number % 10 + 1, 2):032x}"
        whats: dict[int, What] = {0: Wrote(), 3: Correction(last, Looked()), 5: Looked()}
        diary.at(wall, whats.get(number % 10, Urge(5, "a song")))
    return diary.records


def test_one_by_one_and_all_at_once_are_equal(history: list[Record]) -> None:
    """Two folds of one history."""
    plan = Plan()
    for record in history:
        plan = evolve(plan, record)
    assert plan == replay(history)


def test_an_older_plan_stays_as_it_was(history: list[Record]) -> None:
    """Two futures of one past do not meet."""
    past = replay(history[:100])
    evolve(past, history[100])
    evolve(past, history[101])
    assert past == replay(history[:100])


def test_replaying_five_thousand_records_costs_no_more_than_a_sort(history: list[Record]) -> None:
    """Loading every page does this: about 10 ms where that sort takes 60."""
    assert sorts(lambda: replay(history)) <= 1


def test_decoding_five_thousand_events_costs_no_more_than_half_a_sort(history: list[Record]) -> None:
    """And this before it."""
    bodies = [encode_event(record.event) for record in history]
    assert sorts(lambda: [decode_event(body) for body in bodies]) <= 0.5


def test_a_correction_of_nothing_is_passed_over() -> None:
    """The fold never refuses: decide does."""
    diary = Diary()
    diary.at("2026-01-01 12:00", QuietTimeChosen())
    broken = Record(2, "b" * 32, replace(diary.records[0].event, what=Correction("c" * 32)))
    assert diary.plan.terms == evolve(diary.plan, broken).terms
