"""An urge at night: two taps from anywhere, words that nothing can lose, a seal that holds until its hour."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, expect

from conftest import Home, Running, start_server, stop_server
from fallow.app import Desk, begin_draft, drafts_shown, read_draft, seal_draft
from fallow.errors import StillSealed
from fallow.plan import Moment, Urge
from fallow.store import Cost, create_key
from fallow.store.sqlite import open_sqlite
from journeys.conftest import Shared
from journeys.walking import (
    Hand,
    body_of,
    enter,
    go,
    headed,
    kill_everything,
    kill_worker,
    kinds,
    post,
    records,
    says,
    unlock,
    wait_kept,
    write_something,
)

LETTER = "I only want to know whether you"
HOLDS = "There is a clear stop here, so Fallow does not help to write, to time or to weigh a message."


@pytest.mark.parametrize("from_page", ["/", "/log", "/history", "/picture", "/settings", "/import", "/help"])
def test_an_urge_is_stored_in_two_taps_from_anywhere(today: Page, shared: Shared, from_page: str) -> None:
    """Urge, then one of three ways: the event is stored, and the way is open."""
    before = len(kinds(shared.home))
    go(today, shared, from_page)
    hand = Hand(today)
    hand.tap("link", "Urge", exact=True)
    hand.tap("button", "Wait with me")
    expect(today).to_have_url(shared.origin + "/now/wait")
    assert 2 == hand.taps
    assert "urge" == kinds(shared.home)[-1]
    assert before + 1 == len(kinds(shared.home))


def test_an_urge_may_carry_its_strength_and_what_set_it_off(today: Page, shared: Shared) -> None:
    """Both are asked for nowhere and can be given, in own words; 'only note it' leads back to today."""
    today.get_by_role("link", name="Urge", exact=True).click()
    today.get_by_text("How strong it is").click()
    today.get_by_role("radio", name="7").check()
    today.get_by_label("What set it off, in your own words").fill("our song, in a shop")
    today.get_by_role("button", name="Only note it").click()
    says(today, "Noted. It is all right that it is hard.")
    assert Urge(intensity=7, cue="our song, in a shop") == records(shared.home)[-1].event.what


def test_words_survive_a_reload_in_the_middle_of_typing(today: Page) -> None:
    """Reloaded right after a key went down, again and again, with no pause to let anything be saved first."""
    write_something(today, "dear")
    whole = "dear"
    for word in (" you,", " it", " rained", " all", " day", " and I"):
        today.locator("textarea").press("End")
        today.locator("textarea").press_sequentially(word)
        whole += word
        today.reload()
        expect(today.locator("textarea")).to_have_value(whole)


def test_words_typed_before_the_script_is_there_are_kept(today: Page) -> None:
    """A page whose script comes late, on a slow evening: no further key is needed."""
    held: list[Route] = []
    today.route("**/app.js", lambda route: held.append(route))
    write_something(today, LETTER)
    while not held:
        today.wait_for_timeout(20)
    for each in held:
        each.continue_()
    wait_kept(today)
    today.unroute("**/app.js")
    today.reload()
    expect(today.locator("textarea")).to_have_value(LETTER)


def test_going_away_in_the_middle_of_typing_keeps_the_words(today: Page, shared: Shared) -> None:
    """A link tapped right after a key: Today offers what was begun, with every word."""
    address = write_something(today, LETTER)
    go(today, shared, "/")
    today.locator(f"a[href='{address.removeprefix(shared.origin)}']").click()
    expect(today.locator("textarea")).to_have_value(LETTER)


def test_words_survive_the_death_of_the_process_that_holds_them(own_today: Page, open_server: Running) -> None:
    """SIGKILL while typing: unlocked again, the words are there, and those typed after it are carried through."""
    address = write_something(own_today, LETTER)
    wait_kept(own_today)
    kill_worker(open_server)
    own_today.locator("textarea").press_sequentially(" still")
    expect(own_today.locator("[data-kept]")).to_contain_text("Not kept just now. It is still in this page")
    own_today.get_by_role("button", name="Keep it open and go back").click()
    expect(own_today.locator("main")).to_contain_text("This was locked while you were writing.")
    unlock(own_today)
    own_today.wait_for_url(address)
    assert LETTER + " still" == own_today.locator("textarea").input_value()


def test_words_survive_the_death_of_the_whole_server(own_today: Page, open_server: Running) -> None:
    """SIGKILL of everything while typing; started and unlocked again, the words are there, not sent."""
    write_something(own_today, LETTER)
    wait_kept(own_today)
    kill_everything(open_server)
    again = start_server(open_server.home, passphrase=False)
    try:
        enter(own_today, again)
        unlock(own_today)
        own_today.get_by_role("link", name="Something you began to write is here").click()
        expect(own_today.locator("textarea")).to_have_value(LETTER)
    finally:
        stop_server(again)


def test_a_sealed_draft_shows_no_word_until_its_hour(today: Page, shared: Shared) -> None:
    """After sealing, the words are in no page and no source, and it cannot be written on; it can be deleted unread."""
    address = write_something(today, LETTER)
    choices = today.locator("select[name=until] option").all_inner_texts()
    assert 3 == len(choices)
    today.get_by_label("Seal until").select_option(index=2)
    today.get_by_role("button", name="Seal it").click()
    headed(today, "Sealed.")
    opens = re.search(r"It opens (\d+ \w+ \d{4}) at 10:00", body_of(today))
    assert opens is not None
    assert dt.timedelta(days=2) < dt.datetime.strptime(opens[1], "%d %B %Y") - dt.datetime.now()
    for path in (address.removeprefix(shared.origin), "/", "/history"):
        go(today, shared, path)
        assert LETTER not in today.content()
    go(today, shared, "/")
    assert re.search(r"\d things? you wrote (is|are) sealed\.", body_of(today))
    assert ["urge", "draft_sealed"] == kinds(shared.home)[-2:]


def test_a_seal_holds_until_the_hour_that_was_chosen(today: Page, shared: Shared) -> None:
    """Any hour still to come; one that has passed is refused, and the words are there."""
    address = write_something(today, LETTER)
    today.get_by_text("Another hour").click()
    today.get_by_label("This hour instead").fill("2020-01-01T10:00")
    today.get_by_role("button", name="Seal it").click()
    headed(today, "That hour has passed, so it would not be sealed at all.")
    today.goto(address)
    expect(today.get_by_label("Write what you want to send.")).to_have_value(LETTER)
    today.get_by_text("Another hour").click()
    today.get_by_label("This hour instead").fill("2199-12-24T18:30")
    today.get_by_role("button", name="Seal it").click()
    says(today, "24 December 2199 at 18:30")


def test_a_draft_can_be_deleted_before_it_is_sealed(today: Page, shared: Shared) -> None:
    """It is gone: Today does not offer it, and its address leads nowhere."""
    address = write_something(today, LETTER)
    today.get_by_role("button", name="Delete it").click()
    says(today, "Deleted. Nothing was sent.")
    expect(today.locator(f"a[href='{address.removeprefix(shared.origin)}']")).to_have_count(0)
    today.goto(address)
    headed(today, "There is no such entry.")


def test_nothing_that_is_written_is_ever_sent(today: Page, shared: Shared) -> None:
    """While typing and sealing, the browser speaks to this one address and to nobody else."""
    asked: set[str] = set()
    today.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    write_something(today, LETTER)
    today.get_by_role("button", name="Seal it").click()
    headed(today, "Sealed.")
    assert {shared.origin} == asked


def test_waiting_says_until_when_and_can_be_left_at_will(today: Page, shared: Shared) -> None:
    """Minutes in words, no running seconds; leaving and calling are one tap."""
    today.clock.install()
    go(today, shared, "/now/wait")
    assert re.search(r"Until \d\d:\d\d\.", body_of(today))
    said = []
    for _ in range(30):
        with today.expect_response("**/here") if len(said) < 29 else nullcontext():
            today.clock.run_for(20_000)
        said.append(today.get_by_role("timer").inner_text())
    assert ["About 9 minutes more.", "About one minute more."] == [said[3], said[26]]
    assert "The ten minutes have passed. You did not have to do anything with them." == said[-1]
    assert 11 == len(dict.fromkeys(said))
    expect(today.get_by_role("link", name="Call someone instead")).to_be_visible()
    today.get_by_role("link", name="Leave now, it is enough").click()
    expect(today).to_have_url(shared.origin + "/")


def test_the_named_person_is_one_tap_away(today: Page, shared: Shared) -> None:
    """Named once under Choices, the person is on the urge page by name, with a number that can be tapped."""
    go(today, shared, "/now/call")
    headed(today, "Who would pick up?")
    go(today, shared, "/settings")
    today.get_by_label("Name", exact=True).fill("Mira <3")
    today.get_by_label("Phone").fill("+49 (30) 12 34")
    today.get_by_label("What they said you may do").fill("Call me, also at night.")
    today.get_by_role("button", name="Keep this person").click()
    today.get_by_role("link", name="Urge", exact=True).click()
    today.get_by_role("button", name="Call Mira <3").click()
    headed(today, "Call Mira <3.")
    expect(today.get_by_role("link", name="+49 (30) 12 34")).to_have_attribute("href", "tel:+49301234")
    says(today, "Call me, also at night.")


def test_a_clear_stop_offers_no_writing_anywhere(own_today: Page, open_server: Running) -> None:
    """Write is not offered; asked for all the same, every way of writing is refused in the same calm words."""
    address = write_something(own_today, LETTER)
    wait_kept(own_today)
    go(own_today, open_server, "/settings")
    own_today.get_by_text("A clear stop", exact=True).click()
    own_today.get_by_role("button", name="Set the stop").click()
    go(own_today, open_server, "/")
    says(own_today, "They asked for no contact, and that is the answer.")
    assert "Something you began to write" not in body_of(own_today)
    own_today.get_by_role("link", name="Urge", exact=True).click()
    expect(own_today.get_by_role("button", name="Write it")).to_have_count(0)
    expect(own_today.get_by_role("button", name="Wait with me")).to_have_count(1)
    path = address.removeprefix(open_server.origin)
    tried = [("/now", {"way": "write"}), (path, {"text": "more", "do": "keep"}), (path, {"text": "more", "do": "seal"})]
    for place, fields in tried:
        status, source = post(own_today, place, **fields)
        assert (403, True, False) == (status, HOLDS in source, LETTER in source)
    own_today.goto(address)
    headed(own_today, HOLDS)


def test_while_help_comes_first_writing_rests(own_today: Page, open_server: Running) -> None:
    """Waiting, calling and help lines are there; writing is neither offered nor taken, and nothing kept is lost."""
    path = write_something(own_today, LETTER).removeprefix(open_server.origin)
    wait_kept(own_today)
    go(own_today, open_server, "/start/1")
    own_today.get_by_label("Have you had thoughts of not wanting to live").check()
    own_today.get_by_role("button", name="Go on").click()
    own_today.get_by_role("button", name="Keep this: help comes first").click()
    headed(own_today, "Help comes first.")
    go(own_today, open_server, "/now")
    expect(own_today.get_by_role("button", name="Write it")).to_have_count(0)
    assert 409 == post(own_today, "/now", way="write")[0]
    assert 409 == post(own_today, path, text="other words", do="seal")[0]
    go(own_today, open_server, "/")
    own_today.get_by_role("button", name="Leave this for now and go on").click()
    go(own_today, open_server, path)
    expect(own_today.locator("textarea")).to_have_value(LETTER)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk at ten past two in the night of 3 March 2026, in Berlin; tests move its clock themselves."""
    key, _code = create_key(tmp_path / "data", "a slow green field", cost=Cost(memory_kib=64, passes=1, lanes=1))
    night = Moment(dt.datetime(2026, 3, 3, 1, 10, tzinfo=dt.UTC), "Europe/Berlin")
    return Desk(open_sqlite(tmp_path / "data", key), lambda: night)


