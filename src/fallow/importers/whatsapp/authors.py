"""
Who wrote each header's message: the name between the header and the right ": ".

Names may hold ": ", " - ", emoji or be telephone numbers, so no single line can tell. All lines together can: lines
are grouped by what stands before their first colon, and a group whose every line goes on alike has the colon in its
name. Names are never merged, folded or cleaned here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotTwoPeople
from fallow.importers.whatsapp.cursor import WORD, Bytes, Places, words_of
from fallow.importers.whatsapp.lines import Headers
from fallow.importers.whatsapp.phrases import Phrases, plain

NAME_BYTES: Final = 400
"""Longest name: a contact's name, in a script of three or four bytes a character."""
ROUNDS: Final = 24
"""Names found by comparing whole columns; in a larger group the rest are looked up one by one."""
BLOCK: Final = 1 << 15
"""Lines compared in one go, so that their columns fit the processor's cache."""
NAMES: Final = 4_000
SHARE: Final = 0.3
"""Share of a group's lines that must agree on a longer name when not all do."""

NOBODY: Final = -1


@dataclass(slots=True)
class Authors:
    """
    Args:
        names: UTF-8 of each name, in order of first appearance.
        code: int64 [k], index into names; NOBODY where a line has no author.
        body: int64 [k], first byte of the body; for NOBODY that of the system text.
    """

    names: list[bytes]
    code: Places
    body: Places


def find_authors(
    raw: bytearray, buffer: Bytes, headers: Headers, catalogue: Phrases, *, hint: str | None = None
) -> Authors:
    """
    Find the author of every header.

    Args:
        headers: k headers.
        hint: The other party as the file name tells; a name with a colon in it needs no second witness then.
    Returns:
        One author or NOBODY per header. O(k) for two people; O(k · names) at worst, names bounded.
    Raises:
        NotTwoPeople: If there are more than NAMES.
    """
    length = headers.colon - headers.rest
    has = (headers.colon >= 0) & (length > 0) & (length <= NAME_BYTES)
    code = np.full(len(headers), NOBODY, np.int64)
    names = group_spans(raw, buffer, headers.rest, headers.colon, code, np.flatnonzero(has))
    body = np.where(has, headers.colon + 1, headers.rest)
    longer = _Longer(raw, buffer, headers, catalogue, hint)
    counts = np.bincount(code + 1, minlength=1)[1:]
    todo = np.argsort(-counts, kind="stable")[:ROUNDS].tolist()
    for which in todo:
        known = len(names)
        longer.extend(which, names, code, body)
        if len(todo) < 2 * ROUNDS:
            todo += range(known, len(names))
    starts_blank = buffer[body] == 32
    return _in_order(names, code, np.where((code != NOBODY) & starts_blank, body + 1, body))


def group_spans(
    raw: bytearray, buffer: Bytes, start: Places, end: Places, code: Places, todo: NDArray[np.int64]
) -> list[bytes]:
    """
    Number the distinct texts of spans, in place.

    Args:
        start, end: int64 [k], the spans.
        code: int64 [k], receives the index of each span's text; untouched outside todo.
        todo: int64 [t], the spans to look at, ascending.
    Returns:
        The texts, in the order of their first span.
    Raises:
        NotTwoPeople: If there are more than NAMES.
    """
    words = words_of(buffer)
    known: dict[bytes, int] = {}
    for low in range(0, len(todo), BLOCK):
        rows = todo[low : low + BLOCK]
        at, size = start[rows], end[rows] - start[rows]
        rounds = 0
        tried = iter(list(known)[:ROUNDS])
        while len(rows) and rounds < ROUNDS:
            text = next(tried, None) or bytes(raw[int(at[0]) : int(at[0] + size[0])])
            same = _same_text(words, at, size, text)
            code[rows[same]] = known.setdefault(text, len(known))
            rows, at, size = rows[~same], at[~same], size[~same]
            rounds += 1
        for i, begin, length in zip(rows.tolist(), at.tolist(), size.tolist(), strict=True):
            code[i] = known.setdefault(bytes(raw[begin : begin + length]), len(known))
            if len(known) > NAMES:
                raise NotTwoPeople(people=len(known))
    return list(known)


