"""
What each body is: words a person wrote, or a line WhatsApp put where a picture, a call or a deleted message was.

Nearly all bodies are text and are never looked at one by one: eight bytes of their beginning, the last four of their
first line and the last of all decide whether a body could be one of WhatsApp's phrases (`Suspects`). Only those are
decoded and compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers.whatsapp.cursor import Bytes, Places, words_of
from fallow.importers.whatsapp.layout import BLANKS, MARKS
from fallow.importers.whatsapp.lines import MARK_CODES
from fallow.importers.whatsapp.phrases import Phrases, phrases, plain
from fallow.messages import Kind

SYSTEM: Final = 255
"""In the column of kinds: nobody's words."""
UNKNOWN_REPEATS: Final = 3
"""How often an unknown `<…>` must be repeated verbatim to be a file left out."""
UNKNOWN_WORDS: Final = 6
LONGEST_PHRASE: Final = 600
"""Bytes of the first line beyond which it is no phrase, a file name and its mark included."""
LONGEST_BODY: Final = 1 << 19
"""Bytes beyond which a body is not looked at; WhatsApp's own limit is 65,536 characters."""
NOTICE_CHARS: Final = 60
FOLD: Final = np.uint64(0x20202020)
FOLD8: Final = np.uint64(0x2020202020202020)
"""Make ASCII capitals small; what they do to other bytes does not matter, both sides get it."""
HASH_BITS: Final = 20
LOW4: Final = np.uint64(0xFFFFFFFF)
GREATER: Final = 62


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one suspect is, and how many bytes at its end are the mark of an edit."""

    kind: int
    cut: int = 0
    unknown: bool = False


@dataclass(slots=True)
class Suspects:
    """Which bodies could be phrases: hashed beginnings (with the line's length where the phrase is whole) and ends."""

    whole: NDArray[np.bool_] = field(init=False)
    begin4: NDArray[np.bool_] = field(init=False)
    begin8: NDArray[np.bool_] = field(init=False)
    end: NDArray[np.bool_] = field(init=False)
    phrases: Phrases

    def __post_init__(self) -> None:
        tables = (np.zeros(1 << HASH_BITS, np.bool_) for _ in range(4))
        self.whole, self.begin4, self.begin8, self.end = tables
        wholes = [*self.phrases.exact, *self.phrases.null, *self.phrases.poll]
        full = [text + dot for one in wholes for text in _spellings(one) for dot in (b"", b".")]
        self.whole[_hash(_keys(_first(text, 4) | len(text) << 32 for text in full))] = True
        begins = [*self.phrases.call, *(f"{one}:" for one in self.phrases.location)]
        texts = [form for one in begins for form in _spellings(one)]
        self.begin8[_hash(_keys(_first(text, 8) for text in texts if len(text) >= 8))] = True
        self.begin4[_hash(_keys(_first(text, 4) for text in texts if len(text) < 8))] = True
        ends = [form[-4:] for one in self.phrases.attached for form in _spellings(one)]
        self.end[_hash(_keys(_first(text, 4) for text in ends))] = True

    def find(self, buffer: Bytes, body: Places, first_end: Places, end: Places) -> NDArray[np.int64]:
        """The bodies worth decoding, as row numbers in order."""
        words = words_of(buffer)
        head = words[body]
        first4 = (head & LOW4) | FOLD
        length = (first_end - body).astype(np.uint64)
        last4 = ((words[np.maximum(first_end - 4, 0)]) & LOW4) | FOLD
        marked = (head & np.uint64(0xFF) == 0xE2) | (head & np.uint64(0xFF) == 0xEF)
        suspect = self.whole[_hash(first4 | (length << np.uint64(32)))]
        suspect |= self.begin4[_hash(first4)]
        suspect |= self.begin8[_hash(head | FOLD8)]
        suspect |= self.end[_hash(last4)]
        suspect |= (buffer[end - 1] == GREATER) | (buffer[first_end - 1] == GREATER)
        suspect |= marked
        suspect |= length < 4
        rows = np.flatnonzero(suspect)
        return rows[~self._plain_symbol(head[rows], marked[rows])]

    @staticmethod
    def _plain_symbol(head: NDArray[np.uint64], marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Bodies that begin with a byte marks share, but with another character (❤, “)."""
        code = (
            ((head & np.uint64(0xFF)) << np.uint64(16))
            | (head & np.uint64(0xFF00))
            | ((head >> np.uint64(16)) & np.uint64(0xFF))
        )
        other: NDArray[np.bool_] = marked & ~np.isin(code.astype(np.int64), MARK_CODES)
        return other


def _spellings(phrase: str) -> set[bytes]:
    """UTF-8 of a phrase in the cases it may be written in; ASCII is folded away anyway."""
    return {form.encode() for form in (phrase, phrase.upper(), phrase.title(), phrase.capitalize())}


def _first(text: bytes, size: int) -> int:
    fold = int(FOLD if size == 4 else FOLD8)
    return int.from_bytes(text[:size].ljust(size, b"\n"), "little") | fold


def _keys(values: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(values), np.uint64)


def _hash(key: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """HASH_BITS of a number; a wrong hit costs one comparison."""
    with np.errstate(over="ignore"):
        hashed: NDArray[np.uint64] = (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - HASH_BITS)
    return hashed


@cache
def _suspects() -> Suspects:
    return Suspects(phrases())


class Bodies:
    """Sorts the bodies of one file; unknown phrases are settled when all have been seen."""

    def __init__(self, raw: bytearray, *, android: bool) -> None:
        self.raw, self.phrases, self.android = raw, phrases(), android
        self.suspects = _suspects()
        self._known: dict[bytes, Verdict] = {}
        self._unknown: dict[bytes, list[int]] = {}

    def sort(
        self, buffer: Bytes, body: Places, first_end: Places, end: Places, row: int
    ) -> tuple[NDArray[np.uint8], Places]:
        """
        Sort a run of bodies.

        Args:
            body, first_end, end: int64 [n], where bodies begin, where their first lines and they themselves end.
            row: Number of the first of them in the file.
        Returns:
            Their kinds, SYSTEM among them, and their ends without marks of an edit.
        """
        kind, end = np.full(len(body), Kind.TEXT, np.uint8), end.copy()
        kind[end <= body] = Kind.MEDIA
        for i in self.suspects.find(buffer, body, first_end, end).tolist():
            low, high, first = int(body[i]), int(end[i]), int(first_end[i])
            if high <= low or (first - low > LONGEST_PHRASE and self.raw[high - 1] != GREATER):
                continue
            if high - low > LONGEST_BODY:
                continue
            text = bytes(self.raw[low:high])
            verdict = self._known.get(text)
            if verdict is None:
                verdict = self._judge(text, first_of_file=row + i == 0)
                if len(text) <= 100 and len(self._known) < 10_000 and row + i:
                    self._known[text] = verdict
            kind[i] = verdict.kind
            end[i] = high - verdict.cut
            if verdict.unknown:
                self._unknown.setdefault(text, []).append(row + i)
        return kind, end

    def unknown_media(self) -> NDArray[np.int64]:
        """Rows whose whole body is a phrase in no catalogue, repeated verbatim: files left out in another language."""
        rows = [row for rows in self._unknown.values() if len(rows) >= UNKNOWN_REPEATS for row in rows]
        return np.array(sorted(rows), np.int64)

    def _judge(self, text: bytes, *, first_of_file: bool) -> Verdict:
        body = text.decode()
        marked = body[0] in MARKS
        cut = self._edited(body)
        if cut:
            body = body[: len(body) - cut]
            cut = len(text) - len(body.encode())
        bare = plain(body)
        kind = self._kind(bare, marked=marked)
        if kind is None and marked and (self.phrases.is_system(bare) or (first_of_file and len(bare) >= NOTICE_CHARS)):
            return Verdict(SYSTEM)
        if kind is None and first_of_file and self.phrases.is_notice(bare):
            return Verdict(SYSTEM)
        if kind is not None:
            return Verdict(kind, cut)
        return Verdict(Kind.TEXT, cut, unknown=not cut and _could_be_phrase(bare, marked=marked))

    def _kind(self, bare: str, *, marked: bool) -> int | None:
        """The kind of a body, as `plain`, or None where it is text or a line of the system."""
        if not bare:
            return Kind.MEDIA
        first, _, more = bare.partition("\n")
        first = first.rstrip()
        if not more and (kind := self.phrases.whole(bare)) is not None:
            return kind
        if not more and ((self.android and bare in self.phrases.null) or self.phrases.is_call(bare, marked=marked)):
            return Kind.CALL
        if (name := self._attached(bare, first)) is not None:
            return Kind.CONTACT if name.endswith(".vcf") else Kind.MEDIA
        if self.phrases.is_location(first):
            return Kind.LOCATION
        return Kind.POLL if first in self.phrases.poll and "\n" in more else None

    def _attached(self, bare: str, first: str) -> str | None:
        """The name of a file that came along, or None."""
        if first.endswith(self.phrases.attached):
            name = first[: first.rindex("(")].rstrip()
            return name if "." in name[-6:] else None
        if not (bare.endswith(">") or first.endswith(">")):
            return None
        found = self.phrases.attached_mark.match(first) or self.phrases.attached_mark.search(bare[-LONGEST_PHRASE:])
        return found[0].rstrip("> ") if found else None

    def _edited(self, body: str) -> int:
        """How many characters at the end of a body are the mark of an edit, the blank before it included."""
        if not body.endswith(">"):
            return 0
        at = body.rfind("<")
        if at <= 0 or plain(body[at:]) not in self.phrases.edited:
            return 0
        text = body[:at].rstrip(MARKS)
        return len(body) - len(text.removesuffix(" ") if text[-1:] == " " else text.rstrip(BLANKS))


def _could_be_phrase(bare: str, *, marked: bool) -> bool:
    if "\n" in bare or len(bare.split()) > UNKNOWN_WORDS or not any(char.isalpha() for char in bare):
        return False
    return marked or (len(bare) > 4 and bare[0] == "<" and bare[-1] == ">" and "<" not in bare[1:])
