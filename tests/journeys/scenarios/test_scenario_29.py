"""Scenario 29."""

from playwright.sync_api import Page

from conftest import Running
from journeys.walking import go, headed, kinds, says


def test_scenario_29_the_same_job(own_today: Page, open_server: Running) -> None:
    """Work is about work on one channel; a meeting in the lift is logged with its own label and counts nothing."""
    go(own_today, open_server, "/limits")
    says(own_today, "Work is about work, in rooms with others where that can be.")
    own_today.get_by_label("The one channel").fill("the team channel")
    own_today.get_by_label("What it is for").fill("shifts")
    own_today.get_by_role("button", name="Keep these, and go on as limited contact").click()
    go(own_today, open_server, "/")
    assert "Limited contact" in own_today.locator(".where").inner_text()
    go(own_today, open_server, "/log")
    own_today.get_by_role("button", name="I ran into them").click()
    assert ["limits_set", "mode_chosen", "ran_into"] == kinds(open_server.home)
    headed(own_today, "It is not a slip.")
    go(own_today, open_server, "/")
    own_today.get_by_role("link", name="The channel, its topics and hours").click()
    assert "shifts" in own_today.get_by_label("What it is for").input_value()
