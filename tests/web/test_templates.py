"""T38 and T46: what may not be in a template, a script or a style; and that nothing outside a page names what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from importlib import resources
from pathlib import Path

import pytest

import fallow
from conftest import PASSPHRASE, Home, Running
from fallow.settings import Settings, write_settings
from fallow.web.pages import PLACES
from fallow.web.pages.pairing import PAIRED
from fallow.web.render import static_files
from fallow.web.sessions import COOKIE, PHONE_COOKIE
from web.samples import Stored
from web.sweep import path_of
from web.wire import Answer, a_stranger, unlocked, with_link

SOURCE = Path(fallow.__file__).parent
IN_TEMPLATES = {
    "unescaped": r"\|\s*safe\b|autoescape|Markup",
    "inline handler": r"\son[a-z]+\s*=",
    "inline style": r"\sstyle\s*=|<style",
    "inline script": r"<script(?![^>]*\ssrc=)|javascript:",
    "remote": r"(src|href|action|content)\s*=\s*[\"'](https?:)?//",
    "remembered by the browser": r"autocomplete=\"on\"",
}
IN_SCRIPTS = {
    "html from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTMLUnsafe|createContextualFragment",
    "code from text": r"\beval\s*\(|new Function|setTimeout\(\s*[\"'`]",
    "kept in the browser": r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.",
    "remote": r"https?://|//[a-z]+\.[a-z]",
}
IN_STYLES = {"remote": r"@import|url\(|https?://"}
TELLING = {
    "ex", "exes", "breakup", "break", "contact", "contacts", "heart", "love", "lover", "partner", "relationship",
    "dating", "divorce", "separation", "stalking", "violence", "abuse", "urge", "lapse", "relapse",
}  # fmt: skip


def texts(folder: str, end: str) -> dict[str, str]:
    found = (resources.files("fallow.web") / folder).iterdir()
    return {item.name: item.read_text("utf-8") for item in found if item.name.endswith(end)}


def found_in(texts: dict[str, str], faults: dict[str, str]) -> list[str]:
    return [
        f"{name}: {fault}" for name, text in texts.items() for fault, sign in faults.items() if re.search(sign, text)
    ]


@pytest.fixture
def home(home: Home) -> Home:
    """Started as people start it, for the arguments of the processes are looked at."""
    return replace(home, warm=False)


def test_no_template_lets_anything_run() -> None:
    """No unescaped word, no inline handler, style or script, nothing from elsewhere."""
    templates = texts("templates", ".html")
    assert len(templates) > 15
    assert [] == found_in(templates, IN_TEMPLATES)


def test_no_script_makes_html_of_text() -> None:
    """Nor code, nor keeps anything in the browser, nor asks for anything elsewhere."""
    scripts = {name: re.sub(r"(?m)^\s*//.*$", "", text) for name, text in texts("static", ".js").items()}
    assert scripts
    assert [] == found_in(scripts, IN_SCRIPTS)
    worker = {name: re.sub(r"(?m)^\s*//.*$", "", text) for name, text in texts("templates", ".js").items()}
    assert ["worker.js: kept in the browser"] == found_in(worker, IN_SCRIPTS), "what that is, test_phone.py reads"
    assert [] == found_in(texts("static", ".css"), IN_STYLES)


def test_only_drawings_go_into_a_page_as_they_are() -> None:
    """The one place that says a text is safe is where drawings are set in: charts, whose room escapes every word."""
    found = [
        path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if "Markup(" in path.read_text("utf-8")
    ]
    assert ["web/render.py"] == found


@pytest.mark.parametrize(
    ("fault", "text"),
    [("unescaped", "{{ note | safe }}"), ("inline handler", '<b onclick="x()">'), ("inline style", '<b style="x">'),
     ("inline script", "<script>x()</script>"), ("remote", '<img src="//evil.test/x">')],
)  # fmt: skip
def test_a_fault_would_be_seen(fault: str, text: str) -> None:
    """The control of the search."""
    assert [f"x: {fault}"] == found_in({"x": text}, IN_TEMPLATES)


def test_every_field_is_kept_out_of_the_browsers_memory() -> None:
    """Every field that takes words says autocomplete off, or that it is for a new passphrase (P6)."""
    for name, text in texts("templates", ".html").items():
        for field in re.findall(r"<(?:textarea|input)\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", text):
            kind = re.search(r'type="([a-z-]+)"', field)
            takes_words = kind is None or kind[1] not in ("hidden", "radio", "checkbox", "file", "password")
            if takes_words and "question.kind" not in field and '<input type="hidden"' not in field:
                assert 'autocomplete="off"' in field, f"{name}: {field}"


def test_every_title_is_the_chosen_name_and_no_more(locked: Running, stored: Stored) -> None:
    """On every page there is, locked or not, found or not; the two pages that lead away have an empty one."""
    owner, stranger = unlocked(locked, PASSPHRASE), a_stranger(locked.host, locked.port)
    paths = [path_of(place, stored) for place in PLACES if place.show is not None and "{word}" not in place.path]
    pages = {path: owner.get(path) for path in [*paths, "/d/nowhere", "/history/nowhere"]}
    html = [page for page in pages.values() if "text/html" in "".join(page.all("content-type"))]
    shown = [title(page) for page in html if page.status != 303]
    assert {"Notes"} == {
        *shown,
        title(stranger.get("/unlock")),
        title(stranger.get("/help")),
        title(owner.post("/d/x")),
    }
    assert len(shown) > 14
    assert {"\u200b"} == {title(stranger.get(f"/open/{'x' * 32}")), title(owner.post("/leave"))}


def test_another_name_can_be_chosen(stored: Stored, request: pytest.FixtureRequest) -> None:
    """It is on the lock page too, so it must be able to be anything, and is escaped."""
    write_settings(stored.folder, Settings(name="A < B & C", host="abcdefgh.localhost"))
    server: Running = request.getfixturevalue("locked")
    page = with_link(server, server.link).get("/unlock")
    assert "A < B & C" == title(page)
    assert b"<title>A &lt; B &amp; C</title>" in page.body


def test_no_address_and_no_file_tells_what_this_is(locked: Running, stored: Stored) -> None:
    """Paths, static files, the cookie, the host and the files of the data folder: plain words only."""
    names = [place.path for place in PLACES] + list(static_files()) + [COOKIE, PHONE_COOKIE, PAIRED, locked.host]
    names += [path.name for path in stored.folder.rglob("*")]
    names += [Path(f"/proc/{pid}/cmdline").read_text() for pid in (locked.process.pid, *locked.workers())]
    words = {word for name in names for word in re.findall(r"[a-z]+", name.lower())}
    assert set() == words & TELLING


def title(page: Answer) -> str:
    found = re.findall(r"<title>(.*?)</title>", page.body.decode())
    assert len(found) == 1
    return unescape(found[0])
