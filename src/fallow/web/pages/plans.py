"""What a person arranges for hard hours: three if-then plans, things that have helped, a line for the morning."""

from __future__ import annotations

from starlette.responses import Response

from fallow.app import (
    MOST_DISTRACTIONS,
    PLACES_OF_PLANS,
    clear_if_then,
    list_distractions,
    plan_if_then,
    plan_of,
    require_place,
    set_morning_line,
)
from fallow.errors import FallowError, NotUnderstood
from fallow.guidance import find_technique, morning_line
from fallow.language import gettext as _
from fallow.plan import IfThenPlanned
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit


def show(visit: Visit) -> Response:
    terms = plan_of(visit.desk).terms
    by_place = {planned.place: planned for planned in terms.if_then}
    return visit.page(
        "plans.html",
        plans=[(place, by_place.get(place), say_hours(by_place.get(place))) for place in PLACES_OF_PLANS],
        distractions=terms.distractions,
        line=terms.morning_line,
        why=find_technique("if_then"),
    )


def show_plan(visit: Visit) -> Response:
    return _plan_page(visit)


def keep_plan(visit: Visit, form: Form) -> Response:
    place = _place(visit)
    try:
        if form["do"] == "clear":
            clear_if_then(visit.desk, place)
            return visit.go("/plans", said=_("Taken out."))
        plan_if_then(visit.desk, place, form["moment"], form["act"], _hours(form))
    except FallowError as error:
        return _plan_page(visit, error, form)
    return visit.go("/plans", said=_("Kept. It is on the urge page, and on Today in its hours."))


def show_list(visit: Visit) -> Response:
    return _list_page(visit)


def keep_list(visit: Visit, form: Form) -> Response:
    try:
        list_distractions(visit.desk, form["items"].split("\n"))
    except FallowError as error:
        return _list_page(visit, error, form["items"])
    return visit.go("/plans", said=_("Kept."))


def show_morning(visit: Visit) -> Response:
    return _morning_page(visit)


def keep_morning(visit: Visit, form: Form) -> Response:
    try:
        set_morning_line(visit.desk, None if form["do"] == "clear" else form["words"])
    except FallowError as error:
        return _morning_page(visit, error, form["words"])
    return visit.go("/plans", said=_("Kept. Today begins with it, from four until eleven."))


def say_hours(planned: IfThenPlanned | None) -> str:
    """When Today shows it; empty where it does not."""
    if planned is None or planned.hour_from is None or planned.hour_until is None:
        return ""
    return _("on Today from %(first)02d:00 to %(until)02d:00") % {
        "first": planned.hour_from,
        "until": planned.hour_until,
    }


def _place(visit: Visit) -> int:
    """The place in the address; a number in words when it was carried through a lock."""
    place = int(visit.params["place"])
    require_place(place)
    return place


def _hours(form: Form) -> tuple[int, int] | None:
    """The two hours chosen; None where neither is."""
    given = [form["from"], form["until"]]
    if given == ["", ""]:
        return None
    if not all(hour.isascii() and hour.isdigit() and len(hour) < 3 for hour in given):
        raise NotUnderstood(what=_("the hours; both or neither"))
    return int(given[0]), int(given[1])


def _plan_page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    place = _place(visit)
    kept = next((each for each in plan_of(visit.desk).terms.if_then if each.place == place), None)
    first, until = (kept.hour_from, kept.hour_until) if kept else (None, None)
    values = {
        "moment": kept.moment if kept else "",
        "act": kept.act if kept else "",
        "from": "" if first is None else str(first),
        "until": "" if until is None else str(until),
    }
    if form is not None:
        values = {name: form[name] for name in values}
    return visit.page(
        "plan.html",
        status=200 if error is None else status_of(error),
        error=error,
        place=place,
        kept=kept is not None,
        values=values,
    )


def _list_page(visit: Visit, error: FallowError | None = None, items: str | None = None) -> Response:
    kept = "\n".join(plan_of(visit.desk).terms.distractions)
    return visit.page(
        "list.html",
        status=200 if error is None else status_of(error),
        error=error,
        items=kept if items is None else items,
        most=MOST_DISTRACTIONS,
    )


def _morning_page(visit: Visit, error: FallowError | None = None, words: str | None = None) -> Response:
    kept = plan_of(visit.desk).terms.morning_line
    return visit.page(
        "morning.html",
        status=200 if error is None else status_of(error),
        error=error,
        kept=kept is not None,
        words=(kept or "") if words is None else words,
        ours=morning_line(visit.desk.clock().day).text,
    )
