"""Side doors: a short list that asks, each with a plain explanation and a step that can be taken back."""

from __future__ import annotations

from typing import get_args

from starlette.responses import Response

from fallow.app import doors, mark_door, marked_door
from fallow.errors import SettingRefused
from fallow.guidance import find_technique, load_words
from fallow.plan import DoorMark
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.words import mark_label
from fallow.web.render import gettext as _

TAKE_BACK = "none"


def show(visit: Visit) -> Response:
    marked = doors(visit.desk)
    headings = (
        (_("Where you look"), "looking"),
        (_("Where each sees the other"), "both"),
        (_("What comes back by itself"), "returning"),
    )
    return visit.page(
        "doors.html",
        groups=[
            (heading, [(each.door, mark_label(each.mark)) for each in marked if each.door.group == group])
            for heading, group in headings
        ],
        advocate=next(sentence for sentence in load_words().safety if sentence.id == "safety.advocate"),
        why=find_technique("stop_watching"),
    )


def show_door(visit: Visit) -> Response:
    return _door_page(visit)


def mark(visit: Visit, form: Form) -> Response:
    """One tap marks it; another takes the mark back."""
    chosen = form["mark"]
    if chosen not in (*get_args(DoorMark), TAKE_BACK):
        return _door_page(visit, SettingRefused(setting=_("the mark")))
    mark_door(visit.desk, visit.params["id"], None if chosen == TAKE_BACK else chosen)  # type: ignore[arg-type]
    taken_back = _("Taken back. The door is as it was.")
    return visit.go("/doors", said=taken_back if chosen == TAKE_BACK else _("Kept. It can be taken back at any time."))


def _door_page(visit: Visit, error: SettingRefused | None = None) -> Response:
    marked = marked_door(visit.desk, visit.params["id"])
    return visit.page(
        "door.html",
        status=200 if error is None else status_of(error),
        error=error,
        door=marked.door,
        marked=mark_label(marked.mark),
    )
