"""Scenario 2: waking and reaching for the phone."""

from __future__ import annotations

from playwright.sync_api import Page

from conftest import Home
from journeys.earlier import zone_at
from journeys.walking import Hand, body_of, enter, go, heading, kinds, serving

MOMENT, ACT = "The phone is in my hand", "It goes into the kitchen"
LINE = "Coffee first. It can all wait until the window is open."


def test_scenario_02_waking_and_reaching_for_the_phone(page: Page, set_up: Home) -> None:
    """
    In the evening somebody writes down what they would like to read on waking, and a plan for that moment.

    At six in the morning Today begins with it, above everything else, with one thing to do before the phone, and with
    the plan; the terminal says the same. One of the things that have helped is two taps away. At one o'clock there is
    no word of the morning left.
    """
    set_up.json("choose", "--quiet-time", "30", "--zone", zone_at(20))
    with serving(set_up) as server:
        enter(page, server)
        hand = Hand(page)
        go(page, server, "/more")
        hand.tap("link", "If this, then that")
        hand.tap("link", "A line for the morning")
        page.locator("textarea").fill(LINE)
        hand.tap("button", "Keep this line")
        set_up.json(
            "plans", "1", "--set", "--hours", "5-9", stdin="The phone is in my hand\nIt goes into the kitchen\n"
        )
        set_up.json("distractions", "--set", stdin="Once round the house\n")
        go(page, server, "/")
        assert LINE not in body_of(page)
        set_up.json("choose", "--zone", zone_at(6))
        before = kinds(set_up)
        page.reload()
        waking = body_of(page)
        assert waking.startswith(LINE)
        assert "Before the phone. " in waking
        assert waking.index(LINE) < waking.index("Before the phone.") < waking.index(heading(page))
        assert f"{MOMENT}\n" in waking
        assert ACT in waking
        told = set_up.json("today")
        assert {"line": LINE, "own": True, "instead": told["morning"]["instead"]} == told["morning"]
        assert told["morning"]["instead"] in waking
        assert [ACT] == [each["act"] for each in told["plans"]]
        assert LINE == set_up.run("today").stderr.decode().splitlines()[0]
        assert before == kinds(set_up)
        hand = Hand(page)
        hand.tap("link", "Urge", exact=True)
        hand.tap("button", "Once round the house")
        assert (2, "Once round the house") == (hand.taps, heading(page))
        assert "urge" == kinds(set_up)[-1]
        set_up.json("choose", "--zone", zone_at(13))
        go(page, server, "/")
        assert LINE not in body_of(page)
        assert "Before the phone." not in body_of(page)
        assert set_up.json("today")["morning"] is None
