"""Everything in German: what the browser asks for, what is chosen instead, and both after a restart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from conftest import PASSPHRASE, Running, start_server, stop_server
from journeys.walking import Hand, enter, go, headed, heading, kinds


@pytest.fixture
def german(page: Page) -> Page:
    """A browser that asks for German."""
    page.context.set_extra_http_headers({"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
    return page


def test_first_run_an_urge_and_an_entry_in_german(german: Page, fresh_server: Running) -> None:
    """From the first page to the history, every heading is German, and the record is the one that English makes."""
    enter(german, fresh_server)
    assert ("Ein ruhiger Ort für die nächsten Wochen.", "de") == (heading(german), _spoken(german))
    hand = Hand(german)
    hand.tap("link", "Anfangen")
    headed(german, "Ein Name und eine Sperre.")
    hand.fill("Eine Passphrase, mindestens zehn Zeichen", PASSPHRASE)
    hand.fill("Dieselbe noch einmal", PASSPHRASE)
    hand.tap("button", "Damit sperren")
    headed(german, "Schreib das auf, auf Papier.")
    hand.tap("link", "Ich habe ihn")
    for title, answer in (
        ("Trifft etwas davon zu?", None),
        ("Lässt sich Kontakt vermeiden?", "Ja, wir müssen nicht in Kontakt sein."),
        ("Wer hat es beendet?", "Die andere Person."),
        ("Kam es plötzlich, wegen etwas Kleinem?", "Nein, es hatte sich angekündigt."),
        ("Wie lange soll es ruhig sein?", None),
        ("Wen darfst du anrufen, auch nachts?", None),
    ):
        headed(german, title)
        if answer is not None:
            hand.pick(answer)
        elif title.startswith("Wie lange"):
            german.locator("input[value='quiet.60']").check()
        hand.tap("button", "Weiter")
    headed(german, "Bisher ein ruhiger Tag.")
    hand.tap("link", "Drang", exact=True)
    hand.tap("button", "Nur vermerken")
    headed(german, "Eine schwere Stunde, und du bist noch hier.")
    hand.tap("link", "Einträge", exact=True)
    headed(german, "Was ist passiert?")
    hand.tap("button", "Ich habe nachgesehen")
    expect(german.get_by_role("status").first).to_have_text("Eingetragen: Ich habe nachgesehen.")
    go(german, fresh_server, "/history")
    headed(german, "Was eingetragen wurde")
    expect(german.locator("main")).to_contain_text("Ein Drang")
    assert ["mode_chosen", "breakup_described", "breakup_described", "quiet_time_chosen", "urge", "looked"] == kinds(
        fresh_server.home
    )


def test_a_wrong_passphrase_is_said_in_german_before_anything_is_open(german: Page, locked_server: Running) -> None:
    """A locked page has no notes to look into, and still speaks as the browser asks; the error does as well."""
    enter(german, locked_server)
    german.get_by_label("Passphrase", exact=True).fill("not the one it was")
    german.get_by_role("button", name="Entsperren").click()
    expect(german.get_by_role("alert")).to_be_visible()
    assert "de" == _spoken(german)
    expect(german.get_by_role("button", name="Entsperren")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "chosen", "lang", "choices", "unlock"),
    [("de", "English", "en", "Choices", "Unlock"), ("en-GB,en", "Deutsch", "de", "Einstellungen", "Entsperren")],
)
def test_the_language_chosen_goes_before_that_of_the_browser_and_survives_a_restart(
    own_today: Page, open_server: Running, asked: str, chosen: str, lang: str, choices: str, unlock: str
) -> None:
    """Choices holds it outside of what is locked, so that the page that unlocks speaks it too."""
    page = own_today
    page.context.set_extra_http_headers({"Accept-Language": asked})
    go(page, open_server, "/settings")
    assert asked[:2] == _spoken(page)
    page.locator("select[name=language]").select_option(label=chosen)
    page.locator("form[action='/settings/window'] button").click()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text(choices)
    assert lang == _spoken(page)
    stop_server(open_server)
    again = start_server(open_server.home, passphrase=False)
    try:
        enter(page, again)
        assert lang == _spoken(page)
        page.locator("input[name=passphrase]").fill(PASSPHRASE)
        page.get_by_role("button", name=unlock).click()
        page.wait_for_selector("nav.main")
        go(page, again, "/settings")
        assert (choices, lang) == (heading(page), _spoken(page))
    finally:
        stop_server(again)


def _spoken(page: Page) -> str | None:
    """The language the page says that it is in."""
    return page.locator("html").get_attribute("lang")
