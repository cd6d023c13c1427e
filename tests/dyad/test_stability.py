from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from dyad.tables import HOUR_US, chat, tables
from fallow.dyad import CRITERIA_HOURS, MIN_BOUTS, count_openings, criterion_stability, find_bouts
from fallow.messages import MessageTable


def test_a_gap_of_five_hours_parts_bouts_at_four_and_not_at_six() -> None:
    """Thirty mornings, each with a second talk five hours later that they open."""
    lines = [line for i in range(30) for line in (f"{i} 08:00 me hello", f"{i} 13:00 them hi")]
    found = {each.hours: each for each in criterion_stability(chat("\n".join(lines)))}
    assert (60, 30) == (found[4].bouts, found[6].bouts)
    assert found[4].shares is not None
    assert found[6].shares is not None
    assert (30, 30) == (found[4].shares.ego.count, found[6].shares.ego.count)


@given(tables(least=1))
def test_each_row_is_what_finding_bouts_gives(table: MessageTable) -> None:
    """The number of bouts, and from 20 on who opened them; never more bouts at a longer criterion."""
    found = criterion_stability(table)
    assert list(CRITERIA_HOURS) == [each.hours for each in found]
    for each in found:
        bouts = find_bouts(table, each.hours * HOUR_US)
        overall = count_openings(table, bouts).overall
        assert len(bouts) == each.bouts
        assert (overall if overall.ego.n >= MIN_BOUTS else None) == each.shares
    assert all(a.bouts >= b.bouts for a, b in pairwise(found))
