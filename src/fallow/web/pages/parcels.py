"""The chat out of sight: put away until a day, kept here or given away as a file, opened, brought back, removed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from fallow.app import (
    PARCEL_FILE,
    TEXT_FILE,
    Contents,
    bring_back,
    find_parcel,
    look_into,
    parcel_text,
    parcels,
    remove_parcel,
    rest_day,
)
from fallow.errors import AnotherPerson, DayNotToCome, FallowError, NothingChosen, ParcelNotSure, PassphrasesDiffer
from fallow.language import gettext as _
from fallow.language import say_day
from fallow.web.errors import status_of
from fallow.web.forms import Form, Upload
from fallow.web.office import Visit
from fallow.web.pages.writing import at
from fallow.wiring import (
    Label,
    Line,
    Taken,
    let_go_of_parcel,
    open_kept_parcel,
    open_parcel,
    parcel_file,
    put_chat_away,
)

PLACE = "/parcels"
TAKEN: dict[str, Taken] = {"words": "words", "messages": "messages"}
CHUNK = 256 * 1024


def show(visit: Visit) -> Response:
    return _page(visit)


def make(visit: Visit, form: Form) -> Response:
    """Put the chat away, all of it or not at all."""
    try:
        if form["taken"] not in TAKEN:
            raise NothingChosen
        day = _day(form)
        if form["fresh"] != form["again"]:
            raise PassphrasesDiffer
        made = put_chat_away(visit.desk, visit.office.folder, form["fresh"], taken=TAKEN[form["taken"]], until=day)
    except FallowError as error:
        return _page(visit, error, form=form)
    return visit.go(f"{PLACE}/{made.id}", said=_("Put away until %(day)s.") % {"day": say_day(made.opens_on)})


def open_file(visit: Visit, upload: Upload) -> Response:
    """A file that was given away: what is in it, its words as text, or back to where it was."""
    try:
        opened = open_parcel(io.BytesIO(upload.data), upload.form["word"], visit.desk.clock().day)
        return _do(visit, upload.form, *opened) or _page(visit, found=look_into(*opened))
    except FallowError as error:
        return _page(visit, error)


def let_go(visit: Visit, upload: Upload) -> Response:
    """The file that was just saved, brought once to show that it is somewhere; then it is let go of here."""
    id = upload.form["parcel"]
    try:
        let_go_of_parcel(visit.desk, id, io.BytesIO(upload.data))
    except FallowError as error:
        return _one(visit, id, error)
    return visit.go(f"{PLACE}/{id}", said=_("It was the same file, so it does not lie here any more."))


def show_one(visit: Visit) -> Response:
    return _one(visit, visit.params["id"])


def change(visit: Visit, form: Form) -> Response:
    """Look into it, take it out as text, bring it back, or remove it."""
    id = visit.params["id"]
    try:
        if form["do"] == "remove":
            if not form["sure"]:
                raise ParcelNotSure
            remove_parcel(visit.desk, id)
            return visit.go(PLACE, said=_("Removed."))
        opened = open_kept_parcel(visit.desk, id, form["word"])
        return _do(visit, form, *opened) or _one(visit, id, found=look_into(*opened))
    except FallowError as error:
        return _one(visit, id, error)


def download(visit: Visit) -> Response:
    """The file, encrypted as it lies here; reading it changes nothing."""
    file = parcel_file(visit.desk, visit.params["id"])
    return _file(iter(lambda: file.read(CHUNK), b""), "application/octet-stream", PARCEL_FILE)


def _do(visit: Visit, form: Form, label: Label, lines: Iterator[Line]) -> Response | None:
    """What was asked of an opened one; None: only what is in it."""
    match form["do"]:
        case "back":
            bring_back(visit.desk, label, lines, same_person=bool(form["same"]))
            return visit.go("/import", said=_("Brought back; it is as it was."))
        case "text":
            pieces = [piece.encode("utf-8", "replace") for piece in parcel_text(label, lines)]
            return _file(iter(pieces), "text/plain; charset=utf-8", TEXT_FILE)
    return None


def _file(pieces: Iterator[bytes], kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=kind, headers=headers)


def _day(form: Form) -> dt.date:
    try:
        return dt.date.fromisoformat(form["on"])
    except ValueError as problem:
        raise DayNotToCome from problem


def _page(
    visit: Visit, error: FallowError | None = None, *, found: Contents | None = None, form: Form | None = None
) -> Response:
    stands = parcels(visit.desk)
    typed = form or Form({})
    return visit.page(
        "parcels.html",
        status=200 if error is None else status_of(error),
        error=error,
        stands=stands,
        found=found,
        on=typed["on"] or rest_day(visit.desk.clock(), "three_months").isoformat(),
        taken=typed["taken"] or ("words" if stands.has_words else "messages"),
        ask_same=isinstance(error, AnotherPerson),
    )


def _one(visit: Visit, id: str, error: FallowError | None = None, *, found: Contents | None = None) -> Response:
    parcel = find_parcel(visit.desk, id)
    return visit.page(
        "parcel.html",
        status=200 if error is None else status_of(error),
        error=error,
        parcel=parcel,
        found=found,
        made=at(visit, parcel.made_at),
        given=None if parcel.given_at is None else at(visit, parcel.given_at),
        may_open=visit.desk.clock().day >= parcel.opens_on,
        ask_same=isinstance(error, AnotherPerson),
    )
