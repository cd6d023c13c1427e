"""Scenario 5: a song, a place."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.plan import Ask, Urge
from journeys.walking import Hand, body_of, days_ago, enter, headed, lived, records, says, serving


def test_scenario_05_a_song_a_place(page: Page, set_up: Home) -> None:
    """
    A song in a shop, for the second time.

    Two taps and one's own words; nothing has to be opened or chosen first. Then the cue is among one's own, counted,
    and from there a quiet screen is one tap away.
    """
    lived(set_up, Ask(Urge(cue="Our song, in a shop"), days_ago(4, 17, 30)))
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        hand.tap("link", "Urge", exact=True)
        hand.fill("What set it off, in your own words", "our song,  in a shop")
        hand.tap("button", "Only note it")
        assert (2, 1) == (hand.taps, len(hand.fields))
        says(page, "Noted. It is all right that it is hard.")
        assert Urge(cue="our song,  in a shop") == records(set_up)[-1].event.what
        hand.tap("link", "Log", exact=True)
        hand.tap("link", "Your own hours")
        headed(page, "Your own hours")
        said = body_of(page)
        assert "Our song, in a shop" in said
        assert "2 times" in said
        assert "2 urges name what set them off. Too few for shares." in said
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Wait with me")
        expect(page).to_have_url(re.compile("/now/wait"))
