"""Data files in every language: what people read is translated, and what is no sentence stays as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from app.desks import a_desk
from fallow.app import dates, note_date, note_holiday
from fallow.guidance import check_draft, find_source, hear, load_words
from fallow.language import READERS, speaking
from fallow.language.pseudo import CLOSES, OPENS
from ready import read_all_code

read_all_code()  # what reads phrases registers itself
AS_IT_IS: Final = {
    "Source.authors": "names of people; how they are said is `written_by`",
    "Source.title": "what others called their work",
    "Source.journal": "what a journal is called",
    "HelpLine.name": "what a service calls itself",
    "HelpLine.phone": "a telephone number",
    "HelpLine.seen": "what stood on a page, for whoever checks the list; not shown",
    "Emergency.number": "figures, of which the first is dialled; its sentence is `says`",
    "Emergency.seen": "what stood on a page, for whoever checks the list; not shown",
    "Screener.licence": "why it may be here, for whoever checks it; not shown",
    "Channel.words": "what a person may write, in whichever language",
    "Rule.finds": "patterns, each for a language",
    "Rule.leaves": "patterns, each for a language",
    "Topic.id": "a name in the code",
    "Topic.en": "patterns",
    "Topic.de": "patterns",
    "DraftRules.courtesies": "patterns, each for a language",
    "DraftRules.asking": "patterns, each for a language",
    "DraftRules.asking_again": "patterns, each for a language",
    "DraftRules.greetings": "patterns, each for a language",
    "DraftRules.stop_words": "words of each language",
}
"""Fields that hold blanks and are not translated, and why."""

each_reader = pytest.mark.parametrize("reader", [read for read, _form in READERS], ids=lambda read: read.__name__)


def strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every string in what was read, with the structure and field it stands in."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from strings(getattr(value, field), f"{type(value).__name__}.{field}")
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each, where)


def kept_reader(reader: Any) -> Any:
    """What the rooms call: the reader under its name, which keeps what it read for each language."""
    return getattr(sys.modules[reader.__module__], reader.__name__)


@each_reader
def test_every_sentence_of_a_data_file_is_translated(reader: Any) -> None:
    """In the pseudo-locale each string with a blank in it has brackets, but for what is listed above."""
    with speaking("en-XA"):
        said = list(strings(kept_reader(reader)(), reader.__name__))
    bare = {where for where, text in said if " " in text and not (text.startswith(OPENS) and text.endswith(CLOSES))}
    assert set() == bare - set(AS_IT_IS)
    assert [text for _where, text in said if text.startswith(OPENS)]


def test_what_is_listed_as_it_is_is_there() -> None:
    """No row of the list outlives its field."""
    found = {where for read, _form in READERS for where, text in strings(read(), read.__name__) if " " in text}
    assert set() == set(AS_IT_IS) - found


@each_reader
def test_ids_are_the_same_in_every_language(reader: Any) -> None:
    """Only words change: ids, numbers and days are what they were, so what was kept is found again."""
    read = kept_reader(reader)
    with speaking("en-XA"):
        other = list(strings(read(), ""))
    same = [text for where, text in strings(read(), "") if where.endswith(".id")]
    assert same == [text for where, text in other if where.endswith(".id")]


def test_the_language_is_that_of_the_moment() -> None:
    """A phone and a computer read in two languages at once; neither keeps the other's."""
    english = load_words().urge.opens.text
    with speaking("en-XA"):
        assert load_words().urge.opens.text.startswith(OPENS)
    assert english == load_words().urge.opens.text


def test_authors_are_named_with_a_word_of_the_language() -> None:
    """Names stay as they are written; "and others" does not."""
    source = find_source("lee2023")
    with speaking("en-XA"):
        said = source.written_by, source.short
    assert all(each.startswith(OPENS) for each in said)
    assert ("Lee S and others", "Lee and others 2023") == (source.written_by, source.short)


def test_a_holiday_is_kept_by_one_name_and_said_in_the_language_spoken(tmp_path: Path) -> None:
    """Noted twice, in two languages, it is one day."""
    desk = a_desk(tmp_path / "data")
    with speaking("en-XA"):
        first = note_holiday(desk, "christmas_eve")
        assert [True] == [each.name.startswith(OPENS) for each in dates(desk)]
    assert first == note_holiday(desk, "christmas_eve")
    assert ["Christmas Eve"] == [each.name for each in dates(desk)]
    desk.store.close()


def test_a_name_of_ones_own_stays(tmp_path: Path) -> None:
    """A day that a person named is never looked up."""
    desk = a_desk(tmp_path / "data")
    note_date(desk, "Christmas Eve", 12, 24, what="other")
    with speaking("en-XA"):
        assert ["Christmas Eve"] == [each.name for each in dates(desk)]
    desk.store.close()


@pytest.mark.parametrize("text", ["Ich will nicht mehr leben.", "I do not want to live any more.", "I miss you, why?"])
def test_what_is_found_in_words_does_not_depend_on_the_language_spoken(text: str) -> None:
    """Patterns and cues are for what people write, in whichever language; only what is said of it changes."""
    here = [each.rule for each in check_draft(text)], hear(text).kinds
    with speaking("en-XA"):
        found = check_draft(text)
        assert here == ([each.rule for each in found], hear(text).kinds)
        assert all(each.says.startswith(OPENS) for each in found)
        assert all(each.text.startswith(OPENS) for each in hear(text).says)
