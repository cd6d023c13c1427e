"""What is arranged beforehand, and what they wrote: what is taken and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from fallow.errors import (
    BudgetSpent,
    CalmDayNeeded,
    FallowError,
    GateOnlyLonger,
    HardStopHolds,
    HourHasPassed,
    NoSuchEntry,
    NotInThisPhase,
    NotUnderstood,
    PauseFirst,
    SoberGateHolds,
)
from fallow.plan import (
    GATES,
    DateDecided,
    DateDropped,
    DateNoted,
    DraftReread,
    DraftSealed,
    Gate,
    HardStopSet,
    IfThenPlanned,
    InboundPutOff,
    InboundSettled,
    InboundTriaged,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    PageOpened,
    Phase,
    QuestionParked,
    QuestionSettled,
    QuietTimeChosen,
    SafetyNoted,
    SoberGateSet,
    Step,
    TheyWrote,
    Triage,
    Urge,
    What,
    gate_open,
    next_occurrence,
    read_budget,
    read_dates,
    read_items,
    read_rereads,
    require_open,
)
from plan.diary import Diary, moment


@pytest.fixture
def diary() -> Diary:
    made = Diary()
    made.at("2026-11-01 12:00", QuietTimeChosen(30))
    return made


def refused(diary: Diary, wall: str, what: What) -> type[FallowError]:
    before = diary.plan
    with pytest.raises(FallowError) as refusal:
        diary.at(wall, what)
    assert before == diary.plan
    return refusal.type


# --- gates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", GATES)
def test_a_hard_stop_closes_every_gate(diary: Diary, gate: Gate) -> None:
    """Also where help comes first as well."""
    now = moment("2026-11-02 12:00")
    require_open(diary.plan, gate, now)
    diary.at("2026-11-02 12:00", SafetyNoted("afraid"))
    diary.at("2026-11-02 12:00", HardStopSet("asked"))
    with pytest.raises(HardStopHolds):
        require_open(diary.plan, gate, now)
    assert not gate_open(diary.plan, gate, now)


@pytest.mark.parametrize(
    ("what", "closed"),
    [
        (SafetyNoted("wish_to_die"), {"write", "logistics", "review", "reasons", "forecast"}),
        (SoberGateSet(moment("2026-11-03 12:00").at), {"write", "review"}),
        (Urge(9), set()),
    ],
)
def test_what_closes_which_gate(diary: Diary, what: What, closed: set[str]) -> None:
    """While help comes first all that words or weighs; in a sober gate writing and the review, never logistics."""
    diary.at("2026-11-02 12:00", what)
    assert closed == {gate for gate in GATES if not gate_open(diary.plan, gate, moment("2026-11-02 12:30"))}


def test_a_sober_gate_opens_by_itself_and_only_gets_longer(diary: Diary) -> None:
    """Until noon tomorrow; later can be said, earlier not, and two days is the most."""
    noon = moment("2026-11-03 12:00").at
    diary.at("2026-11-02 18:00", SoberGateSet(noon))
    assert GateOnlyLonger is refused(diary, "2026-11-02 23:00", SoberGateSet(noon - dt.timedelta(hours=2)))
    assert SoberGateHolds is refused(diary, "2026-11-02 23:00", DraftSealed("d1", noon))
    assert HourHasPassed is refused(diary, "2026-11-02 23:00", SoberGateSet(moment("2026-11-02 22:00").at))
    assert NotUnderstood is refused(diary, "2026-11-02 23:00", SoberGateSet(noon + dt.timedelta(days=3)))
    diary.at("2026-11-03 12:00", DraftSealed("d1", moment("2026-11-04 10:00").at))


# --- they wrote -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("triage", "waits"), [("necessary", False), ("pressure", False), ("about_us", True), ("ambiguous", True)]
)
def test_the_pause_is_ten_minutes_but_not_for_what_cannot_wait(diary: Diary, triage: Triage, waits: bool) -> None:
    """Children, health and danger go on at once."""
    diary.at("2026-11-02 12:00", TheyWrote())
    if waits:
        assert PauseFirst is refused(diary, "2026-11-02 12:09", InboundTriaged(triage))
    diary.at("2026-11-02 12:10" if waits else "2026-11-02 12:00", InboundTriaged(triage))
    assert triage == diary.plan.inbound.triage


def test_the_pause_says_how_long(diary: Diary) -> None:
    """In whole minutes, rounded up."""
    diary.at("2026-11-02 12:00", TheyWrote())
    with pytest.raises(PauseFirst) as refusal:
        diary.at("2026-11-02 12:03", InboundTriaged("ambiguous"))
    assert {"minutes": 7} == refusal.value.details


@pytest.mark.parametrize(
    ("triage", "step", "fits"),
    [
        ("necessary", "short_answer", True),
        ("ambiguous", "short_answer", False),
        ("about_us", "slow_start", True),
        ("pressure", "slow_start", False),
        ("ambiguous", "not_now", True),
        ("necessary", "open_slowly", False),
        ("pressure", "keep_evidence", True),
        ("about_us", "nothing", True),
    ],
)
def test_a_step_fits_what_it_was(diary: Diary, triage: Triage, step: Step, fits: bool) -> None:
    """Nothing, services, evidence and a stop are open in every branch."""
    diary.at("2026-11-02 12:00", TheyWrote())
    diary.at("2026-11-02 12:30", InboundTriaged(triage))
    if fits:
        diary.at("2026-11-02 12:31", InboundSettled(step))
        assert not diary.plan.inbound.open
    else:
        assert NotInThisPhase is refused(diary, "2026-11-02 12:31", InboundSettled(step))


def test_in_a_hard_stop_only_what_is_no_answer_is_open(diary: Diary) -> None:
    """No shape and no stance; leaving it, services, evidence."""
    diary.at("2026-11-02 12:00", TheyWrote())
    diary.at("2026-11-02 12:30", InboundTriaged("necessary"))
    diary.at("2026-11-02 12:30", HardStopSet("asked"))
    assert HardStopHolds is refused(diary, "2026-11-02 12:31", InboundSettled("short_answer"))
    diary.at("2026-11-02 12:31", InboundSettled("keep_evidence"))


def test_putting_it_off_lasts_until_tomorrow_or_until_they_write_again(diary: Diary) -> None:
    """Today it is out of sight; tomorrow, or when more came, it is there again."""
    diary.at("2026-11-02 12:00", TheyWrote())
    diary.at("2026-11-02 12:01", InboundPutOff())
    assert [Phase.NO_CONTACT, Phase.THEY_WROTE] == [diary.phase(day) for day in ("2026-11-02", "2026-11-03")]
    diary.at("2026-11-02 15:00", TheyWrote())
    assert Phase.THEY_WROTE is diary.phase("2026-11-02")


# --- kept for oneself -------------------------------------------------------------------------------------------


def test_a_parked_question_is_settled_once(diary: Diary) -> None:
    """A week later, or before."""
    diary.at("2026-11-02 12:00", QuestionParked("q1", moment("2026-11-09 12:00").at))
    diary.at("2026-11-03 12:00", QuestionSettled("q1"))
    assert NoSuchEntry is refused(diary, "2026-11-03 12:00", QuestionSettled("q1"))
    assert HourHasPassed is refused(diary, "2026-11-03 12:00", QuestionParked("q2", moment("2026-11-03 12:00").at))


def test_a_draft_is_read_again_when_it_is_open(diary: Diary) -> None:
    """The last answer to each draft stands."""
    diary.at("2026-11-02 12:00", DraftSealed("d1", moment("2026-11-03 10:00").at))
    assert NotInThisPhase is refused(diary, "2026-11-03 09:00", DraftReread("d1", "yes"))
    diary.at("2026-11-03 10:00", DraftReread("d1", "yes"))
    diary.at("2026-11-03 11:00", DraftReread("d1", "no"))
    assert (DraftReread("d1", "no"),) == read_rereads(diary.plan)
    assert NoSuchEntry is refused(diary, "2026-11-03 11:00", DraftReread("d2", "no"))


@pytest.mark.parametrize(
    ("wall", "taken"),
    [("2026-12-20 12:00", True), ("2026-12-22 12:00", True), ("2026-12-23 12:00", False), ("2026-12-20 23:00", False)],
)
def test_a_date_is_decided_on_a_calm_day(diary: Diary, wall: str, taken: bool) -> None:
    """By daylight, and two days or more beforehand."""
    date = diary.at("2026-11-02 12:00", DateNoted("Christmas Eve", 12, 24, "holiday"))
    if taken:
        diary.at(wall, DateDecided(date, "At my sister's, phone in the drawer."))
        assert "At my sister's, phone in the drawer." == read_dates(diary.plan)[0].decision
    else:
        assert CalmDayNeeded is refused(diary, wall, DateDecided(date, "x"))


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2027-02-01", "2027-02-28"), ("2027-03-01", "2028-02-29"), ("2028-02-29", "2028-02-29")],
)
def test_the_twenty_ninth_of_february_comes_every_year(today: str, expected: str) -> None:
    """On the 28th where there is none."""
    noted = DateNoted("A day", 2, 29)
    assert dt.date.fromisoformat(expected) == next_occurrence(noted, dt.date.fromisoformat(today))


def test_a_date_that_is_none_is_not_understood(diary: Diary) -> None:
    """Nor can one be dropped twice."""
    assert NotUnderstood is refused(diary, "2026-11-02 12:00", DateNoted("A day", 2, 30))
    date = diary.at("2026-11-02 12:00", DateNoted("A day", 2, 28))
    diary.at("2026-11-02 12:00", DateDropped(date))
    assert () == read_dates(diary.plan)
    assert NoSuchEntry is refused(diary, "2026-11-02 12:00", DateDropped(date))


@pytest.mark.parametrize(("first", "until"), [(18, 9), (9, 9), (0, 0)])
def test_hours_for_logistics_go_forwards(diary: Diary, first: int, until: int) -> None:
    """From nine to eighteen, or always; said again, the last holds. In a clear stop no hours are set."""
    assert NotUnderstood is refused(diary, "2026-11-02 12:00", LimitsSet("e-mail", (), first, until))
    diary.at("2026-11-02 12:00", LimitsSet("e-mail"))
    diary.at("2026-11-02 12:00", LimitsSet("e-mail", ("the dog",), 9, 18))
    assert LimitsSet("e-mail", ("the dog",), 9, 18) == diary.plan.terms.limits
    diary.at("2026-11-02 12:00", HardStopSet("order"))
    assert HardStopHolds is refused(diary, "2026-11-02 12:00", LimitsSet("e-mail"))


def test_an_item_is_settled_by_its_id(diary: Diary) -> None:
    """It stays on the list as settled; nothing else can be."""
    item = diary.at("2026-11-02 12:00", ItemNoted("The bicycle", "mine"))
    diary.at("2026-11-02 12:00", ItemSettled(item))
    assert [True] == [kept.settled for kept in read_items(diary.plan)]
    assert NoSuchEntry is refused(diary, "2026-11-02 12:00", ItemSettled(diary.records[0].id))


def test_an_if_then_plan_has_its_place(diary: Diary) -> None:
    """Said again it is replaced; said with nothing it is cleared."""
    diary.at("2026-11-02 12:00", IfThenPlanned(2, "In bed", "Water, then ten pages"))
    diary.at("2026-11-02 12:00", IfThenPlanned(1, "A song", "Out of the room"))
    diary.at("2026-11-02 12:00", IfThenPlanned(2))
    assert [1] == [each.place for each in diary.plan.terms.if_then]


def test_a_page_has_its_weekly_budget(diary: Diary) -> None:
    """The picture three times in seven days, the forecast once; each hour is one opening."""
    for wall in ("2026-11-02 12:00", "2026-11-03 12:00", "2026-11-04 12:00"):
        diary.at(wall, PageOpened("picture"))
    spent = read_budget(diary.plan, "picture", moment("2026-11-04 13:00"))
    assert (False, 3, 3, dt.date(2026, 11, 9)) == (spent.open, spent.used, spent.of, spent.opens_on)
    assert BudgetSpent is refused(diary, "2026-11-09 11:59", PageOpened("picture"))
    diary.at("2026-11-09 12:00", PageOpened("picture"))
    assert read_budget(diary.plan, "picture", moment("2026-11-09 12:59")).open
    diary.at("2026-11-09 12:00", PageOpened("forecast"))
    assert BudgetSpent is refused(diary, "2026-11-16 11:59", PageOpened("forecast"))


def test_a_hard_stop_keeps_the_forecast_closed(diary: Diary) -> None:
    """Always."""
    diary.at("2026-11-02 12:00", HardStopSet("asked"))
    assert HardStopHolds is refused(diary, "2026-11-02 12:00", PageOpened("forecast"))
