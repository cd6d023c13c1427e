"""Scenario 39."""

from playwright.sync_api import Page

from conftest import Home, start_server, stop_server
from journeys.earlier import calm_fortnight, opened, quiet_since, rested_draft
from journeys.scenarios.review_walk import answer, choose
from journeys.walking import body_of, enter, go, headed, kinds, post, says


def test_scenario_39_i_ended_it_and_regret_it(page: Page, set_up: Home) -> None:
    """The one who left has the same gates: nothing before every point holds, then one accountable message."""
    with opened(set_up) as desk:
        quiet_since(desk, 31, initiator="ego")
        calm_fortnight(desk)
        draft = rested_draft(desk, 4, "I left without an explanation. That was wrong, and I am sorry.")
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/review")
        page.get_by_role("link", name="One message").click()
        assert 409 == post(page, "/review/draft", draft=draft, reason="apology")[0]
        assert 409 == post(page, "/review/sent")[0]
        answer(page, "purpose", "changed", "reader")
        status, source = post(page, "/review/draft", draft=draft, reason="apology")
        assert (409, True) == (status, "Of 9 points of this review, 1 are not there." in source)
        answer(page, "no_reply")
        assert "Not known" not in body_of(page)
        choose(page, server, "One plain apology")
        headed(page, "You may. You need not.")
        assert "planned_message" not in kinds(set_up)
        page.get_by_role("button", name="I have sent it").click()
        says(page, "There is no second one, whatever comes or does not come.")
    finally:
        stop_server(server)
