"""Bringing a chat: read it, ask which side is whose, say what was read, keep it or not."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, get_args
from zoneinfo import ZoneInfo, available_timezones

from starlette.responses import Response

from fallow.app import (
    ALONE,
    PROBLEMS,
    ChatInside,
    DateOrder,
    Export,
    Receipt,
    both_names,
    guess_me,
    import_chat,
    is_group,
    list_chats,
    of_two,
    own_world,
    read_days,
    read_export,
    receipt_of,
    record,
    remove_source,
    resting_parcels,
    say_left,
    say_rows,
    say_why,
    wall_clocks,
)
from fallow.errors import (
    AnotherPerson,
    BudgetSpent,
    DateOrderUnclear,
    FallowError,
    NoChatOfTwo,
    NotAChat,
    NotUnderstood,
    WhichChat,
    WhoIsMe,
)
from fallow.guidance import load_words
from fallow.language import N_, ngettext, say_clock, say_count, say_day
from fallow.language import gettext as _
from fallow.plan import Ask, PageOpened
from fallow.web.errors import status_of
from fallow.web.forms import Form, Upload
from fallow.web.office import Undecided, Visit
from fallow.web.sessions import Reading
from fallow.wiring import zone_of

MINUTE_US = 60_000_000
SECOND = dt.timedelta(seconds=1)
MOST_PERIODS = 12
"""Periods whose days are shown; the receipt keeps them all."""
MOST_PENDING = 1
"""One chat waits for an answer at a time; another one takes its place."""


def show(visit: Visit) -> Response:
    return _page(visit)


def read_file(visit: Visit, upload: Upload) -> Response:
    """Read a file into memory; nothing of it is stored before the person has said which side is whose."""
    order = next((order for order in get_args(DateOrder) if order == upload.form["date_order"]), None)
    read: Export | Undecided
    try:
        read = read_export(upload.name, upload.data, date_order=order, progress=upload.reading.go_on)
        if any(problem.kind == "addresses_joined" for problem in read.problems):  # proposed, not taken for granted
            read = Undecided(upload.name, upload.data, list_chats(upload.data, progress=upload.reading.go_on))
    except (WhichChat, NoChatOfTwo) as error:
        found = list_chats(upload.data, progress=upload.reading.go_on)
        if not found:
            return _page(visit, error)
        read = Undecided(upload.name, upload.data, found)
    except FallowError as error:
        return _page(visit, error)
    pending = visit.office.pending
    while len(pending) >= MOST_PENDING:
        pending.pop(next(iter(pending)))
    id = secrets.token_hex(16)
    pending[id] = read
    return visit.go(f"/import/{id}")


def show_waiting(visit: Visit) -> Response:
    """What is asked about a file that was read: which chat it is, or which side is whose."""
    read = visit.office.pending.get(visit.params["id"])
    if read is None:
        return visit.go(
            "/import",
            said=_("That file is no longer waiting here. If you kept it, it is under Picture."),
        )
    return _chats_page(visit, read) if isinstance(read, Undecided) else _sides_page(visit, read)


def show_reading(visit: Visit) -> Response:
    """How far the file of this browser has been read, and about how long it will still take."""
    reading = visit.session.reading
    return visit.page(
        "import_reading.html",
        reading=reading,
        share=0.0 if reading is None else round(reading.pace.share, 3),
        rows="" if reading is None else say_rows(reading.pace.rows),
        left="" if reading is None else say_left(reading.pace.seconds_left()),
    )


def answer(visit: Visit, form: Form) -> Response:
    """Take the answer of the person: say which chat it is, store it as they say, or forget it."""
    id = visit.params["id"]
    read = visit.office.pending.get(id)
    if read is None:
        return show_waiting(visit)
    if form["no"]:
        del visit.office.pending[id]
        if visit.session.reading is not None:
            visit.session.reading.gone.set()
        return visit.go("/import", said=_("Nothing of it was kept."))
    return _choose(visit, read, form) if isinstance(read, Undecided) else _keep(visit, read, form)


def _choose(visit: Visit, read: Undecided, form: Form) -> Response:
    """Read the chosen chat; the file with the others in it is let go of."""
    id = visit.params["id"]
    try:
        chosen = _chosen(read.chats, form["chat"])
        visit.session.reading = reading = Reading()
        export = read_export(read.name, read.data, chat=chosen, progress=reading.go_on)
    except FallowError as error:
        return _chats_page(visit, read, error)
    finally:
        visit.session.reading = None
    if id not in visit.office.pending:  # it was said meanwhile that it is not wanted
        return show_waiting(visit)
    visit.office.pending[id] = export
    return visit.go(f"/import/{id}")


def _chosen(chats: Sequence[ChatInside], answer: str) -> str:
    """The chat that was ticked: its number, or with one of its joined addresses behind it that one alone."""
    number, _dot, address = answer.partition(".")
    if number not in map(str, range(len(chats))):
        raise WhichChat(chats=len(chats))
    chat = chats[int(number)]
    return ALONE + chat.addresses[int(address)] if address in map(str, range(len(chat.addresses))) else chat.answer


def _keep(visit: Visit, export: Export, form: Form) -> Response:
    id = visit.params["id"]
    try:
        names = both_names(export)
        if form["me"] not in map(str, range(len(names))):
            raise WhoIsMe
        zone = _zone(form["zone"].strip())
        me = names[int(form["me"])]
        them = names[int(form["them"])] if form["them"] in map(str, range(len(names))) else None
        missing = [read_days(form["lacks_from"], form["lacks_to"])] if form["lacks_from"] or form["lacks_to"] else []
        chat = of_two(export, me, them)
        receipt = import_chat(
            visit.desk, chat, me=me, with_text=form["text"] == "with", zone=zone, same_person=bool(form["same"]),
            missing=missing,
        )  # fmt: skip
    except FallowError as error:
        return _sides_page(visit, export, error, form)
    del visit.office.pending[id]
    with suppress(BudgetSpent):  # what was just brought is looked at, where the week allows it
        record(visit.desk, Ask(PageOpened("picture")))
    said = ngettext("%(n)s message is new.", "%(n)s messages are new.", receipt.new) % {"n": say_count(receipt.new)}
    return visit.go("/picture", said=said)


def _zone(typed: str) -> ZoneInfo | None:
    """
    The zone of the phone that wrote the file, where one was said.

    Raises:
        NotUnderstood: If there is none of that name.
    """
    if typed and typed not in available_timezones():
        raise NotUnderstood(what=N_("the time zone; it is written as in Europe/Berlin"))
    return ZoneInfo(typed) if typed else None


def remove(visit: Visit, form: Form) -> Response:
    """Take a chat out again, with its words and its messages."""
    gone = remove_source(visit.desk, form["source"])
    said = ngettext("Removed; %(n)s message is gone.", "Removed; %(n)s messages are gone.", gone)
    return visit.go("/import", said=said % {"n": say_count(gone)})


def _page(visit: Visit, error: FallowError | None = None) -> Response:
    sources = [
        {"id": s.id, "names": s.names, "messages": s.messages, "with_text": s.with_text,
         "imported": dt.datetime.fromtimestamp(s.imported_at / 1e6, zone_of(visit.desk)).date(),
         "how": _how_kept(receipt_of(s))}
        for s in visit.desk.store.sources()
    ]  # fmt: skip
    return visit.page(
        "import.html",
        status=200 if error is None else status_of(error),
        error=error,
        ask_order=isinstance(error, DateOrderUnclear),
        sources=sources,
        words=load_words().chat_import,
        how=load_words().chat_how,
        own=own_world(visit.desk),
        rests_until=max((each.opens_on for each in resting_parcels(visit.desk)), default=None),
    )


def _chats_page(visit: Visit, read: Undecided, error: FallowError | None = None) -> Response:
    return visit.page(
        "import_chats.html",
        status=200 if error is None else status_of(error),
        error=error,
        id=visit.params["id"],
        chats=read.chats,
    )


def _sides_page(visit: Visit, export: Export, error: FallowError | None = None, typed: Form | None = None) -> Response:
    status = 200 if error is None else status_of(error)
    return visit.page(
        "import_sides.html",
        status=status,
        error=error,
        pending=_pending(visit, export),
        ask_same=isinstance(error, AnotherPerson) or bool(typed and typed["same"]),
        typed=typed or Form({}),
    )


def _pending(visit: Visit, export: Export) -> dict[str, Any]:
    if not len(export):
        raise NotAChat
    days = [dt.date(1970, 1, 1) + dt.timedelta(microseconds=int(t)) for t in (export.local.min(), export.local.max())]
    id = next(key for key, value in visit.office.pending.items() if value is export)
    return {
        "id": id, "count": len(export), "first": days[0], "last": days[1], "names": both_names(export),
        "guess": guess_me(export),
        "group": is_group(export),
        "clock": [f"{say_day(at.date())}, {say_clock(at)}" for at in wall_clocks(export)],
        "zone": zone_of(visit.desk).key,
        "how": [
            *_how(export.layout, export.date_order, export.date_order_why, export.system),
            *_problems((problem.kind, problem.line, problem.count) for problem in export.problems),
        ],
    }  # fmt: skip


def _how_kept(receipt: Receipt | None) -> list[tuple[str, str]]:
    """How a chat was read, as it was said when it was brought in; nothing for one of before that was kept."""
    if receipt is None:
        return []
    days = ngettext("%(n)s day with a message", "%(n)s days with a message", receipt.days) % {
        "n": say_count(receipt.days)
    }
    return [
        (_("Messages in the file"), say_count(receipt.read)),
        (_("New then"), say_count(receipt.new)),
        (_("From when to when"), f"{say_day(receipt.first_day)} – {say_day(receipt.last_day)}, {days}"),
        *_out_of_group(receipt.group),
        *_how(receipt.layout, receipt.date_order, receipt.date_order_why, receipt.system),
        (_("Clock"), _("in minutes") if receipt.resolution >= MINUTE_US else _("in seconds or finer")),
        (_("Time zone"), receipt.zone or _("the file has its own")),
        (_("Periods known to be missing"), _missing(receipt)),
        *_problems((str(each["kind"]), int(each["line"]), int(each["count"])) for each in receipt.problems),
    ]


def _missing(receipt: Receipt) -> str:
    """How many periods, and from which day to which, on the clock the file was read in."""
    zone = ZoneInfo(receipt.zone or "UTC")
    instants = [tuple(map(dt.datetime.fromisoformat, period)) for period in receipt.missing]
    days = [
        f"{say_day(begin.astimezone(zone).date())} – {say_day((end - SECOND).astimezone(zone).date())}"
        for begin, end in instants[:MOST_PERIODS]
    ]
    more = ["…"] if len(instants) > MOST_PERIODS else []
    return "; ".join([say_count(len(instants)), *days, *more])


def _out_of_group(people: int) -> list[tuple[str, str]]:
    """That a chat was picked from a group of so many."""
    if not people:
        return []
    words = ngettext(
        "%(n)s person wrote in it; only what these two wrote is kept",
        "%(n)s people wrote in it; only what these two wrote is kept",
        people,
    )
    return [(_("Out of a group"), words % {"n": say_count(people)})]


def _how(layout: str, date_order: str, why: str, system: int) -> list[tuple[str, str]]:
    return [
        (_("Layout"), _(layout)),
        (_("Dates"), f"{date_order}: {say_why(why)}"),
        (_("System lines, nobody's words"), say_count(system)),
    ]


def _problems(problems: Iterable[tuple[str, int, int]]) -> list[tuple[str, str]]:
    """What gives reason to doubt, with how often and where it began."""
    return [
        (
            _(PROBLEMS[kind]),
            _("%(count)s, first at line %(line)s") % {"count": say_count(count), "line": line}
            if line
            else say_count(count),
        )
        for kind, line, count in problems
    ]
