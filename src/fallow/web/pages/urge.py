"""An urge, two taps from anywhere: write it, wait with me, call someone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from starlette.responses import Response

from fallow.app import (
    MIN_REREAD,
    WAIT_LENGTHS,
    Rereading,
    answer_on,
    begin_draft,
    choose_wait,
    delete_draft,
    gate_until,
    is_open,
    may_write,
    next_mornings,
    plan_of,
    read_draft,
    read_rereading,
    record,
    reread_draft,
    save_draft,
    seal_draft,
    wait_minutes,
)
from fallow.guidance import load_words
from fallow.language import gettext as _
from fallow.plan import Ask, Moment, Urge
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.gate import say_until
from fallow.web.pages.writing import at, keep, kept

THINGS_SHOWN = 5
"""Of those that have helped, on the urge page; all of them are on the waiting page."""


@dataclass(frozen=True, slots=True)
class Until:
    value: str
    label: str


def show(visit: Visit) -> Response:
    plan, now = plan_of(visit.desk), visit.desk.clock()
    until = gate_until(plan, now)
    return visit.page(
        "now.html",
        words=load_words().urge,
        may_write=may_write(plan, now),
        stop=plan.terms.hard_stop is not None,
        gate=None if until is None else say_until(visit, until),
        wait=say_wait(wait_minutes(visit.desk)),
        plans=plan.terms.if_then,
        things=plan.terms.distractions[:THINGS_SHOWN],
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
    if form["thing"].isascii() and form["thing"].isdigit():
        return visit.go(f"/now/wait?thing={form['thing'][:2]}")
    return visit.go({"call": "/now/call", "surf": "/now/surf"}.get(form["way"], "/now/wait"))


def show_wait(visit: Visit) -> Response:
    """Some minutes, with a thing that has helped where one was tapped; left at will."""
    minutes = wait_minutes(visit.desk)
    things = plan_of(visit.desk).terms.distractions
    asked = visit.query.get("thing", "")
    thing = next((thing for place, thing in enumerate(things) if str(place) == asked), "")
    over = {
        5: _("The five minutes have passed. You did not have to do anything with them."),
        10: _("The ten minutes have passed. You did not have to do anything with them."),
        20: _("The twenty minutes have passed. You did not have to do anything with them."),
        30: _("The thirty minutes have passed. You did not have to do anything with them."),
    }
    return visit.page(
        "wait.html",
        words=load_words().urge,
        thing=thing,
        things=[each for each in things if each != thing],
        minutes=minutes,
        lengths=[length for length in WAIT_LENGTHS if length != minutes],
        until=visit.desk.clock().local + dt.timedelta(minutes=minutes),
        over=over[minutes],
        writing=True,
        bare=True,
    )


def adjust_wait(visit: Visit, form: Form) -> Response:
    """Another length, remembered for the next time; it begins now."""
    if form["minutes"] in map(str, WAIT_LENGTHS):
        choose_wait(visit.desk, int(form["minutes"]))
    return visit.go("/now/wait")


def say_wait(minutes: int) -> str:
    return {
        5: _("five minutes; leave whenever you like"),
        10: _("ten minutes; leave whenever you like"),
        20: _("twenty minutes; leave whenever you like"),
        30: _("thirty minutes; leave whenever you like"),
    }[minutes]


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
    plan = plan_of(visit.desk)
    return visit.page(
        "sealed.html",
        answered=answer_on(plan, draft.id),
        again=visit.query.get("again") == "1",
        so_far=so_far(read_rereading(plan)),
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
        case "yes" | "no" | "unsure" as would_send:
            reread_draft(visit.desk, id, would_send)
            return visit.go(f"/d/{id}")
        case "seal":
            keep(visit, form, save_draft)  # first, so that no word is lost where the plan refuses the seal
            seal_draft(visit.desk, id, None, _opens_at(visit, form))
            return visit.go(f"/d/{id}")
        case _:
            keep(visit, form, save_draft)
            return kept(visit, form, "/")


def so_far(rereading: Rereading) -> str:
    """What the person's own answers came to, with n and interval; empty before the first one."""
    share = rereading.would_send
    if not rereading.n:
        return ""
    if share is None:
        few = _("Too little data to say how often you would: %(n)s read again, of at least %(need)s.")
        return few % {"n": rereading.n, "need": MIN_REREAD}
    said = _(
        "Of %(n)s you read again, you would have sent %(yes)s now "
        "(n = %(n)s, 95 %% interval %(lower).0f to %(upper).0f in 100)."
    )
    return said % {"n": share.n, "yes": share.count, "lower": 100 * share.lower, "upper": 100 * share.upper}


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
