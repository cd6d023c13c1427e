"""The sentences of the figures over time and of the bars that face each other; `phrases` has the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from fallow.charts.phrases import (
    YOU,
    days_label,
    duration_label,
    hour_label,
    in_100,
    limits_label,
    share_of,
)
from fallow.dyad import ClockOverlap, Mean, QuarterBalance, Share, SilencesFrom, Waited, Writing

WAITS_TITLE: Final = "How long half of the answers took, over the record: dots are your answers, diamonds theirs"
HOURS_TITLE: Final = (
    "How long half of the answers took, by the hour in which the wait began: dots yours, diamonds theirs"
)
AGAIN_TITLE: Final = "How often each wrote again before an answer, in quarters: dots are you, diamonds they"
RETURNS_TITLE: Final = "Who wrote first after a day or more, in quarters of the record: up is more of them by you"
FROM_TITLE: Final = "Silences by length, and who wrote first after them: yours to the left, theirs to the right"
WRITING_TITLE: Final = "What each of you sends: yours to the left, theirs to the right"
READ_TITLE: Final = "Read, and not answered: your part to the left, theirs to the right"

STABILITY_TITLE: Final = "Who began, were conversations cut at other silences: up is more of them begun by you"
STABILITY_COLUMNS: Final = ("New after", "Conversations", "Begun by you")
WAITS_COLUMNS: Final = ("From", "Weeks", "Your answers", "n", "Their answers", "n ")
HOURS_COLUMNS: Final = ("Wait began", "Your answers", "n", "Their answers", "n ")
AGAIN_COLUMNS: Final = ("From", "You again", "n", "They again", "n ")
RETURNS_COLUMNS: Final = ("From", "Silences", "You first", "They first", "Share by you")
FROM_COLUMNS: Final = (
    "At least",
    "Silences",
    "Ended",
    "You wrote last",
    "You first after",
    "They first after",
    "Share by you",
)
WRITING_COLUMNS: Final = ("What", "You", "n", "Them", "n ")
READ_COLUMNS: Final = ("What", "You", "n", "Them", "n ")

FEW: Final = "too few to say"
WORDS_A_TEXT: Final = "words a text"
MESSAGES_A_TURN: Final = "messages at a time"
QUESTIONS: Final = "questions in 100 texts"
MEDIA: Final = "pictures, sounds in 100"
CALLS: Final = "calls in 100 messages"
REACTIONS: Final = "reactions, counted"
NOT_IN_BOUT: Final = "not there and then"
NOT_AT_ALL: Final = "not at all"


def waited_label(waited: Waited, resolution: float) -> str:
    """A median with its limits; `resolution` in days."""
    found = waited.median
    if found is None:
        return FEW
    if found.value is None:
        return "fewer than half"
    return f"{duration_label(found.value, resolution)} ({limits_label(found, resolution)})"


def first_and_last(whose: str, waits: Sequence[Waited], resolution: float) -> str:
    """How soon one side answered in the first and in the last stretch of the record that can be told."""
    told = [each for each in waits if is_told(each)]
    if len(told) < 2:
        return f"{'Your' if whose == YOU else 'Their'} answers are too few to compare over the record."
    first, last = told[0], told[-1]
    opens = "At first half of your answers" if whose == YOU else "Of theirs half"
    same = "" if clearly_apart(first, last) else "; the limits overlap, so that may be chance"
    return f"{opens} came {_within(first, resolution)}, in the last weeks {_within(last, resolution)}{same}."


def soonest_and_latest(whose: str, named: Sequence[tuple[str, Waited]], resolution: float) -> str:
    """In which hours one side answered soonest and latest; `named` says which they are."""
    told = [(name, waited) for name, waited in named if is_told(waited)]
    side = "Your answers" if whose == YOU else "Their answers"
    if len(told) < 2:
        return f"{side} are too few to compare by the hour."
    (soon, first), (late, last) = min(told, key=_value), max(told, key=_value)
    if not clearly_apart(first, last):
        longest = waited_label(last, resolution)
        return f"{side} took about as long at any hour, for half of them {longest} at the longest."
    return (
        f"{side} came soonest {soon}, half of them {_within(first, resolution)}, "
        f"and latest {late}, half {_within(last, resolution)}."
    )


def clearly_apart(one: Waited, other: Waited) -> bool:
    """Whether the 95 % limits of two medians do not overlap."""
    a, b = one.median, other.median
    assert a is not None
    assert b is not None
    return (a.upper or math.inf) < (b.lower or 0.0) or (b.upper or math.inf) < (a.lower or 0.0)


def _within(waited: Waited, resolution: float) -> str:
    said = waited_label(waited, resolution)
    return f"in {said}" if said.startswith("under") else f"within {said}"


def is_told(waited: Waited) -> bool:
    """Whether there is a median to say."""
    return waited.median is not None and waited.median.value is not None


def _value(told: tuple[str, Waited]) -> float:
    found = told[1].median
    return 0.0 if found is None or found.value is None else found.value


def between_hours(hour: int, hours: int) -> str:
    return f"between {hour_label(hour)} and {hour_label(hour + hours)}"


def hour_span(hour: int, hours: int) -> str:
    return f"{hour_label(hour)} to {hour_label(hour + hours)}"


def again_sentence(you: Share | None, them: Share | None) -> str:
    """Shares of waits whose end was seen."""
    yours = f"you wrote again first after {share_of(you, 'of your turns')}" if you else "yours are too few to say"
    theirs = f"they after {share_of(them, 'of theirs')}" if them else "theirs are too few to say"
    said = f"{yours}; {theirs}."
    return f"Before an answer came, {said}"


def silences_from_sentence(found: Sequence[SilencesFrom]) -> str:
    """Who wrote first, from each length on that any silence reached and that ended."""
    there = [each for each in found if each.ended]
    if not there:
        return f"In this record no silence of {days_label(found[0].at_least_days)} or more ended."
    said = [_silences_from(each, named=not place) for place, each in enumerate(there)]
    return f"You wrote first after {', '.join(said)}; they wrote first after the others."


def _silences_from(found: SilencesFrom, *, named: bool) -> str:
    shares = found.broken_shares
    sure = "" if shares is None else f" ({100 * shares.ego.value:.0f} in 100, {_limits(shares.ego)})"
    what = "silences of " if named else "of "
    return f"{found.broken_by[0]:,} of {found.ended:,} {what}{at_least(found.at_least_days)}{sure}"


def _limits(share: Share) -> str:
    return f"{100 * share.lower:.0f} to {100 * share.upper:.0f}"


def at_least(days: float) -> str:
    return f"{days_label(days)} or more"


def in_hundred(share: float) -> str:
    return {0.0: "none", 1.0: "all"}.get(share) or f"{100 * share:.3g} in 100"


def rate_label(rate: float) -> str:
    """A mean or a number in 100; a tenth where that says something."""
    return f"{rate:.0f}" if rate >= 100 else f"{rate:.1f}".removesuffix(".0")


def returns_sentence(last: QuarterBalance, told: Sequence[QuarterBalance], need: int) -> str:
    """The latest quarter, and how many of the quarters can be told."""
    if not told:
        return f"Too few silences of a day or more in any 13 weeks to compare them: it takes {need}."
    if last.returned_shares is None:
        return (
            f"In the last 13 weeks there were too few silences of a day or more to say: {sum(last.returned)} of {need}."
        )
    return (
        f"In the last 13 weeks you wrote first after {share_of(last.returned_shares.ego, 'silences of a day or more')}."
    )


def writing_sentence(writing: Writing) -> str:
    """Words and questions of both, then what was counted of the rest."""
    ego, alter = writing.ego, writing.alter
    said = [
        _both(ego.words_a_text, alter.words_a_text, "words a text"),
        _both_shares(ego.questions, alter.questions, "of texts that ask something"),
        f"Pictures and sounds: you {ego.media:,}, they {alter.media:,}.",
        f"Calls: you {ego.calls:,}, they {alter.calls:,}. Reactions: you {ego.reactions:,}, they {alter.reactions:,}.",
    ]
    return " ".join(said)


def _both(you: Mean | None, them: Mean | None, what: str) -> str:
    yours, theirs = (
        "too few to say"
        if mean is None
        else f"{rate_label(mean.value)} ({rate_label(mean.lower)} to {rate_label(mean.upper)})"
        for mean in (you, them)
    )
    return f"Your {what}: {yours}; theirs: {theirs}."


def _both_shares(you: Share | None, them: Share | None, what: str) -> str:
    yours, theirs = (
        "too few to say" if share is None else in_100(share.value, share.lower, share.upper) for share in (you, them)
    )
    return f"Your share {what}: {yours}; theirs: {theirs}."


def read_sentence(you: Share | None, them: Share | None) -> str:
    """What was read and not answered in the same conversation."""
    yours = share_of(you, "turns you are known to have read") if you else "too few of yours are known to say"
    theirs = share_of(them, "turns they are known to have read") if them else "too few of theirs are known to say"
    return f"Not answered there and then: {yours}; {theirs}."


def overlap_sentence(found: ClockOverlap) -> str:
    """How alike the hours of both are, from 0 (never the same hour) to 1 (the very same hours)."""
    return (
        f"From 0, never the same hour, to 1, the very same hours, your weeks are alike to {found.likeness:.2f} "
        f"({found.lower:.2f} to {found.upper:.2f}; n = {found.weeks:,} weeks)."
    )


def stability_sentence(told: Sequence[tuple[int, Share]]) -> str:
    """Between which shares it lies, were a new conversation one after fewer or more hours."""
    if len(told) < 2:
        return "Too little data to say whether it depends on where a conversation is cut."
    low, high = min(share.value for _, share in told), max(share.value for _, share in told)
    between = f"{100 * low:.0f}" if f"{low:.2f}" == f"{high:.2f}" else f"{100 * low:.0f} to {100 * high:.0f}"
    return (
        f"Were a conversation new after {told[0][0]} to {told[-1][0]} hours without a message, "
        f"you would have begun {between} in 100 of them."
    )
