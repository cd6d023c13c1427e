"""The weekly check: known words, a total with its limits, kept only when asked, one quiet line where it was wanted."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from conftest import Home, Running, start_server, stop_server
from fallow.guidance import load_screeners
from journeys.conftest import Shared
from journeys.earlier import opened
from journeys.test_cli import refused
from journeys.test_pages import check
from journeys.walking import Hand, body_of, enter, go, headed, in_scheme, kinds, post, records, says

LINE = "If you like: how two weeks were, four questions"


def answer(page: Page, *answers: int | None) -> None:
    """The four questions in their order, by how often; None leaves one out."""
    for place, given in enumerate(answers):
        if given is not None:
            page.locator("fieldset").nth(place).locator("input").nth(given).check()
    page.get_by_role("button", name="See the totals").click()


def test_the_words_are_the_instruments_own(today: Page, shared: Shared) -> None:
    """Every question, item, answer and notice stands there unaltered."""
    go(today, shared, "/more")
    Hand(today).tap("link", "How two weeks were")
    body = body_of(today)
    for screener in load_screeners():
        assert all(words in body for words in (screener.asks, *screener.items, *screener.answers, screener.notice))
    check(today)


def test_a_low_total_is_told_with_its_limits_and_kept_only_when_asked(own_today: Page, open_server: Running) -> None:
    """What the number is and is not; the totals are kept, never the answers, and they are there after a restart."""
    go(own_today, open_server, "/check")
    answer(own_today, 1, 1, 0, 2)
    headed(own_today, "These are the totals.")
    body = body_of(own_today)
    assert all(screener.limits in body and screener.notice in body for screener in load_screeners())
    assert "That does not say that all is well." in body
    assert "6,000 patients in 15 clinics" in body
    expect(own_today.locator("main a[href^='tel:']")).to_have_count(0)
    for scheme in ("light", "dark"):
        in_scheme(own_today, scheme)
        check(own_today)
    assert [] == kinds(open_server.home)
    Hand(own_today).tap("button", "Keep nothing")
    assert [] == kinds(open_server.home)
    go(own_today, open_server, "/check")
    answer(own_today, 1, 1, 0, 2)
    Hand(own_today).tap("button", "Keep the totals")
    (kept,) = open_server.home.json("events")
    assert ("mood_checked", 2, 2) == (kept["kind"], kept["phq2"], kept["gad2"])


def test_a_total_of_three_shows_people_to_talk_to(today: Page, shared: Shared) -> None:
    """A doctor's word, calmly, and the lines; on either of the two forms."""
    for given in ((3, 0, 0, 0), (0, 0, 1, 2)):
        go(today, shared, "/check")
        answer(today, *given)
        headed(today, "That is worth telling somebody.")
        says(today, "talk to a doctor, soon and without alarm")
        assert today.locator("main a[href^='tel:']").count() > 0
        check(today)


def test_what_is_left_out_has_no_total(today: Page, shared: Shared) -> None:
    """One form alone is enough; with none there is nothing to keep, and nothing is lost."""
    before = len(records(shared.home))
    for given, totals in (((1, 0, None, 1), 1), ((None, 2, 0, 0), 1), ((None, None, None, None), 0)):
        go(today, shared, "/check")
        answer(today, *given)
        expect(today.locator(".count")).to_have_count(totals)
        check(today)
    expect(today.get_by_role("button", name="Keep the totals")).to_have_count(0)
    assert 422 == post(today, "/check", gad2="2", do="keep")[0]
    assert 422 == post(today, "/check", phq2="9", do="keep")[0]
    assert 422 == post(today, "/check", phq2_0="7", phq2_1="1")[0]
    assert before == len(records(shared.home))


def test_today_has_a_line_for_it_only_where_it_was_wanted(page: Page, set_up: Home) -> None:
    """Off at first; on, it stands there on this weekday until a check was kept, also after a restart; and off again."""
    with opened(set_up):
        pass
    server = start_server(set_up)
    try:
        enter(page, server)
        page.wait_for_selector("nav.main")
        assert LINE not in body_of(page)
        go(page, server, "/check")
        Hand(page).tap("button", "Turn the line on")
    finally:
        stop_server(server)
    again = start_server(set_up)
    try:
        enter(page, again)
        page.wait_for_selector("nav.main")
        Hand(page).tap("link", LINE)
        answer(page, 0, 1, 0, 0)
        Hand(page).tap("button", "Keep the totals")
        assert LINE not in body_of(page)
        go(page, again, "/check")
        Hand(page).tap("button", "Turn the line off")
        assert {"weekly": False} == set_up.json("check-in", "--weekly", "off")
    finally:
        stop_server(again)


def test_the_check_on_a_terminal(set_up: Home) -> None:
    """Answers are asked for; a total of three says whom to call; kept with --keep alone."""
    told = set_up.json("check-in", stdin="1\n1\n0\n\n")
    assert [("phq2", 2, False)] == [(each["id"], each["total"], each["reaches_cut_off"]) for each in told["results"]]
    assert [] == told["kept"] == kinds(set_up)
    done = set_up.run("check-in", "--keep", stdin="2\n1\n1\n1\n")
    said = done.stderr.decode()
    assert (0, b"") == (done.returncode, done.stdout)
    assert said.index("talk to a doctor") < said.index("call 112") < said.index("PHQ-2: 3 of 6")
    assert all(words in said for screener in load_screeners() for words in (*screener.items, screener.notice))
    assert ["mood_checked"] == kinds(set_up)
    done = set_up.run("check-in", "--keep", "--json", stdin="\n\n1\n1\n")
    assert (2, "NothingToKeep") == (done.returncode, json.loads(done.stdout)["error"]["kind"])
    done = set_up.run("check-in", "--json", stdin="often\n")
    assert (2, "NotUnderstood") == (done.returncode, json.loads(done.stdout)["error"]["kind"])
    assert {"weekly": True} == set_up.json("check-in", "--weekly", "on")
    assert (2, "NothingToKeep") == refused(set_up, "safety", "--keep")
    assert ["mood_checked"] == kinds(set_up)
