"""The review's check of state, point by point, and the chain to one message."""

from __future__ import annotations

import datetime as dt

import pytest

from fallow.errors import (
    ChecksMissing,
    FallowError,
    NotInThisPhase,
    NotUnderstood,
    OneMessageOnly,
    ReasonMissing,
    SoberGateHolds,
)
from fallow.plan import (
    BreakupDescribed,
    Check,
    CheckName,
    DraftLetGo,
    DraftSealed,
    HardStopSet,
    MoodChecked,
    PlannedMessage,
    QuietTimeChosen,
    Reason,
    ReviewAdvanced,
    ReviewAnswered,
    ReviewHeld,
    SoberGateSet,
    Urge,
    What,
    Wrote,
    read_readiness,
)
from plan.diary import Diary, moment

DUE = "2026-12-01"


@pytest.fixture
def diary() -> Diary:
    """Thirty days from 1 November; the review is on 1 December."""
    made = Diary()
    made.at("2026-11-01 12:00", QuietTimeChosen(30))
    return made


def point(diary: Diary, name: CheckName, wall: str = f"{DUE} 12:00", draft: str | None = None) -> Check:
    found = read_readiness(diary.plan, moment(wall), draft)
    return next(check for check in found.checks if check.name == name)


def refused(diary: Diary, wall: str, what: What) -> type[FallowError]:
    with pytest.raises(FallowError) as refusal:
        diary.at(wall, what)
    return refusal.type


def test_nothing_done_is_not_known_and_not_ready(diary: Diary) -> None:
    """What nobody has said or measured is None, never yes."""
    found = read_readiness(diary.plan, moment(f"{DUE} 12:00"))
    unknown = {check.name for check in found.checks if check.holds is None}
    assert {"purpose", "changed", "mood", "rested", "reader", "no_reply"} == unknown
    assert not found.ready


@pytest.mark.parametrize(
    ("days_ago", "holds", "counted"),
    [
        ((), True, (0, 0)),
        ((13, 12, 2), True, (1, 2)),
        ((13, 2), False, (1, 1)),
        ((3, 2), False, (2, 0)),
        ((20,), True, (0, 0)),
    ],
)
def test_urges_fall_when_this_week_has_fewer(
    diary: Diary, days_ago: tuple[int, ...], holds: bool, counted: tuple[int, int]
) -> None:
    """The last seven days against the seven before; none in fourteen holds too, and as many does not."""
    for days in sorted(days_ago, reverse=True):
        day = dt.date(2026, 12, 1) - dt.timedelta(days=days)
        diary.at(f"{day} 12:00", Urge(5))
    check = point(diary, "urges")
    assert (holds, *counted) == (check.holds, check.have, check.before)


def test_urges_need_fourteen_days_of_log() -> None:
    """A log that began ten days ago cannot say that they fall."""
    diary = Diary()
    diary.at("2026-11-21 12:00", QuietTimeChosen(30, dt.date(2026, 11, 1)))
    assert Check("urges", None) == point(diary, "urges")


@pytest.mark.parametrize(("phq2", "holds"), [(0, True), (2, True), (3, False), (6, False)])
def test_low_mood_begins_at_three(diary: Diary, phq2: int, holds: bool) -> None:
    """PHQ-2 below 3, of this week."""
    diary.at("2026-11-28 12:00", MoodChecked(phq2))
    assert Check("mood", holds, phq2) == point(diary, "mood")
    assert None is point(diary, "mood", "2026-12-06 12:00").holds


def test_a_draft_rests_seventy_two_hours(diary: Diary) -> None:
    """To the minute, from when it was sealed last."""
    diary.at("2026-11-28 12:00", DraftSealed("d1", moment("2026-11-29 10:00").at))
    assert Check("rested", False, 71) == point(diary, "rested", "2026-12-01 11:59")
    assert Check("rested", True, 72) == point(diary, "rested", "2026-12-01 12:00")
    diary.at("2026-12-01 13:00", DraftLetGo("d1"))
    assert Check("rested", None) == point(diary, "rested", "2026-12-01 14:00")


def test_a_draft_still_sealed_has_not_rested(diary: Diary) -> None:
    """However long ago it was put away."""
    diary.at("2026-11-20 12:00", DraftSealed("d1", moment("2026-12-20 10:00").at))
    assert False is point(diary, "rested").holds


def test_one_message_takes_every_point(diary: Diary) -> None:
    """With all of them it is chosen; with one answered no it is not, and neither is it said to be sent."""
    diary.clear(DUE)
    diary.at(f"{DUE} 12:10", ReviewAnswered("reader", holds=False))
    assert NotInThisPhase is refused(diary, f"{DUE} 12:15", PlannedMessage())
    assert ChecksMissing is refused(diary, f"{DUE} 12:15", ReviewHeld("one_message", reason="talk"))
    diary.at(f"{DUE} 12:20", ReviewAnswered("reader", holds=True, words="Mira."))
    diary.at(f"{DUE} 12:30", ReviewHeld("one_message", reason="talk"))
    diary.at(f"{DUE} 12:40", PlannedMessage())
    assert OneMessageOnly is refused(diary, "2026-12-31 12:00", ReviewHeld("one_message", reason="talk"))


def test_the_draft_that_is_meant_is_written_down(diary: Diary) -> None:
    """Left out, it is the one that was sealed first and is open."""
    diary.at("2026-11-20 12:00", DraftSealed("first", moment("2026-11-21 10:00").at))
    diary.clear(DUE)
    diary.at(f"{DUE} 13:00", ReviewHeld("one_message", reason="talk"))
    assert ReviewHeld("one_message", draft="first", reason="talk") == diary.records[-1].event.what


