"""Scenario 10: side doors."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Running, start_server, stop_server
from journeys.walking import Hand, enter, find_way, go, headed, unlock, way_row

ASKED = {
    "Accounts you share": (
        "Is there an account that both of you still use?",
        "For another reason",
    ),
    "A friend's phone": ("Do you see or hear news of them by way of a friend?", "It is closed"),
    "Spotify": ("Can you see what the other one is listening to?", "It is closed"),
    "Venmo": ("Can you see whom the other one pays, and for what?", "Not now"),
    "Strava": ("Can you see where the other one runs or rides?", "It is closed"),
}
LABELS = {
    "shared_accounts": "Stays open, for another reason", "friends_phone": "Closed", "music": "Closed",
    "payments": "Open, not now", "routes": "Closed",
}  # fmt: skip


def test_scenario_10_side_doors(own_today: Page, open_server: Running) -> None:
    """
    The direct ways are closed, and still there is a shared account, a friend's phone, music, payments, routes.

    The map asks about each, names a step and how it is undone, and keeps the three kinds of answer over a restart; one
    of them is taken back later.
    """
    home, hand = open_server.home, Hand(own_today)
    for name, (question, answer) in ASKED.items():
        go(own_today, open_server, "/ways")
        find_way(hand, name)
        headed(own_today, question)
        expect(own_today.locator(".one p")).to_have_count(2)
        if answer == "For another reason":
            own_today.locator("summary", has_text="It has to stay open").click()
        hand.tap("button", answer)
    expected = {
        "shared_accounts": "cannot", "friends_phone": "do", "music": "do", "payments": "not_now", "routes": "do",
    }  # fmt: skip
    assert expected == {each["id"]: each["mark"] for each in home.json("reach")["channels"] if each["mark"]}
    stop_server(open_server)
    again = start_server(home, passphrase=False)
    try:
        enter(own_today, again)
        unlock(own_today)
        go(own_today, again, "/ways")
        for id, label in LABELS.items():
            expect(way_row(own_today, id)).to_contain_text(label)
        find_way(hand, "Strava")
        hand.tap("button", "Take it back")
        assert "routes" not in {each["id"] for each in home.json("reach")["channels"] if each["mark"]}
    finally:
        stop_server(again)
