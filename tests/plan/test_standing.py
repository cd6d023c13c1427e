"""The standing: every row of the counting table, and the days that make it hard."""

from __future__ import annotations

import datetime as dt

import pytest

from fallow.plan import (
    Accident,
    BreakupDescribed,
    ConfidantNamed,
    Correction,
    DraftLetGo,
    DraftSealed,
    InboundSettled,
    Label,
    Logged,
    Logistics,
    Looked,
    Met,
    ModeChosen,
    Phase,
    PlanClosed,
    PlannedMessage,
    PlanReopened,
    QuietTimeChosen,
    RanInto,
    Replied,
    TheyWrote,
    Urge,
    Wrote,
)
from plan.diary import Diary, moment


@pytest.fixture
def diary() -> Diary:
    """Thirty days from 1 November, chosen at noon of that day."""
    made = Diary()
    made.at("2026-11-01 12:00", QuietTimeChosen(30))
    return made


ROWS: list[tuple[Logged, tuple[int, int, int, int], str | None, Label]] = [
    (Wrote(), (19, 20, 10, 20), "wrote", "wrote"),
    (Replied(), (19, 20, 10, 20), "replied", "replied"),
    (Replied(necessary=True), (20, 20, 20, 20), None, "replied_necessary"),
    (Logistics(), (20, 20, 20, 20), None, "logistics"),
    (TheyWrote(), (20, 20, 20, 20), None, "they_wrote"),
    (Looked(), (20, 20, 20, 10), None, "looked"),
    (Accident(), (20, 20, 20, 20), None, "accident"),
    (RanInto(), (20, 20, 20, 20), None, "ran_into"),
    (Met(), (19, 20, 20, 20), None, "met"),
    (Urge(7), (20, 20, 20, 20), None, "urge"),
]


@pytest.mark.parametrize(("what", "counts", "grade", "label"), ROWS)
def test_each_row_of_the_counting_table(
    diary: Diary, what: Logged, counts: tuple[int, int, int, int], grade: str | None, label: Label
) -> None:
    """Logged on 11 November, seen on the 21st: (quiet, of, since reached out, since looked), grade and label."""
    diary.at("2026-11-11 20:00", what)
    assert counts == diary.counts("2026-11-21 12:00")
    seen = diary.standing("2026-11-21 12:00")
    assert (grade, {label: 1}) == (seen.grade, seen.totals)


def test_meeting_restarts_nothing_and_is_no_lapse(diary: Diary) -> None:
    """Its day is out once, also with a lapse on the same day; taken back, the day is there again."""
    diary.at("2026-11-11 20:00", Met())
    assert (10, 11, 11, 11) == diary.counts("2026-11-12 09:00")
    wrote = diary.at("2026-11-11 23:00", Wrote())
    assert (19, 20, 10, 20) == diary.counts("2026-11-21 12:00")
    diary.at("2026-11-21 12:10", Correction(wrote))
    assert (19, 20, 20, 20) == diary.counts("2026-11-21 12:20")
    assert None is diary.standing("2026-11-21 12:20").grade


def test_the_planned_message_has_its_own_marker(diary: Diary) -> None:
    """It moves no counter and starts a wait of thirty days."""
    diary.clear("2026-12-01")
    diary.at("2026-12-01 12:30", PlannedMessage())
    assert (35, 35, 35, 35) == diary.counts("2026-12-06 10:00")
    seen = diary.standing("2026-12-06 10:00")
    assert (dt.date(2026, 12, 1), 5, dt.date(2026, 12, 31)) == (
        seen.message_sent_on,
        seen.since_message,
        seen.review_on,
    )


def test_a_lapse_entered_late_makes_the_total_wait(diary: Diary) -> None:
    """It is never taken down; how long it waits is told."""
    assert 0 == diary.standing("2026-11-21 12:00").held_days
    diary.at("2026-11-21 12:00", Urge())
    diary.at("2026-11-21 12:01", Wrote(), happened="2026-11-15 20:00")
    waiting = diary.standing("2026-11-21 13:00")
    assert (20, 20, 1) == (waiting.quiet_days, waiting.of_days, waiting.held_days)
    assert 0 == diary.standing("2026-11-22 13:00").held_days


def test_both_lapses_on_one_day_are_told_as_the_heavier() -> None:
    """And one day is taken, once."""
    diary = Diary()
    diary.at("2026-11-01 12:00", QuietTimeChosen(30))
    diary.at("2026-11-05 12:00", Wrote())
    diary.at("2026-11-05 13:00", Replied())
    assert ((9, 10, 6, 10), "wrote") == (diary.counts("2026-11-11 12:00"), diary.standing("2026-11-11 12:00").grade)


def test_twenty_seven_of_twenty_eight_days(diary: Diary) -> None:
    """Never zero."""
    diary.at("2026-11-28 23:00", Wrote())
    assert (27, 28, 1, 28) == diary.counts("2026-11-29 07:00")


