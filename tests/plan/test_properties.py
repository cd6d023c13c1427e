"""Any commands in any order, in any zone, under any clock. FALLOW_CASES sets how many (1,500 by default)."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fallow.plan import (
    AccountGiven,
    Correction,
    Moment,
    Plan,
    PlannedMessage,
    Readiness,
    Record,
    ReviewHeld,
    Standing,
    decode_event,
    encode_event,
    read_readiness,
    replay,
)
from plan import reference
from plan.script import SEALED_OR_SENT, STEP, play

CASES = int(os.environ.get("FALLOW_CASES", "1500"))
SCRIPTS = st.sampled_from(range(1, 49)).flatmap(lambda steps: st.binary(min_size=STEP * steps, max_size=STEP * steps))
STEADY = settings(
    max_examples=CASES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
BRIEF = settings(STEADY, max_examples=max(CASES // 3, 1))
Read = Callable[[Sequence[Record], Moment], Standing]


def honest(records: Sequence[Record], now: Moment) -> Standing:
    return replay(records).standing(now)


def without_floor(records: Sequence[Record], now: Moment) -> Standing:
    plan = replay(records)
    return replace(plan, count=replace(plan.count, floor=0)).standing(now)


def by_utc_days(records: Sequence[Record], now: Moment) -> Standing:
    moved = []
    for record in records:
        event = record.event
        days = {"day": event.happened.at.date(), "recorded_day": event.recorded.at.date()}
        moved.append(replace(record, event=replace(event, **days)))
    return replay(moved).standing(Moment(now.at, "Etc/UTC"))


def without_corrections(records: Sequence[Record], now: Moment) -> Standing:
    return replay([r for r in records if not isinstance(r.event.what, Correction)]).standing(now)


def told(standing: Standing) -> dict[str, object]:
    """A standing in the words of the reference."""
    stop, inbound = standing.hard_stop, standing.inbound
    same = ("today", "clock_behind", "start", "quiet_days", "of_days", "since_reached_out", "grade", "since_looked")
    also = ("review_on", "message_sent_on", "urges_today", "totals", "away_days")
    return {name: getattr(standing, name) for name in same + also} | {
        "phase": standing.phase.value,
        "drafts": {(each.draft, each.opens_at, each.sealed) for each in standing.drafts},
        "inbound": None if inbound is None else (inbound.id, inbound.open),
        "hard_stop": None if stop is None else (frozenset(stop.because), stop.set_at),
    }


def hold_against_reference(script: bytes, read: Read) -> None:
    """The property: the same as the slow model now, later and earlier, and a total that never fell on the way."""
    recorded = shown = 0
    shown_on = dt.date.min
    for now, plan, records in play(script):
        standing = plan.standing(now) if read is honest else read(records, now)
        if standing.quiet_days is None or standing.of_days is None:
            shown, shown_on = 0, dt.date.min
            continue
        assert standing.of_days >= standing.quiet_days >= recorded
        # A total that was only looked at holds as long as the local day does not go back.
        assert standing.today < shown_on or standing.quiet_days >= shown
        shown, shown_on = standing.quiet_days, standing.today
        if records and records[-1].event.recorded == now:
            recorded = standing.quiet_days
    for hours in (0, 75, -50):
        moment = Moment(now.at + dt.timedelta(hours=hours), now.zone)
        assert reference.tell(records, moment) == told(read(records, moment))


@STEADY
@given(SCRIPTS)
def test_the_plan_is_what_the_slow_model_says(script: bytes) -> None:
    """Counts, phase, review and all else equal the reference; total quiet days never fall."""
    hold_against_reference(script, honest)


@BRIEF
@given(SCRIPTS)
def test_replaying_equals_evolving_and_survives_the_wire(script: bytes) -> None:
    """One fold or many, from memory or from bytes: the same plan."""
    *_, (_, plan, records) = play(script)
    assert plan == replay(records)
    assert plan == replay([replace(each, event=decode_event(encode_event(each.event))) for each in records])


@BRIEF
@given(SCRIPTS)
def test_in_a_hard_stop_nothing_words_or_times_a_message(script: bytes) -> None:
    """No sequence yields a draft, a planned message, a review or a quiet time while a stop holds."""
    *_, (_, _, records) = play(script)
    for place, record in enumerate(records):
        what = record.event.what
        made = what.to if isinstance(what, Correction) else what
        if reference.hard_stop(records[:place]) is not None:
            assert not isinstance(made, SEALED_OR_SENT)


def choices(records: Sequence[Record]) -> list[int]:
    return [
        i
        for i, r in enumerate(records)
        if isinstance(r.event.what, ReviewHeld) and r.event.what.outcome == "one_message"
    ]


def hold_against_gates(script: bytes) -> None:
    """The property: every choosing and every sending of one message had all that it needs before it."""
    *_, (_, _, records) = play(script, reviewing=True)
    chosen = choices(records)
    for place in chosen:
        what, before = records[place].event.what, records[:place]
        assert isinstance(what, ReviewHeld)
        assert (
            reference.phase(before, max([records[place].event.recorded.day, *reference.walked(before)[-1:]]))
            == "review"
        )
        assert reference.may_choose(before, records[place].event.recorded, what)
    for place, record in enumerate(records):
        if isinstance(record.event.what, PlannedMessage):
            cleared = reference.review_work(records[:place])[2]
            assert cleared is not None
            assert cleared <= record.event.day
            assert 8 <= record.event.happened.local.hour < 22
            assert reference.sober(records[:place], record.event.happened.at)
            assert "planned_message" not in [label for _, label in reference.standing_entries(records[:place])]


@STEADY
@given(SCRIPTS)
def test_no_gate_is_passed_out_of_order(script: bytes) -> None:
    """One message is chosen only where every point of its review held, and said to be sent only after that, once."""
    hold_against_gates(script)


@pytest.mark.parametrize("point", ["rested", "urges", "no_reply", "mood"])
def test_a_missing_gate_is_caught(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: with one point of the review left out, the same property fails."""

    def lax(plan: Plan, now: Moment, draft: str | None = None) -> Readiness:
        found = read_readiness(plan, now, draft)
        return replace(found, checks=tuple(each for each in found.checks if each.name != point))

    monkeypatch.setattr(sys.modules["fallow.plan.decide"], "read_readiness", lax)

    @settings(STEADY, max_examples=1500, phases=[Phase.generate])
    @given(SCRIPTS)
    def same_property(script: bytes) -> None:
        hold_against_gates(script)

    with pytest.raises((AssertionError, ExceptionGroup)):
        same_property()


