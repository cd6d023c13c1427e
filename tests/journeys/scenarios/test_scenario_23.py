"""Scenario 23."""

from playwright.sync_api import Page

from conftest import Home, start_server, stop_server
from journeys.scenarios.inbound_walk import they_wrote
from journeys.walking import body_of, enter, go, heading, kinds


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
        assert "Logged as a reply, which is graded lighter." in body_of(page)
    assert ["inbound_triaged", "inbound_settled", "replied"] == kinds(set_up)[-3:]
    again = start_server(set_up)
    try:
        enter(page, again)
        go(page, again, "/")
        assert "1 reply logged today" in body_of(page)
        hand.tap("link", "A slow start, until")
        assert "A slow start." == heading(page)
        hand.tap("link", "Tell one person")
        assert again.origin + "/now/call" == page.url
    finally:
        stop_server(again)