def _same_text(words: NDArray[np.uint64], start: Places, size: Places, text: bytes) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = size == len(text)
    for i in range(0, len(text), WORD):
        left = np.flatnonzero(same)
        part = text[i : i + WORD]
        mask = np.uint64((1 << (8 * len(part))) - 1)
        same[left] = (words[start[left] + i] & mask) == np.uint64(int.from_bytes(part, "little"))
    return same


class _Longer:
    """Finds names that hold ": " themselves."""

    def __init__(self, raw: bytearray, buffer: Bytes, headers: Headers, catalogue: Phrases, hint: str | None) -> None:
        self.raw, self.buffer, self.headers, self.phrases = raw, buffer, headers, catalogue
        self.hint = None if hint is None else _as_file_name(hint)
        self.seconds = headers.colon2.copy()

    def extend(self, which: int, names: list[bytes], code: Places, body: Places) -> None:
        """Where the lines of one name agree on a longer one, give them that; names grow at the end."""
        name = _as_file_name(names[which].decode())
        if name == self.hint:
            return
        rows = np.flatnonzero(code == which)
        seconds = self.seconds[rows]
        going_on = rows[seconds >= 0]
        hinted = self.hint is not None and self.hint.startswith(name + "_ ")
        if not hinted and (len(going_on) < 2 or not self._worth_it(len(going_on), len(rows))):
            return
        codes = np.full(len(rows), NOBODY, np.int64)
        where = np.flatnonzero(seconds >= 0)
        found = group_spans(self.raw, self.buffer, self.headers.rest[rows], seconds, codes, where)
        counts = Counter(codes[codes >= 0].tolist())
        for longer, count in counts.most_common(3):
            if not self._is_name(found[longer], names[which], count, len(rows), sum(counts.values())):
                continue
            mine = rows[codes == longer]
            code[mine] = len(names)
            body[mine] = self.seconds[mine] + 1
            names.append(found[longer])
            spans = zip(body[mine].tolist(), self.headers.end[mine].tolist(), strict=True)
            self.seconds[mine] = [self.raw.find(b": ", begin, end) for begin, end in spans]

    def _worth_it(self, going_on: int, rows: int) -> bool:
        return going_on == rows or (going_on >= 5 and going_on >= SHARE * rows)

    def _is_name(self, longer: bytes, shorter: bytes, count: int, rows: int, going_on: int) -> bool:
        """A repeated beginning of bodies that is not one WhatsApp writes ("location: ")."""
        rest = longer[len(shorter) + 1 :].decode("utf-8", "replace").strip()
        if self.phrases.begins_special(rest):
            return False
        if self.hint is not None and self.hint == _as_file_name(longer.decode("utf-8", "replace")):
            return True
        all_alike = going_on == rows and count >= 2
        return all_alike or (count >= 5 and count >= SHARE * rows)


def _as_file_name(name: str) -> str:
    """A name as phones write it into file names, where a colon cannot stand."""
    return plain(name).replace(":", "_")


def first_rows(code: Places) -> dict[int, int]:
    """The first row of each code in use, in order of first appearance; NOBODY left out. O(n · codes), few codes."""
    first: dict[int, int] = {}
    counts = np.bincount(code + 1)
    for one in np.flatnonzero(counts[1:]).tolist():
        first[one] = int((code == one).argmax()) if len(first) < ROUNDS else -1
    if -1 in first.values():
        used, rows = np.unique(code, return_index=True)
        first = dict(zip(used.tolist(), rows.tolist(), strict=True))
        first.pop(NOBODY, None)
    return dict(sorted(first.items(), key=lambda one: one[1]))


def renumber(code: Places) -> tuple[list[int], Places]:
    """The codes in use by first appearance, and the same column with their ranks instead; NOBODY stays."""
    order = list(first_rows(code))
    if order == list(range(len(order))):
        return order, code
    lookup = np.full(max(order, default=0) + 2, NOBODY, np.int64)
    lookup[order] = np.arange(len(order))
    return order, lookup[code]


def _in_order(names: list[bytes], code: Places, body: Places) -> Authors:
    """The names that are in use, in order of first appearance."""
    order, ranks = renumber(code)
    return Authors([names[old] for old in order], ranks, body)
