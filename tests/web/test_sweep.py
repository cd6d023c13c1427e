"""T30: every address of the program, asked in every way that must be refused, gives nothing and changes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Scope

from conftest import PASSPHRASE, Running
from fallow.settings import read_settings
from fallow.web import application
from fallow.web.addresses import listen
from fallow.web.guard import Guard
from fallow.web.office import Office
from fallow.web.pages import PLACES, UPLOAD_PATHS
from fallow.web.render import static_files
from fallow.web.sessions import Sessions
from fallow.web.worker import serving
from fallow.wiring import open_desk
from web.samples import Stored, files, state
from web.sweep import Case, faults, header_faults, leaks, path_of, sweep
from web.wire import Visitor, a_stranger, ask, unlocked

SOME = tuple(place for place in PLACES if place.path in ("/", "/log", "/d/{id}", "/settings/window"))


def test_every_address_is_there_once() -> None:
    """A second row for one address would never be asked."""
    paths = [place.path for place in PLACES]
    assert sorted(set(paths)) == sorted(paths)


def test_every_address_refuses_what_did_not_come_from_its_own_page(locked: Running, stored: Stored) -> None:
    """Unlocked and with a living session: some thousand requests, no effect, nothing told."""
    desk = open_desk(stored.folder, PASSPHRASE)
    visitor = unlocked(locked, PASSPHRASE)
    before, beside, workers = state(desk), files(stored.folder), locked.workers()
    count, wrong = sweep(PLACES, visitor, a_stranger(locked.host, locked.port), stored)
    assert [] == wrong
    assert count > 60 * len(PLACES)
    assert (before, beside, workers) == (state(desk), files(stored.folder), locked.workers())
    assert visitor.get("/").status == 200
    desk.store.close()


def test_every_address_refuses_the_same_while_locked(locked: Running, stored: Stored) -> None:
    """Locked, with a visitor's session; and without any, where somebody without one may knock."""
    desk = open_desk(stored.folder, PASSPHRASE)
    visitor, other = a_stranger(locked.host, locked.port), a_stranger(locked.host, locked.port)
    before, beside, workers = state(desk), files(stored.folder), locked.workers()
    assert [] == sweep(PLACES, visitor, other, stored)[1]
    nobody = Visitor(visitor.host, visitor.port, "", visitor.token)
    doors = [place for place in PLACES if place.for_whom == "anyone"]
    assert [] == sweep((*doors, *SOME), nobody, other, stored)[1]
    assert (before, beside, workers) == (state(desk), files(stored.folder), locked.workers())
    desk.store.close()


def test_a_stranger_gets_nothing_from_any_address(locked: Running, stored: Stored) -> None:
    """While somebody else has it unlocked: reading leads to the lock page, and a form of one's own is not taken."""
    owner, stranger = unlocked(locked, PASSPHRASE), a_stranger(locked.host, locked.port)
    desk = open_desk(stored.folder, PASSPHRASE)
    before, beside = state(desk), files(stored.folder)
    for place in PLACES:
        path = path_of(place, stored)
        for answer in (stranger.get(path), stranger.get(path, "HEAD")) if place.show else ():
            assert [] == leaks(answer) + header_faults(answer), path
            if place.for_whom == "unlocked":
                assert (303, ["/unlock"], b"") == (answer.status, answer.all("location"), answer.body), path
        if place.for_whom == "unlocked" and place.show is None:
            assert 404 == stranger.get(path).status, path
        if place.for_whom == "unlocked" and (place.act or place.upload):
            answer = stranger.post(path, kind="looked", do="delete", mode="limited_contact")
            assert 403 == answer.status, path
            assert [] == leaks(answer) + header_faults(answer), path
            assert b"data-idle" not in answer.body
    assert (before, beside) == (state(desk), files(stored.folder))
    assert owner.get("/").status == 200
    desk.store.close()


def test_every_answer_to_its_owner_carries_the_headers(locked: Running, stored: Stored) -> None:
    """Every page that can be read, as GET and as HEAD, every static file, every way of not being there."""
    owner = unlocked(locked, PASSPHRASE)
    readable = [path_of(place, stored) for place in PLACES if place.show is not None]
    answers = {path: owner.get(path) for path in readable if path != "/unlock"}
    for path, answer in answers.items():
        assert [] == header_faults(answer), path
        head = owner.get(path, "HEAD")
        assert (answer.status, b"") == (head.status, head.body), path
        assert [] == header_faults(head), path
    assert 200 == answers["/"].status == answers["/history"].status == answers["/picture"].status
    for path in static_files():
        assert [] == header_faults(owner.get(path))
        assert 200 == owner.get(path).status
        across = (("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script"))
        assert 403 == ask(owner.port, "GET", path, (*owner.head, *across)).status
    for path in (
        "/nowhere",
        "/s/0/app.js",
        "/s/..%2f..%2fsettings.json/x",
        "/docs",
        "/openapi.json",
        "/d/x/y",
        "//log",
    ):
        answer = owner.get(path)
        assert [] == header_faults(answer), path
        assert 404 == answer.status, path


