"""Words and questions of many bodies at once: what `str.split` would find in each, counted on bytes."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.importers.whatsapp.cursor import Bytes, Places

NEWLINE: Final = 10
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
    blank = _blanks(buffer, low, high)
    begins = np.empty(high - low + 1, np.bool_)
    begins[0], begins[-1] = not blank[0], False
    np.greater(blank[:-1], blank[1:], out=begins[1:-1])
    spans = np.empty(2 * len(body), np.int64)
    spans[0::2], spans[1::2] = body - low, end - low
    counts = np.add.reduceat(begins.view(np.uint8), spans, dtype=np.int32)[0::2]
    counts[end <= body] = 0
    return counts


def find_questions(buffer: Bytes, body: Places, end: Places) -> NDArray[np.int8]:
    """
    Find the bodies that ask: those that hold a question mark with neither letter nor digit after it.

    One inside an address, as in `?q=`, is none. Latin, Arabic, Armenian, Greek and full-width marks count.

    Args:
        body, end: int64 [n], ascending spans in one stretch of the buffer.
    Returns:
        int8 [n], 1 or 0. O(bytes between the first and the last).
    """
    if len(body) == 0:
        return np.empty(0, np.int8)
    low, high = int(body[0]), int(end.max())
    if len(body) == 1 and high - low > LONG_BODY:
        cuts = range(low, high, LONG_BODY)
        return np.array([any(len(_questions(buffer[cut : min(high, cut + LONG_BODY + 3)])) for cut in cuts)], np.int8)
    places = np.sort(_questions(buffer[low:high]))
    return (np.searchsorted(places, end - low) > np.searchsorted(places, body - low)).astype(np.int8)


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
    for sign in WIDE_QUESTIONS:
        at = np.flatnonzero(piece == sign[-1])
        for back, byte in enumerate(reversed(sign[:-1]), 1):
            at = at[at >= back]
            at = at[piece[at - back] == byte]
        marks.append(at)
    return np.concatenate(marks)


def _count_long(buffer: Bytes, low: int, high: int) -> int:
    """Words of one endless body, piece by piece; a piece ends at a line's end, where no character is cut."""
    count = 0
    while low < high:
        cut = min(high, low + LONG_BODY)
        lines = np.flatnonzero(buffer[low:cut] == NEWLINE)
        cut = low + int(lines[-1]) + 1 if cut < high and len(lines) else cut
        blank = _blanks(buffer, low, cut)
        count += int(not blank[0]) + int(np.count_nonzero(blank[:-1] > blank[1:]))
        low = cut
    return count


def _blanks(buffer: Bytes, low: int, high: int) -> NDArray[np.uint8]:
    """uint8 [high - low]: 1 for every byte of a character that `str.split` splits at."""
    piece = buffer[low:high]
    blank = (piece <= 32).view(np.uint8)
    if bool(((piece - np.uint8(14)) < 14).any()) or bool((piece < 9).any()):
        blank = (((piece >= 9) & (piece <= 13)) | ((piece >= 28) & (piece <= 32))).view(np.uint8)
    for lead, tails in WIDE_BLANKS.items():
        at = np.flatnonzero(piece == lead)
        for tail in tails:
            size = len(tail)
            hit = at[at + size < len(piece)]
            for i, byte in enumerate(tail, 1):
                hit = hit[piece[hit + i] == byte]
            for i in range(size + 1):
                blank[hit + i] = 1
    return blank


def _wide_blanks() -> dict[int, list[bytes]]:
    wide: dict[int, list[bytes]] = {}
    for code in (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000):
        encoded = chr(code).encode()
        wide.setdefault(encoded[0], []).append(encoded[1:])
    return wide


QUESTION: Final = ord("?")
WIDE_QUESTIONS: Final = tuple(chr(code).encode() for code in (0x37E, 0x55E, 0x61F, 0xFF1F))
WIDE_BLANKS: Final = _wide_blanks()
"""Blanks outside ASCII: first byte → the bytes that follow."""
