"""
Words as they were typed, made plain, so that a list of cues can be looked for in them.

Small letters, no accents (ü is ue, ß is ss), no apostrophes; a letter typed three times in a row stands once, digits
between letters are the letters they stand for, stars inside a word are gone, and a word that is one slip away from
one of `mend` becomes it. Single blanks stand between words and " ." after each sentence, the last one too.
A word that stands in some cue, or in `real_words`, is never taken for a slip.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_FOLDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys("'’‘`´", ""))
_DIGITS: Final = str.maketrans("013457@$", "oieastas")
_SHORTEST_MENDED: Final = 5
"""Shorter words are too near to others to be mended by rule; their usual slips are a list."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """
    How slips are mended.

    Args:
        typos: Slips that are known, and what was meant.
        near: Each word to be mended, under itself and every form of it with one letter left out.
        real: Words that are never a slip.
    """

    typos: Mapping[str, str]
    near: Mapping[str, frozenset[str]]
    real: frozenset[str]


def learn_spelling(mend: Iterable[str], typos: Mapping[str, str], real: Iterable[str]) -> Spelling:
    """The spelling that mends these words."""
    near: dict[str, set[str]] = {}
    for word in mend:
        for form in _forms(word):
            near.setdefault(form, set()).add(word)
    return Spelling(typos, {form: frozenset(words) for form, words in near.items()}, frozenset(real))


def make_plain(text: str, spelling: Spelling) -> str:
    """The text as cues read it. O(its length)."""
    small = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", small) if not unicodedata.combining(sign))
    spelled = re.sub(r"(?<=[a-z])[013457@$](?=[a-z])", lambda found: found[0].translate(_DIGITS), bare)
    joined = re.sub(r"(?<=[a-z])\*+(?=[a-z])", "", spelled)
    once = re.sub(r"([a-z])\1{2,}", r"\1", joined)
    words = re.findall(r"[^\W_]+|[.!?;\n]+", once)
    return " ".join("." if word[0] in ".!?;\n" else _mended(word, spelling) for word in (*words, "."))


def _mended(word: str, spelling: Spelling) -> str:
    """A word, or the one that was meant where that is known and one slip away."""
    if word in spelling.typos:
        return spelling.typos[word]
    if len(word) < _SHORTEST_MENDED or word in spelling.real:
        return word
    meant = {known for form in _forms(word) for known in spelling.near.get(form, ()) if _is_slip(word, known)}
    return min(meant, default=word)


def _forms(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _is_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, added, wrong or changed places with its neighbour."""
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    left, right = typed[same:], meant[same:]
    return left == right[1:] or left[1:] in (right, right[1:]) or (left[:2] == right[1::-1] and left[2:] == right[2:])
