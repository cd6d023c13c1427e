"""What is refused and why, what was not read as a message, and files to take away, in the language spoken."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from app.desks import a_desk
from fallow import errors
from fallow.app import PROBLEMS, calendar_file, dates, keep_friend_card, list_distractions, note_date, set_morning_line
from fallow.app.footing import LONGEST_LINE
from fallow.app.forecasting import CAVEATS
from fallow.errors import BudgetSpent, FallowError, LooksLikeAnotherFile, NotUnderstood
from fallow.importers.identify import identify
from fallow.importers.whys import jumped_back, say_why, spread_over
from fallow.language import gettext, speaking

KINDS = [getattr(errors, name) for name in errors.__all__]
PLAIN = re.compile("[aceinouyAEINOUY]")
"""Letters that a pseudo-locale never leaves as they are."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_german_words(kind: type[FallowError]) -> None:
    """Both sentences, with the same placeholders, and calm."""
    with speaking("de"):
        for english in (kind.says, kind.next_step):
            german = gettext(english)
            assert english != german
            assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", german))
            assert "!" not in german


@pytest.mark.parametrize("words", [*PROBLEMS.values(), *CAVEATS])
def test_every_problem_and_caveat_has_german_words(words: str) -> None:
    """They are marked where they are defined, so that they are gathered."""
    with speaking("de"):
        assert words != gettext(words)


@pytest.mark.parametrize(
    ("body", "german"),
    [
        (b"%PDF-1.7 and so on", "Das ist eine PDF-Datei, kein Chat-Export."),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "Das ist eine Kontaktkarte, kein Chat-Export."),
    ],
)
def test_what_a_file_is_instead_is_said_in_german(body: bytes, german: str) -> None:
    """The name of the other kind is translated with its article."""
    with speaking("de"), pytest.raises(LooksLikeAnotherFile) as refused:
        identify("notes.txt", io.BytesIO(body), len(body))
    with speaking("de"):
        assert german == refused.value.sentence


def test_what_could_not_be_read_is_said_in_the_language_spoken(tmp_path: Path) -> None:
    """A detail with a limit in it is whole, one that is composed is composed of messages."""
    desk = a_desk(tmp_path / "desk")
    with speaking("de"):
        with pytest.raises(NotUnderstood) as name:
            note_date(desk, "", 3, 5)
        assert name.value.sentence == (
            f"Das war nicht lesbar: der Name des Tages; ein Wort oder mehr, höchstens {LONGEST_LINE} Zeichen."
        )
        with pytest.raises(NotUnderstood) as day:
            note_date(desk, "Ein Tag", 2, 30)
        assert day.value.sentence == "Das war nicht lesbar: der Tag."
    with speaking("en-XA"):
        refusals = (
            lambda: note_date(desk, "", 3, 5),
            lambda: keep_friend_card(desk, ["nothing"], None),
            lambda: set_morning_line(desk, " "),
            lambda: list_distractions(desk, ["x" * 500]),
        )
        for refused in refusals:
            with pytest.raises(NotUnderstood) as told:
                refused()
            assert not PLAIN.search(told.value.sentence), told.value.sentence
    desk.store.close()


def test_a_day_in_an_error_is_said_as_people_say_it() -> None:
    """What machines read keeps the day as it is written."""
    spent = BudgetSpent(times=3, days=7, day="2026-03-05")
    assert spent.advice.startswith("It opens again on 5 March 2026.")
    with speaking("de"):
        assert spent.sentence.startswith("Das wurde in 7 Tagen 3-mal geöffnet")
        assert spent.advice.startswith("Es öffnet sich wieder am 5. März 2026.")
    assert "2026-03-05" == spent.details["day"]


def test_a_calendar_file_has_its_neutral_word_in_the_language_spoken(tmp_path: Path) -> None:
    """It says as little in German."""
    desk = a_desk(tmp_path / "desk")
    note_date(desk, "Ein Tag", 3, 20)
    with speaking("de"):
        made = Calendar.from_ical(calendar_file(dates(desk), dt.datetime(2026, 3, 3, tzinfo=dt.UTC)))
    assert ["Notiz"] == [str(each["summary"]) for each in made.walk("VEVENT")]
    desk.store.close()


@pytest.mark.parametrize(
    ("why", "german"),
    [
        ("the year comes first", "das Jahr kommt zuerst"),
        (jumped_back(1), "anders gelesen würden die Daten einmal zurückspringen"),
        (jumped_back(7), "anders gelesen würden die Daten 7-mal zurückspringen"),
        (spread_over(14, 360), "14 Tage würden sich sonst über 360 verteilen"),
        ("a reason of a later Fallow", "a reason of a later Fallow"),
    ],
)
def test_why_dates_are_read_so_is_kept_in_english_and_said_in_german(why: str, german: str) -> None:
    """What is kept beside a chat outlives a change of language."""
    assert why == say_why(why)
    with speaking("de"):
        assert german == say_why(why)
