"""
What is said in a hard hour and on waking: three minutes with an urge, a line for the morning, one thing to do first.

The sentences live in `hard_hours.json`; the same for everyone, chosen by date alone. That an urge may not get smaller
is said before it begins, because in the one study of it by lot it did not (`bowen2009`).
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import msgspec

from fallow.guidance.words import Sentence
from fallow.language import per_language


class HardHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `hard_hours.json`; `surf` in the order in which it is read, half a minute each."""

    surf_opens: Sentence
    surf: tuple[Sentence, ...]
    mornings: tuple[Sentence, ...]
    instead: tuple[Sentence, ...]


@per_language(HardHours)
def load_hard_hours() -> HardHours:
    """
    Read and check the sentences that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("hard_hours.json").read_bytes()
    return msgspec.json.decode(body, type=HardHours)


def morning_line(day: dt.date) -> Sentence:
    """Fallow's line for a morning: the same all morning, another tomorrow."""
    lines = load_hard_hours().mornings
    return lines[day.toordinal() % len(lines)]


def instead_of_the_phone(day: dt.date) -> Sentence:
    """The one thing to do before the phone on a morning; another tomorrow."""
    things = load_hard_hours().instead
    return things[day.toordinal() % len(things)]
