"""
Which language is spoken, and gettext in it.

English is the language of the source and needs no catalogue. The language belongs to the request or the command under
way (a context variable), because a phone and a computer may read the same notes in two languages. Catalogues are
`locales/<language>/*.po`; `tools/words.py compile` makes the one `fallow.mo` out of them that is read here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final

from fallow.language.pseudo import PSEUDO, Pseudo

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""Every language there is, by its code, as it calls itself."""
SOURCE: Final = "en"
ENVIRONMENT: Final = ("LC_ALL", "LC_MESSAGES", "LANG")

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def speak(language: str) -> None:
    """
    Speak a language from here on in this context.

    Raises:
        ValueError: If there is no such language.
    """
    if language not in LANGUAGES and language not in PSEUDO:
        raise ValueError("there is no such language")
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language spoken here: "en", "de", or one of the two pseudo-locales."""
    return _spoken.get()


def direction() -> str:
    """Which way the language spoken is written: "ltr" or "rtl"."""
    return "rtl" if spoken().startswith("ar") else "ltr"


def languages() -> tuple[str, ...]:
    """The codes a person may choose from."""
    return tuple(LANGUAGES)


@cache
def translations_into(language: str) -> NullTranslations:
    """The catalogue of a language; of English, and of one that was never compiled, the source itself."""
    if language in PSEUDO:
        return Pseudo(PSEUDO[language])
    catalogue = files("fallow") / "locales" / language / "fallow.mo"
    if language == SOURCE or not catalogue.is_file():
        return NullTranslations()
    with catalogue.open("rb") as file:
        return GNUTranslations(file)


def gettext(message: str) -> str:
    """A message in the language spoken; as it is where there is no translation. An empty one stays empty."""
    return translations_into(spoken()).gettext(message) if message else message


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a message that goes with a count, in the language spoken."""
    return translations_into(spoken()).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for the catalogues without translating it here: constants are translated where they are said."""
    return message


def match_language(accepted: str) -> str:
    """
    The best of the languages there are, English if none.

    Args:
        accepted: An Accept-Language header, or a locale name such as de_AT.UTF-8.
    """
    wanted = []
    for place, item in enumerate(accepted.split(",")):
        name, _, parameters = item.partition(";")
        quality = re.search(r"q\s*=\s*([0-9.]+)", parameters)
        weight = float(quality[1]) if quality and re.fullmatch(r"[01](\.[0-9]{0,3})?", quality[1]) else 1.0
        wanted.append((-weight, place, re.split(r"[-_.@]", name.strip().lower())[0]))
    return next((code for weight, _, code in sorted(wanted) if code in LANGUAGES and weight < 0), SOURCE)


def language_of_system(chosen: str) -> str:
    """
    The language of a command: what FALLOW_LANGUAGE says, what was chosen, or what the system speaks.

    Args:
        chosen: The setting: a code, or "auto".
    """
    return _named_or(chosen) or match_language(next(filter(None, map(os.environ.get, ENVIRONMENT)), SOURCE))


def language_of_page(chosen: str, accepted: str) -> str:
    """
    The language of a page: what FALLOW_LANGUAGE says, what was chosen, or what the browser asks for.

    Args:
        chosen: The setting: a code, or "auto".
        accepted: The Accept-Language header, may be empty.
    """
    return _named_or(chosen) or match_language(accepted)


def _named_or(chosen: str) -> str | None:
    named = os.environ.get("FALLOW_LANGUAGE", "")
    if named in LANGUAGES or named in PSEUDO:
        return named
    return chosen if chosen in LANGUAGES else None
