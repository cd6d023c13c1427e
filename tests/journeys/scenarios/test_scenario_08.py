"""Scenario 8: something neutral."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Running
from journeys.walking import Hand, body_of, headed, kinds


def test_scenario_08_something_neutral(own_today: Page, open_server: Running) -> None:
    """
    Somebody wants to send something neutral, only a hi, and says so in their own words.

    One question comes back: would you send it if no reply ever came? The same words, typed to the terminal, get the
    same one. Nothing was recorded by asking. They stay with it for ten minutes, and leave it at that; an urge is what
    is in the record, and nothing was written.
    """
    hand = Hand(own_today)
    hand.tap("link", "Urge", exact=True)
    hand.fill("Say it in your own words", "something neutral, just a hi, to see how she is")
    hand.tap("button", "Say it")
    headed(own_today, "You said it here.")
    body = body_of(own_today)
    assert "Would you send it if no reply ever came?" in body
    assert "An honest no means that it is not neutral: it hopes for something." in body
    assert [] == kinds(open_server.home)
    answered = open_server.home.json("hear", "--stdin", stdin="was neutrales, nur ein hallo")
    assert "neutral" == answered["kinds"][0]
    assert "Would you send it if no reply ever came?" in [sentence["text"] for sentence in answered["says"]]
    hand.tap("link", "Back")
    hand.tap("button", "Wait with me")
    expect(own_today).to_have_url(re.compile("/now/wait$"))
    hand.tap("link", "Leave now, it is enough")
    assert ["urge"] == kinds(open_server.home)
    assert [] == open_server.home.json("drafts")
