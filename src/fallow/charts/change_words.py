"""
What is said of a change: in which series, by how much, when, and that there was none that is clear.

When is the day half way through it, with its limits: a record tells where a slow change begins far less well
(docs/explanation/changes.md), so the beginning stands in the table alone.
"""

from __future__ import annotations

import math
from typing import Final

from fallow.charts.phrases import MONTHS, date_label
from fallow.charts.timeline import to_date
from fallow.dyad import Change, ChangeReading, SeriesReading
from fallow.messages import EGO

CHANGES_TITLE: Final = "What changed before the end, and when: triangles point up where it rose, down where it fell"
CHANGES_COLUMNS: Final = ("What", "Whose", "n", "Began, roughly", "Half way (95 %)", "After, of before (95 %)", "p")
NOTHING_CLEAR: Final = "none clear"
FEW: Final = "too few"
NO_CHANGE: Final = "no clear change"
SERIES: Final = {
    "volume": "messages a week",
    "openings": "conversations begun",
    "latency": "time to answer",
    "words": "words a text",
}
FRACTIONS: Final = (
    (1 / 10, "a tenth"), (1 / 5, "a fifth"), (1 / 4, "a quarter"), (1 / 3, "a third"), (1 / 2, "half"),
    (2 / 3, "two thirds"), (3 / 4, "three quarters"),
)  # fmt: skip
NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def volume_sentence(reading: ChangeReading) -> str:
    """What the weekly numbers of messages show of both sides."""
    ego, alter = (one for one in reading.series if one.series == "volume")
    if ego.change is None and alter.change is None:
        return "No clear change in the number of messages before the end."
    return " ".join(_said(one, reading.before) for one in (alter, ego) if one.change is not None)


def changes_sentence(reading: ChangeReading) -> str:
    """Every series that clearly moved, the earliest first; and how many did not."""
    moved = [(one.change.middle, one) for one in reading.moved if one.change is not None]
    tested = sum(not one.too_little for one in reading.series)
    looked = f"{tested} of 8 weekly series could be read, over {reading.weeks:,} weeks before the end."
    if not moved:
        return f"No clear change before the end. {looked}"
    moved.sort(key=lambda each: each[0])
    still = tested - len(moved)
    rest = f" In the other {NUMBERS[still]} there is no clear change." if still else ""
    return f"{' '.join(_said(one, reading.before) for _, one in moved)}{rest} {looked}"


def too_few_weeks(have: int, need: int) -> str:
    return f"Too few weeks before the end to say whether anything changed: {have} of at least {need}."


def marker_label(change: Change) -> str:
    date = to_date(change.middle)
    return f"change around {date.day} {MONTHS[date.month - 1][:3]}"


def row_cells(one: SeriesReading) -> tuple[str, ...]:
    """The row of one series."""
    whose = "you" if one.side == EGO else "them"
    head = (SERIES[one.series], whose, f"{one.n:,}")
    if one.change is None:
        said = "too few to say" if one.too_little else NO_CHANGE
        return (*head, said, "", "", "" if one.p is None else p_label(one.p))
    found = one.change
    when = f"{date_label(found.middle)} ({date_label(found.earliest)} to {date_label(found.latest)})"
    ratio = f"{found.ratio:.2f} ({found.lower:.2f} to {found.upper:.2f})"
    return (*head, date_label(found.begins), when, ratio, "" if one.p is None else p_label(one.p))


def ratio_label(change: Change) -> str:
    return f"× {change.ratio:.2g}" if change.ratio < 10 else f"× {change.ratio:.0f}"


def p_label(p: float) -> str:
    return "under 0.001" if p < 0.001 else f"{p:.3f}"


def _said(one: SeriesReading, before: int) -> str:
    """One change in words: what, to how much of what it was, when, how long before the end."""
    change = one.change
    assert change is not None
    fell = change.ratio < 1
    mine = one.side == EGO
    verb = {
        "volume": f"{'Your' if mine else 'Their'} messages {'fell' if fell else 'rose'} to",
        "openings": f"Conversations begun by {'you' if mine else 'them'} {'fell' if fell else 'rose'} to",
        "latency": f"{'Your' if mine else 'Their'} answers came {'sooner' if fell else 'later'}, after",
        "words": f"{'Your' if mine else 'Their'} texts grew {'shorter' if fell else 'longer'}, to",
    }[one.series]
    when = f"around {date_label(change.middle)} ({date_label(change.earliest)} to {date_label(change.latest)})"
    return f"{verb} {_amount(change, one.series)}, {when}, {_ahead(before - change.middle)}."


def _ahead(days: int) -> str:
    weeks = round(days / 7)
    if weeks < 1:
        return "in the last week before the end"
    shown = NUMBERS[weeks] if weeks < len(NUMBERS) else f"{weeks:,}"
    return f"{shown} week{'' if weeks == 1 else 's'} before the end"


def _amount(change: Change, series: str) -> str:
    """About how much of what it was, with its limits; waits by how many times as long."""
    limits = f"{change.lower:.2f} to {change.upper:.2f}"
    if series == "latency":
        return f"about {change.ratio:.1f} times as long a wait ({limits})"
    if change.ratio < 1:
        named = min(FRACTIONS, key=lambda each: abs(math.log(each[0] / change.ratio)))[1]
        return f"about {named} of what they were ({limits})"
    return f"about {change.ratio:.1f} times what they were ({limits})"
