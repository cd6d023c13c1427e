"""
The web application: the table of places, who may enter each, and the one way into them.

Every place is a row of `PLACES`; tests walk that table, so a page cannot be added without being swept. A place that
changes anything is reached by POST alone, and its form is read (and its token checked) here, before it is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, compile_path

from fallow.app import plan_of
from fallow.errors import FallowError, FormExpired, NoSuchPage, NotUnderstood
from fallow.language import N_, language_of_page, speak
from fallow.plan import Gate, require_open
from fallow.web.errors import status_of
from fallow.web.forms import Form, Upload, parse_form, read_form, read_upload
from fallow.web.guard import Guard, Refused
from fallow.web.office import Office, Visit
from fallow.web.pages import PLACES, UPLOAD_PATHS, Place
from fallow.web.pages.locking import locked_page
from fallow.web.pages.pairing import PAIRED, PLAIN_STYLE, pairing_page
from fallow.web.render import static_files
from fallow.web.sessions import COOKIE, PHONE_COOKIE, STRANGER, Session, token_matches
from fallow.wiring import find_phone

log: Final = logging.getLogger("fallow.web")
T = TypeVar("T")
UNLOCK: Final = "/unlock"
LOOKS_EVERY: Final = 0.25
"""Seconds between two looks at whether a browser still waits for its upload to be read."""
LEAVE: Final = "/leave"
ICONS: Final = "icon-"
__all__ = ["PLACES", "Office", "build", "build_for_phone"]


def build(office: Office) -> Guard:
    """The guarded application of one worker, for browsers of this computer."""
    return Guard(_application(Door(office, for_phones=False)), office.address, UPLOAD_PATHS)


def build_for_phone(office: Office) -> Guard:
    """The same for phones, over TLS: whoever is not paired gets the page for pairing, and nothing else at all."""
    return Guard(_application(Door(office, for_phones=True)), office.phone_address, UPLOAD_PATHS, "https")


@dataclass(frozen=True, slots=True)
class Door:
    """One of the two ways in: who stands before it, and with which cookies."""

    office: Office
    for_phones: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """What can be asked for here at all."""
        other = "computer" if self.for_phones else "phone"
        return tuple(place for place in PLACES if place.door != other)

    def visit(self, request: Request) -> tuple[Visit, bool]:
        """Who asks, and whether their session was known."""
        phone = find_phone(self.office.folder, request.cookies.get(PAIRED)) if self.for_phones else None
        device = "" if not self.for_phones else STRANGER if phone is None else phone.id
        sessions = self.office.sessions
        session = sessions.find(request.cookies.get(PHONE_COOKIE if self.for_phones else COOKIE), device)
        visit = Visit(self.office, session or sessions.open(device=device), request.path_params, request.query_params,
                      phone=phone, agent=request.headers.get("user-agent", ""))  # fmt: skip
        return visit, session is not None

    def admits(self, request: Request) -> bool:
        """Whether this browser may ask for more than pairing."""
        return not self.for_phones or find_phone(self.office.folder, request.cookies.get(PAIRED)) is not None

    def with_cookie(self, response: Response, session: Session, *, known: bool) -> Response:
        """
        Cookies ignore ports, but not names: here this one goes to the random host of this installation only.
        A phone has no such name to use; there the cookie is bound to the address and to TLS.
        """
        if not known and "clear-site-data" not in response.headers:
            name = PHONE_COOKIE if self.for_phones else COOKIE
            response.set_cookie(name, session.id, httponly=True, samesite="strict", path="/", secure=self.for_phones)
        return response


def _application(door: Door) -> Starlette:
    pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="page")
    routes = [Route(place.path, _endpoint(door, place, pool), methods=place.methods) for place in door.places]
    routes.append(Route("/s/{hash}/{name}", _static(door), methods=["GET"]))
    nowhere = _nowhere(door)
    return Starlette(routes=routes, exception_handlers={Refused: _refused, 404: nowhere, 405: nowhere})


def _endpoint(door: Door, place: Place, pool: ThreadPoolExecutor) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        _speak(door.office, request)
        if not place.before_pairing and not door.admits(request):
            return _to_pairing(request)
        visit, known = door.visit(request)
        session = visit.session
        response = await _enter(place, visit, request, pool)
        if place.beside:
            return response
        return door.with_cookie(response, visit.session, known=known and visit.session is session)

    return endpoint


def _to_pairing(request: Request) -> Response:
    """Not paired: reading leads to the page for pairing, and a form is not taken; neither tells what there is."""
    if request.method in ("GET", "HEAD"):
        return RedirectResponse("/pair", 303)
    return PlainTextResponse("This device is not paired.", 403)


async def _enter(place: Place, visit: Visit, request: Request, pool: ThreadPoolExecutor) -> Response:
    try:
        if place.for_whom == "unlocked" and not visit.unlocked:
            return await _keep_for_later(place, visit, request)
        if place.for_whom == "unlocked":
            visit.office.touch()
            if place.gate is not None:
                await _in_pool(pool, _require_open, visit, place.gate)
        if request.method in ("GET", "HEAD"):
            assert place.show is not None
            return await _in_pool(pool, place.show, visit)
        if place.upload is not None:
            _admit_upload(place, visit)
            upload = await read_upload(request, visit.session)
            visit.session.reading = upload.reading
            return await _while_awaited(request, upload, visit, _in_pool(pool, place.upload, visit, upload))
        assert place.act is not None
        form = await read_form(request, _admission(place, visit))
        response = await _in_pool(pool, place.act, visit, form)
        if visit.carried is not None:
            return await _in_pool(pool, _take_up, visit, *visit.carried)
        return _ending(response, visit)
    except Refused as refused:
        if refused.status == 403 and place.carries:  # a page from before the last unlocking: keep what it held
            return await _keep_for_later(place, visit, request)
        if refused.status == 403:
            return _expired(place, visit)
        raise
    except FallowError as error:
        return _trouble(place, visit, error)
    except Exception as error:  # the edge: say it plainly, log the kind, show nothing private
        log.error("a page failed: %s at %s", type(error).__name__, place.path)
        return _trouble(place, visit, FallowError(), home="/")


def _trouble(place: Place, visit: Visit, error: FallowError, *, home: str = "") -> Response:
    """What went wrong, in two sentences; to a phone that is not paired on the page it may see."""
    if place.before_pairing:
        return pairing_page(visit, error)
    return visit.page("error.html", status=status_of(error), error=error, home=home or place.home)


async def _while_awaited(
    request: Request, upload: Upload, visit: Visit, work: Coroutine[Any, Any, Response]
) -> Response:
    """The answer to an upload; its reading stops where the browser that sent it does not wait for it."""
    reading = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({reading}, timeout=LOOKS_EVERY))[0]:
            if await request.is_disconnected():
                upload.reading.gone.set()
                break
            visit.office.touch()  # somebody waits, so it does not lock
        return await reading
    finally:
        visit.session.reading = None


def _speak(office: Office, request: Request) -> None:
    speak(language_of_page(office.settings.language, request.headers.get("accept-language", "")))


async def _in_pool(pool: ThreadPoolExecutor, action: Callable[..., T], *given: Any) -> T:
    """An action in a thread of the pool, in the language of this request."""
    return await asyncio.get_running_loop().run_in_executor(pool, copy_context().run, action, *given)


def _require_open(visit: Visit, gate: Gate) -> None:
    require_open(plan_of(visit.desk), gate, visit.desk.clock())


def _carried_form(body: str) -> Form:
    """What `_keep_for_later` kept of a form, or NotUnderstood."""
    try:
        return Form(msgspec.json.decode(body, type=dict[str, list[str]]))
    except msgspec.MsgspecError as error:
        raise NotUnderstood(what=N_("what was carried through the lock")) from error


def _admit_upload(place: Place, visit: Visit) -> None:
    """A file is kept in memory, so it is taken from nobody who only knows the address."""
    if place.for_whom == "anyone" and not (visit.session.invited and not visit.office.set_up):
        raise Refused(403, "This is not open here.")


def _expired(place: Place, visit: Visit) -> Response:
    """A form from before the last lock or start was sent: say so, with a fresh form where there is one to open."""
    error = FormExpired()
    if place.path == UNLOCK:
        return locked_page(visit, status=status_of(error), error=error)
    return _trouble(place, visit, error)


def _admission(place: Place, visit: Visit) -> Callable[[str], bool]:
    """Whose tokens a place takes: the session's own; to leave, any that this server gave out."""
    if place.path == LEAVE:
        return visit.office.sessions.gave_out
    return partial(token_matches, visit.session)


