"""
Words, questions and lone addresses of many bodies at once: what `str.split` would find in each, counted on bytes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers.bits import Ranks, pack, rises
from fallow.importers.whatsapp.cursor import Bytes, Places

NEWLINE: Final = 10
LINK_BEGINS: Final = (b"http://", b"https://", b"www.")
LINK_LETTERS: Final = (b"hw", b"tw", b"tw")
"""Either letter at each of the first places; most words fall out here."""
LINK_BYTES: Final = 8
BATCH_BYTES: Final = 1 << 21
"""About how many bytes of text are looked at in one go."""
LONG_BODY: Final = 1 << 22
"""Bytes from which a body is counted in pieces; no message of WhatsApp's is near it."""


def count_words(buffer: Bytes, body: Places, end: Places) -> NDArray[np.int32]:
    """
    Count the words of bodies: what `str.split` would find.

    Args:
        body, end: int64 [n], ascending spans in one stretch of the buffer; before each stands a blank.
    Returns:
        int32 [n]. O(bytes between the first and the last).
    """
    if len(body) == 0:
        return np.empty(0, np.int32)
    if len(body) == 1 and int(end[0]) - int(body[0]) > LONG_BODY:
        return np.array([_count_long(buffer, int(body[0]), int(end[0]))], np.int32)
    low, high = int(body[0]), int(end.max())
    if low >= high:
        return np.zeros(len(body), np.int32)
    begun = Ranks(rises(pack(_blanks(buffer, low, high))))
    counts: NDArray[np.int32] = begun.before(np.maximum(body, end) - low) - begun.before(body - low)
    return counts


def find_questions(buffer: Bytes, body: Places, end: Places) -> NDArray[np.int8]:
    """
    Find the bodies that ask: those that hold a question mark with neither letter nor digit after it.

    One inside an address, as in `?q=`, is none. Latin, Arabic, Armenian, Greek and full-width marks count.

    Args:
        body, end: int64 [n], ascending spans in one stretch of the buffer, apart from each other.
    Returns:
        int8 [n], 1 or 0. O(bytes between the first and the last).
    """
    if len(body) == 0:
        return np.empty(0, np.int8)
    low, high = int(body[0]), int(end.max())
    if len(body) == 1 and high - low > LONG_BODY:
        cuts = range(low, high, LONG_BODY)
        return np.array([any(len(_questions(buffer[cut : min(high, cut + LONG_BODY + 3)])) for cut in cuts)], np.int8)
    places = _questions(buffer[low:high]) + low
    row = np.searchsorted(body, places, side="right") - 1
    asks = np.zeros(len(body), np.int8)
    asks[row[places < end[row]]] = 1
    return asks


def find_links(buffer: Bytes, body: Places, words: NDArray[np.int32]) -> NDArray[np.bool_]:
    """
    Find the bodies that are one address of the web and nothing more: a page that was shared, with nothing said.

    The one rule for every format, for texts alone: one word that begins with http://, https:// or www.

    Args:
        body: int64 [n], where each begins.
        words: int32 [n], how many words it has.
    Returns:
        bool [n]. O(n).
    """
    found = np.zeros(len(body), np.bool_)
    rows = np.flatnonzero(words == 1)
    for place, letters in enumerate(LINK_LETTERS):
        letter = buffer[np.minimum(body[rows] + place, len(buffer) - 1)] | 32
        rows = rows[(letter == letters[0]) | (letter == letters[1])]
    for row in rows.tolist():
        start = int(body[row])
        found[row] = bytes(buffer[start : start + LINK_BYTES]).lower().startswith(LINK_BEGINS)
    return found


def batches(body: Places, end: Places) -> list[tuple[int, int]]:
    """Runs of rows whose bodies lie within about BATCH_BYTES; an endless body is a run of its own."""
    edges = np.arange(int(body[0]), int(body[-1]) + BATCH_BYTES, BATCH_BYTES)
    endless = np.flatnonzero(end - body > BATCH_BYTES)
    cuts = np.concatenate((np.searchsorted(body, edges), endless, endless + 1, [len(body)]))
    return [(low, high) for low, high in pairwise(np.unique(cuts).tolist()) if high > low]


def _questions(piece: Bytes) -> NDArray[np.int64]:
    """Where marks of a question stand in a stretch of bytes."""
    at = np.flatnonzero(piece == QUESTION)
    after = piece[np.minimum(at + 1, len(piece) - 1)]
    folded = after | 32
    inside = ((folded >= 97) & (folded <= 122)) | ((after >= 48) & (after <= 57))
    marks = [at[~inside | (at + 1 == len(piece))]]
    if not _is_ascii(piece):
        marks += [_find(piece, sign) for sign in WIDE_QUESTIONS]
    return np.concatenate(marks)


def _is_ascii(piece: Bytes) -> bool:
    return len(piece) == 0 or int(piece.max()) < 128


def _find(piece: Bytes, sign: bytes) -> NDArray[np.int64]:
    """Where the last byte of every such character stands."""
    rest = len(piece) - len(sign) + 1
    if rest <= 0:
        return np.empty(0, np.int64)
    found = piece[:rest] == sign[0]
    for i, byte in enumerate(sign[1:], 1):
        found &= piece[i : i + rest] == byte
    return np.flatnonzero(found) + len(sign) - 1


def _count_long(buffer: Bytes, low: int, high: int) -> int:
    """Words of one endless body, piece by piece; a piece ends at a line's end, where no character is cut."""
    count = 0
    while low < high:
        cut = min(high, low + LONG_BODY)
        lines = np.flatnonzero(buffer[low:cut] == NEWLINE)
        cut = low + int(lines[-1]) + 1 if cut < high and len(lines) else cut
        blank = _blanks(buffer, low, cut)
        count += int(Ranks(rises(pack(blank))).before(np.array([cut - low]))[0])
        low = cut
    return count


def _blanks(buffer: Bytes, low: int, high: int) -> NDArray[np.bool_]:
    """bool [high - low]: every byte of a character that `str.split` splits at."""
    piece = buffer[low:high]
    blank = (piece - np.uint8(9) < 5) | (piece - np.uint8(28) < 5)
    if _is_ascii(piece):
        return blank
    at = np.flatnonzero((piece - np.uint8(0xE1) < 3) | (piece == 0xC2))
    at = at[SECOND_OF_WIDE[piece[np.minimum(at + 1, len(piece) - 1)]]]
    for size, codes in WIDE_BLANKS.items():
        at = at[at + size <= len(piece)]
        code = np.zeros(len(at), np.int64)
        for i in range(size):
            code = code << 8 | piece[at + i]
        hit = at[np.isin(code, codes)]
        for i in range(size):
            blank[hit + i] = True
    return blank


def _wide_blanks() -> dict[int, NDArray[np.int64]]:
    sizes: dict[int, list[int]] = {}
    for one in WIDE:
        sizes.setdefault(len(one), []).append(int.from_bytes(one, "big"))
    return {size: np.array(codes, np.int64) for size, codes in sorted(sizes.items())}


QUESTION: Final = ord("?")
WIDE_QUESTIONS: Final = tuple(chr(code).encode() for code in (0x37E, 0x55E, 0x61F, 0xFF1F))
WIDE: Final = tuple(
    chr(code).encode() for code in (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
)
"""Blanks outside ASCII; they begin with C2, E1, E2 or E3."""
WIDE_BLANKS: Final = _wide_blanks()
"""The same as numbers, the first byte highest, by how many bytes they have."""
SECOND_OF_WIDE: Final = np.isin(np.arange(256), [one[1] for one in WIDE])
"""bool [256]: whether a byte is the second of one."""
