"""Which language is spoken, and what is said in it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import msgspec
import pytest

from fallow.errors import FileTooLarge
from fallow.language import (
    N_,
    Phrase,
    direction,
    each_phrase,
    gettext,
    language_of_page,
    language_of_system,
    match_language,
    say_count,
    say_day,
    say_day_and_clock,
    say_day_of_year,
    say_month,
    say_number,
    speak,
    speaking,
    spoken,
)
from fallow.language.pseudo import MORE

MARCH = dt.datetime(2026, 3, 5, 7, 5)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("fr, en;q=0.2, de;q=0.9", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("de;q=0, en;q=0.1", "en"),
        ("de_AT.UTF-8", "de"),
        ("C", "en"),
        ("", "en"),
        ("fr", "en"),
        (";;,q=,de;q=x", "de"),
        ("d" * 10_000, "en"),
    ],
)
def test_the_best_language_that_there_is(accepted: str, language: str) -> None:
    """By weight, then by place; a language that nobody translated is passed over, and English is always there."""
    assert language == match_language(accepted)


def test_a_choice_goes_before_the_system_and_the_variable_before_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """FALLOW_LANGUAGE, the setting, then what the system or the browser speaks; a name that is none is passed over."""
    for name in ("LC_ALL", "LC_MESSAGES", "FALLOW_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert ("de", "en") == (language_of_system("auto"), language_of_system("en"))
    assert ("en", "de") == (language_of_page("auto", "en"), language_of_page("de", "en"))
    monkeypatch.setenv("FALLOW_LANGUAGE", "tlh")
    assert "de" == language_of_system("auto")
    monkeypatch.setenv("FALLOW_LANGUAGE", "en-XA")
    assert ("en-XA", "en-XA") == (language_of_system("de"), language_of_page("en", "de"))


def test_a_language_is_spoken_for_a_while() -> None:
    """And the one before comes back, whatever happened meanwhile."""
    with suppress(ZeroDivisionError), speaking("ar-XB"):
        assert ("ar-XB", "rtl") == (spoken(), direction())
        raise ZeroDivisionError
    assert ("en", "ltr") == (spoken(), direction())
    with pytest.raises(ValueError, match="no such language"):
        speak("tlh")


def test_days_and_numbers_are_written_as_the_language_writes_them() -> None:
    """In German the day has a dot, and the dot of a number is a comma."""
    english = (say_day(MARCH), say_day_of_year(MARCH), say_month(MARCH), say_day_and_clock(MARCH))
    assert ("5 March 2026", "5 March", "March 2026", "5 March, 07:05") == english
    assert ("18,204", "1,234.5", "0.25") == (say_count(18204), say_number(1234.5), say_number(0.25, 2))
    with speaking("de"):
        german = (say_day(MARCH), say_day_of_year(MARCH), say_month(MARCH), say_day_and_clock(MARCH))
        assert ("5. März 2026", "5. März", "März 2026", "5. März, 07:05") == german
        assert ("18.204", "1.234,5", "0,25") == (say_count(18204), say_number(1234.5), say_number(0.25, 2))


def test_a_pseudo_locale_keeps_what_is_not_language() -> None:
    """Placeholders, tags and addresses stay; the rest is in accents, in brackets, and longer."""
    with speaking("en-XA"):
        said = gettext("Kept: {name}, %(n)s of <b>it</b>.")
    assert "⟦Képt: {name}, %(n)s öf <b>ît</b>." == said.rstrip("·⟧")
    assert said.count("·") == round(MORE * len("Kept: ,  of it."))
    with speaking("ar-XB"):
        assert "⟦\u202eKept: \u202c{name}⟧" == gettext("Kept: {name}")


def test_an_error_is_said_in_the_language_of_the_one_who_meets_it() -> None:
    """Its sentences, and words among its details; numbers stay."""
    with speaking("en-XA"):
        error = FileTooLarge(limit_mb=256)
        assert error.sentence.startswith("⟦")
        assert "256" in error.sentence
    assert error.sentence.startswith("This file")


class Inner(msgspec.Struct, frozen=True):
    id: str
    text: Phrase
    more: Phrase | None = None


class Outer(msgspec.Struct, frozen=True):
    inner: Inner | None
    many: tuple[Inner, ...]
    named: dict[str, Phrase]
    lines: tuple[Phrase, ...]


def test_the_types_of_a_data_file_say_what_is_a_phrase() -> None:
    """Ids and keys are none; phrases are found however deep they lie."""
    value = Outer(Inner("a", "one"), (Inner("b", "two", "three"),), {"key": "four"}, ("five",))
    found: list[str] = []
    turned = each_phrase(value, msgspec.inspect.type_info(Outer), lambda phrase: found.append(phrase) or phrase.upper())
    assert ["one", "two", "three", "four", "five"] == found
    assert Outer(Inner("a", "ONE"), (Inner("b", "TWO", "THREE"),), {"key": "FOUR"}, ("FIVE",)) == turned


def test_a_mark_leaves_a_message_as_it_is() -> None:
    """It is translated where it is said."""
    with speaking("en-XA"):
        assert "As it is." == N_("As it is.")
