"""A phone-sized page in a real Chromium."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from conftest import PASSPHRASE, PATIENCE, Home, Running, start_server, stop_server
from fallow.store import Cost, change_passphrase

collect_ignore = [] if sys.platform == "linux" else ["test_reading_alone.py"]  # strace is of Linux
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
FIND = """async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run({runOnly: tags, resultTypes: ['violations']});
    return found.violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.html}`));
}"""
"""Only what is wrong leaves the page: handing over what is right with it took longer than all the looking."""
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """
    One folder set up by `fallow init`, to be copied and never used itself.

    Its passphrase is then made cheap to try: with the real cost, half a second for every start and command, these
    journeys would take twice as long. The first run, `init` and the changing of a passphrase keep the real one.
    """
    place = tmp_path_factory.mktemp("prepared")
    secret = place / "secret"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    secret.chmod(0o600)
    made = Home(place / "data", secret)
    assert made.run("init").returncode == 0
    change_passphrase(made.folder, PASSPHRASE, PASSPHRASE, cost=Cost(memory_kib=64, passes=1, lanes=1))
    return made


@pytest.fixture
def set_up(home: Home, prepared: Home) -> Home:
    """A folder set up and empty, as `fallow init` leaves it."""
    shutil.copytree(prepared.folder, home.folder)
    return home


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=chromium_path, args=FLAGS) as launched:
        yield launched


def new_context(browser: Browser, *, javascript: bool = True, dark: bool = False) -> BrowserContext:
    return browser.new_context(
        viewport=PHONE,
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        has_touch=True,
        is_mobile=True,
        timezone_id="Europe/Berlin",
    )


@dataclass(slots=True)
class Shared:
    """A server for a whole module, and the cookie of the browser that spent its link."""

    server: Running
    cookies: Any

    @property
    def home(self) -> Home:
        return self.server.home

    @property
    def origin(self) -> str:
        return self.server.origin


@pytest.fixture(scope="module")
def shared(prepared: Home, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """An unlocked server of this module alone. Its tests log into one record, so they look at what they added."""
    home = Home(tmp_path_factory.mktemp("shared") / "data", prepared.passphrase_file)
    shutil.copytree(prepared.folder, home.folder)
    server = start_server(home)
    context = new_context(browser)
    first = context.new_page()
    first.goto(server.link)
    first.wait_for_selector("nav.main")
    yield Shared(server, context.storage_state())
    context.close()
    stop_server(server)


@pytest.fixture
def today(page: Page, shared: Shared) -> Page:
    """Today, unlocked, in a browser of this test's own."""
    page.context.add_cookies(shared.cookies["cookies"])
    page.goto(shared.origin + "/")
    page.wait_for_selector("nav.main")
    return page


@pytest.fixture
def own_today(page: Page, open_server: Running) -> Page:
    """Today on a server of this test's own, to be killed, locked or stopped."""
    page.goto(open_server.link)
    page.wait_for_selector("nav.main")
    return page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when it meets an error of script or policy, or asks for anything outside."""
    context = new_context(browser)
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    opened.on(
        "console", lambda message: troubles.append(message.text) if is_trouble(message.type, message.text) else None
    )
    opened.on(
        "request",
        lambda request: (
            troubles.append(request.url) if ".localhost:" not in request.url and "about:" not in request.url else None
        ),
    )
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    context.close()
    assert [] == troubles


def is_trouble(kind: str, text: str) -> bool:
    """An answer of 4xx, and none from a server that a test ends, are logged as errors; they are no troubles."""
    expected = "the server responded with a status of" in text or "Failed to load resource: net::ERR_" in text
    return kind in ("error", "warning") and not expected


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is: rule and where."""
    page.wait_for_load_state("domcontentloaded")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(FIND)
    return found
