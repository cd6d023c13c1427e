"""Scenario 23."""

from playwright.sync_api import Page, expect

from conftest import Home, start_server, stop_server
from journeys.scenarios.inbound_walk import they_wrote
from journeys.walking import body_of, enter, go, headed, kinds, says


def test_scenario_23_a_real_apology(page: Page, set_up: Home) -> None:
    """
    An apology that names what was done.

    A slow start: one answer a day at most, nothing decided for two weeks, what would have to change, by daylight, one
    person told. It is on Today after the next start, with the replies of the day, and leads to that person.
    """
    with they_wrote(page, set_up) as (_server, hand):
        hand.tap("button", "The two of you")
        hand.tap("link", "An apology")
        said = body_of(page)
        for words in ("One answer a day at most", "For two weeks nothing is decided", "what would have to change",
                      "by day, and where other people are", "Tell one person"):  # fmt: skip
            assert words in said
        hand.tap("button", "I answered once, and take it slowly")
        says(page, "Logged as a reply, which is graded lighter.")
    assert ["inbound_triaged", "inbound_settled", "replied"] == kinds(set_up)[-3:]
    again = start_server(set_up)
    try:
        enter(page, again)
        go(page, again, "/")
        says(page, "1 reply logged today")
        hand.tap("link", "A slow start, until")
        headed(page, "A slow start.")
        hand.tap("link", "Tell one person")
        expect(page).to_have_url(again.origin + "/now/call")
    finally:
        stop_server(again)
