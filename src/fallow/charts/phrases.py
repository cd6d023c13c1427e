"""
Every sentence and label of the charts, one function each, so that another language replaces this file alone.

"you" is ego, "they" is alter. A sentence describes what was counted and never what anybody felt or meant.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from fallow.dyad import BoutCriterion, BusyHours, Share, SideShares
from fallow.forecast import HourShares
from fallow.reach import DayCount, Way
from fallow.survival import Estimate

YOU: Final = "you"
THEM: Final = "them"
NOBODY_YET: Final = "nobody yet"
HALF: Final = "half"
ALL: Final = "all"
ALL_YOU: Final = "all you"
ALL_THEM: Final = "all them"
YOU_FIRST: Final = "you wrote first"
THEY_FIRST: Final = "they wrote first"
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_WHOLE: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

DAY_MINUTES: Final = 24 * 60


def date_label(day: int) -> str:
    return day_label(dt.date(1970, 1, 1) + dt.timedelta(days=day))


def day_label(date: dt.date) -> str:
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def short_day(date: dt.date) -> str:
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def month_label(day: int) -> str:
    date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
    return f"{MONTHS[date.month - 1][:3]} {date.year}"


def hour_label(hour: int) -> str:
    return f"{hour % 24:02d}:00"


def count_label(count: int) -> str:
    return f"{count:,}"


def days_label(days: float) -> str:
    shown = f"{days:,.1f}".removesuffix(".0")
    return "1 day" if shown == "1" else f"{shown} days"


def hours_label(hours: float) -> str:
    shown = f"{hours:.1f}".removesuffix(".0")
    return "1 hour" if shown == "1" else f"{shown} hours"


def share_label(share: Share) -> str:
    return in_100(share.value, share.lower, share.upper)


def share_of(share: Share, what: str) -> str:
    """`what` in the plural: conversations, messages, silences."""
    return (
        f"{100 * share.value:.0f} in 100 {what} ({100 * share.lower:.0f} to {100 * share.upper:.0f}; n = {share.n:,})"
    )


def in_100(value: float, lower: float, upper: float) -> str:
    return f"{100 * value:.0f} in 100 ({100 * lower:.0f} to {100 * upper:.0f})"


def duration_label(days: float, resolution: float) -> str:
    """A length of time, no finer than the source's tick (both in days)."""
    minutes = days * DAY_MINUTES
    if days < resolution:
        return "under a minute" if resolution * DAY_MINUTES >= 1 else "under a second"
    if minutes < 1:
        return _plural(minutes * 60, "second")
    if minutes < 90:
        return _plural(minutes, "minute", rounded=minutes >= 10 or resolution * DAY_MINUTES >= 1)
    if minutes < 36 * 60:
        return _plural(minutes / 60, "hour", rounded=False)
    return _plural(days, "day", rounded=False)


def _plural(amount: float, unit: str, *, rounded: bool = True) -> str:
    shown = f"{amount:.0f}" if rounded else f"{amount:.1f}".removesuffix(".0")
    return f"{shown} {unit}" if shown == "1" else f"{shown} {unit}s"


def too_little_weeks(have: int, need: int) -> str:
    return f"Too little data to say: {have} of at least {need} weeks."


def too_little_conversations(have: int, need: int) -> str:
    return f"Too little data to say: {have} of at least {need} conversations."


def too_little_answers(whose: str, have: int, need: int) -> str:
    return f"Too little data to say how soon for {_answers(whose)}: {have} of at least {need}."


def too_few_bouts_answered(whose: str, need: int) -> str:
    return f"Too little data to say how soon for {_answers(whose)}: they lie in fewer than {need} conversations."


def _answers(whose: str) -> str:
    return "your answers" if whose == YOU else "their answers"


def too_little_hours(have: int, need: int) -> str:
    return f"Too little data to say: {have} of at least {need} messages on one side."


WEEKLY_TITLE: Final = "Messages a week, yours above the line, theirs below"


def weekly_sentence(weeks: int, sent: tuple[int, int], yours: tuple[int, int], theirs: tuple[int, int]) -> str:
    """`sent` in all by you and them; `yours` and `theirs`: the range of the middle half of weeks."""
    what = "message" if sent[0] == 1 else "messages"
    return (
        f"In {weeks:,} weeks you sent {sent[0]:,} {what} and they sent {sent[1]:,}. "
        f"In the middle half of weeks you sent {_range(*yours)}, and they {_range(*theirs)}."
    )


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


