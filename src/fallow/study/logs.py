"""
Event logs of many people: one line a message, `sender,receiver,at`; CSV, plain or gzipped (`.gz`), or Parquet.

Senders and receivers are any words, `at` is seconds since any moment. A pair of people is a dyad whichever of the two
writes. A message to oneself, an exact twin, and mail sent to more than five people in one second are left out, as are
blank lines. An engine reads a log (`engines.py`); what it was of, and where it could not be read, is here.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal

import numpy as np
from numpy.typing import NDArray

from fallow.dyad import Episodes
from fallow.errors import LogNotUnderstood

COLUMNS: Final = ("sender", "receiver", "at")
SECONDS: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
UNREADABLE: Final = (csv.Error, UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error)

Form = Literal["csv", "csv.gz", "parquet"]


@dataclass(frozen=True, slots=True)
class EventLog:
    """
    The silences of a log, each as either of the two sees it.

    Args:
        name: Of the file, without its ends.
        sha256: Of the file.
        messages: What was left of its lines.
        days: From the first message to the end.
        view: int8 [k], which of the two is ego, 0 or 1 by name; the rows are in order of view, dyad and time.
        begin: int64 [k], microseconds, the last message before each silence.
        silences: k of them; `row` counts the dyad's messages up to then.
    """

    name: str
    sha256: str
    messages: int
    days: float
    view: NDArray[np.int8]
    begin: NDArray[np.int64]
    silences: Episodes

    @property
    def dyads(self) -> int:
        """How many dyads have a silence."""
        return len(np.unique(self.silences.dyad))

    def part(self, which: NDArray[np.bool_]) -> EventLog:
        """Some of the silences; the sizes of the log stay."""
        s = self.silences
        kept = Episodes(s.dyad[which], s.row[which], s.days[which], s.cause[which], s.covariates[which])
        return EventLog(self.name, self.sha256, self.messages, self.days, self.view[which], self.begin[which], kept)


def name_of(path: Path) -> str:
    """What a log is called."""
    return path.name.split(".")[0]


def form_of(path: Path) -> Form:
    """By the ends of its name, as every engine goes by them."""
    if path.suffix == ".parquet":
        return "parquet"
    return "csv.gz" if path.suffix == ".gz" else "csv"


def hash_of(path: Path) -> str:
    """
    Returns:
        SHA-256 of a file, in hex.
    Raises:
        OSError: If it cannot be opened.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def header_of(path: Path) -> list[str]:
    """
    Returns:
        The names of a CSV log's columns.
    Raises:
        LogNotUnderstood: If there is no such line, or one of COLUMNS is not in it.
        OSError: If the file cannot be opened.
    """
    try:
        with _opened(path) as file:
            names = next(csv.reader(file), [])
    except UNREADABLE as problem:
        raise LogNotUnderstood(line=1) from problem
    if not set(COLUMNS) <= set(names):
        raise LogNotUnderstood(line=1)
    return names


def _opened(path: Path) -> IO[str]:
    opened = gzip.open if form_of(path) == "csv.gz" else open
    return opened(path, "rt", encoding="utf-8", newline="")


def first_bad_line(path: Path) -> int | None:
    """
    Where a CSV log cannot be read, found line by line once an engine has refused it.

    Returns:
        Its number, from 1 for the header; None if every line can be read.
    """
    line = 1
    try:
        with _opened(path) as file:
            rows = csv.reader(file)
            names = next(rows, [])
            sender, receiver, at = (names.index(name) for name in COLUMNS)
            for row in rows:
                line = rows.line_num
                if row and (
                    len(row) != len(names) or not (row[sender] and row[receiver] and SECONDS.fullmatch(row[at]))
                ):
                    return line
    except UNREADABLE:
        return line + 1
    return None
