"""
A phone of 390 by 844 in a real Chromium, over real TLS, paired with a real code; and what it holds by itself.

The browser takes the certificate because its key is the one it was told of, as a phone on which it was installed does;
any other certificate ends the visit (the last test).
"""

from __future__ import annotations

import base64
import hashlib
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Error, Page, Playwright, expect

from conftest import PATIENCE, Home, Running, stop_server
from fallow.settings import Settings, read_settings, write_settings
from fallow.store import read_certificate
from fallow.web.pages.installed import PAUSE
from fallow.web.render import static_files
from journeys.conftest import FLAGS, is_trouble, new_context, violations
from journeys.walking import go, kinds, unlock, wait_kept, write_something
from web.tls import ELSEWHERE, start_for_phones

NAME = "Quokka"
"""The name in the window: a choice of the person, so it is in nothing that is kept."""
WORDS = "numbat words for nobody"
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found[new URL(request.url).pathname] = [name, await answer.text(), Object.fromEntries(answer.headers)];
    }
  }
  return found;
}"""
ELSE_KEPT = """async () =>
  [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie]"""
READY = """() => navigator.serviceWorker.ready.then((it) =>
  it.active.state === "activated" && !!navigator.serviceWorker.controller)"""
UNREGISTER = """async () => {
  for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
}"""
WIDTH = """(src) => new Promise((done) => {
  const it = new Image();
  it.onload = () => done(it.naturalWidth);
  it.onerror = () => done(0);
  it.src = src;
})"""


@pytest.fixture
def phones(set_up: Home) -> Iterator[Running]:
    """An unlocked server of this test alone that lets phones in."""
    write_settings(set_up.folder, Settings(name=NAME, icon="moon", host=read_settings(set_up.folder).host))
    running = start_for_phones(set_up)
    yield running
    if running.process.poll() is None:
        stop_server(running)


@pytest.fixture
def trusting(playwright: Playwright, chromium_path: str, phones: Running) -> Iterator[Browser]:
    """A browser that was told to trust this certificate."""
    flags = [*FLAGS, f"--ignore-certificate-errors-spki-list={key_of(phones)}"]
    with playwright.chromium.launch(executable_path=chromium_path, args=flags) as launched:
        yield launched


@pytest.fixture
def phone(trusting: Browser) -> Iterator[Page]:
    """Not paired; fails the test when it meets an error of script or policy, or asks for anything outside."""
    context = new_context(trusting)
    page = context.new_page()
    troubles: list[str] = []
    watch(page, troubles)
    yield page
    context.close()
    assert [] == troubles


def watch(page: Page, troubles: list[str]) -> None:
    def asked(address: str) -> None:
        if f"//{ELSEWHERE}:" not in address and "about:" not in address:
            troubles.append(address)

    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("console", lambda said: troubles.append(said.text) if is_trouble(said.type, said.text) else None)
    page.on("request", lambda request: asked(request.url))
    page.set_default_timeout(PATIENCE * 1000)


def key_of(running: Running) -> str:
    """The SHA-256 of the public key a phone is told to trust."""
    found = read_certificate(running.home.folder)
    assert found is not None
    key = x509.load_pem_x509_certificate(found.signing).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return base64.b64encode(digest).decode()


def pair(phone: Page, running: Running) -> None:
    """As the square code leads: the address with the code in it, and one tap."""
    phone.goto(running.home.json("pair")["link"])
    phone.get_by_role("button", name="Pair").click()
    expect(phone.get_by_role("status")).to_contain_text("This phone is paired.")


def pair_and_unlock(phone: Page, running: Running) -> None:
    pair(phone, running)
    unlock(phone)
    phone.wait_for_selector("nav.main")
    phone.wait_for_function(READY)


def test_an_urge_on_the_phone(phones: Running, phone: Page, page: Page) -> None:
    """The computer shows a code; the phone pairs, unlocks, and two taps on the words are kept, at the computer."""
    page.goto(phones.link)
    page.wait_for_selector("nav.main")
    go(page, phones, "/phone")
    page.get_by_role("button", name="Make a code for one phone").click()
    expect(page.get_by_role("img", name="A square code")).to_be_visible()
    address, code = page.locator("p.lead[translate=no]").inner_text(), page.locator("p.code").first.inner_text()
    assert phones.phone == address
    phone.goto(address)
    assert f"{address}/pair" == phone.url
    phone.get_by_label("The code").fill(code.lower())
    phone.get_by_role("button", name="Pair").click()
    unlock(phone)
    phone.wait_for_selector("nav.main")
    assert {"width": 390, "height": 844} == phone.viewport_size
    write_something(phone, WORDS)
    wait_kept(phone)
    phone.get_by_role("button", name="Seal it").click()
    expect(phone.locator("h1")).to_be_visible()
    assert ["urge", "draft_sealed"] == kinds(phones.home)
    go(page, phones, "/phone")
    expect(page.get_by_text(code)).to_have_count(0)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No phone is paired.")).to_be_visible()
    phone.goto(address + "/history")
    assert f"{address}/pair" == phone.url
    assert WORDS not in phone.content()


def test_wrong_and_used_codes_are_refused_in_words(phones: Running, phone: Page, trusting: Browser) -> None:
    """Two calm sentences, the field again, and nothing else of the program."""
    code = phones.home.json("pair")["code"]
    phone.goto(phones.phone)
    phone.get_by_label("The code").fill("0000-0000")
    phone.get_by_role("button", name="Pair").click()
    expect(phone.get_by_role("alert")).to_contain_text("That is not the code. Tries left: 4.")
    phone.get_by_label("The code").fill(code)
    phone.get_by_role("button", name="Pair").click()
    expect(phone.get_by_label("Passphrase", exact=True)).to_be_visible()
    context = new_context(trusting)
    second = context.new_page()
    second.goto(f"{phones.phone}/pair/{code}")
    second.get_by_role("button", name="Pair").click()
    expect(second.get_by_role("alert")).to_contain_text("That code is over")
    second.goto(f"{phones.phone}/help")
    assert f"{phones.phone}/pair" == second.url
    expect(second.get_by_role("link", name="Help")).to_have_count(0)
    context.close()


def test_without_the_computer_the_page_for_a_pause_opens(phones: Running, phone: Page) -> None:
    """The server is stopped; any address shows the pause and the help lines, out of the phone's own keeping."""
    pair_and_unlock(phone, phones)
    stop_server(phones)
    for path in ("/", "/now", "/history", "/d/0", "/help?country=US", "/nowhere"):
        phone.goto(phones.phone + path)
        expect(phone.locator("h1")).to_have_text("The computer does not answer. This page does.")
        assert 0 == phone.evaluate("() => performance.getEntriesByType('navigation')[0].transferSize")
    expect(phone.get_by_role("timer")).to_be_visible()
    phone.get_by_text("Germany", exact=True).click()
    expect(phone.get_by_role("link", name="0800 111 0 111")).to_be_visible()
    expect(phone.get_by_role("link", name="0800 111 0 111")).to_have_attribute("href", "tel:08001110111")
    assert "rgba(0, 0, 0, 0)" != phone.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    phone.get_by_role("button", name="Leave").click()
    phone.wait_for_url("about:blank")


