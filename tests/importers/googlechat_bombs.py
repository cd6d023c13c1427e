"""Hostile chats of Google Chat, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from importers.chats import zipped
from importers.googlechats import KIM, SAM, Said, chat, entry
from importers.telegram_bombs import write

AT = 1_709_672_647
ONE = json.dumps(entry(Said(AT, KIM, "TEXT"))).encode()
HEAD, TAIL = b'{"messages": [', ONE + b"]}"


def deep_lists(path: Path) -> None:
    """Lists in lists where files should be."""
    deep = ONE.replace(b'"text": "TEXT"', b'"attached_files": ' + b"[" * 200_000 + b"]" * 200_000)
    write(path, HEAD, deep, b",", TAIL)


def many_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD, ((ONE + b",") * 10_000 for _ in range(170)), TAIL)


def many_people(path: Path) -> None:
    """Thirty thousand who write in a chat of two."""
    write(path, HEAD, (ONE.replace(KIM[1].encode(), b"%d@x" % i) + b"," for i in range(30_000)), TAIL)


def endless_date(path: Path) -> None:
    """Half a megabyte of what a date may begin with, forty times."""
    bait = ONE.replace(b'"created_date": "', b'"created_date": "' + b"1:1 2 " * 80_000)
    write(path, HEAD, (bait + b"," for _ in range(40)), TAIL)


def endless_text(path: Path) -> None:
    """Thirty megabytes of one message."""
    write(path, HEAD, ONE.replace(b"TEXT", b"x" * 30_000_000), b",", TAIL)


def many_chats(path: Path) -> None:
    """Nineteen thousand chats."""
    one = chat(entry(Said(AT, KIM, "x")), entry(Said(AT + 1, SAM, "y")))
    path.write_bytes(zipped(*((f"Groups/DM {i}/messages.json", one) for i in range(19_000))))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "takeout 200,000 deep in its files": (deep_lists, "read"),
    "takeout of 1.7 million messages": (many_messages, "TooManyMessages"),
    "takeout of 30,000 people": (many_people, "NotTwoPeople"),
    "takeout with dates of half a megabyte": (endless_date, "read"),
    "takeout with a message of 30 MB": (endless_text, "EntryTooLong"),
    "takeout of 19,000 chats": (many_chats, "WhichChat"),
}
"""What it is → how it is made, and what must come of it."""
