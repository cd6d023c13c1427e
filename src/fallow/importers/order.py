"""Rows in the order of files that hold the newest first, and may overlap → oldest first, each once."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from fallow.messages import Kind


class Order:
    """What is kept of each row to put it in its place: its page, and a hash of who said what when."""

    def __init__(self) -> None:
        self._hash, self._page, self._at = array("q"), array("i"), array("q")
        self._pages = 0
        self._dropped: list[int] = []

    def add(self, at: int, who: str, kind: Kind, words: str) -> None:
        """One more row of this page."""
        self._hash.append(hash((at, who, kind, words)))
        self._page.append(self._pages)
        self._at.append(at)

    def drop(self, row: int) -> None:
        """Leave out a row that was added before."""
        self._dropped.append(row)

    def end_page(self) -> None:
        self._pages += 1

    def ends_with(self, span: int) -> tuple[int, int]:
        """When the last row is, and how many are in the time before it, itself counted; microseconds. O(n)."""
        at = np.array(self._at, np.int64)
        return (int(at.max()), int((at > at.max() - span).sum())) if len(at) else (0, 0)

    def rows(self) -> NDArray[np.int64]:
        """
        int64 [k]: the rows by time, what several pages hold once.

        Two that are alike in one page stay two. In one tick, the order is that of the page, turned round where that
        holds the newest first. O(n log n).
        """
        at, page = np.array(self._at, np.int64), np.array(self._page, np.int64)
        order = np.lexsort((self._sequence(at, page), page, at))
        kept = self._first_time(page) if self._pages > 1 else np.ones(len(at), np.bool_)
        kept[self._dropped] = False
        return order[kept[order]]

    def _sequence(self, at: NDArray[np.int64], page: NDArray[np.int64]) -> NDArray[np.int64]:
        step, same = np.sign(np.diff(at)), np.diff(page) == 0
        forward = np.bincount(page[1:][same], weights=step[same], minlength=self._pages)
        rows = np.arange(len(at))
        return np.where(forward[page] > 0, rows, -rows)

    def _first_time(self, page: NDArray[np.int64]) -> NDArray[np.bool_]:
        """bool [n]: the k-th of its like in its page, where no earlier page had as many."""
        key = np.array(self._hash, np.int64)
        order = np.lexsort((page, key))
        nth = _run(np.diff(key[order], prepend=0) != 0, np.diff(page[order], prepend=-1) != 0)
        again = np.lexsort((page[order], nth, key[order]))
        first = np.ones(len(key), np.bool_)
        sorted_key, sorted_nth = key[order][again], nth[again]
        first[1:] = (np.diff(sorted_key) != 0) | (np.diff(sorted_nth) != 0)
        found = np.empty(len(key), np.bool_)
        found[order[again]] = first
        return found


def _run(*changes: NDArray[np.bool_]) -> NDArray[np.int64]:
    """int64 [n]: how many rows since the last change."""
    changed = np.logical_or.reduce(changes)
    changed[:1] = True
    rows = np.arange(len(changed))
    return rows - np.maximum.accumulate(np.where(changed, rows, 0))
