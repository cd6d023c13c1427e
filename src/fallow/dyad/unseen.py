"""
Periods in which the record is known to be incomplete: nothing that crosses one is counted as quiet.

What began before such a period is censored at its start; what began inside is censored at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.messages import MessageTable

Ints = NDArray[np.int64]

SECOND_US: Final = 1_000_000
NEVER: Final = np.iinfo(np.int64).max


def cut_at_unseen(unseen: Ints, begins: Ints, ends: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """
    Cut spans of time short where the record stops being whole.

    Args:
        unseen: int64 [p, 2], begin and end of each period, microseconds UTC, disjoint and in order.
        begins: int64 [m], microseconds UTC.
        ends: int64 [m], >= begins.
    Returns:
        ends, int64 [m], moved back to where the first unseen period of the span begins, never before its own begin;
        hidden, bool [m], whether there was one. O(m log p).
    """
    if len(unseen) == 0:
        return ends, np.zeros(len(ends), np.bool_)
    nearest = np.searchsorted(unseen[:, 1], begins, side="right")
    start = np.append(unseen[:, 0], NEVER)[nearest]
    hidden = start < ends
    return np.where(hidden, np.maximum(start, begins), ends), hidden


def hidden_gaps(table: MessageTable) -> NDArray[np.bool_]:
    """Whether the gap after each of n - 1 messages touches an unseen period. bool [max(n - 1, 0)]."""
    return cut_at_unseen(table.unseen, table.at[:-1], table.at[1:])[1]


def inside_unseen(table: MessageTable) -> NDArray[np.bool_]:
    """Whether each message lies in an unseen period. bool [n]."""
    if len(table.unseen) == 0:
        return np.zeros(len(table), np.bool_)
    nearest = np.searchsorted(table.unseen[:, 1], table.at, side="right")
    return table.at >= np.append(table.unseen[:, 0], NEVER)[nearest]


def unseen_local(table: MessageTable) -> Ints:
    """
    The unseen periods on the local clock.

    Args:
        table: n >= 1 messages.
    Returns:
        int64 [p, 2], first and last microsecond of each; the local clock is that of the message before. O(p log n).
    """
    edges = table.unseen - np.array([0, 1])
    before = np.maximum(np.searchsorted(table.at, edges, side="right") - 1, 0)
    local: Ints = edges + table.offset[before].astype(np.int64) * SECOND_US
    return local
