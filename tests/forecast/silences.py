"""Dyads that fall silent and come back, written for the forecast's tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fallow.forecast import Silences, present_silences
from fallow.messages import ALTER, EGO

DAY_US = 86_400_000_000
HOUR_US = DAY_US // 24
GAP_DAYS = 4.0

Rows = tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]


def rows_of(returns: str, *, age_days: float, shift: int = 0) -> Rows:
    """
    One dyad that talks, falls silent for four days, and is taken up by `o` (alter) or `m` (ego), time after time.

    The last talk is followed by a silence of `age_days` that goes on: instants, senders, and now.
    """
    at: list[int] = []
    sender: list[int] = []
    clock = shift
    for who in "o" + returns:
        first = ALTER if who == "o" else EGO
        for i in range(6):
            at.append(clock + i * HOUR_US)
            sender.append(first if i % 2 == 0 else 1 - first)
        clock = at[-1] + round(GAP_DAYS * DAY_US)
    now = np.full(len(at), at[-1] + round(age_days * DAY_US))
    return np.array(at, np.int64), np.array(sender, np.int8), now


def dyad_of(returns: str, *, age_days: float, shift: int = 0, mirror: bool = False) -> Silences:
    """The same as present silences; `mirror`: as the other side would hold it."""
    at, sender, now = rows_of(returns, age_days=age_days, shift=shift)
    side = (1 - sender if mirror else sender).astype(np.int8)
    return present_silences(np.zeros(len(at), np.int64), at, side, now)
