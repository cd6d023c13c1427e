"""The door: the one-time link, unlocking, locking, and leaving in a hurry."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from fallow.errors import FallowError
from fallow.web.errors import status_of
from fallow.web.forms import Form
from fallow.web.office import Visit
from fallow.web.render import environment
from fallow.web.sessions import PHONE_COOKIE
from fallow.wiring import open_desk

CLEARED = '"cache", "cookies", "storage"'
CLEARED_ON_PHONE = '"cache"'
"""There the pairing and the page that opens without a connection stay; the session goes by its own cookie."""


def open_link(visit: Visit) -> Response:
    """
    Spend the one-time link.

    The answer is a page that goes on by itself: a redirect would belong to whatever page held the link, and a
    browser would not send the fresh cookie along.
    """
    office = visit.office
    if office.sessions.use_link(visit.params["word"]):
        office.touch()
        visit.session = office.sessions.open(unlocked=office.unlocked, invited=True)
    return HTMLResponse("<!doctype html><html lang='en'><title>&#8203;</title>", headers={"Refresh": "0; url=/"})


def show_unlock(visit: Visit) -> Response:
    if visit.unlocked:
        return visit.go("/")
    if not visit.office.set_up:
        return visit.go("/start") if visit.session.invited else visit.page("stranger.html", status=403)
    return locked_page(visit)


def locked_page(
    visit: Visit, *, status: int = 200, error: FallowError | None = None, carry: str = "", carry_to: str = ""
) -> Response:
    return visit.page("unlock.html", status=status, error=error, carry=carry, carry_to=carry_to)


def unlock(visit: Visit, form: Form) -> Response:
    """Open with the passphrase or the recovery code; what was being sent when it locked is taken up again."""
    office = visit.office
    try:
        desk = open_desk(office.folder, form["passphrase"])
    except FallowError as error:
        carried = {"carry": form["carry"], "carry_to": form["carry_to"]}
        return locked_page(visit, status=status_of(error), error=error, **carried)
    if office.desk is None:
        office.desk = desk
    else:
        desk.store.close()
    office.touch()
    visit.session = office.sessions.replace(visit.session, unlocked=True)
    if form["carry"]:
        visit.carried = form["carry_to"], form["carry"].strip()
    return visit.go("/")


def lock(visit: Visit, _form: Form) -> Response:
    """Lock: the answer goes out, then this process ends and with it everything it held."""
    visit.locks = True
    return visit.go("/unlock")


def leave(visit: Visit, _form: Form) -> Response:
    """Quick exit: lock, forget everything in the browser that can be forgotten, and go somewhere ordinary."""
    visit.locks = visit.office.unlocked
    page = environment().get_template("left.html").render()
    cleared = CLEARED if visit.phone is None else CLEARED_ON_PHONE
    response = HTMLResponse(
        page, headers={"Clear-Site-Data": cleared, "Refresh": f"0; url={visit.office.settings.leave_to}"}
    )
    if visit.phone is not None:
        response.delete_cookie(PHONE_COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response


def here(visit: Visit, _form: Form) -> Response:
    """Somebody is still here: the page that waits with them says so, so that it does not lock meanwhile."""
    return Response(status_code=204)