def test_what_is_not_even_http_gets_the_same_headers(locked: Running) -> None:
    """The answer that is given before the guard is asked."""
    answer = ask(locked.port, "GET", "/", (("Host", "a\x00b"),))
    assert 400 == answer.status
    assert [] == header_faults(answer)


def test_the_places_are_all_the_places_there_are(stored: Stored) -> None:
    """What the applications of both doors route is the table the sweep walks, and the static files."""
    for build, elsewhere in ((application.build, "phone"), (application.build_for_phone, "computer")):
        inner = build(an_office(stored, 1))._app
        assert isinstance(inner, Starlette)
        routed = [route.path for route in inner.routes if isinstance(route, Route)]
        assert len(routed) == len(inner.routes)
        assert [*(place.path for place in PLACES if place.door != elsewhere), "/s/{hash}/{name}"] == routed


class AnyHost(Guard):
    """The fault switched on: every Host is taken for the right one."""

    def _admit(self, scope: Scope) -> int:
        others = [pair for pair in scope["headers"] if pair[0] != b"host"]
        return super()._admit({**scope, "path": "/", "headers": [*others, (b"host", self._host)]})


class AnyOrigin(Guard):
    """The fault switched on: every request is taken for one of our own pages."""

    def _admit(self, scope: Scope) -> int:
        others = [pair for pair in scope["headers"] if pair[0] not in (b"origin", b"sec-fetch-site", b"sec-fetch-dest")]
        return super()._admit({**scope, "headers": [*others, (b"origin", self._origin)]})


@pytest.mark.parametrize(
    ("careless", "seen"),
    [(AnyHost, "host 'evil.test'"), (AnyOrigin, "origin ()"), (AnyOrigin, "embedded cross-site navigate iframe")],
)
def test_a_guard_without_a_check_would_be_seen(careless: type[Guard], seen: str, stored: Stored) -> None:
    """The control: the same sweep over a guard that leaves out one check finds pages, words and effects."""
    desk = open_desk(stored.folder, PASSPHRASE)
    before = state(desk)
    with served(stored, careless) as visitor:
        _, wrong = sweep(SOME, visitor, a_stranger(visitor.host, visitor.port), stored)
    assert any(seen in line and "status" in line for line in wrong)
    assert state(desk) != before
    desk.store.close()


def test_a_form_without_its_token_would_be_seen(stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the check of the token left out, the sweep finds every kind of wrong token."""
    monkeypatch.setattr(application, "_admission", lambda _place, _visit: lambda _token: True)
    with served(stored, Guard) as visitor:
        _, wrong = sweep(SOME, visitor, a_stranger(visitor.host, visitor.port), stored)
    assert {"missing", "empty", "longer", "shorter", "of another session", "in the address"} <= {
        line.partition(", token ")[2].partition(":")[0] for line in wrong
    }


def test_a_leak_or_a_missing_header_would_be_seen(locked: Running, stored: Stored) -> None:
    """The control of the eyes: the owner's own page is full of faults for whoever must get nothing."""
    answer = unlocked(locked, PASSPHRASE).get(f"/d/{stored.draft}")
    case = Case("a good request", "GET", "/", ())
    assert ["status 200", "holds numbat-draft-4713"] == faults(case, answer, carries=False)
    assert len(header_faults(type(answer)(200, (("server", "x"), ("set-cookie", "n=1; Path=/")), b""))) > 7


@contextmanager
def served(stored: Stored, guard: type[Guard]) -> Iterator[Visitor]:
    """The application behind another guard, unlocked, in a thread of this process."""
    sock = listen("127.0.0.1", 0)
    office = an_office(stored, sock.getsockname()[1])
    office.desk = open_desk(stored.folder, PASSPHRASE)
    server = uvicorn.Server(serving(guard(application.build(office)._app, office.address, UPLOAD_PATHS)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    session = office.sessions.open(unlocked=True)
    try:
        yield Visitor(office.settings.host, office.port, session.id, session.token)
    finally:
        server.should_exit = True
        thread.join(10)
        office.desk.store.close()


def an_office(stored: Stored, port: int) -> Office:
    return Office(stored.folder, read_settings(stored.folder), Sessions(None, b"mark"), port, end=lambda: None)
