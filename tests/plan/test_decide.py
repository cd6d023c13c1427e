"""What the plan refuses, and every transition from phase to phase."""

from __future__ import annotations

import datetime as dt

import pytest

from fallow.errors import (
    EntryCannotChange,
    FallowError,
    HardStopHolds,
    HardStopStays,
    HardStopTooSoon,
    HourHasPassed,
    InTheFuture,
    NoSuchEntry,
    NotInThisPhase,
    NotUnderstood,
    OneMessageOnly,
    ReasonMissing,
)
from fallow.plan import (
    Because,
    BreakupDescribed,
    ConfidantNamed,
    Correction,
    DraftLetGo,
    DraftSealed,
    HardStopLeft,
    HardStopSet,
    InboundSettled,
    Logistics,
    Looked,
    ModeChosen,
    Phase,
    PlanClosed,
    PlannedMessage,
    PlanReopened,
    QuietTimeChosen,
    RanInto,
    ReviewHeld,
    SafetyNoted,
    TheyWrote,
    Urge,
    What,
    Wrote,
)
from plan.diary import Diary, moment

REASON = "We settled it together with her sister."
LATER = moment("2026-11-03 10:00").at


@pytest.fixture
def diary() -> Diary:
    """Thirty days from 1 November; the review is on 1 December."""
    made = Diary()
    made.at("2026-11-01 12:00", QuietTimeChosen(30))
    return made


def refused(diary: Diary, wall: str, what: What, *, happened: str | None = None) -> type[FallowError]:
    """The class of the refusal; the diary is as it was."""
    before = diary.plan
    with pytest.raises(FallowError) as refusal:
        diary.at(wall, what, happened=happened)
    assert before == diary.plan
    return refusal.type


# --- phases -----------------------------------------------------------------------------------------------------


def test_a_plan_starts_with_a_quiet_time() -> None:
    """Before it, nothing has started; after it, no contact."""
    diary = Diary()
    assert Phase.NOT_STARTED is diary.phase("2026-11-01")
    diary.at("2026-11-01 12:00", QuietTimeChosen())
    assert Phase.NO_CONTACT is diary.phase("2026-11-01")


def test_every_phase_from_the_lowest_to_the_highest(diary: Diary) -> None:
    """Each later condition is higher and wins."""
    steps: list[tuple[str, What]] = [
        ("2026-12-01 13:00", PlannedMessage()),
        ("2026-12-31 10:00", Urge()),
        ("2026-12-31 11:00", TheyWrote()),
        ("2026-12-31 12:00", ModeChosen("limited_contact")),
        ("2026-12-31 13:00", SafetyNoted("wish_to_die")),
        ("2026-12-31 14:00", HardStopSet("asked")),
    ]
    phases = []
    diary.clear("2026-12-01")
    for wall, what in steps:
        diary.at(wall, what)
        phases.append(diary.phase(wall[:10]).value)
    assert ["message_sent", "review", "they_wrote", "limited_contact", "safety", "hard_stop"] == phases


def test_every_phase_is_left_again(diary: Diary) -> None:
    """From the top down, as each condition ends."""
    begun: list[What] = [
        TheyWrote(),
        ModeChosen("living_together"),
        SafetyNoted("afraid"),
        HardStopSet("own_anger"),
    ]
    for what in begun:
        diary.at("2026-11-02 12:00", what)
    ends: list[What] = [
        HardStopLeft(REASON, screening_clear=True),
        SafetyNoted("afraid", holds=False),
        ModeChosen("no_contact"),
        InboundSettled(),
        ReviewHeld("extend"),
        PlanClosed("done_waiting"),
        PlanReopened(),
    ]
    phases = []
    for what in ends:
        diary.at("2026-12-05 12:00", what)
        phases.append(diary.phase("2026-12-05").value)
    expected = ["safety", "living_together", "they_wrote", "review", "no_contact", "closed", "no_contact"]
    assert expected == phases


def test_a_review_comes_back_every_thirty_days(diary: Diary) -> None:
    """Held late, the next keeps its day."""
    assert [Phase.NO_CONTACT, Phase.REVIEW] == [diary.phase(day) for day in ("2026-11-30", "2026-12-01")]
    diary.at("2026-12-04 12:00", ReviewHeld("extend"))
    assert [Phase.NO_CONTACT, Phase.REVIEW] == [diary.phase(day) for day in ("2026-12-30", "2026-12-31")]


