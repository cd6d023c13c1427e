"""
What helps where contact cannot be avoided: logistics, belongings, one roof; short sentences from `arrangements.json`.

Those that shape a message (`logistics`, `belongings`) are behind the gate "logistics": whoever shows them asks it.
"""

from __future__ import annotations

from importlib.resources import files

import msgspec

from fallow.guidance.words import Sentence
from fallow.language import Phrase, per_language


class Unavoidable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reason why contact cannot be avoided, and what makes it lighter."""

    id: str
    title: Phrase
    text: Phrase


class Arrangements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `arrangements.json`."""

    logistics: tuple[Sentence, ...]
    kinds: tuple[Unavoidable, ...]
    belongings: tuple[Sentence, ...]
    home: tuple[Sentence, ...]


@per_language(Arrangements)
def load_arrangements() -> Arrangements:
    """
    Read and check the sentences that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    return msgspec.json.decode(files(__package__).joinpath("arrangements.json").read_bytes(), type=Arrangements)
