"""The sentences of the figures over time and of the bars that face each other; `phrases` has the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from fallow.charts.phrases import (
    TOO_FEW,
    YOU,
    days_label,
    duration_label,
    hour_label,
    in_100,
    limits_label,
    lower_to_upper,
    percent,
    share_of,
    tenth,
    within_label,
)
from fallow.dyad import ClockOverlap, Mean, QuarterBalance, Share, SilencesFrom, Waited, Writing
from fallow.language import N_, say_count, say_number
from fallow.language import gettext as _

WAITS_TITLE: Final = N_("How long half of the answers took, over the record: dots are your answers, diamonds theirs")
HOURS_TITLE: Final = N_(
    "How long half of the answers took, by the hour in which the wait began: dots yours, diamonds theirs"
)
AGAIN_TITLE: Final = N_("How often each wrote again before an answer, in quarters: dots are you, diamonds they")
RETURNS_TITLE: Final = N_("Who wrote first after a day or more, in quarters of the record: up is more of them by you")
FROM_TITLE: Final = N_("Silences by length, and who wrote first after them: yours to the left, theirs to the right")
WRITING_TITLE: Final = N_("What each of you sends: yours to the left, theirs to the right")
READ_TITLE: Final = N_("Read, and not answered: your part to the left, theirs to the right")

STABILITY_TITLE: Final = N_("Who began, were conversations cut at other silences: up is more of them begun by you")
STABILITY_COLUMNS: Final = (N_("New after"), N_("Conversations"), N_("Begun by you"))
WAITS_COLUMNS: Final = (N_("From"), N_("Weeks"), N_("Your answers"), N_("n"), N_("Their answers"), N_("n "))
HOURS_COLUMNS: Final = (N_("Wait began"), N_("Your answers"), N_("n"), N_("Their answers"), N_("n "))
AGAIN_COLUMNS: Final = (N_("From"), N_("You again"), N_("n"), N_("They again"), N_("n "))
RETURNS_COLUMNS: Final = (N_("From"), N_("Silences"), N_("You first"), N_("They first"), N_("Share by you"))
FROM_COLUMNS: Final = (
    N_("At least"),
    N_("Silences"),
    N_("Ended"),
    N_("You wrote last"),
    N_("You first after"),
    N_("They first after"),
    N_("Share by you"),
)
WRITING_COLUMNS: Final = (N_("What"), N_("You"), N_("n"), N_("Them"), N_("n "))
READ_COLUMNS: Final = (N_("What"), N_("You"), N_("n"), N_("Them"), N_("n "))

WORDS_A_TEXT: Final = N_("words a text")
MESSAGES_A_TURN: Final = N_("messages at a time")
QUESTIONS: Final = N_("questions in 100 texts")
MEDIA: Final = N_("pictures, sounds in 100")
CALLS: Final = N_("calls in 100 messages")
REACTIONS: Final = N_("reactions, counted")
NOT_IN_BOUT: Final = N_("not there and then")
NOT_AT_ALL: Final = N_("not at all")

OF_YOUR_TURNS: Final = N_("{share} in 100 of your turns ({lower} to {upper}; n = {n})")
OF_THEIRS: Final = N_("{share} in 100 of theirs ({lower} to {upper}; n = {n})")
OF_SILENCES_OF_A_DAY: Final = N_("{share} in 100 silences of a day or more ({lower} to {upper}; n = {n})")
OF_READ_BY_YOU: Final = N_("{share} in 100 turns you are known to have read ({lower} to {upper}; n = {n})")
OF_READ_BY_THEM: Final = N_("{share} in 100 turns they are known to have read ({lower} to {upper}; n = {n})")


def waited_label(waited: Waited, resolution: float) -> str:
    """A median with its limits; `resolution` in days."""
    found = waited.median
    if found is None:
        return _(TOO_FEW)
    if found.value is None:
        return _("fewer than half")
    return _("{length} ({limits})").format(
        length=duration_label(found.value, resolution), limits=limits_label(found, resolution)
    )


def first_and_last(whose: str, waits: Sequence[Waited], resolution: float) -> str:
    """How soon one side answered in the first and in the last stretch of the record that can be told."""
    told = [each for each in waits if is_told(each)]
    mine = whose == YOU
    if len(told) < 2:
        if mine:
            return _("Your answers are too few to compare over the record.")
        return _("Their answers are too few to compare over the record.")
    first, last = told[0], told[-1]
    if clearly_apart(first, last):
        said = (
            _("At first half of your answers came {first}, in the last weeks {last}.")
            if mine
            else _("Of theirs half came {first}, in the last weeks {last}.")
        )
    else:
        said = (
            _(
                "At first half of your answers came {first}, in the last weeks {last}; the limits overlap, so that may "
                "be chance."
            )
            if mine
            else _("Of theirs half came {first}, in the last weeks {last}; the limits overlap, so that may be chance.")
        )
    return said.format(first=_within(first, resolution), last=_within(last, resolution))


def soonest_and_latest(whose: str, named: Sequence[tuple[str, Waited]], resolution: float) -> str:
    """In which hours one side answered soonest and latest; `named` says which they are."""
    told = [(name, waited) for name, waited in named if is_told(waited)]
    mine = whose == YOU
    if len(told) < 2:
        if mine:
            return _("Your answers are too few to compare by the hour.")
        return _("Their answers are too few to compare by the hour.")
    (soon, first), (late, last) = min(told, key=_value), max(told, key=_value)
    if not clearly_apart(first, last):
        said = (
            _("Your answers took about as long at any hour, for half of them {longest} at the longest.")
            if mine
            else _("Their answers took about as long at any hour, for half of them {longest} at the longest.")
        )
        return said.format(longest=waited_label(last, resolution))
    said = (
        _("Your answers came soonest {soon}, half of them {first}, and latest {late}, half {last}.")
        if mine
        else _("Their answers came soonest {soon}, half of them {first}, and latest {late}, half {last}.")
    )
    return said.format(soon=soon, first=_within(first, resolution), late=late, last=_within(last, resolution))


def clearly_apart(one: Waited, other: Waited) -> bool:
    """Whether the 95 % limits of two medians do not overlap."""
    a, b = one.median, other.median
    assert a is not None
    assert b is not None
    return (a.upper or math.inf) < (b.lower or 0.0) or (b.upper or math.inf) < (a.lower or 0.0)


def _within(waited: Waited, resolution: float) -> str:
    """Of one that can be told."""
    return within_label(_days(waited), resolution, waited_label(waited, resolution))


def is_told(waited: Waited) -> bool:
    """Whether there is a median to say."""
    return waited.median is not None and waited.median.value is not None


def _value(told: tuple[str, Waited]) -> float:
    return _days(told[1])


def _days(waited: Waited) -> float:
    found = waited.median
    return 0.0 if found is None or found.value is None else found.value


def between_hours(hour: int, hours: int) -> str:
    return _("between {first} and {last}").format(first=hour_label(hour), last=hour_label(hour + hours))


def hour_span(hour: int, hours: int) -> str:
    return lower_to_upper(hour_label(hour), hour_label(hour + hours))


def again_sentence(you: Share | None, them: Share | None) -> str:
    """Shares of waits whose end was seen."""
    if you and them:
        said = _("Before an answer came, you wrote again first after {yours}; they after {theirs}.")
    elif you:
        said = _("Before an answer came, you wrote again first after {yours}; theirs are too few to say.")
    elif them:
        said = _("Before an answer came, yours are too few to say; they after {theirs}.")
    else:
        said = _("Before an answer came, yours are too few to say; theirs are too few to say.")
    yours = share_of(you, OF_YOUR_TURNS) if you else ""
    return said.format(yours=yours, theirs=share_of(them, OF_THEIRS) if them else "")


def silences_from_sentence(found: Sequence[SilencesFrom]) -> str:
    """Who wrote first, from each length on that any silence reached and that ended."""
    there = [each for each in found if each.ended]
    if not there:
        return _("In this record no silence of {days} or more ended.").format(days=days_label(found[0].at_least_days))
    said = ", ".join(_silences_from(each, named=not place) for place, each in enumerate(there))
    return _("You wrote first after {silences}; they wrote first after the others.").format(silences=said)


def _silences_from(found: SilencesFrom, *, named: bool) -> str:
    shares = found.broken_shares
    counts = {
        "broken": say_count(found.broken_by[0]),
        "ended": say_count(found.ended),
        "length": at_least(found.at_least_days),
    }
    if shares is None:
        said = _("{broken} of {ended} silences of {length}") if named else _("{broken} of {ended} of {length}")
        return said.format(**counts)
    said = (
        _("{broken} of {ended} silences of {length} ({share} in 100, {lower} to {upper})")
        if named
        else _("{broken} of {ended} of {length} ({share} in 100, {lower} to {upper})")
    )
    ego = shares.ego
    return said.format(share=percent(ego.value), lower=percent(ego.lower), upper=percent(ego.upper), **counts)


def at_least(days: float) -> str:
    return _("{days} or more").format(days=days_label(days))


def in_hundred(share: float) -> str:
    if share in (0.0, 1.0):
        return _("all") if share else _("none")
    return _("{n} in 100").format(n=tenth(100 * share))


def rate_label(rate: float) -> str:
    """A mean or a number in 100; a tenth where that says something."""
    return say_number(rate, 0) if rate >= 100 else tenth(rate)


def rate_limits(lower: float, upper: float) -> str:
    return lower_to_upper(rate_label(lower), rate_label(upper))


def with_limits(value: float, lower: float, upper: float) -> str:
    """A rate and its limits."""
    return _("{length} ({limits})").format(length=rate_label(value), limits=rate_limits(lower, upper))


def returns_sentence(last: QuarterBalance, told: Sequence[QuarterBalance], need: int) -> str:
    """The latest quarter, and how many of the quarters can be told."""
    if not told:
        return _("Too few silences of a day or more in any 13 weeks to compare them: it takes {need}.").format(
            need=need
        )
    if last.returned_shares is None:
        return _("In the last 13 weeks there were too few silences of a day or more to say: {have} of {need}.").format(
            have=sum(last.returned), need=need
        )
    return _("In the last 13 weeks you wrote first after {share}.").format(
        share=share_of(last.returned_shares.ego, OF_SILENCES_OF_A_DAY)
    )


def writing_sentence(writing: Writing) -> str:
    """Words and questions of both, then what was counted of the rest."""
    ego, alter = writing.ego, writing.alter
    said = [
        _("Your words a text: {yours}; theirs: {theirs}.").format(
            yours=_mean(ego.words_a_text), theirs=_mean(alter.words_a_text)
        ),
        _("Your share of texts that ask something: {yours}; theirs: {theirs}.").format(
            yours=_share(ego.questions), theirs=_share(alter.questions)
        ),
        _("Pictures and sounds: you {yours}, they {theirs}.").format(
            yours=say_count(ego.media), theirs=say_count(alter.media)
        ),
        _("Calls: you {yours}, they {theirs}.").format(yours=say_count(ego.calls), theirs=say_count(alter.calls)),
        _("Reactions: you {yours}, they {theirs}.").format(
            yours=say_count(ego.reactions), theirs=say_count(alter.reactions)
        ),
    ]
    return " ".join(said)


def _mean(mean: Mean | None) -> str:
    return _(TOO_FEW) if mean is None else with_limits(mean.value, mean.lower, mean.upper)


def _share(share: Share | None) -> str:
    return _(TOO_FEW) if share is None else in_100(share.value, share.lower, share.upper)


def read_sentence(you: Share | None, them: Share | None) -> str:
    """What was read and not answered in the same conversation."""
    yours = share_of(you, OF_READ_BY_YOU) if you else _("too few of yours are known to say")
    theirs = share_of(them, OF_READ_BY_THEM) if them else _("too few of theirs are known to say")
    return _("Not answered there and then: {yours}; {theirs}.").format(yours=yours, theirs=theirs)


def overlap_sentence(found: ClockOverlap) -> str:
    """How alike the hours of both are, from 0 (never the same hour) to 1 (the very same hours)."""
    said = _(
        "From 0, never the same hour, to 1, the very same hours, your weeks are alike to {likeness} ({lower} to "
        "{upper}; n = {n} weeks)."
    )
    return said.format(
        likeness=say_number(found.likeness, 2),
        lower=say_number(found.lower, 2),
        upper=say_number(found.upper, 2),
        n=say_count(found.weeks),
    )


def stability_sentence(told: Sequence[tuple[int, Share]]) -> str:
    """Between which shares it lies, were a new conversation one after fewer or more hours."""
    if len(told) < 2:
        return _("Too little data to say whether it depends on where a conversation is cut.")
    low, high = min(share.value for _hours, share in told), max(share.value for _hours, share in told)
    shares = percent(low) if f"{low:.2f}" == f"{high:.2f}" else lower_to_upper(percent(low), percent(high))
    said = _(
        "Were a conversation new after {fewest} to {most} hours without a message, you would have begun {shares} in "
        "100 of them."
    )
    return said.format(fewest=told[0][0], most=told[-1][0], shares=shares)