def test_a_computer_that_is_silent_counts_as_out_of_reach(phones: Running, phone: Page) -> None:
    """As away from home, where nothing refuses and nothing answers: the worker stands still, and then goes on."""
    pair_and_unlock(phone, phones)
    (worker,) = phones.workers()
    os.kill(worker, signal.SIGSTOP)
    try:
        phone.goto(phones.phone + "/now")
        expect(phone.get_by_text("People who answer")).to_be_visible()
    finally:
        os.kill(worker, signal.SIGCONT)
    phone.get_by_role("link", name="Try the computer again").click()
    expect(phone.locator("nav.main")).to_be_visible()


def test_the_phone_keeps_that_page_and_two_files_and_nothing_else(phones: Running, phone: Page) -> None:
    """Read out of the browser after a walk through everything personal: the same bytes everyone is given."""
    pair_and_unlock(phone, phones)
    phones.home.run("choose", "--person", stdin="Mira\n+49 30 1234567\n\n")
    write_something(phone, WORDS)
    wait_kept(phone)
    draft = phone.url
    for path in ("/", "/now", "/now/call", "/log", "/history", "/settings", "/letters", "/help?country=DE"):
        phone.goto(phones.phone + path)
    phone.goto(draft)
    kept: dict[str, Any] = phone.evaluate(KEPT)
    files = {path for path in static_files() if path.endswith(("/app.css", "/app.js"))}
    assert {PAUSE, *files} == set(kept)
    assert 1 == len({name for name, _, _ in kept.values()})
    for path, (_, body, headers) in kept.items():
        assert body == phone.evaluate("async (path) => (await fetch(path)).text()", path)
        assert "no-store" == headers["cache-control"]
        for word in (NAME, WORDS, "Mira", "1234567", "data-token", draft.rpartition("/")[2], "moon"):
            assert word not in body, (path, word)
    assert [0, 0, 0, ""] == phone.evaluate(ELSE_KEPT)
    phone.evaluate("async () => (await caches.open('other')).put('/d/0', new Response('more'))")
    assert "/d/0" in phone.evaluate(KEPT), "the control: something else that was kept would be seen"


