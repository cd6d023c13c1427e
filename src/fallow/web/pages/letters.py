"""Letters that are never sent: begun, put away until a day, read again, burned and looked for."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from starlette.responses import Response

from fallow.app import (
    Rest,
    begin_letter,
    burn_letter,
    holds_words,
    is_open,
    letters_shown,
    may_write,
    plan_of,
    put_letter_away,
    read_letter,
    rest_day,
    save_letter,
    write_on,
)
from fallow.errors import DayNotToCome, FallowError
from fallow.guidance import find_source
from fallow.language import gettext as _
from fallow.language import say_day
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.writing import at, burned, keep, kept, text_of

PLACE = "/letters"


def show(visit: Visit) -> Response:
    """Every letter without its words; where writing is closed, each can still be burned."""
    shown = letters_shown(visit.desk)
    return visit.page(
        "letters.html",
        may_write=may_write(plan_of(visit.desk), visit.desk.clock()),
        letters=[
            (letter.id, at(visit, letter.started_at), state, at(visit, letter.opens_at or letter.saved_at))
            for state, letters in zip(shown._fields, shown, strict=True)
            for letter in letters
        ],
        source=find_source("sbarra2013").short,
    )


def begin(visit: Visit, _form: Form) -> Response:
    return visit.go(f"{PLACE}/{begin_letter(visit.desk)}")


def show_letter(visit: Visit) -> Response:
    with visit.office.drafting:  # behind a save that came first: reloading while typing shows every word
        letter = read_letter(visit.desk, visit.params["id"])
    return _page(visit, letter.id)


def change(visit: Visit, form: Form) -> Response:
    """Keep it, put it away, take it out again or burn it."""
    id = visit.params["id"]
    match form["do"]:
        case "burn":
            return _burn(visit, form)
        case "rest":
            return _rest(visit, form)
        case "write_on":
            write_on(visit.desk, id)
            return visit.go(f"{PLACE}/{id}")
        case "back":
            return visit.go(PLACE)
        case _:
            keep(visit, form, save_letter)
            return kept(visit, form, PLACE)


def _rest(visit: Visit, form: Form) -> Response:
    id = visit.params["id"]
    try:
        if "text" in form.fields:
            keep(visit, form, save_letter)  # first, so that no word is lost where the day is refused
        put_letter_away(visit.desk, id, None, _day(visit, form))
    except DayNotToCome as error:
        return _page(visit, id, error)
    return visit.go(PLACE, said=_("Put away. Nothing was sent."))


def _burn(visit: Visit, form: Form) -> Response:
    """At once where it is empty; where it holds words, after one quiet question."""
    id = visit.params["id"]
    if not form["sure"] and (text_of(form).strip() or holds_words(visit.desk, id)):
        if text_of(form).strip():
            keep(visit, form, save_letter)  # the answer may be to keep it
        return visit.page("letter_burn.html", id=id, place=PLACE)
    return visit.go(PLACE, said=burned(burn_letter(visit.desk, id)))


def _page(visit: Visit, id: str, error: FallowError | None = None) -> Response:
    letter = read_letter(visit.desk, id)
    opened = is_open(visit.desk, letter)
    template = "letter.html" if not letter.sealed else "letter_read.html" if opened else "letter_rests.html"
    return visit.page(
        template,
        status=200 if error is None else status_of(error),
        error=error,
        letter=letter,
        began=at(visit, letter.started_at),
        opens=at(visit, letter.opens_at or letter.saved_at),
        rests=[(rest, _rest_label(rest, rest_day(visit.desk.clock(), rest))) for rest in get_args(Rest)],
        writing=not letter.sealed,
        bare=not letter.sealed,
    )


def _day(visit: Visit, form: Form) -> dt.date:
    """The day typed, else the rest chosen, else a week."""
    if form["on"]:
        try:
            return dt.date.fromisoformat(form["on"])
        except ValueError as problem:
            raise DayNotToCome from problem
    rests: dict[str, Rest] = {rest: rest for rest in get_args(Rest)}
    return rest_day(visit.desk.clock(), rests.get(form["until"], "week"))


def _rest_label(rest: Rest, day: dt.date) -> str:
    return {
        "week": _("a week, until %(day)s"),
        "month": _("a month, until %(day)s"),
        "three_months": _("three months, until %(day)s"),
    }[rest] % {"day": say_day(day)}
