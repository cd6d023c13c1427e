"""
What months and halves of the day are called, in seventy languages: `months.txt`, and what WhatsApp's reader knows.

A name means one month in every language but a few that Croatian shares with Czech and Polish; which of them a download
speaks shows in its other months.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from fallow.importers.whatsapp.layout import AFTERNOON, MORNING

GONE: Final = {ord(sign): None for sign in ".'’ʼ"}
PARTING: Final = {ord(sign): " " for sign in ",،、/-()"}
MORNINGS: Final = (*MORNING, "am", "صباحًا", "prijepodne", "yb", "قبل‌ازظهر", "priekšpusdienā", "da manhã", "dopoldne")
AFTERNOONS: Final = (*AFTERNOON, "pm", "مساءً", "popodne", "yh", "بعدازظهر", "pēcpusdienā", "da tarde", "popoldne")
MOST_WORDS: Final = 3
"""Of one name."""


def bare(text: str) -> str:
    """A text without what differs between spellings of one name."""
    return " ".join(text.casefold().translate(GONE).translate(PARTING).split())


@cache
def _names() -> Mapping[str, Mapping[int, frozenset[str]]]:
    """Name → month → languages."""
    found: dict[str, dict[int, set[str]]] = {}
    for line in (files("fallow.importers.meta") / "months.txt").read_text("utf-8").splitlines():
        language, _, months = line.partition(": ")
        if line.startswith("#"):
            continue
        for month, names in enumerate(months.split("; "), 1):
            for name in names.split():
                found.setdefault(name.replace("_", " "), {}).setdefault(month, set()).add(language)
    return {name: {month: frozenset(each) for month, each in months.items()} for name, months in found.items()}


@cache
def _halves() -> Mapping[str, bool]:
    """The name of a half of the day, without blanks → whether it is the afternoon."""
    mornings = {bare(name).replace(" ", ""): False for name in MORNINGS}
    return mornings | {bare(name).replace(" ", ""): True for name in AFTERNOONS}


def find_month(text: str) -> str | None:
    """The longest name of a month in what stands between two numbers of a date."""
    words = bare(text).split()
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        for i in range(len(words) - size + 1):
            if (name := " ".join(words[i : i + size])) in _names():
                return name
    return None


def find_half(text: str) -> bool | None:
    """Whether what stands beside an hour means the afternoon; None where it says neither."""
    words = bare(text).split()
    tails = ("".join(words[i:j]) for i in range(len(words)) for j in range(len(words), i, -1))
    return next((half for one in tails if (half := _halves().get(one)) is not None), None)


def months_of(names: Collection[str]) -> dict[str, int] | None:
    """
    Which month each name of one download is.

    Args:
        names: As `find_month` finds them.
    Returns:
        None where two languages have all of them, and mean different months.
    """
    known = _names()
    spoken = [frozenset[str]().union(*known[name].values()) for name in names]
    shared = frozenset.intersection(*spoken) if spoken else frozenset[str]()
    found = dict[str, int]()
    for name in names:
        months = [month for month, languages in known[name].items() if not shared or languages & shared]
        if len(months) > 1:
            return None
        found[name] = months[0]
    return found
