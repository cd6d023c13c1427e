"""How a person goes through the pages: opening the link, unlocking, and the steps of the first run, counted."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from conftest import PASSPHRASE, PATIENCE, Home, Running, start_server, stop_server
from fallow.app import Desk, record
from fallow.plan import Ask, Moment, Record, Standing, replay
from fallow.store import unlock as unlock_folder
from fallow.store.sqlite import open_sqlite

GOLDEN = Path(__file__).parents[1] / "golden" / "importers" / "whatsapp"
LEFT_OUT = "Skip this"
KEY_FILE = "key.json"
_KEYS: dict[bytes, bytes] = {}


class Served(Protocol):
    """Anything with an address: a server, or one shared by a module."""

    @property
    def origin(self) -> str: ...


def enter(page: Page, server: Running) -> None:
    """Spend the one-time link and stand wherever it leads."""
    page.goto(server.link)
    page.wait_for_url(re.compile(r"/(start|unlock)?$"))


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_role("button", name="Unlock").click()


def go(page: Page, server: Served, path: str) -> None:
    page.goto(server.origin + path)


def open_picture(page: Page, server: Served) -> None:
    """The picture, opened on purpose unless it was opened within the hour."""
    go(page, server, "/picture")
    opening = page.get_by_role("button", name="Open it")
    if opening.count():
        opening.click()


def headed(page: Page, words: str) -> None:
    """That is the heading, as soon as the page that was asked for is there."""
    expect(page.locator("h1")).to_have_text(words, use_inner_text=True)
    page.wait_for_load_state("domcontentloaded")


def says(page: Page, words: str) -> None:
    """These words can be read on it, as soon as the page that was asked for is there."""
    expect(page.locator("main")).to_contain_text(words, use_inner_text=True)
    page.wait_for_load_state("domcontentloaded")


def in_scheme(page: Page, scheme: str) -> None:
    """The page in the light or in the dark, once its style follows."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_function("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", arg=scheme)


def heading(page: Page) -> str:
    """Read at once: after a tap, wait for something of the next page first."""
    page.wait_for_load_state("domcontentloaded")
    return page.locator("h1").inner_text()


def body_of(page: Page) -> str:
    """Read at once, as `heading`."""
    page.wait_for_load_state("domcontentloaded")
    return page.locator("main").inner_text()


def quiet_days(page: Page) -> tuple[int, int]:
    """What Today counts: quiet days, of so many."""
    page.wait_for_load_state("domcontentloaded")
    found = re.fullmatch(r"(\d+)\s*quiet days? of (\d+)", page.locator(".count").inner_text())
    assert found is not None
    return int(found[1]), int(found[2])


def kill_worker(server: Running) -> None:
    """The process that holds key and words dies at once, as in a crash; another takes its place."""
    former = server.workers()
    assert len(former) == 1
    os.kill(former[0], signal.SIGKILL)
    server.next_link()
    deadline = time.monotonic() + PATIENCE
    while server.workers() == former and time.monotonic() < deadline:
        time.sleep(0.02)


def kill_everything(server: Running) -> None:
    """The whole server dies at once; its worker notices and goes as well."""
    server.process.kill()
    server.process.wait(PATIENCE)


def records(home: Home) -> tuple[Record, ...]:
    """What was recorded, read beside the running server."""
    store = open_sqlite(home.folder, key_of(home.folder))
    try:
        return store.events()
    finally:
        store.close()


def kinds(home: Home, *, since: int = 0) -> list[str]:
    """The kinds of what was recorded, oldest first; `since` leaves out as many."""
    return [str(type(record.event.what).__struct_config__.tag) for record in records(home)[since:]]


def stored(home: Home) -> tuple[int, int]:
    """Messages that are kept, and how many of them with their words."""
    store = open_sqlite(home.folder, key_of(home.folder))
    try:
        return store.message_count(), sum(text is not None for text in store.texts())
    finally:
        store.close()


def days_ago(days: int, hour: int, minute: int = 0) -> Moment:
    """A wall clock of some days before today, in Berlin."""
    zone = ZoneInfo("Europe/Berlin")
    day = dt.datetime.now(zone).date() - dt.timedelta(days=days)
    return Moment(dt.datetime.combine(day, dt.time(hour, minute), zone), zone.key)


@contextmanager
def serving(home: Home) -> Iterator[Running]:
    """A server on what somebody lived until now."""
    server = start_server(home)
    try:
        yield server
    finally:
        stop_server(server)


