"""Scenario 27."""

from playwright.sync_api import Page

from conftest import Home
from fallow.guidance import load_help_lines
from journeys.scenarios.inbound_walk import they_wrote
from journeys.walking import body_of, go, heading, kinds


def test_scenario_27_abuse_or_persistence(page: Page, set_up: Home) -> None:
    """
    The fortieth message this week, and a threat in it.

    An advocate first, before blocking, with the lines of the country; what shows it is kept as it was, with both its
    times, and read again as plain text. A clear stop is offered, set only when it is known that it stays for good, and
    then nothing helps to answer any more while evidence goes on.
    """
    with they_wrote(page, set_up, zone="Europe/Berlin", ago=0) as (server, hand):
        hand.tap("button", "Pressure or a threat")
        said = body_of(page)
        assert "Talk to an advocate first, before you block or answer." in said
        line = load_help_lines().for_country("DE").lines_for("abuse")[0]
        assert line.name in said
        hand.tap("button", "Keep what shows it")
        assert "Kept as it was." == heading(page)
        assert "Do not collect more than you can bear." in body_of(page)
        hand.fill("What they did, as it was", "Forty messages since Monday.\nThe last one: a threat.")
        page.get_by_label("When, if not now").fill("2026-03-02T22:10")
        hand.tap("button", "Keep it")
        assert "2 March 2026, 22:10" in body_of(page)
        hand.tap("link", "As a plain page")
        assert "Forty messages since Monday." in body_of(page)
        go(page, server, "/")
        hand.tap("button", "They wrote")
        hand.tap("button", "Pressure or a threat")
        hand.tap("button", "Set a clear stop")
        assert "This stop stays for good here." in body_of(page)
        hand.pick("I know that it stays for good.")
        hand.tap("button", "Set a clear stop")
        assert "A clear stop holds." in body_of(page)
        hand.tap("button", "They wrote")
        assert "There is a clear stop, so nothing here helps to answer." in body_of(page)
        assert 0 == page.locator("main a[href^='/inbound/']").count()
        hand.tap("button", "Leave it as it is")
        hand.tap("link", "Keep what shows what they did")
        assert "The last one: a threat." in body_of(page)
    assert ["inbound_settled", "hard_stop_set", "they_wrote", "inbound_settled"] == kinds(set_up)[-4:]
    assert "Forty messages since Monday." in set_up.run("evidence").stdout.decode()
