"""Scenario 30."""

from playwright.sync_api import Page

from conftest import Home, start_server, stop_server
from journeys.earlier import opened, quiet_since
from journeys.walking import body_of, enter, go, heading


def test_scenario_30_still_living_together(page: Page, set_up: Home) -> None:
    """Zones, a day for moving and a list; no count at all, and the advocate named for whoever is afraid."""
    with opened(set_up) as desk:
        quiet_since(desk, 10)
    server = start_server(set_up)
    try:
        enter(page, server)
        assert 1 == page.locator(".count").count()
        go(page, server, "/home")
        assert "If you are afraid at home, an advocate comes first" in body_of(page)
        page.get_by_label("Who has what, and when").fill("the small room is mine\nkitchen before eight: theirs")
        page.get_by_label("The day one of you moves").fill("2027-01-31")
        page.get_by_label("We live together now; nothing is counted then").check()
        page.get_by_role("button", name="Keep this").click()
        go(page, server, "/")
        assert "Under one roof. Nothing is counted." == heading(page)
        assert 0 == page.locator(".count").count()
        page.get_by_role("link", name="Things and money between you").click()
        page.get_by_label("One more").fill("The deposit")
        page.get_by_label("It is money").check()
        page.get_by_role("button", name="Put it on the list").click()
        page.get_by_role("button", name="Settled: The deposit").click()
        assert "Settled." in body_of(page)
    finally:
        stop_server(server)
