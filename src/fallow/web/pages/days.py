"""Days that come every year: noted, decided about on a calm day, and given to a calendar under a neutral word."""

from __future__ import annotations

import datetime as dt
from typing import Final, get_args

from starlette.responses import Response

from fallow.app import (
    CALENDAR_NAME,
    DateAhead,
    calendar_file,
    dates,
    decide_date,
    drop_date,
    find_date_ahead,
    looks_ahead,
    note_date,
    note_first_message,
    note_holiday,
    plan_of,
)
from fallow.errors import FallowError, NotUnderstood
from fallow.guidance import load_holidays
from fallow.language import gettext as _
from fallow.language import ngettext, say_day, say_day_of_year
from fallow.plan import DateKind
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit

OWN_KINDS: Final = ("birthday", "anniversary", "other")
FIELDS: Final = ("name", "day", "month", "what")


def show(visit: Visit) -> Response:
    return _page(visit)


def add(visit: Visit, form: Form) -> Response:
    """A day of one's own, a holiday from the list, or the first message of the record, read now that it is asked."""
    try:
        match form["add"]:
            case "holiday":
                id = note_holiday(visit.desk, form["holiday"])
            case "first":
                id = note_first_message(visit.desk)
            case _:
                id = _note(visit, form)
    except FallowError as error:
        return _page(visit, error, form)
    return visit.go(f"/days/{id}")


def show_day(visit: Visit) -> Response:
    return _day_page(visit)


def change(visit: Visit, form: Form) -> Response:
    """Decide what to do on it, or look out for it no more."""
    id = visit.params["id"]
    if form["do"] == "drop":
        drop_date(visit.desk, id)
        return visit.go("/days", said=_("Dropped. Nothing is said about it any more."))
    decision = _("I let it pass quietly.") if form["do"] == "pass" else form["words"]
    try:
        decide_date(visit.desk, id, decision)
    except FallowError as error:
        return _day_page(visit, error, form["words"])
    return visit.go("/days", said=_("Decided. Today says it again, quietly, from a week before."))


def download(visit: Visit) -> Response:
    """Every date as a calendar file; names only where they were asked for."""
    desk = visit.desk
    with_names = visit.query.get("names") == "1"
    body = calendar_file(dates(desk), desk.clock().at, again=looks_ahead(desk), with_names=with_names)
    named = {"Content-Disposition": f'attachment; filename="{CALENDAR_NAME}"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=named)


def say_ahead(days: int) -> str:
    """How far a day lies ahead, from today to a week in words."""
    words = {
        0: _("Today"),
        1: _("Tomorrow"),
        2: _("In two days"),
        3: _("In three days"),
        4: _("In four days"),
        5: _("In five days"),
        6: _("In six days"),
        7: _("In a week"),
    }
    return words.get(days) or ngettext("In %(n)s day", "In %(n)s days", days) % {"n": days}


def say_notice(each: DateAhead, *, stopped: bool) -> str:
    """The quiet line on Today; in a clear stop nothing that was decided before it is repeated."""
    opens = _("%(when)s: %(name)s.") % {"when": say_ahead(each.days), "name": each.name}
    if stopped:
        rest = _("It can pass quietly; this day is for you.")
    elif each.decision is not None:
        rest = _("You decided: %(decision)s") % {"decision": each.decision}
    elif each.may_decide:
        rest = _("Nothing is decided yet. It can be now, while there is time.")
    else:
        rest = _("Nothing has to be decided. Letting it pass is open, always.")
    return f"{opens} {rest}"


def _note(visit: Visit, form: Form) -> str:
    day, month, what = form["day"], form["month"], form["what"]
    if not (day.isascii() and day.isdigit() and month.isascii() and month.isdigit()):
        raise NotUnderstood(what=_("the day"))
    kind: DateKind = what if what in get_args(DateKind) else "other"  # type: ignore[assignment]
    return note_date(visit.desk, form["name"], int(month[:4]), int(day[:4]), what=kind)


def _page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    ahead = dates(visit.desk)
    return visit.page(
        "days.html",
        status=200 if error is None else status_of(error),
        error=error,
        days=[(each, say_ahead(each.days), say_day(each.on)) for each in ahead],
        kinds=[
            (kind, label)
            for kind, label in zip(OWN_KINDS, (_("A birthday"), _("An anniversary"), _("Another day")), strict=True)
        ],
        months=month_names(),
        holidays=[
            (each.id, each.name, say_day_of_year(dt.date(2000, each.month, each.day))) for each in load_holidays()
        ],
        has_messages=visit.desk.store.message_count() > 0,
        typed={name: "" if form is None else form[name] for name in FIELDS},
    )


def month_names() -> list[str]:
    return [
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July")),
        *(_("August"), _("September"), _("October"), _("November"), _("December")),
    ]


def _day_page(visit: Visit, error: FallowError | None = None, words: str = "") -> Response:
    each = find_date_ahead(visit.desk, visit.params["id"])
    return visit.page(
        "day.html",
        status=200 if error is None else status_of(error),
        error=error,
        each=each,
        ahead=say_ahead(each.days),
        stop=plan_of(visit.desk).terms.hard_stop is not None,
        words=words,
    )
