"""
Marks on a stretch of bytes, one bit a byte, counted between any two places without looking at the bytes again.

A comparison of bytes gives one byte a place; packed, what is done with all of them afterwards costs an eighth, and how
many lie before a place is a sum kept for every 64 and the bits of one number.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

WORD: Final = 64
Bits = NDArray[np.uint64]
"""uint64 [m]: the bit of place p is bit p % 64, from the lowest, of number p // 64."""


def pack(marks: NDArray[np.bool_]) -> Bits:
    """The marks of n places; behind them at least one place that has none. O(n)."""
    packed = np.packbits(marks, bitorder="little")
    padded = np.zeros((len(packed) // 8 + 1) * 8, np.uint8)
    padded[: len(packed)] = packed
    return padded.view("<u8")


def rises(bits: Bits) -> Bits:
    """The places without a mark that follow one with it; what is before the first place counts as marked."""
    before = np.concatenate((np.ones(1, np.uint64), bits[:-1] >> np.uint64(WORD - 1)))
    risen: Bits = ~bits & ((bits << np.uint64(1)) | before)
    return risen


class Ranks:
    """How many marks lie before a place."""

    def __init__(self, bits: Bits) -> None:
        self._bits = bits
        self._before = np.cumsum(np.concatenate((np.zeros(1, np.int32), np.bitwise_count(bits[:-1]))), dtype=np.int32)

    def before(self, places: NDArray[np.int64]) -> NDArray[np.int32]:
        """
        Count the marks before each place.

        Args:
            places: int64 [k], from 0 to n.
        Returns:
            int32 [k]. O(k).
        """
        at = places >> 6
        lower = (np.uint64(1) << (places & (WORD - 1)).view(np.uint64)) - np.uint64(1)
        counts: NDArray[np.int32] = self._before[at] + np.bitwise_count(self._bits[at] & lower)
        return counts
