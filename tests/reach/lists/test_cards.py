"""Step cards, read by an HTML parser: the map's own steps with their days, nothing that runs, nothing from outside."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from fallow.language import speaking
from fallow.reach import CARDS, Wanted, find_channel, find_kind, make_file
from reach.lists.making import text_of


class Reader(HTMLParser):
    """Every tag, every attribute, and what is read on the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.read = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.read += data


@pytest.mark.parametrize("phone", CARDS)
def test_a_card_has_the_steps_of_the_map(phone: str) -> None:
    """Each with its platforms, and the undo with how each is taken back."""
    card, undo = Reader(text_of(phone, Wanted())), Reader(text_of(phone, Wanted(), undo=True))
    for id, platforms in CARDS[phone]:
        channel = find_channel(id)
        steps = [each for each in channel.platforms if each.on in platforms]
        assert len(platforms) == len(steps), id
        for each in (channel, *steps):
            assert each.step in card.read
            assert each.back in undo.read
            assert each.lasting in card.read
    assert len(CARDS[phone]) == card.tags.count("h2")
    assert "26 November 2026" in card.read
    assert "advocate" in card.read


@pytest.mark.parametrize("phone", CARDS)
def test_a_card_runs_nothing_and_asks_nothing_of_anybody(phone: str) -> None:
    """One heading, a language, a neutral title; no script, no link, no picture, no address."""
    card = Reader(text_of(phone, Wanted()))
    assert set() == {"script", "a", "img", "link", "form", "iframe"} & set(card.tags)
    assert 1 == card.tags.count("h1")
    assert {("lang", "en"), ("dir", "ltr")} <= set(card.attributes)
    assert "://" not in text_of(phone, Wanted())
    assert "<title>Notes</title>" in text_of(phone, Wanted())


def test_what_stays_open_is_left_out() -> None:
    """A card does not tell to close the one channel."""
    card = make_file(find_kind("ios"), Wanted(), leave_out=frozenset({"phone", "sms"})).body.decode()
    assert "Phone calls" not in card
    assert "iMessage" in card


def test_a_card_reads_from_right_to_left_where_the_language_does() -> None:
    """As its language is written."""
    with speaking("ar-XB"):
        assert 'lang="ar-XB" dir="rtl"' in text_of("android", Wanted())


@pytest.mark.parametrize("phone", CARDS)
def test_a_card_has_as_many_steps_in_every_language(phone: str) -> None:
    """Platforms are found by their names, whatever the map calls them there."""
    steps = text_of(phone, Wanted()).count("<p>")
    for language in ("de", "en-XA"):
        with speaking(language):
            assert steps == text_of(phone, Wanted()).count("<p>")
