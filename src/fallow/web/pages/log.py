"""Logging what happened in a tap, and the history with its corrections."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from starlette.responses import Response

from fallow.app import history, plan_of, record
from fallow.errors import FallowError, NoSuchEntry, NothingChosen
from fallow.language import gettext as _
from fallow.plan import (
    Accident,
    Ask,
    Correction,
    Logged,
    Logistics,
    Looked,
    Met,
    Plan,
    RanInto,
    Record,
    Replied,
    TheyWrote,
    Wrote,
)
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.words import describe_event, label_of

A_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)
A_PAGE: Final = 60
"""Entries of the history shown at once."""


@dataclass(frozen=True, slots=True)
class LogKind:
    """A thing that can be logged: what the button says, what it records, what is said after it, and where it leads."""

    value: str
    label: str
    hint: str
    what: Logged
    after: str = ""
    leads_to: str = "/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the history shows it."""

    id: str
    at: dt.datetime
    label: str
    detail: str
    note: str
    can_change: bool
    taken_back: bool
    relabelled: str


def log_kinds() -> list[LogKind]:
    return [
        LogKind("looked", _("I looked"), _("at their page, or asked someone about them; counted apart"), Looked()),
        LogKind("wrote", _("I wrote or called"), _("that day is not added; nothing before it is lost"), Wrote(),
                _("One entry is enough. No second message is needed to explain the first or to take it back.")),
        LogKind("replied", _("I replied"), _("graded lighter"), Replied(), _("Nothing more needs to be answered now.")),
        LogKind("replied_necessary", _("I replied, because it had to be"), _("not counted"), Replied(necessary=True)),
        LogKind("they_wrote", _("They wrote"), _("never counted against you"), TheyWrote(), leads_to="/inbound"),
        LogKind("ran_into", _("I ran into them"), _("not counted"), RanInto(), leads_to="/by-chance"),
        LogKind("met", _("We met, or slept together"), _("no judgement; that day is not added"), Met()),
        LogKind("logistics", _("Logistics"), _("children, keys, bills; not counted"), Logistics()),
        LogKind("accident", _("An accident"), _("a pocket call, a wrong recipient; not counted"), Accident(),
                _("It needs no message to explain it.")),
    ]  # fmt: skip


def show(visit: Visit) -> Response:
    return _log_page(visit)


def record_entry(visit: Visit, form: Form) -> Response:
    kind = next((k for k in log_kinds() if k.value == form["kind"]), None)
    try:
        if kind is None:
            raise NothingChosen
        note = form["note"].strip()[:2000] or None
        what = kind.what if note is None else _with_note(kind.what, note)
        record(visit.desk, Ask(what, visit.moment(form["at"])))
    except FallowError as error:
        return _log_page(visit, error, form)
    if isinstance(what, Met):
        return _plan_again(visit)
    return visit.go(kind.leads_to, said=" ".join([_("Logged: %(what)s.") % {"what": kind.label}, kind.after]).strip())


def _plan_again(visit: Visit) -> Response:
    """After a meeting: to where a quiet time is chosen, or, in a clear stop, to the people who are there."""
    said = _("Logged. Nothing is held against you, and nothing you did before is lost.")
    if plan_of(visit.desk).terms.hard_stop is not None:
        return visit.go("/help", said=said)
    again = _("If you like, choose here again how things are, or a quiet time. Leaving it as it is, is fine too.")
    return visit.go("/settings", said=f"{said} {again}")


def show_history(visit: Visit) -> Response:
    """The latest entries first, by local day; `before` goes further back."""
    records, plan = history(visit.desk)
    before = visit.query.get("before", "")
    if before.isascii() and before.isdigit():
        records = tuple(r for r in records if r.seq < int(before))
    page = records[-A_PAGE:][::-1]
    shown = sorted(page, key=lambda r: (r.event.day, r.event.happened.at), reverse=True)
    days = groupby(((r.event.day, _entry(plan, r)) for r in shown), key=lambda pair: pair[0])
    older = page[-1].seq if len(records) > A_PAGE else None
    grouped = [(day, [entry for _day, entry in pairs]) for day, pairs in days]
    return visit.page("history.html", days=grouped, older=older)


def show_entry(visit: Visit) -> Response:
    return _entry_page(visit)


def correct_entry(visit: Visit, form: Form) -> Response:
    """Take an entry back, or say what it really was; the entry itself stays."""
    kind = next((k for k in log_kinds() if k.value == form["kind"]), None)
    to = kind.what if kind is not None and form["do"] == "relabel" else None
    try:
        record(visit.desk, Ask(Correction(target=visit.params["id"], to=to)))
    except FallowError as error:
        return _entry_page(visit, error)
    return visit.go("/history", said=_("Corrected. The entry itself is kept beside it."))


def _log_page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    """What was typed comes back with an error; no latest time is set, for a page can lie open for hours."""
    status = 200 if error is None else status_of(error)
    note, at = (form["note"], form["at"]) if form is not None else ("", "")
    return visit.page(
        "log.html", status=status, here="/log", kinds=log_kinds(), error=error, note=note,
        at=at if A_TIME.fullmatch(at) else "",
    )  # fmt: skip


def _entry_page(visit: Visit, error: FallowError | None = None) -> Response:
    records, plan = history(visit.desk)
    found = next((record for record in records if record.id == visit.params["id"]), None)
    if found is None:
        raise NoSuchEntry
    entry = _entry(plan, found)
    status = 200 if error is None else status_of(error)
    return visit.page("entry.html", status=status, entry=entry, kinds=log_kinds(), error=error)


def _entry(plan: Plan, record: Record) -> Entry:
    event = record.event
    now = plan.stands_as(record)
    logged = isinstance(event.what, Logged)
    return Entry(
        id=record.id,
        at=event.happened.local,
        label=label_of(event.what),
        detail=describe_event(event.what),
        note=getattr(event.what, "note", None) or "",
        can_change=logged,
        taken_back=logged and now is None,
        relabelled=label_of(now) if logged and now is not None and now != event.what else "",
    )


def _with_note(what: Logged, note: str) -> Logged:
    if isinstance(what, Replied):
        return Replied(necessary=what.necessary, note=note)
    return type(what)(note=note)  # type: ignore[call-arg]
