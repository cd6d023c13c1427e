"""A reminder a day, for who wants one: none by default, silent, with a neutral title, at a time that was chosen."""

from __future__ import annotations

import datetime as dt

import msgspec
from starlette.responses import Response

from fallow.app import CALENDAR_NAME, reminder_file
from fallow.errors import FallowError, NothingChosen, SettingRefused
from fallow.language import N_
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.wiring import mark_of

PLACE = "/reminder"
USUAL = "19:00"
"""What the field holds before a time was chosen."""


def show(visit: Visit) -> Response:
    return _page(visit)


def choose(visit: Visit, form: Form) -> Response:
    """A time, or none any more."""
    office = visit.office
    at = "" if form["do"] == "off" else form["at"][:5]
    try:
        if form["do"] != "off" and not at:
            raise NothingChosen
        office.choose(msgspec.structs.replace(office.settings, remind_at=at))
    except SettingRefused:
        return _page(visit, SettingRefused(setting=N_("the time")))
    except FallowError as error:
        return _page(visit, error)
    return visit.go(PLACE, said=_("Kept.") if at else _("Off. Nothing reminds any more."))


def download(visit: Visit) -> Response:
    """The same as a calendar file; before a time was chosen, at the usual one."""
    settings = visit.office.settings
    at = dt.time.fromisoformat(settings.remind_at or USUAL)
    body = reminder_file(at, visit.desk.clock().local, id=mark_of(settings), title=settings.name)
    named = {"Content-Disposition": f'attachment; filename="{CALENDAR_NAME}"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=named)


def _page(visit: Visit, error: FallowError | None = None) -> Response:
    at = visit.office.settings.remind_at
    return visit.page(
        "reminder.html", status=200 if error is None else status_of(error), error=error, at=at, usual=at or USUAL
    )
