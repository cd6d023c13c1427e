"""Your own hours: when urges and looks came and what set them off, with n and intervals; at most one offer."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from fallow.app import WINDOW_DAYS, Cue, Hours, Patterns, Share, read_patterns
from fallow.charts import Figure, own_hours_chart
from fallow.language import gettext as _
from fallow.language import ngettext
from fallow.web.office import Visit

PLANS = "/plans"
"""Where a plan for an hour is made; linked once there is such a place."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something counted: its name, how often, and its share in words, empty where there is too little data."""

    name: str
    counted: str
    share: str = ""


def show(visit: Visit) -> Response:
    patterns = read_patterns(visit.desk)
    return visit.page(
        "hours.html",
        patterns=patterns,
        figures=figures(patterns),
        weekdays=[
            share_line(name, share) for name, share in zip(weekday_names(), patterns.urges.weekdays, strict=False)
        ],
        cues=[cue_line(cue) for cue in patterns.cues],
        cues_said=cues_said(patterns),
        afterwards=afterwards(patterns),
        offer=offer(patterns),
        plans=PLANS if _is_place(PLANS) else "",
    )


def weekday_names() -> list[str]:
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


def in_100(share: Share) -> str:
    return _("%(value).0f in 100 (%(lower).0f to %(upper).0f)") % {
        "value": 100 * share.value,
        "lower": 100 * share.lower,
        "upper": 100 * share.upper,
    }


def share_line(name: str, share: Share) -> Line:
    return Line(name, _("%(k)s of %(n)s") % {"k": share.count, "n": share.n}, in_100(share))


def cue_line(cue: Cue) -> Line:
    counted = ngettext("%(n)s time", "%(n)s times", cue.count) % {"n": cue.count}
    return Line(cue.words, counted, "" if cue.share is None else in_100(cue.share))


def cues_said(patterns: Patterns) -> str:
    """How many urges name a cue, and what that allows to say."""
    n = patterns.with_cue
    said = ngettext("%(n)s urge names what set it off.", "%(n)s urges name what set them off.", n) % {"n": n}
    if patterns.cues and patterns.cues[0].share is None:
        return " ".join([said, _("Too few for shares.")])
    return said if patterns.cues else " ".join([said, _("None was named twice.")])


def afterwards(patterns: Patterns) -> list[Line]:
    names = {
        "neither": _("Nothing was logged"),
        "sealed": _("You wrote, and sealed it"),
        "reached_out": _("You reached out"),
    }
    return [share_line(names[what], share) for what, share in patterns.afterwards.items()]


def offer(patterns: Patterns) -> str:
    """The one hour for which a plan is offered; empty where none stands out."""
    coming, found = patterns.coming, patterns.urges.found
    if coming is None or found is None:
        return ""
    return _(
        "The next hard hour may be %(day)s around %(hour)02d:00: %(value).0f in 100 such hours held an urge "
        "(%(lower).0f to %(upper).0f; n = %(entries)s urges in %(days)s days)."
    ) % {
        "day": weekday_names()[coming.weekday],
        "hour": coming.hour,
        "value": 100 * coming.share,
        "lower": 100 * coming.lower,
        "upper": 100 * coming.upper,
        "entries": found.entries,
        "days": found.days,
    }


def figures(patterns: Patterns) -> list[Figure]:
    """The week of urges and the week of looks."""
    drawn: list[tuple[str, Hours, str]] = [("urges", patterns.urges, _("Urges")), ("looks", patterns.looks, _("Looks"))]
    definition = _(
        "Whether an hour of the week held one or more, on the clock of the place you were in; several in one hour "
        "count once. Shares come from a beta-binomial model that draws each hour of a weekday towards that hour of "
        "all days, and those towards your own average, with 95 %% intervals. An hour is called clearly above the "
        "average where its whole interval lies at least a quarter above it. Only the last %(days)s days are looked at."
    ) % {"days": WINDOW_DAYS}
    made = []
    for what, hours, title in drawn:
        chart = own_hours_chart(what, hours.held, hours.observed, hours.found)  # type: ignore[arg-type]
        made.append(Figure(what, title, chart.svg, chart.sentence, chart.columns, chart.rows, definition))
    return made


def _is_place(path: str) -> bool:
    from fallow.web.pages.places import PLACES  # the table names this module, so it is looked up when asked

    return any(place.path == path for place in PLACES)
