"""
T31: other pages in the same browser, while a session is unlocked in it: a real Chromium, real other servers.

Nothing happens, nothing is read, and no cookie is sent to anybody else. The last tests switch a check off and see the
same attacks succeed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Playwright

from conftest import PASSPHRASE, Home, Running, start_server, stop_server
from fallow.settings import Settings, read_settings, write_settings
from fallow.web import application
from fallow.web.render import static_files
from fallow.wiring import open_desk
from journeys.conftest import FLAGS
from web.conftest import stored, template  # noqa: F401 - fixtures of the room next door
from web.samples import MARKERS, Stored, files, state
from web.test_sweep import AnyHost, AnyOrigin, served
from web.wire import Visitor, unlocked

READ = """async (address) => {
  const got = [];
  for (const options of [{credentials: "include"}, {credentials: "include", mode: "no-cors"}, {}])
    for (const path of ["/", "/history", "/settings", "/help"])
      try { got.push(await (await fetch(address + path, options)).text()); } catch { got.push(""); }
  return got.join("");
}"""
WRITE = """async ([address, body]) => {
  const form = () => new URLSearchParams(body);
  for (const path of ["/log", "/lock", "/leave", "/settings/stop", "/settings/window"]) {
    for (const mode of ["cors", "no-cors", "same-origin"])
      try { await fetch(address + path, {method: "POST", mode, credentials: "include", body: form()}); } catch {}
    navigator.sendBeacon(address + path, form());
  }
}"""
EMBED = """async (address) => {
  const loaded = [];
  const wait = (e) => new Promise((done) => {
    e.onload = () => { loaded.push(e.tagName); done(); };
    e.onerror = () => done();
  });
  for (const [tag, key] of [["img", "src"], ["script", "src"], ["link", "href"]]) {
    const e = document.createElement(tag);
    if (tag === "link") e.rel = "stylesheet";
    e[key] = address;
    const ended = wait(e);
    document.head.append(e);
    await ended;
  }
  return loaded;
}"""
FRAME = """async (address) => {
  const frame = document.createElement("iframe");
  const ended = new Promise((done) => { frame.onload = done; setTimeout(done, 3000); });
  frame.src = address;
  document.body.append(frame);
  await ended;
}"""
FORM = """([address, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}"""
FIELDS = {"t": "guessed", "kind": "looked", "note": "not by the person", "because": "asked", "name": "Changed"}


@dataclass
class Elsewhere:
    """Another program's web server on this computer, which writes down every cookie it is sent."""

    port: int
    cookies: list[str] = field(default_factory=list)
    asked: int = 0


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            noted.asked += 1
            noted.cookies += self.headers.get_all("Cookie") or []
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title><body>")

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        noted = Elsewhere(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield noted
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def rebound(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A browser for which evil.test is this computer, and which leaves guarding local programs to themselves."""
    rules = ["--host-resolver-rules=MAP evil.test 127.0.0.1", "--disable-features=LocalNetworkAccessChecks"]
    with playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS, *rules]) as launched:
        yield launched


@pytest.fixture
def server(request: pytest.FixtureRequest, stored: Stored, home: Home) -> Iterator[Running]:  # noqa: F811
    """Under its own random name, and under the plain one for browsers that do not know such names."""
    if getattr(request, "param", "random") != "random":
        write_settings(stored.folder, Settings(host=request.param))
    running = start_server(home, passphrase=False)
    yield running
    stop_server(running)


def with_session(browser: Browser, owner: Visitor) -> BrowserContext:
    """A browser in which the session is unlocked."""
    context = browser.new_context()
    context.add_cookies(
        [{"name": "n", "value": owner.cookie, "url": f"http://{owner.address}", "httpOnly": True, "sameSite": "Strict"}]
    )
    page = context.new_page()
    page.goto(f"http://{owner.address}/")
    assert page.locator("[data-leave]").count() == 1
    assert "/unlock" not in page.url
    return context


def attack(page: Page, target: str) -> str:
    """Everything a page can try on an address; returns what it could read."""
    got: str = page.evaluate(READ, target)
    page.evaluate(WRITE, [target, FIELDS])
    got += "".join(
        tag for path in ("/", "/help", next(iter(static_files()))) for tag in page.evaluate(EMBED, target + path)
    )
    page.evaluate(FRAME, target + "/history")
    got += "".join(seen_in(frame) for frame in page.frames[1:])
    page.evaluate(FORM, [target + "/log", FIELDS])
    page.wait_for_load_state()
    page.wait_for_timeout(100)
    return got


def seen_in(frame: Frame) -> str:
    """Words of the program that a frame shows; the browser's own error page shows none."""
    text = frame.content()
    return text if any(word in text for word in (*MARKERS, "data-token")) else ""


@pytest.mark.parametrize(
    ("server", "origin"),
    [
        *(
            ("random", origin)
            for origin in ("127.0.0.1", "other12345.localhost", "evil.test", "its own name", "a file")
        ),
        *(("127.0.0.1", origin) for origin in ("its own name", "evil.test")),
    ],
    indirect=["server"],
)
def test_another_page_reads_nothing_and_does_nothing(
    origin: str, server: Running, elsewhere: Elsewhere, rebound: Browser, stored: Stored, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    """From another port, another name, the very same name with another port, and from a file."""
    owner = unlocked(server, PASSPHRASE)
    desk = open_desk(stored.folder, PASSPHRASE)
    before, beside, workers = state(desk), files(stored.folder), server.workers()
    context = with_session(rebound, owner)
    page = context.new_page()
    name = server.host if origin == "its own name" else origin
    (tmp_path / "page.html").write_text("<!doctype html><title>a file</title><body>")
    page.goto((tmp_path / "page.html").as_uri() if origin == "a file" else f"http://{name}:{elsewhere.port}/")
    assert "" == attack(page, server.origin)
    assert (before, beside, workers) == (state(desk), files(stored.folder), server.workers())
    assert 200 == owner.get("/").status
    if name != server.host:  # cookies ignore ports: that is what the random name is for
        assert [] == elsewhere.cookies
    context.close()
    desk.store.close()


def test_a_rebound_name_reads_nothing(server: Running, rebound: Browser, stored: Stored) -> None:  # noqa: F811
    """A page of evil.test, whose name now leads here, is of the same origin as what it asks for; it gets nothing."""
    owner = unlocked(server, PASSPHRASE)
    desk = open_desk(stored.folder, PASSPHRASE)
    before, workers = state(desk), server.workers()
    context = with_session(rebound, owner)
    page = rebound_page(context, owner.port)
    assert {"This address is not served here."} == set(page.evaluate(ALONE))
    page.evaluate(WRITE, ["", FIELDS])
    assert (before, workers) == (state(desk), server.workers())
    assert [] == context.cookies(f"http://evil.test:{owner.port}")
    context.close()
    desk.store.close()


ALONE = """() => Promise.all(["/", "/unlock", "/help", "/history"].map(async (path) => (await fetch(path)).text()))"""


def rebound_page(context: BrowserContext, port: int) -> Page:
    """A page that evil.test served on this port before its name was turned round."""
    page = context.new_page()
    page.route("**/served-before", lambda route: route.fulfill(content_type="text/html", body="<!doctype html><body>"))
    page.goto(f"http://evil.test:{port}/served-before")
    return page


def test_without_the_check_of_the_host_a_rebound_name_would_read(rebound: Browser, stored: Stored) -> None:  # noqa: F811
    """The control."""
    with served(stored, AnyHost) as owner:
        context = rebound.new_context()
        got = rebound_page(context, owner.port).evaluate(ALONE)
        assert any("data-token" in text for text in got)
        context.close()


def test_without_origin_and_token_another_port_would_write(
    elsewhere: Elsewhere, rebound: Browser, stored: Stored, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    """The control: the cookie alone, SameSite=Strict as it is, does not stop a page on another port."""
    monkeypatch.setattr(application, "_admission", lambda _place, _visit: lambda _token: True)
    write_settings(stored.folder, Settings(host="127.0.0.1"))
    desk = open_desk(stored.folder, PASSPHRASE)
    before = state(desk)
    with served(stored, AnyOrigin) as owner:
        assert read_settings(stored.folder).host == owner.host
        context = with_session(rebound, owner)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{elsewhere.port}/")
        page.evaluate(FORM, [f"http://{owner.address}/log", FIELDS])
        page.wait_for_load_state()
        page.wait_for_timeout(200)
        assert len(state(desk)[0]) == len(before[0]) + 1
        assert elsewhere.cookies != []
        context.close()
    desk.store.close()
