"""What they did, kept as it was: a list that only grows, a form for one more, and a plain page to print."""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import Response

from fallow.app import keep_evidence, kept_evidence
from fallow.errors import FallowError
from fallow.guidance import load_around
from fallow.language import gettext as _
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit

A_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)


def show(visit: Visit) -> Response:
    return _page(visit)


def keep(visit: Visit, form: Form) -> Response:
    try:
        keep_evidence(visit.desk, form["words"], visit.moment(form["at"]))
    except FallowError as error:
        return _page(visit, error, form)
    return visit.go("/kept", said=_("Kept, with both times. It is not changed any more."))


def show_plain(visit: Visit) -> Response:
    """The same without anything around it, for paper."""
    return visit.page("kept_plain.html", entries=kept_evidence(visit.desk), now=visit.desk.clock(), bare=True)


def _page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    typed, at = ("", "") if form is None else (form["words"], form["at"])
    return visit.page(
        "kept.html",
        status=200 if error is None else status_of(error),
        error=error,
        words=load_around().kept,
        entries=kept_evidence(visit.desk),
        typed=typed,
        at=at if A_TIME.fullmatch(at) else "",
    )
