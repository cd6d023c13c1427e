"""Would you send it now? One answer a draft, and what the answers came to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import a_desk, later
from fallow.app import (
    Desk,
    WouldSend,
    answer_on,
    begin_draft,
    delete_draft,
    describe_rereading,
    next_mornings,
    park_question,
    plan_of,
    read_rereading,
    record,
    reread_draft,
    seal_draft,
    set_gate,
)
from fallow.errors import HardStopHolds, NoSuchEntry, NotInThisPhase, SoberGateHolds
from fallow.plan import Ask, HardStopSet, Urge


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def sealed(desk: Desk) -> str:
    id = begin_draft(desk, Urge())
    seal_draft(desk, id, "dear you", next_mornings(desk.clock())[0])
    return id


def answered(desk: Desk, *answers: WouldSend) -> None:
    for would_send in answers:
        reread_draft(later(desk, days=2), sealed(desk), would_send)


def test_the_last_answer_on_a_draft_stands_and_counts_once(desk: Desk) -> None:
    """Also after the draft was deleted: what was found out is not lost with it."""
    id, morning = sealed(desk), later(desk, days=2)
    assert answer_on(plan_of(desk), id) is None
    reread_draft(morning, id, "yes")
    reread_draft(morning, id, "no")
    assert "no" == answer_on(plan_of(desk), id)
    delete_draft(morning, id)
    found = read_rereading(plan_of(desk))
    assert (1, 0, 1, 0) == (found.n, found.yes, found.no, found.unsure)


def test_only_a_draft_whose_hour_has_come_is_read_again(desk: Desk) -> None:
    """Not one still sealed, not one still being written, not a question, none that is not there."""
    with pytest.raises(NotInThisPhase):
        reread_draft(desk, sealed(desk), "no")
    week = later(desk, days=8)
    for id in (begin_draft(desk, Urge()), park_question(desk, "Why?").id, "0" * 32):
        with pytest.raises(NoSuchEntry):
            reread_draft(week, id, "no")
    assert 0 == read_rereading(plan_of(desk)).n


def test_under_five_is_too_little(desk: Desk) -> None:
    """The counts are there, the share is not."""
    answered(desk, "no", "no", "yes", "unsure")
    assert {"n": 4, "yes": 1, "no": 2, "unsure": 1, "would_send": None} == describe_rereading(
        read_rereading(plan_of(desk))
    )


def test_of_twelve_the_share_has_the_interval_of_wilson(desk: Desk) -> None:
    """One of twelve: 8 in 100, from 1 to 35."""
    answered(desk, "yes", *(["no"] * 10), "unsure")  # type: ignore[arg-type]
    share = read_rereading(plan_of(desk)).would_send
    assert share is not None
    assert (1, 12, 0.0149, 0.3539) == (share.count, share.n, round(share.lower, 4), round(share.upper, 4))


def test_it_is_closed_with_writing(desk: Desk) -> None:
    """In a gate and in a clear stop nothing that was written is weighed."""
    id, morning = sealed(desk), later(desk, days=2)
    set_gate(morning)
    with pytest.raises(SoberGateHolds):
        reread_draft(morning, id, "yes")
    record(morning, Ask(HardStopSet("blocked")))
    with pytest.raises(HardStopHolds):
        reread_draft(morning, id, "yes")
