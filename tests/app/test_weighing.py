"""Long considered or impulsive on a real store: what is read of the messages, what is kept, and what is closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.desks import a_desk, later, with_record
from fallow.app import Desk, describe_own_hands, describe_weighing, own_hands, record, remove_source, weighing
from fallow.errors import HardStopHolds, NotInThisPhase
from fallow.plan import AccountGiven, Ask, BreakupDescribed, HardStopSet, SafetyNoted, Side, SoberGateSet
from fallow.simulation import DyadParameters, SideParameters, simulate_dyad

DAYS = 420
START = dt.date(2024, 12, 2)
ENDED = START + dt.timedelta(days=DAYS)
BUSY = SideParameters(opens_per_day=1.2, decline=0.0)
STEADY = DyadParameters(ego=BUSY, alter=BUSY, start=START, days=DAYS, silences_per_day=0.0)
LEAVING = replace(STEADY, alter=replace(BUSY, decline=0.7), decline_start=0.5, decline_days=60)
"""Theirs falls over two months and stays low for the five months before the day."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path / "data")


def chat(desk: Desk, parameters: DyadParameters) -> None:
    with_record(desk, simulate_dyad(parameters, np.random.default_rng(1)))


def told(desk: Desk, what: AccountGiven) -> None:
    record(desk, Ask(what))


def test_what_moved_before_the_day_is_read_from_the_messages(desk: Desk) -> None:
    """They ended it and theirs had fallen: one piece to considered, with each series, its n and its limits."""
    chat(desk, LEAVING)
    told(desk, AccountGiven(initiator="alter", on=ENDED))
    found = weighing(desk)
    (piece,) = [each for each in found.pieces if each.points == "considered"]
    assert ("record.early.alter", "read") == (piece.id, found.record)
    fell = START + dt.timedelta(days=DAYS // 2 + 30)
    volume = next(each for each in piece.moved if (each.series, each.side) == ("volume", "alter"))
    assert volume.shift is not None
    assert volume.shift.earliest <= fell <= volume.shift.latest
    assert volume.shift.lower <= volume.shift.ratio <= volume.shift.upper < 1
    assert volume.n > 100
    assert "unknown" == found.reading


def test_where_i_ended_it_their_change_points_nowhere(desk: Desk) -> None:
    """The same messages, told by the one who left: mine is the number of messages alone."""
    chat(desk, LEAVING)
    told(desk, AccountGiven(initiator="ego", on=ENDED))
    pieces = {each.id: each.points for each in weighing(desk).pieces}
    assert {"record.late": "neither", "record.other.ego": "neither"} == pieces


def test_a_steady_record_shows_no_clear_change(desk: Desk) -> None:
    """An ordinary answer, and it says little."""
    chat(desk, STEADY)
    told(desk, AccountGiven(initiator="alter", on=ENDED))
    (piece,) = weighing(desk).pieces
    assert ("record.none.alter", "little") == (piece.id, piece.weight)
    assert all(each.shift is None for each in piece.moved)


def test_why_the_messages_were_not_read_is_said(desk: Desk) -> None:
    """No chat, no day, too short a record: each a sentence, none an error."""
    assert ("none", True) == (weighing(desk).record, any(n.id == "need.none" for n in weighing(desk).needs))
    chat(desk, replace(STEADY, days=60))
    assert "no_day" == weighing(desk).record
    told(desk, AccountGiven(initiator="alter", on=START + dt.timedelta(days=60)))
    assert "short" == weighing(desk).record
    assert "need.short" in [need.id for need in weighing(desk).needs]


def test_a_reading_is_kept_until_the_messages_or_the_day_change(desk: Desk) -> None:
    """Kept beside the messages under its day; another day is another reading; without the chat there is none."""
    chat(desk, LEAVING)
    told(desk, AccountGiven(initiator="alter", on=ENDED))
    first = weighing(desk)
    assert first == weighing(desk)
    assert desk.store.derived(f"changes-{ENDED.isoformat()}") is not None
    record(desk, Ask(BreakupDescribed("alter", "unknown", START + dt.timedelta(days=200))))
    assert first.pieces != weighing(desk).pieces
    remove_source(desk, "a" * 32)
    assert "none" == weighing(desk).record
    assert desk.store.derived(f"changes-{ENDED.isoformat()}") is None


def test_the_first_answer_and_the_account_are_weighed_together(desk: Desk) -> None:
    """`sudden` comes from the first questions, the rest from the telling that stands, not from an earlier one."""
    record(desk, Ask(BreakupDescribed("alter", "yes")))
    told(desk, AccountGiven(initiator="alter", small="yes", spoken_before="yes"))
    heated = AccountGiven(initiator="alter", small="yes", spoken_before="no", in_heat="yes", prepared="no")
    told(later(desk, days=1), heated)
    found = describe_weighing(weighing(later(desk, days=1)))
    assert "impulsive" == found["reading"]
    assert {"sudden.yes", "small.yes", "spoken_before.no", "in_heat.yes", "prepared.no"} == {
        each["id"] for each in found["pieces"]
    }
    assert ["small_thing"] == [each["id"] for each in found["leads_to"]]


def test_it_is_closed_in_a_stop_and_while_help_comes_first(desk: Desk) -> None:
    """The list of what is mine stays in a stop, without what is about a message; help first closes both."""
    told(desk, AccountGiven(initiator="ego", own="An act.", small="yes", mine=Side(regret="known")))
    free = {line.id for line in own_hands(desk).lines}
    record(desk, Ask(HardStopSet("asked")))
    with pytest.raises(HardStopHolds):
        weighing(desk)
    kept = describe_own_hands(own_hands(desk))
    assert "An act." == kept["own"]
    assert {"own_side.mend", "own_side.letter", "own_side.review"} == free - {line["id"] for line in kept["lines"]}
    record(desk, Ask(SafetyNoted("afraid")))
    for action in (weighing, own_hands):
        with pytest.raises((HardStopHolds, NotInThisPhase)):
            action(desk)


def test_a_sober_gate_takes_what_it_closes_from_the_list(desk: Desk) -> None:
    """Until its hour the list leads neither to a letter nor to the review."""
    record(desk, Ask(SoberGateSet(desk.clock().at + dt.timedelta(hours=5))))
    ways = {line.way for line in own_hands(desk).lines}
    assert not {"letters", "review"} & ways
    assert "reach" in ways
