"""Where the brackets of a JSON text stand, outside its strings, found with byte vectors: exact for any formatting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

QUOTE, BACKSLASH = 34, 92
OPEN, CLOSE = 123, 125
"""Of braces; brackets become the same with one bit set."""


@dataclass(slots=True)
class Brackets:
    """
    What is carried from one piece of a text to the next.

    Args:
        depth: Brackets open so far.
        inside: Whether a string is open.
        escaped: Whether the next byte follows a backslash that escapes it.
    """

    depth: int = 0
    inside: bool = False
    escaped: bool = False

    def feed(self, piece: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """
        Read the next piece.

        Args:
            piece: n bytes, n > 0.
        Returns:
            int64 [k], places of brackets outside strings; int64 [k], how many are open after each. O(n).
        """
        quotes = self.quotes(piece)
        folded = np.frombuffer(piece, np.uint8) | 32
        at = np.flatnonzero((folded == OPEN) | (folded == CLOSE))
        at = at[(np.searchsorted(quotes, at) + self.inside) % 2 == 0]
        depth = self.depth + np.cumsum(np.where(folded[at] == OPEN, 1, -1))
        self.inside = bool((len(quotes) + self.inside) % 2)
        if len(depth):
            self.depth = int(depth[-1])
        return at, depth

    def quotes(self, piece: bytes) -> NDArray[np.int64]:
        """int64 [q], places of the quotation marks in the next piece that begin or end a string. O(n)."""
        data = np.frombuffer(piece, np.uint8)
        quotes = np.flatnonzero(data == QUOTE)
        if self.escaped or BACKSLASH in piece:
            quotes = quotes[~self._escapes(data)[quotes]]
        return quotes

    def _escapes(self, data: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """bool [n]: the bytes that a backslash before them escapes; in a run every second one escapes the next."""
        slashes = np.flatnonzero(data == BACKSLASH)
        begins = np.flatnonzero(np.diff(slashes, prepend=-2) != 1)
        nth = np.arange(len(slashes)) - np.repeat(begins, np.diff(begins, append=len(slashes)))
        if self.escaped and len(slashes) and slashes[0] == 0:
            first = int(begins[1]) if len(begins) > 1 else len(slashes)
            nth[:first] += 1
        marks = np.zeros(len(data) + 1, np.bool_)
        marks[slashes[nth % 2 == 0] + 1] = True
        marks[0] |= self.escaped
        self.escaped = bool(marks[-1])
        return marks[:-1]