def _ending(response: Response, visit: Visit) -> Response:
    """When a place asked to lock, or removed everything, the worker ends after the answer has gone out."""
    if visit.locks or visit.office.removed:
        visit.office.forget()
        response.headers["connection"] = "close"
        response.background = BackgroundTask(visit.office.end_soon)
    return response


async def _keep_for_later(place: Place, visit: Visit, request: Request) -> Response:
    """Locked: reading leads to the lock page; words that were being sent are carried through unlocking."""
    if request.method != "POST":
        return RedirectResponse("/unlock", 303)
    if not place.carries:
        return locked_page(visit, status=403)
    sent = parse_form(await request.body()).fields
    kept = {name: values for name, values in sent.items() if name not in ("t", "quietly")}
    return locked_page(visit, status=403, carry=msgspec.json.encode(kept).decode(), carry_to=request.url.path)


def _take_up(visit: Visit, path: str, body: str) -> Response:
    """
    After unlocking: the form that was carried through it is answered as if it had come now.

    Where its buttons do different things (`do`), the words are only kept, and the page they were written on is shown.
    """
    for place in PLACES:
        found = compile_path(place.path)[0].match(path)
        if found is not None and place.carries and place.act is not None:
            visit.params = found.groupdict()
            try:
                form = _carried_form(body)
                if place.gate is not None:
                    _require_open(visit, place.gate)
                chosen = form.fields.pop("do", None)
                response = place.act(visit, form)
                return response if chosen is None or response.status_code >= 400 else visit.go(path)
            except FallowError as error:
                return visit.page("error.html", status=status_of(error), error=error, home=place.home)
    return visit.go("/")


def _static(door: Door) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        """A file of the program. Those that tell what this is are for who may come in; icons are neutral drawings."""
        found = static_files().get(request.url.path)
        neutral = request.path_params["name"].startswith((PLAIN_STYLE, ICONS))
        if found is None or not (neutral or door.admits(request)):
            return PlainTextResponse("There is no such page.", 404)
        body, kind = found
        return Response(body, media_type=kind)

    return answer


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return PlainTextResponse(error.words, error.status)


def _nowhere(door: Door) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, _error: Exception) -> Response:
        """A page like any other, so that help and leaving are there too."""
        _speak(door.office, request)
        if not door.admits(request):
            return _to_pairing(request)
        visit, known = door.visit(request)
        page = visit.page("error.html", status=404, error=NoSuchPage(), home="/")
        return door.with_cookie(page, visit.session, known=known)

    return answer
