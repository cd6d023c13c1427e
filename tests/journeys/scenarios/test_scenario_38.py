"""Scenario 38."""

from playwright.sync_api import Page, expect

from conftest import Home, start_server, stop_server
from journeys.earlier import opened, quiet_since
from journeys.walking import body_of, enter, go, heading, kinds, post, says


def test_scenario_38_blocked_or_asked_for_space(page: Page, set_up: Home) -> None:
    """They block, or ask for space: said once, a clear stop holds; no writing or timing, and what is for oneself."""
    with opened(set_up) as desk:
        quiet_since(desk, 30)
    server = start_server(set_up)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        page.get_by_role("link", name="More", exact=True).click()
        page.get_by_role("link", name="A few questions").click()
        page.get_by_label("Have they asked you not to contact them").check()
        page.get_by_label("Have they blocked you anywhere?").check()
        page.get_by_role("button", name="Go on").click()
        says(page, "A clear stop would mean")
        before = kinds(set_up)
        page.get_by_role("button", name="Keep this: set a clear stop").click()
        assert [*before, "hard_stop_set", "hard_stop_set"] == kinds(set_up)
        words = body_of(page)
        assert "They asked for no contact, and that is the answer." in words
        assert "A block is a request for no contact." in words
        for path in ("/review", "/review/one", "/known/rates"):
            go(page, server, path)
            assert heading(page).startswith("There is a clear stop here"), path
        for path, fields in (("/now", {"way": "write"}), ("/settings/time", {"days": "quiet.30"})):
            assert 403 == post(page, path, **fields)[0], path
        for command in (("urge", "--write"), ("review",), ("choose", "--quiet-time", "30")):
            assert 2 == set_up.run(*command, stdin="dear you\n").returncode, command
        page.get_by_role("link", name="Urge", exact=True).click()
        expect(page.get_by_role("button", name="Write it")).to_have_count(0)
        page.get_by_role("button", name="Wait with me").click()
        assert "Where in the body is it?" in heading(page)
        assert [*before, "hard_stop_set", "hard_stop_set", "urge"] == kinds(set_up)
    finally:
        stop_server(server)
