"""Logging in a tap or two, at night, one-handed; and putting it right afterwards, with nothing overwritten."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Running
from fallow.plan import Correction, Looked, RanInto
from journeys.conftest import Shared
from journeys.walking import Hand, body_of, go, headed, kinds, post, records, says

SECONDS_A_TAP = 3.0
"""With the button looked for among eight."""
ON_THE_LOG_PAGE = {
    "I looked": "looked",
    "I wrote or called": "wrote",
    "I replied graded": "replied",
    "I replied, because it had to be": "replied",
    "They wrote": "they_wrote",
    "I ran into them": "ran_into",
    "Logistics": "logistics",
    "An accident": "accident",
}


@pytest.mark.parametrize("button", ON_THE_LOG_PAGE)
def test_each_kind_is_logged_in_two_taps(today: Page, shared: Shared, button: str) -> None:
    """From Today: Log, then what it was. At three seconds a tap that is well under twenty."""
    before = len(kinds(shared.home))
    hand = Hand(today)
    hand.tap("link", "Log", exact=True)
    hand.tap("button", button)
    says(today, "Logged:")
    assert [ON_THE_LOG_PAGE[button]] == kinds(shared.home, since=before)
    assert hand.taps == 2
    assert hand.taps * SECONDS_A_TAP < 20


def test_what_happens_most_is_one_tap_on_today(today: Page, shared: Shared) -> None:
    """Looking, and that they wrote, need no second page."""
    before = len(kinds(shared.home))
    Hand(today).tap("button", "I looked at their page")
    Hand(today).tap("button", "They wrote")
    assert ["looked", "they_wrote"] == kinds(shared.home, since=before)


def test_a_note_and_another_time_are_kept_with_it(today: Page, shared: Shared) -> None:
    """Both come before the tap, and the history shows the entry on that day, with the note."""
    go(today, shared, "/log")
    today.get_by_text("Add a word or another time first").click()
    today.get_by_label("A note for yourself").fill("at the station,\nnine in the evening <b>")
    today.get_by_label("When, if not now").fill("2026-03-29T01:59")
    today.get_by_role("button", name="I ran into them").click()
    stored = records(shared.home)[-1].event
    assert RanInto(note="at the station,\nnine in the evening <b>") == stored.what
    assert "2026-03-29T00:59:00+00:00" == stored.happened.at.isoformat()
    go(today, shared, "/history")
    says(today, "29 March 2026")
    says(today, "nine in the evening <b>")


@pytest.mark.parametrize("wrong", ["2999-01-01T10:00", "0001-01-01T00:00", "nonsense"])
def test_a_wrong_time_is_refused_and_nothing_typed_is_lost(today: Page, shared: Shared, wrong: str) -> None:
    """Two sentences say what is wrong; the note and the time stay to be mended; nothing is recorded."""
    before = len(kinds(shared.home))
    go(today, shared, "/log")
    today.get_by_text("Add a word or another time first").click()
    today.get_by_label("A note for yourself").fill("words that took a while")
    when = today.get_by_label("When, if not now")
    when.evaluate("(field, wrong) => { field.type = 'text'; field.value = wrong; }", wrong)
    today.get_by_role("button", name="Logistics").click()
    expect(today.get_by_role("alert").locator("p")).to_have_count(2)
    expect(today.get_by_label("A note for yourself")).to_have_value("words that took a while")
    if wrong != "nonsense":
        expect(today.get_by_label("When, if not now")).to_have_value(wrong)
    assert before == len(kinds(shared.home))


def test_todays_numbers_follow_what_is_logged(own_today: Page, open_server: Running) -> None:
    """Looking is counted apart; writing takes no day that was there; nothing is ever called a failure."""
    home = open_server.home
    home.run("choose", "--quiet-time", "30")
    Hand(own_today).tap("button", "I looked at their page")
    says(own_today, "You looked today. It is counted apart and changes nothing else.")
    go(own_today, open_server, "/log")
    Hand(own_today).tap("button", "I wrote or called")
    says(own_today, "You reached out today. It is one day that is not added")
    go(own_today, open_server, "/history")
    own_today.locator("li", has_text="I wrote or called").get_by_role("link", name=re.compile("^Correct")).click()
    own_today.get_by_role("button", name="It did not happen; take it back").click()
    go(own_today, open_server, "/")
    assert "You reached out" not in body_of(own_today)
    Hand(own_today).tap("button", "They wrote")
    says(own_today, "No answer is owed")
    Hand(own_today).tap("button", "Leave it as it is")
    assert "No answer is owed" not in body_of(own_today)


def test_an_entry_can_be_relabelled_and_both_are_kept(today: Page, shared: Shared) -> None:
    """The history shows what was logged, and beside it what it really was."""
    go(today, shared, "/log")
    Hand(today).tap("button", "I looked")
    first = records(shared.home)[-1]
    go(today, shared, f"/history/{first.id}")
    headed(today, "Correct an entry")
    today.get_by_label("It was really").select_option(label="An accident")
    Hand(today).tap("button", "Change it to that")
    entry = today.locator("li", has=today.locator(f"a[href='/history/{first.id}']"))
    expect(entry).to_contain_text("I looked")
    expect(entry).to_contain_text("corrected to: An accident")
    assert (first, Correction) == (records(shared.home)[-2], type(records(shared.home)[-1].event.what))


def test_an_entry_can_be_taken_back_and_stays_in_the_history(today: Page, shared: Shared) -> None:
    """Taken back, it counts no more; the entry and the taking back are both there."""
    Hand(today).tap("button", "I looked at their page")
    first = records(shared.home)[-1]
    go(today, shared, f"/history/{first.id}")
    Hand(today).tap("button", "It did not happen; take it back")
    entry = today.locator("li", has=today.locator(f"a[href='/history/{first.id}']"))
    expect(entry).to_contain_text("taken back")
    last = records(shared.home)[-1].event.what
    assert Correction(target=first.id, to=None) == last
    assert Looked() == first.event.what


def test_an_entry_that_is_not_there_is_said_kindly(today: Page, shared: Shared) -> None:
    """An address that was never given out leads to two sentences and a way back, also when something is sent to it."""
    go(today, shared, "/history/" + "0" * 32)
    headed(today, "There is no such entry.")
    today.get_by_role("link", name="Back").click()
    headed(today, "What was logged")
    assert 404 == post(today, "/history/" + "0" * 32, do="take_back")[0]


def test_many_entries_are_read_page_by_page(own_today: Page, open_server: Running) -> None:
    """Sixty at a time, the latest first; none is shown twice and none is passed over."""
    lines = "\n".join(f'{{"kind":"looked","note":"entry {number:03d}"}}' for number in range(130))
    assert open_server.home.run("log", "--stdin", stdin=lines).returncode == 0
    go(own_today, open_server, "/history")
    seen: list[str] = []
    for _page in range(3):
        seen += re.findall(r"entry \d{3}", body_of(own_today))
        if own_today.get_by_role("link", name="Earlier").count():
            own_today.get_by_role("link", name="Earlier").click()
    assert [f"entry {number:03d}" for number in reversed(range(130))] == seen
    expect(own_today.get_by_role("link", name="Earlier")).to_have_count(0)
