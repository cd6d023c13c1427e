"""
Which kinds of plea a text holds: fixed cues in English and German, looked for in the words made plain (`typed.py`).

The cues are data (`cues.json`), written so:

    word*        a word that begins like this           {they}   any word of a class
    (a|b)        either                                 (a )?    with or without
    (a |b )*     any of them, up to four times          _        with or without a blank
    ...          up to five other words                 ~        the same, but none of my own and no "not"

Cues of a kind are looked for where its `unless` does not hold. A kind that `spends` takes the words it was found in
away from the kinds after it, so that "he said he would kill himself" is not also read as mine. In a kind that is
`deniable` a cue does not count with a "not" just before it. Danger has no such rule: there a false alarm is better
than a miss, and only idioms ("dying to know") and what is plainly taken back are left out.

Nothing here understands anything. It is a list, it misses what is said in other words, and the page says so: how often
it does is in docs/explanation/own-words.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

import msgspec

from fallow.guidance.typed import Spelling, learn_spelling, make_plain

_GAP: Final = " (?:[^ .]+ ){0,5}?"
_DANGER: Final = "danger"
_SIGN: Final = re.compile(r"\[[^\]]*\]|\\.|[^\W_]+|.")
"""Of a cue, once its classes are spelled out: signs of the notation, and runs of letters and digits."""
_REPEATS: Final = frozenset("?*")

Needs: TypeAlias = "tuple[tuple[str | Needs, ...], ...]"
"""Alternatives, each what all of it needs: letters that stand in the text, or groups."""


class KindCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind is found."""

    id: str
    spends: bool
    deniable: bool
    unless: tuple[str, ...]
    cues: tuple[str, ...]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """
    Everything in `cues.json`.

    Args:
        classes: Words that stand for each other in a cue.
        no: Words that take back what comes next; `small` ones may stand between.
        mine: Words about the one who types.
        mend, real_words, typos: What a slip is, and what is none.
        idioms: Heavy words that mean nothing heavy.
        quiet: Heavy words, where no danger was found.
        kinds: In the order in which they are looked for.
    """

    classes: dict[str, tuple[str, ...]]
    no: tuple[str, ...]
    small: tuple[str, ...]
    mine: tuple[str, ...]
    mend: tuple[str, ...]
    real_words: tuple[str, ...]
    typos: dict[str, str]
    idioms: tuple[str, ...]
    quiet: tuple[str, ...]
    kinds: tuple[KindCues, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Kinds with a cue in the text; `quiet`: a heavy word stands there, though no danger was found."""

    kinds: frozenset[str]
    quiet: bool


@cache
def load_cues() -> Cues:
    """
    Read and check the cues that came with this version.

    Raises:
        msgspec.ValidationError: If the file is not of this form; a release cannot be, a test says so.
    """
    body = files(__package__).joinpath("cues.json").read_bytes()
    return msgspec.json.decode(body, type=Cues)


@cache
def load_spelling() -> Spelling:
    """Slips as the cues need them mended: no word of a cue is taken for one."""
    data = load_cues()
    cues = (cue for kind in data.kinds for cue in (*kind.unless, *kind.cues))
    known = re.findall(r"[a-z]+", " ".join((*cues, *data.idioms, *data.quiet)))
    return learn_spelling(data.mend, data.typos, (*known, *data.real_words))


def find_kinds(text: str) -> Found:
    """The kinds whose cues stand in a text, without an order. O(length of the text)."""
    left = plain = make_plain(text, load_spelling())
    kinds = set()
    for kind in load_cues().kinds:
        looked_at = left if kind.id != _DANGER else _pattern(load_cues().idioms, left).sub("_", left)
        looked_at = _pattern(kind.unless, looked_at).sub("_", looked_at)
        spans = [found.span() for found in _pattern(kind.cues, looked_at).finditer(looked_at)]
        spans = [span for span in spans if not (kind.deniable and _denied(looked_at, span[0]))]
        if spans:
            kinds.add(kind.id)
        if spans and kind.spends:
            left = _without(looked_at, spans)
    heavy = _pattern(load_cues().quiet, plain).search(plain) is not None
    return Found(frozenset(kinds), quiet=heavy and _DANGER not in kinds)


def _pattern(cues: tuple[str, ...], text: str) -> re.Pattern[str]:
    """
    One pattern for whole words, of those cues that may stand in a text; without any, one that is never found.

    Compiling all of them would take longer than all the rest in which somebody waits for help.
    """
    fitting = [as_pattern(cue) for cue in cues if may_stand(cue, text)]
    return re.compile(rf"(?<![^ ])(?:{'|'.join(fitting) or '(?!)'})(?![^ ])")


def may_stand(cue: str, text: str) -> bool:
    """Whether a text has what a cue cannot do without, in whatever order; False only where it cannot be found there."""
    return _has(_needs(cue), text)


def _has(needs: Needs, text: str) -> bool:
    return any(all(part in text if isinstance(part, str) else _has(part, text) for part in each) for each in needs)


@cache
def _needs(cue: str) -> Needs:
    """What a cue cannot do without, by alternatives: letters, and groups that are there at least once."""
    return _alternatives(iter(_SIGN.findall(_spelled_out(cue))))


def _alternatives(signs: Iterator[str]) -> Needs:
    """Read up to the end of a group."""
    alternatives: list[list[str | Needs]] = [[]]
    for sign in signs:
        sequence = alternatives[-1]
        if sign == ")":
            break
        if sign == "(":
            sequence.append(_alternatives(signs))
        elif sign == "|":
            alternatives.append([])
        elif sign in _REPEATS and sequence:
            last = sequence.pop()
            if isinstance(last, str):  # a last letter that may lack, or more letters that may follow
                sequence.append(last[:-1] if sign == "?" else last)
        else:
            sequence.append(sign if sign[0].isalnum() else "")
    return tuple(map(tuple, alternatives))


def as_pattern(cue: str) -> str:
    """A cue in the notation above as a regular expression, each repetition bounded."""
    data = load_cues()
    cue = _spelled_out(cue)
    others = f" (?:(?!(?:{'|'.join((*data.mine, *data.no))}) )[^ .]+ ){{0,5}}?"
    cue = cue.replace(" ... ", _GAP).replace(" ~ ", others)
    cue = re.sub(r"\((?!\?)", "(?:", cue)
    cue = re.sub(r"(?<=\))\*", "{0,4}", cue)
    return re.sub(r"(?<=[a-z0-9])\*", "[^ .]*", cue.replace("_", " ?"))


def _spelled_out(cue: str) -> str:
    """A cue with the words of its classes."""
    for name, words in load_cues().classes.items():
        cue = cue.replace(f"{{{name}}}", f"({'|'.join(words)})")
    return cue


def _denied(text: str, start: int) -> bool:
    """Whether a "not" stands just before, in the same sentence, with at most one small word between."""
    data = load_cues()
    before = text[max(0, start - 40) : start].rpartition(".")[2].split()[-2:]
    if before and before[-1] in data.small:
        before.pop()
    return bool(before) and before[-1] in data.no


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}_{text[end:]}"
    return text