def standing(home: Home, moment: Moment) -> Standing:
    """Where the plan stands at some moment, as it would be counted then."""
    return replay(records(home)).standing(moment)


def lived(home: Home, *asks: Ask) -> None:
    """Record each at the moment it happened, as somebody did who used it then; before any server starts."""
    store = open_sqlite(home.folder, key_of(home.folder))
    for ask in asks:
        then = ask.happened
        assert then is not None
        record(Desk(store, lambda then=then: then), ask)  # type: ignore[misc]
    store.close()


def problems(home: Home) -> tuple[str, ...]:
    """What the store finds wrong with itself."""
    store = open_sqlite(home.folder, key_of(home.folder))
    try:
        return store.check()
    finally:
        store.close()


def key_of(folder: Path) -> bytes:
    """Unlocking costs half a second by design, so it is done once for all copies of one folder."""
    key_file = (folder / KEY_FILE).read_bytes()
    if key_file not in _KEYS:
        _KEYS[key_file] = unlock_folder(folder, PASSPHRASE)
    return _KEYS[key_file]


def post(page: Page, path: str, **fields: str) -> tuple[int, str]:
    """What a form of this page would be answered if it were sent there: status and source."""
    page.locator("html[data-token]").wait_for(state="attached")
    answered: list[Any] = page.evaluate(
        """async ([path, fields]) => {
            const t = document.documentElement.dataset.token;
            const answer = await fetch(path, {method: "POST", body: new URLSearchParams({t, ...fields})});
            return [answer.status, await answer.text()];
        }""",
        [path, fields],
    )
    return answered[0], answered[1]


@dataclass(slots=True)
class Hand:
    """A hand on the phone: every tap and every field filled is counted."""

    page: Page
    taps: int = 0
    fields: list[str] = field(default_factory=list)

    def tap(self, role: str, name: str, *, exact: bool = False) -> None:
        self.taps += 1
        self.page.get_by_role(role, name=name, exact=exact).click()  # type: ignore[arg-type]
        self.page.wait_for_load_state("domcontentloaded")

    def pick(self, label: str) -> None:
        self.taps += 1
        self.page.get_by_label(label).check()

    def fill(self, label: str, words: str) -> None:
        self.fields.append(label)
        self.page.get_by_label(label).fill(words)


def find_way(hand: Hand, name: str) -> None:
    """From the map to one channel: open its group, then the channel; two taps."""
    hand.taps += 2
    group = hand.page.locator("details.group", has_text=name)
    group.locator("summary").click()
    group.get_by_role("link", name=name).click()


def way_row(page: Page, id: str) -> Locator:
    """The line of a channel in the whole list."""
    return page.locator(f"details.group li:has(a[href='/ways/{id}'])")


def first_run(page: Page, *, passphrase: str = PASSPHRASE) -> Hand:
    """The whole first run with an answer to every question, from the first page to Today."""
    hand = Hand(page)
    hand.tap("link", "Begin")
    set_lock(hand, passphrase)
    hand.tap("link", "I have it")
    for answer in (None, "Yes, we need not be in touch.", "They did.", "No, it had been coming.", "60 days"):
        if answer is not None:
            hand.pick(answer)
        hand.tap("button", "Go on")
    hand.fill("A first name is enough", "Mira")
    hand.fill("Phone", "+49 30 1234567")
    hand.fill("What they said you may do", "Call me, whatever the hour.")
    hand.tap("button", "Go on")
    return hand


def set_lock(hand: Hand, passphrase: str = PASSPHRASE, again: str | None = None) -> None:
    hand.fill("A passphrase, at least ten characters", passphrase)
    hand.fill("The same once more", passphrase if again is None else again)
    hand.tap("button", "Lock it with this")


def skip_all(page: Page) -> Hand:
    """The first run with nothing answered but the lock."""
    hand = Hand(page)
    hand.tap("link", "Begin")
    set_lock(hand)
    hand.tap("link", "Go on without it")
    for _ in range(6):
        hand.tap("button", LEFT_OUT)
    return hand


def write_something(page: Page, words: str) -> str:
    """Urge, write it, type; returns the draft's address. The words are typed as on a keyboard, not set."""
    page.get_by_role("link", name="Urge", exact=True).click()
    page.get_by_role("button", name="Write it").click()
    page.locator("textarea").press_sequentially(words)
    return page.url


def wait_kept(page: Page) -> None:
    """Until the page itself says that the words are kept."""
    expect(page.locator("[data-kept]")).to_have_text("Kept on this computer.")
