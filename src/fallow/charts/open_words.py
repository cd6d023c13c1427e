"""What is said of the ways that are open: sentences and labels of the map over time."""

from __future__ import annotations

from typing import Final

from fallow.charts.phrases import day_label
from fallow.language import N_
from fallow.language import gettext as _
from fallow.reach import DayCount, Way

OPEN_TITLE: Final = N_("What was open between you, day by day")
WAY_TITLES: Final[dict[Way, str]] = {
    "reach_me": N_("they can reach you"),
    "see_me": N_("they can see you"),
    "watch_them": N_("you can watch them"),
    "returns": N_("comes up by itself"),
}
OPEN_COLUMNS: Final = (N_("Day"), N_("They can reach you"), N_("They can see you"), N_("You can watch them"))


def open_count(count: int) -> str:
    return _("{n} open").format(n=count)


def unknown_count(count: int) -> str:
    return _("{n} not known").format(n=count)


def open_label(count: DayCount) -> str:
    return _("{open} open, {unknown} not known").format(open=count.open, unknown=count.unknown)


def open_sentence(days: list[list[DayCount]]) -> str:
    """How many ways are open today and were on the first day; each day holds reach_me, see_me, watch_them."""
    if not days:
        return _("Nothing was said about any way yet, so nothing is counted.")
    last, first = days[-1], days[0]
    said = _(
        "Ways open on {day}: {reach} by which they can reach you ({reach_unknown} not known), {see} by which they can "
        "see you ({see_unknown} not known), {watch} by which you can watch them ({watch_unknown} not known)."
    ).format(day=day_label(last[0].day), **_counts(last))
    if len(days) == 1:
        return " ".join((said, _("One day is too little for a picture.")))
    before = _(
        "On {day}, the first day of this, in the same order: {reach} ({reach_unknown} not known), {see} ({see_unknown} "
        "not known), {watch} ({watch_unknown} not known)."
    ).format(day=day_label(first[0].day), **_counts(first))
    return f"{said} {before}"


def _counts(day: list[DayCount]) -> dict[str, int]:
    reach, see, watch = day
    return {
        "reach": reach.open,
        "reach_unknown": reach.unknown,
        "see": see.open,
        "see_unknown": see.unknown,
        "watch": watch.open,
        "watch_unknown": watch.unknown,
    }
