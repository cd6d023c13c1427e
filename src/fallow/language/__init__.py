"""The language people read: gettext for every room, phrases of data files, dates and numbers."""

from fallow.language.phrases import READERS, Phrase, each_phrase, per_language
from fallow.language.speaking import (
    LANGUAGES,
    N_,
    direction,
    gettext,
    language_of_page,
    language_of_system,
    languages,
    match_language,
    ngettext,
    speak,
    speaking,
    spoken,
)
from fallow.language.writing import (
    say_clock,
    say_count,
    say_day,
    say_day_and_clock,
    say_day_of_year,
    say_month,
    say_number,
)

__all__ = [
    "LANGUAGES",
    "N_",
    "READERS",
    "Phrase",
    "direction",
    "each_phrase",
    "gettext",
    "language_of_page",
    "language_of_system",
    "languages",
    "match_language",
    "ngettext",
    "per_language",
    "say_clock",
    "say_count",
    "say_day",
    "say_day_and_clock",
    "say_day_of_year",
    "say_month",
    "say_number",
    "speak",
    "speaking",
    "spoken",
]
