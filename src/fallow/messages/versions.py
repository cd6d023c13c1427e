"""
Several exports of one chat: which messages of one another has better, by a finer clock or in later words.

A message that was changed or taken back stands in the later export in its place. No export but the app's own database
keeps a number for it that the next export would repeat everywhere, so it is known by its place: where one side sent as
many messages in one tick of both exports, they are the same messages, and those that differ were changed in between.
The tick in which the later export begins is left alone: it may hold the rest of what the earlier one ends with.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fallow.messages.table import REFINED, Kind, MessageTable


def chat_of(format: str, alter: str | None) -> str:
    """Which chat an export is of, the same for all exports of it: channel and other one; empty where it may be any."""
    first, *rest = format.split("_")
    if first == "table" or not alter:
        return ""
    return f"{first}_{rest[0]} {alter.casefold()}" if first == "google" else f"{first} {alter.casefold()}"


def best_known(tables: Sequence[MessageTable], chats: Sequence[str]) -> list[NDArray[np.bool_]]:
    """
    Find the messages of each export that no other export of the same chat has better.

    Args:
        tables: n_i messages each.
        chats: Which chat each is of, as `chat_of` says; those with an empty one are compared with none.
    Returns:
        bool [n_i] each.
    """
    kept = [np.ones(len(table), np.bool_) for table in tables]
    for i, one in enumerate(tables):
        for j, other in enumerate(tables):
            if i != j and chats[i] and chats[i] == chats[j]:
                kept[i] &= ~outdated(one, other, later=(_end(other), j) > (_end(one), i))
    return kept


def outdated(one: MessageTable, other: MessageTable, *, later: bool) -> NDArray[np.bool_]:
    """
    Find what another export of the same chat has better.

    Args:
        one: n messages.
        other: m messages.
        later: Whether the other one was exported later.
    Returns:
        bool [n]. O((n + m) log (n + m)).
    """
    n, finer = len(one), other.resolution < one.resolution
    if not n or not len(other) or not (finer or later) or one.at[0] > _end(other) or other.at[0] > _end(one):
        return np.zeros(n, np.bool_)
    tick = max(one.resolution, other.resolution)
    kind, words, size = (np.concatenate((getattr(one, c), getattr(other, c))) for c in ("kind", "words", "size"))
    cell = np.concatenate((one.at // tick * 2 + one.sender, other.at // tick * 2 + other.sender))
    own = np.arange(len(cell)) < n
    words = np.where(kind == Kind.LINK, 1, words)
    for kept, taken in REFINED.items():
        kind = np.where(kind == kept, taken, kind)
    matched = _matched(own, (size, words, kind, cell))
    found = matched & finer
    if later:
        said = kind != Kind.REACTION
        where = np.unique(cell, return_inverse=True)[1].reshape(-1)
        mine, theirs = (np.bincount(where, said & whose) for whose in (own, ~own))
        begin = int(other.at[0] // tick)
        whole = (cell // 2 != begin) | (one.at[0] // tick == begin)  # an export may begin within a tick
        found |= said & whole & ~matched & (mine == theirs)[where]
    return found[:n]


def _matched(own: NDArray[np.bool_], keys: Sequence[NDArray[np.generic]]) -> NDArray[np.bool_]:
    """bool [n + m]: the k-th of its like on its own side, where the other side has as many."""
    order = np.lexsort((~own, *keys))
    starts = np.zeros(len(order), np.bool_)
    starts[:1] = True
    for key in keys:
        starts[1:] |= key[order][1:] != key[order][:-1]
    group = np.cumsum(starts) - 1
    theirs = np.bincount(group, ~own[order])
    nth = np.arange(len(order)) - np.flatnonzero(starts)[group]  # own ones come first in each group
    matched = np.empty(len(order), np.bool_)
    matched[order] = own[order] & (nth < theirs[group])
    return matched


def _end(table: MessageTable) -> int:
    return int(table.at[-1]) if len(table) else 0
