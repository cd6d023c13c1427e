"""
Every place in two languages that nobody speaks: what never went through gettext, what does not fit, what reads one way.

`en-XA` puts every message into brackets and two fifths more room; what has letters outside of brackets is either a
person's own word, a name, a number with its unit, or a sentence that was forgotten. `ar-XB` reads from right to left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from conftest import PATIENCE, Home, Running, start_server, stop_server
from fallow.app import plan_of
from fallow.language import LANGUAGES, READERS, each_phrase
from fallow.reach import load_sites
from fallow.wiring import make_demo, open_desk
from journeys.conftest import PHONE, new_context
from journeys.test_pages import GETS, MORE, NARROW, addresses
from ready import read_all_code

read_all_code()  # what reads phrases registers itself
SAID = """() => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const found = [];
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) {
            if (node.parentElement.closest('script, style, title, textarea, noscript, .code')) continue;
            found.push(node.textContent);
        } else for (const name of ['aria-label', 'placeholder', 'alt', 'title', 'aria-description'])
            if (node.getAttribute(name)) found.push(node.getAttribute(name));
    }
    return found;
}"""
OVER = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && !e.closest('.skip, .scroll'))
    .filter(e => e.getBoundingClientRect().width)
    .filter(e => e.getBoundingClientRect().left < -0.5 || e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.outerHTML.slice(0, 120))"""
TYPED = {"hi", "You", "Somebody made up", "words that rest", "open words", "sealed words", "Was it that evening?"}
"""What the tests typed, and who is in the chat they bring."""
NAMES = {*LANGUAGES.values(), *(site.name for site in load_sites()), "DOI"}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATED = re.compile(rf"\b(\d{{1,2}} )?({MONTHS})( \d{{4}})?\b|\b[^\W\d_][\w’'-]+ (19|20)\d\d\b")
"""A date in words; and a study, by its author and year."""
IN_BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[^\W\d_]{2,}")


Filled = tuple[Home, dict[str, str], set[str]]
"""A folder, addresses of what has an id, and what in it is nobody's to translate."""


@dataclass(slots=True)
class Look:
    server: Running
    page: Page
    ids: dict[str, str]
    data: set[str]

    def go(self, path: str) -> None:
        self.page.goto(self.server.origin + self.ids.get(path, path))
        self.page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")


@pytest.fixture(scope="module")
def filled(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Months as the demo makes them, and what has an id, made in English."""
    place = tmp_path_factory.mktemp("pseudo")
    home = Home(place / "data", place / "secret")
    home.passphrase_file.write_text(make_demo(home.folder), "utf-8")
    server = start_server(home)
    page = a_page(browser, server)
    ids = addresses(page, server)
    page.context.close()
    stop_server(server)
    del ids["/import/{id}"]  # a file that was brought lives as long as its server; below it is brought once more
    desk = open_desk(home.folder, home.passphrase_file.read_text("utf-8"))
    own = strings_in(plan_of(desk))
    desk.store.close()
    return home, ids, own | TYPED | NAMES | names_in_files()


@pytest.fixture(scope="module", params=["en-XA", "ar-XB"])
def look(
    browser: Browser, filled: tuple[Home, dict[str, str], set[str]], request: pytest.FixtureRequest
) -> Iterator[Look]:
    home, ids, data = filled
    server = start_server(replace(home, extra={"FALLOW_LANGUAGE": request.param}))
    page = a_page(browser, server)
    yield Look(server, page, ids, data)
    page.context.close()
    stop_server(server)


def a_page(browser: Browser, server: Running) -> Page:
    page = new_context(browser).new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(server.link)
    page.wait_for_selector("nav.main")
    return page


@pytest.mark.parametrize("path", [path for path in [*GETS, *MORE] if path != "/import/{id}"])
def test_a_page_says_nothing_past_gettext_and_fits(look: Look, path: str) -> None:
    """Longer words and the other direction leave nothing beyond the edges; every word came through gettext."""
    look.go(path)
    for size in (PHONE, NARROW):
        look.page.set_viewport_size(size)  # type: ignore[arg-type]
        assert 0 == look.page.evaluate("() => document.documentElement.scrollWidth - innerWidth"), f"{size}"
        assert [] == look.page.evaluate(OVER), f"{size}"
    look.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    leftwards = look.page.locator("html").get_attribute("dir") == "rtl"
    assert leftwards == (look.server.home.extra["FALLOW_LANGUAGE"] == "ar-XB")
    assert [] == forgotten(look.page.evaluate(SAID), look.data)


def test_a_forgotten_sentence_would_be_found() -> None:
    """The control: beside brackets, inside of none, and none in data."""
    assert ["Once more"] == forgotten(["⟦Öñcé {n} ⟦möré⟧·⟧", "Once more", "5 March 2026, 07:05", "3.5 / 10"])


def forgotten(texts: list[str], data: Iterable[str] = ()) -> list[str]:
    """What has words outside of brackets and is no data."""
    known = "|".join(map(re.escape, sorted(data, key=len, reverse=True)))
    named = re.compile(rf"(?<!\w)(?:{known})(?!\w)" if known else r"(?!)")
    return [text.strip() for text in texts if LETTERS.search(without_data(text, named))]


def without_data(text: str, named: re.Pattern[str]) -> str:
    while IN_BRACKETS.search(text):
        text = IN_BRACKETS.sub(" ", text)
    return DATED.sub(" ", named.sub(" ", text))


def strings_in(value: object) -> set[str]:
    """Every text in a structure, however deep; what people read in it was in brackets before."""
    if isinstance(value, str):
        return {value} if LETTERS.search(value) else set()
    if isinstance(value, msgspec.Struct):
        return strings_in(msgspec.structs.astuple(value))
    if is_dataclass(value):
        return strings_in([getattr(value, each.name) for each in fields(value)])
    if isinstance(value, dict):
        return strings_in([*value.keys(), *value.values()])
    if isinstance(value, (list, tuple, set, frozenset)):
        return set().union(*map(strings_in, value))
    return set()


def names_in_files() -> set[str]:
    """Names, addresses and titles in the data files: what no type of theirs calls a phrase."""
    found: set[str] = set()
    for read, form in READERS:
        found |= strings_in(each_phrase(read(), msgspec.inspect.type_info(form), lambda _phrase: ""))
    return found
