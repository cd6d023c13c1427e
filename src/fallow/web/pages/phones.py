"""Phones, from the computer: a code for one more, which are paired, and letting one in no longer."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
from starlette.responses import Response

from fallow.errors import FallowError
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.pairing import certificate
from fallow.wiring import make_code, read_certificate, read_phones, remove_phone, zone_of

CODE: Final = "phone"
"""Under which the fresh code waits for the one page that shows it."""

__all__ = ["certificate", "make", "remove", "show"]


def show(visit: Visit) -> Response:
    return _page(visit)


def make(visit: Visit, _form: Form) -> Response:
    """A fresh code, on exactly one page."""
    try:
        code, address = make_code(visit.office.folder)
    except FallowError as error:
        return _page(visit, error)
    visit.session.once[CODE] = msgspec.json.encode((code, address)).decode()
    return visit.go("/phone")


def remove(visit: Visit, form: Form) -> Response:
    try:
        remove_phone(visit.office.folder, form["id"])
    except FallowError as error:
        return _page(visit, error)
    return visit.go("/phone", said=_("Removed. It gets nothing any more, from now on."))


def _page(visit: Visit, error: FallowError | None = None) -> Response:
    waiting = visit.session.once.pop(CODE, "")
    code, address = msgspec.json.decode(waiting, type=tuple[str, str]) if waiting else ("", visit.office.phone_address)
    zone = zone_of(visit.desk)
    paired = [
        {"id": phone.id, "kind": _(phone.kind), "at": dt.datetime.fromtimestamp(phone.paired_at, zone)}
        for phone in read_phones(visit.office.folder).paired
    ]
    return visit.page(
        "phone.html",
        status=200 if error is None else status_of(error),
        error=error,
        address=address,
        code=code,
        link=f"https://{address}/pair/{code}",
        certificate=read_certificate(visit.office.folder) if visit.office.phone_address else None,
        paired=paired,
    )
