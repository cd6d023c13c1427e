"""The answer to own words: in order, help first, nothing about writing beside what is hard."""

from itertools import pairwise
from typing import get_args

import pytest

from fallow.guidance import Kind, Offer, hear, load_hearing, offer_words
from fallow.guidance.hearing import OFF_IN_A_STOP, KindWords


def said(text: str, *, stopped: bool = False) -> str:
    return " ".join(sentence.text for sentence in hear(text, stopped=stopped).says)


def test_the_kinds_are_in_the_order_that_was_decided() -> None:
    """Life first, then theirs, violence, a request for no contact, anger, what has to be, and then the rest."""
    assert get_args(Kind) == tuple(kind.id for kind in load_hearing().kinds)
    assert ("danger", "their_threat", "violence_theirs", "violence_mine", "order", "asked", "blocked", "own_anger",
            "necessity", "drinking") == get_args(Kind)[:10]  # fmt: skip
    named = ("drinking", "closure", "neutral", "date", "new_partner", "looking", "longing")
    assert all(a < b for a, b in pairwise(get_args(Kind).index(kind) for kind in named))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("just closure", ("closure",)),
        ("it's his birthday", ("date",)),
        ("something neutral", ("neutral",)),
        ("I'm drunk", ("drinking",)),
        ("she hasn't seen my story", ("looking",)),
        ("he said he'd kill himself if I don't answer", ("their_threat",)),
        ("I don't want to live", ("danger",)),
        ("there's a restraining order but", ("order",)),
        ("the kids' handover is tomorrow", ("necessity",)),
        ("she blocked me and it's her birthday and I'm drunk", ("blocked", "drinking", "date")),
        ("hello", ("longing",)),
        ("", ("longing",)),
    ],
)
def test_what_is_typed_is_heard(text: str, kinds: tuple[Kind, ...]) -> None:
    """The most pressing first; where there is no cue it is heard as longing."""
    assert kinds == hear(text).kinds


def test_the_first_speaks_in_full_and_a_second_adds_one_sentence() -> None:
    """A third is silent: more would be a lecture."""
    heard = hear("I'm drunk and I want closure on her birthday")

    assert ("drinking", "closure", "date") == heard.kinds
    assert ["hear.drinking.bends", "hear.drinking.water", "hear.closure.name_it"] == [s.id for s in heard.says]
    assert "dates" not in heard.offers


def test_beside_what_is_hard_nothing_soft_speaks() -> None:
    """A birthday is not talked about where somebody was asked to stay away."""
    heard = hear("she asked me to leave her alone but it's her birthday and I'm drunk")

    assert ("asked", "drinking", "date") == heard.kinds
    assert ["hear.asked.answer", "hear.asked.heavy"] == [s.id for s in heard.says]
    assert not OFF_IN_A_STOP & set(heard.offers)


def test_danger_shows_help_before_everything() -> None:
    """The first sentence and the first two steps are help, and whose lines are needed is told."""
    heard = hear("I want to die and I need closure")

    assert heard.help_first
    assert "hear.help_first" == heard.says[0].id
    assert ("help_lines", "emergency") == heard.offers[:2]
    assert ("crisis", "emotional_support") == heard.help_for


def test_two_dangers_bring_the_lines_of_both() -> None:
    """Help is said once; each speaks."""
    heard = hear("he hits me and I want to die")

    assert ("danger", "violence_theirs") == heard.kinds
    assert ("crisis", "emotional_support", "abuse", "stalking") == heard.help_for
    assert 1 == [s.id for s in heard.says].count("hear.help_first")
    assert "hear.violence_theirs.advocate" in [s.id for s in heard.says]


def test_a_heavy_word_offers_help_without_taking_over() -> None:
    """Said as an idiom it changes nothing but that help is there."""
    heard = hear("I'm dying to text him")

    assert not heard.help_first
    assert "help_lines" == heard.offers[0]
    assert "hear.quiet_help" == heard.says[-1].id


@pytest.mark.parametrize("kind", [kind for kind in load_hearing().kinds if kind.hard], ids=lambda kind: kind.id)
def test_a_hard_kind_offers_no_writing(kind: KindWords) -> None:
    """Nor anything that leads to it, nor a sentence that may not be said in a stop."""
    words = load_hearing()
    offers, says = set(kind.offers), kind.says

    assert not offers & OFF_IN_A_STOP
    assert all(words.sentence(id).in_stop for id in says)


@pytest.mark.parametrize("kind", load_hearing().kinds, ids=lambda kind: kind.id)
def test_whoever_needs_help_lines_is_offered_them_first(kind: KindWords) -> None:
    """And a kind that needs none does not lead with them."""
    assert bool(kind.help_for) == (kind.offers[0] == "help_lines")


def test_in_a_stop_nothing_about_writing_is_weighed() -> None:
    """The question of the neutral message is not even asked, and the stop is said."""
    heard = hear("something neutral", stopped=True)

    assert ["hear.stop"] == [s.id for s in heard.says]
    assert {"wait", "surf"} == set(heard.offers)
    assert "Would you send it if no reply ever came?" in said("something neutral")


def test_in_a_stop_what_has_to_be_goes_to_somebody_else() -> None:
    """Children, health and the law have other ways then."""
    assert ["hear.stop.necessity"] == [s.id for s in hear("the kids' handover is tomorrow", stopped=True).says]


@pytest.mark.parametrize("text", ["I want to die", "he hits me", "I'm drunk", "she blocked me"])
def test_what_may_be_said_in_a_stop_is_said_as_ever(text: str) -> None:
    """Help and support do not change."""
    assert hear(text) == hear(text, stopped=True)


def test_no_id_hangs_in_the_air() -> None:
    """Every sentence that a kind names is there, and every sentence can be said; every step has its words."""
    words = load_hearing()
    named = {id for kind in words.kinds for id in kind.says} | {"hear.stop", "hear.stop.necessity", "hear.quiet_help"}

    assert named == {sentence.id for sentence in words.sentences}
    assert len(words.sentences) == len(named)
    assert get_args(Offer) == tuple(dict.fromkeys(offer_words(offer).id for offer in get_args(Offer)))
    assert {offer for kind in words.kinds for offer in kind.offers} == set(get_args(Offer))
    assert all(1 < len(kind.offers) < 6 and 1 < len(kind.says) < 5 for kind in words.kinds)
