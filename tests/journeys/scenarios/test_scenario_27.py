"""Scenario 27."""

from playwright.sync_api import Page, expect

from conftest import Home
from fallow.guidance import load_help_lines
from journeys.scenarios.inbound_walk import they_wrote
from journeys.walking import body_of, go, headed, kinds, says


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
        headed(page, "Kept as it was.")
        says(page, "Do not collect more than you can bear.")
        hand.fill("What they did, as it was", "Forty messages since Monday.\nThe last one: a threat.")
        page.get_by_label("When, if not now").fill("2026-03-02T22:10")
        hand.tap("button", "Keep it")
        says(page, "2 March 2026, 22:10")
        hand.tap("link", "As a plain page")
        says(page, "Forty messages since Monday.")
        go(page, server, "/")
        hand.tap("button", "They wrote")
        hand.tap("button", "Pressure or a threat")
        hand.tap("button", "Set a clear stop")
        says(page, "This stop stays for good here.")
        hand.pick("I know that it stays for good.")
        hand.tap("button", "Set a clear stop")
        says(page, "A clear stop holds.")
        hand.tap("button", "They wrote")
        says(page, "There is a clear stop, so nothing here helps to answer.")
        expect(page.locator("main a[href^='/inbound/']")).to_have_count(0)
        hand.tap("button", "Leave it as it is")
        hand.tap("link", "Keep what shows what they did")
        says(page, "The last one: a threat.")
    assert ["inbound_settled", "hard_stop_set", "they_wrote", "inbound_settled"] == kinds(set_up)[-4:]
    assert "Forty messages since Monday." in set_up.run("evidence").stdout.decode()