def at(desk: Desk, *, hours: float) -> Desk:
    now = desk.clock()
    later = Moment(now.at + dt.timedelta(hours=hours), now.zone)
    return replace(desk, clock=lambda: later)


def test_after_its_hour_a_sealed_draft_can_be_read_again(desk: Desk) -> None:
    """Sealed at night until ten: a minute before, no word; at ten, all of them, exactly as they were."""
    id = begin_draft(desk, Urge(intensity=8))
    opens_at = dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)
    seal_draft(desk, id, LETTER, opens_at)
    shut, open_ = at(desk, hours=7.8), at(desk, hours=7.84)
    assert ("", LETTER) == (read_draft(shut, id).text, read_draft(open_, id).text)
    assert ([], [id]) == ([d.id for d in drafts_shown(shut)[1]], [d.id for d in drafts_shown(open_)[1]])


def test_a_seal_cannot_be_moved(desk: Desk) -> None:
    """Neither sooner nor later: once sealed, it opens at its hour."""
    id = begin_draft(desk, Urge())
    seal_draft(desk, id, LETTER, dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC))
    with pytest.raises(StillSealed):
        seal_draft(desk, id, None, desk.clock().at)


def test_a_draft_sealed_on_the_command_line_opens_at_ten(set_up: Home) -> None:
    """What was written there is sealed, never shown, and its hour is ten in the morning of the person's own zone."""
    told = set_up.json("urge", "--write", stdin=LETTER)
    opens = dt.datetime.fromisoformat(told["opens_at"]).astimezone(ZoneInfo("Europe/Berlin"))
    assert (10, 0) == (opens.hour, opens.minute)
    assert LETTER not in set_up.run("today").stderr.decode() + set_up.run("events", "--json").stdout.decode()
