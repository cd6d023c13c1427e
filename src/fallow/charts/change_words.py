"""
What is said of a change: in which series, by how much, when, and that there was none that is clear.

When is the day half way through it, with its limits: a record tells where a slow change begins far less well
(docs/explanation/changes.md), so the beginning stands in the table alone.
"""

from __future__ import annotations

import math
from typing import Final

from fallow.charts.phrases import THEM, TOO_FEW, YOU, date_label, lower_to_upper, short_day_of_year
from fallow.charts.timeline import to_date
from fallow.dyad import Change, ChangeReading, SeriesReading
from fallow.language import N_, ngettext, say_count, say_number
from fallow.language import gettext as _
from fallow.messages import ALTER, EGO

CHANGES_TITLE: Final = N_("What changed before the end, and when: triangles point up where it rose, down where it fell")
CHANGES_COLUMNS: Final = (
    N_("What"),
    N_("Whose"),
    N_("n"),
    N_("Began, roughly"),
    N_("Half way (95 %)"),
    N_("After, of before (95 %)"),
    N_("p"),
)
NOTHING_CLEAR: Final = N_("none clear")
FEW: Final = N_("too few")
NO_CHANGE: Final = N_("no clear change")
SERIES: Final = {
    "volume": N_("messages a week"),
    "openings": N_("conversations begun"),
    "latency": N_("time to answer"),
    "words": N_("words a text"),
}
FRACTIONS: Final = (
    (1 / 10, N_("about a tenth of what they were ({limits})")),
    (1 / 5, N_("about a fifth of what they were ({limits})")),
    (1 / 4, N_("about a quarter of what they were ({limits})")),
    (1 / 3, N_("about a third of what they were ({limits})")),
    (1 / 2, N_("about half of what they were ({limits})")),
    (2 / 3, N_("about two thirds of what they were ({limits})")),
    (3 / 4, N_("about three quarters of what they were ({limits})")),
)
NUMBERS: Final = (
    *("", N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six")),
    *(N_("seven"), N_("eight"), N_("nine"), N_("ten"), N_("eleven"), N_("twelve")),
)
SAID: Final = {
    ("volume", EGO, "fell"): N_("Your messages fell to {amount}, {when}, {ahead}."),
    ("volume", EGO, "rose"): N_("Your messages rose to {amount}, {when}, {ahead}."),
    ("volume", ALTER, "fell"): N_("Their messages fell to {amount}, {when}, {ahead}."),
    ("volume", ALTER, "rose"): N_("Their messages rose to {amount}, {when}, {ahead}."),
    ("openings", EGO, "fell"): N_("Conversations begun by you fell to {amount}, {when}, {ahead}."),
    ("openings", EGO, "rose"): N_("Conversations begun by you rose to {amount}, {when}, {ahead}."),
    ("openings", ALTER, "fell"): N_("Conversations begun by them fell to {amount}, {when}, {ahead}."),
    ("openings", ALTER, "rose"): N_("Conversations begun by them rose to {amount}, {when}, {ahead}."),
    ("latency", EGO, "fell"): N_("Your answers came sooner, after {amount}, {when}, {ahead}."),
    ("latency", EGO, "rose"): N_("Your answers came later, after {amount}, {when}, {ahead}."),
    ("latency", ALTER, "fell"): N_("Their answers came sooner, after {amount}, {when}, {ahead}."),
    ("latency", ALTER, "rose"): N_("Their answers came later, after {amount}, {when}, {ahead}."),
    ("words", EGO, "fell"): N_("Your texts grew shorter, to {amount}, {when}, {ahead}."),
    ("words", EGO, "rose"): N_("Your texts grew longer, to {amount}, {when}, {ahead}."),
    ("words", ALTER, "fell"): N_("Their texts grew shorter, to {amount}, {when}, {ahead}."),
    ("words", ALTER, "rose"): N_("Their texts grew longer, to {amount}, {when}, {ahead}."),
}
"""What moved, of whom, which way: to how much of what it was, when, how long before the end."""


def volume_sentence(reading: ChangeReading) -> str:
    """What the weekly numbers of messages show of both sides."""
    ego, alter = (one for one in reading.series if one.series == "volume")
    if ego.change is None and alter.change is None:
        return _("No clear change in the number of messages before the end.")
    return " ".join(_said(one, reading.before) for one in (alter, ego) if one.change is not None)


def changes_sentence(reading: ChangeReading) -> str:
    """Every series that clearly moved, the earliest first; and how many did not."""
    moved = [(one.change.middle, one) for one in reading.moved if one.change is not None]
    tested = sum(not one.too_little for one in reading.series)
    looked = _("{tested} of 8 weekly series could be read, over {weeks} weeks before the end.").format(
        tested=tested, weeks=say_count(reading.weeks)
    )
    if not moved:
        return " ".join((_("No clear change before the end."), looked))
    moved.sort(key=lambda each: each[0])
    parts = [_said(one, reading.before) for _day, one in moved]
    still = tested - len(moved)
    if still:
        rest = ngettext(
            "In the other {number} there is no clear change.", "In the other {number} there is no clear change.", still
        )
        parts.append(rest.format(number=_(NUMBERS[still])))
    return " ".join((*parts, looked))


def too_few_weeks(have: int, need: int) -> str:
    return _("Too few weeks before the end to say whether anything changed: {have} of at least {need}.").format(
        have=have, need=need
    )


def marker_label(change: Change) -> str:
    return _("change around {day}").format(day=short_day_of_year(to_date(change.middle)))


def row_cells(one: SeriesReading) -> tuple[str, ...]:
    """The row of one series."""
    head = (_(SERIES[one.series]), _(YOU if one.side == EGO else THEM), say_count(one.n))
    p = "" if one.p is None else p_label(one.p)
    if one.change is None:
        return (*head, _(TOO_FEW if one.too_little else NO_CHANGE), "", "", p)
    found = one.change
    when = _("{day} ({earliest} to {latest})").format(**_days(found))
    ratio = _("{length} ({limits})").format(length=say_number(found.ratio, 2), limits=_limits(found))
    return (*head, date_label(found.begins), when, ratio, p)


def ratio_label(change: Change) -> str:
    shown = f"{change.ratio:.2g}" if change.ratio < 10 else f"{change.ratio:.0f}"
    return f"× {say_number(float(shown), len(shown.partition('.')[2]))}"


def p_label(p: float) -> str:
    return _("under {n}").format(n=say_number(0.001, 3)) if p < 0.001 else say_number(p, 3)


def _said(one: SeriesReading, before: int) -> str:
    """One change in words."""
    change = one.change
    assert change is not None
    return _(SAID[one.series, one.side, "fell" if change.ratio < 1 else "rose"]).format(
        amount=_amount(change, one.series),
        when=_("around {day} ({earliest} to {latest})").format(**_days(change)),
        ahead=_ahead(before - change.middle),
    )


def _days(change: Change) -> dict[str, str]:
    return {name: date_label(day) for name, day in zip(("day", "earliest", "latest"), _when(change), strict=True)}


def _when(change: Change) -> tuple[int, int, int]:
    return change.middle, change.earliest, change.latest


def _ahead(days: int) -> str:
    weeks = round(days / 7)
    if weeks < 1:
        return _("in the last week before the end")
    number = _(NUMBERS[weeks]) if weeks < len(NUMBERS) else say_count(weeks)
    return ngettext("{number} week before the end", "{number} weeks before the end", weeks).format(number=number)


def _amount(change: Change, series: str) -> str:
    """About how much of what it was, with its limits; waits by how many times as long."""
    limits, ratio = _limits(change), say_number(change.ratio, 1)
    if series == "latency":
        return _("about {ratio} times as long a wait ({limits})").format(ratio=ratio, limits=limits)
    if change.ratio < 1:
        named = min(FRACTIONS, key=lambda each: abs(math.log(each[0] / change.ratio)))[1]
        return _(named).format(limits=limits)
    return _("about {ratio} times what they were ({limits})").format(ratio=ratio, limits=limits)


def _limits(change: Change) -> str:
    return lower_to_upper(say_number(change.lower, 2), say_number(change.upper, 2))
