"""
Sentences and labels of the charts, one function or marked constant each: whole messages, said in the language spoken.

"you" is ego, "they" is alter. A sentence describes what was counted and never what anybody felt or meant. A constant
holds the message as it is marked and is translated where it is drawn; lengths of time are complete phrases that stand
in the accusative ("took at most 2 days"), because German inflects days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from fallow.dyad import BoutCriterion, BusyHours, Share, SideShares
from fallow.language import N_, ngettext, say_count, say_day, say_number
from fallow.language import gettext as _
from fallow.survival import Estimate

YOU: Final = N_("you")
THEM: Final = N_("them")
NOBODY_YET: Final = N_("nobody yet")
HALF: Final = N_("half")
ALL: Final = N_("all")
ALL_YOU: Final = N_("all you")
ALL_THEM: Final = N_("all them")
YOU_FIRST: Final = N_("you wrote first")
THEY_FIRST: Final = N_("they wrote first")
WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
WEEKDAYS_WHOLE: Final = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday")),
    N_("Sunday"),
)
MONTHS: Final = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
"""Short, for axes; months in sentences are said by the room of language."""

DAY_MINUTES: Final = 24 * 60

IN_100: Final = N_("{share} in 100 ({lower} to {upper})")
OF_CONVERSATIONS: Final = N_("{share} in 100 conversations ({lower} to {upper}; n = {n})")
OF_MESSAGES: Final = N_("{share} in 100 messages ({lower} to {upper}; n = {n})")
OF_SILENCES: Final = N_("{share} in 100 silences ({lower} to {upper}; n = {n})")


def columns(heads: Sequence[str]) -> tuple[str, ...]:
    """Heads of a table in the language spoken."""
    return tuple(map(_, heads))


def date_label(day: int) -> str:
    return day_label(dt.date(1970, 1, 1) + dt.timedelta(days=day))


def day_label(date: dt.date) -> str:
    return say_day(date)


def short_day(date: dt.date) -> str:
    return _("{day} {month} {year}").format(day=date.day, month=_(MONTHS[date.month - 1]), year=date.year)


def short_day_of_year(date: dt.date) -> str:
    return _("{day} {month}").format(day=date.day, month=_(MONTHS[date.month - 1]))


def month_label(day: int) -> str:
    date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
    return _("{month} {year}").format(month=_(MONTHS[date.month - 1]), year=date.year)


def hour_label(hour: int) -> str:
    return f"{hour % 24:02d}:00"


def count_label(count: int) -> str:
    return say_count(count)


def tenth(value: float) -> str:
    """A number to a tenth, without a tenth that is none."""
    return say_number(value, 0 if f"{value:.1f}".endswith(".0") else 1)


def percent(share: float) -> str:
    """How many in 100."""
    return say_number(100 * share, 0)


def _form(shown: str) -> int:
    """The count whose grammatical number goes with an amount as shown: 1 takes the singular, 1.5 does not."""
    return 1 if shown == "1" else 2


def days_label(days: float) -> str:
    shown = tenth(days)
    return ngettext("{n} day", "{n} days", _form(shown)).format(n=shown)


def hours_label(hours: float) -> str:
    shown = tenth(hours)
    return ngettext("{n} hour", "{n} hours", _form(shown)).format(n=shown)


def share_label(share: Share) -> str:
    return in_100(share.value, share.lower, share.upper)


def share_of(share: Share, what: str) -> str:
    """`what` is a message such as OF_CONVERSATIONS, marked and not yet translated."""
    return _(what).format(
        share=percent(share.value), lower=percent(share.lower), upper=percent(share.upper), n=say_count(share.n)
    )


def in_100(value: float, lower: float, upper: float) -> str:
    return _(IN_100).format(share=percent(value), lower=percent(lower), upper=percent(upper))


def duration_label(days: float, resolution: float) -> str:
    """A length of time, no finer than the source's tick (both in days)."""
    amount, unit = _length(days, resolution)
    return _(unit) if not amount else _counted(amount, unit)


def is_under(days: float, resolution: float) -> bool:
    """Whether a length is under the tick, so that it is said as under one and not as within a number."""
    return days < resolution


UNDER_MINUTE: Final = N_("under a minute")
UNDER_SECOND: Final = N_("under a second")


def _length(days: float, resolution: float) -> tuple[str, str]:
    """The amount as shown and its unit; under the tick no amount, and the message that says so."""
    minutes = days * DAY_MINUTES
    if is_under(days, resolution):
        return "", UNDER_MINUTE if resolution * DAY_MINUTES >= 1 else UNDER_SECOND
    if minutes < 1:
        return say_number(minutes * 60, 0), "second"
    if minutes < 90:
        whole = minutes >= 10 or resolution * DAY_MINUTES >= 1
        return say_number(minutes, 0) if whole else tenth(minutes), "minute"
    if minutes < 36 * 60:
        return tenth(minutes / 60), "hour"
    return tenth(days), "day"


