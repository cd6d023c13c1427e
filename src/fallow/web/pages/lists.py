"""
Lists to install: the kinds, and for each a form, its steps and the file.

What is typed comes by POST and leaves as a file in the answer to it; every answer says that it must not be kept, and no
address holds any of it. A form that was refused shows again what was typed, in that one answer.
"""

from __future__ import annotations

from typing import Final, get_args

from starlette.responses import Response

from fallow.app import ListAsked, ListOffered, list_offered, lists_offered, make_list
from fallow.errors import FallowError
from fallow.guidance import load_words
from fallow.language import gettext as _
from fallow.reach import Place, load_map
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit

FIELDS: Final = ("profiles", "addresses", "phones", "name")
UNDO: Final = "undo"


def show(visit: Visit) -> Response:
    """The kinds, in groups of where they belong."""
    offered = lists_offered(visit.desk)
    grouped = [(place_label(each), [one.kind for one in offered if one.kind.place == each]) for each in get_args(Place)]
    return visit.page(
        "lists.html",
        groups=[
            (heading, [(kind.id, _(kind.name), _(kind.does)) for kind in kinds]) for heading, kinds in grouped if kinds
        ],
        advocate=_advocate(),
    )


def show_list(visit: Visit) -> Response:
    return _page(visit)


def make(visit: Visit, form: Form) -> Response:
    """The file itself, to be saved by the browser; or the page again, with what was not right."""
    asked = ListAsked(
        sites=tuple(form.all("site")),
        **{name: form[name] for name in FIELDS},
        undo=form["do"] == UNDO,
        with_kept=form["kept"] != "",
    )
    try:
        made = make_list(visit.desk, visit.params["kind"], asked)
    except FallowError as error:
        return _page(visit, error, form)
    named = {"Content-Disposition": f'attachment; filename="{made.file.name}"'}
    return Response(made.file.body, media_type=made.file.media, headers=named)


def place_label(place: Place) -> str:
    return {
        "browser": _("In a browser"),
        "network": _("On a computer, or for a network"),
        "mail": _("For mail"),
        "phone": _("On the phone"),
    }[place]


def _page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    offered = list_offered(visit.desk, visit.params["kind"])
    kind, chosen = offered.kind, set(form.all("site")) if form is not None else set()
    return visit.page(
        "list_of.html",
        status=200 if error is None else status_of(error),
        error=error,
        kind=kind,
        title=_(kind.name),
        does=_(kind.does),
        limits=[_(each) for each in kind.limits],
        sites=_sites(offered, chosen),
        offered=offered,
        install=kind.steps(undo=False),
        undo=kind.steps(undo=True),
        note=load_map().notes["evidence"],
        typed={name: "" if form is None else form[name] for name in FIELDS},
        kept_too=form is not None and form["kept"] != "",
    )


def _sites(offered: ListOffered, chosen: set[str]) -> list[tuple[str, str, bool, bool]]:
    """Each site: its id, its name, whether it stays open on purpose, and whether it was chosen."""
    return [(each.id, each.name, each.name in offered.kept, each.id in chosen) for each in offered.sites]


def _advocate() -> str:
    return next(sentence.text for sentence in load_words().safety if sentence.id == "safety.advocate")
