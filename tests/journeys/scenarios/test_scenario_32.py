"""Scenario 32."""

from playwright.sync_api import Page, expect

from conftest import Running
from journeys.walking import go, kinds, says


def test_scenario_32_belongings(own_today: Page, open_server: Running) -> None:
    """One list, one message, a third person, a deadline; each thing is settled by one tap."""
    go(own_today, open_server, "/items")
    for words in ("One list", "It goes over once", "A third person hands things over", "A day by which it is done."):
        says(own_today, words)
    for thing in ("The winter coat", "Three books"):
        own_today.get_by_label("One more").fill(thing)
        own_today.get_by_label("Whose it is").select_option("mine")
        own_today.get_by_role("button", name="Put it on the list").click()
    own_today.get_by_role("button", name="Settled: The winter coat").click()
    expect(own_today.get_by_role("button", name="Settled: Three books")).to_have_count(1)
    assert ["item_noted", "item_noted", "item_settled"] == kinds(open_server.home)
