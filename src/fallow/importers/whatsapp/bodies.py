"""
What each body is: words a person wrote, or a line WhatsApp put where a picture, a call or a deleted message was.

Nearly all bodies are text and are never looked at one by one: eight bytes of their beginning, the last four of their
first line and the last of all decide whether a body could be one of WhatsApp's phrases (`Suspects`). Only those are
decoded and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers.whatsapp.cursor import Bytes, Places, words_of
from fallow.importers.whatsapp.layout import BLANKS, DIGITS, MARKS
from fallow.importers.whatsapp.lines import MARK_CODES
from fallow.importers.whatsapp.phrases import ANDROID_FILE, FILES, Phrases, phrases, plain
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
NOTICE_BYTES: Final = 60
"""Of a line that begins like the notice; its first words alone may be a person's."""
FIRST_CHARS: Final = 20
"""Of a marked line a file begins with, to be the notice in any language: Chinese says it in so few."""
KNOWN_BYTES, MOST_KNOWN = 100, 10_000
"""Longest body whose verdict is kept, and how many are."""
FOLD: Final = np.uint64(0x20202020)
FOLD8: Final = np.uint64(0x2020202020202020)
"""Make ASCII capitals small; what they do to other bytes does not matter, both sides get it."""
HASH_BITS: Final = 20
LOW4: Final = np.uint64(0xFFFFFFFF)
GREATER: Final = 62
MARK: Final = "\u200e".encode()
LONGEST_TAIL: Final = 120
"""Bytes within which the mark before a file left out stands, counted from the end of its body."""
PLACES: Final = (b": https://foursquare.com/v/", b": https://maps.google.com/?q=")
FILE_BEGINS: Final = ("IMG-", "VID-", "AUD-", "PTT-", "STK-", "DOC-")
FILE_NAME: Final = re.compile(r".+\.\w{1,10}")
ABOUT_A_FILE: Final = re.compile(f"•[ {MARKS}]*[{DIGITS}]")
"""In what iOS writes before a document: its name, and how many pages it has."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What one suspect is, and which of its bytes are a person's words.

    Args:
        skip: Bytes at its beginning that are not: what stands for a file, before the words under it.
        cut: Bytes at its end that are not: the mark of an edit; what stands for a file, behind the words under it.
        unknown: Whether it may be what stands for a file in another language.
        odd: Whether it begins as WhatsApp's own lines do.
    """

    kind: int
    skip: int = 0
    cut: int = 0
    unknown: bool = False
    odd: bool = False


