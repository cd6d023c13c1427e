"""Hostile packages of Discord, made on the spot: each would cost a careless reader its memory or its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from importers.chats import zipped
from importers.discord_packages import Own, listed, table
from importers.telegram_bombs import write

AT = 1_700_000_000_000
ONE = listed([Own(AT, "TEXT")])[1:-1]
HEAD, LINE = table([]), table([Own(AT, "x")])[len(table([])) :]


def deep_lists(path: Path) -> None:
    """Lists in lists where words should be."""
    write(path, b"[", ONE, b",", ONE.replace(b'"TEXT"', b"[" * 200_000 + b"]" * 200_000), b"]")


def many_messages(path: Path) -> None:
    """More messages than anyone has."""
    write(path, HEAD, (LINE * 10_000 for _ in range(170)))


def endless_text(path: Path) -> None:
    """Thirty megabytes of one message, over many lines."""
    write(path, HEAD, LINE.replace(b"x", b'"' + b"a\n" * 15_000_000 + b'"'))


def endless_index(path: Path) -> None:
    """An index of one name that does not end, beside a conversation."""
    index = b'{"77": "' + b"x" * 3_000_000 + b'"}'
    path.write_bytes(zipped(("m/index.json", index), ("m/c77/messages.json", b"[" + ONE + b"]")))


def many_conversations(path: Path) -> None:
    """Nineteen thousand folders."""
    path.write_bytes(zipped(*((f"m/c{i}/messages.json", b"[" + ONE + b"]") for i in range(19_000))))


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "package 200,000 deep in its words": (deep_lists, "read"),
    "package of 1.7 million messages": (many_messages, "TooManyMessages"),
    "package with a message of 30 MB": (endless_text, "LineTooLong"),
    "package with a name of 3 MB": (endless_index, "read"),
    "package of 19,000 conversations": (many_conversations, "WhichChat"),
}
"""What it is → how it is made, and what must come of it."""
