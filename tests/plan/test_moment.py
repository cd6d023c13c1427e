"""Moments: an instant, a zone, a day."""

from __future__ import annotations

import datetime as dt

import pytest

from fallow.errors import NotUnderstood
from fallow.plan import Moment
from plan.diary import moment

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", "2026-11-02"), ("Europe/Dublin", "2026-11-01"), ("Asia/Kathmandu", "2026-11-01")],
)
def test_a_day_is_the_local_date(zone: str, day: str) -> None:
    """One instant lies on different days in different places."""
    assert dt.date.fromisoformat(day) == Moment(NOON, zone).day


def test_an_instant_is_kept_as_utc() -> None:
    """The offset it was told with does not matter."""
    assert Moment(NOON, "Etc/UTC") == Moment(NOON.astimezone(dt.timezone(dt.timedelta(hours=5))), "Etc/UTC")


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "a\x00b", "\ud800"])
def test_an_unknown_zone_is_not_understood(zone: str) -> None:
    """Whatever is wrong with it, the answer names no value."""
    with pytest.raises(NotUnderstood) as refused:
        Moment(NOON, zone)
    assert "This could not be read: the time zone." == refused.value.sentence


@pytest.mark.parametrize("year", [1, 1899, 9002, 9999])
def test_a_year_out_of_all_reason_is_not_understood(year: int) -> None:
    """No zone can overflow what is left."""
    with pytest.raises(NotUnderstood):
        Moment(dt.datetime(year, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14))), "Pacific/Kiritimati")


def test_a_naive_time_is_a_callers_mistake() -> None:
    """The edge makes aware times."""
    with pytest.raises(ValueError):
        Moment(dt.datetime(2026, 11, 1), "Etc/UTC")


def test_half_an_hour_of_summer_time_is_known() -> None:
    """Lord Howe moves its clock by thirty minutes."""
    assert dt.timedelta(hours=11) == moment("2026-12-01 12:00", "Australia/Lord_Howe").local.utcoffset()
    assert dt.timedelta(hours=10.5) == moment("2026-07-01 12:00", "Australia/Lord_Howe").local.utcoffset()