OPENINGS_TITLE: Final = "Who began a conversation, in quarters of the record: up is more of them begun by you"


def openings_sentence(overall: SideShares, lately: str, criterion: BoutCriterion) -> str:
    """`lately`: the sentence about the latest quarter, empty where the record has but one."""
    parts = (
        f"You began {share_of(overall.ego, 'conversations')}.",
        lately,
        f"A conversation is new after {hours_label(criterion.hours)} without a message{_default(criterion)}.",
    )
    return " ".join(part for part in parts if part)


def _default(criterion: BoutCriterion) -> str:
    """What to add where the hours were not learned from the record."""
    if criterion.how in ("too little data", "no two kinds of gap"):
        return "; the record does not tell, so this is a default"
    return ""


def last_quarter_sentence(last: SideShares | None) -> str:
    """`last`: the latest 13 weeks, None where they hold too few."""
    if last is None:
        return "For the last 13 weeks there are too few to say."
    return f"In the last 13 weeks it was {share_of(last.ego, 'conversations')}."


REPLIES_TITLE: Final = "How soon each of you had answered, from one minute to one week"


def reply_sentence(whose: str, median: Estimate, resolution: float) -> str:
    """How soon one side answers: the median wait with its limits, and how many waits had no answer."""
    who, whom = ("You", "their") if whose == YOU else ("They", "your")
    counted = f"{median.n:,} turns, {median.censored:,} without an answer"
    if median.value is None:
        return f"{who} answered fewer than half of {whom} turns in the time that can be seen ({counted})."
    within = duration_label(median.value, resolution)
    within = f"in {within}" if within.startswith("under") else f"within {within}"
    return f"{who} answered half of {whom} turns {within} ({limits_label(median, resolution)}; {counted})."


def limits_label(median: Estimate, resolution: float) -> str:
    """The 95 % limits of a length of time."""
    lower = duration_label(median.lower or 0.0, resolution)
    if median.upper is None:
        return f"from {lower}, no upper limit"
    upper = duration_label(median.upper, resolution)
    if lower == upper:
        # Hours and days are rounded to a tenth, however fine the source.
        return "to the minute" if resolution * DAY_MINUTES >= 1 and "minute" in lower else "to the digit shown"
    number, _, unit = lower.partition(" ")
    return f"{number} to {upper}" if upper.endswith(unit) and number != "under" else f"{lower} to {upper}"


SILENCES_TITLE: Final = "Silences: how long, and who wrote first after each; you above the line, they below"


def no_silence(at_least_days: float) -> str:
    return f"In this record there is no silence of {days_label(at_least_days)} or more."


def silences_sentence(broken: tuple[int, int], at_least_days: float, longest: float, shares: SideShares | None) -> str:
    """`broken`: ended by you and by them; `shares`: None where they are too few for a share."""
    of_length = f"A silence of {days_label(at_least_days)} or more"
    if sum(broken) == 1:
        return f"{of_length} ended once, after {days_label(longest)}; {'you' if broken[0] else 'they'} wrote first."
    more = "Too few to say more."
    if shares is not None:
        more = f"You wrote first after {share_of(shares.ego, 'silences')}."
    return (
        f"{of_length} ended {sum(broken):,} times; the longest took {days_label(longest)}. "
        f"You wrote first {broken[0]:,} of these times, they {broken[1]:,}. {more}"
    )


def open_silence_sentence(days: float) -> str:
    return f"The last one, of {days_label(days)} so far, had not ended."


CLOCK_TITLE: Final = "When each of you writes, by weekday and hour; the fuller the square, the more messages"


def clock_sentence(ego: BusyHours, alter: BusyHours) -> str:
    return f"You write most between {_busy(ego)}; they between {_busy(alter)}. The clock is the local one."


def _busy(busy: BusyHours) -> str:
    span = f"{hour_label(busy.hour)} and {hour_label(busy.hour + 3)}"
    return f"{span}, {share_of(busy.share, 'messages')}"


OWN_HOURS_TITLE: Final = {
    "urges": "Your urges by weekday and hour; the fuller the square, the more of those hours held one",
    "looks": "When you looked, by weekday and hour; the fuller the square, the more of those hours held a look",
}
OUTLINED: Final = "outlined: clearly above your own average"
OWN_HOURS_NAMED: Final = 3
"""Hard hours that a sentence names; the table has them all."""


