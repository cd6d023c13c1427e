"""
Two years of somebody's commands, read from bytes.

Every ten bytes are one step: the clock moves (sometimes back a day or a year), the person may travel, and asks for
something, perhaps about the past. One block a step keeps generation quick and lets hypothesis shrink it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from fallow.errors import FallowError
from fallow.plan import Ask, Fact, Moment, Plan, Record, Side, decide, evolve
from fallow.plan import events as e

# fmt: off
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "America/Anchorage", "America/Asuncion",
    "America/Caracas", "America/Havana", "America/Los_Angeles", "America/New_York", "America/Nuuk",
    "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "America/Scoresbysund", "Antarctica/Troll",
    "Asia/Amman", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang",
    "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Eucla", "Australia/Lord_Howe", "Europe/Berlin",
    "Europe/Chisinau", "Europe/Dublin", "Europe/Istanbul", "Europe/London", "Etc/UTC", "Pacific/Apia",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Fiji", "Pacific/Kiritimati", "Pacific/Norfolk",
    "Pacific/Pago_Pago",
)
# fmt: on
FIRST_DAYS = (
    "2026-10-20",  # DST ends in Europe and America
    "2028-02-20",  # a leap day
    "2011-12-24",  # Apia and Fakaofo leave out 30 December
    "2018-10-25",  # Sao Paulo skips a midnight
    "2015-08-10",  # Pyongyang moves by half an hour
    "2027-03-10",  # DST begins, at different dates
)
FORWARD = (0, 1, 3, 7, 11, 20, 26, 49, 100, 200, 490, 730)
"""Hours the clock moves between commands."""
STEP = 10
"""Bytes of one step."""
BACKDATED = (1, 9, 25, 30, 80, 200, 900, 4000)
SEALED_OR_SENT = (
    *(
        e.DraftSealed,
        e.PlannedMessage,
        e.ReviewHeld,
        e.ReviewAnswered,
        e.ReviewAdvanced,
        e.QuietTimeChosen,
        e.LimitsSet,
    ),
)


class Digits:
    """A number taken apart, lowest choice first."""

    def __init__(self, number: int) -> None:
        self.number = number

    def take(self, choices: int) -> int:
        self.number, digit = divmod(self.number, choices)
        return digit


def log_entry(digits: Digits) -> e.Logged:
    kinds: tuple[e.Logged, ...] = (
        e.Urge(5),
        e.Wrote(),
        e.Replied(),
        e.Looked(),
        e.Replied(necessary=True),
        e.TheyWrote(),
        e.RanInto(),
        e.Met(),
        e.Logistics(),
        e.Accident(),
        e.PlannedMessage(),
    )
    return kinds[digits.take(len(kinds))]


def ask_for(digits: Digits, now: Moment, records: list[Record]) -> e.What:
    """What is asked for in one step; half of it logging, the rest everything else."""
    choice = digits.take(40)
    if not records and choice < 28:
        return e.QuietTimeChosen(30, start_of(digits, now))
    if choice >= 33:
        return arrange(digits, now)
    if choice < 12:
        return log_entry(digits)
    if choice < 17:
        target = records[-1 - digits.take(len(records))].id if records else "nobody"
        return e.Correction(target, log_entry(digits) if digits.take(2) else None)
    if choice < 20:
        return e.PlannedMessage()
    makers: tuple[Callable[[], e.What], ...] = (
        lambda: e.QuietTimeChosen((None, 30, 45, 7)[digits.take(4)], start_of(digits, now)),
        lambda: e.QuietTimeChosen((None, 30, 45, 7)[digits.take(4)]),
        lambda: e.QuietTimeChosen(for_good=True),
        lambda: e.ModeChosen(("living_together", "no_contact", "limited_contact")[digits.take(3)]),
        lambda: e.ModeChosen("no_contact"),
        lambda: hard_stop(digits),
        lambda: e.HardStopLeft("A long time has passed now.", screening_clear=digits.take(4) > 0),
        lambda: e.DraftSealed(f"d{digits.take(3)}", now.at + dt.timedelta(hours=digits.take(40))),
        lambda: e.DraftLetGo(f"d{digits.take(3)}"),
        lambda: e.InboundSettled(),
        lambda: e.ReviewHeld(("extend", "let_go")[digits.take(5) // 4], (None, 30, 5)[digits.take(3)]),
        lambda: e.BreakupDescribed("ego", ("yes", "no")[digits.take(2)], now.day),
        lambda: e.PlanReopened() if digits.take(4) else e.PlanClosed(),
        lambda: e.SafetyNoted(("wish_to_die", "afraid")[digits.take(2)], holds=digits.take(6) == 0),
    )
    return makers[choice - 20]()


def arrange(digits: Digits, now: Moment) -> e.What:
    """What is arranged beforehand, and what they wrote, looked at."""
    later = now.at + dt.timedelta(hours=digits.take(60))
    triages: tuple[e.Triage, ...] = ("necessary", "about_us", "ambiguous", "pressure")
    steps: tuple[e.Step, ...] = ("nothing", "short_answer", "not_now", "open_slowly", "clear_stop")
    reasons: tuple[e.RealReason, ...] = ("health", "bereavement", "small_fight", "small_fight")
    makers: tuple[Callable[[], e.What], ...] = (
        lambda: e.InboundTriaged(triages[digits.take(4)]),
        lambda: e.InboundSettled(steps[digits.take(5)]),
        lambda: e.InboundPutOff(),
        lambda: e.SoberGateSet(later),
        lambda: e.ReviewAdvanced(reasons[digits.take(4)]),
        lambda: e.QuestionParked("q", later),
        lambda: e.QuestionSettled("q"),
        lambda: e.MoodChecked(digits.take(5)),
        lambda: e.PageOpened("picture"),
        lambda: account(digits, now),
        lambda: e.DateNoted("A day", 1 + digits.take(12), 1 + digits.take(31)),
    )
    return makers[digits.take(len(makers))]()


def account(digits: Digits, now: Moment) -> e.AccountGiven:
    """How it ended, told with and without their side, and now and then with a fact still to come."""
    fact = Fact(now.day + dt.timedelta(days=1 - digits.take(5)), "We spoke.")
    theirs = Side(relief="guess") if digits.take(2) else None
    return e.AccountGiven(
        ("alter", "unknown")[digits.take(2)], theirs=theirs, own="My part.", facts=(fact,), on=fact.on
    )


def whole_review(digits: Digits) -> tuple[e.What, ...]:
    """A review gone through in one sitting, now and then with something left out or answered with no."""
    left_out, negative = digits.take(12), digits.take(12)
    questions: tuple[e.Question, ...] = ("purpose", "changed", "reader", "no_reply")
    answers = [
        e.ReviewAnswered(question, holds=place != negative, words="A sentence.")
        for place, question in enumerate(questions)
        if place != left_out
    ]
    reason: e.Reason = ("talk", "apology", "greeting")[digits.take(3)]
    mood = e.MoodChecked(4 if negative == 5 else 1)
    chosen = e.ReviewHeld("one_message", draft=(None, "d0", "d1")[digits.take(3)], reason=reason)
    return (*answers, mood, chosen, e.PlannedMessage())[: 7 if digits.take(2) else 6]


def hard_stop(digits: Digits) -> e.What:
    """Seldom, or nothing else would be seen; for good more seldom still."""
    reasons: tuple[e.Because, ...] = ("own_anger", "asked", "blocked", "own_anger", "violence", "order")
    return e.HardStopSet(reasons[digits.take(6)]) if digits.take(4) == 0 else e.Urge()


def start_of(digits: Digits, now: Moment) -> dt.date:
    return now.day - dt.timedelta(days=(0, 1, 10, 31, 100)[digits.take(5)])


def move_clock(digits: Digits, at: dt.datetime) -> dt.datetime:
    choice = digits.take(32)
    if choice == 30:
        return at - dt.timedelta(days=1)
    if choice == 31:
        return at - dt.timedelta(days=365)
    return at + dt.timedelta(hours=FORWARD[choice % len(FORWARD)], minutes=7 * digits.take(9))


def play(script: bytes, *, reviewing: bool = False) -> Iterator[tuple[Moment, Plan, list[Record]]]:
    """
    After each step: the moment it was asked at, the plan folded one record at a time, and all records so far.

    Args:
        script: Any bytes.
        reviewing: Begin late in a quiet time with a draft sealed, and go through a review in half of the steps.
    """
    plan, records = Plan(), list[Record]()
    opening = Digits(int.from_bytes(script[:STEP]))
    at = dt.datetime.fromisoformat(FIRST_DAYS[opening.take(6)] + "T09:00+00:00")
    zone = ZONES[opening.take(len(ZONES))]
    settled = (
        e.QuietTimeChosen(30, at.date() - dt.timedelta(days=29)),
        e.DraftSealed("d0", at + dt.timedelta(hours=9)),
    )
    for place in range(0, len(script), STEP):
        digits = Digits(int.from_bytes(script[place : place + STEP]))
        what_number = digits.take(2**32)
        at = move_clock(digits, at)
        if digits.take(5) == 0:
            zone = ZONES[digits.take(len(ZONES))]
        now, happened = Moment(at, zone), None
        if digits.take(3) == 0:
            happened = Moment(at - dt.timedelta(hours=BACKDATED[digits.take(8)]), zone)
        what = Digits(what_number)
        steps = whole_review(what) if what.take(2 if reviewing else 8) == 0 else (ask_for(what, now, records),)
        for asked in settled + steps if reviewing and place == 0 else steps:
            try:
                events = decide(plan, Ask(asked, happened), now)
            except FallowError:
                events = ()
            for event in events:
                record = Record(len(records) + 1, f"{len(records) + 1:032x}", event)
                records.append(record)
                plan = evolve(plan, record)
            yield now, plan, records
