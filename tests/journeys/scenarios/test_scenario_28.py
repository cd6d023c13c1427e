"""Scenario 28."""

from playwright.sync_api import Page, expect

from conftest import Home, start_server, stop_server
from journeys.earlier import opened, quiet_since
from journeys.walking import enter, go, kinds, says


def test_scenario_28_children(page: Page, set_up: Home) -> None:
    """One channel for the children, short and neutral; a handover is logged in one tap and moves no count."""
    with opened(set_up) as desk:
        quiet_since(desk, 10)
    server = start_server(set_up)
    try:
        enter(page, server)
        before = page.locator(".count").inner_text()
        go(page, server, "/limits")
        says(page, "They carry no messages, and hear nothing against the other one.")
        page.get_by_label("The one channel").fill("the shared calendar")
        page.get_by_label("What it is for").fill("handover\nschool\nhealth")
        page.get_by_role("button", name="Keep these, and go on as limited contact").click()
        says(page, "One thing a message: what, when, where.")
        go(page, server, "/")
        says(page, "the shared calendar, from 9 to 18: handover, school, health.")
        page.get_by_role("button", name="Log logistics").click()
        assert ["limits_set", "mode_chosen", "logistics"] == kinds(set_up)[-3:]
        expect(page.locator(".count")).to_have_text(before, use_inner_text=True)
    finally:
        stop_server(server)
