"""Scenario 30."""

from playwright.sync_api import Page, expect

from conftest import Home, start_server, stop_server
from journeys.earlier import opened, quiet_since
from journeys.walking import enter, go, headed, says


def test_scenario_30_still_living_together(page: Page, set_up: Home) -> None:
    """Zones, a day for moving and a list; no count at all, and the advocate named for whoever is afraid."""
    with opened(set_up) as desk:
        quiet_since(desk, 10)
    server = start_server(set_up)
    try:
        enter(page, server)
        expect(page.locator(".count")).to_have_count(1)
        go(page, server, "/home")
        says(page, "If you are afraid at home, an advocate comes first")
        page.get_by_label("Who has what, and when").fill("the small room is mine\nkitchen before eight: theirs")
        page.get_by_label("The day one of you moves").fill("2027-01-31")
        page.get_by_label("We live together now; nothing is counted then").check()
        page.get_by_role("button", name="Keep this").click()
        go(page, server, "/")
        headed(page, "Under one roof. Nothing is counted.")
        expect(page.locator(".count")).to_have_count(0)
        page.get_by_role("link", name="Things and money between you").click()
        page.get_by_label("One more").fill("The deposit")
        page.get_by_label("It is money").check()
        page.get_by_role("button", name="Put it on the list").click()
        page.get_by_role("button", name="Settled: The deposit").click()
        says(page, "Settled.")
    finally:
        stop_server(server)