def test_scripts_get_as_far_as_one_message() -> None:
    """The property above is about something: of these scripts some choose, and some send."""
    seen = dict.fromkeys(("chosen", "sent"), 0)

    @settings(STEADY, max_examples=1500, phases=[Phase.generate])
    @given(SCRIPTS)
    def count(script: bytes) -> None:
        *_, (_, _, records) = play(script, reviewing=True)
        seen["chosen"] += len(choices(records))
        seen["sent"] += sum(isinstance(r.event.what, PlannedMessage) for r in records)

    count()
    assert seen["chosen"] > 100
    assert seen["sent"] > 50


@BRIEF
@given(SCRIPTS)
def test_an_account_is_told_only_where_it_may_be(script: bytes) -> None:
    """Never while help comes first, never their side after violence, never more than its budget."""
    *_, (_, _, records) = play(script)
    for place, record in enumerate(records):
        if isinstance(record.event.what, AccountGiven):
            assert reference.may_tell(records[:place], record.event.recorded, record.event.what)
            assert all(fact.on.year > 1900 for fact in record.event.what.facts)


@BRIEF
@given(SCRIPTS)
def test_a_permanent_stop_is_never_left(script: bytes) -> None:
    """After an order or violence every later standing is a hard stop."""
    permanent = False
    for now, plan, records in play(script):
        stop = reference.hard_stop(records)
        permanent = permanent or (stop is not None and not stop[0].isdisjoint({"order", "violence"}))
        assert not permanent or plan.phase(now.day).value == "hard_stop"


@pytest.mark.parametrize("broken", [without_floor, by_utc_days, without_corrections])
def test_a_broken_count_is_caught(broken: Read) -> None:
    """Control: the same property, on a count that is wrong on purpose, fails."""

    @settings(STEADY, max_examples=1500, phases=[Phase.generate])
    @given(SCRIPTS)
    def same_property(script: bytes) -> None:
        hold_against_reference(script, broken)

    with pytest.raises((AssertionError, ExceptionGroup)):
        same_property()
