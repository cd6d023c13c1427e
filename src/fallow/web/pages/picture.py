"""The picture of both sides: charts with the sentence that says the same, kept encrypted once drawn; and the report."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from fallow.app import Desk, analyse_kept, kept, kept_name, known_names, plan_of, record
from fallow.charts import BothSides, draw_both_sides, kept_as, pack, unpack, write_report
from fallow.plan import Ask, PageOpened, Plan, gate_open, read_budget
from fallow.web.forms import Form
from fallow.web.office import Visit

MIN_MESSAGES: Final = 2
"""One message has no gap, so nothing can be measured."""


def show(visit: Visit) -> Response:
    """The charts, once they were opened on purpose; before that, what is left of the week's budget."""
    desk = visit.desk
    if desk.store.message_count() < MIN_MESSAGES:
        return visit.page("picture.html", here="/picture", picture=None, budget=None)
    plan = plan_of(desk)
    budget = read_budget(plan, "picture", desk.clock())
    if not budget.open:
        return visit.page("picture.html", here="/picture", picture=None, budget=budget)
    return visit.page(
        "picture.html",
        here="/picture",
        picture=_drawn(desk, plan),
        budget=None,
        weighed_open=gate_open(plan, "reasons", desk.clock()),
        ahead_open=gate_open(plan, "forecast", desk.clock()),
    )


def open(visit: Visit, _form: Form) -> Response:
    """Open it for an hour; the plan refuses when the week's budget is spent."""
    record(visit.desk, Ask(PageOpened("picture")))
    return visit.go("/picture")


def download(visit: Visit) -> Response:
    """The report as a file, while the picture is open; else back to where it is opened."""
    desk = visit.desk
    plan, today = plan_of(desk), desk.clock().day
    if desk.store.message_count() < MIN_MESSAGES or not read_budget(plan, "picture", desk.clock()).open:
        return visit.go("/picture")
    names = None if visit.query.get("hide") == "1" else next(reversed(known_names(desk)), None)
    named = {"Content-Disposition": f'attachment; filename="notes-{today.isoformat()}.html"'}
    report = write_report(_drawn(desk, plan), today, names)
    return Response(report, media_type="text/html; charset=utf-8", headers=named)


def _drawn(desk: Desk, plan: Plan) -> BothSides:
    """Measured and drawn once, and kept until the messages change or another day is told as the end."""
    ended = plan.terms.breakup.on
    return unpack(kept(desk, kept_name(kept_as(), ended), lambda: pack(draw_both_sides(analyse_kept(desk, ended)))))
