"""A card for a friend: chosen and added to on its page or on a terminal, and printed alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from conftest import Home, Running
from fallow.guidance import load_around
from fallow.plan import Ask, HardStopSet
from journeys.test_cli import refused
from journeys.walking import (
    Hand,
    days_ago,
    enter,
    go,
    headed,
    kinds,
    lived,
    post,
    records,
    says,
    serving,
)

OWN = "Sundays are the worst.\n<b>Ring twice.</b>"


def test_a_card_is_chosen_and_printed_alone(own_today: Page, open_server: Running) -> None:
    """One sentence left out, own words last as they were typed; on paper there is the card and nothing around it."""
    hand = Hand(own_today)
    go(own_today, open_server, "/friends")
    hand.tap("link", "Change what stands on it")
    own_today.get_by_role("checkbox", name="Eat with me. I forget to.").uncheck()
    hand.fill("In your own words", OWN)
    hand.tap("button", "Keep the card")
    expect(own_today.get_by_role("status")).to_contain_text("Kept.")
    card = own_today.locator(".card")
    expect(card).not_to_contain_text("Eat with me")
    assert card.inner_text().endswith(OWN)
    own_today.reload()
    own_today.emulate_media(media="print")
    expect(own_today.locator("nav.main")).to_be_hidden()
    printed = [line for line in own_today.locator("body").inner_text().splitlines() if line.strip()]
    helps, news = load_around().helps.points, load_around().friends.points
    expected = ["What helps", *(each.text for each in helps if each.id != "helps.eat"), "What news not to bring"]
    expected += [
        *(each.text for each in news),
        *(each.text for each in load_around().friends.closes),
        *OWN.splitlines(),
    ]
    assert expected == printed
    assert ["friend_card_set"] == kinds(open_server.home)
    told = open_server.home.json("friends")
    assert (["helps.eat"], OWN) == (told["left_out"], told["words"])


def test_words_that_do_not_fit_are_given_back(own_today: Page, open_server: Running) -> None:
    """Nothing is kept, nothing is lost; what was unticked stays so."""
    before = records(open_server.home)
    go(own_today, open_server, "/friends/choose")
    status, said = post(own_today, "/friends/choose", words="a" * 2001, on="helps.eat")
    assert (422, True) == (status, "a" * 2001 in said)
    assert 1 == said.count("checked")
    assert before == records(open_server.home)


def test_a_card_in_a_stop_has_no_words_of_ones_own(page: Page, set_up: Home) -> None:
    """Those of before rest, no field asks for new ones, and sentences can still be chosen."""
    set_up.json("friends", "--change", "--stdin", stdin="Tell them I am here.\n")
    lived(set_up, Ask(HardStopSet("asked"), days_ago(0, 0)))
    with serving(set_up) as server:
        enter(page, server)
        go(page, server, "/friends")
        assert "Tell them" not in page.content()
        Hand(page).tap("link", "Change what stands on it")
        expect(page.locator("textarea")).to_have_count(0)
        says(page, "own words rest")
        assert 403 == post(page, "/friends/choose", words="Tell them this.")[0]
        page.get_by_role("checkbox", name="Eat with me. I forget to.").uncheck()
        Hand(page).tap("button", "Keep the card")
        headed(page, "For friends who carry news.")
    told = set_up.json("friends")
    assert (["helps.eat"], None, True) == (told["left_out"], told["words"], told["words_rest"])
    assert (2, "HardStopHolds") == refused(set_up, "friends", "--change", "--stdin")


def test_a_card_on_a_terminal(home: Home, set_up: Home) -> None:
    """Chosen, with words from standard input, read again by another process; words stay until they are replaced."""
    told = set_up.json("friends", "--change", "--leave-out", "helps.eat", "--stdin", stdin="Ring twice.\n")
    assert (["helps.eat"], "Ring twice.") == (told["left_out"], told["words"])
    said = set_up.run("friends").stdout.decode().splitlines()
    assert "Ring twice." == said[-1]
    assert "Eat with me. I forget to." not in said
    assert "Ring twice." == set_up.json("friends", "--change")["words"]
    assert [] == set_up.json("friends")["left_out"]
    assert set_up.json("friends", "--change", "--stdin", stdin="\n")["words"] is None


@pytest.mark.parametrize("arguments", [("--leave-out", "helps.eat"), ("--stdin",)])
def test_a_card_is_changed_only_when_that_is_said(set_up: Home, arguments: tuple[str, ...]) -> None:
    """A forgotten word changes nothing."""
    assert (2, "NotUnderstood") == refused(set_up, "friends", *arguments)
    assert [] == kinds(set_up)


def test_the_card_is_there_with_nothing_set_up(home: Home) -> None:
    """It needs no passphrase and makes no folder."""
    said = home.run("friends", passphrase=False).stdout.decode()
    assert all(each.text in said for each in (*load_around().helps.points, *load_around().friends.points))
    assert not home.folder.exists()