def _counted(amount: str, unit: str) -> str:
    form = _form(amount)
    said = {
        "second": ngettext("{n} second", "{n} seconds", form),
        "minute": ngettext("{n} minute", "{n} minutes", form),
        "hour": ngettext("{n} hour", "{n} hours", form),
        "day": ngettext("{n} day", "{n} days", form),
    }[unit]
    return said.format(n=amount)


def within_label(days: float, resolution: float, said: str) -> str:
    """
    "within 4 minutes", "in under a minute".

    Args:
        days, resolution: The length and the tick.
        said: The length in words, with its limits or without.
    """
    return (_("in {length}") if is_under(days, resolution) else _("within {length}")).format(length=said)


def too_little_weeks(have: int, need: int) -> str:
    return _("Too little data to say: {have} of at least {need} weeks.").format(have=have, need=need)


def too_little_conversations(have: int, need: int) -> str:
    return _("Too little data to say: {have} of at least {need} conversations.").format(have=have, need=need)


def too_little_answers(whose: str, have: int, need: int) -> str:
    said = (
        _("Too little data to say how soon for your answers: {have} of at least {need}.")
        if whose == YOU
        else _("Too little data to say how soon for their answers: {have} of at least {need}.")
    )
    return said.format(have=have, need=need)


def too_few_bouts_answered(whose: str, need: int) -> str:
    said = (
        _("Too little data to say how soon for your answers: they lie in fewer than {need} conversations.")
        if whose == YOU
        else _("Too little data to say how soon for their answers: they lie in fewer than {need} conversations.")
    )
    return said.format(need=need)


def too_little_hours(have: int, need: int) -> str:
    return _("Too little data to say: {have} of at least {need} messages on one side.").format(have=have, need=need)


WEEKLY_TITLE: Final = N_("Messages a week, yours above the line, theirs below")


def weekly_sentence(weeks: int, sent: tuple[int, int], yours: tuple[int, int], theirs: tuple[int, int]) -> str:
    """`sent` in all by you and them; `yours` and `theirs`: the range of the middle half of weeks."""
    in_all = ngettext(
        "In {weeks} weeks you sent {n} message and they sent {theirs}.",
        "In {weeks} weeks you sent {n} messages and they sent {theirs}.",
        sent[0],
    ).format(weeks=say_count(weeks), n=say_count(sent[0]), theirs=say_count(sent[1]))
    middle = _("In the middle half of weeks you sent {yours}, and they {theirs}.")
    return f"{in_all} {middle.format(yours=_range(*yours), theirs=_range(*theirs))}"


def _range(low: int, high: int) -> str:
    return say_count(low) if low == high else lower_to_upper(say_count(low), say_count(high))


def lower_to_upper(lower: str, upper: str) -> str:
    return _("{lower} to {upper}").format(lower=lower, upper=upper)


OPENINGS_TITLE: Final = N_("Who began a conversation, in quarters of the record: up is more of them begun by you")


def openings_sentence(overall: SideShares, lately: str, criterion: BoutCriterion) -> str:
    """`lately`: the sentence about the latest quarter, empty where the record has but one."""
    parts = (
        _("You began {share}.").format(share=share_of(overall.ego, OF_CONVERSATIONS)),
        lately,
        _new_after(criterion).format(hours=hours_label(criterion.hours)),
    )
    return " ".join(part for part in parts if part)


def _new_after(criterion: BoutCriterion) -> str:
    """It says so where the hours were not learned from the record."""
    if criterion.how in ("too little data", "no two kinds of gap"):
        return _(
            "A conversation is new after {hours} without a message; the record does not tell, so this is a default."
        )
    return _("A conversation is new after {hours} without a message.")


def last_quarter_sentence(last: SideShares | None) -> str:
    """`last`: the latest 13 weeks, None where they hold too few."""
    if last is None:
        return _("For the last 13 weeks there are too few to say.")
    return _("In the last 13 weeks it was {share}.").format(share=share_of(last.ego, OF_CONVERSATIONS))


REPLIES_TITLE: Final = N_("How soon each of you had answered, from one minute to one week")


