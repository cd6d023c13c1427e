"""Where contact cannot be avoided: one channel with its topics and hours; one roof with zones, a day and a list."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from starlette.responses import Response

from fallow.app import plan_of, record
from fallow.errors import FallowError, NotUnderstood
from fallow.guidance import load_arrangements
from fallow.language import gettext as _
from fallow.plan import (
    Ask,
    HomeArranged,
    ItemNoted,
    ItemSettled,
    LimitsSet,
    ModeChosen,
    Whose,
    clean_text,
    gate_open,
    read_items,
)
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit

MOST_LINES = 20


def show_limits(visit: Visit) -> Response:
    return _limits_page(visit)


def set_limits(visit: Visit, form: Form) -> Response:
    """Keep them; setting limits is choosing limited contact, unless a person is under one roof."""
    try:
        channel = form["channel"].strip()[:200]
        if not channel:
            raise NotUnderstood(what=_("the one channel"))
        what = LimitsSet(channel, _lines(form["topics"]), _hour(form["from"], 0), _hour(form["until"], 24))
        mode = plan_of(visit.desk).terms.mode
        change = [Ask(ModeChosen("limited_contact"))] if mode == "no_contact" else []
        record(visit.desk, Ask(what), *change)
    except FallowError as error:
        return _limits_page(visit, error, form)
    return visit.go("/limits", said=_("Kept. Logistics never move a count."))


def show_home(visit: Visit) -> Response:
    return _home_page(visit)


def arrange_home(visit: Visit, form: Form) -> Response:
    try:
        mode = plan_of(visit.desk).terms.mode
        change = [Ask(ModeChosen("living_together"))] if mode != "living_together" and form["together"] else []
        record(visit.desk, Ask(HomeArranged(_lines(form["zones"]), _day(form["moving_on"]))), *change)
    except FallowError as error:
        return _home_page(visit, error, form)
    return visit.go("/home", said=_("Kept."))


def show_items(visit: Visit) -> Response:
    return _items_page(visit)


def change_items(visit: Visit, form: Form) -> Response:
    """Put something on the list, or mark it as settled."""
    try:
        if form["settle"]:
            record(visit.desk, Ask(ItemSettled(form["settle"])))
            return visit.go("/items", said=_("Settled."))
        item = form["item"].strip()[:200]
        if not item:
            raise NotUnderstood(what=_("what it is"))
        whose: Whose = form["whose"] if form["whose"] in get_args(Whose) else "shared"  # type: ignore[assignment]
        record(visit.desk, Ask(ItemNoted(item, whose, money=bool(form["money"]))))
    except FallowError as error:
        return _items_page(visit, error, form)
    return visit.go("/items", said=_("On the list."))


def _limits_page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    plan, words = plan_of(visit.desk), load_arrangements()
    limits = plan.terms.limits
    typed = {
        "channel": limits.channel if limits else "",
        "topics": "\n".join(limits.topics) if limits else "",
        "from": str(limits.hour_from) if limits else "9",
        "until": str(limits.hour_until) if limits else "18",
    }
    return visit.page(
        "limits.html",
        status=200 if error is None else status_of(error),
        error=error,
        typed=typed if form is None else {name: form[name] for name in typed},
        kinds=words.kinds,
        shape=words.logistics if gate_open(plan, "logistics", visit.desk.clock()) else (),
        limited=plan.terms.mode == "limited_contact",
        may_set=gate_open(plan, "logistics", visit.desk.clock()),
    )


def _home_page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    plan = plan_of(visit.desk)
    home = plan.terms.home
    typed = {
        "zones": "\n".join(home.zones) if home else "",
        "moving_on": home.moving_on.isoformat() if home and home.moving_on else "",
    }
    return visit.page(
        "home.html",
        status=200 if error is None else status_of(error),
        error=error,
        typed=typed if form is None else {name: form[name] for name in typed},
        words=load_arrangements().home,
        together=plan.terms.mode == "living_together",
        open_items=sum(not item.settled for item in read_items(plan)),
    )


def _items_page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    plan = plan_of(visit.desk)
    items = read_items(plan)
    return visit.page(
        "items.html",
        status=200 if error is None else status_of(error),
        error=error,
        typed="" if form is None else form["item"],
        things=[item for item in items if not item.noted.money],
        money=[item for item in items if item.noted.money],
        whose=whose_labels(),
        belongings=load_arrangements().belongings if gate_open(plan, "logistics", visit.desk.clock()) else (),
    )


def whose_labels() -> dict[Whose, str]:
    return {"mine": _("mine"), "theirs": _("theirs"), "shared": _("both of ours")}


def _lines(typed: str) -> tuple[str, ...]:
    """One a line, blank ones left out."""
    lines = (clean_text(line).strip()[:200] for line in typed.splitlines())
    return tuple(line for line in lines if line)[:MOST_LINES]


def _hour(typed: str, otherwise: int) -> int:
    if not typed:
        return otherwise
    if not (typed.isascii() and typed.isdigit() and int(typed) <= 24):
        raise NotUnderstood(what=_("the hours, 0 to 24"))
    return int(typed)


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if typed else None
    except ValueError as problem:
        raise NotUnderstood(what=_("the day")) from problem
