"""A card for a friend: fixed sentences that can be left out, own words last, and none of them in a clear stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks import a_desk
from fallow.app import Desk, card_sentences, describe_friend_card, friend_card, keep_friend_card, record
from fallow.errors import HardStopHolds, NotUnderstood
from fallow.plan import TEXT_LIMIT, Ask, FriendCardSet, HardStopSet, decode_event, encode_event

OWN = "Sundays are the worst.\nRing twice."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path / "data")
    yield opened
    opened.store.close()


def test_everything_stands_on_a_card_nobody_changed(desk: Desk) -> None:
    """What helps and what news not to bring, as it is where nothing has been set up."""
    card = friend_card(desk)
    assert card == friend_card(None)
    assert {each.id for each in card_sentences()} | {"friends.danger"} == {
        each.id for each in (*card.helps, *card.news)
    }
    assert (None, ()) == (card.words, card.left_out)


def test_what_is_left_out_is_not_on_it(desk: Desk) -> None:
    """In the order of the card, whatever the order it was left out in; the last choice stands."""
    keep_friend_card(desk, ["friends.sides", "helps.eat"], OWN)
    card = friend_card(desk)
    assert ("helps.eat", "friends.sides") == card.left_out
    assert not {"helps.eat", "friends.sides"} & {each.id for each in (*card.helps, *card.news)}
    assert OWN == card.words
    assert ((), None) == (keep_friend_card(desk, [], "  \n ").left_out, friend_card(desk).words)


def test_the_sentence_about_danger_always_stands(desk: Desk) -> None:
    """It cannot be left out, nor can one that is not there."""
    for id in ("friends.danger", "helps.window"):
        with pytest.raises(NotUnderstood):
            keep_friend_card(desk, [id], None)
    assert () == tuple(desk.store.events())


def test_words_that_are_too_long_are_refused(desk: Desk) -> None:
    """A page of handwriting fits."""
    keep_friend_card(desk, [], "a" * TEXT_LIMIT)
    with pytest.raises(NotUnderstood):
        keep_friend_card(desk, [], "a" * (TEXT_LIMIT + 1))
    assert "a" * TEXT_LIMIT == friend_card(desk).words


def test_in_a_stop_own_words_rest_and_are_not_lost(desk: Desk) -> None:
    """A friend is given no message to carry: none is shown, none is taken, and sentences can still be chosen."""
    keep_friend_card(desk, [], OWN)
    record(desk, Ask(HardStopSet("asked")))
    assert (None, True) == (friend_card(desk).words, friend_card(desk).words_rest)
    assert OWN not in str(describe_friend_card(friend_card(desk)))
    with pytest.raises(HardStopHolds):
        keep_friend_card(desk, [], "Tell them that")
    assert ("helps.walk",) == keep_friend_card(desk, ["helps.walk"], None).left_out
    last = desk.store.events()[-1].event.what
    assert FriendCardSet(("helps.walk",), OWN) == last


def test_the_wire_form_of_a_card_stays(desk: Desk) -> None:
    """Events are kept for good."""
    keep_friend_card(desk, ["helps.eat"], "x")
    event = desk.store.events()[-1].event
    assert b'"kind":"friend_card_set","left_out":["helps.eat"],"words":"x"' in encode_event(event)
    assert event == decode_event(encode_event(event))
