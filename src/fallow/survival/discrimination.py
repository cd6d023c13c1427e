"""
How well a forecast tells those to whom cause 1 comes from those to whom it does not, where causes compete.

Both measures ask of pairs of waits whether the one with the higher mark was the one cause 1 came to (first); equal
marks count one half. 0.5 is chance, 1 is perfect. Pairs are weighted for those that were cut off, as in `scoring`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fallow.errors import NotEnoughData
from fallow.survival.scoring import censoring_survival, inverse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def concordance(
    mark: Floats, duration: Floats, cause: Ints, *, until: float = np.inf, weight: Floats | None = None
) -> float:
    """
    The C-index of cause 1: of two waits, was the one marked higher the one that cause 1 ended first?

    Args:
        mark: n, higher for more or sooner expected of cause 1 (for instance its forecast by one horizon).
        duration: n, days, finite, >= 0.
        cause: n, 1, 2, or 0 where the end was not seen.
        until: Ends by cause 1 after this many days are not asked about.
        weight: n, >= 0; None is 1 each.
    Returns:
        C in [0, 1]. A pair counts if cause 1 ended one (i) by `until` and the other (j) lasted longer, or was ended by
        cause 2 at any time: j never comes to cause 1. O(n log^2 n).
    Raises:
        NotEnoughData: If no pair can be compared.
        ValueError: If lengths differ.
    Source:
        Wolbers, Blanche, Koller, Witteman & Gerds (2014), Biostatistics 15:526, eq. 5: weights 1 / (G(T_i-) G(T_i))
        where j lasted longer, 1 / (G(T_i-) G(T_j-)) where cause 2 came to j before. Without censoring this is Wolbers,
        Koller, Witteman & Steyerberg (2009), Epidemiology 20:555. Differs from it in: equal marks count one half.
    """
    weight = _checked(mark, duration, cause, weight)
    asked = (cause == 1) & (duration <= until)
    before, after = (
        censoring_survival(duration, cause, at=duration, before=side, weight=weight) for side in (True, False)
    )
    each = weight[asked] * inverse(before[asked])
    # A tick holds, in this order: ends, the question of who lasted longer, those cut off on it.
    tick = 3 * np.unique(duration, return_inverse=True)[1]
    place, question = tick + np.where(cause == 0, 2, 0), tick[asked] + 1
    longer, longer_all = _below(question, mark[asked], place, mark, weight=weight)
    gone = weight * inverse(before) * (cause == 2)
    sooner, sooner_all = _below(-question, mark[asked], -place, mark, weight=gone)
    each_longer = each * inverse(after[asked])
    pairs = float(each_longer @ longer_all + each @ sooner_all)
    if pairs <= 0:
        raise NotEnoughData(have=0, need=1)
    return float(each_longer @ longer + each @ sooner) / pairs


def area_under_curve(
    incidence: Floats, duration: Floats, cause: Ints, *, horizon: Floats, weight: Floats | None = None
) -> Floats:
    """
    The time-dependent AUC of cause 1: cases are those it ended by the horizon, controls all others.

    Args:
        incidence: [n, h], forecast (or any mark) of cause 1 by each horizon.
        duration: n, days, finite, >= 0.
        cause: n, 1, 2, or 0 where the end was not seen.
        horizon: h, days.
        weight: n, >= 0; None is 1 each.
    Returns:
        [h], in [0, 1]. Controls were still waiting at the horizon, or cause 2 had ended them by then. O(h n log n).
    Raises:
        NotEnoughData: If a horizon has no case or no control.
        ValueError: If shapes differ.
    Source:
        Blanche, Dartigues & Jacqmin-Gadda (2013), Statist. Med. 32:5381, section 2.3, definition (ii) of controls (as
        AUC_2 of the R package timeROC), inverse probability of censoring weights. Differs from it in: a wait cut off
        just at the horizon is a control.
    """
    if incidence.ndim != 2 or incidence.shape[1] != len(horizon):
        raise ValueError("there is one forecast for each row and horizon")
    weight = _checked(incidence, duration, cause, weight)
    seen = weight * inverse(censoring_survival(duration, cause, at=duration, before=True, weight=weight))
    last = inverse(censoring_survival(duration, cause, at=horizon, before=True, weight=weight))
    areas = np.empty(len(horizon))
    for j, end in enumerate(horizon):
        ended = (cause > 0) & (duration <= end)
        case = seen * (ended & (cause == 1))
        control = np.where(ended, seen * (cause == 2), weight * last[j] * (duration >= end))
        pairs = float(case.sum() * control.sum())
        if pairs <= 0:
            raise NotEnoughData(have=0, need=1)
        areas[j] = float(case @ _lower(incidence[:, j], control)) / pairs
    return areas


def _checked(mark: Floats, duration: Floats, cause: Ints, weight: Floats | None) -> Floats:
    weight = np.ones(len(duration)) if weight is None else weight
    if {len(mark)} != {len(duration), len(cause), len(weight)}:
        raise ValueError("each row needs a mark, a duration, a cause and a weight")
    return weight


def _lower(mark: Floats, weight: Floats) -> Floats:
    """Of each row the weight of those marked lower, and half of that marked the same."""
    _, which = np.unique(mark, return_inverse=True)
    level = np.bincount(which, weights=weight)
    lower: Floats = (np.cumsum(level) - level / 2)[which]
    return lower


def _below(asked: Ints, asked_mark: Floats, place: Ints, mark: Floats, *, weight: Floats) -> tuple[Floats, Floats]:
    """
    Of each question the weight of rows placed after it that are marked lower (the same: half), and that of all of them.

    All are put in order of place and the ranks read as binary numbers. Two ranks differ first in exactly one bit: in
    the pass for that bit they are in one group, the earlier with a 0, the later with a 1, sorted by mark.
    """
    places = np.concatenate((asked, place))
    order = np.argsort(places, kind="stable")
    rank = np.empty(len(places), np.int64)
    rank[order] = np.arange(len(places))
    _, level = np.unique(np.concatenate((asked_mark, mark)), return_inverse=True)
    weights = np.concatenate((np.zeros(len(asked)), weight))
    by_level = np.argsort(level, kind="stable")
    lower, after = np.zeros(len(places)), np.zeros(len(places))
    for bit in range(len(places).bit_length()):
        group = (rank >> (bit + 1))[by_level]
        here = by_level[np.argsort(group, kind="stable")]
        late = ((rank[here] >> bit) & 1).astype(np.bool_)
        running = np.append(0.0, np.cumsum(np.where(late, weights[here], 0.0)))
        group, marks = rank[here] >> (bit + 1), level[here]
        begin, end = _runs(group[1:] != group[:-1])
        first, last = _runs((group[1:] != group[:-1]) | (marks[1:] != marks[:-1]))
        early = here[~late]
        lower[early] += ((running[first] + running[last]) / 2 - running[begin])[~late]
        after[early] += (running[end] - running[begin])[~late]
    return lower[: len(asked)], after[: len(asked)]


def _runs(breaks: Bools) -> tuple[Ints, Ints]:
    """Of each place the begin and the end of the run it lies in."""
    begins = np.append(0, np.flatnonzero(breaks) + 1)
    which = np.append(0, np.cumsum(breaks))
    return begins[which], np.append(begins[1:], len(breaks) + 1)[which]