def test_a_late_entry_pauses_the_count(diary: Diary) -> None:
    """Told on the 11th of the 5th: ten stays ten for a day."""
    diary.at("2026-11-11 12:00", Wrote(), happened="2026-11-05 23:00")
    assert [10, 10, 11] == [diary.counts(f"2026-11-{day} 12:00")[0] for day in (11, 12, 13)]


def test_correcting_a_mistaken_lapse_gives_its_day_back(diary: Diary) -> None:
    """Taken back, or relabelled to what it was."""
    entry = diary.at("2026-11-05 12:00", Wrote())
    assert (9, 10, 6, 10) == diary.counts("2026-11-11 12:00")
    diary.at("2026-11-11 12:00", Correction(entry, Logistics()))
    assert (10, 10, 10, 10) == diary.counts("2026-11-11 12:00")
    assert {"logistics": 1} == diary.standing("2026-11-11 12:00").totals


def test_a_correction_is_corrected_by_correcting_the_entry_anew(diary: Diary) -> None:
    """Taken back, then told as a reply after all."""
    entry = diary.at("2026-11-05 12:00", Wrote())
    diary.at("2026-11-06 12:00", Correction(entry))
    diary.at("2026-11-07 12:00", Correction(entry, Replied()))
    seen = diary.standing("2026-11-11 12:00")
    assert ("replied", 6, {"replied": 1}) == (seen.grade, seen.since_reached_out, seen.totals)
    assert Replied() == diary.plan.stands_as(diary.records[1])


def test_an_entry_relabelled_as_theirs_opens_and_taken_back_closes(diary: Diary) -> None:
    """The phase follows what stands."""
    entry = diary.at("2026-11-05 12:00", Wrote())
    diary.at("2026-11-05 13:00", Correction(entry, TheyWrote()))
    assert Phase.THEY_WROTE is diary.phase("2026-11-06")
    diary.at("2026-11-05 14:00", Correction(entry))
    assert Phase.NO_CONTACT is diary.phase("2026-11-06")


def test_living_together_has_no_count_and_its_days_are_in_neither_number(diary: Diary) -> None:
    """None while it lasts; afterwards the total is what it was."""
    diary.at("2026-11-11 12:00", ModeChosen("living_together"))
    assert (None, None, None, None) == diary.counts("2026-11-15 12:00")
    diary.at("2026-11-21 12:00", ModeChosen("no_contact"))
    assert (10, 10) == diary.counts("2026-11-21 12:00")[:2]
    assert (12, 12) == diary.counts("2026-11-23 12:00")[:2]


def test_a_closed_plan_rests_and_reopening_goes_on(diary: Diary) -> None:
    """Days while closed are in neither number."""
    diary.at("2026-11-11 12:00", PlanClosed("we_talk_again"))
    assert (10, 10) == diary.counts("2026-11-20 12:00")[:2]
    diary.at("2026-11-21 12:00", PlanReopened())
    assert (13, 13) == diary.counts("2026-11-24 12:00")[:2]


def test_before_a_quiet_time_is_chosen_nothing_is_counted() -> None:
    """An urge at two in the morning may come first."""
    diary = Diary()
    diary.at("2026-11-01 02:00", Urge(9))
    assert (None, None, None, None) == diary.counts("2026-11-01 02:00")
    assert (1, 1) == (diary.standing("2026-11-01 02:00").urges_today, diary.standing("2026-11-01 02:00").urges)


def test_choosing_again_keeps_the_days(diary: Diary) -> None:
    """A later start moves what is counted since, and the reviews; no total is lost."""
    diary.at("2026-11-11 12:00", QuietTimeChosen(60, dt.date(2026, 11, 9)))
    assert (10, 10, 2, 2) == diary.counts("2026-11-11 12:00")
    assert dt.date(2026, 12, 9) == diary.standing("2026-11-11 12:00").review_on


def test_an_earlier_start_adds_days_without_known_lapses(diary: Diary) -> None:
    """Ten more, less one that was logged."""
    diary.at("2026-11-02 12:00", Wrote(), happened="2026-10-25 12:00")
    diary.at("2026-11-03 12:00", QuietTimeChosen(30, dt.date(2026, 10, 22)))
    assert (11, 12) == diary.counts("2026-11-03 12:00")[:2]


# --- days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "first", "last", "days"),
    [
        ("Europe/Berlin", "2026-10-20", "2026-10-30", 10),
        ("Europe/Dublin", "2027-03-25", "2027-04-04", 10),
        ("America/Sao_Paulo", "2018-10-30", "2018-11-09", 10),
        ("Australia/Lord_Howe", "2026-09-30", "2026-10-10", 10),
        ("Asia/Kathmandu", "2028-02-20", "2028-03-01", 10),
        ("Pacific/Apia", "2011-12-25", "2012-01-04", 10),
    ],
)
@pytest.mark.parametrize("clock", ["00:00", "00:30", "12:00", "23:59"])
def test_days_hold_where_the_clock_does_not(zone: str, first: str, last: str, days: int, clock: str) -> None:
    """DST, a midnight or a whole day left out, a leap day: days are dates."""
    diary = Diary(zone)
    diary.at(f"{first} {clock}", QuietTimeChosen(30))
    assert (days, days) == diary.counts(f"{last} {clock}")[:2]


