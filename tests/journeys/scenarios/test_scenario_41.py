"""Scenario 41."""

from playwright.sync_api import Page

from conftest import Home, start_server, stop_server
from journeys.earlier import opened, quiet_since
from journeys.walking import enter, headed, kinds, says


def test_scenario_41_day_thirty_and_nothing_came(page: Page, set_up: Home) -> None:
    """Go on, let go or one message: three ways of one size and look, in one list, and none is recommended."""
    with opened(set_up) as desk:
        quiet_since(desk, 30)
    server = start_server(set_up)
    try:
        enter(page, server)
        page.get_by_role("link", name="Look, when it suits you").click()
        ways = [
            page.get_by_role("button", name="Go on"),
            page.get_by_role("button", name="I am done waiting"),
            page.get_by_role("link", name="One message"),
        ]
        looks = [
            way.evaluate(
                "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).fontWeight, e.clientWidth, e.className]"
            )
            for way in ways
        ]
        assert looks[0] == looks[1] == looks[2]
        says(page, "These are equally good.")
        page.get_by_label("Days, if you go on").select_option("60")
        ways[0].click()
        assert "review_held" == kinds(set_up)[-1]
        says(page, "A look at where you are on")
        says(page, "60 more days, then another look.")
        headed(page, "A quiet day so far.")
    finally:
        stop_server(server)
