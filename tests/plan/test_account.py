"""The account of both sides: bounded, append-only, with its rests, and never their side after violence."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from fallow.errors import (
    AccountRests,
    FallowError,
    HardStopHolds,
    InTheFuture,
    NothingTold,
    NotInThisPhase,
    NotUnderstood,
    TheirSideRests,
)
from fallow.plan import (
    MOST_FACTS,
    SHORT,
    AccountGiven,
    Ask,
    BreakupDescribed,
    Event,
    Fact,
    HardStopSet,
    SafetyNoted,
    Side,
    decode_event,
    encode_event,
    read_accounts,
)
from plan.diary import Diary, moment

TOLD = AccountGiven(
    initiator="ego",
    how_said="At the kitchen table.",
    mine=Side(relief="known", remorse="known", longing="guess"),
    theirs=Side(pain="known", anger="unknown"),
    own="I had not said it for months.",
    cannot_know="Whether they had seen it coming.",
    facts=(Fact(dt.date(2026, 10, 20), "I said it."), Fact(dt.date(2025, 3, 1), "We moved in.", roughly=True)),
    on=dt.date(2026, 10, 20),
)


def refused(diary: Diary, wall: str, what: AccountGiven | BreakupDescribed) -> FallowError:
    before = diary.plan
    with pytest.raises(FallowError) as refusal:
        diary.at(wall, what)
    assert before == diary.plan
    return refusal.value


@pytest.mark.parametrize("initiator", ["ego", "alter", "mutual"])
def test_it_is_told_by_whoever_left_was_left_or_both(initiator: str) -> None:
    """Who ended it is said once and holds everywhere; whether it was sudden stays as it was said."""
    diary = Diary()
    diary.at("2026-11-01 12:00", BreakupDescribed("unknown", "no"))
    diary.at("2026-11-01 12:00", AccountGiven(initiator=initiator))  # type: ignore[arg-type]
    assert BreakupDescribed(initiator, "no") == diary.plan.terms.breakup  # type: ignore[arg-type]
    assert 3 == len(diary.records)
    diary.at("2026-11-02 12:00", AccountGiven(initiator=initiator, own="My part."))  # type: ignore[arg-type]
    assert 4 == len(diary.records)


def test_the_day_it_ended_holds_until_another_is_said() -> None:
    """Said in the account or by itself; a telling that leaves it out takes nothing away; each telling keeps its own."""
    diary = Diary()
    diary.at("2026-11-01 12:00", AccountGiven(on=dt.date(2026, 10, 20)))
    assert BreakupDescribed("unknown", "unknown", dt.date(2026, 10, 20)) == diary.plan.terms.breakup
    diary.at("2026-11-02 12:00", AccountGiven(initiator="mutual", own="My part."))
    assert BreakupDescribed("mutual", "unknown", dt.date(2026, 10, 20)) == diary.plan.terms.breakup
    diary.at("2026-11-03 12:00", BreakupDescribed("mutual", "no", dt.date(2026, 11, 3)))
    assert dt.date(2026, 11, 3) == diary.plan.terms.breakup.on
    assert [dt.date(2026, 10, 20), None] == [told.on for _, told in read_accounts(diary.plan)]


@pytest.mark.parametrize(
    "what", [AccountGiven(own="x", on=dt.date(2026, 11, 2)), BreakupDescribed(on=dt.date(2026, 11, 2))]
)
def test_it_has_not_ended_tomorrow(what: AccountGiven | BreakupDescribed) -> None:
    """Nor before anybody's time; today is a day like another."""
    assert InTheFuture is type(refused(Diary(), "2026-11-01 12:00", what))
    long_ago = msgspec.structs.replace(what, on=dt.date(1899, 12, 31))
    assert NotUnderstood is type(refused(Diary(), "2026-11-01 12:00", long_ago))
    diary = Diary()
    diary.at("2026-11-01 12:00", msgspec.structs.replace(what, on=dt.date(2026, 11, 1)))
    assert dt.date(2026, 11, 1) == diary.plan.terms.breakup.on


@pytest.mark.parametrize("kind", ["breakup_described", "account_given"])
def test_events_from_before_the_day_was_asked_are_still_read(kind: str) -> None:
    """What an earlier version kept has no day, and reads as not said."""
    now = moment("2026-11-01 12:00")
    kept = msgspec.json.decode(encode_event(Event(now, now.day, now, BreakupDescribed("ego"))))
    kept["what"] = {"kind": kind, "initiator": "ego"}
    what = decode_event(msgspec.json.encode(kept)).what
    assert isinstance(what, BreakupDescribed | AccountGiven)
    assert ("ego", None) == (what.initiator, what.on)