def too_little_days(have: int, need: int) -> str:
    return f"Too little data to say: {have} of at least {need} days."


def too_little_held(what: str, have: int, need: int) -> str:
    return f"Too little data to say: {have} of at least {need} different hours with {one_of(what)}."


def one_of(what: str) -> str:
    return "an urge" if what == "urges" else "a look"


def own_hours_sentence(what: str, found: HourShares, hard: list[tuple[int, int]]) -> str:
    """`what`: urges or looks; `hard`: weekday and hour of every hard hour, hardest first."""
    opens = (
        f"{found.entries:,} {what} in {found.days} days, in {int(found.held.sum())} different hours: "
        f"{100 * found.average:.0f} in 100 hours held one."
    )
    if not hard:
        return f"{opens} No hour of the week stands out clearly from the others."
    named = [_hard_hour(found, *cell) for cell in hard[:OWN_HOURS_NAMED]]
    more = len(hard) - len(named)
    others = f", and {more} more" if more else ""
    return f"{opens} Clearly more often: {'; '.join(named)}{others}."


def _hard_hour(found: HourShares, day: int, hour: int) -> str:
    where = f"{WEEKDAYS_WHOLE[day]} {hour_label(hour)}"
    return f"{where}, {own_share(found, day, hour)} such hours"


def own_share(found: HourShares, day: int, hour: int) -> str:
    """What the model makes of one hour of the week."""
    return in_100(float(found.share[day, hour]), float(found.lower[day, hour]), float(found.upper[day, hour]))


def held_label(held: int, observed: int) -> str:
    return f"{held} of {observed}"


OWN_HOURS_COLUMNS: Final = ("Day", "Hour", "Hours with one", "Share, and 95 % interval")
WEEKLY_COLUMNS: Final = ("Week from", "You", "Them")
NOTE: Final = "Note"
DAYS_MISSING: Final = "days missing"
END: Final = "the end"
OPENINGS_COLUMNS: Final = ("From", "Weeks", "Conversations", "Begun by you")
REPLIES_COLUMNS: Final = ("Answered within", "You", "Them")
SILENCES_COLUMNS: Final = ("From", "Days", "Wrote last", "Wrote first after")
CLOCK_COLUMNS: Final = ("Day", "Hour", "You", "Them")
OVERALL: Final = "All"
TOO_FEW: Final = "too few to say"
FEW: Final = "too few"
NONE_SO_SOON: Final = "none so soon"
BEYOND: Final = "not seen that far"
TICKS: Final = (
    ("1 min", 1 / DAY_MINUTES),
    ("10 min", 10 / DAY_MINUTES),
    ("1 h", 1 / 24),
    ("6 h", 1 / 4),
    ("1 day", 1.0),
    ("1 week", 7.0),
)


OPEN_TITLE: Final = "What was open between you, day by day"
WAY_TITLES: Final[dict[Way, str]] = {
    "reach_me": "they can reach you",
    "see_me": "they can see you",
    "watch_them": "you can watch them",
    "returns": "comes up by itself",
}
OPEN_COLUMNS: Final = ("Day", "They can reach you", "They can see you", "You can watch them")


def open_count(count: int) -> str:
    return f"{count} open"


def unknown_count(count: int) -> str:
    return f"{count} not known"


def open_label(count: DayCount) -> str:
    return f"{open_count(count.open)}, {unknown_count(count.unknown)}"


def open_sentence(days: list[list[DayCount]]) -> str:
    """How many ways are open today and were on the first day; each day holds reach_me, see_me, watch_them."""
    if not days:
        return "Nothing was said about any way yet, so nothing is counted."
    last, first = days[-1], days[0]
    told = ", ".join(
        f"{count.open} by which {WAY_TITLES[count.way]} ({unknown_count(count.unknown)})" for count in last
    )
    said = f"Ways open on {day_label(last[0].day)}: {told}."
    if len(days) == 1:
        return f"{said} One day is too little for a picture."
    before = ", ".join(f"{count.open} ({unknown_count(count.unknown)})" for count in first)
    return f"{said} On {day_label(first[0].day)}, the first day of this, in the same order: {before}."
