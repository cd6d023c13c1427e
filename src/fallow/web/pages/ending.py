"""The end: closing, what is kept, how much it was used, a copy to take away, removing everything."""

from __future__ import annotations

from typing import get_args

from starlette.responses import HTMLResponse, Response, StreamingResponse

from fallow.app import close_plan, end
from fallow.errors import FallowError, NothingChosen, NotSure
from fallow.language import direction, spoken
from fallow.language import gettext as _
from fallow.plan import Ending
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.pages.help import country_of
from fallow.web.pages.locking import CLEARED
from fallow.web.render import environment
from fallow.wiring import archive_of, remove_everything


def show(visit: Visit) -> Response:
    return _page(visit)


def close(visit: Visit, form: Form) -> Response:
    """Close it in one of the ways, with own words or none."""
    endings: dict[str, Ending] = {each: each for each in get_args(Ending)}
    try:
        if form["ending"] not in endings:
            raise NothingChosen
        close_plan(visit.desk, endings[form["ending"]], form["words"].removeprefix("\n").strip())
    except FallowError as error:
        return _page(visit, error, form)
    return visit.go("/end", said=_("Closed. What was kept stays until you delete it."))


def take_away(visit: Visit, _form: Form) -> Response:
    """A copy of everything, as encrypted as it is here; made whole before its first byte goes out."""
    archive = archive_of(visit.desk, visit.office.folder)
    name = f"notes-{visit.desk.clock().day.isoformat()}.zip"
    return StreamingResponse(
        iter(archive),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def show_clear(visit: Visit) -> Response:
    return visit.page("clear.html")


def clear(visit: Visit, form: Form) -> Response:
    """Remove everything, the key first; the last page says so, and the server ends."""
    office = visit.office
    try:
        if not form["sure"]:
            raise NotSure
        left = remove_everything(office.folder, form["passphrase"], meanwhile=visit.desk.store.close)
    except FallowError as error:
        return visit.refused("clear.html", error, status_of(error))
    office.desk, office.removed = None, True
    page = (
        environment()
        .get_template("cleared.html")
        .render(
            language=spoken(),
            direction=direction(),
            name=office.settings.name,
            left=left,
            emergency=country_of(visit).emergency,
        )
    )
    return HTMLResponse(page, headers={"Clear-Site-Data": CLEARED})


def _page(visit: Visit, error: FallowError | None = None, form: Form | None = None) -> Response:
    view = end(visit.desk)
    return visit.page(
        "end.html",
        status=200 if error is None else status_of(error),
        error=error,
        view=view,
        closed=None if view.closed_on is None else _closed(view.ending),
        endings=[(each, *_ending(each)) for each in view.endings],
        words=form["words"] if form is not None else "",
    )


def _closed(ending: Ending | None) -> str:
    return {
        "we_talk_again": _("You talk again."),
        "done_waiting": _("You are done waiting."),
        "other": _("It ended in a way of its own."),
        None: "",
    }[ending]


def _ending(ending: Ending) -> tuple[str, str]:
    return {
        "we_talk_again": (_("We talk again"), _("slowly, and as two people")),
        "done_waiting": (_("I am done waiting"), _("whatever they do")),
        "other": (_("Something else"), _("an end of another kind")),
    }[ending]
