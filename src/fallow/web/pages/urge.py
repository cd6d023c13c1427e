"""An urge, two taps from anywhere: write it, wait with me, call someone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from starlette.responses import Response

from fallow.app import (
    begin_draft,
    delete_draft,
    is_open,
    may_write,
    next_mornings,
    plan_of,
    read_draft,
    record,
    save_draft,
    seal_draft,
)
from fallow.guidance import load_words
from fallow.plan import Ask, Moment, Urge
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.writing import at, keep, kept
from fallow.web.render import gettext as _

WAIT_MINUTES = 10
WAIT_LENGTHS = (5, 10, 20, 30)
"""Minutes a person can wait instead; a wait can be left at any time."""


@dataclass(frozen=True, slots=True)
class Until:
    value: str
    label: str


def show(visit: Visit) -> Response:
    plan = plan_of(visit.desk)
    return visit.page(
        "now.html",
        words=load_words().urge,
        may_write=may_write(plan, visit.desk.clock()),
        stop=plan.terms.hard_stop is not None,
        confidant=plan.terms.confidant.name if plan.terms.confidant else "",
        bare=True,
    )


def begin(visit: Visit, form: Form) -> Response:
    """The second tap: the urge is noted, and the way chosen is opened."""
    urge = Urge(intensity=int(form["intensity"]) if form["intensity"] in map(str, range(11)) else None,
                cue=form["cue"].strip()[:2000] or None)  # fmt: skip
    if form["way"] == "write":
        return visit.go(f"/d/{begin_draft(visit.desk, urge)}")
    record(visit.desk, Ask(urge))
    if form["way"] == "note":
        return visit.go("/", said=_("Noted. It is all right that it is hard."))
    return visit.go("/now/call" if form["way"] == "call" else "/now/wait")


def show_wait(visit: Visit) -> Response:
    asked = visit.query.get("minutes", "")
    minutes = next((length for length in WAIT_LENGTHS if str(length) == asked), WAIT_MINUTES)
    ten = _("The ten minutes have passed. You did not have to do anything with them.")
    return visit.page(
        "wait.html",
        words=load_words().urge,
        minutes=minutes,
        lengths=[length for length in WAIT_LENGTHS if length != minutes],
        until=visit.desk.clock().local + dt.timedelta(minutes=minutes),
        over=ten if minutes == WAIT_MINUTES else _("That time has passed. You did not have to do anything with it."),
        writing=True,
        bare=True,
    )


def show_call(visit: Visit) -> Response:
    confidant = plan_of(visit.desk).terms.confidant
    phone = (confidant.phone or "") if confidant else ""
    dial = "".join(sign for sign in phone if sign in "+0123456789")
    return visit.page("call.html", confidant=confidant, dial=dial, friend=load_words().friend, bare=True)


def show_draft(visit: Visit) -> Response:
    with visit.office.drafting:  # behind a save that came first: reloading while typing shows every word
        draft = read_draft(visit.desk, visit.params["id"])
    if not draft.sealed:
        return visit.page(
            "draft.html", draft=draft, seal_choices=_seal_choices(visit.desk.clock()), writing=True, bare=True
        )
    assert draft.opens_at is not None
    return visit.page(
        "sealed.html",
        draft=draft,
        opened=is_open(visit.desk, draft),
        opens=at(visit, draft.opens_at),
        written=at(visit, draft.started_at),
        bare=True,
    )


def change_draft(visit: Visit, form: Form) -> Response:
    """Keep, seal or delete. What the page sends by itself while typing is answered without a page."""
    id = visit.params["id"]
    match form["do"]:
        case "delete":
            delete_draft(visit.desk, id)
            return visit.go("/", said=_("Deleted. Nothing was sent."))
        case "keep_sealed":
            return visit.go("/")
        case "seal":
            keep(visit, form, save_draft)  # first, so that no word is lost where the plan refuses the seal
            seal_draft(visit.desk, id, None, _opens_at(visit, form))
            return visit.go(f"/d/{id}")
        case _:
            keep(visit, form, save_draft)
            return kept(visit, form, "/")


def _opens_at(visit: Visit, form: Form) -> dt.datetime:
    """The hour typed, else the morning chosen, else the next one."""
    typed = visit.moment(form["at"])
    if typed is not None:
        return typed.at
    mornings = next_mornings(visit.desk.clock())
    return next((morning for morning in mornings if morning.isoformat() == form["until"]), mornings[0])


def _seal_choices(now: Moment) -> list[Until]:
    names = {
        0: _("ten this morning"),
        1: _("ten tomorrow morning"),
        2: _("ten the morning after"),
        3: _("in three days, at ten"),
        4: _("in four days, at ten"),
    }
    return [Until(m.isoformat(), names[(m.date() - now.local.date()).days]) for m in next_mornings(now)]