def test_earlier_tellings_stay_with_their_days() -> None:
    """A revision is a whole telling of its own; facts stand earliest first."""
    diary = Diary()
    diary.at("2026-11-01 12:00", TOLD)
    diary.at("2026-11-08 12:00", AccountGiven(own="More than I thought."))
    (first, one), (second, two) = read_accounts(diary.plan)
    assert (TOLD.own, "More than I thought.") == (one.own, two.own)
    assert [dt.date(2025, 3, 1), dt.date(2026, 10, 20)] == [fact.on for fact in one.facts]
    assert (dt.date(2026, 11, 1), dt.date(2026, 11, 8)) == (first.event.day, second.event.day)


def test_it_is_revised_once_a_day() -> None:
    """The first telling and one revision of it, then tomorrow; the refusal names the day."""
    diary = Diary()
    diary.at("2026-11-01 12:00", TOLD)
    diary.at("2026-11-01 13:00", TOLD)
    error = refused(diary, "2026-11-01 23:59", TOLD)
    assert (AccountRests, "2026-11-02") == (type(error), error.details["day"])
    diary.at("2026-11-02 00:01", TOLD)


def test_it_is_revised_three_times_a_week() -> None:
    """After the third it rests until the first of the three is seven local days old."""
    diary = Diary()
    for day in (1, 2, 3, 4):
        diary.at(f"2026-11-0{day} 12:00", TOLD)
    error = refused(diary, "2026-11-05 12:00", TOLD)
    assert (AccountRests, "2026-11-09") == (type(error), error.details["day"])
    assert AccountRests is type(refused(diary, "2026-11-08 23:59", TOLD))
    diary.at("2026-11-09 00:01", TOLD)


def test_it_is_closed_while_help_comes_first() -> None:
    """Also where a stop holds as well; open again when the person goes on."""
    diary = Diary()
    diary.at("2026-11-01 12:00", HardStopSet("asked"))
    diary.at("2026-11-01 12:00", SafetyNoted("afraid"))
    assert NotInThisPhase is type(refused(diary, "2026-11-01 12:00", TOLD))
    diary.at("2026-11-01 12:00", SafetyNoted("afraid", holds=False))
    diary.at("2026-11-01 12:00", TOLD)


def test_after_violence_their_side_is_not_told() -> None:
    """One's own is; the other reasons for a stop leave both, but nothing is weighed as mendable in any."""
    diary = Diary()
    diary.at("2026-11-01 12:00", HardStopSet("blocked"))
    for told in (AccountGiven(small="yes"), AccountGiven(in_heat="yes"), AccountGiven(spoken_before="no")):
        assert HardStopHolds is type(refused(diary, "2026-11-01 12:00", told))
    diary.at("2026-11-01 12:00", TOLD)
    diary.at("2026-11-01 12:00", HardStopSet("violence"))
    assert TheirSideRests is type(refused(diary, "2026-11-02 12:00", TOLD))
    assert TheirSideRests is type(refused(diary, "2026-11-02 12:00", AccountGiven(own="x", theirs=Side())))
    diary.at("2026-11-02 12:00", AccountGiven(own="I am not to blame for it.", mine=Side(anger="known")))


def test_nothing_told_is_nothing_kept() -> None:
    """An empty telling, or one with an empty other side."""
    assert NothingTold is type(refused(Diary(), "2026-11-01 12:00", AccountGiven()))
    assert NothingTold is type(refused(Diary(), "2026-11-01 12:00", AccountGiven(theirs=Side())))


def test_a_fact_has_happened() -> None:
    """Not tomorrow, and not before anybody's time."""
    tomorrow, long_ago = Fact(dt.date(2026, 11, 2), "x"), Fact(dt.date(1899, 12, 31), "x")
    assert InTheFuture is type(refused(Diary(), "2026-11-01 12:00", AccountGiven(facts=(tomorrow,))))
    assert NotUnderstood is type(refused(Diary(), "2026-11-01 12:00", AccountGiven(facts=(long_ago,))))


@pytest.mark.parametrize(
    "told",
    [
        AccountGiven(own="x" * (SHORT + 1)),
        AccountGiven(facts=(Fact(dt.date(2026, 1, 1), "x"),) * (MOST_FACTS + 1)),
        AccountGiven(facts=(Fact(dt.date(2026, 1, 1), "x" * 201),)),
        AccountGiven(mine=Side(pain="sure")),  # type: ignore[arg-type]
    ],
)
def test_it_is_short_by_rule(told: AccountGiven) -> None:
    """Six hundred letters an answer, two hundred a fact, twelve facts, three ways of knowing."""
    with pytest.raises(NotUnderstood):
        Ask(told)


def test_it_survives_the_wire_and_is_made_storable() -> None:
    """Sides and facts too; a lone surrogate inside a fact is replaced like everywhere else."""
    now = moment("2026-11-01 12:00")
    assert TOLD == decode_event(encode_event(Event(now, now.day, now, TOLD))).what
    asked = Ask(AccountGiven(facts=(Fact(dt.date(2026, 1, 1), "a\udfff"),))).what
    assert isinstance(asked, AccountGiven)
    assert "a\ufffd" == asked.facts[0].words
