"""Bouts: stretches of messages with no silence over the criterion inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallow.dyad.unseen import hidden_gaps
from fallow.messages import MessageTable


@dataclass(frozen=True, slots=True)
class Bouts:
    """
    k bouts that tile a table of n messages: start[0] = 0, end[k-1] = n, end[i] = start[i+1].

    Args:
        start: int64 [k], index of the first message of each.
        end: int64 [k], index after the last message of each.
        opener: int8 [k], EGO or ALTER, who sent the first message.
        known: bool [k], whether that was seen: False after a gap that touches a period in which the record is known
            to be incomplete. The first bout's is taken as seen.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    opener: NDArray[np.int8]
    known: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start)


def find_bouts(table: MessageTable, criterion: int) -> Bouts:
    """
    Split messages wherever a silence exceeds the bout criterion.

    Args:
        table: n messages.
        criterion: Longest silence inside a bout, microseconds, > 0.
    Returns:
        k bouts, 0 <= k <= n; they tile the table. O(n).
    Raises:
        ValueError: If criterion is not positive.
    Source:
        Slater & Lester (1982), Behaviour 79:153, on bouts and their criterion. Differs from it in: nothing.
    """
    if criterion <= 0:
        raise ValueError("a bout criterion is positive")
    n = len(table)
    inner = np.flatnonzero(np.diff(table.at) > criterion) + 1
    edges = np.concatenate(([0], inner, [n])) if n else np.zeros(1, np.int64)
    start = edges[:-1].astype(np.int64)
    known = np.append(True, ~hidden_gaps(table))[start] if n else np.empty(0, np.bool_)
    return Bouts(start=start, end=edges[1:].astype(np.int64), opener=table.sender[start], known=known)
