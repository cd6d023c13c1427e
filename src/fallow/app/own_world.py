"""
One's own world: the times of a person's other conversations, which move the public logs' numbers to where they live.

Only when asked for, in memory, and times alone; what is kept of it are the fitted numbers and on how many they stand.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from fallow.app.desk import Desk, plan_of
from fallow.dyad import Episodes, find_episodes
from fallow.errors import NotEnoughData, TooFewConversations
from fallow.forecast import LEAST_DYADS, Population, Recalibration, recalibrate, recalibrated
from fallow.forecast import load_population as load_population
from fallow.importers import Pair, Progress, read_pairs
from fallow.plan import require_open

KEPT_AS: Final = "own_world"
SEED: Final = 1
"""Of the samples of dyads: the same conversations give the same numbers."""


def population_in(own: Recalibration | None) -> Population:
    """The logs, moved by what was learned; as they are if nothing was."""
    return load_population() if own is None else recalibrated(load_population(), own)


def own_world(desk: Desk) -> Recalibration | None:
    """What was learned from a person's other conversations; None: nothing, or it belongs to an older version."""
    text = desk.store.preference(KEPT_AS)
    if not text:
        return None
    found = msgspec.json.decode(text, type=Recalibration)
    return found if found.of == load_population().made else None


def learn_own_world(desk: Desk, file: Path | bytes, *, progress: Progress | None = None) -> Recalibration:
    """
    Learn from the other conversations of an export, and keep the fitted numbers in place of those kept before.

    Args:
        desk: Where they are kept; the chats it holds are left out.
        file: A full export of Telegram Desktop.
        progress: As for `read_export`.
    Raises:
        HardStopHolds, NotInThisPhase: The forecast is closed.
        TooFewConversations: If too few of them ever fell silent for a day; what was kept before stays.
        ImportRefused: If it is no chat export.
    """
    require_open(plan_of(desk), "forecast", desk.clock())
    known = {name for source in desk.store.sources() for name in source.names if name}
    found = own_world_from(file, leave_out=known, zone=ZoneInfo(desk.clock().zone), progress=progress)
    with desk.store.transaction():
        desk.store.set_preference(KEPT_AS, msgspec.json.encode(found).decode())
    return found


def forget_own_world(desk: Desk) -> bool:
    """Forecast from the public logs alone again; whether there was anything to forget."""
    if not desk.store.preference(KEPT_AS):
        return False
    with desk.store.transaction():
        desk.store.set_preference(KEPT_AS, "")
    return True


def own_world_from(
    file: Path | bytes, *, leave_out: Collection[str], zone: ZoneInfo | None = None, progress: Progress | None = None
) -> Recalibration:
    """
    Learn from the other conversations of an export and keep nothing.

    Args:
        file: A full export of Telegram Desktop.
        leave_out: Names of chats that are not looked at.
        zone: Where it was exported; used only for old files without instants.
        progress: As for `read_export`.
    Raises:
        TooFewConversations, ImportRefused: As `learn_own_world`.
    """
    pairs = list(read_pairs(file, leave_out=leave_out, zone=zone, progress=progress))
    try:
        return recalibrate(load_population(), _silences(pairs), np.random.default_rng(SEED))
    except NotEnoughData as few:
        raise TooFewConversations(**few.details) from few


def _silences(pairs: list[Pair]) -> Episodes:
    """Of all of them, up to the last message of any."""
    if not pairs:
        raise NotEnoughData(have=0, need=LEAST_DYADS)
    until = max(int(pair.at[-1]) for pair in pairs)
    dyad = np.repeat(np.arange(len(pairs), dtype=np.int64), [len(pair) for pair in pairs])
    at = np.concatenate([pair.at for pair in pairs])
    sender = np.concatenate([pair.sender for pair in pairs])
    return find_episodes(dyad, at, sender, np.full(len(at), until, np.int64))