@dataclass(slots=True)
class Suspects:
    """Which bodies could be phrases: hashed beginnings (with the line's length where the phrase is whole) and ends."""

    whole: NDArray[np.bool_] = field(init=False)
    begin4: NDArray[np.bool_] = field(init=False)
    begin8: NDArray[np.bool_] = field(init=False)
    end: NDArray[np.bool_] = field(init=False)
    tail: NDArray[np.bool_] = field(init=False)
    phrases: Phrases

    def __post_init__(self) -> None:
        tables = (np.zeros(1 << HASH_BITS, np.bool_) for _ in range(5))
        self.whole, self.begin4, self.begin8, self.end, self.tail = tables
        wholes = [*self.phrases.exact, *self.phrases.null, *self.phrases.poll]
        full = [text + dot for one in wholes for text in _spellings(one) for dot in (b"", b".")]
        self.whole[_hash(_keys(_first(text, 4) | len(text) << 32 for text in full))] = True
        begins = [*self.phrases.call, *self.phrases.notice, *FILE_BEGINS, *(f"{one}:" for one in self.phrases.location)]
        texts = [form for one in begins for form in _spellings(one)]
        self.begin8[_hash(_keys(_first(text, 8) for text in texts if len(text) >= 8))] = True
        self.begin4[_hash(_keys(_first(text, 4) for text in texts if len(text) < 8))] = True
        ends = [form[-4:] for one in self.phrases.attached for form in _spellings(one)]
        self.end[_hash(_keys(_first(text, 4) for text in ends))] = True
        files = [one for one, kind in self.phrases.exact.items() if kind in FILES and one[-1] != ">"]
        tails = {form[-4:] for one in files for form in (*_spellings(one), f"{one}.".encode())}
        self.tail[_hash(_keys(_first(text, 4) for text in tails))] = True

    def find(
        self, raw: bytearray, buffer: Bytes, body: Places, first_end: Places, end: Places, *, android: bool
    ) -> NDArray[np.int64]:
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
        plain_symbol = np.flatnonzero(marked)
        suspect[plain_symbol[self._plain_symbol(head[plain_symbol], marked[plain_symbol])]] = False
        suspect[self._places(raw, body, end)] = True
        if not android:
            suspect[self._captions(raw, words, body, end)] = True
        return np.flatnonzero(suspect)

    def _captions(self, raw: bytearray, words: NDArray[np.uint64], body: Places, end: Places) -> NDArray[np.int64]:
        """Bodies that end like a file left out, with a mark of direction before that."""
        last4 = (words[np.maximum(end - 4, 0)] & LOW4) | FOLD
        rows = np.flatnonzero(self.tail[_hash(last4)])
        ends = zip(rows.tolist(), body[rows].tolist(), end[rows].tolist(), strict=True)
        found = [i for i, low, high in ends if raw.rfind(MARK, max(low, high - LONGEST_TAIL), high) > low]
        return np.array(found, np.int64)

    @staticmethod
    def _places(raw: bytearray, body: Places, end: Places) -> NDArray[np.int64]:
        """Bodies with an address that a phone writes for a place."""
        found, low, high = list[int](), int(body[0]), int(end[-1])
        for address in PLACES:
            at = raw.find(address, low, high)
            while at >= 0:
                found.append(at)
                at = raw.find(address, at + len(address), high)
        return np.searchsorted(body, np.array(found, np.int64), side="right") - 1

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
    """
    Sorts the bodies of one file; unknown phrases are settled when all have been seen.

    Args:
        names: Those who write, and what the file is named after, as `plain`: lines of WhatsApp's own name them.
    """

    def __init__(self, raw: bytearray, *, android: bool, names: tuple[str, ...] = ()) -> None:
        self.raw, self.phrases, self.android = raw, phrases(), android
        self.names = tuple(name for name in names if len(name) > 1)
        self.suspects = _suspects()
        self.odd: list[int] = []
        self._known: dict[bytes, Verdict] = {}
        self._unknown: dict[bytes, list[int]] = {}

    def sort(
        self, buffer: Bytes, body: Places, first_end: Places, end: Places, row: int
    ) -> tuple[NDArray[np.uint8], Places, Places]:
        """
        Sort a run of bodies.

        Args:
            body, first_end, end: int64 [n], where bodies begin, where their first lines and they themselves end.
            row: Number of the first of them in the file.
        Returns:
            Their kinds, SYSTEM among them, and where a person's words in them begin and end.
        """
        kind, start, stop = np.full(len(body), Kind.TEXT, np.uint8), body.copy(), end.copy()
        kind[end <= body] = Kind.MEDIA
        rows = self.suspects.find(self.raw, buffer, body, first_end, end, android=self.android)
        rows = rows if row else np.union1d(rows, np.zeros(1, np.int64))  # what begins a file may be the notice
        rows = rows[(end[rows] > body[rows]) & (end[rows] - body[rows] <= LONGEST_BODY)]
        long = first_end[rows] - body[rows] > LONGEST_PHRASE
        verdicts, view = [], memoryview(self.raw)
        columns = ((rows + row).tolist(), body[rows].tolist(), end[rows].tolist(), long.tolist())
        for at, low, high, too_long in zip(*columns, strict=True):
            text = view[low:high].tobytes()
            verdict = self._known.get(text) or self._judged(text, at, long=too_long)
            verdicts.append(verdict)
            if verdict.unknown:
                self._unknown.setdefault(text, []).append(at)
            if verdict.odd:
                self.odd.append(at)
        kind[rows] = [verdict.kind for verdict in verdicts]
        start[rows] += np.array([verdict.skip for verdict in verdicts], np.int64)
        stop[rows] -= np.array([verdict.cut for verdict in verdicts], np.int64)
        return kind, start, stop

    def unknown_media(self) -> NDArray[np.int64]:
        """Rows whose whole body is a phrase in no catalogue, repeated verbatim: files left out in another language."""
        rows = [row for rows in self._unknown.values() if len(rows) >= UNKNOWN_REPEATS for row in rows]
        return np.array(sorted(rows), np.int64)

    def _judged(self, text: bytes, row: int, *, long: bool) -> Verdict:
        """The verdict on one body, kept for those that are alike; the first of a file is a case of its own."""
        verdict = self._judge(text, first_of_file=row == 0, long=long)
        if len(text) <= KNOWN_BYTES and len(self._known) < MOST_KNOWN and row:
            self._known[text] = verdict
        return verdict

    def _judge(self, text: bytes, *, first_of_file: bool, long: bool) -> Verdict:
        body = text.decode()
        marked = body[0] in MARKS
        cut = self._edited(body)
        if cut:
            body = body[: len(body) - cut]
            cut = len(text) - len(body.encode())
        if (caption := self._caption(body)) is not None:
            file, low, high = caption
            return Verdict(file, len(body[:low].encode()), len(text) - len(body[:high].encode()))
        bare = plain(body)
        kind = None if long else self._kind(bare, marked=marked)
        if kind in FILES:
            return Verdict(kind, 0, len(text))
        if kind is not None:
            return Verdict(kind, 0, cut)
        if self._is_own(bare, marked=body[0] in "\u200e\u200f", first_of_file=first_of_file):
            return Verdict(SYSTEM)
        unknown = not cut and _could_be_phrase(bare, marked=marked)
        return Verdict(Kind.TEXT, 0, cut, unknown=unknown, odd=body[0] == "\u200e" and not self.android)

    def _is_own(self, bare: str, *, marked: bool, first_of_file: bool) -> bool:
        """Whether a body nobody has taken for a message is a line of WhatsApp's own, put into somebody's mouth."""
        if len(bare.encode()) >= NOTICE_BYTES and self.phrases.is_notice(bare) and "\n" not in bare:
            return True
        if (marked or first_of_file) and self.phrases.tells_of_encryption(bare):
            return True
        if first_of_file and (self.phrases.is_notice(bare) or (marked and len(bare) >= FIRST_CHARS)):
            return True
        if not marked or "\n" in bare or bare[:1] == "@":
            return False
        return self.phrases.is_system(bare) or (not self.android and any(name in bare for name in self.names))

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
        if not more and self.phrases.is_location(first):
            return Kind.LOCATION
        if marked and not more and bare.startswith(self.phrases.deleted_by):
            return Kind.DELETED
        return Kind.POLL if first in self.phrases.poll and "\n" in more else None

    def _caption(self, body: str) -> tuple[Kind, int, int] | None:
        """
        What a file is and where the words that came with it begin and end, where the body stands for a file.

        Android puts them under the line of the file, iOS before it, older ones of iOS under it.
        """
        first, newline, more = body.partition("\n")
        bare = plain(first)
        if newline and bare[:1] == "<" and self.phrases.whole(bare) in FILES:
            return Kind.MEDIA, len(first) + 1, len(body)
        if (name := self._attached(bare, marked=body[0] in MARKS)) is not None:
            return _kind_of_file(name), len(body) - len(more), len(body)
        if body.rstrip(MARKS + BLANKS).endswith(">"):
            at = body.rfind("<")
            found = self.phrases.attached_mark.fullmatch(plain(body[at:])) if at >= 0 else None
            if found is not None:
                return _kind_of_file(found[0].rstrip("> ")), 0, _before(body, at)
        found = self.phrases.attached_mark.match(bare)
        if found is not None and (found.end() == len(bare)):
            return _kind_of_file(found[0].rstrip("> ")), len(body) - len(more), len(body)
        at = body.rfind("\u200e", 1)
        kind = self.phrases.whole(plain(body[at:])) if at > 0 else None
        if kind in FILES and plain(body[:at]):
            return Kind(kind), 0, _before(body, at)
        return None

    def _attached(self, first: str, *, marked: bool) -> str | None:
        """The name of a file that came along to Android, or None; first: the first line, as `plain`."""
        if not first.endswith(self.phrases.attached) and not ANDROID_FILE.fullmatch(first):
            return None
        name = first[: first.rindex("(")].rstrip()
        return name if name and (marked or FILE_NAME.fullmatch(name)) else None

    def _edited(self, body: str) -> int:
        """How many characters at the end of a body are the mark of an edit, the blank before it included."""
        if not body.endswith(">"):
            return 0
        at = body.rfind("<")
        if at <= 0 or plain(body[at:]) not in self.phrases.edited:
            return 0
        text = body[:at].rstrip(MARKS)
        return len(body) - len(text.removesuffix(" ") if text[-1:] == " " else text.rstrip(BLANKS))


def _before(body: str, at: int) -> int:
    """Where the words before a file end; 0 where they are its own name and length."""
    text = body[:at].rstrip(MARKS + BLANKS)
    return 0 if ABOUT_A_FILE.search(text) else len(text)


def _kind_of_file(name: str) -> Kind:
    if name.endswith(".vcf"):
        return Kind.CONTACT
    return Kind.STICKER if name.endswith(".webp") else Kind.MEDIA


def _could_be_phrase(bare: str, *, marked: bool) -> bool:
    if "\n" in bare or len(bare.split()) > UNKNOWN_WORDS or not any(char.isalpha() for char in bare):
        return False
    return marked or (len(bare) > 4 and bare[0] == "<" and bare[-1] == ">" and "<" not in bare[1:])