def test_a_lapse_lies_on_the_day_it_was_where_it_happened(diary: Diary) -> None:
    """Written at 23:30 in Tokyo, that day, though in Berlin it was afternoon."""
    diary.at("2026-11-11 23:30", Wrote(), zone="Asia/Tokyo")
    assert {(dt.date(2026, 11, 11), "wrote"): 1} == dict(diary.plan.tally.items())


def test_flying_west_over_the_date_line_takes_nothing(diary: Diary) -> None:
    """Recorded in Kiritimati on the 11th; seen in Pago Pago a little later, on the 10th."""
    diary.at("2026-11-11 09:00", Urge(2), zone="Pacific/Kiritimati")
    seen = diary.standing("2026-11-10 09:00", "Pacific/Pago_Pago")
    assert (10, False, dt.date(2026, 11, 11)) == (seen.quiet_days, seen.clock_behind, seen.today)


@pytest.mark.parametrize("wall", ["2026-11-10 12:00", "2025-11-11 12:00"])
def test_a_clock_set_back_is_shown_and_takes_nothing(diary: Diary, wall: str) -> None:
    """A day or a year: the later day is used, and it is said."""
    diary.at("2026-11-11 12:00", Urge(2))
    assert not diary.standing("2026-11-11 12:00").clock_behind
    assert (10, 10, True) == (*diary.counts(wall)[:2], diary.standing(wall).clock_behind)


def test_a_rule_that_changes_later_moves_no_day(diary: Diary) -> None:
    """The dates kept with the event count, not what the zone says today."""
    entry = diary.at("2026-11-05 12:00", Wrote())
    event = diary.records[-1].event
    assert entry == diary.records[-1].id
    assert (dt.date(2026, 11, 5), dt.date(2026, 11, 5)) == (event.day, event.recorded_day)


# --- the rest of Today ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "review_on"), [(7, "2026-11-08"), (30, "2026-12-01"), (45, "2026-12-01"), (None, "2026-12-01")]
)
def test_a_review_falls_every_thirty_days(days: int | None, review_on: str) -> None:
    """Whatever was chosen, but for a shorter quiet time, which is looked at when it is over."""
    diary = Diary()
    diary.at("2026-11-01 12:00", QuietTimeChosen(days))
    assert dt.date.fromisoformat(review_on) == diary.standing("2026-11-02 12:00").review_on


def test_two_weeks_away_lose_nothing(diary: Diary) -> None:
    """Nothing logged: the days stand, and Today may say welcome back."""
    assert (15, 15) == (diary.standing("2026-11-16 12:00").away_days, diary.counts("2026-11-16 12:00")[0])


def test_sealed_drafts_are_listed_until_let_go(diary: Diary) -> None:
    """Sealed until ten, then open to be read; gone when let go."""
    opens_at = moment("2026-11-03 10:00").at
    diary.at("2026-11-03 02:00", DraftSealed("d1", opens_at))
    sealed = [
        [each.sealed for each in diary.standing(wall).drafts] for wall in ("2026-11-03 09:59", "2026-11-03 10:00")
    ]
    assert [[True], [False]] == sealed
    diary.at("2026-11-03 11:00", DraftLetGo("d1"))
    assert () == diary.standing("2026-11-03 12:00").drafts


def test_the_last_inbound_contact_is_told_open_or_settled(diary: Diary) -> None:
    """An unsettled one comes before a later settled one."""
    assert diary.standing("2026-11-02 12:00").inbound is None
    first = diary.at("2026-11-03 12:00", TheyWrote())
    diary.at("2026-11-04 12:00", InboundSettled())
    settled = diary.standing("2026-11-04 12:00").inbound
    assert settled is not None
    assert (first, False) == (settled.id, settled.open)
    earlier = diary.at("2026-11-05 12:00", TheyWrote(), happened="2026-11-02 12:00")
    unsettled = diary.standing("2026-11-05 12:00").inbound
    assert unsettled is not None
    assert (earlier, True) == (unsettled.id, unsettled.open)


def test_what_was_told_last_stands(diary: Diary) -> None:
    """Who ended it, whom to call, how long."""
    diary.at("2026-11-02 12:00", BreakupDescribed("alter", "yes"))
    diary.at("2026-11-02 12:00", ConfidantNamed("M"))
    diary.at("2026-11-02 12:00", ConfidantNamed("K", "1", "hello"))
    seen = diary.standing("2026-11-02 12:00")
    assert ("alter", "K", 30, dt.date(2026, 11, 1)) == (
        seen.breakup.initiator,
        seen.confidant and seen.confidant.name,
        seen.chosen_days,
        seen.start,
    )


def test_urges_are_counted_by_the_day_and_in_all(diary: Diary) -> None:
    """Two today, three ever."""
    for wall in ("2026-11-02 12:00", "2026-11-03 01:00", "2026-11-03 23:00"):
        diary.at(wall, Urge(4))
    seen = diary.standing("2026-11-03 23:30")
    assert (2, 3) == (seen.urges_today, seen.urges)
