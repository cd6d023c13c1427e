"""The catalogues of every language are whole, and what is read was compiled from them."""

from __future__ import annotations

import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from words import LANGUAGES, LOCALES, faults, placeholders_agree, read_catalogues  # noqa: E402 - a script beside it


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_in_any_language(language: str) -> None:
    """Every sentence of pages, commands, charts, errors and data files, and nothing that nobody says any more."""
    assert [] == faults(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_what_the_catalogues_say(language: str) -> None:
    """`make words` compiles them; a file of before a change would speak as it did then."""
    with (LOCALES / language / "fallow.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for catalogue in read_catalogues(language).values():
        for message in catalogue:
            if isinstance(message.id, str) and message.id:
                assert message.string == compiled.gettext(message.id)


def test_a_translation_with_another_hole_would_be_found() -> None:
    """The control: a name dropped, a tag left open."""
    assert placeholders_agree(("Kept: {name}.",), ("Behalten: {name}.",))
    assert not placeholders_agree(("Kept: {name}.",), ("Behalten.",))
    assert not placeholders_agree(("<b>%(n)s</b>",), ("<b>%(m)s</b>",))
