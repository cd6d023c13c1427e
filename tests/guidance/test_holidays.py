"""Holidays that fall on the same date every year, and none that moves."""

import calendar

from fallow.guidance import find_holiday, load_holidays

MOVING = ("easter", "eid", "diwali", "lunar", "hanukkah", "thanksgiving", "mother", "father", "ramadan", "passover")


def test_every_holiday_is_a_day_of_every_year() -> None:
    """In the order of the year, each once; none on a day that some years do not have."""
    listed = [(each.month, each.day) for each in load_holidays()]
    assert sorted(listed) == listed
    assert len(listed) == len({each.id for each in load_holidays()}) == len({each.name for each in load_holidays()})
    assert all(1 <= day <= calendar.monthrange(2025, month)[1] for month, day in listed)


def test_none_that_moves_is_offered() -> None:
    """A wrong day is worse than none; the page says which are left out."""
    assert [] == [each.name for each in load_holidays() for word in MOVING if word in each.name.casefold()]


def test_a_holiday_is_found_by_its_id() -> None:
    """And one that is not there is None."""
    found = find_holiday("christmas")
    assert found is not None
    assert (12, 25) == (found.month, found.day)
    assert find_holiday("easter") is None
