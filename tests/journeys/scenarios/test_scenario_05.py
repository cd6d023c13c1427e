"""Scenario 5: a song, a place."""

from __future__ import annotations

from playwright.sync_api import Page

from conftest import Home
from fallow.plan import Ask, Urge
from journeys.walking import Hand, body_of, days_ago, enter, heading, lived, records, serving


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
        assert "Noted. It is all right that it is hard." in body_of(page)
        assert Urge(cue="our song,  in a shop") == records(set_up)[-1].event.what
        hand.tap("link", "Log", exact=True)
        hand.tap("link", "Your own hours")
        assert "Your own hours" == heading(page)
        said = body_of(page)
        assert "Our song, in a shop" in said
        assert "2 times" in said
        assert "2 urges name what set them off. Too few for shares." in said
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Wait with me")
        assert "/now/wait" in page.url
