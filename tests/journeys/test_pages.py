"""Every place there is, looked at with axe, in light and dark, at two widths; help and leaving on each of them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import PATIENCE, Home, Running, start_server, stop_server
from fallow.app import put_away
from fallow.store import read_parcel
from fallow.web.pages import PLACES
from fallow.wiring import make_demo, open_desk, parcel_file
from journeys.chats import LONG_CHAT
from journeys.conftest import PHONE, new_context, violations
from journeys.earlier import ago
from journeys.walking import Hand, enter, go, in_scheme, post, records, set_lock, wait_kept, write_something

NARROW = {"width": 320, "height": 640}
NO_PAGE = frozenset(
    {
        *("/open/{word}", "/start", "/start/lock", "/start/back", "/start/code", "/start/{step:int}"),
        *(
            "/settings/code",
            "/days/file",
            "/picture/file",
            "/parcels/{id}/file",
            "/reminder/file",
            "/phone/certificate",
        ),
    }
)
"""Places that are no page of their own, and those of the first run, which are walked below."""
GETS = [place.path for place in PLACES if place.show and place.door != "phone" and place.path not in NO_PAGE]
MORE = ["/start/1", "/start/2", "/start/3", "/start/4", "/start/5", "/start/6", "/help?country=US", "/d/sealed",
        "/letters/resting", "/parcels/resting", "/nowhere", "/history/nothing"]  # fmt: skip


@dataclass(slots=True)
class Look:
    """Two browsers on one server, one in the light and one in the dark, and addresses for what has an id."""

    server: Running
    pages: dict[str, Page]
    ids: dict[str, str]

    def address(self, path: str) -> str:
        return self.server.origin + self.ids.get(path, path)


@pytest.fixture(scope="module")
def look(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """A person's months as the demo makes them, with drafts, a chat waiting for an answer, and a window's name."""
    place = tmp_path_factory.mktemp("look")
    home = Home(place / "data", place / "secret")
    home.passphrase_file.write_text(make_demo(home.folder), "utf-8")
    rested = parcels(home)
    server = start_server(home)
    light = new_context(browser)
    page = light.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(server.link)
    page.wait_for_selector("nav.main")
    dark = new_context(browser, dark=True)
    dark.add_cookies(light.storage_state()["cookies"])  # type: ignore[arg-type]
    yield Look(server, {"light": page, "dark": dark.new_page()}, addresses(page, server) | rested)
    light.close()
    dark.close()
    stop_server(server)


def addresses(page: Page, server: Running) -> dict[str, str]:
    sealed = write_something(page, "sealed words")
    page.get_by_role("button", name="Seal it").click()
    go(page, server, "/")
    draft = write_something(page, "open words")
    wait_kept(page)
    letters = [_letter(page, server, words) for words in ("words that rest", "open words")]
    go(page, server, letters[0])
    page.get_by_role("button", name="Put it away").click()
    go(page, server, "/better")
    page.get_by_role("button", name="Begin").click()
    sitting = page.url
    go(page, server, "/import")
    page.locator("input[type=file]").set_input_files({"name": "c.txt", "mimeType": "", "buffer": LONG_CHAT})
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/import/*")
    waiting = page.url
    go(page, server, "/history")
    entry = page.locator("main a[href^='/history/']").first.get_attribute("href") or ""
    post(page, "/sides/tell", go="keep", at="5", mine_pain="known", fact_0="hi", on_0="2026-01-05")
    telling = next(each["id"] for each in server.home.json("events") if each["kind"] == "account_given")
    cut = len(server.origin)
    return {"/d/{id}": draft[cut:], "/d/sealed": sealed[cut:], "/import/{id}": waiting[cut:], "/history/{id}": entry,
            "/inbound/three/{step}": "/inbound/three/not_now",
            "/review/ask/{question}": "/review/ask/purpose", "/known/{id}": "/known/C7",
            "/ways/{id}": "/ways/music", "/ways/lists/{kind}": "/ways/lists/ublock",
            "/plans/{place:int}": "/plans/1", "/parked/{id}": _parked(page, server), "/days/{id}": _day(page, server),
            "/sides/{id}": f"/sides/{telling}",
            "/letters/{id}": letters[1], "/letters/resting": letters[0], "/better/{id}": sitting[cut:]}  # fmt: skip


def parcels(home: Home) -> dict[str, str]:
    """One whose day has come and one that rests; what was taken for them is back, for the other pages."""
    desk = open_desk(home.folder, home.passphrase_file.read_text("utf-8"))
    then = ago(desk, 40)
    ids = []
    for days in (30, 60):
        until = then.clock().day + dt.timedelta(days=days)
        ids.append(put_away(then, "under another stone", taken="messages", until=until).id)
        label, lines = read_parcel(parcel_file(desk, ids[-1]), "under another stone")
        with desk.store.transaction():
            desk.store.bring_back(label, lines)
    desk.store.close()
    return {"/parcels/{id}": f"/parcels/{ids[0]}", "/parcels/resting": f"/parcels/{ids[1]}"}


def _parked(page: Page, server: Running) -> str:
    go(page, server, "/parked")
    page.locator("textarea").fill("Was it that evening?")
    page.get_by_role("button", name="Put it away").click()
    return page.locator("main a[href^='/parked/']").first.get_attribute("href") or ""


def _day(page: Page, server: Running) -> str:
    go(page, server, "/days")
    return page.locator("main a[href^='/days/']").first.get_attribute("href") or ""


def _letter(page: Page, server: Running, words: str) -> str:
    go(page, server, "/letters")
    page.get_by_role("button", name="Begin a letter").click()
    page.locator("textarea").press_sequentially(words)
    wait_kept(page)
    return page.url.removeprefix(server.origin)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*GETS, *MORE])
def test_a_page_is_accessible_and_fits(look: Look, path: str, scheme: str) -> None:
    """Axe finds nothing, nothing is wider than the phone, there is one heading, and the title is the neutral name."""
    page = look.pages[scheme]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(look.address(path))
    check(page)


def check(page: Page) -> None:
    """What holds for every page, locked or not."""
    page.wait_for_load_state("domcontentloaded")
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [] == violations(page)
    expect(page.locator("h1")).to_have_count(1)
    assert "Notes" == page.title()
    expect(page.get_by_role("banner").get_by_role("link", name="Help")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("button", name="Leave")).to_be_visible()
    for size in (PHONE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert 0 == page.evaluate("() => document.documentElement.scrollWidth - innerWidth"), f"{size}"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def test_what_is_wrong_would_be_found(page: Page) -> None:
    """The control: a button without a name, on a page without language, title and heading."""
    page.set_content("<button></button>")
    found = violations(page)
    assert "button-name: <button></button>" in found
    assert {"document-title", "html-has-lang", "page-has-heading-one"} <= {each.partition(":")[0] for each in found}


def test_the_first_key_leads_past_the_bar(look: Look) -> None:
    """Tab finds the skip link first, visible then, and it leads to the content; after it Help, Lock and Leave."""
    page = look.pages["light"]
    page.goto(look.address("/"))
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("() => document.activeElement.textContent.trim()"))
    assert ["To the content", "Help", "Lock", "Leave"] == names
    page.goto(look.address("/"))
    page.keyboard.press("Tab")
    box = page.locator(".skip:focus").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("() => document.activeElement.id")


def test_every_control_is_large_enough_to_hit(look: Look) -> None:
    """Buttons and fields of every page are at least 44 pixels high, as thumbs at night need."""
    page = look.pages["light"]
    for path in [*GETS, *MORE]:
        page.goto(look.address(path))
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, nav a, .btn, .pick, input:not([type=hidden])')]
                .filter(e => e.checkVisibility() && !e.matches('.pick input, .scale input'))
                .filter(e => e.getBoundingClientRect().height < 44)
                .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert [] == small, path


def test_pages_of_the_first_run_are_accessible_and_fit(browser: Browser, fresh_server: Running) -> None:
    """Stranger, first page, name and lock, refused lock, code: in the light and in the dark."""
    contexts = [new_context(browser, dark=dark) for dark in (False, True)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        go(page, fresh_server, "/unlock")
        check(page)
        go(page, fresh_server, "/help")
        check(page)
    page = pages[0]
    enter(page, fresh_server)
    pages[1].context.add_cookies(page.context.storage_state()["cookies"])  # type: ignore[arg-type]
    for each in pages:
        for path in ("/start", "/start/back", "/start/lock"):
            go(each, fresh_server, path)
            check(each)
        set_lock(Hand(each), "short")
        expect(each.get_by_role("alert")).to_be_visible()
        check(each)
    set_lock(Hand(page))
    for scheme in ("light", "dark"):
        in_scheme(page, scheme)
        check(page)
    for context in contexts:
        context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_locked_pages_are_accessible_and_fit(browser: Browser, look: Look, dark: bool) -> None:
    """The lock, a wrong passphrase, and help, for somebody who is not unlocked."""
    context = new_context(browser, dark=dark)
    page = context.new_page()
    for path in ("/unlock", "/help", "/nowhere"):
        go(page, look.server, path)
        check(page)
    go(page, look.server, "/unlock")
    page.get_by_label("Passphrase", exact=True).fill("not this one")
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    context.close()


STANDS = {
    "stop": ("/settings/stop", {"because": "violence", "sure": "1"}),
    "safety": ("/screen", {"answer": "screen.not_live", "keep": "wish_to_die", "do": "keep"}),
    "roof": ("/settings/mode", {"mode": "living_together"}),
    "they_wrote": ("/log", {"kind": "they_wrote"}),
}


@pytest.mark.parametrize("stands", STANDS)
def test_pages_are_accessible_however_things_stand(browser: Browser, prepared: Home, home: Home, stands: str) -> None:
    """A clear stop, help first, under one roof, and something that came from the other side."""
    shutil.copytree(prepared.folder, home.folder)
    server = start_server(home)
    context = new_context(browser)
    try:
        page = context.new_page()
        enter(page, server)
        page.wait_for_selector("nav.main")
        path, fields = STANDS[stands]
        post(page, path, **fields)
        for scheme in ("light", "dark"):
            in_scheme(page, scheme)
            for path in ("/", "/now", "/settings"):
                go(page, server, path)
                check(page)
        assert 1 == len(records(home))
    finally:
        context.close()
        stop_server(server)
