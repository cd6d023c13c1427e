"""Cues in two languages: each can be found, what takes it back is heard, and no text is too much for them."""

import random
import re
from re import _constants as sign  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from fallow.guidance.hearing import load_hearing
from fallow.guidance.listening import as_pattern, find_kinds, load_cues, load_spelling, may_stand
from fallow.guidance.typed import make_plain


def kinds(text: str) -> frozenset[str]:
    return find_kinds(text).kinds


@pytest.mark.parametrize("text", ["he hit me", "HE HIT ME", "er hat mich geschlagen", "sie schlägt mich"])
def test_a_cue_is_found_in_either_language(text: str) -> None:
    """With capitals and umlauts as they come."""
    assert {"violence_theirs"} == kinds(text)


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("he hit me", "he never hit me"),
        ("she blocked me", "she hasn't blocked me"),
        ("I'm drunk", "I'm not drunk"),
        ("I'm drunk", "I'm not that drunk"),
        ("ich bin betrunken", "ich bin nicht betrunken"),
        ("er hat mich blockiert", "er hat mich nicht blockiert"),
        ("ich habe angst vor ihm", "ich habe keine angst vor ihm"),
    ],
)
def test_what_is_denied_does_not_count(told: str, denied: str) -> None:
    """A "not" just before takes a cue back."""
    assert kinds(told)
    assert not kinds(denied)


def test_a_not_of_another_clause_takes_nothing_back() -> None:
    """Only what is said just after it."""
    assert "violence_theirs" in kinds("if I don't answer he hits me")


@pytest.mark.parametrize("text", ["I'm not suicidal, I miss her", "ich will nicht sterben, ich vermisse ihn nur"])
def test_danger_taken_back_is_still_a_heavy_word(text: str) -> None:
    """It does not lead, and help is shown all the same."""
    found = find_kinds(text)

    assert "danger" not in found.kinds
    assert found.quiet


@pytest.mark.parametrize(
    "text",
    ["I'm dying to text him", "this silence is killing me", "diese Stille bringt mich um", "I can't live without her"],
)
def test_an_idiom_is_heavy_and_not_danger(text: str) -> None:
    """A manner of speaking shows help quietly."""
    found = find_kinds(text)

    assert "danger" not in found.kinds
    assert found.quiet


@pytest.mark.parametrize(
    "text", ["he said he would kill himself", "er bringt sich um", "she is suicidal", "sie will nicht mehr leben"]
)
def test_their_threat_is_not_read_as_mine(text: str) -> None:
    """What was told of them is taken out before my own danger is looked for."""
    assert {"their_threat"} == kinds(text)


def test_theirs_and_mine_can_stand_in_one_text() -> None:
    """Only the words of the threat are taken out."""
    assert {"their_threat", "danger"} == kinds("he said he would kill himself. and I want to die too")


@pytest.mark.parametrize("text", ["", "   ", "...", "\n\n", "🙂", "asdf", "привет"])
def test_what_holds_no_cue_finds_nothing(text: str) -> None:
    """No words, or none that are known."""
    assert not kinds(text)


def test_every_kind_with_an_answer_has_cues_but_the_one_for_everything_else() -> None:
    """The two files name the same kinds."""
    answered = [kind.id for kind in load_hearing().kinds]

    assert "longing" == answered[-1]
    assert set(answered[:-1]) == {kind.id for kind in load_cues().kinds}


CUES = [
    pytest.param(kind.id, cue, id=f"{kind.id}-{at}") for kind in load_cues().kinds for at, cue in enumerate(kind.cues)
]


@pytest.mark.parametrize(("kind", "cue"), CUES)
def test_every_cue_can_be_found(kind: str, cue: str) -> None:
    """
    Words made from each cue by chance, then typed and read, match it: none is dead by a blank or a word mended away.

    Fifteen of forty is asked for, since what can be left out at the end of a cue may leave half a word behind.
    """
    pattern = re.compile(rf"(?<![^ ])(?:{as_pattern(cue)})(?![^ ])")
    tree, chance = parser.parse(as_pattern(cue)), random.Random(7)
    typed = [example(tree, chance) for _ in range(40)]
    plain = [make_plain(text, load_spelling()) for text in typed]

    assert 15 < sum(pattern.search(text) is not None for text in plain), (kind, typed[:3])
    assert [] == [text for text in (*plain, *typed) if pattern.search(text) and not may_stand(cue, text)]


OTHERS = [
    pytest.param(cue, id=str(at))
    for at, cue in enumerate((*(cue for kind in load_cues().kinds for cue in kind.unless), *load_cues().idioms,
                              *load_cues().quiet))
]  # fmt: skip


@pytest.mark.parametrize("cue", OTHERS)
def test_no_cue_is_passed_over_where_it_stands(cue: str) -> None:
    """Nor what takes one back: whatever it matches has what it is said to need."""
    pattern = re.compile(rf"(?<![^ ])(?:{as_pattern(cue)})(?![^ ])")
    tree, chance = parser.parse(as_pattern(cue)), random.Random(7)
    typed = [example(tree, chance) for _ in range(40)]
    assert [] == [text for text in typed if pattern.search(text) and not may_stand(cue, text)]


def test_a_text_without_what_a_cue_needs_is_not_looked_at() -> None:
    """Letters and groups that have to be there; what may lack is not asked for."""
    assert may_stand("kill*_my_?self", "killing my self")
    assert may_stand("(a |b )*tage? (in|aus)", "tag aus")
    assert not may_stand("kill*_my_?self", "kill him")
    assert not may_stand("(a |b )*tage? (in|aus)", "ta in")


@pytest.mark.parametrize("word", ["he", "cant", "not", "doch ja", "was", "never want to", "sie will nicht", "a", "i"])
def test_no_text_takes_long(word: str) -> None:
    """Every repetition in a cue is bounded, so a page full of one word is read like any other."""
    text = f"{word} " * (8_000 // len(word))

    assert find_kinds(text) == find_kinds(text + " ")


def example(tree: Any, chance: random.Random) -> str:
    """Some text that a parsed pattern matches."""
    return "".join(_piece(kind, value, chance) for kind, value in tree)


def _piece(kind: Any, value: Any, chance: random.Random) -> str:
    if kind is sign.LITERAL:
        return chr(value)
    if kind is sign.IN:
        first, inside = value[0]
        return "x" if first is sign.NEGATE else chr(inside if first is sign.LITERAL else inside[0])
    if kind is sign.BRANCH:
        return example(chance.choice(value[1]), chance)
    if kind is sign.SUBPATTERN:
        return example(value[3], chance)
    if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT):
        least, most, inside = value
        return "".join(example(inside, chance) for _ in range(chance.randint(least, min(int(most), least + 2))))
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "flowers on the balcony",
        "I watered the flowers on the balcony",
        "die Blumen auf dem Balkon",
        "coffee on my balcony",
    ],
)
def test_a_balcony_with_flowers_is_no_danger(text: str) -> None:
    """Things that stand there are what they are."""
    assert "danger" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am on the balcony and cannot go on",
        "watering the flowers, I stand on the balcony and look down",
        "no more coffee on the balcony for me, I want to die",
        "flowers on the balcony, and me off the balcony",
        "ich stehe auf dem Balkon",
        "die Blumen auf dem Balkon, und ich springe vom Balkon",
    ],
)
def test_a_person_on_a_balcony_still_is(text: str) -> None:
    """Whatever else stands there: what is said of the person is heard."""
    assert "danger" in kinds(text)
