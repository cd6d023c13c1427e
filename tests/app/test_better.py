"""What is better now: fifteen minutes a sitting, one a day, three days, and then it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desks import NOON, a_desk, later
from fallow.app import (
    Desk,
    begin_sitting,
    better,
    burn_sitting,
    describe_better,
    end_sitting,
    read_sitting,
    record,
    save_sitting,
)
from fallow.errors import NextSittingTomorrow, NoSuchEntry, PlanRefused, SittingOver, SittingsDone
from fallow.plan import Ask, HardStopSet

WORDS = "I sleep through"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def test_a_sitting_takes_words_for_twenty_minutes_and_asks_to_stop_after_fifteen(desk: Desk) -> None:
    """What is still being typed at the end is kept; after that it is as it was, to be read."""
    id = begin_sitting(desk)
    assert NOON + dt.timedelta(minutes=15) == read_sitting(desk, id).ends_at
    save_sitting(later(desk, minutes=19.9), id, WORDS)
    over = later(desk, minutes=20)
    for late in (save_sitting, end_sitting):
        with pytest.raises(SittingOver):
            late(over, id, "more")
    assert (WORDS, False) == (read_sitting(over, id).text, read_sitting(over, id).running)


def test_what_runs_is_gone_on_with(desk: Desk) -> None:
    """Begun again within its time, it is the same one."""
    id = begin_sitting(desk)
    assert id == begin_sitting(later(desk, minutes=14))
    assert (1, id) == (better(desk).begun, (better(desk).running or pytest.fail("none")).id)


def test_ended_is_ended(desk: Desk) -> None:
    """Put away before its time is over, it takes nothing more, and the next one is tomorrow's."""
    id = begin_sitting(desk)
    end_sitting(desk, id, WORDS)
    with pytest.raises(SittingOver):
        save_sitting(desk, id, "more")
    with pytest.raises(NextSittingTomorrow):
        begin_sitting(desk)
    assert WORDS == read_sitting(desk, id).text
    assert begin_sitting(later(desk, days=1)) != id


def test_three_days_and_it_is_done(desk: Desk) -> None:
    """Whatever days they are; then it says so, for good."""
    for day in (0, 1, 9):
        assert not better(later(desk, days=day)).done
        end_sitting(later(desk, days=day), begin_sitting(later(desk, days=day)), WORDS)
    after = later(desk, days=400)
    with pytest.raises(SittingsDone):
        begin_sitting(after)
    assert (3, True, False) == (better(after).begun, better(after).done, better(after).may_begin)


def test_burning_opens_no_other_day(desk: Desk) -> None:
    """The words are gone and the day stays used, or the bound would be none."""
    for day in range(3):
        on_day = later(desk, days=day)
        id = begin_sitting(on_day)
        end_sitting(on_day, id, WORDS)
        assert burn_sitting(on_day, id).complete
        with pytest.raises(NoSuchEntry):
            read_sitting(on_day, id)
    assert ((), True) == (better(later(desk, days=3)).sittings, better(later(desk, days=3)).done)


def test_no_stop_closes_what_is_about_oneself(desk: Desk) -> None:
    """It is not for the other one, so it stays where drafts and letters rest."""
    record(desk, Ask(HardStopSet(because="order")))
    id = begin_sitting(desk)
    save_sitting(desk, id, WORDS)
    assert WORDS == read_sitting(desk, id).text
    assert WORDS not in repr(describe_better(better(desk)))


@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.floats(-400, 400), st.sampled_from(["begin", "save", "end", "burn"])), min_size=1, max_size=25
    )
)
def test_no_order_of_steps_and_no_clock_makes_more_of_it(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[float, str]]
) -> None:
    """At any hours, the clock going back too: never more than three days, one a local day, twenty minutes each."""
    desk = a_desk(tmp_path_factory.mktemp("better") / "data")
    begun: dict[str, dt.datetime] = {}
    for hours, step in steps:
        now = later(desk, minutes=hours * 60)
        for id in list(begun) if step != "begin" else [""]:
            try:
                if step == "begin":
                    begun.setdefault(begin_sitting(now), now.clock().at)
                elif step == "burn":
                    burn_sitting(now, id)
                else:
                    (save_sitting if step == "save" else end_sitting)(now, id, WORDS)
                    since = now.clock().at - begun[id]
                    assert dt.timedelta(minutes=-5) <= since < dt.timedelta(minutes=20)
            except PlanRefused:
                continue
    days = {at.astimezone(now.clock().local.tzinfo).date() for at in begun.values()}
    assert len(days) == len(begun) <= 3
    desk.store.close()
