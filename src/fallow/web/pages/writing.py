"""
What pages that are written on share: saves that can overtake each other.

Each such page has one address with an id. What its script sends while somebody types carries the page's own number and
a rising one, so that an early request that comes late is passed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from starlette.responses import Response

from fallow.app import Deletion, Desk
from fallow.language import gettext as _
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.wiring import zone_of

Save = Callable[[Desk, str, str], None]


def text_of(form: Form) -> str:
    """The words of a page; the first line break belongs to the page."""
    return form["text"].removeprefix("\n")


def keep(visit: Visit, form: Form, save: Save) -> None:
    """Keep the words of a page, unless it has sent later ones already."""
    office, id = visit.office, visit.params["id"]
    sender = (id, form["page"][:20])
    nth = int(form["nth"][:9]) if form["nth"].isascii() and form["nth"].isdigit() else 0
    with office.drafting:
        if 0 < nth <= office.heard.get(sender, 0):
            return
        save(visit.desk, id, text_of(form))
        if nth:
            office.heard[sender] = nth


def kept(visit: Visit, form: Form, path: str) -> Response:
    """The answer to a save: nothing to one that the page made by itself, else the way on."""
    return Response(status_code=204) if form["quietly"] else visit.go(path, said=_("Kept here, not sent."))


def burned(deletion: Deletion) -> str:
    """What was looked at after burning, in one sentence that promises no more."""
    if deletion.complete:
        return _("Burned, and looked for: it is not in the file any more.")
    return _("Deleted. One copy may stay in the log until it is locked; locking takes it away.")


def at(visit: Visit, micros: int) -> dt.datetime:
    """A stored instant on the person's clock."""
    return dt.datetime.fromtimestamp(micros / 1_000_000, zone_of(visit.desk))
