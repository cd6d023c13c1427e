"""Scenario 33."""

from playwright.sync_api import Page

from conftest import Running
from journeys.walking import Hand, body_of, go, headed, kinds


def test_scenario_33_friends_carry_news(own_today: Page, open_server: Running) -> None:
    """
    A friend means well and brings news.

    A few words to say or to print, none of them for the other one; news that was heard is logged like a look, counted
    apart, and the way by a friend's phone can be closed.
    """
    hand = Hand(own_today)
    go(own_today, open_server, "/now/call")
    hand.tap("link", "If a friend brings news of them")
    headed(own_today, "For friends who carry news.")
    said = body_of(own_today)
    assert "Please bring me no news of them for now, neither good nor bad." in said
    assert "Please carry no words between us" in said
    assert said.splitlines()[-1] == "Back to today"
    terminal = open_server.home.run("friends").stdout.decode()
    assert "Please bring me no news of them for now" in terminal
    hand.tap("link", "A friend's phone as a way of looking")
    hand.tap("button", "It is closed")
    go(own_today, open_server, "/")
    hand.tap("button", "I looked at their page")
    assert ["door_marked", "looked"] == kinds(open_server.home)