def test_what_is_kept_outlives_locking_and_leaving(phones: Running, phone: Page) -> None:
    """Locked at the computer, left from the phone: Back shows the lock, the page for a pause still opens."""
    pair_and_unlock(phone, phones)
    phone.goto(phones.phone + "/history")
    assert 0 == phones.home.run("lock").returncode
    phones.next_link()
    phone.goto(phones.phone + "/")
    unlock(phone)
    phone.wait_for_selector("nav.main")
    phone.get_by_role("button", name="Leave").click()
    phone.wait_for_url("about:blank")
    phones.next_link()
    phone.go_back()
    expect(phone.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert 3 == len(phone.evaluate(KEPT))
    stop_server(phones)
    phone.goto(phones.phone + "/")
    expect(phone.get_by_text("People who answer")).to_be_visible()


def test_words_that_are_sent_while_nothing_answers_are_left_to_the_browser(phones: Running, phone: Page) -> None:
    """It keeps a form for another try; the page for a pause in its place would have thrown it away."""
    pair_and_unlock(phone, phones)
    phone.goto(phones.phone + "/parked")
    phone.locator("textarea").fill(WORDS)
    stop_server(phones)
    phone.get_by_role("button", name="Put it away").click()
    phone.wait_for_url("chrome-error://**")
    expect(phone.get_by_text("People who answer")).to_have_count(0)


def test_without_its_worker_nothing_would_open(phones: Running, phone: Page) -> None:
    """The control: it is the worker that shows the page, and not the browser's own keeping of pages."""
    pair_and_unlock(phone, phones)
    phone.goto(phones.phone + PAUSE)
    phone.evaluate(UNREGISTER)
    phone.goto("about:blank")
    stop_server(phones)
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        phone.goto(phones.phone + PAUSE)


def test_it_can_be_installed_under_the_chosen_name_and_icon(phones: Running, phone: Page) -> None:
    """What the browser itself reads: no error in it, and nothing that keeps it from being installed."""
    pair_and_unlock(phone, phones)
    asking = phone.context.new_cdp_session(phone)
    found = asking.send("Page.getAppManifest")
    assert [] == found["errors"]
    assert [] == asking.send("Page.getInstallabilityErrors")["installabilityErrors"]
    told = phone.evaluate("async () => (await fetch('/app.webmanifest')).json()")
    assert (NAME, NAME, "/", "standalone") == (told["name"], told["short_name"], told["start_url"], told["display"])
    for icon in told["icons"]:
        assert "icon-moon" in icon["src"]
        width = phone.evaluate(WIDTH, icon["src"])
        assert icon["sizes"] in (f"{width}x{width}", "any")
        assert width > 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_its_pages_are_accessible_and_fit(phones: Running, trusting: Browser, browser: Browser, dark: bool) -> None:
    """Pairing, refused, the pause, and the computer's page with and without a code: axe, width, size for thumbs."""
    context, at_home = new_context(trusting, dark=dark), new_context(browser, dark=dark)
    phone, page = context.new_page(), at_home.new_page()
    phone.goto(phones.phone)
    look_at(phone)
    phone.get_by_label("The code").fill("0000-0000")
    phone.get_by_role("button", name="Pair").click()
    look_at(phone)
    pair_and_unlock(phone, phones)
    phone.goto(phones.phone + PAUSE)
    look_at(phone)
    page.goto(phones.link)
    page.wait_for_selector("nav.main")
    go(page, phones, "/phone")
    look_at(page)
    page.get_by_role("button", name="Make a code for one phone").click()
    look_at(page)
    context.close()
    at_home.close()


SMALL = """() => [...document.querySelectorAll('button, select, .btn, summary, input:not([type=hidden])')]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 80))"""


def look_at(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [] == violations(page)
    expect(page.locator("h1")).to_have_count(1)
    assert [] == page.evaluate(SMALL)
    for width, height in ((390, 844), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert 0 == page.evaluate("() => document.documentElement.scrollWidth - innerWidth"), width
    page.set_viewport_size({"width": 390, "height": 844})


def test_a_browser_that_was_told_nothing_does_not_go_on(phones: Running, browser: Browser) -> None:
    """The control of the certificate: without it the visit ends before a page is asked for."""
    context = new_context(browser)
    page = context.new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(phones.phone + "/pair")
    context.close()