def reply_sentence(whose: str, median: Estimate, resolution: float) -> str:
    """How soon one side answers: the median wait with its limits, and how many waits had no answer."""
    counted = _("{turns} turns, {censored} without an answer").format(
        turns=say_count(median.n), censored=say_count(median.censored)
    )
    if median.value is None:
        said = (
            _("You answered fewer than half of their turns in the time that can be seen ({counted}).")
            if whose == YOU
            else _("They answered fewer than half of your turns in the time that can be seen ({counted}).")
        )
        return said.format(counted=counted)
    said = (
        _("You answered half of their turns {within} ({limits}; {counted}).")
        if whose == YOU
        else _("They answered half of your turns {within} ({limits}; {counted}).")
    )
    within = within_label(median.value, resolution, duration_label(median.value, resolution))
    return said.format(within=within, limits=limits_label(median, resolution), counted=counted)


def limits_label(median: Estimate, resolution: float) -> str:
    """The 95 % limits of a length of time."""
    amount, unit = _length(median.lower or 0.0, resolution)
    lower = duration_label(median.lower or 0.0, resolution)
    if median.upper is None:
        return _("from {lower}, no upper limit").format(lower=lower)
    upper_amount, upper_unit = _length(median.upper, resolution)
    upper = duration_label(median.upper, resolution)
    if (amount, unit) == (upper_amount, upper_unit):
        # Hours and days are rounded to a tenth, however fine the source.
        to_minute = resolution * DAY_MINUTES >= 1 and unit in ("minute", UNDER_MINUTE)
        return _("to the minute") if to_minute else _("to the digit shown")
    shared = amount and unit == upper_unit and _form(amount) == _form(upper_amount)
    return lower_to_upper(amount if shared else lower, upper)


SILENCES_TITLE: Final = N_("Silences: how long, and who wrote first after each; you above the line, they below")


def no_silence(at_least_days: float) -> str:
    return _("In this record there is no silence of {days} or more.").format(days=days_label(at_least_days))


def silences_sentence(broken: tuple[int, int], at_least_days: float, longest: float, shares: SideShares | None) -> str:
    """`broken`: ended by you and by them; `shares`: None where they are too few for a share."""
    days, most = days_label(at_least_days), days_label(longest)
    if sum(broken) == 1:
        once = (
            _("A silence of {days} or more ended once, after {longest}; you wrote first.")
            if broken[0]
            else _("A silence of {days} or more ended once, after {longest}; they wrote first.")
        )
        return once.format(days=days, longest=most)
    more = _("Too few to say more.")
    if shares is not None:
        more = _("You wrote first after {share}.").format(share=share_of(shares.ego, OF_SILENCES))
    ended = _("A silence of {days} or more ended {times} times; the longest took {longest}.").format(
        days=days, times=say_count(sum(broken)), longest=most
    )
    first = _("You wrote first {yours} of these times, they {theirs}.").format(
        yours=say_count(broken[0]), theirs=say_count(broken[1])
    )
    return f"{ended} {first} {more}"


def open_silence_sentence(days: float) -> str:
    return _("The last one, of {days} so far, had not ended.").format(days=days_label(days))


CLOCK_TITLE: Final = N_("When each of you writes, by weekday and hour; the fuller the square, the more messages")


def clock_sentence(ego: BusyHours, alter: BusyHours) -> str:
    said = _(
        "You write most between {your_from} and {your_to}, {your_share}; they between {their_from} and {their_to}, "
        "{their_share}. The clock is the local one."
    )
    return said.format(
        your_from=hour_label(ego.hour),
        your_to=hour_label(ego.hour + 3),
        your_share=share_of(ego.share, OF_MESSAGES),
        their_from=hour_label(alter.hour),
        their_to=hour_label(alter.hour + 3),
        their_share=share_of(alter.share, OF_MESSAGES),
    )


WEEKLY_COLUMNS: Final = (N_("Week from"), N_("You"), N_("Them"))
NOTE: Final = N_("Note")
DAYS_MISSING: Final = N_("days missing")
END: Final = N_("the end")
OPENINGS_COLUMNS: Final = (N_("From"), N_("Weeks"), N_("Conversations"), N_("Begun by you"))
REPLIES_COLUMNS: Final = (N_("Answered within"), N_("You"), N_("Them"))
SILENCES_COLUMNS: Final = (N_("From"), N_("Days"), N_("Wrote last"), N_("Wrote first after"))
CLOCK_COLUMNS: Final = (N_("Day"), N_("Hour"), N_("You"), N_("Them"))
OVERALL: Final = N_("All")
TOO_FEW: Final = N_("too few to say")
FEW: Final = N_("too few")
NONE_SO_SOON: Final = N_("none so soon")
BEYOND: Final = N_("not seen that far")
TICKS: Final = (
    (N_("1 min"), 1 / DAY_MINUTES),
    (N_("10 min"), 10 / DAY_MINUTES),
    (N_("1 h"), 1 / 24),
    (N_("6 h"), 1 / 4),
    (N_("1 day"), 1.0),
    (N_("1 week"), 7.0),
)