def test_a_seal_opens_later_than_now(diary: Diary) -> None:
    """An hour that has passed would be no seal."""
    now = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
    assert HourHasPassed is refused(diary, "2026-11-02 12:00", DraftSealed("d1", now - dt.timedelta(hours=9)))


def test_a_quiet_time_for_good_is_never_reviewed(diary: Diary) -> None:
    """The one choice that no page asks about again; it can be chosen anew at any time."""
    diary.at("2026-11-02 12:00", QuietTimeChosen(for_good=True))
    assert Phase.NO_CONTACT is diary.phase("2036-11-02")
    assert None is diary.standing("2026-12-04 12:00").review_on
    diary.at("2026-12-05 12:00", QuietTimeChosen(30))
    assert Phase.NO_CONTACT is diary.phase("2026-12-30")


def test_a_quiet_time_is_extended_from_today(diary: Diary) -> None:
    """By the days asked for, and then as often again."""
    diary.at("2026-12-04 12:00", ReviewHeld("extend", 10))
    assert dt.date(2026, 12, 14) == diary.standing("2026-12-04 12:00").review_on
    diary.at("2026-12-14 12:00", ReviewHeld("extend"))
    assert dt.date(2026, 12, 24) == diary.standing("2026-12-14 12:00").review_on


def test_letting_go_at_a_review_closes_the_plan(diary: Diary) -> None:
    """Two events for one act."""
    diary.at("2026-12-01 12:00", ReviewHeld("let_go"))
    assert PlanClosed("done_waiting") == diary.records[-1].event.what
    assert Phase.CLOSED is diary.phase("2027-06-01")
    assert diary.standing("2027-06-01 12:00").review_on is None


def test_a_closed_plan_still_shows_that_they_wrote(diary: Diary) -> None:
    """The higher one wins."""
    diary.at("2026-11-02 12:00", PlanClosed())
    diary.at("2026-11-03 12:00", TheyWrote())
    assert Phase.THEY_WROTE is diary.phase("2026-11-03")


@pytest.mark.parametrize(
    ("wall", "what"),
    [
        ("2026-11-30 12:00", ReviewHeld("extend")),
        ("2026-11-02 12:00", InboundSettled()),
        ("2026-11-02 12:00", PlanReopened()),
        ("2026-11-02 12:00", HardStopLeft(REASON, screening_clear=True)),
    ],
)
def test_what_is_not_open_is_refused(diary: Diary, wall: str, what: What) -> None:
    """Too early, nothing to settle, not closed, no stop."""
    assert NotInThisPhase is refused(diary, wall, what)


def test_a_closed_plan_is_opened_before_a_quiet_time_is_chosen(diary: Diary) -> None:
    """Nor is it closed twice, nor one that never started."""
    assert NotInThisPhase is refused(Diary(), "2026-11-01 12:00", PlanClosed())
    diary.at("2026-11-02 12:00", PlanClosed())
    assert NotInThisPhase is refused(diary, "2026-11-02 13:00", PlanClosed())
    assert NotInThisPhase is refused(diary, "2026-11-02 13:00", QuietTimeChosen())


def test_no_draft_is_sealed_while_help_comes_first(diary: Diary) -> None:
    """In the safety phase; ego leaves it at will."""
    diary.at("2026-11-02 12:00", SafetyNoted("wish_to_die"))
    assert NotInThisPhase is refused(diary, "2026-11-02 12:00", DraftSealed("d1", LATER))


# --- the planned message ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("clock", "opens"), [("07:59", False), ("08:00", True), ("21:59", True), ("22:00", False)])
def test_the_planned_message_is_for_the_day(diary: Diary, clock: str, opens: bool) -> None:
    """Between 08:00 and 22:00, local, on a day after it was chosen."""
    diary.clear("2026-12-01")
    if opens:
        diary.at(f"2026-12-02 {clock}", PlannedMessage())
        assert Phase.MESSAGE_SENT is diary.phase("2026-12-02")
    else:
        assert NotInThisPhase is refused(diary, f"2026-12-02 {clock}", PlannedMessage())


