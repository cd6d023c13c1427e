"""Hostile tables, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.telegram_bombs import write

HEAD = b"at,sender,text\n"
ROW = b"2024-03-05T21:04:07Z,Kim,hello\n"


def endless_line(path: Path) -> None:
    """Two hundred megabytes without a line end."""
    write(path, HEAD, (b"x" * 1_000_000 for _ in range(200)), b"")


def open_quote(path: Path) -> None:
    """A quoted text that never ends, over millions of lines."""
    write(path, HEAD + b'2024-03-05T21:04:07Z,Kim,"', (b"word\n" * 200_000 for _ in range(200)), b"")


def many_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD, (ROW * 10_000 for _ in range(170)), b"")


def many_people(path: Path) -> None:
    """Thirty thousand who write in a table of two."""
    write(path, HEAD, (ROW.replace(b"Kim", b"Kim %d" % i) for i in range(30_000)), b"")


def many_columns(path: Path) -> None:
    """A row of a quarter of a million cells, again and again."""
    write(path, HEAD, (ROW[:-1] + b"," * 250_000 + b"\n" for _ in range(200)), b"")


def no_times(path: Path) -> None:
    """A million rows that do not say when."""
    write(path, HEAD, (b"sometime,Kim,hello\n" * 10_000 for _ in range(100)), ROW)


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "table of one line": (endless_line, "LineTooLong"),
    "table in one open quote": (open_quote, "LineTooLong"),
    "table of 1.7 million messages": (many_messages, "TooManyMessages"),
    "table of 30,000 people": (many_people, "NotTwoPeople"),
    "table of rows with 250,000 cells": (many_columns, "read"),
    "table of a million rows without a time": (no_times, "read"),
}
"""What it is → how it is made, and what must come of it."""
