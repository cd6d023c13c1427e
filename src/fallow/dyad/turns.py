"""Turns: runs by one sender with no bout boundary inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.bouts import Bouts
from fallow.messages import MessageTable


@dataclass(frozen=True, slots=True)
class Turns:
    """
    k turns that tile the table and each of its bouts. Two neighbours by one sender lie in different bouts.

    Args:
        start: int64 [k], index of the first message of each.
        end: int64 [k], index after the last message of each.
        sender: int8 [k], EGO or ALTER.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sender: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.start)


def find_turns(table: MessageTable, bouts: Bouts) -> Turns:
    """
    Split messages wherever the sender changes or a bout ends.

    Args:
        table: n messages.
        bouts: The bouts of this table.
    Returns:
        k turns, number of bouts <= k <= n; they tile the table. O(n).
    """
    n = len(table)
    begins = np.empty(n, np.bool_)
    begins[1:] = table.sender[1:] != table.sender[:-1]
    begins[bouts.start] = True
    start = np.flatnonzero(begins).astype(np.int64)
    end = np.append(start[1:], np.int64(n))[: len(start)]
    return Turns(start=start, end=end, sender=table.sender[start])
