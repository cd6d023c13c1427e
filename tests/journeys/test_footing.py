"""What was arranged beforehand, on the pages: plans, a list, a gate, a wait, three minutes, parked questions."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Home, Running
from fallow.plan import DraftReread, IfThenPlanned, SoberGateSet, Urge, UrgeSurfed
from journeys.conftest import Shared
from journeys.earlier import did, noon_zone, opened, rested_draft
from journeys.walking import (
    Hand,
    body_of,
    enter,
    go,
    headed,
    heading,
    kill_everything,
    kill_worker,
    kinds,
    post,
    records,
    says,
    serving,
    unlock,
    write_something,
)


def test_three_minutes_are_noted_in_two_taps_and_kept_at_the_end(today: Page, shared: Shared) -> None:
    """The urge is stored with the second tap; a sentence a screen; both numbers are kept, and what they came to."""
    hand = Hand(today)
    hand.tap("link", "Urge", exact=True)
    hand.tap("button", "Three minutes with it")
    assert (2, "urge") == (hand.taps, kinds(shared.home)[-1])
    says(today, "The urge may not get smaller")
    today.get_by_role("radio", name="7").check()
    hand.tap("button", "Begin")
    read = [heading(today)]
    for _ in range(5):
        expect(today).to_have_url(shared.origin + "/now/surf")
        hand.tap("button", "Go on")
        read.append(heading(today))
    assert 6 == len(set(read))
    assert read[0].startswith("Where in the body is it?")
    hand.tap("button", "Go on")
    headed(today, "And now?")
    today.get_by_role("radio", name="6").check()
    hand.tap("button", "Keep that it was done")
    assert UrgeSurfed(7, 6) == records(shared.home)[-1].event.what
    says(today, "Once so far. Too little data to say how it changed: 1 of at least 5")


def test_three_minutes_can_be_left_at_any_point_and_keep_nothing(today: Page, shared: Shared) -> None:
    """Leaving is on every screen; a rating made up elsewhere is none."""
    go(today, shared, "/now/surf")
    Hand(today).tap("button", "Begin")
    Hand(today).tap("button", "Go on")
    before = records(shared.home)
    Hand(today).tap("link", "Leave now, it is enough")
    expect(today).to_have_url(shared.origin + "/")
    assert before == records(shared.home)
    post(today, "/now/surf", do="keep", before="70", after="words")
    assert UrgeSurfed() == records(shared.home)[-1].event.what


def test_a_wait_is_made_longer_and_that_is_remembered(today: Page, shared: Shared) -> None:
    """Five, ten, twenty or thirty minutes; the urge page says the same; what is none of these changes nothing."""
    go(today, shared, "/now/wait")
    Hand(today).tap("button", "30 min")
    expect(today.get_by_role("timer")).to_have_attribute("data-seconds", "1800")
    go(today, shared, "/now")
    says(today, "thirty minutes; leave whenever you like")
    post(today, "/now/wait", minutes="7000")
    Hand(today).tap("button", "Wait with me")
    expect(today.get_by_role("timer")).to_have_attribute("data-seconds", "1800")
    Hand(today).tap("button", "10 min")
    expect(today.get_by_role("timer")).to_have_attribute("data-seconds", "600")


def test_a_plan_is_seen_on_today_in_its_hours_and_on_the_urge_page(today: Page, shared: Shared) -> None:
    """From More to the first of three; kept, shown, changed, taken out; one with half of its hours loses no word."""
    go(today, shared, "/more")
    hand = Hand(today)
    hand.tap("link", "If this, then that")
    hand.tap("link", "A first moment")
    hand.fill("If", "in bed <with> the phone")
    hand.fill("Then I", "put it in the kitchen")
    today.get_by_label("from").select_option("0")
    hand.tap("button", "Keep this plan")
    expect(today.get_by_role("alert")).to_contain_text("the hours; both or neither")
    assert "in bed <with> the phone" == today.get_by_label("If", exact=False).first.input_value()
    today.get_by_label("until").select_option("24")
    hand.tap("button", "Keep this plan")
    assert IfThenPlanned(1, "in bed <with> the phone", "put it in the kitchen", 0, 24) == (
        records(shared.home)[-1].event.what
    )
    says(today, "on Today from 00:00 to 24:00")
    for path in ("/", "/now"):
        go(today, shared, path)
        says(today, "in bed <with> the phone\n")
        says(today, "put it in the kitchen")
    go(today, shared, "/plans/1")
    hand.tap("button", "Take it out")
    go(today, shared, "/now")
    assert "put it in the kitchen" not in body_of(today)
    go(today, shared, "/plans/4")
    headed(today, "This could not be read: which plan; 1, 2 or 3.")


def test_what_has_helped_is_one_tap_on_the_urge_page(today: Page, shared: Shared) -> None:
    """Typed once, a line each; tapped, the urge is stored, and the thing stands over the wait, the others below."""
    go(today, shared, "/plans")
    hand = Hand(today)
    hand.tap("link", "What has helped before")
    today.locator("textarea").fill("walk to the river\n\nwash up\nwalk to the river")
    hand.tap("button", "Keep the list")
    hand = Hand(today)
    hand.tap("link", "Urge", exact=True)
    hand.tap("button", "walk to the river")
    assert (2, "urge") == (hand.taps, kinds(shared.home)[-1])
    headed(today, "walk to the river")
    expect(today.locator("main .entries li")).to_have_text(["wash up"], use_inner_text=True)
    go(today, shared, "/list")
    today.locator("textarea").fill("\n".join(f"thing {n}" for n in range(21)))
    hand.tap("button", "Keep the list")
    expect(today.get_by_role("alert")).to_contain_text("the list; 20 things at most")
    assert "thing 20" in today.locator("textarea").input_value()
    today.locator("textarea").fill("")
    hand.tap("button", "Keep the list")
    go(today, shared, "/now")
    expect(today.get_by_text("What has helped before")).to_have_count(0)


def test_the_cue_is_there_to_be_typed_before_the_second_tap(today: Page, shared: Shared) -> None:
    """Nothing has to be opened for it; big ways come first, and it goes with whichever is tapped."""
    today.get_by_role("link", name="Urge", exact=True).click()
    cue = today.get_by_label("What set it off, in your own words")
    expect(cue).to_be_visible()
    wait_button = today.get_by_role("button", name="Wait with me")
    assert (wait_button.bounding_box() or {"y": 0})["y"] < (cue.bounding_box() or {"y": 0})["y"]
    cue.fill("the tram at eight")
    wait_button.click()
    assert Urge(cue="the tram at eight") == records(shared.home)[-1].event.what


def test_a_gate_says_so_kindly_everywhere_and_locks_what_is_written(own_today: Page, open_server: Running) -> None:
    """A tap from the urge page; then no writing, no draft shown or read, deleting open; an hour that passed is none."""
    address = write_something(own_today, "dear you")
    own_today.get_by_role("button", name="Keep it open and go back").click()
    hand = Hand(own_today)
    hand.tap("link", "Urge", exact=True)
    hand.tap("link", "A gate for some hours")
    hand.tap("button", "Until 12:00")
    assert re.fullmatch(r"The gate holds until 12:00 (today|tomorrow)\.", heading(own_today))
    assert isinstance(records(open_server.home)[-1].event.what, SoberGateSet)
    go(own_today, open_server, "/")
    says(own_today, "A gate you set holds until 12:00")
    assert "Something you began to write" not in body_of(own_today)
    go(own_today, open_server, "/now")
    says(own_today, "A gate you set holds until 12:00")
    expect(own_today.get_by_role("button", name="Write it")).to_have_count(0)
    own_today.goto(address)
    headed(own_today, "You set a gate for these hours beforehand, and it holds until 12:00.")
    assert "dear you" not in own_today.content()
    path = address.removeprefix(open_server.origin)
    for place, fields in (("/now", {"way": "write"}), (path, {"text": "other", "do": "keep"}), (path, {"do": "seal"})):
        assert 409 == post(own_today, place, **fields)[0]
    go(own_today, open_server, "/now/gate")
    own_today.get_by_text("Another hour, within two days").click()
    own_today.get_by_label("Until this hour").fill("2020-01-01T10:00")
    hand.tap("button", "Set it until then")
    expect(own_today.get_by_role("alert")).to_contain_text("That hour has passed")
    expect(own_today.get_by_label("Until this hour")).to_have_value("2020-01-01T10:00")
    assert "Deleted. Nothing was sent." in post(own_today, path, do="delete")[1]


def test_a_question_is_away_for_a_week_and_can_be_let_go(today: Page, shared: Shared) -> None:
    """Written, put away, shown nowhere; let go unread, its address leads nowhere; an empty one is said kindly."""
    go(today, shared, "/parked")
    words = "Was it that evening, or long before?"
    today.locator("textarea").fill(words)
    hand = Hand(today)
    hand.tap("button", "Put it away for seven days")
    hand.tap("link", "A question of")
    headed(today, "It is away for now.")
    address = today.url
    for path in (address.removeprefix(shared.origin), "/parked", "/", "/history"):
        go(today, shared, path)
        assert words not in today.content()
    today.goto(address)
    hand.tap("button", "Let it go unread")
    says(today, "Burned, and looked for")
    assert ["question_parked", "question_settled"] == kinds(shared.home)[-2:]
    today.goto(address)
    headed(today, "There is no such entry.")
    status, source = post(today, "/parked", text=" ")
    assert (422, True) == (status, "This could not be read: the question; a sentence or more" in source)


def test_a_draft_read_again_is_answered_and_counted(page: Page, set_up: Home) -> None:
    """By daylight: no, and then kept; five such answers have a share with its interval, on the page and in JSON."""
    with opened(set_up, zone=noon_zone()) as desk:
        drafts = [rested_draft(desk, days) for days in (9, 8, 7, 6, 5)]
        for draft in drafts[:4]:
            did(desk, 1, DraftReread(draft, "no"))
    with serving(set_up) as server:
        enter(page, server)
        assert set_up.json("today")["read_again"]["would_send"] is None
        go(page, server, f"/d/{drafts[4]}")
        headed(page, "Would you send it now?")
        hand = Hand(page)
        hand.tap("button", "Not sure")
        says(page, "You said: I am not sure.")
        says(page, "Of 5 you read again, you would have sent 0 now (n = 5, 95 % interval 0 to 43 in 100).")
        hand.tap("link", "Answer again")
        hand.tap("button", "No", exact=True)
        says(page, "You said: no, I would not.")
        hand.tap("button", "Delete it")
        says(page, "Deleted. Nothing was sent.")
    told = set_up.json("today")["read_again"]
    assert (5, 0, 5, 0) == (told["n"], told["yes"], told["no"], told["unsure"])
    assert {"count": 0, "n": 5, "value": 0.0, "lower": 0.0} == {
        name: value for name, value in told["would_send"].items() if name != "upper"
    }


def test_all_of_it_is_there_after_a_restart(own_today: Page, open_server: Running) -> None:
    """Killed without warning: the plan, the list, the line, the wait and the question are as they were."""
    post(own_today, "/plans/2", moment="that song", act="out of the room")
    post(own_today, "/list", items="walk")
    post(own_today, "/morning", words="Coffee first.")
    post(own_today, "/now/wait", minutes="5")
    post(own_today, "/parked", text="Why that evening?")
    kill_everything(open_server)
    home = open_server.home
    assert [("that song", "out of the room")] == [(each["moment"], each["act"]) for each in home.json("plans")]
    assert {"line": "Coffee first.", "own": True} == home.json("morning")
    told = home.json("wait")
    assert (5, ["walk"]) == (told["minutes"], told["distractions"])
    assert ["resting"] == [each["is"] for each in home.json("park", "--list")]


@pytest.mark.parametrize("path", ["/plans/1", "/list", "/morning", "/parked", "/days"])
def test_words_typed_there_are_carried_through_a_lock(own_today: Page, open_server: Running, path: str) -> None:
    """Locked while somebody typed: what was sent goes on after unlocking."""
    go(own_today, open_server, path)
    for field in own_today.locator("main form").first.locator("input[type=text], textarea").all():
        field.fill("typed for a long time")
    kill_worker(open_server)
    own_today.locator("main form").first.locator("button").first.click()
    expect(own_today.locator("main")).to_contain_text("This was locked while you were writing.")
    unlock(own_today)
    own_today.wait_for_selector("nav.main")
    go(own_today, open_server, "/log")
    with opened(open_server.home, zone="Europe/Berlin") as desk:
        kept = [repr(each.event.what) for each in desk.store.events()] + [draft.text for draft in desk.store.drafts()]
    assert [] != [words for words in kept if "typed for a long time" in words]
