"""Scenario 36."""

from playwright.sync_api import Page

from conftest import Home, start_server, stop_server
from journeys.earlier import opened, quiet_since, rested_draft
from journeys.scenarios.review_walk import answer, choose
from journeys.walking import body_of, enter, go, headed, kinds, says


def test_scenario_36_a_real_reason_overrides_the_time(page: Page, set_up: Home) -> None:
    """A death in the family five days in: due today, nothing that takes days is asked, condolence once."""
    with opened(set_up) as desk:
        quiet_since(desk, 5)
        rested_draft(desk, 0.5, "I heard about your father. I am so sorry.")
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/review")
        headed(page, "The next look.")
        page.get_by_text("Something real that cannot wait").click()
        page.get_by_role("button", name="A death or a grave illness in either family").click()
        says(page, "A real reason overrides the time")
        assert "Urges are falling" not in body_of(page)
        answer(page, "purpose", "reader", "no_reply")
        choose(page, server, "Condolence")
        headed(page, "You may. You need not.")
        page.get_by_role("button", name="I have sent it").click()
        headed(page, "One message was sent.")
        assert ["review_advanced", "review_held", "planned_message"] == [
            kind for kind in kinds(set_up) if kind in ("review_advanced", "review_held", "planned_message")
        ]
    finally:
        stop_server(server)
