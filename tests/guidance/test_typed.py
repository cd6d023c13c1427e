"""Words as they are typed at night, made plain: capitals, umlauts, slips, and nothing else changed."""

import pytest

from fallow.guidance.listening import load_spelling
from fallow.guidance.typed import learn_spelling, make_plain


def plain(text: str) -> str:
    return make_plain(text, load_spelling())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I DON'T want to!!", "i dont want to . ."),
        ("Größe, überall", "groesse ueberall ."),
        ("soooo laaate", "so late ."),
        ("k1ll, su1c1de, d@rk", "kill suicide dark ."),
        ("s*icide f**k", "suicide fk ."),
        ("one\n\ntwo. three", "one . two . three ."),
        ("at 3am, day 29", "at 3am day 29 ."),
        ("", "."),
        ("\u202e \x00 🙂", "."),
    ],
)
def test_a_text_becomes_plain_words(typed: str, read: str) -> None:
    """Small letters and single blanks; a sentence ends with a full stop of its own; a number stays a number."""
    assert read == plain(typed)


@pytest.mark.parametrize("typed", ["fuer", "für", "FÜR", "fu\u0308r"])
def test_an_umlaut_is_the_same_however_it_was_typed(typed: str) -> None:
    """With two dots, decomposed, in capitals, or written out."""
    assert "fuer ." == plain(typed)


@pytest.mark.parametrize(
    "slip", ["suicde", "sucide", "suicidee", "siucide", "suixide", "Suicide", "suiciide", "suiside"]
)
def test_one_slip_in_a_word_that_matters_is_mended(slip: str) -> None:
    """A letter missing, added, wrong or changed with its neighbour."""
    assert "suicide ." == plain(slip)


@pytest.mark.parametrize("word", ["locked", "drinks", "geschlafen", "older", "please", "closer", "drank", "gedroht"])
def test_a_real_word_is_not_taken_for_a_slip(word: str) -> None:
    """What is near to a word that matters, and is one itself, stays."""
    assert f"{word} ." == plain(word)


def test_a_spelling_mends_only_its_own_words_and_no_short_ones() -> None:
    """Under five letters too much is near to too much."""
    spelling = learn_spelling(["blocked", "kill"], {"kll": "kill"}, ["clocked"])

    assert "blocked clocked kill kil locke ." == make_plain("bloked clocked kll kil locke", spelling)
