"""
Whether they may write: the silence forecast, opened on purpose, for an hour, once a week.

What cannot be told is said before anything is opened, so that it costs no opening. Nothing of it is kept: it changes
with every hour.
"""

from __future__ import annotations

import datetime as dt

from starlette.responses import Response

from fallow.app import (
    FEW_OF_OWN,
    Chance,
    SilenceForecast,
    forget_own_world,
    learn_own_world,
    load_population,
    own_world,
    plan_of,
    rates_open,
    record,
    silence_forecast,
)
from fallow.charts import Figure, Limited, forecast_chart
from fallow.errors import FallowError, NoSilenceNow, NotEnoughData, SilenceNotSeen
from fallow.language import gettext as _
from fallow.language import ngettext, say_count
from fallow.plan import Ask, PageOpened, read_budget
from fallow.web.errors import status_of
from fallow.web.forms import Form, Upload
from fallow.web.office import Visit


def show(visit: Visit) -> Response:
    """The curve and its words, once they were opened on purpose; before that, what it is."""
    desk = visit.desk
    if not desk.store.message_count():
        return visit.page("ahead_none.html", here="/more", unknown=None)
    try:
        found = silence_forecast(desk)
    except (NoSilenceNow, NotEnoughData, SilenceNotSeen) as unknown:
        return visit.page("ahead_none.html", here="/more", unknown=unknown, quiet=isinstance(unknown, NotEnoughData))
    budget = read_budget(plan_of(desk), "forecast", desk.clock())
    if not budget.open:
        return visit.page("ahead_shut.html", here="/more", budget=budget)
    return visit.page(
        "ahead.html",
        here="/more",
        found=found,
        since=dt.datetime.fromisoformat(found.since).date(),
        lasted=days_said(found.silence_days),
        figure=figure(found),
        rests_on=rests_on(found),
        moved=moved(found),
        rates_open=rates_open(desk),
        logs=load_population().logs,
    )


def open(visit: Visit, _form: Form) -> Response:
    """Open it for an hour; the plan refuses when the week's one opening is spent, and an empty page costs none."""
    desk = visit.desk
    try:
        silence_forecast(desk)
    except (NoSilenceNow, NotEnoughData, SilenceNotSeen):
        return visit.go("/ahead")
    record(desk, Ask(PageOpened("forecast")))
    return visit.go("/ahead")


def show_others(visit: Visit, error: FallowError | None = None) -> Response:
    """What one's other conversations can add, how they are read, and on how many the numbers stand."""
    status = 200 if error is None else status_of(error)
    return visit.page("ahead_others.html", here="/more", status=status, error=error, own=own_world(visit.desk))


def read_others(visit: Visit, upload: Upload) -> Response:
    """Read the times of the other conversations in memory; only the fitted numbers are kept."""
    try:
        learn_own_world(visit.desk, upload.data, progress=upload.reading.go_on)
    except FallowError as error:
        return show_others(visit, error)
    return visit.go("/ahead/others")


def forget_others(visit: Visit, _form: Form) -> Response:
    """From the public logs alone again."""
    gone = forget_own_world(visit.desk)
    return visit.go("/import", said=_("Those numbers are removed.") if gone else "")


def figure(found: SilenceForecast) -> Figure:
    """The picture with its sentence, its table and how it was counted."""
    chart = forecast_chart(
        found.horizons,
        silent=_limited(found.if_silent),
        other=_limited(found.other),
        own=_limited(found.self),
        neither=_limited(found.neither),
    )
    definition = _(
        "All numbers are of 100 silences, with %(level).0f %% limits in brackets. Only times were used. What ended "
        "silences was learned from each of %(logs)s public logs apart; they are mixed by how well each explains your "
        "own earlier silences, and then moved towards your record. The limits hold how far the logs differ, so they "
        "are wide, and they should be. Between the marks the lines are drawn straight."
    ) % {"level": 100 * found.level, "logs": len(load_population().logs)}
    return Figure("ahead", _("Their next message"), chart.svg, chart.sentence, chart.columns, chart.rows, definition)


def _limited(chances: tuple[Chance, ...]) -> list[Limited]:
    return [(chance.p, chance.lo, chance.hi) for chance in chances]


def days_said(days: float) -> str:
    """Whole days gone by."""
    return ngettext("%(n)s day", "%(n)s days", int(days)) % {"n": int(days)}


def rests_on(found: SilenceForecast) -> list[str]:
    """The silences before this one: how many, who ended them, the longest."""
    n = found.n_earlier_silences
    counted = ngettext(
        "There was %(n)s earlier silence of a day or more. They ended %(other)s of them and you %(own)s.",
        "There were %(n)s earlier silences of a day or more. They ended %(other)s of them and you %(own)s.",
        n,
    ) % {"n": n, "other": found.ended_by_other, "own": found.ended_by_self}
    longest = _("The longest of them lasted %(days)s.") % {"days": days_said(found.longest_days)}
    beyond = _("This one is longer than any of them.") if found.silence_days > found.longest_days else ""
    own = ngettext(
        "What public logs say was moved to how silences go in your %(n)s other conversation.",
        "What public logs say was moved to how silences go in your %(n)s other conversations.",
        found.other_dyads,
    ) % {"n": say_count(found.other_dyads)}
    return [counted, f"{longest} {beyond}".strip(), *([own] if found.other_dyads else [])]


def moved(found: SilenceForecast) -> list[str]:
    """What made it higher or lower, as far as counts and age alone can say so."""
    other, own = found.ended_by_other, found.ended_by_self
    if other > own:
        who = _("Who ended the earlier ones: they more often than you. That moves it up.")
    elif other < own:
        who = _("Who ended the earlier ones: you more often than they. That moves it down.")
    else:
        who = _("Who ended the earlier ones: each of you as often. That moves it neither way.")
    age = _("How long this one has lasted: %(days)s. The longer, the lower.") % {"days": days_said(found.silence_days)}
    few = _("How few silences of your own there are. So it rests more on other people than on the two of you.")
    return [age, who, few] if found.n_earlier_silences < FEW_OF_OWN else [age, who]
