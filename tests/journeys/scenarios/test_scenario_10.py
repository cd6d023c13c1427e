"""Scenario 10: side doors."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Running, start_server, stop_server
from journeys.walking import Hand, enter, go, heading, unlock

ASKED = {
    "Accounts you share": ("Is there an account that both of you still use?", "I cannot"),
    "A friend's phone": ("Do you see or hear news of them by way of a friend?", "I do this"),
    "Spotify": ("Can you see what the other one is listening to?", "I do this"),
    "Venmo": ("Can you see whom the other one pays, and for what?", "Not now"),
    "Strava": ("Can you see where the other one runs or rides?", "I do this"),
}


def test_scenario_10_side_doors(own_today: Page, open_server: Running) -> None:
    """
    The direct ways are closed, and still there is a shared account, a friend's phone, music, payments, routes.

    The list asks about each, names a step and how it is undone, and keeps the three kinds of answer over a restart; one
    of them is taken back later.
    """
    home, hand = open_server.home, Hand(own_today)
    for name, (question, answer) in ASKED.items():
        go(own_today, open_server, "/doors")
        hand.tap("link", name)
        assert question == heading(own_today)
        assert 2 == own_today.locator(".one p").count()
        hand.tap("button", answer)
    expected = {
        "shared_accounts": "cannot", "friends_phone": "do", "music": "do", "payments": "not_now", "routes": "do",
    }  # fmt: skip
    assert expected == {door["id"]: door["mark"] for door in home.json("doors") if door["mark"]}
    stop_server(open_server)
    again = start_server(home, passphrase=False)
    try:
        enter(own_today, again)
        unlock(own_today)
        go(own_today, again, "/doors")
        for name, (_question, answer) in ASKED.items():
            expect(own_today.locator("li", has=own_today.get_by_role("link", name=name))).to_contain_text(answer)
        hand.tap("link", "Strava")
        hand.tap("button", "Take the mark back")
        assert "routes" not in {door["id"] for door in home.json("doors") if door["mark"]}
    finally:
        stop_server(again)
