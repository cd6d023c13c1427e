"""The report as a file: whole in itself, the same numbers as the page, and names only where they were asked for."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from charts.samples import dyad
from fallow.app import analyse
from fallow.charts import BothSides, draw_both_sides, pack, unpack, write_report

DRAWN = draw_both_sides(analyse(dyad()))
DAY = dt.date(2026, 11, 26)
NAMED = write_report(DRAWN, DAY, ("Sam <b>", "Alexandra"))
UNNAMED = write_report(DRAWN, DAY, None)
VOID = {"meta", "br"}


class Tags(HTMLParser):
    """Every tag of a document, and whether each that was opened was closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()


def tags(document: str) -> Tags:
    read = Tags()
    read.feed(document)
    assert [] == read.open
    return read


def words_of(document: str) -> str:
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", document, flags=re.S))


def test_it_is_one_whole_file_that_runs_and_fetches_nothing() -> None:
    """No script, no address, no handler; its own policy lets in the style inside and nothing else."""
    read = tags(NAMED)
    assert {"script", "link", "img", "iframe", "form", "object", "a"} & set(read.seen) == set()
    assert {"style", "src", "href"} & {name for name, _ in read.attributes} == set()
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'") in (
        read.attributes
    )
    assert not re.search(r"url\(|@import|https?:", NAMED)


def test_it_has_one_heading_and_ids_that_are_there_once() -> None:
    """A reader's program can walk it."""
    read = tags(NAMED)
    ids = [value for name, value in read.attributes if name == "id"]
    assert 1 == read.seen.count("h1") == read.seen.count("main")
    assert sorted(set(ids)) == sorted(ids)


def test_it_says_the_day_what_it_is_and_what_it_is_not() -> None:
    """With how many messages, from when to when."""
    said = words_of(NAMED)
    assert re.search(r"Made on 26 November 2026 from [\d,]+ messages, \d+ \w+ \d{4} to \d+ \w+ \d{4}\.", said)
    assert "What it is" in said
    assert "No one’s feelings can be read from this" in said
    assert "No message is in it" in said
    assert "!" not in said


def test_every_figure_is_in_it_with_sentence_definition_and_table() -> None:
    """As many rows as on the page."""
    said = words_of(NAMED)
    for figure in DRAWN.figures:
        assert figure.svg in NAMED
        assert figure.sentence in said
        assert figure.definition in said
    rows = sum(len(figure.rows) + 1 for figure in DRAWN.figures if figure.rows)
    assert rows == tags(NAMED).seen.count("tr")


def test_names_are_in_it_once_and_escaped() -> None:
    """A name is words, whatever it holds."""
    assert "“You” is Sam &lt;b&gt;. “They” is Alexandra." in NAMED
    assert 1 == NAMED.count("Alexandra")


def test_names_left_out_are_nowhere() -> None:
    """Not in the head, not in a title, not in an attribute; all else is the same."""
    assert "Sam" not in UNNAMED
    assert "Alexandra" not in UNNAMED
    assert "Names are left out." in UNNAMED
    assert NAMED.replace("“You” is Sam &lt;b&gt;. “They” is Alexandra.", "") == UNNAMED.replace(
        "Names are left out. “You” is the one who made this report, “they” the other one.", ""
    )


@pytest.mark.parametrize("names", [("", "Alexandra"), ("Sam", "")])
def test_a_name_that_no_file_told_is_said_as_not_known(names: tuple[str, str]) -> None:
    """Rather than an empty place."""
    assert "not named" in words_of(write_report(DRAWN, DAY, names))


def test_figures_kept_are_the_figures_drawn() -> None:
    """As bytes and back."""
    kept: BothSides = unpack(pack(DRAWN))
    assert kept == DRAWN
