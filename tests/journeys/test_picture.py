"""The picture of both sides: every chart with sentence, table and n; little data is said, not drawn over."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from conftest import PASSPHRASE, Home, Running
from fallow.plan import BreakupDescribed, HardStopSet, PageOpened
from fallow.wiring import open_desk
from journeys.chats import LONG_CHAT
from journeys.conftest import Shared
from journeys.earlier import did
from journeys.walking import body_of, go, headed, kinds, open_picture, post, says

TINY = b"13/03/2026, 10:00 - Sam: one\n14/03/2026, 10:05 - Alex: two\n15/03/2026, 10:06 - Sam: three\n"

FIGURES = 12
"""Without a day it ended, and without reading times."""


def keep(home: Home, chat: bytes) -> None:
    path = home.folder.parent / "chat.txt"
    path.write_bytes(chat)
    assert home.run("import", str(path), "--me", "Sam", "--without-text").returncode == 0


def test_nothing_brought_yet_is_an_invitation_without_pressure(today: Page, shared: Shared) -> None:
    """No chart, no number, and the word that it is a choice."""
    go(today, shared, "/picture")
    headed(today, "What a record could show of both sides")
    says(today, "Many people are better off leaving it for a calm day.")
    expect(today.locator("figure")).to_have_count(0)


def test_every_chart_says_the_same_three_times(own_today: Page, open_server: Running) -> None:
    """A drawing with a name, a sentence with its n, a table with a row at least; and how it is counted."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    says(own_today, "240 messages, 1 March 2026 – 3 April 2026.")
    figures = own_today.locator("figure").all()
    assert FIGURES == len(figures)
    for figure in figures:
        sentence = figure.locator("figcaption").inner_text()
        assert sentence.endswith(".")
        assert re.search(r"\d|[Tt]oo (little|few)|nobody", sentence), sentence
        if figure.locator("svg").count():
            expect(figure.locator("svg > title")).to_have_count(1)
            assert figure.locator("svg").get_attribute("viewBox")
        else:
            assert re.search(r"[Tt]oo (little|few)", sentence), sentence
    assert own_today.locator("svg[role=img]").count() >= 4
    for summary in own_today.get_by_text("How sure, and how counted").all():
        summary.click()
    tables = own_today.locator("table").all()
    assert FIGURES == len(tables)
    assert all(table.locator("tbody tr").count() for table in tables)
    expect(own_today.get_by_text("How sure, and how counted")).to_have_count(FIGURES)
    assert "word 3 at 8" not in own_today.content()


def test_the_picture_is_the_same_at_the_second_look(own_today: Page, open_server: Running) -> None:
    """It is drawn once and kept encrypted; a longer record is drawn anew."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    first = own_today.locator("main").inner_html()
    open_picture(own_today, open_server)
    assert first == own_today.locator("main").inner_html()
    keep(open_server.home, LONG_CHAT + b"04/04/2026, 10:00 - Sam: good night\n")
    open_picture(own_today, open_server)
    says(own_today, "241 messages")


def test_a_tiny_record_gets_no_number_it_cannot_carry(own_today: Page, open_server: Running) -> None:
    """Three messages: too little data is said in words, and no median is made up."""
    keep(open_server.home, TINY)
    open_picture(own_today, open_server)
    says(own_today, "3 messages")
    assert re.search(r"[Tt]oo little data", body_of(own_today))
    assert "half of the time" not in body_of(own_today)


def test_the_picture_has_a_weekly_budget(own_today: Page, open_server: Running) -> None:
    """Three openings in seven days, each for an hour; the fourth is told when it opens again, and nothing is drawn."""
    keep(open_server.home, LONG_CHAT)
    desk = open_desk(open_server.home.folder, PASSPHRASE)
    for days in (6, 4, 2):
        did(desk, days, PageOpened("picture"))
    desk.store.close()
    go(own_today, open_server, "/picture")
    says(own_today, "Opened 3 times of 3 in the last seven days.")
    says(own_today, "It opens again on")
    expect(own_today.get_by_role("button", name="Open it")).to_have_count(0)
    assert (409, 0) == (post(own_today, "/picture")[0], own_today.locator("figure").count())


def test_looking_is_no_opening(own_today: Page, open_server: Running) -> None:
    """Asking for the page changes nothing; opening it is one entry, and so is a second look within the hour."""
    keep(open_server.home, LONG_CHAT)
    go(own_today, open_server, "/picture")
    assert [] == kinds(open_server.home)
    for _ in range(2):
        open_picture(own_today, open_server)
        expect(own_today.locator("figure")).to_have_count(FIGURES)
    assert ["page_opened"] == kinds(open_server.home)


def test_the_day_it_ended_is_asked_for_and_then_read(own_today: Page, open_server: Running) -> None:
    """Without it a link leads to where it is told; with it the page says what changed, or how much that takes."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    says(own_today, "the day it ended is not told")
    expect(own_today.locator("main a[href='/sides/tell']")).to_have_count(1)
    desk = open_desk(open_server.home.folder, PASSPHRASE)
    did(desk, 0.1, BreakupDescribed(on=dt.date(2026, 4, 3)))
    desk.store.close()
    open_picture(own_today, open_server)
    assert "the day it ended is not told" not in body_of(own_today)
    says(own_today, "Too few weeks before the end to say whether anything changed:")
    assert FIGURES + 1 == own_today.locator("figure").count()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_chart_is_wider_than_its_page_and_its_letters_are_readable(
    own_today: Page, open_server: Running, width: int
) -> None:
    """On a small phone and on a desk: nothing sticks out, and no letter is smaller than ten pixels."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    own_today.set_viewport_size({"width": width, "height": 844})
    own_today.locator("figure").first.wait_for()
    assert 0 == own_today.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    for chart in own_today.locator("svg[role=img]").all():
        box = chart.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert 12 * box["width"] / 350 >= 9.5


def test_it_prints_black_on_white_without_the_bars(own_today: Page, open_server: Running) -> None:
    """On paper: the charts and their sentences, no navigation, no forms, no dark ground."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    own_today.locator("figure").first.wait_for()
    own_today.emulate_media(media="print", color_scheme="dark")
    expect(own_today.locator("nav.main")).to_be_hidden()
    expect(own_today.get_by_role("button", name="Save the report")).to_be_hidden()
    expect(own_today.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert own_today.locator("svg[role=img]").first.is_visible()


def test_it_leads_on_to_what_is_in_ones_own_hands(own_today: Page, open_server: Running) -> None:
    """And to the weighing, but not in a clear stop."""
    keep(open_server.home, LONG_CHAT)
    open_picture(own_today, open_server)
    ways = own_today.locator("main a.btn")
    assert ["/sides/mine", "/sides/weighed"] == [each.get_attribute("href") for each in ways.all()]
    desk = open_desk(open_server.home.folder, PASSPHRASE)
    did(desk, 0.1, HardStopSet("asked"))
    desk.store.close()
    open_picture(own_today, open_server)
    assert ["/sides/mine"] == [each.get_attribute("href") for each in ways.all()]
    expect(own_today.locator("figure")).to_have_count(FIGURES)
