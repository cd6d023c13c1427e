"""Scenario 7: just closure."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.app import Desk, park_question
from fallow.store.sqlite import open_sqlite
from journeys.walking import Hand, days_ago, enter, go, headed, key_of, kinds, says, serving

OLD, NEW = "Was it something that I said in May?", "Did you ever mean it?"


def test_scenario_07_just_closure(page: Page, set_up: Home) -> None:
    """
    Somebody wants just closure, and says so in their own words, as they did eight days ago.

    The need is named before anything else, and the question can be parked: written down, out of sight for seven days,
    never sent. The one of eight days ago can be looked at again now, and is let go with its words.
    """
    then = days_ago(8, 23, 30)
    desk = Desk(open_sqlite(set_up.folder, key_of(set_up.folder)), lambda: then)
    park_question(desk, OLD)
    desk.store.close()
    with serving(set_up) as server:
        enter(page, server)
        page.wait_for_selector("nav.main")
        hand = Hand(page)
        hand.tap("link", "Urge", exact=True)
        hand.fill("Say it in your own words", "i just want closure")
        hand.tap("button", "Say it")
        says(page, "Name it: an answer, an apology, an ending, to be seen?")
        hand.tap("link", "Park the question")
        expect(page).to_have_url(server.origin + "/parked")
        hand.fill("What would you ask them?", NEW)
        hand.tap("button", "Put it away for seven days")
        expect(page.locator("main .ways a")).to_have_count(2)
        assert NEW not in page.content()
        page.locator("main .ways a", has_text="away until").click()
        headed(page, "It is away for now.")
        assert NEW not in page.content()
        go(page, server, "/parked")
        page.locator("main .ways a", has_text="its week is over").click()
        headed(page, "Does it still need an answer?")
        says(page, OLD)
        hand.tap("button", "Let it go")
        expect(page.locator("main .ways a")).to_have_count(1)
        assert OLD not in page.content()
    assert ["question_parked", "question_parked", "question_settled"] == kinds(set_up)
    assert "park_question" == set_up.json("hear", "--stdin", stdin="nur ein abschluss")["offers"][0]