def test_the_planned_message_is_for_a_review_alone(diary: Diary) -> None:
    """Not before, not dated back before, not while they wrote."""
    assert NotInThisPhase is refused(diary, "2026-11-30 12:00", PlannedMessage())
    assert NotInThisPhase is refused(diary, "2026-12-01 10:00", PlannedMessage())
    diary.clear("2026-12-01")
    assert NotInThisPhase is refused(diary, "2026-12-01 12:30", PlannedMessage(), happened="2026-11-30 12:00")
    diary.at("2026-12-01 13:00", TheyWrote())
    assert NotInThisPhase is refused(diary, "2026-12-01 13:00", PlannedMessage())


def test_there_is_one_planned_message(diary: Diary) -> None:
    """At the next review there is none; an entry cannot be turned into one either."""
    diary.clear("2026-12-01")
    diary.at("2026-12-01 13:00", PlannedMessage())
    entry = diary.at("2026-12-02 12:00", Wrote())
    assert OneMessageOnly is refused(diary, "2027-01-05 12:00", PlannedMessage())
    assert OneMessageOnly is refused(diary, "2027-01-05 12:00", ReviewHeld("one_message", draft="the-one"))
    assert EntryCannotChange is refused(diary, "2027-01-05 12:00", Correction(entry, PlannedMessage()))


def test_a_planned_message_that_was_never_sent_is_taken_back(diary: Diary) -> None:
    """The review is due again, from its beginning."""
    diary.clear("2026-12-01")
    entry = diary.at("2026-12-01 13:00", PlannedMessage())
    diary.at("2026-12-01 13:05", Correction(entry))
    assert Phase.REVIEW is diary.phase("2026-12-01")


# --- hard stop --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("because", ["asked", "blocked", "order", "violence", "own_anger"])
@pytest.mark.parametrize(
    "what",
    [DraftSealed("d1", LATER), PlannedMessage(), ReviewHeld("extend"), ReviewHeld("let_go"), QuietTimeChosen(30)],
)
def test_a_hard_stop_holds(diary: Diary, because: Because, what: What) -> None:
    """Whatever it is for, nothing words or times a message; no review is announced."""
    diary.at("2026-12-01 12:00", HardStopSet(because))
    assert HardStopHolds is refused(diary, "2026-12-01 12:01", what)
    assert diary.standing("2026-12-01 12:01").review_on is None


def test_a_hard_stop_holds_against_a_correction_into_a_planned_message(diary: Diary) -> None:
    """No way around."""
    entry = diary.at("2026-11-02 12:00", Wrote())
    diary.at("2026-12-01 12:00", HardStopSet("asked"))
    assert HardStopHolds is refused(diary, "2026-12-01 12:01", Correction(entry, PlannedMessage()))


@pytest.mark.parametrize(
    "what",
    [
        Urge(9),
        Wrote(),
        Looked(),
        TheyWrote(),
        RanInto(),
        Logistics(),
        Correction(f"{2:032x}", Logistics()),
        ConfidantNamed("M"),
        BreakupDescribed("mutual"),
        SafetyNoted("afraid"),
        HardStopSet("order"),
        PlanClosed(),
    ],
)
def test_in_a_hard_stop_what_happened_is_still_told(diary: Diary, what: What) -> None:
    """Logging, urges, corrections, a confidant and the rest stay open."""
    diary.at("2026-11-02 12:00", Wrote())
    diary.at("2026-11-02 12:00", HardStopSet("asked"))
    diary.at("2026-11-02 12:01", what)
    assert (what, Phase.HARD_STOP) == (diary.records[-1].event.what, diary.phase("2026-11-02"))


def test_to_talk_again_is_no_ending_in_a_hard_stop(diary: Diary) -> None:
    """Being done waiting is, and once the stop is lifted both are."""
    diary.at("2026-11-02 12:00", HardStopSet("asked"))
    assert HardStopHolds is refused(diary, "2026-11-02 12:01", PlanClosed("we_talk_again"))
    diary.at("2026-12-02 12:00", HardStopLeft(REASON, screening_clear=True))
    diary.at("2026-12-02 12:01", PlanClosed("we_talk_again"))
    assert PlanClosed("we_talk_again") == diary.records[-1].event.what


