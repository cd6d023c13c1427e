"""
A second, slow and plain telling of the plan, to hold the real one against.

Shares no code with it but the types of events. Every question goes over all records again, day by day; the total is
asked again at every recording there ever was, because it may never fall.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from fallow.plan import Moment, Record
from fallow.plan import events as e

DAY = dt.timedelta(days=1)
LABELS: dict[Any, str] = {
    e.Urge: "urge",
    e.Looked: "looked",
    e.Wrote: "wrote",
    e.TheyWrote: "they_wrote",
    e.RanInto: "ran_into",
    e.Met: "met",
    e.Logistics: "logistics",
    e.Accident: "accident",
    e.PlannedMessage: "planned_message",
}


@lru_cache(maxsize=4096)
def day_of(moment: Moment) -> dt.date:
    return moment.at.astimezone(ZoneInfo(moment.zone)).date()


def label_of(what: Any) -> str | None:
    if isinstance(what, e.Replied):
        return "replied_necessary" if what.necessary else "replied"
    return LABELS.get(type(what))


def walked(records: list[Record]) -> list[dt.date]:
    """For each record, the latest day anything was recorded on until then."""
    days: list[dt.date] = []
    for record in records:
        day = day_of(record.event.recorded)
        days.append(max(days[-1], day) if days else day)
    return days


def standing_entries(records: list[Record]) -> list[tuple[Record, str]]:
    """Entries with the label they stand under, taken back ones left out."""
    kept = []
    for record in records:
        label = label_of(record.event.what)
        if label is None:
            continue
        for later in records:
            if isinstance(later.event.what, e.Correction) and later.event.what.target == record.id:
                label = None if later.event.what.to is None else label_of(later.event.what.to)
        if label is not None:
            kept.append((record, label))
    return kept


def starts(records: list[Record]) -> list[dt.date]:
    chosen: list[dt.date] = []
    for record, today in zip(records, walked(records), strict=True):
        what = record.event.what
        if isinstance(what, e.QuietTimeChosen):
            chosen.append(what.start or (chosen[-1] if chosen else today))
    return chosen


def off_by_day(records: list[Record]) -> list[tuple[dt.date, bool]]:
    """After each record: its day, and whether days were not being counted."""
    mode, closed, told = "no_contact", False, []
    for record, today in zip(records, walked(records), strict=True):
        what = record.event.what
        if isinstance(what, e.ModeChosen):
            mode = what.mode
        if isinstance(what, (e.PlanClosed, e.PlanReopened)):
            closed = isinstance(what, e.PlanClosed)
        told.append((today, mode == "living_together" or closed))
    return told


def raw_count(records: list[Record], today: dt.date) -> tuple[int, int]:
    """(quiet, of) as a person with a paper calendar would count them: a day counts as its end found the plan."""
    if not starts(records):
        return 0, 0
    not_quiet = ("wrote", "replied", "met")
    lapses = {day_of(r.event.happened) for r, label in standing_entries(records) if label in not_quiet}
    told = off_by_day(records)
    day, quiet, of, place, off = min(starts(records)), 0, 0, 0, False
    while day < today:
        while place < len(told) and told[place][0] <= day:
            off = told[place][1]
            place += 1
        if not off:
            of += 1
            quiet += day not in lapses
        day += DAY
    return quiet, of


def total(records: list[Record], today: dt.date) -> tuple[int, int]:
    """The total shown: never less than at any recording, before it or after."""
    quiet, of = raw_count(records, today)
    for place, day in enumerate(walked(records)):
        quiet = max(quiet, raw_count(records[:place], day)[0], raw_count(records[: place + 1], day)[0])
    return quiet, of


def hard_stop(records: list[Record]) -> tuple[set[str], dt.datetime] | None:
    held: tuple[set[str], dt.datetime] | None = None
    for record in records:
        what, at = record.event.what, record.event.recorded.at
        if isinstance(what, e.HardStopSet):
            held = ({what.because}, at) if held is None else (held[0] | {what.because}, max(held[1], at))
        if isinstance(what, e.HardStopLeft):
            held = None
    return held


def review_on(records: list[Record]) -> dt.date | None:
    anchor, every, settled = None, 0, None
    for place, today in enumerate(walked(records)):
        what = records[place].event.what
        if isinstance(what, e.QuietTimeChosen):
            first = anchor is None
            anchor, every = starts(records[: place + 1])[-1], min(30 if what.days is None else what.days, 30)
            every = 0 if what.for_good else every
            settled = anchor if first else today
        chosen = isinstance(what, e.ReviewHeld) and what.outcome == "one_message"
        if anchor is not None and isinstance(what, (e.ReviewHeld, e.PlanReopened)) and not chosen:
            settled = today
            if isinstance(what, e.ReviewHeld) and what.outcome == "extend" and what.days is not None:
                anchor, every = today, what.days
    if anchor is not None and (advanced := review_work(records)[1]) is not None:
        return advanced
    if anchor is None or settled is None or every == 0:
        return None
    sent = [day_of(r.event.happened) for r, label in standing_entries(records) if label == "planned_message"]
    if sent and max(sent) >= max(settled, anchor):
        return max(sent) + every * DAY
    day = anchor + every * DAY
    while day <= settled:
        day += every * DAY
    return day


def begins_anew(records: list[Record], place: int) -> bool:
    """Whether what was done towards a review is over with this record."""
    what = records[place].event.what
    if isinstance(what, e.Correction):
        return (what.target, "planned_message") in [(r.id, label) for r, label in standing_entries(records[:place])]
    over = isinstance(what, e.ReviewHeld) and what.outcome != "one_message"
    return over or isinstance(what, (e.QuietTimeChosen, e.PlanReopened, e.PlannedMessage, e.ReviewAdvanced))


def review_work(records: list[Record]) -> tuple[int, dt.date | None, dt.date | None]:
    """Place from which the open review is worked on; the day it was made due; the day one message was chosen."""
    began = max((place for place in range(len(records)) if begins_anew(records, place)), default=-1)
    days = walked(records)
    advanced = days[began] if began >= 0 and isinstance(records[began].event.what, e.ReviewAdvanced) else None
    cleared = None
    for place in range(began + 1, len(records)):
        what = records[place].event.what
        if isinstance(what, e.ReviewAnswered):
            cleared = None
        if isinstance(what, e.ReviewHeld):
            cleared = days[place]
    return began, advanced, cleared


def sober(records: list[Record], at: dt.datetime) -> bool:
    gates = [r.event.what.until for r in records if isinstance(r.event.what, e.SoberGateSet)]
    return not gates or at >= gates[-1]


def may_choose(records: list[Record], now: Moment, chosen: e.ReviewHeld) -> bool:
    """Whether every point of the review held when one message was chosen, told from the records alone."""
    began, advanced, _ = review_work(records)
    reason = records[began].event.what.because if advanced is not None else None  # type: ignore[union-attr]
    answers = {r.event.what.question: r.event.what.holds for r in records[began + 1 :]
               if isinstance(r.event.what, e.ReviewAnswered)}  # fmt: skip
    asked = ["purpose", "reader", "no_reply"] + (["changed"] if advanced is None else [])
    seals = [r for r in records if isinstance(r.event.what, e.DraftSealed) and r.event.what.draft == chosen.draft]
    gone = [r for r in records if isinstance(r.event.what, e.DraftLetGo) and r.event.what.draft == chosen.draft]
    hours = 72 if advanced is None else 24 if reason == "small_fight" else 0
    holds = [answers.get(question) is True for question in asked]
    holds += [bool(seals), 8 <= now.at.astimezone(ZoneInfo(now.zone)).hour < 22, sober(records, now.at)]
    if seals:
        last: Any = seals[-1].event
        holds += [now.at - last.recorded.at >= dt.timedelta(hours=hours), last.what.opens_at <= now.at]
        holds += [not gone or records.index(gone[-1]) < records.index(seals[-1])]
    if advanced is None:
        holds += [mood_holds(records, now), urges_fall(records, now)]
    if chosen.reason == "greeting":
        days = [r.event.what.days for r in records if isinstance(r.event.what, e.QuietTimeChosen)][-1]
        holds += [(day_of(now) - starts(records)[-1]).days >= (days or 30)]
    return all(holds) and chosen.reason is not None and (reason != "small_fight" or chosen.reason == "apology")


def mood_holds(records: list[Record], now: Moment) -> bool:
    checked = [r for r in records if isinstance(r.event.what, e.MoodChecked)]
    today = max([day_of(now), *walked(records)[-1:]])
    return bool(checked) and 0 <= (today - day_of(checked[-1].event.happened)).days <= 7 and (
        checked[-1].event.what.phq2 < 3)  # type: ignore[union-attr]  # fmt: skip


def urges_fall(records: list[Record], now: Moment) -> bool:
    today = max([day_of(now), *walked(records)[-1:]])
    ages = [(today - day_of(r.event.happened)).days for r, label in standing_entries(records) if label == "urge"]
    recent, before = sum(0 <= age < 7 for age in ages), sum(7 <= age < 14 for age in ages)
    logged_for = max(((today - day_of(r.event.happened)).days for r in records), default=0)
    return logged_for >= 14 and (recent < before or recent + before == 0)


def may_tell(records: list[Record], now: Moment, told: e.AccountGiven) -> bool:
    """Whether an account could be given then: help not first, their side where it may be, once a day, thrice a week."""
    concerns = set[str]()
    for record in records:
        if isinstance(record.event.what, e.SafetyNoted):
            (concerns.add if record.event.what.holds else concerns.discard)(record.event.what.concern)
    stop = hard_stop(records)
    violence = stop is not None and "violence" in stop[0]
    revised = [day_of(r.event.recorded) for r in records if isinstance(r.event.what, e.AccountGiven)][1:]
    ages = [(day_of(now) - day).days for day in revised]
    small = stop is None or told.small == "unknown"
    enough = 0 not in ages and sum(0 <= age <= 6 for age in ages) < 3
    return not concerns and not (violence and told.theirs is not None) and small and enough


def put_off_on(records: list[Record]) -> dt.date | None:
    """The day on which what they wrote was put off, if nothing of theirs has come since."""
    day, settled = None, 0
    for place, today in enumerate(walked(records)):
        what = records[place].event.what
        if isinstance(what, e.InboundSettled):
            day, settled = None, records[place].seq
        if isinstance(what, e.InboundPutOff):
            day = today
        came = what.to if isinstance(what, e.Correction) else what
        entry = next(r for r in records if r.id == what.target) if isinstance(what, e.Correction) else records[place]
        if isinstance(came, e.TheyWrote) and entry.seq > settled:
            day = None
    return day


def inbound(records: list[Record]) -> tuple[str, bool] | None:
    """(id, open) of the last inbound contact."""
    theirs = [r for r, label in standing_entries(records) if label == "they_wrote"]
    settled = max((r.seq for r in records if isinstance(r.event.what, e.InboundSettled)), default=0)
    unsettled = [r for r in theirs if r.seq > settled]
    if not theirs:
        return None
    last = sorted(unsettled or theirs, key=lambda r: (r.event.happened.at, r.seq))[-1]
    return last.id, bool(unsettled)


def phase(records: list[Record], today: dt.date) -> str:
    mode, closed, concerns = "no_contact", False, set[str]()
    for record in records:
        what = record.event.what
        if isinstance(what, e.ModeChosen):
            mode = what.mode
        if isinstance(what, (e.PlanClosed, e.PlanReopened)):
            closed = isinstance(what, e.PlanClosed)
        if isinstance(what, e.SafetyNoted):
            (concerns.add if what.holds else concerns.discard)(what.concern)
    review, came = review_on(records), inbound(records)
    started = bool(starts(records))
    sent = any(label == "planned_message" for _, label in standing_entries(records))
    holds = [
        ("hard_stop", hard_stop(records) is not None),
        ("safety", bool(concerns)),
        ("limited_contact", mode == "limited_contact"),
        ("living_together", mode == "living_together"),
        ("not_started", not started and not closed),
        ("they_wrote", started and came is not None and came[1] and put_off_on(records) != today),
        ("review", not closed and review is not None and review <= today),
        ("message_sent", started and sent and not closed),
        ("closed", closed),
        ("no_contact", True),
    ]
    return next(name for name, held in holds if held)


def since(records: list[Record], labels: tuple[str, ...], today: dt.date) -> tuple[int, list[str]]:
    """Days since the last such entry or the start last chosen; and the labels of that day."""
    last = starts(records)[-1]
    for record, label in standing_entries(records):
        if label in labels:
            last = max(last, day_of(record.event.happened))
    found = [a for r, a in standing_entries(records) if a in labels and day_of(r.event.happened) == last]
    return max((today - last).days, 0), found


def tell(records: list[Record], now: Moment) -> dict[str, Any]:
    """What `Standing` should say."""
    today = max([day_of(now), *walked(records)[-1:]])
    entries = standing_entries(records)
    where = phase(records, today)
    off = off_by_day(records)
    together = [r.event.what.mode for r in records if isinstance(r.event.what, e.ModeChosen)][-1:] == [
        "living_together"
    ]
    counted = bool(starts(records)) and not together
    quiet, of = total(records, today)
    reached, grades = since(records, ("wrote", "replied"), today) if counted else (None, [])
    above = ("hard_stop", "safety", "limited_contact", "living_together")
    closed = bool(off) and off[-1][1] and not together
    sent = [day_of(r.event.happened) for r, label in entries if label == "planned_message"]
    drafts: dict[str, dt.datetime | None] = {}
    for record in records:
        if isinstance(record.event.what, e.DraftSealed):
            drafts[record.event.what.draft] = record.event.what.opens_at
        if isinstance(record.event.what, e.DraftLetGo):
            drafts[record.event.what.draft] = None
    stop = hard_stop(records)
    return {
        "phase": where,
        "today": today,
        "clock_behind": any(now.at < r.event.recorded.at for r in records),
        "start": min(starts(records), default=None),
        "quiet_days": quiet if counted else None,
        "of_days": of if counted else None,
        "since_reached_out": reached,
        "grade": "wrote" if "wrote" in grades else "replied" if grades else None,
        "since_looked": since(records, ("looked",), today)[0] if counted else None,
        "review_on": None if closed or where in above else review_on(records),
        "message_sent_on": sent[-1] if sent else None,
        "urges_today": sum(label == "urge" and day_of(r.event.happened) == today for r, label in entries),
        "totals": {label: [a for _, a in entries].count(label) for _, label in entries},
        "drafts": {(name, at, now.at < at) for name, at in drafts.items() if at is not None},
        "inbound": inbound(records),
        "hard_stop": None if stop is None else (frozenset(stop[0]), stop[1]),
        "away_days": (today - walked(records)[-1]).days if records else 0,
    }
