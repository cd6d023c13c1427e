"""
A card for a friend, to say or to print: what helps, what news not to bring, and a person's own words.

The sentences are fixed and can be left out one by one, but for the one about danger. In a clear stop own words are
neither shown nor taken, so that a friend is not given a message to carry.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from fallow.app.desk import Desk, plan_of, record
from fallow.app.inbound import passage_in_words
from fallow.errors import HardStopHolds, NotUnderstood
from fallow.guidance import Sentence, load_around
from fallow.language import N_
from fallow.language import gettext as _
from fallow.plan import TEXT_LIMIT, Ask, FriendCardSet, Plan

ALWAYS: frozenset[str] = frozenset({"friends.danger"})
"""What is never left out."""


class FriendCard(msgspec.Struct, frozen=True):
    """
    Args:
        helps, news: The sentences that stand on it, in their order.
        closes: How it ends.
        left_out: Ids of those that do not.
        words: The person's own, which come last; None: none.
        words_rest: Whether own words are kept from view and cannot be changed.
    """

    helps: tuple[Sentence, ...]
    news: tuple[Sentence, ...]
    closes: tuple[Sentence, ...]
    left_out: tuple[str, ...]
    words: str | None
    words_rest: bool


def friend_card(desk: Desk | None) -> FriendCard:
    """The card as it stands; as it came where nothing has been set up."""
    around, plan = load_around(), Plan() if desk is None else plan_of(desk)
    said, stopped = plan.terms.friend_card, plan.terms.hard_stop is not None
    return FriendCard(
        helps=tuple(each for each in around.helps.points if each.id not in said.left_out),
        news=tuple(each for each in around.friends.points if each.id not in said.left_out),
        closes=around.friends.closes,
        left_out=said.left_out,
        words=None if stopped else said.words,
        words_rest=stopped,
    )


def card_sentences() -> tuple[Sentence, ...]:
    """Every sentence that can be left out."""
    around = load_around()
    return tuple(each for each in (*around.helps.points, *around.friends.points) if each.id not in ALWAYS)


def keep_friend_card(desk: Desk, left_out: Iterable[str], words: str | None) -> FriendCard:
    """
    Keep what stands on the card.

    Args:
        left_out: Ids of sentences, in any order.
        words: The person's own; blank: none. In a clear stop None alone, and those of before are kept unseen.
    Raises:
        HardStopHolds: Words were given in a clear stop; nothing was changed.
        NotUnderstood: There is no such sentence, or the words are too long.
    """
    chosen = set(left_out)
    if not chosen <= {each.id for each in card_sentences()}:
        raise NotUnderstood(what=N_("which sentence to leave out"))
    own = (words or "").strip()
    if len(own) > TEXT_LIMIT:
        raise NotUnderstood(what=_("your own words; {most} characters at most").format(most=TEXT_LIMIT))
    terms = plan_of(desk).terms
    if terms.hard_stop is not None and own:
        raise HardStopHolds
    kept = terms.friend_card.words if terms.hard_stop is not None else own or None
    ordered = tuple(each.id for each in card_sentences() if each.id in chosen)
    record(desk, Ask(FriendCardSet(ordered, kept)))
    return friend_card(desk)


def require_card_words(desk: Desk, *, asked: bool) -> None:
    """
    Whether own words could be kept now; records nothing.

    Raises:
        HardStopHolds: They are asked for in a clear stop.
    """
    if asked and plan_of(desk).terms.hard_stop is not None:
        raise HardStopHolds


def describe_friend_card(card: FriendCard) -> dict[str, Any]:
    """The card as plain values for machines."""
    told = passage_in_words(load_around().friends) | {"points": [each.text for each in card.news]}
    return told | {
        "helps": [each.text for each in card.helps],
        "words": card.words,
        "words_rest": card.words_rest,
        "left_out": list(card.left_out),
        "sentences": {each.id: each.text for each in card_sentences()},
    }