def test_a_hard_stop_rests_thirty_days(diary: Diary) -> None:
    """To the minute, in absolute time."""
    diary.at("2026-11-02 12:00", HardStopSet("asked"))
    leave = HardStopLeft(REASON, screening_clear=True)
    assert HardStopTooSoon is refused(diary, "2026-12-02 11:59", leave)
    diary.at("2026-12-02 12:00", leave)
    assert Phase.REVIEW is diary.phase("2026-12-02")


def test_leaving_a_hard_stop_takes_a_reason_and_a_clear_screening(diary: Diary) -> None:
    """Twenty characters, and no to every question."""
    diary.at("2026-11-02 12:00", HardStopSet("own_anger"))
    wall = "2026-12-09 12:00"
    assert ReasonMissing is refused(diary, wall, HardStopLeft("I want to." + " " * 20, screening_clear=True))
    assert HardStopStays is refused(diary, wall, HardStopLeft(REASON, screening_clear=False))


@pytest.mark.parametrize("because", ["order", "violence"])
@pytest.mark.parametrize("first", [True, False])
def test_an_order_or_violence_is_never_lifted(diary: Diary, because: Because, first: bool) -> None:
    """Whether it came first or on top of another."""
    for each in (because, "asked") if first else ("asked", because):
        diary.at("2026-11-02 12:00", HardStopSet(each))
    assert HardStopStays is refused(diary, "2036-12-09 12:00", HardStopLeft(REASON, screening_clear=True))


def test_a_further_hard_stop_keeps_the_stricter(diary: Diary) -> None:
    """Every reason, strictest first, and thirty days from the last."""
    diary.at("2026-11-02 12:00", HardStopSet("own_anger"))
    diary.at("2026-11-22 12:00", HardStopSet("blocked"))
    stop = diary.standing("2026-11-22 12:00").hard_stop
    assert stop is not None
    assert (("blocked", "own_anger"), moment("2026-11-22 12:00").at) == (stop.because, stop.set_at)
    assert HardStopTooSoon is refused(diary, "2026-12-10 12:00", HardStopLeft(REASON, screening_clear=True))


def test_a_hard_stop_can_come_before_anything_else() -> None:
    """It needs no quiet time, and none can be chosen then."""
    diary = Diary()
    diary.at("2026-11-02 12:00", HardStopSet("order"))
    assert HardStopHolds is refused(diary, "2026-11-02 12:00", QuietTimeChosen())
    assert Phase.HARD_STOP is diary.standing("2026-11-02 12:00").phase


# --- time and entries -------------------------------------------------------------------------------------------


def test_the_future_is_refused(diary: Diary) -> None:
    """Beyond five minutes, and a start beyond today."""
    diary.at("2026-11-02 12:00", Urge(), happened="2026-11-02 12:05")
    assert InTheFuture is refused(diary, "2026-11-02 12:00", Urge(), happened="2026-11-02 12:06")
    assert InTheFuture is refused(diary, "2026-11-02 12:00", QuietTimeChosen(30, dt.date(2026, 11, 3)))


def test_a_start_before_living_memory_is_not_understood(diary: Diary) -> None:
    """A slip of the finger is seen."""
    assert NotUnderstood is refused(diary, "2026-11-02 12:00", QuietTimeChosen(30, dt.date(202, 1, 1)))


def test_only_logged_entries_can_be_corrected(diary: Diary) -> None:
    """Not decisions, not corrections, not what is not there."""
    entry = diary.at("2026-11-02 12:00", Wrote())
    correction = diary.at("2026-11-02 12:00", Correction(entry))
    assert EntryCannotChange is refused(diary, "2026-11-02 12:00", Correction(diary.records[0].id))
    assert EntryCannotChange is refused(diary, "2026-11-02 12:00", Correction(correction))
    assert NoSuchEntry is refused(diary, "2026-11-02 12:00", Correction("f" * 32))


def test_a_draft_that_is_not_there_cannot_be_let_go(diary: Diary) -> None:
    """Nor twice."""
    assert NoSuchEntry is refused(diary, "2026-11-02 12:00", DraftLetGo("d1"))
