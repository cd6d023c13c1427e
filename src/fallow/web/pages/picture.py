"""The picture of both sides: charts with the sentence that says the same, kept encrypted once drawn."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
from markupsafe import Markup
from starlette.responses import Response

from fallow.app import Analysis, Desk, Waiting, analyse, kept, plan_of, record
from fallow.charts import ReplyCurve, clock_chart, openings_chart, reply_chart, silences_chart, weekly_chart
from fallow.plan import Ask, PageOpened, read_budget
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.render import gettext as _

KEPT_AS: Final = "picture-2"
"""The name under which drawn charts are kept; the number rises when a chart changes."""


MIN_MESSAGES: Final = 2
"""One message has no gap, so nothing can be measured."""


class Figure(msgspec.Struct, frozen=True):
    """One drawn chart: ready to be set into the page."""

    title: str
    svg: str
    sentence: str
    columns: list[str]
    rows: list[list[str]]
    definition: str

    @property
    def drawing(self) -> Markup:
        """The SVG as it is set into the page: made by `charts`, which escapes every word in it."""
        return Markup(self.svg)  # noqa: S704


class Picture(msgspec.Struct, frozen=True):
    count: int
    first: dt.date
    last: dt.date
    figures: list[Figure]


def show(visit: Visit) -> Response:
    """The charts, once they were opened on purpose; before that, what is left of the week's budget."""
    if visit.desk.store.message_count() < MIN_MESSAGES:
        return visit.page("picture.html", here="/picture", picture=None, budget=None)
    budget = read_budget(plan_of(visit.desk), "picture", visit.desk.clock())
    if not budget.open:
        return visit.page("picture.html", here="/picture", picture=None, budget=budget)
    body = kept(visit.desk, KEPT_AS, lambda: msgspec.json.encode(draw(visit.desk)))
    return visit.page("picture.html", here="/picture", picture=msgspec.json.decode(body, type=Picture), budget=None)


def open(visit: Visit, _form: Form) -> Response:
    """Open it for an hour; the plan refuses when the week's budget is spent."""
    record(visit.desk, Ask(PageOpened("picture")))
    return visit.go("/picture")


def draw(desk: Desk) -> Picture:
    """Measure the stored record and draw every chart of it."""
    analysis = analyse(desk.store.messages())
    return Picture(len(analysis.table), analysis.first.date(), analysis.last.date(), figures(analysis))


def figures(analysis: Analysis) -> list[Figure]:
    """Every chart of the page, ego's side always first."""
    sides = analysis.sides
    drawn = [
        (_("Messages a week"), weekly_chart(sides.weeks), _(
            "Every message of each side, by local week from Monday. Calls and media count, system lines do not.")),
        (_("Who began a conversation"), openings_chart(sides.openings, sides.criterion), _(
            "A conversation is new after a silence longer than the gap that parts the two kinds of gaps in this very "
            "record (a mixture of two log-normal distributions, held between 1 and 12 hours; 6 where it cannot be "
            "learned). "
            "Intervals are 95 %, Wilson.")),
        (_("How long an answer took"), reply_chart(_curve(analysis.ego), _curve(analysis.alter)), _(
            "From the last message of a turn to the first message of the answer. Turns that got no answer count as "
            "still waiting (Kaplan–Meier), with 95 % log-log intervals. Nights are not left out.")),
        (_("Silences of three days and more"), silences_chart(sides.silences), _(
            "Three days and more in which neither side wrote here, and who wrote first after it. Other channels "
            "are not seen.")),
        (_("The clock"), clock_chart(sides.clock, analysis.busiest), _(
            "Messages by local hour and weekday, on one scale for both sides.")),
    ]  # fmt: skip
    return [
        Figure(title, chart.svg, chart.sentence, list(chart.columns), [list(row) for row in chart.rows], definition)
        for title, chart, definition in drawn
    ]


def _curve(waiting: Waiting) -> ReplyCurve | None:
    if waiting.curve is None or waiting.median is None:
        return None
    return ReplyCurve(waiting.curve, waiting.median, waiting.latencies.resolution)
