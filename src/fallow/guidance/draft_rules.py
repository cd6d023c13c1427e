"""
The rules a draft is checked by, and the small language their patterns are written in.

`draft_rules.json` holds for every rule what it says and, per language, what it finds and what it leaves alone. A
pattern is a regular expression over folded text (below), matched as whole words, with these signs beside the usual:

    a space      anything between two words of one sentence     ~     white space only
    " ... "      up to six words between, in one sentence       '     an apostrophe that may be missing
    " .... "     up to twelve                                   a*    any ending of the word
    (a|b )*      at most eight times, so that no text takes long to read

Folded text has straight quotes, ä ö ü ß as ae oe ue ss, compatible forms made plain (NFKC), no zero-width signs, and no
letter three times in a row ("heyyy" is "hey"); white space in a row is one sign. Each folded character knows where it
stood, so spans are exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

import msgspec

from fallow.language import Phrase, per_language

Language = Literal["en", "de"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "de")

_GAP: Final = r"[^\w.!?]+"
_SIGNS: Final = re.compile(
    r"(?P<raw>\\x[0-9a-f]{2}|\\.[*+?]?)|(?P<long> \.{4} )|(?P<short> \.{3} )|(?P<group>\((?!\?))"
    r"|(?P<ending>(?<=\w)\*)|(?P<many>(?<=\))\*)|(?P<some>(?<=\))\+)|(?P<tick>')|(?P<perhaps>~\?)|(?P<tilde>~)"
    r"|(?P<you>(?<!\w)you(?!\w))|(?P<your>(?<!\w)your(?!\w))|(?P<gap> )"
)
_MEANING: Final = {
    "long": rf"{_GAP}(?:\w+{_GAP}){{0,12}}?",
    "short": rf"{_GAP}(?:\w+{_GAP}){{0,6}}?",
    "group": "(?:",
    "ending": r"\w*",
    "many": "{0,8}",
    "some": "{1,8}",
    "you": "(?:you|u)",
    "your": "(?:your|ur)",
    "tick": "'?",
    "perhaps": r"\s*",
    "tilde": r"\s+",
    "gap": _GAP,
}
_FOLDS: Final = {
    **dict.fromkeys("’‘‛ʼ´`′", "'"),
    **dict(zip("äöüßÄÖÜẞ", ["ae", "oe", "ue", "ss", "Ae", "Oe", "Ue", "SS"], strict=True)),
}
_TWICE: Final = 2
"""A letter may stand twice in a row; a longer run is read as one."""
_MARKS: Final = 4
"""Marks on one letter that are looked at; no language needs more, and a heap of them would take long to sort."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    One rule: a stable id, the sentence that explains it, what it finds and what it leaves alone.

    What is `never_offered` is no matter of style: Fallow does not help to send it, however it is worded.
    """

    id: str
    says: Phrase
    never_offered: bool = False
    finds: dict[Language, tuple[str, ...]] = {}
    leaves: dict[Language, tuple[str, ...]] = {}


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A matter that can be answered by itself; `practical` ones do not belong beside what was between two people."""

    id: str
    practical: bool
    en: tuple[str, ...]
    de: tuple[str, ...]


class DraftRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `draft_rules.json`."""

    asks: Phrase
    words_limit: int
    rules: tuple[Rule, ...]
    topics: tuple[Topic, ...]
    courtesies: dict[Language, tuple[str, ...]]
    asking: dict[Language, tuple[str, ...]]
    asking_again: dict[Language, tuple[str, ...]]
    greetings: dict[Language, tuple[str, ...]]
    stop_words: dict[Language, str]

    def rule(self, id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == id)


class Folded(NamedTuple):
    """Text made plain; character i of `text` stood at `starts[i]:ends[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where a piece of the folded text stands in the text as given; the piece is not empty."""
        return self.starts[begin], self.ends[end - 1]


@per_language(DraftRules)
def load_draft_rules() -> DraftRules:
    """
    Read and check the rules that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("draft_rules.json").read_bytes()
    return msgspec.json.decode(body, type=DraftRules)


@cache
def compile_patterns(written: tuple[str, ...]) -> re.Pattern[str]:
    """One expression that finds any of the patterns as whole words; no pattern finds nothing."""
    if not written:
        return re.compile(r"(?!)")
    joined = "|".join(_SIGNS.sub(_sign, pattern) for pattern in written)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _sign(found: re.Match[str]) -> str:
    return found.group() if found.lastgroup == "raw" else _MEANING[str(found.lastgroup)]


def fold(text: str) -> Folded:
    """Make text plain to match, n characters in, about as many out. O(n)."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    run = 0
    for start, end, plain in _plain_pieces(text):
        for letter in plain:
            if letters and letter.isspace() and letters[-1].isspace():
                letters[-1] = "\n" if "\n" in (letter, letters[-1]) else " "
                ends[-1] = end
                continue
            again = bool(letters) and letter.isalpha() and letters[-1].casefold() == letter.casefold()
            run = run + 1 if again else 1
            if run <= _TWICE:
                letters.append(letter)
                starts.append(start)
                ends.append(end)
                continue
            if run == _TWICE + 1:
                del letters[-1], starts[-1], ends[-1]
            ends[-1] = end
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _plain_pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Each character with the marks that combine with it: where it stands, and what it is read as."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFKC", text[start : min(end, start + 1 + _MARKS)])
        plain = "".join(_FOLDS.get(sign, sign) for sign in piece if unicodedata.category(sign) != "Cf")
        yield start, end, plain
        start = end
