"""Scenario 34."""

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.plan import HardStopSet
from journeys.earlier import did, opened, quiet_since
from journeys.scenarios.inbound_walk import told
from journeys.walking import Hand, body_of, enter, headed, kinds, serving


def test_scenario_34_ran_into_them(page: Page, set_up: Home) -> None:
    """
    They stood in the same queue.

    Two taps; it is no slip and moves no count. Three seconds are told for the next time, and one person to tell. Where
    a clear stop holds, the three seconds hold no word to them.
    """
    with opened(set_up) as desk:
        quiet_since(desk, 9)
    with serving(set_up) as server:
        enter(page, server)
        before = told(set_up)[:2]
        hand = Hand(page)
        hand.tap("link", "Log", exact=True)
        hand.tap("button", "I ran into them")
        assert 2 == hand.taps
        headed(page, "It is not a slip.")
        said = body_of(page)
        assert "Logged: I ran into them." in said
        assert all(words in said for words in ("One: breathe out", "Two: a nod, or one hello", "Three: look to where"))
        assert "Afterwards no message about it." in said
        assert before == told(set_up)[:2]
        hand.tap("link", "Tell one person")
        expect(page).to_have_url(server.origin + "/now/call")
    assert "Three: look to where you are going" in set_up.run("log", "ran_into").stderr.decode()
    with opened(set_up) as desk:
        did(desk, 0, HardStopSet("order"))
    words = set_up.run("log", "ran_into").stderr.decode()
    assert "without a word" in words
    assert "hello" not in words
    assert ["ran_into", "ran_into", "hard_stop_set", "ran_into"] == kinds(set_up)[-4:]
