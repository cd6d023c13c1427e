"""A gate set beforehand: until its hour drafts and outreach are locked; it is only ever made longer."""

from __future__ import annotations

import datetime as dt

from starlette.responses import Response

from fallow.app import gate_until, next_noon, plan_of, set_gate
from fallow.errors import FallowError, NotUnderstood
from fallow.language import gettext as _
from fallow.language import say_clock, say_day
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit


def show(visit: Visit) -> Response:
    return _page(visit)


def act(visit: Visit, form: Form) -> Response:
    """Until the coming noon, or an hour within two days."""
    try:
        if form["do"] == "noon":
            set_gate(visit.desk)
        else:
            typed = visit.moment(form["at"])
            if typed is None:
                raise NotUnderstood(what=_("the hour"))
            set_gate(visit.desk, typed.at)
    except FallowError as error:
        return _page(visit, error, form["at"])
    return visit.go("/now/gate", said=_("It holds. Nothing you wrote is lost."))


def say_until(visit: Visit, until: dt.datetime) -> str:
    """An hour that is near, in words: at 12:00 tomorrow."""
    days = (until.date() - visit.desk.clock().day).days
    if days == 0:
        return _("%(clock)s today") % {"clock": say_clock(until)}
    if days == 1:
        return _("%(clock)s tomorrow") % {"clock": say_clock(until)}
    return _("%(clock)s on %(day)s") % {"clock": say_clock(until), "day": say_day(until.date())}


def _page(visit: Visit, error: FallowError | None = None, at: str = "") -> Response:
    now = visit.desk.clock()
    until, noon = gate_until(plan_of(visit.desk), now), next_noon(now)
    return visit.page(
        "gate.html",
        status=200 if error is None else status_of(error),
        error=error,
        holds=None if until is None else say_until(visit, until),
        noon=say_until(visit, noon),
        offer_noon=until is None or noon > until,
        at=at,
        bare=True,
    )
