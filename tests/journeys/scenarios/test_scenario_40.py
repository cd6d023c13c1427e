"""Scenario 40."""

from playwright.sync_api import Page

from conftest import Home, start_server, stop_server
from fallow.plan import Wrote
from journeys.earlier import did, opened, quiet_since, rested_draft
from journeys.scenarios.review_walk import answer, choose
from journeys.walking import Served, enter, go, headed, post, says


def test_scenario_40_a_small_fight_days_ago(page: Page, set_up: Home) -> None:
    """Sudden and small: three days of cooling since the last word, then one apology and nothing else."""
    with opened(set_up) as desk:
        quiet_since(desk, 6, sudden="yes")
        did(desk, 2, Wrote())
        draft = rested_draft(desk, 1.5)
    server = start_server(set_up)
    try:
        enter(page, server)
        go(page, server, "/review")
        assert 409 == post(page, "/review/early", because="small_fight")[0]
        take_back_the_last(page, server)
        go(page, server, "/review")
        page.get_by_text("Something real that cannot wait").click()
        page.get_by_role("button", name="It was small and sudden, days ago, and an apology is owed").click()
        says(page, "A short cooling, then one plain apology.")
        answer(page, "purpose", "reader", "no_reply")
        assert 409 == post(page, "/review/draft", draft=draft, reason="talk")[0]
        choose(page, server, "One plain apology")
        headed(page, "You may. You need not.")
    finally:
        stop_server(server)


def take_back_the_last(page: Page, server: Served) -> None:
    """That entry was a slip of the finger; without it the last word is six days old."""
    go(page, server, "/history")
    page.get_by_role("link", name="Correct I wrote or called").click()
    page.get_by_role("button", name="It did not happen; take it back").click()