def test_one_message_names_what_it_is_for(diary: Diary) -> None:
    """Without a reason it is not understood; a yes without a word is none."""
    diary.clear(DUE)
    assert NotUnderstood is refused(diary, f"{DUE} 13:00", ReviewHeld("one_message"))
    assert ReasonMissing is refused(diary, f"{DUE} 13:00", ReviewAnswered("purpose", holds=True, words="  "))


def test_a_greeting_waits_for_the_period() -> None:
    """Sixty days were chosen: at the review of day thirty a greeting is not offered, a request to talk is."""
    diary = Diary()
    diary.at("2026-11-01 12:00", QuietTimeChosen(60))
    diary.clear(DUE)
    assert NotInThisPhase is refused(diary, f"{DUE} 13:00", ReviewHeld("one_message", reason="greeting"))
    diary.at(f"{DUE} 13:00", ReviewHeld("one_message", reason="talk"))


def test_extending_begins_the_next_review_with_nothing(diary: Diary) -> None:
    """Answers are of one review; they do not carry over."""
    diary.clear(DUE)
    diary.at(f"{DUE} 13:00", ReviewHeld("extend"))
    assert NotInThisPhase is refused(diary, "2026-12-02 12:00", ReviewAnswered("purpose", holds=True, words="x"))
    assert None is point(diary, "purpose", "2026-12-31 12:00").holds


def test_a_night_or_a_gate_holds_it_back(diary: Diary) -> None:
    """Not after ten, and not in the hours of a gate set beforehand."""
    diary.clear(DUE)
    diary.at(f"{DUE} 13:00", SoberGateSet(moment("2026-12-02 12:00").at))
    assert SoberGateHolds is refused(diary, f"{DUE} 14:00", PlannedMessage())
    assert SoberGateHolds is refused(diary, f"{DUE} 14:00", ReviewHeld("extend"))
    assert NotInThisPhase is refused(diary, "2026-12-02 22:00", PlannedMessage())
    diary.at("2026-12-02 12:00", PlannedMessage())


# --- before its day ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("because", ["bereavement", "health", "legal_deadline"])
def test_a_real_reason_overrides_the_time(diary: Diary, because: str) -> None:
    """Due at once; urges, mood, change and seventy-two hours are not asked."""
    diary.at("2026-11-04 08:00", DraftSealed("d1", moment("2026-11-04 11:00").at))
    diary.at("2026-11-04 12:00", ReviewAdvanced(because))  # type: ignore[arg-type]
    assert dt.date(2026, 11, 4) == diary.standing("2026-11-04 12:00").review_on
    for question in ("purpose", "reader", "no_reply"):
        diary.at("2026-11-04 12:00", ReviewAnswered(question, holds=True, words="x"))  # type: ignore[arg-type]
    diary.at("2026-11-04 12:00", ReviewHeld("one_message", reason="condolence"))
    diary.at("2026-11-04 12:05", PlannedMessage())
    assert OneMessageOnly is refused(diary, "2026-11-20 12:00", ReviewAdvanced("health"))


@pytest.mark.parametrize(
    ("sudden", "wrote", "opens"),
    [("yes", None, True), ("no", None, False), ("unknown", None, False), ("yes", "2026-11-08 12:00", False)],
)
def test_a_small_fight_takes_a_short_cooling(sudden: str, wrote: str | None, opens: bool) -> None:
    """Only when it was sudden, and three days after the last word."""
    diary = Diary()
    diary.at("2026-11-05 12:00", QuietTimeChosen(30))
    diary.at("2026-11-05 12:00", BreakupDescribed("mutual", sudden))  # type: ignore[arg-type]
    if wrote is not None:
        diary.at(wrote, Wrote())
    if opens:
        diary.at("2026-11-09 12:00", ReviewAdvanced("small_fight"))
    else:
        assert NotInThisPhase is refused(diary, "2026-11-09 12:00", ReviewAdvanced("small_fight"))


@pytest.mark.parametrize("reason", ["talk", "greeting", "necessity"])
def test_after_a_small_fight_there_is_one_apology(reason: Reason) -> None:
    """And nothing else, with a draft of a night and a day."""
    diary = Diary()
    diary.at("2026-11-05 12:00", QuietTimeChosen(30))
    diary.at("2026-11-05 12:00", BreakupDescribed("mutual", "yes"))
    diary.at("2026-11-08 11:00", DraftSealed("d1", moment("2026-11-09 10:00").at))
    diary.at("2026-11-09 12:00", ReviewAdvanced("small_fight"))
    for question in ("purpose", "reader", "no_reply"):
        diary.at("2026-11-09 12:00", ReviewAnswered(question, holds=True, words="x"))  # type: ignore[arg-type]
    assert NotInThisPhase is refused(diary, "2026-11-09 12:00", ReviewHeld("one_message", reason=reason))
    diary.at("2026-11-09 12:00", ReviewHeld("one_message", reason="apology"))


@pytest.mark.parametrize(
    "what", [ReviewAnswered("purpose", holds=True, words="x"), ReviewAdvanced("health"), ReviewHeld("one_message")]
)
def test_a_hard_stop_closes_the_review(diary: Diary, what: What) -> None:
    """No answer, no real reason, no message."""
    diary.at(f"{DUE} 12:00", HardStopSet("asked"))
    assert "HardStopHolds" == refused(diary, f"{DUE} 12:00", what).__name__
