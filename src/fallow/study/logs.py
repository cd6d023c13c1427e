"""
Event logs of many people: one line a message, `sender,receiver,at`, with a header; plain or gzipped CSV.

Senders and receivers are any words, `at` is seconds since any moment. A pair of people is a dyad whichever of the two
writes. A message to oneself, an exact twin, and mail sent to more than five people in one second are left out.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fallow.errors import LogNotUnderstood

COLUMNS: Final = ("sender", "receiver", "at")
MASS: Final = 5
"""Receivers of one sender in one second from which on it is mass mail."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EventLog:
    """
    n messages of dyads one after the other, in time order within each.

    Args:
        name: Of the file, without its ends.
        sha256: Of the file.
        dyad: int64 [n].
        at: int64 [n], microseconds.
        sender: int8 [n], 0 or 1, which of the two.
        until: The last message's time of all; the log is taken to end there.
    """

    name: str
    sha256: str
    dyad: Ints
    at: Ints
    sender: NDArray[np.int8]
    until: int

    def __len__(self) -> int:
        return len(self.at)


def read_log(path: Path, *, until: float | None = None) -> EventLog:
    """
    Read a log.

    Args:
        path: A CSV file, `.gz` if packed.
        until: Seconds at which the log ends; the last message's if None.
    Raises:
        LogNotUnderstood: At the first line that is not of this form.
    """
    raw = path.read_bytes()
    text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    reader = csv.DictReader(io.StringIO(text.decode("utf-8", "replace")))
    if not set(COLUMNS) <= set(reader.fieldnames or ()):
        raise LogNotUnderstood(line=1)
    senders, receivers, times = [], [], []
    for line, row in enumerate(reader, start=2):
        try:
            times.append(float(row["at"]))
        except (TypeError, ValueError) as problem:
            raise LogNotUnderstood(line=line) from problem
        senders.append(row["sender"])
        receivers.append(row["receiver"])
    name = path.name.split(".")[0]
    return _log_of(name, hashlib.sha256(raw).hexdigest(), senders, receivers, np.array(times), until)


def _log_of(
    name: str, sha256: str, senders: list[str], receivers: list[str], seconds: NDArray[np.float64], until: float | None
) -> EventLog:
    people, which = np.unique(np.array(senders + receivers), return_inverse=True)
    sender, receiver = which[: len(senders)].astype(np.int64), which[len(senders) :].astype(np.int64)
    at = np.round(seconds * 1e6).astype(np.int64)
    events = np.unique(np.stack((at, sender, receiver), axis=1)[sender != receiver], axis=0)
    at, sender, receiver = events.T
    _, burst, size = np.unique(
        np.stack((sender, at // 1_000_000), axis=1), axis=0, return_inverse=True, return_counts=True
    )
    kept = size[burst.reshape(-1)] <= MASS
    at, sender, receiver = at[kept], sender[kept], receiver[kept]
    low, high = np.minimum(sender, receiver), np.maximum(sender, receiver)
    dyad = low * len(people) + high
    order = np.lexsort((at, dyad))
    end = int(at.max()) if until is None and len(at) else round((until or 0.0) * 1e6)
    return EventLog(name, sha256, dyad[order], at[order], (sender == high).astype(np.int8)[order], end)
