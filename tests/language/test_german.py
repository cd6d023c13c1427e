"""The German of what Fallow says: as calm as the English, with the same numbers, and nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po
from msgspec import inspect

import fallow
from fallow.guidance import CountryHelp, find_screener, find_source, hear, load_help_lines, load_screeners, load_words
from fallow.language import READERS, each_phrase, gettext, speaking
from ready import read_all_code

read_all_code()  # what reads phrases registers itself
GERMAN: Final = Path(fallow.__file__).parent / "locales" / "de"
FORBIDDEN: Final = [
    r"bestimmt",
    r"garant\w*",
    r"versprech\w*|versprichst|verspricht|versprochen",
    r"versag\w*",
    r"gescheitert|scheiter\w*",
    r"rückf[aä]ll\w*",
    r"selbst schuld",
    r"deine schuld",
    r"du bist (?:jetzt |hier |nun )?sicher",
    r"bewiesen",
    r"hättest (?:\w+ )?(?:sollen|müssen)",
    r"reiß dich",
    r"sei stark|bleib stark",
    r"zurückgewinn\w*|zurückerober\w*|zurückhol\w*",
    r"(?:sie|er) wird (?:dich |sich |es )?(?:vermissen|bereuen|melden|zurückkommen|zurückkehren)",
    r"countdown|noch \d+ tage",
    r"serie|strähne",
    r"von vorn|bei null",
    r"77",
    r"darüber hinwegkommen",
    r"narzis\w*",
    r"toxisch\w*",
    r"abschluss finden",
]
"""Words that blame, press, promise or count down."""
ALSO_OF_THINGS: Final = ("bestimmt", "versprech", "zurückgewinn")
"""How those begin that pages and commands say of things: a day is determined, a copy is brought back."""
FORMAL: Final = r"(?<=[\wäöüß,;] )(?:Sie|Ihre?[mnrs]?|Ihnen)\b"
"""Inside a sentence such a word would address a person formally, as only the two checks of mood and worry do."""


def phrases() -> Iterator[tuple[str, str]]:
    """Every phrase of a data file with what gettext makes of it, and the reader it comes from."""
    for read, form in READERS:
        found: list[str] = []
        each_phrase(read(), inspect.type_info(form), lambda phrase, into=found: into.append(phrase) or phrase)
        yield from ((read.__name__, phrase) for phrase in dict.fromkeys(found) if phrase)


EVERY: Final = tuple(phrases())


def german(phrase: str) -> str:
    with speaking("de"):
        return gettext(phrase)


def numbers(text: str) -> list[str]:
    """Its numbers without the marks that differ between the two languages; .65 is 0,65."""
    plain = re.sub(r"(?<![\d.])\.(?=\d)", "0.", text)
    return sorted(re.sub(r"[.,](?=\d)", "", number) for number in re.findall(r"\d+(?:[.,]\d+)*", plain))


def test_every_phrase_of_a_data_file_has_a_translation() -> None:
    """Names of platforms and figures are the same in both; whatever has a small English word in it is not."""
    same = {phrase for _reader, phrase in EVERY if german(phrase) == phrase}
    assert set() == {phrase for phrase in same if re.search(r"\b(?:the|and|of|to|is|a|you|they|not|by)\b", phrase)}
    assert len(same) < len(EVERY) / 20


@pytest.mark.parametrize("reader", sorted({reader for reader, _phrase in EVERY}))
def test_the_german_is_calm(reader: str) -> None:
    """Nothing raises its voice, blames, presses, promises or counts down; nobody is addressed as a stranger."""
    said = [german(phrase) for other, phrase in EVERY if other == reader]
    loud = [text for text in said if "!" in text]
    pressing = [(words, text) for text in said for words in FORBIDDEN if re.search(rf"\b(?:{words})\b", text, re.I)]
    formal = [text for text in said if reader != "load_screeners" and re.search(FORMAL, text)]
    assert ([], [], []) == (loud, pressing, formal)


@pytest.mark.parametrize("catalogue", sorted(GERMAN.glob("*.po")), ids=lambda path: path.stem)
def test_every_sentence_of_pages_and_commands_is_calm_in_german(catalogue: Path) -> None:
    """The same of everything that is said anywhere, but for what those words mean of things."""
    pressing = [words for words in FORBIDDEN if not words.startswith(ALSO_OF_THINGS)]
    checks = {german(text) for screener in load_screeners() for text in (screener.asks, *screener.items)}
    with catalogue.open("rb") as file:
        messages = [each.string for each in read_po(file) if each.id]
    said = {text for each in messages for text in ((each,) if isinstance(each, str) else each)} - checks
    assert [] == [text for text in said for words in pressing if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)]
    assert [] == [text for text in said if re.search(FORMAL, text) or re.search(r"!(?![a-z])", text)]


def test_the_search_for_pressing_words_would_find_one() -> None:
    """Control."""
    said = "Du bist sicher. Sie wird dich vermissen. Garantiert. Das ist ein Rückfall, du hast versagt."
    assert len([words for words in FORBIDDEN if re.search(rf"\b(?:{words})\b", said, re.I)]) == 5
    assert re.search(FORMAL, "Wie fühlen Sie sich?")


def test_safe_is_said_in_german_only_with_its_limit() -> None:
    """The word stands only where it is said that nobody can tell."""
    said = [text for text in (german(phrase) for _reader, phrase in EVERY) if re.search(r"\bdu sicher bist\b", text)]
    assert said
    assert all("kann dir nicht sagen" in text for text in said)


@pytest.mark.parametrize("reader", sorted({reader for reader, _phrase in EVERY}))
def test_a_number_is_the_same_in_german(reader: str) -> None:
    """Every figure and every limit of an interval, with a comma for the dot and a dot for the comma."""
    pairs = [(phrase, german(phrase)) for other, phrase in EVERY if other == reader]
    assert [] == [pair for pair in pairs if numbers(pair[0]) != numbers(pair[1])]


def test_decimals_are_written_with_a_comma() -> None:
    """And thousands with a dot; a time of day, a telephone number and a version keep their signs."""
    said = " ".join(german(phrase) for reader, phrase in EVERY if reader == "load_ledger")
    assert "4,18 Jahre" in said
    assert "5.705 Menschen" in said
    assert not re.search(r"\d\.\d{1,2}(?!\d)", said)


def test_the_checks_are_word_for_word_the_german_instruments() -> None:
    """PHQ-2 and GAD-2 as they stand in the German forms, which address people as "Sie"."""
    with speaking("de"):
        mood, worry = find_screener("phq2"), find_screener("gad2")
    asks = "Wie oft fühlten Sie sich im Verlauf der letzten 2 Wochen durch die folgenden Beschwerden beeinträchtigt?"
    answers = ("Überhaupt nicht", "An einzelnen Tagen", "An mehr als der Hälfte der Tage", "Beinahe jeden Tag")
    assert (asks, asks, answers, answers) == (mood.asks, worry.asks, mood.answers, worry.answers)
    assert (
        "Wenig Interesse oder Freude an Ihren Tätigkeiten",
        "Niedergeschlagenheit, Schwermut oder Hoffnungslosigkeit",
    ) == mood.items
    assert (
        "Nervosität, Ängstlichkeit oder Anspannung",
        "Nicht in der Lage sein, Sorgen zu stoppen oder zu kontrollieren",
    ) == worry.items


def test_every_emergency_number_is_in_its_german_sentence() -> None:
    """In German as well the number itself is said, and dialled."""
    for here, there in zip(_countries("en"), _countries("de"), strict=True):
        assert (here.emergency.number, here.emergency.dial) == (there.emergency.number, there.emergency.dial)
        assert here.emergency.dial in there.emergency.says
        assert there.emergency.says.startswith("Wenn ein Leben in Gefahr ist, ruf ")
        assert [(line.name, line.phone, line.url) for line in here.lines] == [
            (line.name, line.phone, line.url) for line in there.lines
        ]


def test_what_is_most_needed_is_said_in_german() -> None:
    """The first words in danger, of a clear stop, and of an advocate."""
    with speaking("de"):
        first = hear("Ich will nicht mehr leben.").says[0].text
        stops = {each.because: each.text for each in load_words().hard_stop}
        safety = {each.id: each.text for each in load_words().safety}
    assert "Hilfe kommt zuerst. Das ist mehr, als ein Mensch allein tragen kann." == first
    assert stops["asked"].startswith("Die andere Person hat darum gebeten, keinen Kontakt zu haben")
    assert stops["order"].endswith("stelle Fragen einer Anwältin, einem Anwalt oder einer Beratungsstelle.")
    assert "bevor du blockierst oder gehst" in stops["violence"]
    assert "sprich mit einer Beratungsstelle, bevor du etwas änderst" in safety["safety.advocate"]


def test_authors_are_named_with_a_german_word() -> None:
    with speaking("de"):
        assert "Lee und andere 2023" == find_source("lee2023").short


def _countries(language: str) -> tuple[CountryHelp, ...]:
    with speaking(language):
        return (*load_help_lines().countries, load_help_lines().other)
