from __future__ import annotations

import pytest

from dyad.tables import HOUR_US, chat
from fallow.dyad import count_openings, find_bouts
from fallow.errors import NotEnoughData

TWENTY_WEEKS = chat("\n".join(f"{7 * i} 09:00 {'them' if i % 3 == 0 else 'me'} hello" for i in range(20)))


def test_quarters_are_counted_back_from_the_last_week() -> None:
    """Twenty weeks are the latest thirteen and the seven before; their bouts add up."""
    openings = count_openings(TWENTY_WEEKS, find_bouts(TWENTY_WEEKS, 6 * HOUR_US))
    assert [(p.weeks, p.bouts) for p in openings.periods] == [(7, 7), (13, 13)]
    assert openings.periods[1].monday - openings.periods[0].monday == 7 * 7
    assert (openings.overall.ego.count, openings.overall.alter.count, openings.overall.ego.n) == (13, 7, 20)


def test_a_quarter_under_ten_bouts_has_no_share() -> None:
    """Seven bouts are counted and no more is said of them."""
    openings = count_openings(TWENTY_WEEKS, find_bouts(TWENTY_WEEKS, 6 * HOUR_US))
    assert [p.shares is None for p in openings.periods] == [True, False]


def test_under_20_bouts_the_whole_is_too_little() -> None:
    """The mark is there for whoever shows it."""
    table = chat("0 09:00 me hello")
    assert count_openings(table, find_bouts(table, HOUR_US)).too_little


def test_no_bout_at_all_is_too_little() -> None:
    """Nobody opened nothing."""
    table = chat("")
    with pytest.raises(NotEnoughData):
        count_openings(table, find_bouts(table, HOUR_US))
